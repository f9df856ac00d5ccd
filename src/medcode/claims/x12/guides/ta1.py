"""The interchange acknowledgment, TA1: what a receiver says about an interchange, in one segment.

It is no transaction set: it is between ISA and the first group, and nothing ends it.
Source: ASC X12 interchange control structures 00501 (facts only).
"""

from __future__ import annotations

from medcode.claims.acknowledgment import InterchangeAnswer
from medcode.claims.x12.guides.grammar import MANY, E, Guide, Loop, R, Record, Segment

CODES = " ".join(f"{number:03}" for number in range(32))

GUIDE = Guide(
    id="TA1",
    transaction="TA1",
    group="",
    title="Interchange acknowledgment",
    root=Loop(
        "TA1", "", "Interchange acknowledgment", R, MANY,
        Segment(
            "TA1", "", "Interchange acknowledgment", R, 1,
            E("control_number", R), E("date", R), E("time", R), E("decision", R, "A E R"), E("reason", R, CODES),
        ),
    ),
    records=(Record("TA1", InterchangeAnswer),),
)  # fmt: skip
