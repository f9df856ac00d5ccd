"""Bills of hospitals to Medicare for services with rules of their own."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dateutil.relativedelta import relativedelta
from hypothesis import strategies as st

from medcode.claims.model import (
    Diagnosis,
    InstitutionalClaim,
    InstitutionalLine,
    Occurrence,
    Procedure,
    ValueAmount,
)
from medcode.testing.strategies.coordination import coordinated
from medcode.testing.strategies.medicare_parts import (
    AGED,
    LARGE_PLAN,
    OWN_PLAN,
    PART_A,
    PLANS_OF_CARE,
    SINGLE_DOSE,
    TRANSPORTS,
    TRIPS,
    doses,
    members,
    parties,
    treatments,
)
from medcode.testing.strategies.parties import providers, subscribers
from medcode.testing.strategies.primitives import (
    charges,
    numbers,
    one_of,
)
from medcode.testing.strategies.supplements import drug_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from hypothesis.strategies import SearchStrategy

    from medcode.claims.model import Subscriber

    Lines = Sequence[Any]

__all__ = ["BILLS"]

OF_REVENUE = {"GP": "0420", "GO": "0430", "GN": "0440"}
EXEMPT = "Z38"
"""How the codes of a birth begin, which have no indicator of presence on admission."""

MOST_SHARED = 30
"""Days of a stay of which the patient pays coinsurance."""


@st.composite
def outpatient(
    draw: st.DrawFn, /, on: date, code: str, rows: Lines, facility: str = "13", **more: Any
) -> InstitutionalClaim:
    """Draw an outpatient bill to Medicare with a diagnosis and lines of revenue code, code, modifiers and units."""
    principal, *others = code.split()
    return InstitutionalClaim(
        **{**draw(parties(members(on, PART_A), person=False)), **more},
        facility_type=facility,
        statement_dates=(on, on),
        admission_type="3",
        admission_source="1",
        discharge_status="01",
        reasons_for_visit=(principal,) if facility in {"13", "85"} else (),
        principal_diagnosis=Diagnosis(principal),
        other_diagnoses=[Diagnosis(each) for each in others],
        attending_provider=draw(providers(person=True, specialty=True)),
        lines=[
            InstitutionalLine(
                revenue_code=revenue,
                procedure=Procedure(code, modifiers),
                charge=draw(charges()),
                quantity=quantity,
                service_date=on,
                drug=draw(drug_of(InstitutionalClaim, code)),
            )
            for revenue, code, modifiers, quantity in rows
        ],
    )


@st.composite
def therapy_bills(draw: st.DrawFn, on: date) -> InstitutionalClaim:
    """Draw bills of therapy, under the revenue code of its discipline."""
    plan, codes, added, diagnosis = draw(one_of(PLANS_OF_CARE))
    code, modifiers = draw(one_of(treatments(plan, codes, added)))
    rows = [(OF_REVENUE[plan], code, modifiers, 1)]
    return draw(outpatient(on, diagnosis, rows, draw(one_of(("13", "74", "75", "85")))))


@st.composite
def observed(draw: st.DrawFn, on: date) -> InstitutionalClaim:
    """Draw hours of observation, after the emergency room or a direct referral."""
    first = draw(one_of((("0450", "99284", (), 1), ("0762", "G0379", (), 1))))
    return draw(outpatient(on, "R07.9", [first, ("0762", "G0378", (), draw(st.integers(1, 24)))]))


@st.composite
def infusion_bills(draw: st.DrawFn, on: date) -> InstitutionalClaim:
    """Draw bills of chemotherapy, with the drug and what of it was discarded."""
    drug = doses(draw(one_of(SINGLE_DOSE)), some_left=draw(st.booleans()))
    rows = [("0636", code, modifiers, draw(st.integers(1, 200))) for code, modifiers in drug]
    return draw(outpatient(on, "Z51.11 C34.91", [("0335", "96413", (), 1), *rows]))


@st.composite
def transport_bills(draw: st.DrawFn, on: date) -> InstitutionalClaim:
    """Draw trips of a hospital's ambulance, with the postal code where the patient was picked up."""
    modifiers = (draw(one_of(TRIPS)), draw(one_of(("QM", "QN"))))
    base = draw(one_of(TRANSPORTS[0][0].split()))
    rows = [("0540", base, modifiers, 1), ("0540", "A0425", modifiers, draw(st.integers(1, 99)))]
    picked_up = ValueAmount("A0", draw(numbers(5, 10_000)))
    return draw(outpatient(on, "R07.9", rows, value_codes=(picked_up,)))


@st.composite
def second_bills(draw: st.DrawFn, on: date) -> InstitutionalClaim:
    """Draw bills that one other payer has paid before Medicare: its value code has the amount."""
    aged = draw(st.booleans())
    ages = {"least": AGED} if aged else {"least": 20, "most": AGED - 1}
    claim: InstitutionalClaim = draw(
        outpatient(on, "E11.9", [("0510", "G0463", (), 1)], subscriber=draw(members(on, PART_A, **ages)))
    )
    claim = draw(coordinated(claim, on))
    paid = sum((each.paid for each in claim.other_payers if isinstance(each.paid, Decimal)), Decimal())
    retired = (Occurrence("18", on - relativedelta(years=1)),) if aged else ()
    return claim.evolve(
        value_codes=(ValueAmount(OWN_PLAN if aged else LARGE_PLAN, paid),), occurrences=retired
    )


@st.composite
def counted_stays(draw: st.DrawFn, on: date) -> InstitutionalClaim:
    """Draw stays whose days Medicare covers, some of them with coinsurance."""
    days = draw(st.integers(1, 60))
    covered = draw(st.integers(1, days))
    shared = draw(st.integers(0, min(covered, MOST_SHARED)))
    counts = (("80", covered), ("81", days - covered), ("82", shared))
    values = [ValueAmount(code, count) for code, count in counts if count]
    critical = draw(st.integers(0, days))
    rooms = [(code, count) for code, count in (("0120", days - critical), ("0200", critical)) if count]
    return draw(
        admitted(on, days, "I50.20", members(on - timedelta(days), PART_A), rooms, value_codes=values)
    )


@st.composite
def births(draw: st.DrawFn, on: date) -> InstitutionalClaim:
    """Draw stays of newborns, which no member of Medicare is: the mother's plan pays."""
    days = draw(st.integers(1, 14))
    born = on - timedelta(days)
    mother = subscribers(on).map(lambda each: each.evolve(claim_filing="CI", birth_date=born))
    code = draw(one_of(("Z38.00", "Z38.01")))
    named = {"admission_type": "4", "admission_source": "5"}
    return draw(admitted(on, days, code, mother, [("0171", days)], **named))


@st.composite
def admitted(  # noqa: PLR0913, PLR0917  # what a stay is made of
    draw: st.DrawFn,
    /,
    on: date,
    days: int,
    code: str,
    member: SearchStrategy[Subscriber],
    rooms: list[tuple[str, int]],
    **more: Any,
) -> InstitutionalClaim:
    """Draw a stay in a hospital that ends on a day, with its days of room and board."""
    begins = on - timedelta(days)
    present = None if code.startswith(EXEMPT) else "Y"
    return InstitutionalClaim(
        **draw(parties(member, person=False)),
        **{"admission_type": "1", "admission_source": "1", **more},
        facility_type="11",
        statement_dates=(begins, on),
        admission=datetime.combine(begins, time(draw(st.integers(0, 23)))),
        discharge_time=time(draw(st.integers(0, 23))),
        discharge_status="01",
        admitting_diagnosis=code,
        principal_diagnosis=Diagnosis(code, present_on_admission=present),
        attending_provider=draw(providers(person=True, specialty=True)),
        lines=[
            InstitutionalLine(revenue_code=revenue, charge=draw(charges()), quantity=count, unit="DA")
            for revenue, count in rooms
        ],
    )


BILLS = (therapy_bills, observed, infusion_bills, transport_bills, second_bills, counted_stays, births)
