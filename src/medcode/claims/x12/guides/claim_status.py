"""What the guides of claim status share: the levels of a 277CA (X214) and of a 277 that answers an inquiry (X212).

Where the published examples of a guide contradict its public transcriptions, the table takes what either has; so a
file that one of them allows is read without an error.
Source: ASC X12 005010X214 and 005010X212 (facts only, in own words).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims.x12.guides.grammar import MANY, C, E, K, Loop, R, S, Segment, unused

if TYPE_CHECKING:
    from medcode.claims.x12.guides.grammar import Composite, Element, Usage

ENTITIES = (
    "03 13 17 1E 1G 1H 1I 1O 1P 1Q 1R 1S 1T 1U 1V 1W 1X 1Y 1Z 28 2A 2B 2D 2E 2I 2K 2P 2Q 2S 2Z 30 36 3A 3C 3D 3E 3F 3G 3H "
    "3I 3J 3K 3L 3M 3N 3O 3P 3Q 3R 3S 3T 3U 3V 3W 3X 3Y 3Z 40 43 44 4A 4B 4C 4D 4E 4F 4G 4H 4I 4J 4L 4M 4N 4O 4P 4Q 4R 4S "
    "4U 4V 4W 4X 4Y 4Z 5A 5B 5C 5D 5E 5F 5G 5H 5I 5J 5K 5L 5M 5N 5O 5P 5Q 5R 5S 5T 5U 5V 5W 5X 5Y 5Z 61 6A 6B 6C 6D 6E 6F "
    "6G 6H 6I 6J 6K 6L 6M 6N 6O 6P 6Q 6R 6S 6U 6V 6W 6X 6Y 71 72 73 74 77 7C 80 82 84 85 87 95 CK CZ D2 DD DJ DK DN DO DQ "
    "E1 E2 E7 E9 FA FD FE G0 G3 GB GD GI GJ GK GM GY HF HH I3 IJ IL IN LI LR MR MSC OB OD OX P0 P2 P3 P4 P6 P7 PR PRP PT PV "
    "PW QA QB QC QD QE QH QK QL QN QO QS QV QY RC RW S4 SEP SJ SU T4 TL TQ TT TTP TU UH X3 X4 X5 ZZ"
)
"""The codes of an entity (STC01-3); of STC10 and STC11, every guide has any of them."""

PERSON = ("first_name", "middle_name", "prefix", "suffix")


def header(structure: str, purpose: str) -> tuple[Segment, Segment]:
    """Return ST and BHT; `purpose` is BHT06."""
    return (
        Segment("ST", "", "Transaction set header", R, 1, K("277"), E("", R), E("", R)),
        Segment(
            "BHT", "", "Beginning of the transaction", R, 1,
            K(structure), K("08"), E("reference", R), E("created_date", R), E("created_time", R), K(purpose),
        ),
    )  # fmt: skip


def level(code: str, title: str, child: str) -> Segment:
    """Return HL; `child` is HL04, empty where the guide does not use it."""
    parent = unused() if code == "20" else (E("", R),)
    below = (E("", R, child),) if child else unused()
    return Segment("HL", "", title, R, 1, E("", R), parent, K(code), below)


def party(
    code: str, title: str, types: str, id_types: str, *, named: Usage = R, identified: Usage = R
) -> Segment:
    """Return NM1 of a party of a status."""
    return Segment(
        "NM1", "", title, R, 1,
        K(code), E("entity_type", R, types), E("last_name", named), *(E(name, S) for name in PERSON),
        E("id_type", identified, id_types), E("id", identified),
    )  # fmt: skip


def trace(codes: str, name: str, title: str) -> Segment:
    """Return TRN; the first of `codes` is written."""
    return Segment("TRN", "", title, R, 1, K(codes), E(name, R))


def code(name: str, usage: Usage, entities: str, *, pharmacy: bool = False) -> Composite:
    """Return a composite of a status: category, code, entity."""
    last = (E("pharmacy", S, "RX"),) if pharmacy else ()
    return C(name, usage, E("category", R), E("code", R), E("entity", S, entities), *last)


def status(
    title: str,
    entities: str,
    *rows: Element | tuple[Element, ...],
    repeat: int = MANY,
    usage: Usage = R,
    pharmacy: bool = False,
) -> Segment:
    """Return STC; `rows` are STC02 to STC09 and STC12."""
    *middle, text = rows
    return Segment(
        "STC", "statuses", title, usage, repeat,
        code("", R, entities, pharmacy=pharmacy), *middle,
        *(code("", S, f"{ENTITIES} 41 AY", pharmacy=pharmacy),) * 2, text,
        when="" if usage is R else "the level is answered as a whole",
    )  # fmt: skip


def number(code: str, name: str, title: str, when: str) -> Segment:
    """Return REF of one number."""
    return Segment("REF", "", title, S, 1, K(code), E(name, R), when=when)


def count(code: str, name: str, title: str) -> Segment:
    """Return QTY of one count."""
    return Segment("QTY", "", title, S, 1, K(code), E(name, R), when="there is one")


def charge(code: str, name: str, title: str) -> Segment:
    """Return AMT of one sum."""
    return Segment("AMT", "", title, S, 1, K(code), E(name, R), when="there is one")


def service_date(usage: Usage) -> Segment:
    """Return DTP of the days of service."""
    when = "" if usage is R else "it is known"
    return Segment(
        "DTP",
        "",
        "Days of service",
        usage,
        1,
        K("472"),
        E("format", R, "D8 RD8"),
        E("service_date", R),
        when=when,
    )


def procedure(codes: str) -> Composite:
    """Return the composite of a procedure."""
    return C("procedure", R, E("qualifier", R, codes), E("code", R), *(E("modifiers", S),) * 4)


def claim_loop(loop: str, usage: Usage, *children: Segment | Loop) -> Loop:
    """Return the loop of a claim, which TRN opens."""
    return Loop(loop, "", "Claim", usage, MANY, *children, when="" if usage is R else "claims are answered")
