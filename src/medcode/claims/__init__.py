"""How a visit is written down as a claim, and sent: the claim model, and X12 in `claims.x12`.

Every name of the model can be taken from here; nothing is loaded until one is.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from medcode.claims import x12 as x12
    from medcode.claims.model import (
        AbcCode as AbcCode,
        Accident as Accident,
        Address as Address,
        Adjustment as Adjustment,
        Ambulance as Ambulance,
        Attachment as Attachment,
        Certification as Certification,
        Claim as Claim,
        ClaimDates as ClaimDates,
        ClaimReferences as ClaimReferences,
        Contact as Contact,
        Contract as Contract,
        DateRange as DateRange,
        DentalClaim as DentalClaim,
        DentalLine as DentalLine,
        Dependent as Dependent,
        Diagnosis as Diagnosis,
        Drug as Drug,
        Equipment as Equipment,
        EquipmentCertification as EquipmentCertification,
        Form as Form,
        FormAnswer as FormAnswer,
        Identifier as Identifier,
        InpatientDecision as InpatientDecision,
        InpatientProcedure as InpatientProcedure,
        InstitutionalClaim as InstitutionalClaim,
        InstitutionalLine as InstitutionalLine,
        Line as Line,
        LineAdjudication as LineAdjudication,
        LineDates as LineDates,
        LineReferences as LineReferences,
        Location as Location,
        Named as Named,
        Note as Note,
        Occurrence as Occurrence,
        OccurrenceSpan as OccurrenceSpan,
        Orthodontics as Orthodontics,
        OtherPayer as OtherPayer,
        OtherSubscriber as OtherSubscriber,
        OutpatientDecision as OutpatientDecision,
        Part as Part,
        Party as Party,
        Patient as Patient,
        Payer as Payer,
        PayToPlan as PayToPlan,
        Procedure as Procedure,
        ProfessionalClaim as ProfessionalClaim,
        ProfessionalLine as ProfessionalLine,
        Provider as Provider,
        ProviderIdentity as ProviderIdentity,
        PurchasedService as PurchasedService,
        Receiver as Receiver,
        Reference as Reference,
        Repricing as Repricing,
        Snodent as Snodent,
        SpinalManipulation as SpinalManipulation,
        Submitter as Submitter,
        Subscriber as Subscriber,
        TestResult as TestResult,
        Tooth as Tooth,
        ToothStatus as ToothStatus,
        TransactionHeader as TransactionHeader,
        ValueAmount as ValueAmount,
    )
else:

    def __getattr__(name: str) -> Any:
        """Load the model, or `x12`, when one of its names is first used (PEP 562)."""
        if name == "x12":
            return import_module("medcode.claims.x12")
        if name == "__all__":
            return __dir__()
        model = import_module("medcode.claims.model")
        if name not in model.__all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(model, name)


def __dir__() -> list[str]:
    """List the public names: those of the model, and `x12`."""
    return sorted({"x12", *import_module("medcode.claims.model").__all__})
