"""What claims to Medicare share: its members, plans of therapy, trips, and drugs of single-dose containers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dateutil.relativedelta import relativedelta
from hypothesis import strategies as st

from medcode.testing.strategies.parties import payers, providers, subscribers
from medcode.testing.strategies.primitives import (
    identifiers,
    kept,
    numbers,
    one_of,
)

if TYPE_CHECKING:
    from datetime import date

    from hypothesis.strategies import SearchStrategy

    from medcode.claims.model import Subscriber

    Modifiers = tuple[str, ...]

__all__ = [
    "AGED",
    "LARGE_PLAN",
    "OWN_PLAN",
    "PART_A",
    "PART_B",
    "PLANS_OF_CARE",
    "SINGLE_DOSE",
    "TRANSPORTS",
    "TRIPS",
    "doses",
    "members",
    "parties",
    "treatments",
]

LETTERS = "ACDEFGHJKMNPQRTUVWXY"
"""Letters of a Medicare number, which has no S, L, O, I, B or Z."""

AGED = 65
PART_A, PART_B = "MA", "MB"
OWN_PLAN, LARGE_PLAN = "12", "43"
"""Why another plan is first: the employer's of the working aged, or a large one of the disabled."""

PLANS_OF_CARE: tuple[tuple[str, str, tuple[Modifiers, ...], str], ...] = (
    ("GP", "97110 97112 97116 97140 97530 97161", ((), ("CQ",), ("KX",), ("CQ", "KX"), ("59",)), "M54.16"),
    ("GO", "97110 97140 97530 97535 97165", ((), ("CO",), ("KX",), ("CO", "KX"), ("59",)), "M62.81"),
    ("GN", "92507 92526", ((), ("KX",)), "R47.01"),
)
ASSISTANTS = {"CQ", "CO"}
EVALUATIONS = {"97161", "97165"}
"""Evaluations, which an assistant may not give."""

TRIPS = tuple(f"{start}{end}" for start in "DEGHIJNPRS" for end in "DEGHIJNPRX" if (start, end) != ("S", "S"))
TRANSPORTS = (
    ("A0426 A0427 A0428 A0429 A0433 A0434", "A0425", "41"),
    ("A0430", "A0435", "42"),
    ("A0431", "A0436", "42"),
)
SINGLE_DOSE = ("J0897", "J9035", "J9271", "J9299")


@kept
def medicare_numbers() -> SearchStrategy[str]:
    """Draw Medicare numbers (MBI): a digit, and letters and digits at the places where each belongs."""
    mixed = f"{LETTERS}0123456789"
    places = ("123456789", LETTERS, mixed, "0123456789", LETTERS, mixed, "0123456789", LETTERS, LETTERS)
    return st.tuples(*map(one_of, places), numbers(2)).map("".join)


@st.composite
def members(draw: st.DrawFn, on: date, part: str, *, least: int = 0, most: int = 95) -> Subscriber:
    """Draw patients who are members of Medicare, of an age in whole years on a day."""
    born = on - relativedelta(years=draw(st.integers(least, most)), days=draw(st.integers(0, 364)))
    member: Subscriber = draw(subscribers(on))
    return member.evolve(member_id=draw(medicare_numbers()), claim_filing=part, birth_date=born)


@st.composite
def parties(draw: st.DrawFn, member: SearchStrategy[Subscriber], *, person: bool | None) -> dict[str, Any]:
    """Draw the number of a claim, who bills it, the member and Medicare."""
    return {
        "control_number": draw(identifiers(1)),
        "billing_provider": draw(providers(billing=True, person=person)),
        "subscriber": draw(member),
        "payer": draw(payers()),
    }


def treatments(plan: str, codes: str, added: tuple[Modifiers, ...]) -> list[tuple[str, Modifiers]]:
    """Return the services under a plan of care with their modifiers; assistants give no evaluations."""
    return [
        (code, (plan, *more))
        for code in codes.split()
        for more in added
        if code not in EVALUATIONS or not (ASSISTANTS | {"59"}) & set(more)
    ]


def doses(code: str, *, some_left: bool) -> list[tuple[str, Modifiers]]:
    """Return the lines of a single-dose drug: all of it given, or some and the rest discarded."""
    return [(code, ()), (code, ("JW",))] if some_left else [(code, ("JZ",))]
