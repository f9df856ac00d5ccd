"""The claims themselves."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from medcode.claims.model.adjudication import OtherPayer
from medcode.claims.model.ambulance import Ambulance
from medcode.claims.model.base import PHI, Money, Part, all_of, optional_money, parts, texts
from medcode.claims.model.certification import Accident, Certification, SpinalManipulation
from medcode.claims.model.dates import NO_CLAIM_DATES, ClaimDates
from medcode.claims.model.diagnosis import Diagnosis, diagnoses
from medcode.claims.model.line import Line, ProfessionalLine
from medcode.claims.model.party import Dependent, Payer, Provider, Subscriber
from medcode.claims.model.pointer import numbered
from medcode.claims.model.procedure import procedure_codes
from medcode.claims.model.references import NO_CLAIM_REFERENCES, ClaimReferences
from medcode.claims.model.supplement import Attachment, Contract, Note, Repricing
from medcode.codesets.base import Malformed
from medcode.codesets.hcpcs import Hcpcs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Self

    from medcode.claims.missing import Missing

__all__ = ["Claim", "ProfessionalClaim"]


def lines(values: Iterable[ProfessionalLine]) -> tuple[ProfessionalLine, ...]:
    """Take in service lines, in claim order."""
    return all_of(ProfessionalLine, values)


@attrs.frozen(repr=False, slots=False, kw_only=True)
class Claim(Part):
    """What the three kinds of claim share.

    `control_number` is the provider's own number of the claim (patient control number).
    `frequency` is the claim frequency code: 1 original, 7 replacement, 8 void.
    `accepts_assignment` is A assigned, B for laboratory services only, C not assigned;
    `benefits_assigned` (box 13 of the CMS-1500) Y, N or W not applicable; `release_of_information`
    Y signed or I informed consent. `delay_reason` says why a claim is late. `predetermination` is PB where a dental claim only
    asks what would be paid. `currency` is given
    where amounts are not in US dollars. `stated_total` is the total a file gave, kept only where
    it is not the sum of its lines.
    `extras` are segments of a file that its guide has no place for, as they stood;
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
    attachments: tuple[Attachment, ...] = attrs.field(default=(), converter=parts)
    contract: Contract | None = None
    file_information: tuple[str, ...] = attrs.field(default=(), converter=texts, metadata=PHI)
    repricing: Repricing | None = None
    rendering_provider: Provider | None = None
    referring_provider: Provider | None = None
    service_facility: Provider | None = None
    other_payers: tuple[OtherPayer, ...] = attrs.field(default=(), converter=parts)
    stated_total: Money | None = attrs.field(default=None, converter=optional_money)
    extras: tuple[str, ...] = attrs.field(default=(), metadata=PHI)
    origin: Any = attrs.field(default=None, eq=False, metadata=PHI)

    @property
    def patient(self) -> Subscriber | Dependent:
        """Who was treated: the dependent if there is one, else the subscriber."""
        return self.dependent or self.subscriber

    @property
    def total(self) -> Decimal:
        """The sum of the line charges in US dollars; lines without a readable charge count nothing."""
        return sum((line.charge for line in self.lines if isinstance(line.charge, Decimal)), Decimal())

    def missing(self) -> tuple[Missing, ...]:
        """List what is still needed before the claim can be billed, in the words of its paper form."""
        from medcode.claims.missing import missing

        return missing(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Make a claim of plain data; VisitError names every field that is not right."""
        from medcode.claims.plain import claim_from

        claim: Self = claim_from(data, cls)
        return claim

    def to_dict(self) -> dict[str, Any]:
        """Give the claim as plain values, those at their default left out: what `from_dict` reads."""
        from medcode.claims.plain import to_plain

        plain: dict[str, Any] = to_plain(self)
        return plain


@attrs.frozen(repr=False, slots=False, kw_only=True)
class ProfessionalClaim(Claim):
    """A professional claim: what the CMS-1500 form and the 837P carry.

    `place_of_service` is where the patient was seen; a line names its own only where it differs.
    `provider_signature` is Y or N, `patient_signature_source` P where the provider signed for the
    patient, `homebound` Y or nothing. `special_program` is 02 physically handicapped children,
    03 special federal funding, 05 disability, 09 second opinion. `anesthesia_procedures` are the
    surgeries an anesthesia was for. `patient_paid` is in US dollars. What concerns few claims
    stands in parts: `dates`, `references`, `accident`, `ambulance`, `epsdt_referral` …
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
    vision_certifications: tuple[Certification, ...] = attrs.field(default=(), converter=parts)
    homebound: str | None = None
    epsdt_referral: Certification | None = None
    anesthesia_procedures: tuple[Hcpcs | Malformed, ...] = attrs.field(default=(), converter=procedure_codes)
    condition_codes: tuple[str, ...] = attrs.field(default=(), converter=texts)
    primary_care_provider: Provider | None = None
    supervising_provider: Provider | None = None

    @classmethod
    def from_cms1500(cls, boxes: Mapping[str, Any], payer: Payer | None = None) -> ProfessionalClaim:
        """Make a claim of the boxes of a CMS-1500 by their numbers; VisitError names every box that is wrong."""
        from medcode.claims.forms import from_cms1500

        return from_cms1500(boxes, payer)

    def __attrs_post_init__(self) -> None:
        """Turn pointers that are given as codes into numbers; what was read has no others."""
        super().__attrs_post_init__()
        object.__setattr__(self, "lines", numbered(self.lines, self.diagnoses))
