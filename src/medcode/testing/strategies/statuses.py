"""Claim statuses (277CA) whose totals and actions agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from medcode.claims.claim_status import (
    BatchStatus,
    ClaimStatus,
    LineStatus,
    ProviderStatus,
    Status,
    StatusParty,
    StatusReceiver,
    StatusSource,
)
from medcode.testing.strategies.codes import hcpcs_codes, npis
from medcode.testing.strategies.parties import people
from medcode.testing.strategies.primitives import (
    DAY,
    days_until,
    identifiers,
    kept,
    money,
    names,
    one_of,
    some,
)

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from hypothesis.strategies import SearchStrategy

__all__ = ["claim_statuses"]

ACCEPTING = (("A2", "20", "PR"), ("A1", "19", "PR"), ("A0", "16", "PR"))
REJECTING = (("A7", "562", "85"), ("A6", "21", "IL"), ("A3", "187", None), ("A8", "496", "85"))


@kept
def _people() -> SearchStrategy[StatusParty]:
    return st.builds(
        lambda given, member: StatusParty(**given, id=member, id_type="MI"), people(), identifiers()
    )


@kept
def _providers() -> SearchStrategy[StatusParty]:
    persons = st.builds(lambda given, npi: StatusParty(**given, id=str(npi), id_type="XX"), people(), npis())
    organizations = st.builds(
        lambda name, npi: StatusParty(entity_type="2", organization=name, id=str(npi), id_type="XX"),
        names(60),
        npis(),
    )
    return persons | organizations


@st.composite
def _answered_lines(draw: st.DrawFn, on: date, charge: Decimal) -> LineStatus:
    category, code, entity = draw(one_of(REJECTING))
    return LineStatus(
        procedure=draw(hcpcs_codes()),
        charge=charge,
        units=draw(st.integers(1, 9)),
        statuses=[Status(category, code, entity, action="U")],
        control_number=draw(identifiers(1, 30)),
        service_date=draw(days_until(on)),
    )


@st.composite
def claim_statuses(draw: st.DrawFn, valid_on: date = DAY) -> ClaimStatus:
    """Return what became of a claim, processed on a day, alone in its batch: accepted or rejected.

    >>> from datetime import date
    >>> claim_statuses(date(2026, 1, 5))  # pass it to `given`
    claim_statuses(valid_on=datetime.date(2026, 1, 5))
    """
    rejected = draw(st.booleans())
    charge = draw(money())
    category, code, entity = draw(one_of(REJECTING if rejected else ACCEPTING))
    action = "U" if rejected else "WQ"
    status = Status(category, code, entity, date=valid_on, action=action, charge=charge)
    statuses = [status]
    if rejected and draw(st.booleans()):
        statuses.append(status.evolve(category="A7", code="21", entity=None))
    counted = ("rejected" if rejected else "accepted", "accepted" if rejected else "rejected")
    totals: dict[str, Any] = {f"{counted[0]}_count": 1, f"{counted[0]}_charge": charge}
    if draw(st.booleans()):
        totals |= {f"{counted[1]}_count": 0, f"{counted[1]}_charge": 0}
    batch = BatchStatus(
        reference=draw(identifiers(1, 30)),
        statuses=[Status("A1", "19", "PR", date=valid_on, action="WQ", charge=charge)],
        **totals,
    )
    provider = ProviderStatus(party=draw(_providers()))
    if draw(st.booleans()):
        provider = provider.evolve(
            trace=draw(identifiers(1, 30)),
            statuses=[Status("A1", "19", "PR", action="WQ", charge=charge)],
            **totals,
        )
    more = draw(
        some(
            {
                "clearinghouse_number": identifiers(),
                "bill_type": one_of(("111", "131")),
                "payer_claim_number": identifiers(1),
            }
        )
    )
    source = StatusSource(
        entity=draw(one_of(("PR", "AY"))),
        organization=draw(names(60)),
        id=draw(identifiers()),
        trace=draw(identifiers(1, 30)),
        received_date=valid_on,
        processed_date=valid_on,
    )
    return ClaimStatus(
        source=source,
        receiver=StatusReceiver(
            entity_type="2", organization=draw(names(60)), id=draw(identifiers()), id_type="46"
        ),
        batch=batch,
        provider=provider,
        patient=draw(_people()),
        control_number=draw(identifiers(1)),
        statuses=statuses,
        service_date=draw(days_until(valid_on)),
        lines=[draw(_answered_lines(valid_on, charge))] if rejected and draw(st.booleans()) else (),
        **more,
    )
