"""Bills of institutions: what each type of bill asks for.

The type of bill tells the kinds apart: a hospital's stay is not a nursing facility's, and hospice, home
health and ambulance are kinds of their own.
Source: Medicare Claims Processing Manual, Pub. 100-04, chapter 25 (types of bill), and the 837I.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from medcode.claims.model.institutional import TOTAL_LINE
from medcode.claims.model.procedure import Procedure
from medcode.claims.model.stay import ValueAmount
from medcode.codesets.code import Malformed
from medcode.codesets.icd10pcs import Icd10Pcs
from medcode.edits.examples import ATTENDING, MEDICARE_PATIENT, room, stay
from medcode.edits.setting import Setting
from medcode.edits.situations.base import INSTITUTIONAL, PRACTICE, Fault, Row, Unread, table
from medcode.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.model.institutional import InstitutionalClaim, InstitutionalLine
    from medcode.edits.context import Context

__all__ = ["STAY_EDITS"]

HOSPITAL_STAYS = frozenset({"11", "18", "41"})
NURSING_STAY = "21"
EMERGENCY_BILLS = frozenset({"13", "78", "85"})
PATIENT_AT_HOME = frozenset(
    {"13", "14", "32", "34", "71", "72", "73", "74", "75", "76", "77", "78", "79", "83", "85"}
)
"""Bills of those who are no inpatients: of a hospital, a clinic, a home health agency; Part B of a stay is not among them."""

LATE_CHARGES, FINAL = "5", frozenset({"1", "4"})
STILL_THERE = "30"
UNSCHEDULED = frozenset({"1", "2", "5"})
UNSCHEDULED_REVENUE = frozenset({"0516", "0526", "0762"})
EMERGENCY_ROOM, OPERATING_ROOM, AMBULATORY_SURGERY, AMBULANCE = "045", "036", "049", "054"
SURGERY = "123456"
PRICED_BY_CASE_MIX = {"0022": "skilled nursing", "0023": "home health", "0024": "inpatient rehabilitation"}
HOSPICE_CARE = frozenset({"0651", "0652", "0655", "0656"})
PICK_UP_ZIP = "A0"

OUTPATIENT: dict[str, Any] = {
    "facility_type": "13",
    "lines": (
        room(procedure="G0463", revenue_code="0510", unit="UN", quantity=1, service_date="2026-01-05"),
    ),
}
EMERGENCY = room(procedure="G0380", revenue_code="0450", unit="UN", quantity=1, service_date="2026-01-05")
SURGERY_LINE = EMERGENCY.evolve(revenue_code="0360", procedure="49505")
AMBULANCE_LINE = EMERGENCY.evolve(revenue_code="0540", procedure=Procedure("A0429", ("RH",)))


def no_admitting_diagnosis(
    claim: InstitutionalClaim, _context: Context[InstitutionalClaim]
) -> Iterator[Fault]:
    """Look for the admitting diagnosis of a stay in a hospital; in a nursing facility payers ask for it."""
    kind = claim.facility_type
    if claim.admitting_diagnosis is None and claim.frequency != LATE_CHARGES:
        if kind in HOSPITAL_STAYS:
            message = "A bill of a hospital stay needs the admitting diagnosis (HI*ABJ)."
            yield Fault("admitting_diagnosis", claim.bill_type, message)
        elif kind == NURSING_STAY:
            message = "Payers ask for the admitting diagnosis (HI*ABJ) of a stay in a nursing facility."
            yield Fault("admitting_diagnosis", claim.bill_type, message, Severity.WARNING)


def no_admission_hour(
    claim: InstitutionalClaim, _context: Context[InstitutionalClaim]
) -> Iterator[Fault | Unread]:
    """Look for the hour of the admission to a hospital."""
    admission = claim.admission
    if claim.facility_type not in HOSPITAL_STAYS or admission is None:
        return
    if isinstance(admission, Malformed):
        yield Unread("admission")
    elif not isinstance(admission, datetime):
        yield Fault("admission", None, "The hour of the admission is missing; send DTP*435 as DT.")


def no_discharge_hour(claim: InstitutionalClaim, _context: Context[InstitutionalClaim]) -> Iterator[Fault]:
    """Look for the hour of discharge on the final bill of a hospital stay."""
    is_final = claim.facility_type in HOSPITAL_STAYS and claim.frequency in FINAL
    if is_final and claim.discharge_time is None and claim.discharge_status != STILL_THERE:
        message = (
            f"A final bill (frequency {claim.frequency}) of a hospital stay needs the hour of discharge."
        )
        yield Fault("discharge_time", claim.frequency, message)


def no_admission_type(claim: InstitutionalClaim, _context: Context[InstitutionalClaim]) -> Iterator[Fault]:
    """Look for the type of admission, which every bill has."""
    if claim.admission_type is None:
        severity = None if claim.is_inpatient else Severity.WARNING
        message = f"The bill {claim.bill_type} has no type of admission or visit (CL101)."
        yield Fault("admission_type", claim.bill_type, message, severity)


def no_admission_source(claim: InstitutionalClaim, _context: Context[InstitutionalClaim]) -> Iterator[Fault]:
    """Look for the point of origin of a stay."""
    if claim.admission_source is None:
        message = "A bill of a stay needs the point of origin of the admission (CL102)."
        yield Fault("admission_source", claim.bill_type, message)


def is_surgery(line: InstitutionalLine) -> bool:
    """Whether a line is a surgical procedure of an operating room."""
    code = str(line.procedure.code) if line.procedure else ""
    is_room = line.revenue_code.startswith((OPERATING_ROOM, AMBULATORY_SURGERY))
    return is_room and len(code) == len("49505") and code.isdigit() and code[0] in SURGERY


def no_operating_physician(
    claim: InstitutionalClaim, _context: Context[InstitutionalClaim]
) -> Iterator[Fault]:
    """Look for who operated, where a surgical procedure is on the bill."""
    if claim.operating_physician or any(line.operating_physician for line in claim.lines):
        return
    if claim.is_inpatient:
        done = (each.code for each in claim.procedures)
        code = next((str(each) for each in done if isinstance(each, Icd10Pcs) and each.startswith("0")), None)
        severity = None
    else:
        code = next(
            (str(line.procedure.code) for line in claim.lines if line.procedure and is_surgery(line)), None
        )
        severity = Severity.WARNING
    if code:
        yield Fault(
            "operating_physician", code, f"{code} is surgical; the operating physician is missing.", severity
        )


def coded_as_stay(claim: InstitutionalClaim, _context: Context[InstitutionalClaim]) -> Iterator[Fault]:
    """Look for procedure codes of a stay on a bill of an outpatient, whose procedures are coded on its lines."""
    if claim.facility_type in PATIENT_AT_HOME and claim.procedures:
        first = "principal_procedure" if claim.principal_procedure else "other_procedures[0]"
        message = (
            f"The bill {claim.bill_type} is of an outpatient; procedures (HI*BBR and BBQ) are for stays."
        )
        yield Fault(first, str(claim.procedures[0].code), message)


def no_reason_for_visit(claim: InstitutionalClaim, _context: Context[InstitutionalClaim]) -> Iterator[Fault]:
    """Look for why the patient came without an appointment."""
    if claim.facility_type not in EMERGENCY_BILLS or claim.admission_type not in UNSCHEDULED:
        return
    revenue = (line.revenue_code for line in claim.lines)
    code = next(
        (each for each in revenue if each.startswith(EMERGENCY_ROOM) or each in UNSCHEDULED_REVENUE), None
    )
    if code and not claim.reasons_for_visit:
        message = f"An unscheduled visit (type {claim.admission_type}, revenue code {code}) needs its reason (HI*APR)."
        yield Fault("reasons_for_visit", code, message)


def diagnosis_of_other_bill(
    claim: InstitutionalClaim, _context: Context[InstitutionalClaim]
) -> Iterator[Fault]:
    """Look for a reason for visit on a stay, and an admitting diagnosis on an outpatient bill."""
    if claim.is_inpatient and claim.reasons_for_visit:
        message = "The reason for the visit (HI*APR) belongs to outpatient bills."
        yield Fault("reasons_for_visit[0]", claim.bill_type, message)
    elif claim.facility_type in EMERGENCY_BILLS and claim.admitting_diagnosis is not None:
        message = "The admitting diagnosis (HI*ABJ) belongs to bills of stays."
        yield Fault("admitting_diagnosis", claim.bill_type, message)


def no_pick_up_zip(claim: InstitutionalClaim, _context: Context[InstitutionalClaim]) -> Iterator[Fault]:
    """Look for the postal code where a hospital's ambulance took the patient up."""
    rides = [number for number, line in enumerate(claim.lines) if line.revenue_code.startswith(AMBULANCE)]
    if rides and not any(each.code == PICK_UP_ZIP for each in claim.value_codes):
        message = "An ambulance line needs value code A0 with the ZIP code of the pick-up."
        yield Fault(f"lines[{rides[0]}].revenue_code", claim.lines[rides[0]].revenue_code, message)


def no_rate_code(claim: InstitutionalClaim, _context: Context[InstitutionalClaim]) -> Iterator[Fault]:
    """Look for the HIPPS code of lines that are paid by it."""
    for number, line in enumerate(claim.lines):
        if line.revenue_code in PRICED_BY_CASE_MIX and line.procedure is None:
            kind = PRICED_BY_CASE_MIX[line.revenue_code]
            message = f"Revenue code {line.revenue_code} ({kind}) needs its HIPPS code in SV202."
            yield Fault(f"lines[{number}].procedure", line.revenue_code, message)


def no_place_of_hospice(claim: InstitutionalClaim, _context: Context[InstitutionalClaim]) -> Iterator[Fault]:
    """Look for where hospice care was given."""
    for number, line in enumerate(claim.lines):
        if line.revenue_code in HOSPICE_CARE and line.procedure is None:
            message = (
                f"Revenue code {line.revenue_code} needs the place of the hospice care (Q5001 to Q5010)."
            )
            yield Fault(f"lines[{number}].procedure", line.revenue_code, message)


def no_attending(claim: InstitutionalClaim, _context: Context[InstitutionalClaim]) -> Iterator[Fault]:
    """Look for who had the care, on every bill but that of an ambulance alone."""
    revenue = [line.revenue_code for line in claim.lines if line.revenue_code != TOTAL_LINE]
    rides_only = bool(revenue) and all(code.startswith(AMBULANCE) for code in revenue)
    if claim.attending_provider is None and not rides_only:
        yield Fault("attending_provider", claim.bill_type, "The bill needs the attending provider (2310A).")


STAY_EDITS = table(
    Row(
        number=14,
        name="admitting-diagnosis-missing",
        place="2300 HI ABJ",
        ack="A6:232",
        rarc=("MA65",),
        guides=(INSTITUTIONAL,),
        settings=(Setting.INPATIENT,),
        what="The admitting diagnosis of a stay is missing.",
        why="a bill of an inpatient admission tells what was thought to be wrong at its start.",
        fix="add the admitting diagnosis.",
        look=no_admitting_diagnosis,
        passes=(stay("I50.20"), stay("I50.20", facility_type="28", admitting_diagnosis=None)),
        fails=(
            stay("I50.20", admitting_diagnosis=None),
            stay("I50.20", facility_type="21", admitting_diagnosis=None, present=None),
        ),
    ),
    Row(
        number=15,
        name="admission-hour-missing",
        place="2300 DTP 435",
        ack="A6:230",
        rarc=("N46",),
        guides=(INSTITUTIONAL,),
        settings=(Setting.INPATIENT,),
        severity=Severity.WARNING,
        what="The admission to a hospital has no hour.",
        why="hospitals tell the hour with the day of the admission.",
        fix="give the admission as day and time.",
        look=no_admission_hour,
        passes=(
            stay("I50.20"),
            stay("I50.20", facility_type="21", present=None).evolve(admission="2025-12-31"),
        ),
        fails=(stay("I50.20").evolve(admission="2025-12-31"),),
    ),
    Row(
        number=16,
        name="discharge-hour-missing",
        place="2300 DTP 096",
        ack="A6:233",
        rarc=("N317",),
        guides=(INSTITUTIONAL,),
        settings=(Setting.INPATIENT,),
        source=PRACTICE,
        severity=Severity.WARNING,
        what="The final bill of a hospital stay has no hour of discharge.",
        why="the bill that ends a stay (frequency 1 or 4) tells the hour the patient left.",
        fix="add the hour of discharge, or correct the frequency.",
        look=no_discharge_hour,
        passes=(stay("I50.20"), stay("I50.20", frequency="2", discharge_status="30", discharge_time=None)),
        fails=(stay("I50.20", discharge_time=None),),
    ),
    Row(
        number=17,
        name="admission-type-missing",
        place="2300 CL101",
        ack="A6:231",
        rarc=("MA41",),
        guides=(INSTITUTIONAL,),
        what="The type of admission or visit is missing.",
        why="every bill tells how urgent the admission or visit was; payers take outpatient bills without it too.",
        fix="add the type: 1 emergency, 2 urgent, 3 elective, 4 newborn, 5 trauma or 9 unknown.",
        look=no_admission_type,
        passes=(stay("I50.20"), stay("I50.20", **OUTPATIENT)),
        fails=(stay("I50.20", admission_type=None), stay("I50.20", **OUTPATIENT, admission_type=None)),
    ),
    Row(
        number=18,
        name="admission-source-missing",
        place="2300 CL102",
        ack="A6:229",
        rarc=("MA42",),
        guides=(INSTITUTIONAL,),
        settings=(Setting.INPATIENT,),
        source=PRACTICE,
        severity=Severity.WARNING,
        what="The point of origin of a stay is missing.",
        why="a stay tells where the patient came from.",
        fix="add the point of origin.",
        look=no_admission_source,
        passes=(stay("I50.20"),),
        fails=(stay("I50.20", admission_source=None),),
    ),
    Row(
        number=19,
        name="operating-physician-missing",
        place="2310B",
        ack="A6:125:72",
        rarc=("N261",),
        guides=(INSTITUTIONAL,),
        what="A surgical procedure is billed without who performed it.",
        why="with a surgical procedure the bill names the operating physician; on outpatient bills the room decides.",
        fix="add the operating physician.",
        look=no_operating_physician,
        passes=(
            stay("I50.20", procedures=("02703DZ",)),
            stay("I50.20", procedures=("B2111ZZ",), operating_physician=None),
            stay("I50.20", **{**OUTPATIENT, "lines": (SURGERY_LINE,)}, operating_physician=ATTENDING),
            stay(
                "I50.20",
                lines=(room(operating_physician=ATTENDING),),
                procedures=("02703DZ",),
                operating_physician=None,
            ),
        ),
        fails=(
            stay("I50.20", procedures=("02703DZ",), operating_physician=None),
            stay("I50.20", **{**OUTPATIENT, "lines": (SURGERY_LINE,)}),
        ),
    ),
    Row(
        number=20,
        name="reason-for-visit-missing",
        place="2300 HI APR",
        ack="A6:673",
        guides=(INSTITUTIONAL,),
        settings=(Setting.OUTPATIENT,),
        what="The reason for an unscheduled outpatient visit is missing.",
        why="a visit without an appointment tells in the patient's words, coded, why the patient came.",
        fix="add up to three reasons for the visit.",
        look=no_reason_for_visit,
        passes=(
            stay("I50.20", **{**OUTPATIENT, "lines": (EMERGENCY,)}, reasons_for_visit=("R06.02",)),
            stay("I50.20", **{**OUTPATIENT, "lines": (EMERGENCY,)}, admission_type="3"),
            stay("I50.20", **OUTPATIENT),
        ),
        fails=(stay("I50.20", **{**OUTPATIENT, "lines": (EMERGENCY,)}),),
    ),
    Row(
        number=21,
        name="diagnosis-of-other-bill",
        place="2300 HI ABJ and APR",
        ack="A7:255",
        rarc=("M76",),
        guides=(INSTITUTIONAL,),
        severity=Severity.WARNING,
        what="A stay has a reason for visit, or an outpatient bill an admitting diagnosis.",
        why="each is for the other kind of bill.",
        fix="leave it out, or correct the type of bill.",
        look=diagnosis_of_other_bill,
        passes=(stay("I50.20"), stay("I50.20", **OUTPATIENT)),
        fails=(
            stay("I50.20", reasons_for_visit=("R06.02",)),
            stay("I50.20", **{**OUTPATIENT, "admitting_diagnosis": "R06.02"}),
        ),
    ),
    Row(
        number=22,
        name="ambulance-pick-up-zip-missing",
        place="2300 HI BE",
        ack="A6:725",
        rarc=("M49",),
        guides=(INSTITUTIONAL,),
        settings=(Setting.OUTPATIENT,),
        source=PRACTICE,
        severity=Severity.WARNING,
        snip=7,
        applies_to="medicare",
        what="A hospital's ambulance line has no postal code of the pick-up.",
        why="Medicare pays an ambulance by where the ride began, in value code A0.",
        fix="add value code A0 with the ZIP code.",
        look=no_pick_up_zip,
        passes=(stay("I50.20", **OUTPATIENT, subscriber=MEDICARE_PATIENT),),
        fails=(stay("I50.20", **{**OUTPATIENT, "lines": (AMBULANCE_LINE,)}, subscriber=MEDICARE_PATIENT),),
    ),
    Row(
        number=23,
        name="rate-code-missing",
        place="2400 SV202",
        ack="A6:513",
        rarc=("N471",),
        guides=(INSTITUTIONAL,),
        source=PRACTICE,
        severity=Severity.WARNING,
        snip=7,
        what="A line that is paid by case mix has no HIPPS code.",
        why="revenue codes 0022, 0023 and 0024 carry the rate code of the assessment.",
        fix="add the HIPPS code with qualifier HP.",
        look=no_rate_code,
        passes=(stay("I50.20"),),
        fails=(stay("I50.20", facility_type="21", lines=(room(revenue_code="0022"),), present=None),),
    ),
    Row(
        number=24,
        name="hospice-place-missing",
        place="2400 SV202",
        ack="A6:507",
        rarc=("M21",),
        guides=(INSTITUTIONAL,),
        settings=(Setting.OUTPATIENT,),
        source=PRACTICE,
        severity=Severity.WARNING,
        snip=7,
        applies_to="medicare",
        what="A line of hospice care does not tell where the care was given.",
        why="Medicare asks for the place of each level of hospice care.",
        fix="add the code of the place, Q5001 to Q5010.",
        look=no_place_of_hospice,
        passes=(
            stay(
                "C34.91",
                **{
                    **OUTPATIENT,
                    "facility_type": "81",
                    "lines": (
                        room(revenue_code="0651", procedure="Q5001", unit="UN", service_date="2026-01-01"),
                    ),
                },
                value_codes=(ValueAmount("61", "35614"),),
                subscriber=MEDICARE_PATIENT,
            ),
        ),
        fails=(
            stay(
                "C34.91",
                **{
                    **OUTPATIENT,
                    "facility_type": "81",
                    "admission": "2025-12-01",
                    "lines": (room(revenue_code="0651", unit="UN"),),
                },
                value_codes=(ValueAmount("61", "35614"),),
                subscriber=MEDICARE_PATIENT,
            ),
        ),
    ),
    Row(
        number=25,
        name="attending-provider-missing",
        place="2310A",
        ack="A6:125:71",
        rarc=("N252",),
        guides=(INSTITUTIONAL,),
        what="The attending provider is missing.",
        why="every bill but that of an ambulance alone names who had the overall care of the patient.",
        fix="add the attending provider.",
        look=no_attending,
        passes=(
            stay("I50.20"),
            stay("I50.20", **{**OUTPATIENT, "lines": (AMBULANCE_LINE,)}, attending_provider=None),
        ),
        fails=(
            stay("I50.20", attending_provider=None),
            stay("I50.20", **OUTPATIENT, attending_provider=None),
        ),
    ),
    Row(
        number=50,
        name="procedure-code-of-stay",
        place="2300 HI BBR and BBQ",
        ack="A7:465",
        rarc=("MA66",),
        applies_to=("principal_procedure", "other_procedures"),
        guides=(INSTITUTIONAL,),
        settings=(Setting.OUTPATIENT,),
        what="A bill of an outpatient has procedure codes of a stay.",
        why="procedures are coded in ICD on inpatient bills alone; those of outpatients are in HCPCS, on the lines.",
        fix="leave the codes out, or correct the type of bill.",
        look=coded_as_stay,
        passes=(stay("I50.20", **OUTPATIENT),),
        fails=(stay("I50.20", **OUTPATIENT, procedures=("B2111ZZ",)),),
    ),
)
"""The edits by their ids."""
