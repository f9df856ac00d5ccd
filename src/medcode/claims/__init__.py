"""How a visit is written down as a claim, and sent: the claim model, and X12 in `claims.x12`.

Every name of the model can be taken from here; nothing is loaded until one is.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from medcode.claims.model import (
        AbcCode as AbcCode,
    )
    from medcode.claims.model import (
        Accident as Accident,
    )
    from medcode.claims.model import (
        Address as Address,
    )
    from medcode.claims.model import (
        Adjustment as Adjustment,
    )
    from medcode.claims.model import (
        Ambulance as Ambulance,
    )
    from medcode.claims.model import (
        Attachment as Attachment,
    )
    from medcode.claims.model import (
        Certification as Certification,
    )
    from medcode.claims.model import (
        Claim as Claim,
    )
    from medcode.claims.model import (
        ClaimDates as ClaimDates,
    )
    from medcode.claims.model import (
        ClaimReferences as ClaimReferences,
    )
    from medcode.claims.model import (
        Contact as Contact,
    )
    from medcode.claims.model import (
        Contract as Contract,
    )
    from medcode.claims.model import (
        DateRange as DateRange,
    )
    from medcode.claims.model import (
        DentalClaim as DentalClaim,
    )
    from medcode.claims.model import (
        DentalLine as DentalLine,
    )
    from medcode.claims.model import (
        Dependent as Dependent,
    )
    from medcode.claims.model import (
        Diagnosis as Diagnosis,
    )
    from medcode.claims.model import (
        Drug as Drug,
    )
    from medcode.claims.model import (
        Equipment as Equipment,
    )
    from medcode.claims.model import (
        EquipmentCertification as EquipmentCertification,
    )
    from medcode.claims.model import (
        Form as Form,
    )
    from medcode.claims.model import (
        FormAnswer as FormAnswer,
    )
    from medcode.claims.model import (
        Identifier as Identifier,
    )
    from medcode.claims.model import (
        InpatientDecision as InpatientDecision,
    )
    from medcode.claims.model import (
        InpatientProcedure as InpatientProcedure,
    )
    from medcode.claims.model import (
        InstitutionalClaim as InstitutionalClaim,
    )
    from medcode.claims.model import (
        InstitutionalLine as InstitutionalLine,
    )
    from medcode.claims.model import (
        Line as Line,
    )
    from medcode.claims.model import (
        LineAdjudication as LineAdjudication,
    )
    from medcode.claims.model import (
        LineDates as LineDates,
    )
    from medcode.claims.model import (
        LineReferences as LineReferences,
    )
    from medcode.claims.model import (
        Location as Location,
    )
    from medcode.claims.model import (
        Named as Named,
    )
    from medcode.claims.model import (
        Note as Note,
    )
    from medcode.claims.model import (
        Occurrence as Occurrence,
    )
    from medcode.claims.model import (
        OccurrenceSpan as OccurrenceSpan,
    )
    from medcode.claims.model import (
        Orthodontics as Orthodontics,
    )
    from medcode.claims.model import (
        OtherPayer as OtherPayer,
    )
    from medcode.claims.model import (
        OtherSubscriber as OtherSubscriber,
    )
    from medcode.claims.model import (
        OutpatientDecision as OutpatientDecision,
    )
    from medcode.claims.model import (
        Part as Part,
    )
    from medcode.claims.model import (
        Party as Party,
    )
    from medcode.claims.model import (
        Patient as Patient,
    )
    from medcode.claims.model import (
        Payer as Payer,
    )
    from medcode.claims.model import (
        PayToPlan as PayToPlan,
    )
    from medcode.claims.model import (
        Procedure as Procedure,
    )
    from medcode.claims.model import (
        ProfessionalClaim as ProfessionalClaim,
    )
    from medcode.claims.model import (
        ProfessionalLine as ProfessionalLine,
    )
    from medcode.claims.model import (
        Provider as Provider,
    )
    from medcode.claims.model import (
        ProviderIdentity as ProviderIdentity,
    )
    from medcode.claims.model import (
        PurchasedService as PurchasedService,
    )
    from medcode.claims.model import (
        Receiver as Receiver,
    )
    from medcode.claims.model import (
        Reference as Reference,
    )
    from medcode.claims.model import (
        Repricing as Repricing,
    )
    from medcode.claims.model import (
        SpinalManipulation as SpinalManipulation,
    )
    from medcode.claims.model import (
        Submitter as Submitter,
    )
    from medcode.claims.model import (
        Subscriber as Subscriber,
    )
    from medcode.claims.model import (
        TestResult as TestResult,
    )
    from medcode.claims.model import (
        Tooth as Tooth,
    )
    from medcode.claims.model import (
        ToothStatus as ToothStatus,
    )
    from medcode.claims.model import (
        TransactionHeader as TransactionHeader,
    )
    from medcode.claims.model import (
        ValueAmount as ValueAmount,
    )


def __getattr__(name: str) -> Any:
    """Load the model when one of its names is first used."""
    model = import_module("medcode.claims.model")
    if name not in model.__all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(model, name)


def __dir__() -> list[str]:
    """List the model's names."""
    return sorted({*globals(), *import_module("medcode.claims.model").__all__})
