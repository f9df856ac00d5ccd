"""The remittance advice: what a payer paid for claims, and why not more (X12 835).

A `Remittance` is one payment. Its claims stand in groups, each claim with its lines, and every
amount that was not paid has a group (who bears it) and a reason. Amounts are in US dollars; a
positive adjustment lowers what is paid, a negative one raises it.

>>> from decimal import Decimal
>>> line = ServicePayment(procedure="99213", charge=125, paid=80, adjustments=[Adjustment("CO", "45", 25), Adjustment("PR", "1", 20)])
>>> claim = ClaimPayment(control_number="26463774", charge=125, paid=80, patient_responsibility=20, payer_claim_number="1", lines=[line])
>>> claim.contractual, claim.deductible, claim.allowed, claim.is_denied
(Decimal('25'), Decimal('20'), Decimal('100'), False)

Source: ASC X12 005010X221A1, Health Care Claim Payment/Advice (facts only, in own words).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from medcode.claims.balance import Balance
from medcode.claims.model.adjudication import Adjustment, OutpatientDecision
from medcode.claims.model.base import (
    PHI,
    Day,
    Money,
    Part,
    all_of,
    optional_day,
    optional_money,
    part,
    texts,
)
from medcode.claims.model.party import Contact, Identifier, contacts, to_identifiers
from medcode.claims.remittance_line import Adjusted, ServicePayment, to_service_payments
from medcode.claims.remittance_parts import (
    Amount,
    Delivery,
    InpatientPayment,
    MedicareSummary,
    PaidParty,
    Payee,
    Payment,
    ProviderAdjustment,
    ProviderSummary,
    Quantity,
    Remark,
    RemittancePayer,
    TechnicalContact,
    to_provider_adjustments,
    total,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


__all__ = [
    "Adjustment",
    "Amount",
    "ClaimPayment",
    "Delivery",
    "InpatientPayment",
    "MedicareSummary",
    "PaidParty",
    "Payee",
    "Payment",
    "PaymentGroup",
    "ProviderAdjustment",
    "ProviderSummary",
    "Quantity",
    "Remark",
    "Remittance",
    "RemittancePayer",
    "ServicePayment",
    "TechnicalContact",
]

_NONE = Decimal(0)
_FORWARDED_STATUSES = frozenset({"19", "20", "21", "23"})
_FORWARDED_REMARKS = frozenset({"MA18", "N89"})


@part(kw_only=True)
class ClaimPayment(Adjusted):
    """What was paid for a claim: loop 2100.

    `control_number` is CLM01 as it was sent, 0 where the payer does not know it; `payer_claim_number` the payer's own.
    `status` is 1, 2, 3 paid as primary, secondary, tertiary payer; 19, 20, 21 the same and forwarded; 4 denied;
    22 reversal of an earlier payment; 23 not this payer's, forwarded; 25 predetermination. `facility_type` and
    `frequency` are as the claim had them.
    """

    control_number: str = attrs.field(metadata=PHI)
    payer_claim_number: str = attrs.field(metadata=PHI)
    status: str = "1"
    patient_responsibility: Money | None = attrs.field(default=None, converter=optional_money)
    claim_filing: str = "12"
    facility_type: str | None = None
    frequency: str | None = None
    drg: str | None = None
    drg_weight: Money | None = attrs.field(default=None, converter=optional_money)
    discharge_fraction: Money | None = attrs.field(default=None, converter=optional_money)
    patient: PaidParty | None = None
    insured: PaidParty | None = None
    corrected_patient: PaidParty | None = None
    rendering_provider: PaidParty | None = None
    crossover_carrier: PaidParty | None = None
    corrected_payer: PaidParty | None = None
    other_subscriber: PaidParty | None = None
    inpatient: InpatientPayment | None = None
    outpatient: OutpatientDecision | None = None
    references: tuple[Identifier, ...] = attrs.field(default=(), converter=to_identifiers)
    rendering_provider_identifiers: tuple[Identifier, ...] = attrs.field(default=(), converter=to_identifiers)
    statement_start: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    statement_end: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    coverage_end: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    received_date: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    contacts: tuple[Contact, ...] = attrs.field(default=(), converter=contacts)
    lines: tuple[ServicePayment, ...] = attrs.field(default=(), converter=to_service_payments)

    def all_adjustments(self) -> Iterator[Adjustment]:
        """Yield the adjustments of the claim, then those of its lines."""
        yield from self.adjustments
        for line in self.lines:
            yield from line.adjustments

    @property
    def is_reversal(self) -> bool:
        """Whether an earlier payment is taken back (status 22); its amounts are negative."""
        return self.status == "22"

    def reversal(self) -> ClaimPayment:
        """Return what takes the payment back: the same with status 22 and every amount of the balance negated.

        >>> back = ClaimPayment(control_number="7", payer_claim_number="1", charge=100, paid=80).reversal()
        >>> back.status, back.charge, back.paid
        ('22', Decimal('-100'), Decimal('-80'))
        """
        lines = [line.evolve(**_negated(line)) for line in self.lines]
        share = self.patient_responsibility
        return self.evolve(
            **_negated(self),
            status="22",
            patient_responsibility=None if share is None else -total([share]),
            lines=lines,
            amounts=(),
        )

    @property
    def is_forwarded(self) -> bool:
        """Whether the payer sent the claim on to another, so that no secondary claim is due from the provider.

        Told by the status (19, 20, 21, 23), by a crossover carrier, or by the remarks MA18 and N89.
        """
        return (
            self.status in _FORWARDED_STATUSES
            or self.crossover_carrier is not None
            or not _FORWARDED_REMARKS.isdisjoint(self.remark_codes)
        )

    @property
    def remark_codes(self) -> tuple[str, ...]:
        """Every remittance remark (RARC): of MIA, MOA and the lines, each once."""
        decisions = [each.remark_codes for each in (self.inpatient, self.outpatient) if each]
        lines = (each.code for line in self.lines for each in line.remarks if each.qualifier == "HE")
        return tuple(dict.fromkeys([*(code for codes in decisions for code in codes), *lines]))

    @property
    def allowed(self) -> Decimal:
        """What the payer allowed: of the lines less what claim adjustments of CO and PI take off."""
        if not self.lines:
            return total([self.charge]) - self.adjusted("CO") - self.adjusted("PI")
        own = total(each.amount for each in self.adjustments if each.group in {"CO", "PI"})
        return total(line.allowed for line in self.lines) - own

    @property
    def is_balanced(self) -> bool:
        """Whether each line and the claim add up, and the charges of the lines are that of the claim; False if an amount cannot be read.

        >>> line = ServicePayment(procedure="99213", charge=125, paid=80, adjustments=[Adjustment("CO", "45", 45)])
        >>> claim = ClaimPayment(control_number="7", payer_claim_number="1", charge=125, paid=80, lines=[line])
        >>> claim.is_balanced, claim.evolve(paid=79).is_balanced
        (True, False)
        """
        charges = _NONE
        try:
            adjusted = _sum(self.adjustments)
            for line in self.lines:
                taken = _sum(line.adjustments)
                if line.charge - taken != line.paid:  # type: ignore[operator]  # a text raises TypeError
                    return False
                adjusted += taken
                charges += line.charge  # type: ignore[operator]  # as above
            owed = self.charge - adjusted  # type: ignore[operator]  # as above
        except TypeError:  # a text that is no amount: each subtraction of one raises
            return False
        return owed == self.paid and (not self.lines or charges == self.charge)

    @property
    def service_dates(self) -> tuple[date, ...]:
        """Every day that the lines or the statement name, sorted."""
        days = [self.statement_start, self.statement_end]
        for line in self.lines:
            days += [line.service_date, line.service_start, line.service_end]
        return tuple(sorted({each for each in days if isinstance(each, date)}))


def _sum(adjustments: tuple[Adjustment, ...]) -> Decimal:
    """Return what adjustments take off. Raises TypeError if an amount is a text that cannot be read."""
    taken = _NONE
    for each in adjustments:
        taken += each.amount  # type: ignore[operator]  # a text raises TypeError
    return taken


def _negated(part: Adjusted) -> dict[str, Any]:
    """Return the amounts of a claim or a line with their signs changed."""
    adjustments = [each.evolve(amount=-total([each.amount])) for each in part.adjustments]
    return {"charge": -total([part.charge]), "paid": -total([part.paid]), "adjustments": adjustments}


def to_claim_payments(values: Iterable[ClaimPayment]) -> tuple[ClaimPayment, ...]:
    """Return claim payments as a tuple, in order. Raises TypeError for anything else."""
    return all_of(ClaimPayment, values)


@part(kw_only=True)
class PaymentGroup(Part):
    """Claims that the payer keeps together, such as those of a provider and fiscal year: loop 2000."""

    claims: tuple[ClaimPayment, ...] = attrs.field(default=(), converter=to_claim_payments)
    number: str = "1"
    summary: ProviderSummary | None = None
    medicare: MedicareSummary | None = None


def to_payment_groups(values: Iterable[PaymentGroup]) -> tuple[PaymentGroup, ...]:
    """Return payment groups as a tuple, in order. Raises TypeError for anything else."""
    return all_of(PaymentGroup, values)


@part(kw_only=True)
class Remittance(Part):
    """One payment of a payer to a payee, with the claims it is for: an 835 from ST to SE.

    `production_date` is the cut-off day of the payer's processing; `currency` an ISO code where it is not US dollars.
    """

    guide: ClassVar[str] = "005010X221A1"

    payment: Payment
    payer: RemittancePayer
    payee: Payee
    groups: tuple[PaymentGroup, ...] = attrs.field(default=(), converter=to_payment_groups)
    provider_adjustments: tuple[ProviderAdjustment, ...] = attrs.field(
        default=(), converter=to_provider_adjustments
    )
    production_date: Day | None = attrs.field(default=None, converter=optional_day)
    currency: str | None = None
    receiver_id: str | None = attrs.field(default=None, metadata=PHI)
    payer_version: str | None = None
    extras: tuple[str, ...] = attrs.field(default=(), converter=texts, metadata=PHI)
    origin: Any = attrs.field(default=None, eq=False, metadata=PHI)

    @property
    def claims(self) -> tuple[ClaimPayment, ...]:
        """The claims of all groups, in order."""
        return tuple(claim for group in self.groups for claim in group.claims)

    @property
    def billed(self) -> Decimal:
        """The charges of the claims; reversals count negative."""
        return total(claim.charge for claim in self.claims)

    @property
    def allowed(self) -> Decimal:
        """What the payer allowed of them."""
        return total(claim.allowed for claim in self.claims)

    @property
    def paid(self) -> Decimal:
        """What was paid for the claims, before provider adjustments."""
        return total(claim.paid for claim in self.claims)

    @property
    def patient_responsibility(self) -> Decimal:
        """What patients owe (adjustments of group PR)."""
        return total(claim.adjusted("PR") for claim in self.claims)

    @property
    def provider_adjusted(self) -> Decimal:
        """What provider adjustments (PLB) take off the payment; negative where they add to it."""
        return total(each.amount for each in self.provider_adjustments)

    @property
    def balance(self) -> Balance | None:
        """What moves (BPR02, negative where the payee owes it), beside the claims' payments less provider adjustments.

        None if an amount cannot be read, or if the money goes by itself and no claims are there to add up.
        """
        moved = [*(claim.paid for claim in self.claims), *(each.amount for each in self.provider_adjustments)]
        is_alone = not moved and self.payment.handling in {"D", "P"}
        if is_alone or not all(isinstance(each, Decimal) for each in [self.payment.amount, *moved]):
            return None
        return Balance(self.payment.signed_amount, self.paid - self.provider_adjusted)

    @property
    def is_balanced(self) -> bool:
        """Whether the payment and all claims in it add up; `x12.validate` names what does not, with its place and amount."""
        balance = self.balance
        return (balance is None or balance.holds) and all(claim.is_balanced for claim in self.claims)

    def by_reason(self) -> dict[tuple[str, str], Decimal]:
        """Return what was adjusted, by group and reason, the largest first."""
        sums: dict[tuple[str, str], Decimal] = {}
        for claim in self.claims:
            for each in claim.all_adjustments():
                key = each.group, each.reason
                sums[key] = sums.get(key, _NONE) + total([each.amount])
        return dict(sorted(sums.items(), key=lambda item: (-item[1], item[0])))

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield a flat row for each line of each claim; see `medcode.claims.remittance_rows`."""
        from medcode.claims.remittance_rows import line_rows

        return line_rows(self)

    def adjustment_rows(self) -> Iterator[dict[str, Any]]:
        """Yield a flat row for each adjustment; see `medcode.claims.remittance_rows`."""
        from medcode.claims.remittance_rows import adjustment_rows

        return adjustment_rows(self)

    def to_text(self) -> str:
        """Return a summary as text: billed, allowed, paid, adjusted by reason, patient share. It names nobody."""
        from medcode.claims.remittance_rows import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        from medcode.claims.remittance_rows import as_html

        return as_html(self)
