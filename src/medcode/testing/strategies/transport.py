"""Ambulance trips, and what providers certify."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from medcode.claims.model import Ambulance, Certification, Location, ProfessionalClaim
from medcode.testing.strategies.guided import codes_at, guided
from medcode.testing.strategies.parties import addresses
from medcode.testing.strategies.primitives import kept, listed, money, names, one_of, some, texts

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["ambulances", "certified"]


def certified(conditions: Any, most: int = 3, **more: Any) -> SearchStrategy[Certification]:
    """Draw certified conditions."""
    return st.builds(Certification, listed(one_of(conditions), most), one_of("YN"), **more)


@kept
def places() -> SearchStrategy[Location]:
    """Draw places where an ambulance takes up or leaves a patient; only the last may have a name."""
    return st.builds(Location, addresses())


@kept
def ambulances() -> SearchStrategy[Ambulance]:
    """Draw ambulance trips."""
    more: dict[str, SearchStrategy[Any]] = {
        "patient_weight": money(300),
        "round_trip_purpose": texts(),
        "stretcher_purpose": texts(),
        "certifications": st.tuples(
            certified(codes_at(ProfessionalClaim, "ambulance.certifications.conditions"), 5)
        ),
    }
    return st.builds(
        lambda reason, miles, start, end, name, given: Ambulance(
            reason=reason, distance=miles, pick_up=start, drop_off=end.evolve(organization=name), **given
        ),
        guided(ProfessionalClaim, "ambulance.reason"),
        st.integers(1, 500),
        places(),
        places(),
        st.none() | names(60),
        some(more),
    )
