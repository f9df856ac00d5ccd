"""Kinds of services, told by their codes: edits about a kind run only on claims that have it."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["KINDS", "kinds_of"]

ANESTHESIA = re.compile(r"0[01]\d{3}", re.ASCII)
LABORATORY = re.compile(r"8[0-9]{4}", re.ASCII)
DRUG = re.compile(r"J\d{4}", re.ASCII)
MAMMOGRAPHY = frozenset(
    [
        "77055",
        "77056",
        "77057",
        "77061",
        "77062",
        "77063",
        "77065",
        "77066",
        "77067",
        "G0202",
        "G0204",
        "G0206",
        "G0279",
    ]
)
AMBULANCE = frozenset(
    [
        "A0425",
        "A0426",
        "A0427",
        "A0428",
        "A0429",
        "A0430",
        "A0431",
        "A0432",
        "A0433",
        "A0434",
        "A0435",
        "A0436",
    ]
)
UNCLASSIFIED = """
    A0999 A4641 A4649 A4913 A9152 A9153 A9698 A9699 A9900 A9999 B9998 B9999 E0769 E0770 E1399 E1699
    J1599 J3490 J3535 J3590 J7199 J7599 J7699 J7799 J7999 J8498 J8499 J8597 J8999 J9999 K0108 K0812
    K0898 K0899 L0999 L1499 L2999 L3649 L3999 L5999 L7499 L8039 L8499 L8699 P9099 Q0507 Q0508 Q0509
    Q2039 Q4050 Q4100 S8189 T1999 T2025 T5999 V2199 V2599 V5298 V5299
"""
NOT_OTHERWISE_CLASSIFIED = frozenset(UNCLASSIFIED.split())

KINDS = {
    "anesthesia": lambda code: ANESTHESIA.fullmatch(code) is not None,
    "laboratory": lambda code: LABORATORY.fullmatch(code) is not None,
    "drug_codes": lambda code: DRUG.fullmatch(code) is not None,
    "mammography": MAMMOGRAPHY.__contains__,
    "ambulance": AMBULANCE.__contains__,
    "unclassified": NOT_OTHERWISE_CLASSIFIED.__contains__,
}
"""Each kind with the test of a code for it."""


@lru_cache(maxsize=1 << 14)
def kinds_of(code: str) -> frozenset[str]:
    """Name the kinds of service that a code is of; most are of none.

    >>> sorted(kinds_of("80053")), sorted(kinds_of("99213"))
    (['laboratory'], [])
    """
    return frozenset(kind for kind, has in KINDS.items() if has(code))
