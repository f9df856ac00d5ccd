"""What a remittance is made of beside its claims: the payment, who pays and is paid, summaries, small parts.

Everything is imported from `medcode.claims.remittance`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs

from medcode.claims.model.adjudication import InpatientDecision
from medcode.claims.model.base import (
    PHI,
    Day,
    Money,
    Part,
    all_of,
    day,
    money,
    optional_money,
    part,
)
from medcode.claims.model.party import Address, Contact, Identifier, Named, contacts, to_identifiers
from medcode.codesets.npi import Npi

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medcode.codesets.base import Malformed

__all__ = [
    "Amount",
    "Delivery",
    "InpatientPayment",
    "MedicareSummary",
    "PaidParty",
    "Payee",
    "Payment",
    "ProviderAdjustment",
    "ProviderSummary",
    "Quantity",
    "Remark",
    "RemittancePayer",
    "TechnicalContact",
    "total",
]

_NONE = Decimal(0)


def total(amounts: Iterable[Any]) -> Decimal:
    """Return the sum of the amounts that can be read; absent and malformed ones count as nothing.

    >>> from medcode.codesets.code import Malformed
    >>> total([Decimal("1.50"), None, Malformed("1,000")])
    Decimal('1.50')
    """
    return sum((amount for amount in amounts if isinstance(amount, Decimal)), _NONE)


@part
class Amount(Part):
    """A further amount, in US dollars, with its qualifier of AMT.

    Of a claim: AU covered, D8 prompt payment discount, DY per diem limit, F5 paid by the patient, I interest, NL
    negative ledger balance, T tax, T2 total before tax. Of a line: B6 allowed, KH late filing reduction,
    T and T2. None of them takes part in balancing.
    """

    qualifier: str
    amount: Money = attrs.field(converter=money)


def to_amounts(values: Iterable[Amount]) -> tuple[Amount, ...]:
    """Return amounts as a tuple, in order. Raises TypeError for anything else."""
    return all_of(Amount, values)


@part
class Quantity(Part):
    """A quantity with its qualifier of QTY, such as CA covered days, CD coinsured days, LA lifetime reserve days."""

    qualifier: str
    quantity: Money = attrs.field(converter=money)


def to_quantities(values: Iterable[Quantity]) -> tuple[Quantity, ...]:
    """Return quantities as a tuple, in order. Raises TypeError for anything else."""
    return all_of(Quantity, values)


@part
class Remark(Part):
    """A remark on a line: `qualifier` is HE for a remittance remark (RARC), RX for an NCPDP reject code."""

    code: str
    qualifier: str = "HE"


def to_remarks(values: Iterable[Remark]) -> tuple[Remark, ...]:
    """Return remarks as a tuple, in order. Raises TypeError for anything else."""
    return all_of(Remark, values)


@part(kw_only=True)
class Payment(Part):
    """How the money goes: BPR and TRN.

    `handling` is I remittance alone, C remittance with the money, D money alone, H notice without money,
    P prenote, U split, X handler's choice; `direction` C to the payee, D back to the payer; `method` ACH, BOP,
    CHK check, FWT wire, NON none; `date` the day the money moves; `trace` the check or transfer number;
    `payer_tax_id` is 1 and the payer's employer number.
    """

    amount: Money = attrs.field(converter=money)
    date: Day = attrs.field(converter=day)
    trace: str = attrs.field(metadata=PHI)
    payer_tax_id: str
    handling: str = "I"
    direction: str = "C"
    method: str = "CHK"
    payment_format: str | None = None
    sender_bank: str | None = attrs.field(default=None, metadata=PHI)
    sender_bank_type: str = "01"
    sender_account: str | None = attrs.field(default=None, metadata=PHI)
    sender_account_type: str = "DA"
    originator: str | None = None
    originator_supplement: str | None = None
    receiver_bank: str | None = attrs.field(default=None, metadata=PHI)
    receiver_bank_type: str = "01"
    receiver_account: str | None = attrs.field(default=None, metadata=PHI)
    receiver_account_type: str = "DA"
    payer_supplement: str | None = None

    @property
    def signed_amount(self) -> Decimal:
        """The amount as the payee sees it: negative where `direction` is D."""
        amount = total([self.amount])
        return -amount if self.direction == "D" else amount


@part
class TechnicalContact(Contact):
    """Whom to ask about the file: a contact that may be an address on the web."""

    url: str | None = attrs.field(default=None, kw_only=True)


def to_technical_contacts(values: Iterable[TechnicalContact]) -> tuple[TechnicalContact, ...]:
    """Return technical contacts as a tuple, in order. Raises TypeError for anything else."""
    return all_of(TechnicalContact, values)


@part(kw_only=True)
class RemittancePayer(Part):
    """Who pays: N1 of loop 1000A. `id` is a national plan id (`id_type` XV)."""

    organization: str | None = None
    id: str | None = None
    id_type: str = "XV"
    address: Address | None = None
    identifiers: tuple[Identifier, ...] = attrs.field(default=(), converter=to_identifiers)
    business_contacts: tuple[Contact, ...] = attrs.field(default=(), converter=contacts)
    technical_contacts: tuple[TechnicalContact, ...] = attrs.field(
        default=(), converter=to_technical_contacts
    )
    websites: tuple[TechnicalContact, ...] = attrs.field(default=(), converter=to_technical_contacts)


@part(kw_only=True)
class Delivery(Part):
    """How the remittance reaches the payee: `method` is BM mail, EM email, FT file transfer, OL on-line."""

    method: str
    name: str | None = attrs.field(default=None, metadata=PHI)
    number: str | None = attrs.field(default=None, metadata=PHI)


@part(kw_only=True)
class Payee(Part):
    """Who is paid: N1 of loop 1000B. `id_type` is XX for an NPI, FI for a tax number, XV for a plan id."""

    organization: str | None = attrs.field(default=None, metadata=PHI)
    id: str | None = attrs.field(default=None, metadata=PHI)
    id_type: str = "XX"
    address: Address | None = None
    identifiers: tuple[Identifier, ...] = attrs.field(default=(), converter=to_identifiers)
    delivery: Delivery | None = None

    @property
    def npi(self) -> Npi | Malformed | None:
        """The payee's NPI, if that is what it is identified by."""
        return Npi.parse(self.id) if self.id and self.id_type == "XX" else None


@part(kw_only=True)
class PaidParty(Named):
    """Someone a claim payment names; `entity_type` is 1 a person, 2 an organization.

    `id_type` says of what kind `id` is: MI member number, II national id, XX NPI, FI tax number, PI payer's number,
    C what the payer corrected.
    """

    entity_type: str = "1"
    suffix: str | None = attrs.field(default=None, metadata=PHI)
    id: str | None = attrs.field(default=None, metadata=PHI)
    id_type: str | None = None

    @property
    def is_person(self) -> bool:
        """Whether this is a person, named or not."""
        return self.entity_type != "2"


@part(kw_only=True)
class InpatientPayment(InpatientDecision):
    """What is said of an inpatient payment beside the amounts: MIA."""

    operating_outlier: Money | None = attrs.field(default=None, converter=optional_money)


@part(kw_only=True)
class ProviderSummary(Part):
    """What the claims of a group come to: TS3. `claim_count` and `charge` are checked against the claims."""

    provider_id: str
    facility_type: str
    fiscal_period_end: Day = attrs.field(converter=day)
    claim_count: Money = attrs.field(converter=money)
    charge: Money = attrs.field(converter=money)
    msp_payer: Money | None = attrs.field(default=None, converter=optional_money)
    non_lab_charge: Money | None = attrs.field(default=None, converter=optional_money)
    hcpcs_reportable: Money | None = attrs.field(default=None, converter=optional_money)
    hcpcs_payable: Money | None = attrs.field(default=None, converter=optional_money)
    professional_component: Money | None = attrs.field(default=None, converter=optional_money)
    msp_patient_liability: Money | None = attrs.field(default=None, converter=optional_money)
    patient_reimbursement: Money | None = attrs.field(default=None, converter=optional_money)
    pip_claim_count: Money | None = attrs.field(default=None, converter=optional_money)
    pip_adjustment: Money | None = attrs.field(default=None, converter=optional_money)


@part(kw_only=True)
class MedicareSummary(Part):
    """What Medicare part A sums up for the inpatient claims of a group: TS2, amounts, days and weights."""

    drg: Money | None = attrs.field(default=None, converter=optional_money)
    federal: Money | None = attrs.field(default=None, converter=optional_money)
    hospital: Money | None = attrs.field(default=None, converter=optional_money)
    disproportionate_share: Money | None = attrs.field(default=None, converter=optional_money)
    capital: Money | None = attrs.field(default=None, converter=optional_money)
    indirect_teaching: Money | None = attrs.field(default=None, converter=optional_money)
    outlier_days: Money | None = attrs.field(default=None, converter=optional_money)
    day_outlier: Money | None = attrs.field(default=None, converter=optional_money)
    cost_outlier: Money | None = attrs.field(default=None, converter=optional_money)
    mean_length_of_stay: Money | None = attrs.field(default=None, converter=optional_money)
    discharges: Money | None = attrs.field(default=None, converter=optional_money)
    cost_report_days: Money | None = attrs.field(default=None, converter=optional_money)
    covered_days: Money | None = attrs.field(default=None, converter=optional_money)
    non_covered_days: Money | None = attrs.field(default=None, converter=optional_money)
    msp_pass_through: Money | None = attrs.field(default=None, converter=optional_money)
    mean_drg_weight: Money | None = attrs.field(default=None, converter=optional_money)
    capital_federal: Money | None = attrs.field(default=None, converter=optional_money)
    capital_hospital: Money | None = attrs.field(default=None, converter=optional_money)
    capital_disproportionate_share: Money | None = attrs.field(default=None, converter=optional_money)


@part(kw_only=True)
class ProviderAdjustment(Part):
    """Money that moves beside the claims: one reason of PLB. A positive amount lowers the payment.

    `reason` is a code such as WO money taken back, FB carried over, L6 interest, 72 refund received, CS correction;
    `reference` often the payer's number of the claim it is about; `fiscal_year_end` no day of service.
    """

    provider_id: str
    fiscal_year_end: Day = attrs.field(converter=day)
    reason: str
    amount: Money = attrs.field(converter=money)
    reference: str | None = attrs.field(default=None, metadata=PHI)


def to_provider_adjustments(values: Iterable[ProviderAdjustment]) -> tuple[ProviderAdjustment, ...]:
    """Return provider adjustments as a tuple, in order. Raises TypeError for anything else."""
    return all_of(ProviderAdjustment, values)
