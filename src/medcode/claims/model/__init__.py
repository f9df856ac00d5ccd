"""The claim model: claims in the words of billers, frozen, typed, and without identifying data in any repr."""

from __future__ import annotations

from medcode.claims.model.adjudication import (
    Adjustment,
    InpatientDecision,
    LineAdjudication,
    OtherPayer,
    OtherSubscriber,
    OutpatientDecision,
    ProviderIdentity,
)
from medcode.claims.model.ambulance import Ambulance, Location
from medcode.claims.model.base import DateRange, Part
from medcode.claims.model.certification import Accident, Certification, SpinalManipulation
from medcode.claims.model.claim import Claim, ProfessionalClaim
from medcode.claims.model.dates import ClaimDates, LineDates
from medcode.claims.model.dental import DentalClaim, DentalLine, Orthodontics, Tooth, ToothStatus
from medcode.claims.model.diagnosis import Diagnosis, Snodent
from medcode.claims.model.drug import Drug
from medcode.claims.model.equipment import Equipment, EquipmentCertification, Form, FormAnswer
from medcode.claims.model.institutional import InstitutionalClaim, InstitutionalLine
from medcode.claims.model.line import Line, ProfessionalLine
from medcode.claims.model.party import (
    Address,
    Contact,
    Dependent,
    Identifier,
    Named,
    Party,
    Patient,
    Payer,
    PayToPlan,
    Provider,
    Subscriber,
)
from medcode.claims.model.procedure import Procedure
from medcode.claims.model.references import ClaimReferences, LineReferences, Reference
from medcode.claims.model.stay import AbcCode, InpatientProcedure, Occurrence, OccurrenceSpan, ValueAmount
from medcode.claims.model.submission import Receiver, Submitter, TransactionHeader
from medcode.claims.model.supplement import (
    Attachment,
    Contract,
    Note,
    PurchasedService,
    Repricing,
    TestResult,
)

__all__ = [
    "AbcCode",
    "Accident",
    "Address",
    "Adjustment",
    "Ambulance",
    "Attachment",
    "Certification",
    "Claim",
    "ClaimDates",
    "ClaimReferences",
    "Contact",
    "Contract",
    "DateRange",
    "DentalClaim",
    "DentalLine",
    "Dependent",
    "Diagnosis",
    "Drug",
    "Equipment",
    "EquipmentCertification",
    "Form",
    "FormAnswer",
    "Identifier",
    "InpatientDecision",
    "InpatientProcedure",
    "InstitutionalClaim",
    "InstitutionalLine",
    "Line",
    "LineAdjudication",
    "LineDates",
    "LineReferences",
    "Location",
    "Named",
    "Note",
    "Occurrence",
    "OccurrenceSpan",
    "Orthodontics",
    "OtherPayer",
    "OtherSubscriber",
    "OutpatientDecision",
    "Part",
    "Party",
    "Patient",
    "PayToPlan",
    "Payer",
    "Procedure",
    "ProfessionalClaim",
    "ProfessionalLine",
    "Provider",
    "ProviderIdentity",
    "PurchasedService",
    "Receiver",
    "Reference",
    "Repricing",
    "Snodent",
    "SpinalManipulation",
    "Submitter",
    "Subscriber",
    "TestResult",
    "Tooth",
    "ToothStatus",
    "TransactionHeader",
    "ValueAmount",
]
