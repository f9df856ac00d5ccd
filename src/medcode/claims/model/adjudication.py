"""Coordination of benefits: who else covers the patient, and what they decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from medcode.claims.model.base import (
    ONE,
    PHI,
    Day,
    Money,
    Part,
    all_of,
    money,
    optional_day,
    optional_money,
    part,
    texts,
)
from medcode.claims.model.party import Identifier, Party, Payer, optional_npi, to_identifiers
from medcode.claims.model.procedure import Procedure, optional_procedure
from medcode.codesets.base import Malformed
from medcode.codesets.npi import Npi

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "Adjustment",
    "InpatientDecision",
    "LineAdjudication",
    "OtherPayer",
    "OtherSubscriber",
    "OutpatientDecision",
    "ProviderIdentity",
]


@part
class Adjustment(Part):
    """Why a payer did not pay the amount charged.

    `group` is CO contract, CR correction, OA other, PI payer's initiative, PR patient's
    responsibility; `reason` a claim adjustment reason code; `amount` is in US dollars.

    >>> Adjustment("PR", "1", "21.89").amount
    Decimal('21.89')
    """

    group: str
    reason: str
    amount: Money = attrs.field(converter=money)
    quantity: Money | None = attrs.field(default=None, converter=optional_money)


def to_adjustments(values: Iterable[Adjustment]) -> tuple[Adjustment, ...]:
    """Return adjustments as a tuple, in claim order. Raises TypeError for anything else."""
    return all_of(Adjustment, values)


@part(kw_only=True)
class OutpatientDecision(Part):
    """What an outpatient or professional remittance reported beside the amounts, in US dollars."""

    reimbursement_rate: Money | None = attrs.field(default=None, converter=optional_money)
    hcpcs_payable: Money | None = attrs.field(default=None, converter=optional_money)
    remark_codes: tuple[str, ...] = attrs.field(default=(), converter=texts)
    esrd_paid: Money | None = attrs.field(default=None, converter=optional_money)
    professional_component: Money | None = attrs.field(default=None, converter=optional_money)


@part(kw_only=True)
class InpatientDecision(Part):
    """What an inpatient remittance reported beside the amounts: days, and US dollars by what they pay for."""

    covered_days: Money | None = attrs.field(default=None, converter=optional_money)
    lifetime_psychiatric_days: Money | None = attrs.field(default=None, converter=optional_money)
    drg: Money | None = attrs.field(default=None, converter=optional_money)
    disproportionate_share: Money | None = attrs.field(default=None, converter=optional_money)
    msp_pass_through: Money | None = attrs.field(default=None, converter=optional_money)
    capital: Money | None = attrs.field(default=None, converter=optional_money)
    capital_federal: Money | None = attrs.field(default=None, converter=optional_money)
    capital_hospital: Money | None = attrs.field(default=None, converter=optional_money)
    capital_disproportionate_share: Money | None = attrs.field(default=None, converter=optional_money)
    old_capital: Money | None = attrs.field(default=None, converter=optional_money)
    capital_medical_education: Money | None = attrs.field(default=None, converter=optional_money)
    operating_hospital: Money | None = attrs.field(default=None, converter=optional_money)
    cost_report_days: Money | None = attrs.field(default=None, converter=optional_money)
    operating_federal: Money | None = attrs.field(default=None, converter=optional_money)
    capital_outlier: Money | None = attrs.field(default=None, converter=optional_money)
    indirect_teaching: Money | None = attrs.field(default=None, converter=optional_money)
    professional_component: Money | None = attrs.field(default=None, converter=optional_money)
    capital_exception: Money | None = attrs.field(default=None, converter=optional_money)
    remark_codes: tuple[str, ...] = attrs.field(default=(), converter=texts)


@part(kw_only=True)
class ProviderIdentity(Part):
    """A provider known only by identifiers; `entity_type` is 1 a person, 2 an organization."""

    entity_type: str = "2"
    npi: Npi | Malformed | None = attrs.field(default=None, converter=optional_npi)
    identifiers: tuple[Identifier, ...] = attrs.field(default=(), converter=to_identifiers)


@part(kw_only=True)
class OtherSubscriber(Party):
    """Who holds the other insurance; `member_id_type` is MI member number or II a national id."""

    member_id: str | None = attrs.field(default=None, metadata=PHI)
    member_id_type: str = "MI"
    identifiers: tuple[Identifier, ...] = attrs.field(default=(), converter=to_identifiers)


@part(kw_only=True)
class OtherPayer(Part):
    """Another payer that covers the patient, and its decision on the claim, if it made one.

    Amounts are in US dollars: `paid` for the whole claim, `non_covered` where it was not
    billed, `remaining_liability` what the patient still owes. `relationship` is the patient's to
    the subscriber of this insurance (18 self). `adjusted` is Y where the payer changed an earlier decision.
    """

    payer: Payer
    subscriber: OtherSubscriber
    payer_responsibility: str = "P"
    relationship: str = "18"
    group_number: str | None = attrs.field(default=None, metadata=PHI)
    group_name: str | None = attrs.field(default=None, metadata=PHI)
    insurance_type: str | None = None
    claim_filing: str | None = None
    adjustments: tuple[Adjustment, ...] = attrs.field(default=(), converter=to_adjustments)
    paid: Money | None = attrs.field(default=None, converter=optional_money)
    non_covered: Money | None = attrs.field(default=None, converter=optional_money)
    remaining_liability: Money | None = attrs.field(default=None, converter=optional_money)
    benefits_assigned: str | None = "Y"
    patient_signature_source: str | None = None
    release_of_information: str | None = "Y"
    inpatient: InpatientDecision | None = None
    outpatient: OutpatientDecision | None = None
    remittance_date: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    prior_authorization: str | None = attrs.field(default=None, metadata=PHI)
    referral: str | None = attrs.field(default=None, metadata=PHI)
    predetermination: str | None = attrs.field(default=None, metadata=PHI)
    adjusted: str | None = None
    claim_number: str | None = attrs.field(default=None, metadata=PHI)
    referring_provider: ProviderIdentity | None = None
    primary_care_provider: ProviderIdentity | None = None
    rendering_provider: ProviderIdentity | None = None
    service_facility: ProviderIdentity | None = None
    supervising_provider: ProviderIdentity | None = None
    attending_provider: ProviderIdentity | None = None
    operating_physician: ProviderIdentity | None = None
    other_operating_physician: ProviderIdentity | None = None
    assistant_surgeon: ProviderIdentity | None = None
    billing_provider: ProviderIdentity | None = None


def to_other_payers(values: Iterable[OtherPayer]) -> tuple[OtherPayer, ...]:
    """Return other payers as a tuple, in claim order. Raises TypeError for anything else."""
    return all_of(OtherPayer, values)


@part(kw_only=True)
class LineAdjudication(Part):
    """What another payer decided on a line: `paid` in US dollars for `quantity` of `procedure`.

    `payer_id` is the other payer's; `revenue_code` is institutional; `bundled_line` the number of the line it was bundled into.
    """

    payer_id: str
    paid: Money = attrs.field(converter=money)
    procedure: Procedure | None = attrs.field(default=None, converter=optional_procedure)
    revenue_code: str | None = None
    quantity: Money = attrs.field(default=ONE, converter=money)
    bundled_line: int | Malformed | None = None
    adjustments: tuple[Adjustment, ...] = attrs.field(default=(), converter=to_adjustments)
    date: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    remaining_liability: Money | None = attrs.field(default=None, converter=optional_money)


def to_line_adjudications(values: Iterable[LineAdjudication]) -> tuple[LineAdjudication, ...]:
    """Return decisions of other payers on a line as a tuple, in claim order. Raises TypeError for anything else."""
    return all_of(LineAdjudication, values)
