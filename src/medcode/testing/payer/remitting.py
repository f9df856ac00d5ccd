"""The 835 of a payer in a box: remittances that balance, made of the claims and of what a scenario decides about them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from medcode.claims.ledger.facts import of_claim
from medcode.claims.model import Adjustment, DateRange, DentalClaim, InstitutionalClaim, Procedure
from medcode.claims.remittance import (
    Amount,
    ClaimPayment,
    PaidParty,
    Payment,
    PaymentGroup,
    ProviderAdjustment,
    Remark,
    Remittance,
    ServicePayment,
)
from medcode.claims.remittance_parts import total
from medcode.codesets.base import Malformed
from medcode.testing.payer.files import later, number_of
from medcode.testing.payer.parties import number_of_provider, patient, payee, remittance_payer
from medcode.testing.payer.scenario import REST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medcode.claims.model import Claim
    from medcode.claims.model.line import Line
    from medcode.testing.payer.files import Received
    from medcode.testing.payer.scenario import Adjust, Decide, Remit

__all__ = ["Account", "accounts"]

_NOTHING, _CENT = Decimal(0), Decimal("0.01")
_STATUSES = {"P": "1", "S": "2", "T": "3"}
_FORWARDED = {"1": "19", "2": "20", "3": "21"}
_FILINGS = frozenset(
    [
        "12",
        "13",
        "14",
        "15",
        "16",
        "17",
        "AM",
        "CH",
        "DS",
        "HM",
        "LM",
        "MA",
        "MB",
        "MC",
        "OF",
        "TV",
        "VA",
        "WC",
        "ZZ",
    ]
)
_QUALIFIERS = {"AD", "ER", "HC", "HP", "IV", "WK"}
_BUNDLED = "97"
_INTEREST = "L6"


class Account:
    """What one payer and one payee have between them: what was paid so far, and what is still owed back."""

    def __init__(self, claims: list[Received], seed: int) -> None:
        self._claims = claims
        self._seed = seed
        self._last: dict[int, list[ClaimPayment]] = {}
        self._owed: Decimal = _NOTHING
        first = claims[0].claim
        self._payer, self._payee = remittance_payer(first.payer), payee(first.billing_provider)
        self._payer_id = first.payer.payer_id  # payers of one name are told apart by it

    def remittance(self, step: Remit, number: int, sent_on: date) -> tuple[Remittance, Decimal]:
        """Return a remittance, and how much its total is to be falsified by."""
        day = later(sent_on, step.day)
        payments: list[ClaimPayment] = []
        moved: list[tuple[str, Decimal, str | None]] = [
            (each.reason, each.amount, each.reference) for each in step.provider
        ]
        for at, each in enumerate(self._claims, 1):
            if step.claims != "all" and (step.claims == "odd") != bool(at % 2):
                continue
            if step.reverse:
                payments += [payment.reversal() for payment in self._last.get(each.index, ())]
            if step.pay:
                decide = step.pay[(each.index + self._seed) % len(step.pay)]
                decided = list(_decided(each, decide))
                self._last[each.index] = decided
                payments += decided
                interest = total(
                    amount.amount for one in decided for amount in one.amounts if amount.qualifier == "I"
                )
                moved += [(_INTEREST, -interest, each.payer_number)] if interest else []
        moved += self._carried(step, payments, total(amount for _, amount, _ in moved))
        amount = total(each.paid for each in payments) - total(amount for _, amount, _ in moved)
        trace = number_of(self._seed, "835", number, self._payer.organization, self._payer_id, self._payee.id)
        return (
            Remittance(
                payment=Payment(
                    amount=amount, date=day, trace=trace, payer_tax_id=f"1{int(trace, 16) % 10**9:09}",
                    method="CHK" if amount else "NON", handling="I" if amount else "H",
                ),
                payer=self._payer, payee=self._payee, production_date=day,
                groups=[PaymentGroup(claims=payments)] if payments else (),
                provider_adjustments=self._adjustments(moved, day),
            ),
            step.off,
        )  # fmt: skip

    def _carried(
        self, step: Remit, payments: list[ClaimPayment], moved: Decimal
    ) -> list[tuple[str, Decimal, str | None]]:
        """Keep back what is owed from earlier remittances, and bring a negative balance to zero."""
        left = total(each.paid for each in payments) - moved
        reference = next((each.payer_claim_number for each in payments if each.is_reversal), None)
        if left < 0:
            self._owed -= left
            return [(step.carry, left, reference)]
        taken = min(self._owed, left)
        self._owed -= taken
        return [(step.carry, taken, reference)] if taken else []

    def _adjustments(
        self, moved: list[tuple[str, Decimal, str | None]], day: date
    ) -> Iterator[ProviderAdjustment]:
        for reason, amount, reference in moved:
            yield ProviderAdjustment(
                provider_id=self._payee.id or "UNKNOWN", fiscal_year_end=day.replace(month=12, day=31), reason=reason,
                amount=amount, reference=reference,
            )  # fmt: skip


def accounts(claims: Iterable[Received], seed: int) -> list[Account]:
    """Return an account for each payer and payee of some claims."""
    by_parties: dict[tuple[object, ...], list[Received]] = defaultdict(list)
    for each in claims:
        payer = each.claim.payer
        by_parties[
            payer.payer_id, payer.organization, number_of_provider(each.claim.billing_provider)
        ].append(each)
    return [Account(group, seed) for group in by_parties.values()]


def _decided(each: Received, decide: Decide) -> Iterator[ClaimPayment]:
    """Yield what is paid of a claim: one payment, or one for each part that it is split into."""
    claim = each.claim
    lines = list(_lines(claim, decide))
    parts = max(min(decide.split, len(lines)), 1)
    for part in range(parts):
        yield _payment(each, decide, lines[part::parts], part)


def _payment(each: Received, decide: Decide, lines: list[ServicePayment], part: int) -> ClaimPayment:
    claim, facts = each.claim, of_claim(each.claim)
    status = decide.status or _STATUSES.get(claim.subscriber.payer_responsibility, "3")
    values: dict[str, Any] = {
        "charge": total(line.charge for line in lines),
        "paid": total(line.paid for line in lines),
        "lines": lines,
    }
    if decide.forward:
        other = claim.other_payers[0].payer if claim.other_payers else None
        values["crossover_carrier"] = PaidParty(
            entity_type="2", organization=(other and other.organization) or decide.forward, id=(other and other.payer_id) or "FORWARDED",
            id_type="PI",
        )  # fmt: skip
        status = _FORWARDED.get(status, status)
    if decide.interest and values["paid"] > 0:
        amount = (values["paid"] * decide.interest).quantize(_CENT, ROUND_HALF_UP)
        values["amounts"] = (Amount("I", amount),) if amount else ()
    share = total(one.amount for line in lines for one in line.adjustments if one.group == "PR")
    filing = claim.subscriber.claim_filing
    is_bill = isinstance(claim, InstitutionalClaim)
    return ClaimPayment(
        control_number=claim.control_number,
        payer_claim_number=each.payer_number if part == 0 else f"{each.payer_number}-{part + 1}",
        status=status,
        patient_responsibility=share or None,
        claim_filing=filing if filing in _FILINGS else "12",
        facility_type=claim.facility_type if is_bill else claim.place_of_service,  # type: ignore[attr-defined]  # the other kinds have one
        frequency=claim.frequency,
        patient=patient(claim),
        statement_start=facts.first_day if is_bill else None,
        statement_end=facts.last_day if is_bill else None,
        **values,
    )


def _lines(claim: Claim, decide: Decide) -> Iterator[ServicePayment]:
    """Yield the lines of a claim as they are paid; a charge that cannot be read, or is negative, is not."""
    usable = [line for line in claim.lines if isinstance(line.charge, Decimal) and line.charge >= 0]
    first = next(iter(usable), None)
    for at, line in enumerate(usable):
        charge = total([line.charge])
        procedure, more = _procedure(line)
        if decide.bundle and at and first is not None and charge:
            more["submitted_procedure"], procedure = procedure, _procedure(first)[0]
            adjustments = [Adjustment("CO", _BUNDLED, charge)]
        else:
            adjustments = list(_adjustments(decide.adjust, charge, at, len(usable)))
        yield ServicePayment(
            procedure=procedure,
            charge=charge,
            paid=charge - total(each.amount for each in adjustments),
            adjustments=adjustments,
            control_number=line.control_number,
            remarks=[Remark(code) for code in decide.remarks] if adjustments else (),
            units=_units(line),
            **_days(line, claim),
            **more,
        )


def _procedure(line: Line) -> tuple[Procedure, dict[str, Any]]:
    """Return what a line is paid under: its procedure, or the revenue code of a line without one."""
    procedure, revenue = line.procedure, getattr(line, "revenue_code", None)
    is_code = procedure is not None and not isinstance(procedure.code, Malformed)
    if procedure is not None and is_code and procedure.qualifier in _QUALIFIERS:
        return procedure.evolve(description=None), {"revenue_code": revenue} if revenue else {}
    return Procedure(revenue or "UNKNOWN", qualifier="NU"), {}


def _units(line: Line) -> Decimal | None:
    """Return the units that are paid: those of the line, in hundredths at most, which is as finely as payers count."""
    quantity = line.quantity
    if not isinstance(quantity, Decimal) or quantity < _CENT:
        return None
    rounded = quantity.quantize(_CENT, ROUND_HALF_UP)
    return quantity if quantity == rounded else rounded


def _days(line: Line, claim: Claim) -> dict[str, Any]:
    day = line.service_date or (claim.service_date if isinstance(claim, DentalClaim) else None)
    if isinstance(day, DateRange) and day.end < day.start:
        return {"service_date": day.start}
    if isinstance(day, DateRange):
        return {"service_start": day.start, "service_end": day.end}
    return {"service_date": day} if isinstance(day, date) else {}


def _adjustments(wanted: Iterable[Adjust], charge: Decimal, at: int, count: int) -> Iterator[Adjustment]:
    """Yield the adjustments of one line; together they never take off more than is charged."""
    left = charge
    for each in wanted:
        if not _is_for(each.lines, at, count):
            continue
        if each.share == REST:
            amount = left
        elif each.share is not None:
            amount = min(left, (charge * each.share).quantize(_CENT, ROUND_HALF_UP))
        else:
            amount = min(left, each.amount or _NOTHING)
        left -= amount
        if amount:
            yield Adjustment(each.group, each.reason, amount)


def _is_for(lines: str, at: int, count: int) -> bool:
    last = at == count - 1
    return {"all": True, "first": at == 0, "last": last, "others": not last}[lines]
