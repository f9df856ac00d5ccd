"""Codes in the form that claims carry: capitals and digits alone, no decimal point, dash or blank.

Files spell them otherwise. They are then read as what they mean, so that they can be looked up, and reported
as they were sent, for a payer rejects them. Which set a code is of is said by the qualifier before it.

Source: ASC X12 005010X222A1, X223A2 and X224A2, notes on HI, SV1 to SV3 and LIN (facts only).
"""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from medcode.claims.model.diagnosis import Snodent
from medcode.claims.model.stay import AbcCode
from medcode.claims.x12.text.values import reader
from medcode.codesets.code import LONGEST, Code, Malformed
from medcode.codesets.hcpcs import Hcpcs
from medcode.codesets.icd9cm import Icd9Cm
from medcode.codesets.icd9cm_procedures import Icd9CmProcedure
from medcode.codesets.icd10cm import Icd10Cm
from medcode.codesets.icd10pcs import Icd10Pcs
from medcode.codesets.ndc import Ndc

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from medcode.claims.model.fields import FieldType

__all__ = [
    "CODE_TYPES",
    "HEALTH_CODES",
    "QUALIFIER_OF",
    "CodeReader",
    "code_reader",
    "is_as_sent",
    "read_code",
    "reader_of",
    "wire_form",
]

QUALIFIER_OF = {"1271": "1270", "234": "235"}
"""The data elements that hold a code, each with the one that may stand before it and names its set."""

HEALTH_CODES: dict[str, type[Code]] = {
    **dict.fromkeys(("ABK", "ABF", "ABJ", "APR", "ABN"), Icd10Cm),
    **dict.fromkeys(("BK", "BF", "BJ", "PR", "BN"), Icd9Cm),
    **dict.fromkeys(("BBR", "BBQ"), Icd10Pcs),
    **dict.fromkeys(("BR", "BQ"), Icd9CmProcedure),
    "CAH": AbcCode,
    "TQ": Snodent,
}
"""The code sets that qualifiers of HI name (1270)."""

CODE_TYPES: dict[tuple[str, str], type[Code]] = {
    **{("1271", qualifier): kind for qualifier, kind in HEALTH_CODES.items()},
    **{("1271", qualifier): Hcpcs for qualifier in ("BP", "BO")},
    **{("234", qualifier): Hcpcs for qualifier in ("HC", "AD")},
    ("234", "N4"): Ndc,
}
"""The types of the codes that a data element holds after a qualifier."""

_CAPITALS = frozenset(
    {
        *(("234", qualifier) for qualifier in ("HP", "ER", "IV", "WK")),
        *(("1271", qualifier) for qualifier in ("BE", "BG", "BH", "BI", "DR", "TC")),
    }
)
"""Qualifiers of codes that have no type here, and that claims carry in capitals; numbers of forms (LQ) have points."""

_PUNCTUATION = re.compile(r"(?<=\w)[.\s-](?=\w)", re.ASCII)
"""One mark between letters or digits; more of them are more than a way of spelling."""


def read_code(kind: type[Code], text: str) -> Code | Malformed:
    """Return the code that a text spells, with or without points, dashes and blanks.

    >>> read_code(Icd10Cm, "j06-9"), read_code(Hcpcs, "99 213"), read_code(Ndc, "0002 7597 01")
    (Icd10Cm('J06.9'), Hcpcs('99213'), Ndc('00002-7597-01'))
    """
    code = kind.parse(text)
    if isinstance(code, Malformed):
        between = "-" if kind is Ndc else ""  # whose parts must be told apart to be padded
        again = kind.parse(_PUNCTUATION.sub(between, text.strip()))
        return code if isinstance(again, Malformed) else again
    return code


class CodeReader:
    """Reads codes of one set: those in wire form at once, others as `read_code`.

    `matches` says whether letters and digits alone, at most so many as `LONGEST`, are a code in wire form.
    """

    __slots__ = ("kind", "matches", "other")

    def __init__(self, kind: type[Code], other: Callable[[str], Code | Malformed]) -> None:
        self.kind = kind
        self.matches = kind.pattern.fullmatch
        self.other = other

    def __call__(self, text: str) -> Code | Malformed:
        if len(text) <= LONGEST and text.isalnum() and self.matches(text):
            return str.__new__(self.kind, text)
        return self.other(text)


@lru_cache(maxsize=64)
def code_reader(kind: type[Code]) -> Callable[[str], Any]:
    """Return the function that reads codes of a set: those in wire form at once, others as `read_code`.

    >>> code_reader(Icd10Cm)("E119"), code_reader(Icd10Cm)("e11.9")
    (Icd10Cm('E11.9'), Icd10Cm('E11.9'))
    """
    other = partial(read_code, kind)
    is_plain = (kind.wire.__func__, kind.verify.__func__) == (Code.wire.__func__, Code.verify.__func__)  # type: ignore[attr-defined]  # class methods
    return CodeReader(kind, other) if is_plain else other


def reader_of(field: FieldType) -> Callable[[str], Any]:
    """Return what reads the text of a field that is no day or time."""
    kind = field.codes[0] if field.codes else None
    return code_reader(kind) if kind in _SPELT else reader(field)


_SPELT = frozenset(CODE_TYPES.values())


def is_as_sent(number: str, qualifiers: Collection[str]) -> bool:
    """Whether a data element holds codes that have no other form than that in which they are sent, whatever their qualifier.

    >>> is_as_sent("1271", {"UT"}), is_as_sent("1271", {"ABK", "UT"}), is_as_sent("234", set())
    (True, False, False)
    """
    pairs = {(number, each) for each in qualifiers}
    return bool(pairs) and pairs.isdisjoint({*CODE_TYPES, *_CAPITALS})


def wire_form(number: str, qualifier: str, text: str) -> str | None:
    """Return how a claim carries the code in a data element; None where that is how it is sent, or not known.

    >>> wire_form("1271", "ABK", "j06.9"), wire_form("1271", "ABK", "J069"), wire_form("1271", "BG", "a1")
    ('J069', None, 'A1')
    """
    kind = CODE_TYPES.get((number, qualifier))
    if kind is not None:
        code = read_code(kind, text)
        return None if isinstance(code, Malformed) or code == text else str(code)
    if (number, qualifier) in _CAPITALS:
        wire = _PUNCTUATION.sub("", text.strip()).upper()
        return wire if wire != text and wire.isalnum() and wire.isascii() else None
    return None
