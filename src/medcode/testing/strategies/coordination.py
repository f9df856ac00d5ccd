"""Other payers, whose decisions balance: what was paid and what was adjusted make up the charge."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from hypothesis import strategies as st

from medcode.claims.model import (
    Adjustment,
    InpatientDecision,
    LineAdjudication,
    OtherPayer,
    OtherSubscriber,
    OutpatientDecision,
    ProfessionalClaim,
)
from medcode.testing.strategies.guided import guided
from medcode.testing.strategies.parties import addresses, identities, people
from medcode.testing.strategies.primitives import (
    identifiers,
    kept,
    money,
    names,
    one_of,
    some,
)
from medcode.testing.strategies.supplements import built

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from hypothesis.strategies import SearchStrategy

    from medcode.claims.model import Line

    Lines = Sequence[Line]

__all__ = ["RANKS", "coordinated", "other_payers"]

RANKS = "PST"
"""Primary, secondary, tertiary."""

C = TypeVar("C")
REMARKS = ("MA01", "MA07", "N130", "M15")
IDENTITIES = {
    "referring_provider": ("1", "G2"),
    "rendering_provider": ("1", "G2 LU"),
    "service_facility": ("2", "G2 LU"),
    "billing_provider": ("2", "G2 LU"),
}
"""Providers that other payers know by numbers of their own, on claims of all three kinds."""


@st.composite
def split(draw: st.DrawFn, charge: Decimal) -> tuple[Decimal, tuple[Adjustment, ...]]:
    """Draw how a charge was decided on: what was paid, and why not the rest."""
    cents = int(charge.scaleb(2))
    contract = draw(st.integers(0, cents))
    share = draw(st.integers(0, cents - contract))
    taken = (("CO", "45", contract), ("PR", draw(one_of(("1", "2", "3"))), share))
    adjustments = tuple(
        Adjustment(group, reason, Decimal(off).scaleb(-2)) for group, reason, off in taken if off
    )
    return Decimal(cents - contract - share).scaleb(-2), adjustments


@st.composite
def adjudications(draw: st.DrawFn, line: Any, payer_id: str, on: date) -> LineAdjudication:
    """Draw a payer's decision on a line."""
    paid, adjustments = draw(split(line.charge))
    return LineAdjudication(
        payer_id=payer_id,
        paid=paid,
        procedure=line.procedure,
        revenue_code=getattr(line, "revenue_code", None),
        quantity=line.quantity or 1,
        adjustments=adjustments,
        date=on,
    )


@st.composite
def other_payers(draw: st.DrawFn, rank: str, *, institutional: bool = False) -> OtherPayer:
    """Draw another payer that covers the patient and has decided nothing yet."""
    more: dict[str, SearchStrategy[Any]] = {
        "group_number": identifiers(),
        "group_name": names(60),
        "claim_number": identifiers(),
        "prior_authorization": identifiers(),
        "referral": identifiers(),
        **{
            name: identities(*given)
            for name, given in IDENTITIES.items()
            if not institutional or name[0] == "b"
        },
    }
    return OtherPayer(
        payer=draw(payers_of_others()),
        subscriber=draw(other_subscribers()),
        payer_responsibility=rank,
        relationship=draw(guided(ProfessionalClaim, "other_payers.relationship")),
        claim_filing=draw(one_of(("CI", "BL", "MC"))),
        **draw(some(more, 2)),
    )


@kept
def payers_of_others() -> SearchStrategy[Any]:
    """Draw payers with an id and no numbers besides."""
    from medcode.claims.model import Payer

    return st.builds(
        Payer, organization=names(60), payer_id=identifiers(2, 15), address=st.none() | addresses()
    )


@kept
def other_subscribers() -> SearchStrategy[OtherSubscriber]:
    """Draw who holds another insurance."""
    return st.builds(
        lambda person, member, address: OtherSubscriber(**person, member_id=member, address=address),
        people(),
        identifiers(),
        st.none() | addresses(),
    )


@kept
def outpatient_decisions(*, esrd: bool = True) -> SearchStrategy[OutpatientDecision]:
    """Return what a remittance says beside the amounts; a dental claim has no `esrd` payment."""
    more: dict[str, SearchStrategy[Any]] = {
        "reimbursement_rate": money(9),
        "hcpcs_payable": money(),
        "remark_codes": one_of(tuple((code,) for code in REMARKS)),
        "professional_component": money(),
    }
    if esrd:
        more["esrd_paid"] = money()
    return built(OutpatientDecision, more).filter(lambda told: told != OutpatientDecision())


@kept
def inpatient_decisions() -> SearchStrategy[InpatientDecision]:
    """Draw what a remittance of a stay told beside the amounts."""
    more = {name: money() for name in ("drg", "capital", "operating_federal", "capital_outlier")}
    days = st.integers(1, 99)
    return st.builds(lambda count, given: InpatientDecision(covered_days=count, **given), days, some(more))


@st.composite
def coordinated(draw: st.DrawFn, claim: Any, on: date) -> Any:
    """Draw a claim to the second or third payer: the others have decided, by line or on the whole."""
    count = draw(st.integers(1, 2))
    institutional = hasattr(claim, "facility_type")
    others = [draw(other_payers(rank, institutional=institutional)) for rank in RANKS[:count]]
    others = [
        other.evolve(payer=other.payer.evolve(payer_id=f"{other.payer.payer_id}{rank}"))
        for other, rank in zip(others, RANKS, strict=False)
    ]
    claim = claim.evolve(subscriber=claim.subscriber.evolve(payer_responsibility=RANKS[count]))
    for other in others:
        decide = draw(one_of((by_line, as_a_whole)))
        claim = draw(decide(claim, other, on))
    return claim


@st.composite
def by_line(draw: st.DrawFn, claim: Any, other: OtherPayer, on: date) -> Any:
    """Draw the claim with a payer's decision on each line."""
    payer_id = other.payer.payer_id or ""
    decisions = [draw(adjudications(line, payer_id, on)) for line in claim.lines]
    paid = sum((decision.paid for decision in decisions if isinstance(decision.paid, Decimal)), Decimal())
    outpatient = draw(st.none() | outpatient_decisions(esrd=not hasattr(claim, "tooth_status")))
    lines = tuple(
        line.evolve(adjudications=(*line.adjudications, decision))
        for line, decision in zip(claim.lines, decisions, strict=True)
    )
    other = other.evolve(paid=paid, outpatient=outpatient)
    return claim.evolve(lines=lines, other_payers=(*claim.other_payers, other))


@st.composite
def as_a_whole(draw: st.DrawFn, claim: Any, other: OtherPayer, on: date) -> Any:
    """Draw the claim with a payer's decision on its total."""
    paid, adjustments = draw(split(claim.total))
    other = other.evolve(
        paid=paid,
        adjustments=adjustments,
        remittance_date=on,
        inpatient=draw(st.none() | inpatient_decisions()) if hasattr(claim, "facility_type") else None,
    )
    return claim.evolve(other_payers=(*claim.other_payers, other))
