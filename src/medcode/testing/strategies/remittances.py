"""Remittances that balance: every line, every claim and the payment as a whole."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from medcode.claims.model import Adjustment, Identifier, OutpatientDecision
from medcode.claims.remittance import (
    Amount,
    ClaimPayment,
    InpatientPayment,
    MedicareSummary,
    Payment,
    PaymentGroup,
    ProviderAdjustment,
    ProviderSummary,
    Quantity,
    Remark,
    Remittance,
    ServicePayment,
)
from medcode.claims.remittance_parts import total
from medcode.testing.strategies.codes import hcpcs_codes, npis
from medcode.testing.strategies.parties import contacts
from medcode.testing.strategies.primitives import (
    DAY,
    charges,
    days_until,
    identifiers,
    kept,
    money,
    numbers,
    one_of,
    some,
)
from medcode.testing.strategies.remitted import (
    carriers,
    patients,
    payees,
    remittance_payers,
    rendering_providers,
)

if TYPE_CHECKING:
    from datetime import date


__all__ = ["claim_payments", "remittances"]

LINES, CLAIMS, GROUPS = 3, 3, 2
SELDOM = 7
"""One in eight."""
NOTHING = Decimal(0)
PATIENT_REASONS = ("1", "2", "3")
OTHER_REASONS = tuple(
    Adjustment(each[:2], each[3:], NOTHING) for each in ("CO 45", "CO 253", "OA 23", "PI 94")
)
DENIALS = tuple(
    Adjustment(each[:2], each[3:], NOTHING) for each in ("CO 50", "CO 97", "CO 29", "OA 18", "PI 197")
)
PAID_STATUSES = ("1", "1", "2", "3", "19", "20", "21")
FORWARDED = frozenset({"19", "20", "21"})
RAISING = ("L6", "FB", "72")


@st.composite
def _adjusted(draw: st.DrawFn, charge: Decimal, *, denied: bool) -> tuple[Decimal, tuple[Adjustment, ...]]:
    """Return what was paid of a charge, and the adjustments that make up the rest."""
    if denied:
        return NOTHING, (draw(one_of(DENIALS)).evolve(amount=charge),)
    cents = int(charge.scaleb(2))
    other = draw(st.integers(0, cents))
    patient = draw(st.integers(0, cents - other))
    adjustments = []
    if other:
        adjustments.append(draw(one_of(OTHER_REASONS)).evolve(amount=Decimal(other).scaleb(-2)))
    if patient:
        adjustments.append(Adjustment("PR", draw(one_of(PATIENT_REASONS)), Decimal(patient).scaleb(-2)))
    return Decimal(cents - other - patient).scaleb(-2), tuple(adjustments)


@st.composite
def _lines(draw: st.DrawFn, on: date, *, denied: bool) -> ServicePayment:
    charge = draw(charges())
    paid, adjustments = draw(_adjusted(charge, denied=denied))
    day = draw(days_until(on))
    more = draw(_more_of_line())
    if draw(st.booleans()):
        more |= {"service_start": day - timedelta(draw(st.integers(0, 5))), "service_end": day}
    else:
        more["service_date"] = day
    return ServicePayment(
        procedure=draw(hcpcs_codes()), charge=charge, paid=paid, adjustments=adjustments, **more
    )


@kept
def _more_of_line() -> st.SearchStrategy[dict[str, Any]]:
    """Draw what few lines have."""
    return some(
        {
            "units": st.integers(1, 99).map(Decimal),
            "control_number": identifiers(1, 30),
            "amounts": st.builds(Amount, st.just("B6"), money()).map(lambda each: (each,)),
            "remarks": one_of(("M15", "N130", "MA01")).map(lambda code: (Remark(code),)),
            "policies": identifiers().map(lambda each: (each,)),
            "references": st.builds(Identifier, one_of(("G1", "LU", "BB")), identifiers()).map(
                lambda each: (each,)
            ),
            "submitted_procedure": hcpcs_codes(),
            "revenue_code": one_of(("0250", "0300", "0450")),
        }
    )


@kept
def _more_of_claim(on: date) -> st.SearchStrategy[dict[str, Any]]:
    """Draw what few claims have."""
    return some(
        {
            "rendering_provider": rendering_providers(),
            "insured": patients(),
            "corrected_patient": patients().map(lambda each: each.evolve(id_type="C")),
            "corrected_payer": carriers(),
            "outpatient": one_of(("MA01", "MA07")).map(lambda code: OutpatientDecision(remark_codes=[code])),
            "references": st.builds(Identifier, one_of(("EA", "1L", "G1")), identifiers()).map(
                lambda each: (each,)
            ),
            "received_date": st.just(on),
            "contacts": contacts(phone_only=True).map(lambda each: (each,)),
            "amounts": st.builds(Amount, one_of(("AU", "I", "F5")), money()).map(lambda each: (each,)),
            "drg": one_of(("470", "871")),
            "facility_type": one_of(("11", "13", "21")),
            "frequency": one_of("17"),
        }
    )


@st.composite
def claim_payments(draw: st.DrawFn, valid_on: date = DAY) -> ClaimPayment:
    """Return claims as a payer decided on them by a day: paid, denied, forwarded or reversed, and balanced.

    >>> from datetime import date
    >>> claim_payments(date(2026, 1, 5))  # pass it to `given`
    claim_payments(valid_on=datetime.date(2026, 1, 5))
    """
    denied = draw(st.integers(0, SELDOM)) == SELDOM
    lines = draw(st.lists(_lines(valid_on, denied=denied), max_size=LINES).map(tuple))
    charge = total(line.charge for line in lines)
    adjustments: tuple[Adjustment, ...] = ()
    paid = total(line.paid for line in lines)
    if not lines:
        charge = draw(money())
        paid, adjustments = draw(_adjusted(charge, denied=denied))
    status = "4" if denied else draw(one_of(PAID_STATUSES))
    share = total(
        each.amount
        for part in (adjustments, *(line.adjustments for line in lines))
        for each in part
        if each.group == "PR"
    )
    more: dict[str, Any] = draw(_more_of_claim(valid_on))
    if "outpatient" not in more and draw(st.integers(0, SELDOM)) == SELDOM:
        # some readers allow no covered days here, but in QTY
        more["inpatient"] = InpatientPayment(covered_days=0, drg=draw(money()), remark_codes=["MA01"])
        more["quantities"] = (Quantity("CA", draw(st.integers(1, 9))),)
    if status in FORWARDED:
        more["crossover_carrier"] = draw(carriers())
    if draw(st.booleans()):
        more |= {"statement_start": valid_on - timedelta(90), "statement_end": valid_on}
    payment = ClaimPayment(
        control_number=draw(identifiers(1)),
        payer_claim_number=draw(identifiers(1)),
        status=status,
        charge=charge,
        paid=paid,
        patient_responsibility=share or None,
        claim_filing=draw(one_of(("12", "MB", "HM"))),
        patient=draw(patients()),
        adjustments=adjustments,
        lines=lines,
        **more,
    )
    return payment.reversal() if status == "1" and draw(st.integers(0, SELDOM)) == SELDOM else payment


@st.composite
def _groups(draw: st.DrawFn, on: date, number: int) -> PaymentGroup:
    drawn = draw(st.lists(claim_payments(on), min_size=1, max_size=CLAIMS))
    claims = [  # a remittance pays each claim once
        each.evolve(payer_claim_number=f"{each.payer_claim_number}{number}{at:02}")
        for at, each in enumerate(drawn)
    ]
    if draw(st.integers(0, SELDOM)) != SELDOM:
        return PaymentGroup(number=str(number), claims=claims)
    summary = ProviderSummary(
        provider_id=draw(identifiers()),
        facility_type=draw(one_of(("11", "13"))),
        fiscal_period_end=on.replace(month=12, day=31),
        claim_count=len(claims),
        charge=total(claim.charge for claim in claims),
        **draw(some({"msp_payer": money(), "hcpcs_payable": money(), "pip_claim_count": st.integers(1, 9)})),
    )
    medicare = (
        MedicareSummary(drg=draw(money()), covered_days=Decimal(draw(st.integers(1, 30))))
        if draw(st.booleans())
        else None
    )
    return PaymentGroup(number=str(number), claims=claims, summary=summary, medicare=medicare)


@st.composite
def _moved(draw: st.DrawFn, on: date, paid: Decimal) -> list[ProviderAdjustment]:
    """Return adjustments beside the claims, so that the payment is not negative."""
    provider, end = str(draw(npis())), on.replace(month=12, day=31)

    def adjustment(reason: str, amount: Decimal) -> ProviderAdjustment:
        return ProviderAdjustment(
            provider_id=provider,
            fiscal_year_end=end,
            reason=reason,
            amount=amount,
            reference=draw(st.none() | identifiers()),
        )

    found = [adjustment(reason, -draw(money(999))) for reason in draw(st.lists(one_of(RAISING), max_size=2))]
    left = paid - total(each.amount for each in found)
    found += [adjustment("WO", min(left, draw(money(999))))] if left > 0 and draw(st.booleans()) else []
    if left < 0:
        found.append(adjustment("FB", left))
    return found


@st.composite
def remittances(draw: st.DrawFn, valid_on: date = DAY) -> Remittance:
    """Return remittances of a day that balance and keep to the guide.

    >>> from datetime import date
    >>> remittances(date(2026, 1, 5))  # pass it to `given`
    remittances(valid_on=datetime.date(2026, 1, 5))
    """
    count = draw(st.integers(0, GROUPS))
    groups = [draw(_groups(valid_on, number)) for number in range(1, count + 1)]
    paid = total(claim.paid for group in groups for claim in group.claims)
    moved = draw(_moved(valid_on, paid))
    amount = paid - total(each.amount for each in moved)
    tax_id = f"1{draw(numbers(9, 100_000_000))}"
    payment = Payment(
        amount=amount,
        date=valid_on,
        trace=draw(identifiers(1, 30)),
        payer_tax_id=tax_id,
        method="CHK" if amount else "NON",
    )
    if amount and draw(st.booleans()):
        payment = payment.evolve(
            method="ACH",
            payment_format=draw(one_of(("CCP", "CTX"))),
            sender_bank=draw(numbers(9, 100_000_000)),
            sender_account=draw(numbers(10)),
            originator=tax_id,
            receiver_bank=draw(numbers(9, 100_000_000)),
            receiver_account=draw(numbers(10)),
            receiver_account_type=draw(one_of(("DA", "SG"))),
        )
    return Remittance(
        payment=payment,
        payer=draw(remittance_payers()),
        payee=draw(payees()),
        groups=groups,
        provider_adjustments=moved,
        **draw(
            some(
                {
                    "production_date": st.just(valid_on),
                    "receiver_id": identifiers(),
                    "payer_version": identifiers(),
                }
            )
        ),
    )
