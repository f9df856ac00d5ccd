"""The implementation acknowledgment, 999: what a receiver says about the structure of a group.

Source: ASC X12 005010X231A1, Implementation Acknowledgment For Health Care Insurance (facts only).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims.acknowledgment import GroupAnswer
from medcode.claims.x12.guides.grammar import MANY, C, E, Element, Guide, K, Loop, R, Record, S, Segment

if TYPE_CHECKING:
    from medcode.claims.x12.guides.grammar import Composite, Usage

GROUPS = "BE HB HC HI HN HP HR HS RA"
SETS = "270 271 276 277 278 820 834 835 837"
SEGMENT_CODES = "1 2 3 4 5 6 7 8 I4 I6 I7 I8 I9"
ELEMENT_CODES = "1 2 3 4 5 6 7 8 9 10 12 13 I6 I9 I10 I11 I12 I13"
SET_CODES = "1 2 3 4 5 6 7 8 9 10 11 12 13 15 16 17 18 19 23 24 25 26 27 I5 I6"
GROUP_CODES = "1 2 3 4 5 6 10 11 12 13 14 15 16 17 18 19 23 24 25 26"
TRIGGER = "SITUATIONAL TRIGGER"
BUSINESS_UNITS = frozenset(
    {"CLM01", "ENT01", "NM109", "PATIENT NAME NM109", "SUBSCRIBER NAME NM109", "SUBSCRIBER NUMBER REF02", "TRN02"}
)


def at_element(usage: Usage) -> Composite:
    """Return the composite that counts to an element, its component and its repetition."""
    return C("", usage, E("element", R), E("component", S), E("repetition", S))


BUSINESS_UNIT = Segment(
    "CTX", "references", "What the error is about, by its own number", S, 1,
    C("", R, Element("name", R, BUSINESS_UNITS), E("value", R)),
    when="the segment belongs to a claim or person with a number",
)  # fmt: skip


def trigger(repeat: int) -> Segment:
    """Return CTX that names what made a situational part due, or ruled it out."""
    return Segment(
        "CTX", "triggers", "Situation that the error comes from", S, repeat,
        C("", R, Element("", R, frozenset({TRIGGER}), constant=TRIGGER), E("", S), repeat=10),
        E("segment", R), E("position", R), E("loop", S), at_element(S),
        C("", S, E("data_element", R), E("component_data_element", S)),
        when="the error is one of situation",
    )  # fmt: skip


ELEMENT_NOTE = Loop(
    "2110", "elements", "Error of an element", S, MANY,
    Segment(
        "IK4", "", "Error of an element", R, 1,
        at_element(R), E("data_element", S), E("code", R, ELEMENT_CODES), E("data", S),
    ),
    trigger(10),
    when="elements are in error",
)  # fmt: skip

SEGMENT_NOTE = Loop(
    "2100", "errors", "Error of a segment", S, MANY,
    Segment(
        "IK3", "", "Error of a segment", R, 1,
        E("segment", R), E("position", R), E("loop", S), E("code", R, SEGMENT_CODES),
    ),
    trigger(9), BUSINESS_UNIT, ELEMENT_NOTE,
    when="segments are in error",
)  # fmt: skip

GUIDE = Guide(
    id="005010X231A1",
    transaction="999",
    group="FA",
    title="Implementation acknowledgment",
    root=Loop(
        "ST", "", "Transaction set", R, MANY,
        Segment("ST", "", "Transaction set header", R, 1, K("999"), E("", R), E("", R)),
        Segment("AK1", "", "Group that is answered", R, 1, E("kind", R, GROUPS), E("control_number", R), E("convention", R)),
        Loop(
            "2000", "sets", "Answer to a transaction set", S, MANY,
            Segment("AK2", "", "Set that is answered", R, 1, E("kind", R, SETS), E("control_number", R), E("convention", S)),
            SEGMENT_NOTE,
            Segment(
                "IK5", "", "Decision on the set", R, 1,
                E("decision", R, "A E M R W X"), (E("reasons", S, SET_CODES),) * 5,
            ),
            when="the answer goes into single sets",
        ),
        Segment(
            "AK9", "", "Decision on the group", R, 1,
            E("decision", R, "A E M P R W X"), E("included", R), E("received", R), E("taken", R),
            (E("reasons", S, GROUP_CODES),) * 5,
        ),
        Segment("SE", "", "Transaction set trailer", R, 1, E("", R), E("", R)),
    ),
    also=("005010X231",),
    records=(Record("ST", GroupAnswer),),
)  # fmt: skip
