"""Small claims for the examples of edits: everything given that the edit is not about.

Nobody in them exists.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from dateutil.relativedelta import relativedelta

from medcode.claims.model.adjudication import OtherPayer, OtherSubscriber
from medcode.claims.model.claim import ProfessionalClaim
from medcode.claims.model.dental import DentalClaim, DentalLine, Tooth
from medcode.claims.model.diagnosis import Diagnosis
from medcode.claims.model.institutional import INPATIENT_FACILITIES, InstitutionalClaim, InstitutionalLine
from medcode.claims.model.line import ProfessionalLine
from medcode.claims.model.party import Address, Contact, Payer, Provider, Subscriber
from medcode.claims.model.procedure import Procedure
from medcode.claims.model.stay import InpatientProcedure
from medcode.codesets.icd9cm import Icd9Cm
from medcode.codesets.icd9cm_procedures import Icd9CmProcedure
from medcode.codesets.icd10cm import Icd10Cm

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.claims.model.adjudication import Adjustment
    from medcode.claims.model.claim import Claim

__all__ = [
    "BILLING",
    "MEDICARE_PATIENT",
    "dental",
    "filling",
    "line",
    "other",
    "plain",
    "room",
    "stay",
    "visit",
    "with_address",
]

BILLING = Provider(
    organization="EXAMPLE CLINIC",
    npi="1234567893",
    tax_id="123456789",
    address=Address("1 MAIN ST", "ANYTOWN", "NY", "123450001"),
    contacts=Contact("OFFICE", phone="5555550100"),
)
SUBSCRIBER = Subscriber(
    last_name="DOE",
    first_name="SAM",
    member_id="M12345",
    sex="F",
    claim_filing="CI",
    address=Address("2 OAK ST", "ANYTOWN", "NY", "12345"),
)
MEDICARE_PATIENT = SUBSCRIBER.evolve(claim_filing="MB", birth_date="1950-01-01", member_id="1EG4TE5MK73")
HOSPITAL = BILLING.evolve(organization="EXAMPLE HOSPITAL")
ATTENDING = Provider(last_name="ROE", first_name="ALEX", npi="1234567893")
PAYER = Payer(organization="EXAMPLE PAYER", payer_id="12345")


def line(code: str = "99213", modifiers: tuple[str, ...] = (), **changes: Any) -> ProfessionalLine:
    """Make a line of one service on 2026-01-05 for 100 dollars."""
    procedure: dict[str, Any] = {"code": code, "modifiers": modifiers}
    given = {"procedure": Procedure(**procedure), "charge": "100", "service_date": "2026-01-05", **changes}
    return ProfessionalLine(**given)


def visit(
    *diagnoses: str, on: str = "2026-01-05", age: int | None = 40, sex: str | None = "F", **changes: Any
) -> ProfessionalClaim:
    """Make an office visit of a patient who had a birthday on New Year's Day."""
    born = None if age is None else f"{int(on[:4]) - age}-01-01"
    level = "S" if changes.get("other_payers") else "P"
    given: dict[str, Any] = {
        "control_number": "EXAMPLE",
        "billing_provider": BILLING,
        "payer": PAYER,
        "subscriber": SUBSCRIBER.evolve(birth_date=born, sex=sex, payer_responsibility=level),
        "diagnoses": diagnoses or ("E11.9",),
        "lines": (line(service_date=on),),
        **changes,
    }
    return ProfessionalClaim(**given)


def with_address(**changes: Any) -> ProfessionalClaim:
    """Make a visit whose billing provider has another address."""
    given = {"line1": "1 MAIN ST", "city": "ANYTOWN", "state": "NY", "zip": "123450001", **changes}
    return visit(billing_provider=BILLING.evolve(address=Address(**given)))


def stay(  # noqa: PLR0913  # what tells one stay from another
    *diagnoses: str,
    on: str = "2026-01-05",
    age: int = 65,
    sex: str = "F",
    days: int = 5,
    procedures: tuple[str, ...] = (),
    present: str | None = "Y",
    **changes: Any,
) -> InstitutionalClaim:
    """Make a hospital stay up to a day, its diagnoses present on admission; `9:428.0` is a code of ICD-9.

    The bill of another kind, by its `facility_type`, has no admission, and an interim bill no hour of discharge.
    """
    through = date.fromisoformat(on)
    admitted = through - timedelta(days=days)
    principal, *others = [Diagnosis(icd9(code, Icd9Cm), present_on_admission=present) for code in diagnoses]
    done = [InpatientProcedure(icd9(code, Icd9CmProcedure), admitted) for code in procedures]
    is_stay = changes.get("facility_type", "11") in INPATIENT_FACILITIES
    is_last = is_stay and changes.get("frequency") not in {"2", "3"}
    nights = max(days, 1) + (changes.get("discharge_status") == "30")
    given: dict[str, Any] = {
        "control_number": "EXAMPLE",
        "billing_provider": HOSPITAL,
        "payer": PAYER,
        "subscriber": SUBSCRIBER.evolve(birth_date=admitted - relativedelta(years=age), sex=sex),
        "facility_type": "11",
        "statement_dates": (admitted, through),
        "admission": admitted if is_stay else None,
        "admission_type": "1",
        "admission_source": "1",
        "discharge_time": "11:00" if is_last else None,
        "discharge_status": "01",
        "admitting_diagnosis": CHEST_PAIN[isinstance(principal.code, Icd9Cm)] if is_stay else None,
        "principal_diagnosis": principal,
        "other_diagnoses": others,
        "principal_procedure": done[0] if done else None,
        "other_procedures": done[1:],
        "attending_provider": ATTENDING,
        "operating_physician": ATTENDING if done or "principal_procedure" in changes else None,
        "lines": (room(quantity=nights),),
        **changes,
    }
    if given["admission"] is not None:
        given["admission"] = at_nine(given["admission"])
    return InstitutionalClaim(**given)


CHEST_PAIN = (Icd10Cm("R07.9"), Icd9Cm("786.50"))
"""Why the patient of a stay was admitted, in ICD-10 and in ICD-9."""


def at_nine(day: date | str) -> str:
    """Return nine o'clock of a day that has no hour."""
    text = day if isinstance(day, str) else day.isoformat()
    return text if "T" in text else f"{text}T09:00"


def room(**changes: Any) -> InstitutionalLine:
    """Make a line of five days of room and board."""
    given: dict[str, Any] = {"revenue_code": "0120", "charge": "5000", "quantity": 5, "unit": "DA", **changes}
    return InstitutionalLine(**given)


def dental(*diagnoses: str, **changes: Any) -> DentalClaim:
    """Make a visit to a dentist on 2026-01-05."""
    given: dict[str, Any] = {
        "control_number": "EXAMPLE",
        "billing_provider": BILLING,
        "payer": PAYER,
        "subscriber": SUBSCRIBER.evolve(birth_date="1986-01-01"),
        "diagnoses": diagnoses,
        "lines": (filling(),),
        **changes,
    }
    return DentalClaim(**given)


def filling(**changes: Any) -> DentalLine:
    """Make a line of one filling of two surfaces for 100 dollars."""
    tooth = Tooth("3", ("M", "O"))
    given: dict[str, Any] = {
        "procedure": "D2150",
        "teeth": (tooth,),
        "charge": "100",
        "service_date": "2026-01-05",
        **changes,
    }
    return DentalLine(**given)


def other(paid: str | None, *adjustments: Adjustment) -> OtherPayer:
    """Make another payer, what it paid for the claim, and why not the rest."""
    return OtherPayer(
        payer=Payer(organization="FIRST PAYER", payer_id="FIRST"),
        subscriber=OtherSubscriber(last_name="DOE", member_id="M12345"),
        paid=paid,
        adjustments=adjustments,
        remittance_date=None if paid is None else "2026-01-20",
    )


def icd9(code: str, kind: type[str]) -> str:
    """Read a code written `9:428.0` as one of ICD-9."""
    return kind(code.removeprefix("9:")) if code.startswith("9:") else code


PLAIN: dict[type[Claim], Callable[[], Claim]] = {
    ProfessionalClaim: visit,
    InstitutionalClaim: lambda: stay("I50.20"),
    DentalClaim: dental,
}


def plain(claim: Claim) -> Claim:
    """Return the plain example of a claim's kind."""
    return PLAIN[type(claim)]()
