"""What claims of all kinds begin with, and what makes them whole."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

import attrs
from hypothesis import strategies as st

from medcode.claims.model import Accident, ProfessionalClaim
from medcode.testing.strategies.coordination import coordinated
from medcode.testing.strategies.parties import dependents, payers, subscribers
from medcode.testing.strategies.primitives import days_until, identifiers, kept, one_of

if TYPE_CHECKING:
    from datetime import date

    from hypothesis.strategies import SearchStrategy

    from medcode.claims.model import Claim, Provider
    from medcode.claims.model.line import Line

__all__ = ["accidents", "different", "finished", "treated", "who"]

C = TypeVar("C", bound="Claim")
LINES = 4
SELDOM = 7  # one claim in eight
WORKERS_COMPENSATION = "WC"
AT_WORK = Accident(("EM",))


@kept
def accidents() -> SearchStrategy[Accident]:
    """Draw what brought the condition about: another accident, work, a car accident, a car accident at work."""
    car = st.builds(Accident, one_of((("AA",), ("EM", "AA"))), state=one_of(("NY", "FL")))
    return one_of((Accident(("OA",)), AT_WORK)) | car


def different(lines: SearchStrategy[Any], least: int = 1) -> SearchStrategy[list[Any]]:
    """Draw a few lines, no two of them the same: each has a charge of its own."""
    return st.lists(lines, min_size=least, max_size=LINES, unique_by=(attrgetter("charge"), code_of))


@st.composite
def who(draw: st.DrawFn, on: date, billing: SearchStrategy[Provider]) -> dict[str, Any]:
    """Draw the number of a claim, who bills it, whom it is for and who pays."""
    dependent = draw(st.none() | dependents(on))
    return {
        "control_number": draw(identifiers(1)),
        "billing_provider": draw(billing),
        "subscriber": draw(subscribers(on, is_patient=dependent is None)),
        "payer": draw(payers()),
        "dependent": dependent,
    }


def code_of(line: Line) -> object:
    """Return the procedure code of a line, by which lines differ; a line without one differs by its charge."""
    return line.procedure.code if line.procedure else line.charge


def treated(claim: C, **changes: Any) -> C:
    """Return a claim with changes to its patient."""
    field = "dependent" if claim.dependent else "subscriber"
    treated: dict[str, Any] = {field: claim.patient.evolve(**changes)}
    return attrs.evolve(claim, **treated)


AFTER = {"primary_care_provider": "referring_provider", "other_operating_physician": "operating_physician"}
"""Providers who are only named beside another, each with that one."""


def accompanied(claim: Any) -> Any:
    """Return a claim that names nobody as the second without the first, itself or on its lines."""
    for second, first in AFTER.items():
        named = next((each for part in (claim, *claim.lines) if (each := getattr(part, second, None))), None)
        if named and not getattr(claim, first):
            claim = claim.evolve(**{first: named})
    return claim


@st.composite
def finished(draw: st.DrawFn, claim: C, on: date) -> C:
    """Draw a claim with what its parts ask of one another, and perhaps other payers."""
    claim = accompanied(claim)
    if claim.subscriber.claim_filing == WORKERS_COMPENSATION:
        claim = treated(claim, casualty_claim_number=draw(identifiers()))
        claim = claim.evolve(accident=AT_WORK if isinstance(claim, ProfessionalClaim) else claim.accident)
    accident = claim.accident
    if accident and accident.causes and claim.dates.accident is None:
        claim = claim.evolve(dates=claim.dates.evolve(accident=draw(days_until(on))))
    if claim.frequency in "78":
        claim = claim.evolve(references=claim.references.evolve(payer_claim_number=draw(identifiers())))
    if draw(st.integers(0, SELDOM)) == SELDOM:
        claim = draw(coordinated(claim, on))
    return claim
