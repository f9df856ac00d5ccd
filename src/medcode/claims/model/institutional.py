"""Institutional claims: what the UB-04 form and the 837I carry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from medcode.claims.model.base import (
    ONE,
    PHI,
    Clock,
    Date,
    Moment,
    Money,
    all_of,
    money,
    optional_clock,
    optional_moment,
    optional_money,
    part,
    period,
    texts,
)
from medcode.claims.model.certification import Certification
from medcode.claims.model.claim import Claim
from medcode.claims.model.diagnosis import (
    Diagnosis,
    DiagnosisCode,
    diagnoses,
    diagnosis,
    diagnosis_codes,
    optional_diagnosis_code,
)
from medcode.claims.model.drug import Drug
from medcode.claims.model.line import Line
from medcode.claims.model.party import Provider
from medcode.claims.model.procedure import Procedure, optional_procedure
from medcode.claims.model.stay import (
    InpatientProcedure,
    Occurrence,
    OccurrenceSpan,
    ValueAmount,
    inpatient_procedures,
    optional_inpatient_procedure,
    to_occurrence_spans,
    to_occurrences,
    to_value_amounts,
)
from medcode.claims.model.supplement import Attachment, Note, to_attachments, to_notes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Self, Unpack

    from medcode.claims.model.changes import InstitutionalClaimChanges, InstitutionalLineChanges

__all__ = ["INPATIENT_FACILITIES", "TOTAL_LINE", "InstitutionalClaim", "InstitutionalLine"]

INPATIENT_FACILITIES = frozenset({"11", "18", "21", "28", "41", "65", "66"})
"""The first digits of the bill of a stay: hospital, swing bed, nursing, religious, intermediate care."""

TOTAL_LINE = "0001"
"""The revenue code of the total on paper forms; it is not a service."""


@part(kw_only=True)
class InstitutionalLine(Line):
    """One revenue line of an institutional claim.

    `quantity` counts `unit`: UN units or DA days; `non_covered` is the part of the charge that is not covered,
    taxes are in US dollars.
    """

    revenue_code: str
    procedure: Procedure | None = attrs.field(default=None, converter=optional_procedure)
    quantity: Money = attrs.field(default=ONE, converter=money)
    unit: str = "UN"
    non_covered: Money | None = attrs.field(default=None, converter=optional_money)
    attachments: tuple[Attachment, ...] = attrs.field(default=(), converter=to_attachments)
    service_tax: Money | None = attrs.field(default=None, converter=optional_money)
    facility_tax: Money | None = attrs.field(default=None, converter=optional_money)
    third_party_note: str | None = attrs.field(default=None, metadata=PHI)
    drug: Drug | None = None
    operating_physician: Provider | None = None
    other_operating_physician: Provider | None = None
    referring_provider: Provider | None = None

    if TYPE_CHECKING:

        def evolve(self, **changes: Unpack[InstitutionalLineChanges]) -> Self:  # type: ignore[override]  # its own fields only
            """Return a copy with `changes`, each a field of the class."""


def lines(values: Iterable[InstitutionalLine]) -> tuple[InstitutionalLine, ...]:
    """Return revenue lines as a tuple, in claim order."""
    return all_of(InstitutionalLine, values)


@part(kw_only=True)
class InstitutionalClaim(Claim):
    """An institutional claim: what the UB-04 form and the 837I carry.

    `facility_type` (two digits) and `frequency` make up the type of bill: 11 and 1 are bill 0111.
    `statement_dates` are the days that the claim covers, from and through; `admission` includes the
    hour where that is known. `discharge_status` is the patient's on leaving (01 home …).
    `patient_due` is what the patient is expected to owe, in US dollars.
    """

    guide: ClassVar[str] = "005010X223A2"

    facility_type: str
    statement_dates: Date = attrs.field(converter=period, metadata=PHI)
    discharge_status: str
    principal_diagnosis: Diagnosis = attrs.field(converter=diagnosis)
    lines: tuple[InstitutionalLine, ...] = attrs.field(converter=lines)
    admission: Moment | None = attrs.field(default=None, converter=optional_moment, metadata=PHI)
    admission_type: str | None = None
    admission_source: str | None = None
    discharge_time: Clock | None = attrs.field(default=None, converter=optional_clock, metadata=PHI)
    other_diagnoses: tuple[Diagnosis, ...] = attrs.field(default=(), converter=diagnoses)
    admitting_diagnosis: DiagnosisCode | None = attrs.field(default=None, converter=optional_diagnosis_code)
    reasons_for_visit: tuple[DiagnosisCode, ...] = attrs.field(default=(), converter=diagnosis_codes)
    external_causes: tuple[Diagnosis, ...] = attrs.field(default=(), converter=diagnoses)
    principal_procedure: InpatientProcedure | None = attrs.field(
        default=None, converter=optional_inpatient_procedure
    )
    other_procedures: tuple[InpatientProcedure, ...] = attrs.field(default=(), converter=inpatient_procedures)
    drg: str | None = None
    occurrences: tuple[Occurrence, ...] = attrs.field(default=(), converter=to_occurrences)
    occurrence_spans: tuple[OccurrenceSpan, ...] = attrs.field(default=(), converter=to_occurrence_spans)
    value_codes: tuple[ValueAmount, ...] = attrs.field(default=(), converter=to_value_amounts)
    condition_codes: tuple[str, ...] = attrs.field(default=(), converter=texts)
    treatment_codes: tuple[str, ...] = attrs.field(default=(), converter=texts)
    patient_due: Money | None = attrs.field(default=None, converter=optional_money)
    notes: tuple[Note, ...] = attrs.field(default=(), converter=to_notes)
    billing_note: str | None = attrs.field(default=None, metadata=PHI)
    epsdt_referral: Certification | None = None
    attending_provider: Provider | None = None
    operating_physician: Provider | None = None
    other_operating_physician: Provider | None = None

    @classmethod
    def from_ub04(cls, fields: Mapping[str, Any]) -> InstitutionalClaim:
        """Make a claim from the form locators of a UB-04 by number. Raises VisitError, which names every wrong one."""
        from medcode.claims.forms import from_ub04

        return from_ub04(fields)

    @property
    def bill_type(self) -> str:
        """The type of bill in four digits, as the UB-04 has it: 0111."""
        return f"0{self.facility_type}{self.frequency}"

    @property
    def is_inpatient(self) -> bool:
        """Whether it is the bill of a stay, by its facility type."""
        return self.facility_type in INPATIENT_FACILITIES

    @property
    def diagnoses(self) -> tuple[Diagnosis, ...]:
        """The principal diagnosis and the others, in claim order."""
        return (self.principal_diagnosis, *self.other_diagnoses)

    @property
    def procedures(self) -> tuple[InpatientProcedure, ...]:
        """The principal procedure, if any, and the others, in claim order."""
        first = (self.principal_procedure,) if self.principal_procedure else ()
        return (*first, *self.other_procedures)

    if TYPE_CHECKING:

        def evolve(self, **changes: Unpack[InstitutionalClaimChanges]) -> Self:  # type: ignore[override]  # its own fields only
            """Return a copy with `changes`, each a field of the class."""
