"""The rarer parts that the three kinds of claim share: dates, numbers, papers, contracts, repricing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from medcode.claims.model import Attachment, Contract, Drug, Reference, Repricing
from medcode.testing.strategies.codes import ndcs
from medcode.testing.strategies.primitives import (
    identifiers,
    kept,
    listed,
    money,
    names,
    one_of,
    some,
)

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["attachments", "built", "contracts", "drugs", "notices", "references", "repricings"]


def built(cls: Any, given: dict[str, SearchStrategy[Any]], most: int = 3) -> SearchStrategy[Any]:
    """Draw parts of a class with a few of its fields set."""
    return some(given, most).map(lambda fields: cls(**fields))


@kept
def percents() -> SearchStrategy[Any]:
    """Draw percentages, with up to two decimals."""
    return money(99)


@kept
def attachments(report_types: str = "OZ RB B4") -> SearchStrategy[Attachment]:
    """Draw papers that are sent apart from the claim, or kept for request."""
    sent = st.builds(
        Attachment, one_of(report_types.split()), one_of(("BM", "EL", "EM", "FX")), identifiers(2, 50)
    )
    return sent | st.builds(Attachment, one_of(report_types.split()), st.just("AA"))


@kept
def contracts(types: str = "01 04 09") -> SearchStrategy[Contract]:
    """Return contracts that a charge rests on."""
    more = {
        "amount": money(),
        "percent": percents(),
        "code": identifiers(),
        "terms_discount": percents(),
        "version": identifiers(2, 10),
    }
    return st.builds(lambda kind, given: Contract(type=kind, **given), one_of(types.split()), some(more))


@kept
def repricings() -> SearchStrategy[Repricing]:
    """Draw what a repricer made of a charge."""
    more = {
        "saving": money(),
        "organization_id": identifiers(2, 30),
        "rate": money(),
        "policy_compliance": one_of("12345"),
        "exception": one_of("123456"),
    }
    return st.builds(
        lambda method, allowed, given: Repricing(method=method, allowed=allowed, **given),
        one_of(("00", "02", "10")),
        money(),
        some(more),
    )


@kept
def drugs() -> SearchStrategy[Drug]:
    """Draw drugs by their national code, and perhaps the prescription."""
    more = st.none() | identifiers(2, 20)
    return st.builds(
        Drug, ndcs(), st.integers(1, 999), one_of(("UN", "ML", "ME", "GR", "F2")), prescription_number=more
    )


@kept
def references() -> SearchStrategy[tuple[Reference, ...]]:
    """Draw a number that the payer gave to a line."""
    return listed(st.builds(Reference, identifiers(2, 30)), 2)


@kept
def notices() -> SearchStrategy[tuple[str, ...]]:
    """Draw what a regulation asks for and no field holds."""
    return listed(names(60), 2)
