"""What `evolve` of claims and lines takes, for the type checker; written by tools/model_changes.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime, time
    from decimal import Decimal

    from medcode.claims.model.adjudication import LineAdjudication, OtherPayer, ProviderIdentity
    from medcode.claims.model.ambulance import Ambulance
    from medcode.claims.model.base import DateRange
    from medcode.claims.model.certification import Accident, Certification, SpinalManipulation
    from medcode.claims.model.dates import ClaimDates, LineDates
    from medcode.claims.model.dental import DentalLine, Orthodontics, Tooth, ToothStatus
    from medcode.claims.model.diagnosis import Diagnosis
    from medcode.claims.model.drug import Drug
    from medcode.claims.model.equipment import Equipment, Form
    from medcode.claims.model.institutional import InstitutionalLine
    from medcode.claims.model.line import Line, ProfessionalLine
    from medcode.claims.model.party import Dependent, Payer, Provider, Subscriber
    from medcode.claims.model.procedure import Procedure
    from medcode.claims.model.references import ClaimReferences, LineReferences
    from medcode.claims.model.stay import InpatientProcedure, Occurrence, OccurrenceSpan, ValueAmount
    from medcode.claims.model.supplement import (
        Attachment,
        Contract,
        Note,
        PurchasedService,
        Repricing,
        TestResult,
    )


class SharedClaimChanges(TypedDict, total=False):
    """Fields that all kinds of claim share and none narrows."""

    control_number: str
    billing_provider: Provider
    subscriber: Subscriber
    payer: Payer
    dependent: Dependent | None
    frequency: str
    accepts_assignment: str | None
    benefits_assigned: str | None
    release_of_information: str | None
    delay_reason: str | None
    predetermination: str | None
    currency: str | None
    dates: ClaimDates
    references: ClaimReferences
    accident: Accident | None
    attachments: Iterable[Attachment]
    contract: Contract | None
    file_information: Iterable[str]
    repricing: Repricing | None
    rendering_provider: Provider | None
    referring_provider: Provider | None
    service_facility: Provider | None
    other_payers: Iterable[OtherPayer]
    stated_total: Decimal | int | str | None
    extras: tuple[str, ...]
    origin: Any


class ClaimChanges(SharedClaimChanges, total=False):
    """Fields of a Claim."""

    lines: tuple[Line, ...]


class ProfessionalClaimChanges(SharedClaimChanges, total=False):
    """Fields of a ProfessionalClaim."""

    place_of_service: str
    diagnoses: Iterable[Diagnosis | str]
    lines: Iterable[ProfessionalLine]
    provider_signature: str | None
    patient_signature_source: str | None
    special_program: str | None
    patient_paid: Decimal | int | str | None
    note: Note | None
    ambulance: Ambulance | None
    spinal_manipulation: SpinalManipulation | None
    vision_certifications: Iterable[Certification]
    homebound: str | None
    epsdt_referral: Certification | None
    anesthesia_procedures: Iterable[str]
    condition_codes: Iterable[str]
    primary_care_provider: Provider | None
    supervising_provider: Provider | None


class InstitutionalClaimChanges(SharedClaimChanges, total=False):
    """Fields of a InstitutionalClaim."""

    facility_type: str
    statement_dates: date | DateRange | tuple[date | str, date | str] | str
    discharge_status: str
    principal_diagnosis: Diagnosis | str
    lines: Iterable[InstitutionalLine]
    admission: datetime | date | str | None
    admission_type: str | None
    admission_source: str | None
    discharge_time: time | str | None
    other_diagnoses: Iterable[Diagnosis | str]
    admitting_diagnosis: str | None
    reasons_for_visit: Iterable[str]
    external_causes: Iterable[Diagnosis | str]
    principal_procedure: InpatientProcedure | str | None
    other_procedures: Iterable[InpatientProcedure | str]
    drg: str | None
    occurrences: Iterable[Occurrence]
    occurrence_spans: Iterable[OccurrenceSpan]
    value_codes: Iterable[ValueAmount]
    condition_codes: Iterable[str]
    treatment_codes: Iterable[str]
    patient_due: Decimal | int | str | None
    notes: Iterable[Note]
    billing_note: str | None
    epsdt_referral: Certification | None
    attending_provider: Provider | None
    operating_physician: Provider | None
    other_operating_physician: Provider | None


class DentalClaimChanges(SharedClaimChanges, total=False):
    """Fields of a DentalClaim."""

    place_of_service: str
    service_date: date | DateRange | tuple[date | str, date | str] | str | None
    diagnoses: Iterable[Diagnosis | str]
    lines: Iterable[DentalLine]
    provider_signature: str | None
    special_program: str | None
    orthodontics: Orthodontics | None
    tooth_status: Iterable[ToothStatus]
    patient_paid: Decimal | int | str | None
    notes: Iterable[str]
    primary_care_provider: Provider | None
    assistant_surgeon: Provider | None
    supervising_provider: Provider | None


class SharedLineChanges(TypedDict, total=False):
    """Fields that all kinds of line share and none narrows."""

    charge: Decimal | int | str
    service_date: date | DateRange | tuple[date | str, date | str] | str | None
    control_number: str | None
    references: LineReferences
    repricing: Repricing | None
    adjudications: Iterable[LineAdjudication]
    rendering_provider: Provider | None


class LineChanges(SharedLineChanges, total=False):
    """Fields of a Line."""


class ProfessionalLineChanges(SharedLineChanges, total=False):
    """Fields of a ProfessionalLine."""

    procedure: Procedure | str
    quantity: Decimal | int | str
    unit: str
    diagnosis_pointers: Iterable[int | str]
    place_of_service: str | None
    emergency: str | None
    epsdt: str | None
    family_planning: str | None
    copay_exempt: str | None
    hospice_employee: str | None
    dates: LineDates
    attachments: Iterable[Attachment]
    contract: Contract | None
    equipment: Equipment | None
    ambulance: Ambulance | None
    obstetric_units: Decimal | int | str | None
    test_results: Iterable[TestResult]
    sales_tax: Decimal | int | str | None
    postage: Decimal | int | str | None
    file_information: Iterable[str]
    note: Note | None
    third_party_note: str | None
    purchased_service: PurchasedService | None
    drug: Drug | None
    purchased_service_provider: ProviderIdentity | None
    service_facility: Provider | None
    supervising_provider: Provider | None
    ordering_provider: Provider | None
    referring_provider: Provider | None
    primary_care_provider: Provider | None
    forms: Iterable[Form]


class InstitutionalLineChanges(SharedLineChanges, total=False):
    """Fields of a InstitutionalLine."""

    revenue_code: str
    procedure: Procedure | str | None
    quantity: Decimal | int | str
    unit: str
    non_covered: Decimal | int | str | None
    attachments: Iterable[Attachment]
    service_tax: Decimal | int | str | None
    facility_tax: Decimal | int | str | None
    third_party_note: str | None
    drug: Drug | None
    operating_physician: Provider | None
    other_operating_physician: Provider | None
    referring_provider: Provider | None


class DentalLineChanges(SharedLineChanges, total=False):
    """Fields of a DentalLine."""

    procedure: Procedure | str
    teeth: Iterable[Tooth | str]
    oral_cavity: Iterable[str]
    prosthesis: str | None
    quantity: Decimal | int | str | None
    place_of_service: str | None
    diagnosis_pointers: Iterable[int | str]
    dates: LineDates
    contract: Contract | None
    sales_tax: Decimal | int | str | None
    file_information: Iterable[str]
    assistant_surgeon: Provider | None
    supervising_provider: Provider | None
    service_facility: Provider | None
