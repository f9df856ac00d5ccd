"""The rarer parts that the three kinds of claim share: dates, numbers, papers, contracts, repricing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from medcode.claims.model import Attachment, Contract, Drug, Reference, Repricing
from medcode.edits.kinds import kinds_of
from medcode.testing.strategies.codes import ndcs
from medcode.testing.strategies.guided import guided
from medcode.testing.strategies.primitives import (
    identifiers,
    kept,
    listed,
    money,
    names,
    some,
)

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from medcode.claims.model import Claim

__all__ = ["attachments", "built", "contracts", "drug_of", "drugs", "notices", "references", "repricings"]

ON_REQUEST = "AA"
"""How a paper is transmitted that the provider keeps until it is asked for."""


def built(cls: Any, given: dict[str, SearchStrategy[Any]], most: int = 3) -> SearchStrategy[Any]:
    """Draw parts of a class with a few of its fields set."""
    return some(given, most).map(lambda fields: cls(**fields))


@kept
def percents() -> SearchStrategy[Any]:
    """Draw percentages, with up to two decimals."""
    return money(99)


@kept
def attachments(claim: type[Claim], around: str = "") -> SearchStrategy[Attachment]:
    """Draw papers that are sent apart from the claim, or kept for request."""
    kind = guided(claim, f"{around}attachments.report_type")
    sent = st.builds(
        Attachment,
        kind,
        guided(claim, f"{around}attachments.transmission", but=ON_REQUEST),
        identifiers(2, 50),
    )
    return sent | st.builds(Attachment, kind, st.just(ON_REQUEST))


@kept
def contracts(claim: type[Claim], around: str = "") -> SearchStrategy[Contract]:
    """Draw contracts that a charge rests on."""
    more = {
        "amount": money(),
        "percent": percents(),
        "code": identifiers(),
        "terms_discount": percents(),
        "version": identifiers(2, 10),
    }
    kind = guided(claim, f"{around}contract.type")
    return st.builds(lambda kind, given: Contract(type=kind, **given), kind, some(more))


@kept
def repricings(claim: type[Claim], around: str = "") -> SearchStrategy[Repricing]:
    """Draw what a repricer made of a charge."""
    more = {
        "saving": money(),
        "organization_id": identifiers(2, 30),
        "rate": money(),
        "policy_compliance": guided(claim, f"{around}repricing.policy_compliance"),
        "exception": guided(claim, f"{around}repricing.exception"),
    }
    return st.builds(
        lambda method, allowed, given: Repricing(method=method, allowed=allowed, **given),
        guided(claim, f"{around}repricing.method"),
        money(),
        some(more),
    )


@kept
def drugs(claim: type[Claim]) -> SearchStrategy[Drug]:
    """Draw drugs by their national code, and perhaps the prescription."""
    more = st.none() | identifiers(2, 20)
    return st.builds(
        Drug, ndcs(), st.integers(1, 999), guided(claim, "lines.drug.unit"), prescription_number=more
    )


def drug_of(claim: type[Claim], code: str) -> SearchStrategy[Drug | None]:
    """Draw the drug of a line by its procedure code; None for a code of no drug."""
    return drugs(claim) if "drug_codes" in kinds_of(code) else st.none()


@kept
def references() -> SearchStrategy[tuple[Reference, ...]]:
    """Draw a number that the payer gave to a line."""
    return listed(st.builds(Reference, identifiers(2, 30)), 2)


@kept
def notices() -> SearchStrategy[tuple[str, ...]]:
    """Draw what a regulation asks for and no field holds."""
    return listed(names(60), 2)
