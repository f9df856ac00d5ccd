"""What Medicare asks for besides the guides: where care was given, studies, and services that another's care goes with.

All are warnings: no guide demands them of every payer, and Medicare's contractors publish what they reject.
Sources: Medicare Claims Processing Manual, Pub. 100-04, chapters 10, 11, 12, 17 and 32.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medcode.claims.model.dates import ClaimDates
from medcode.claims.model.institutional import InstitutionalClaim
from medcode.claims.model.references import ClaimReferences
from medcode.claims.model.stay import ValueAmount
from medcode.claims.model.supplement import TestResult
from medcode.edits.examples import MEDICARE_PATIENT, line, room, stay, visit
from medcode.edits.features import MEDICARE
from medcode.edits.kinds import kinds_of
from medcode.edits.situations.base import (
    INSTITUTIONAL,
    PROFESSIONAL,
    Fault,
    Row,
    in_claim,
    missing,
    table,
)
from medcode.edits.situations.stays import HOSPICE_CARE, OUTPATIENT
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.model.claim import ProfessionalClaim
    from medcode.claims.model.line import ProfessionalLine
    from medcode.edits.context import Context

__all__ = ["MEDICARE_EDITS"]

AT_HOME, IN_FACILITY = "61", "G8"
INPATIENT_HOSPICE = frozenset({"0655", "0656"})
HOME_HEALTH = "0023"
STUDY, STUDY_SHOWN = "Z006", "Z00.6"
STUDY_MODIFIERS = frozenset({"Q0", "Q1"})
STUDY_CONDITION, STUDY_NUMBER = "30", "D4"
STUDY_DEVICE = "0624"
BLOOD = frozenset({"R1", "R2"})
SHARED_SURGERY = {"54": "surgery only", "55": "postoperative care only"}


def manual(chapter: int, section: str) -> Source:
    """Return the Medicare Claims Processing Manual as the source of a rule."""
    return Source(
        "CMS", f"Medicare Claims Processing Manual, Pub. 100-04, chapter {chapter}", section=section
    )


def no_place_of_care(claim: InstitutionalClaim, _context: Context[InstitutionalClaim]) -> Iterator[Fault]:
    """Look for the area where home health or hospice care was given, once for each value code."""
    found = {each.code for each in claim.value_codes}
    for each in claim.lines:
        code = each.revenue_code
        due = (
            IN_FACILITY
            if code in INPATIENT_HOSPICE
            else AT_HOME
            if code in {*HOSPICE_CARE, HOME_HEALTH}
            else None
        )
        if due and due not in found:
            found.add(due)
            message = (
                f"Revenue code {code} needs value code {due} with the area (CBSA) where the care was given."
            )
            yield Fault("value_codes", code, message)


def study_modifier(claim: ProfessionalClaim | InstitutionalClaim) -> str | None:
    """Return the first modifier of an investigational or a routine service of a clinical study."""
    used = (modifier for each in claim.lines if each.procedure for modifier in each.procedure.modifiers)
    return next((each for each in used if each in STUDY_MODIFIERS), None)


def no_study_number(
    claim: ProfessionalClaim | InstitutionalClaim, _context: Context[ProfessionalClaim | InstitutionalClaim]
) -> Iterator[Fault]:
    """Look for the number of the clinical study that a claim is about."""
    is_study = any(str(each.code) == STUDY for each in claim.diagnoses)
    sign = study_modifier(claim)
    numbered = bool(claim.references.demonstration_project)
    if isinstance(claim, InstitutionalClaim):
        sign = sign or next((each for each in claim.condition_codes if each == STUDY_CONDITION), None)
        numbered = numbered or any(each.code == STUDY_NUMBER for each in claim.value_codes)
    if is_study and sign and not numbered:
        message = f"{STUDY_SHOWN} with {sign} is care in a clinical study; its number (REF*P4) is missing."
        yield Fault("references.demonstration_project", sign, message)


def study_device(claim: InstitutionalClaim) -> str | None:
    """Return the revenue code of a device that is being studied."""
    return next((STUDY_DEVICE for each in claim.lines if each.revenue_code == STUDY_DEVICE), None)


def is_member(claim: ProfessionalClaim) -> bool:
    """Whether the payer that is asked is Medicare."""
    return claim.subscriber.claim_filing in MEDICARE


def no_blood_count(claim: ProfessionalClaim, _context: Context[ProfessionalClaim]) -> Iterator[Fault]:
    """Look for the hemoglobin or hematocrit of a patient who gets a drug against anemia."""
    for number, each in enumerate(claim.lines if is_member(claim) else ()):
        code = str(each.procedure.code)
        if "anemia_drugs" in kinds_of(code) and not any(test.measure in BLOOD for test in each.test_results):
            message = (
                f"{code} treats anemia; the latest hemoglobin (MEA*TR*R1) or hematocrit (R2) is missing."
            )
            yield Fault(f"lines[{number}].test_results", code, message)


def undated_treatment(claim: ProfessionalClaim, _context: Context[ProfessionalClaim]) -> Iterator[Fault]:
    """Look for the day on which a treatment of the spine began, of the claim or of its line."""
    for each in claim.lines if is_member(claim) else ():
        code = str(each.procedure.code)
        begun = claim.dates.initial_treatment or each.dates.initial_treatment
        if "chiropractic" in kinds_of(code) and not begun:
            message = f"{code} manipulates the spine; the date of the initial treatment (DTP*454) is missing."
            yield Fault("dates.initial_treatment", code, message)
            return


def undated_transfer(claim: ProfessionalClaim, _context: Context[ProfessionalClaim]) -> Iterator[Fault]:
    """Look for the day on which the care after a surgery changed hands."""
    if claim.dates.assumed_care or claim.dates.relinquished_care:
        return
    for each in claim.lines:
        for modifier in each.procedure.modifiers:
            if modifier in SHARED_SURGERY:
                message = (
                    f"Modifier {modifier} ({SHARED_SURGERY[modifier]}) needs the date on which the care was assumed"
                    " (DTP*090) or relinquished (DTP*091)."
                )
                yield Fault("dates", modifier, message)
                return


def overseen(claim: ProfessionalClaim) -> str | None:
    """Return the code of the oversight of a plan of care."""
    codes = (str(each.procedure.code) for each in claim.lines if is_member(claim))
    return next((code for code in codes if "care_plan_oversight" in kinds_of(code)), None)


def member(*lines: ProfessionalLine, **changes: Any) -> ProfessionalClaim:
    """Make a visit of a member of Medicare."""
    return visit(subscriber=MEDICARE_PATIENT, lines=lines, **changes)


def bill(**changes: Any) -> InstitutionalClaim:
    """Make an outpatient bill of a member of Medicare."""
    return stay("I50.20", **{**OUTPATIENT, "subscriber": MEDICARE_PATIENT, **changes})


def hospice(revenue: str, value: str | None) -> InstitutionalClaim:
    """Make a hospice bill of one line, with a value code or none."""
    care = room(revenue_code=revenue, procedure="Q5001", unit="UN", service_date="2026-01-05")
    values = (ValueAmount(value, "35614"),) if value else ()
    return bill(facility_type="81", admission="2025-12-01", lines=(care,), value_codes=values)


STUDIED = {"other_diagnoses": ("Z00.6",)}
IN_STUDY = line("G0463", ("Q1",), diagnosis_pointers=(1, 2))
NUMBERED = ClaimReferences(demonstration_project="12345678")
DEVICE = room(revenue_code=STUDY_DEVICE, procedure="C1713", unit="UN", quantity=1, service_date="2026-01-05")
EXEMPT = ClaimReferences(investigational_devices=("G123456",))
EPOETIN = line("J0885", ("EC",), quantity=10)
ADJUSTED = line("98940", ("AT",))
SURGERY = line("66984", ("55", "RT"))
OVERSIGHT = line("G0181")

MEDICARE_EDITS = table(
    Row(
        number=51,
        name="care-area-missing",
        place="2300 HI BE",
        ack="A6:725",
        rarc=("M49",),
        guides=(INSTITUTIONAL,),
        source=manual(11, "30.3"),
        severity=Severity.WARNING,
        opt_in=True,  # a clearinghouse may add the code
        snip=7,
        applies_to="medicare",
        what="A home health or hospice bill does not say where the care was given.",
        why="Medicare pays by the area of the patient (value code 61) or of the facility (G8 for revenue codes 0655 and 0656).",
        fix="add the value code with the CBSA number of the area.",
        look=no_place_of_care,
        passes=(hospice("0651", "61"), hospice("0656", "G8"), bill()),
        fails=(hospice("0651", None), hospice("0655", "61")),
    ),
    Row(
        number=52,
        name="study-number-missing",
        place="2300 REF P4",
        ack="A6:21",
        rarc=("MA50",),
        guides=(PROFESSIONAL, INSTITUTIONAL),
        source=manual(32, "69"),
        severity=Severity.WARNING,
        snip=7,
        applies_to="medicare",
        what="Care in a clinical study has no number of the study.",
        why="Medicare takes diagnosis Z00.6 with modifier Q0 or Q1, or with condition code 30, only with the number of the study.",
        fix="add the eight digits of the number at ClinicalTrials.gov, without NCT.",
        look=no_study_number,
        passes=(
            visit("E11.9", "Z00.6", subscriber=MEDICARE_PATIENT, lines=(IN_STUDY,), references=NUMBERED),
            visit("E11.9", "Z00.6", subscriber=MEDICARE_PATIENT),
            bill(**STUDIED, condition_codes=("30",), value_codes=(ValueAmount("D4", "12345678"),)),
        ),
        fails=(
            visit("E11.9", "Z00.6", subscriber=MEDICARE_PATIENT, lines=(IN_STUDY,)),
            bill(**STUDIED, condition_codes=("30",)),
        ),
    ),
    Row(
        number=53,
        name="device-exemption-missing",
        place="2300 REF LX",
        ack="A6:579",
        rarc=("MA50",),
        guides=(INSTITUTIONAL,),
        source=manual(32, "68"),
        severity=Severity.WARNING,
        snip=7,
        applies_to="medicare",
        what="A device that is being studied has no number of its exemption.",
        why="revenue code 0624 is for devices that the FDA has exempted for a study (IDE), each under a number.",
        fix="add the number of the exemption, such as G123456.",
        look=missing(
            in_claim(study_device),
            references__investigational_devices="Revenue code {code} is a device under study; its exemption (REF*LX) is missing.",
        ),
        passes=(bill(lines=(*OUTPATIENT["lines"], DEVICE), references=EXEMPT), bill()),
        fails=(bill(lines=(*OUTPATIENT["lines"], DEVICE)),),
    ),
    Row(
        number=54,
        name="blood-count-missing",
        place="2400 MEA",
        ack="A6:731",
        rarc=("N796",),
        guides=(PROFESSIONAL,),
        source=manual(17, "80.12"),
        severity=Severity.WARNING,
        snip=7,
        applies_to="anemia_drugs",
        what="A drug against anemia is billed without the patient's hemoglobin or hematocrit.",
        why="Medicare returns claims for erythropoiesis stimulating agents without the latest result.",
        fix="add the test result to the line.",
        look=no_blood_count,
        passes=(
            member(EPOETIN.evolve(test_results=(TestResult(measure="R1", value="9.5"),))),
            visit(lines=(EPOETIN,)),
        ),
        fails=(member(EPOETIN), member(EPOETIN.evolve(test_results=(TestResult(measure="HT", value="70"),)))),
    ),
    Row(
        number=55,
        name="initial-treatment-missing",
        place="2300 DTP 454",
        ack="A6:701",
        rarc=("MA122",),
        guides=(PROFESSIONAL,),
        source=manual(12, "220"),
        severity=Severity.WARNING,
        snip=7,
        applies_to="chiropractic",
        what="Manipulation of the spine has no date of the initial treatment.",
        why="Medicare asks when the chiropractor first treated the present condition.",
        fix="add the date of the initial treatment.",
        look=undated_treatment,
        passes=(
            member(ADJUSTED, dates=ClaimDates(initial_treatment="2026-01-02")),
            visit(lines=(ADJUSTED,)),
        ),
        fails=(member(ADJUSTED),),
    ),
    Row(
        number=56,
        name="care-transfer-undated",
        place="2300 DTP 090 and 091",
        ack="A6:388",
        rarc=("N310",),
        guides=(PROFESSIONAL,),
        source=manual(12, "40.2"),
        severity=Severity.WARNING,
        snip=7,
        applies_to="medicare",
        what="A surgery is shared between physicians and the date on which the care changed hands is missing.",
        why="with modifier 54 or 55 Medicare divides the payment by the day on which the care after the surgery was handed over.",
        fix="add the date on which the care was assumed or relinquished.",
        look=undated_transfer,
        passes=(
            member(SURGERY, dates=ClaimDates(assumed_care="2026-01-06")),
            member(SURGERY, dates=ClaimDates(relinquished_care="2026-01-06")),
            visit(lines=(SURGERY,)),
        ),
        fails=(member(SURGERY), member(line("66984", ("54", "RT")))),
    ),
    Row(
        number=57,
        name="oversight-agency-missing",
        place="2300 REF 1J",
        ack="A6:714",
        rarc=("MA76",),
        guides=(PROFESSIONAL,),
        severity=Severity.WARNING,
        applies_to="care_plan_oversight",
        what="Care plan oversight does not name the home health agency or hospice.",
        why="the guide asks for the number of the agency on Medicare's claims; Medicare itself has waived it at times.",
        fix="add the number of the home health agency or hospice.",
        look=missing(
            in_claim(overseen),
            references__care_plan_oversight="{code} is care plan oversight; the number of the agency (REF*1J) is missing.",
        ),
        passes=(
            member(OVERSIGHT, references=ClaimReferences(care_plan_oversight="123456")),
            visit(lines=(OVERSIGHT,)),
        ),
        fails=(member(OVERSIGHT),),
    ),
)
"""The edits by their ids."""
