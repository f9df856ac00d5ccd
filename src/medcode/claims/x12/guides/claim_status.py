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
        code("", S, "", pharmacy=pharmacy), code("", S, "", pharmacy=pharmacy), text,
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
