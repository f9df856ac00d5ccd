"""The claims themselves."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from medcode.claims.model.adjudication import OtherPayer, to_other_payers
from medcode.claims.model.ambulance import Ambulance
from medcode.claims.model.base import PHI, Money, Part, all_of, optional_money, part, texts
from medcode.claims.model.certification import Accident, Certification, SpinalManipulation, to_certifications
from medcode.claims.model.dates import NO_CLAIM_DATES, ClaimDates
from medcode.claims.model.diagnosis import Diagnosis, diagnoses
from medcode.claims.model.line import Line, ProfessionalLine
from medcode.claims.model.party import Dependent, Payer, Provider, Subscriber
from medcode.claims.model.pointer import numbered
from medcode.claims.model.procedure import procedure_codes
from medcode.claims.model.references import NO_CLAIM_REFERENCES, ClaimReferences
from medcode.claims.model.supplement import Attachment, Contract, Note, Repricing, to_attachments
from medcode.codesets.base import Malformed
from medcode.codesets.hcpcs import Hcpcs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Self, Unpack

    from medcode.claims.missing import Missing
    from medcode.claims.model.changes import ClaimChanges, ProfessionalClaimChanges
    from medcode.findings import Finding

__all__ = ["Claim", "ProfessionalClaim"]


def lines(values: Iterable[ProfessionalLine]) -> tuple[ProfessionalLine, ...]:
    """Return service lines as a tuple, in claim order."""
    return all_of(ProfessionalLine, values)


@part(kw_only=True)
class Claim(Part):
    """What the three kinds of claim share.

    `control_number` is the provider's own number of the claim (patient control number).
    `frequency` is the claim frequency code: 1 original, 7 replacement, 8 void.
    `accepts_assignment` is A assigned, B for laboratory services only, C not assigned;
    `benefits_assigned` (box 13 of the CMS-1500) Y, N or W not applicable; `release_of_information`
    Y signed or I informed consent. `delay_reason` says why a claim is late. `predetermination` is PB where a dental claim only
    asks what would be paid. `currency` is set where amounts are not in US dollars. `stated_total` is the
    total that a file stated, kept only where it is not the sum of the lines.
    `extras` are segments of a file that its guide does not define, as they were;
    `origin`, of a claim that was read, knows where in the file each part came from.
    """

    guide: ClassVar[str]

    control_number: str = attrs.field(metadata=PHI)
    billing_provider: Provider
    subscriber: Subscriber
    payer: Payer
    lines: tuple[Line, ...]
    dependent: Dependent | None = None
    frequency: str = "1"
    accepts_assignment: str | None = "A"
    benefits_assigned: str | None = "Y"
    release_of_information: str | None = "Y"
    delay_reason: str | None = None
    predetermination: str | None = None
    currency: str | None = None
    dates: ClaimDates = NO_CLAIM_DATES
    references: ClaimReferences = NO_CLAIM_REFERENCES
    accident: Accident | None = None
    attachments: tuple[Attachment, ...] = attrs.field(default=(), converter=to_attachments)
    contract: Contract | None = None
    file_information: tuple[str, ...] = attrs.field(default=(), converter=texts, metadata=PHI)
    repricing: Repricing | None = None
    rendering_provider: Provider | None = None
    referring_provider: Provider | None = None
    service_facility: Provider | None = None
    other_payers: tuple[OtherPayer, ...] = attrs.field(default=(), converter=to_other_payers)
    stated_total: Money | None = attrs.field(default=None, converter=optional_money)
    extras: tuple[str, ...] = attrs.field(default=(), metadata=PHI)
    origin: Any = attrs.field(default=None, eq=False, metadata=PHI)

    @classmethod
    def of_typed(cls, values: dict[str, Any]) -> Self:
        """Make a claim of typed values; a stated total that is the sum of its lines is not kept."""
        stated = values.get("stated_total")
        if isinstance(stated, Decimal):
            try:
                is_sum = stated == sum([line.charge for line in values["lines"]])
            except TypeError:  # a charge that is no amount cannot be added
                is_sum = False
            if is_sum:
                del values["stated_total"]
        return super().of_typed(values)

    @property
    def patient(self) -> Subscriber | Dependent:
        """Who was treated: the dependent if there is one, else the subscriber."""
        return self.dependent or self.subscriber

    @property
    def total(self) -> Decimal:
        """The sum of the line charges in US dollars; lines without a readable charge count as zero."""
        return sum((line.charge for line in self.lines if isinstance(line.charge, Decimal)), Decimal())

    def missing(self) -> tuple[Missing, ...]:
        """List what is still needed before the claim can be billed, in the words of its paper form."""
        from medcode.claims.missing import missing

        return missing(self)

    def to_html(self, *, phi: bool = False, findings: Iterable[Finding] = ()) -> str:
        """Return the claim as its paper form in HTML, with findings at their boxes; `phi=True` shows patient data.

        It is a part of a page: nothing is loaded or run, and the colors are those around. `findings` are of this claim.
        """
        from medcode.claims.forms.html import as_part
        from medcode.claims.forms.sheet import sheet_of

        return as_part(sheet_of(self, phi=phi, findings=findings))

    def _repr_html_(self) -> str:
        return self.to_html()

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> Any:
        """Support claims as fields of a pydantic model."""
        from medcode.claims.interop import claim_schema

        return claim_schema(cls)

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: Any, _handler: Any) -> dict[str, Any]:
        """Describe the field in JSON Schema, as FastAPI shows it."""
        from medcode.claims.interop import json_schema_of

        return json_schema_of(cls)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Make a claim from plain data. Raises VisitError, which names every wrong field."""
        from medcode.claims.plain import claim_from

        claim: Self = claim_from(data, cls)
        return claim

    def to_dict(self) -> dict[str, Any]:
        """Return the claim as plain values without defaults, as `from_dict` reads them."""
        from medcode.claims.plain import to_plain

        plain: dict[str, Any] = to_plain(self)
        return plain

    if TYPE_CHECKING:

        @property
        def diagnoses(self) -> tuple[Diagnosis, ...]:
            """The diagnoses in claim order, the principal one first."""

        def evolve(self, **changes: Unpack[ClaimChanges]) -> Self:  # type: ignore[override]  # its own fields only
            """Return a copy with `changes`, each a field of the class."""


@part(kw_only=True)
class ProfessionalClaim(Claim):
    """A professional claim: what the CMS-1500 form and the 837P carry.

    `place_of_service` is where the patient was seen; a line has its own only where it differs.
    `provider_signature` is Y or N, `patient_signature_source` P where the provider signed for the
    patient, `homebound` Y or nothing. `special_program` is 02 physically handicapped children,
    03 special federal funding, 05 disability, 09 second opinion. `anesthesia_procedures` are the
    surgeries an anesthesia was for. `patient_paid` is in US dollars. What few claims need
    is in parts: `dates`, `references`, `accident`, `ambulance`, `epsdt_referral` …
    """

    guide: ClassVar[str] = "005010X222A1"

    place_of_service: str = "11"
    diagnoses: tuple[Diagnosis, ...] = attrs.field(converter=diagnoses)
    lines: tuple[ProfessionalLine, ...] = attrs.field(converter=lines)
    provider_signature: str | None = "Y"
    patient_signature_source: str | None = None
    special_program: str | None = None
    patient_paid: Money | None = attrs.field(default=None, converter=optional_money)
    note: Note | None = None
    ambulance: Ambulance | None = None
    spinal_manipulation: SpinalManipulation | None = None
    vision_certifications: tuple[Certification, ...] = attrs.field(default=(), converter=to_certifications)
    homebound: str | None = None
    epsdt_referral: Certification | None = None
    anesthesia_procedures: tuple[Hcpcs | Malformed, ...] = attrs.field(default=(), converter=procedure_codes)
    condition_codes: tuple[str, ...] = attrs.field(default=(), converter=texts)
    primary_care_provider: Provider | None = None
    supervising_provider: Provider | None = None

    @classmethod
    def from_cms1500(cls, boxes: Mapping[str, Any], payer: Payer | None = None) -> ProfessionalClaim:
        """Make a claim from the boxes of a CMS-1500 by number. Raises VisitError, which names every wrong box."""
        from medcode.claims.forms import from_cms1500

        return from_cms1500(boxes, payer)

    def __attrs_post_init__(self) -> None:
        """Replace pointers given as codes by numbers; a claim that was read has only numbers."""
        super().__attrs_post_init__()
        object.__setattr__(self, "lines", numbered(self.lines, self.diagnoses))

    if TYPE_CHECKING:

        def evolve(self, **changes: Unpack[ProfessionalClaimChanges]) -> Self:  # type: ignore[override]  # its own fields only
            """Return a copy with `changes`, each a field of the class."""
