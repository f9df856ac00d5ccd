"""What sets the edits of the Medicare Code Editor apart: one row each, MCE01 to MCE21.

The numbers are those of CMS's manual; 21 is the alert that has none.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import attrs

from medcode.edits.examples import stay
from medcode.edits.icd.sex import sex_is_waived
from medcode.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.claims.model.claim import Claim
    from medcode.claims.model.institutional import InstitutionalClaim

__all__ = ["ROWS", "Row"]

WARNING = Severity.WARNING
SEXES_UNTIL = date(2024, 9, 30)


def never(_claim: Claim) -> bool:
    """Whether an edit is waived: never."""
    return False


def side_cannot_be_told(claim: InstitutionalClaim) -> bool:
    """Whether the billing note states that the side could not be determined."""
    return "UNABLE TO DET LAT" in (claim.billing_note or "").upper()


@attrs.frozen(kw_only=True)
class Row:
    """What sets one edit of the MCE apart from the others.

    `met` are CMS's names for it; `say` is what is wrong with a code or, where `path` is set, with that
    part of the claim.
    """

    number: int
    section: str | None = None
    ack: str
    carc: tuple[str, ...]
    rarc: tuple[str, ...] = ()
    name: str
    met: tuple[str, ...]
    say: str
    what: str
    why: str
    fix: str
    passes: Claim
    fails: tuple[Claim, ...]
    path: str | None = None
    severity: Severity = Severity.ERROR
    since: date | None = None
    until: date | None = None
    requires: tuple[str, ...] = ()
    waived: Callable[[Any], bool] = never


LIMITED = (
    "LIMITED_COVERAGE",
    "LIMITED_COVERAGE_LVRS",
    "LIMITED_COVERAGE_LUNG_TRANSPLANT",
    "LIMITED_COVERAGE_COMBINATION_HEART_LUNG",
    "LIMITED_COVERAGE_HEART_TRANSPLANT",
    "LIMITED_COVERAGE_HEART_IMPLANT",
    "LIMITED_COVERAGE_INTESTINE",
    "LIMITED_COVERAGE_LIVER",
    "LIMITED_COVERAGE_PANCREAS",
    "LIMITED_COVERAGE_KIDNEY",
)

ROWS = (
    Row(
        number=1,
        ack="A7:255",
        carc=("146", "16"),
        rarc=("M76", "MA63"),
        name="mce-invalid-code",
        met=("INVALID_CODE", "INVALID_ADMIT_DX"),
        say="is not a valid, complete code on the day of discharge.",
        what="A diagnosis or procedure code is not valid on the day of discharge.",
        why="a stay is coded as of its discharge, with codes that are complete and in force that day.",
        fix="use the code that was valid on the day of discharge.",
        passes=stay("I50.20", "E11.65"),
        fails=(
            stay("I50.20", "E11"),
            stay("M54.5", on="2021-10-01"),
            stay("I50.20", admitting_diagnosis="E11"),
        ),
    ),
    Row(
        number=2,
        ack="A7:254",
        carc=("16",),
        rarc=("MA63",),
        name="mce-external-cause-principal",
        met=("E_CODE_AS_PDX",),
        say="is an external cause and cannot be principal.",
        what="An external cause is the principal diagnosis.",
        why="an external cause describes how an injury happened, not what was treated.",
        fix="make the injury or condition the principal diagnosis.",
        passes=stay("S72.001A", "W19.XXXA"),
        fails=(stay("W19.XXXA", "S72.001A"),),
    ),
    Row(
        number=3,
        ack="A7:255",
        carc=("16",),
        rarc=("M64",),
        name="mce-duplicate-of-principal",
        met=("DUPLICATE_OF_PDX",),
        say="repeats the principal diagnosis.",
        what="A secondary diagnosis repeats the principal one.",
        why="a repeated principal diagnosis could count as its own complication.",
        fix="remove the secondary diagnosis.",
        passes=stay("I50.20", "E11.65"),
        fails=(stay("I50.20", "I50.20"),),
    ),
    Row(
        number=4,
        ack="A7:255",
        carc=("9",),
        name="mce-age-conflict",
        met=("AGE_CONFLICT",),
        say="does not occur at the patient's age.",
        what="A diagnosis does not occur at the patient's age.",
        why="CMS lists newborn (0), pediatric (0-17), maternity (9-64, before 2019-10-01 12-55) and adult (15-124) diagnoses.",
        fix="correct the birth date or the diagnosis.",
        passes=stay("O80", "Z37.0", age=30),
        fails=(stay("E84.11", age=65), stay("N40.0", age=14, sex="M")),
        requires=("birth_date",),
    ),
    Row(
        number=5,
        ack="A7:86",
        carc=("10",),
        name="mce-sex-conflict",
        met=("SEX_CONFLICT",),
        say="does not occur in a patient of this sex.",
        what="A diagnosis or procedure does not occur in a patient of this sex.",
        why="until discharges of 2024-09-30 CMS listed codes of one sex only; condition code 45 waives the conflict.",
        fix="correct the sex or the code; where both are right, add condition code 45.",
        passes=stay("O80", "Z37.0", on="2024-09-30"),
        fails=(stay("N40.0", on="2024-09-30", sex="F"),),
        until=SEXES_UNTIL,
        requires=("sex",),
        waived=sex_is_waived,
    ),
    Row(
        number=6,
        ack="A7:254",
        carc=("16",),
        rarc=("MA63",),
        name="mce-manifestation-principal",
        met=("MANIFESTATION_AS_PDX",),
        say="is a manifestation and cannot be principal.",
        what="A manifestation is the principal diagnosis.",
        why="a manifestation follows the code of the underlying disease.",
        fix="make the underlying disease the principal diagnosis.",
        passes=stay("N18.5", "D63.1"),
        fails=(stay("D63.1", "N18.5"),),
    ),
    Row(
        number=7,
        ack="A7:254",
        carc=("16",),
        rarc=("MA63",),
        name="mce-nonspecific-principal",
        met=("NONSPECIFIC_PDX",),
        say="is too general for a principal diagnosis.",
        what="The principal diagnosis is not specific.",
        why="until 2007-09-30 CMS asked for a specific reason of a stay, unless the patient died.",
        fix="code the condition more closely.",
        passes=stay("9:428.0", on="2005-08-21"),
        fails=(stay("9:537.9", on="2005-08-21"),),
        severity=WARNING,
        until=date(2007, 9, 30),
    ),
    Row(
        number=8,
        ack="A3:254",
        carc=("50",),
        name="mce-questionable-admission",
        met=("QUESTIONABLE_ADMISSION", "QUESTIONABLE_OBSTETRIC_ADMISSION"),
        say="does not by itself show why a stay was needed.",
        what="The reason for the stay is questionable.",
        why="some principal diagnoses seldom need a stay, and a delivery, since 2018-10-01, needs its outcome as a secondary diagnosis.",
        fix="code what made the stay necessary; for a delivery add the code of Z37.",
        passes=stay("O80", "Z37.0", age=30, procedures=("10E0XZZ",)),
        fails=(stay("R03.0"),),
        severity=WARNING,
    ),
    Row(
        number=9,
        ack="A7:254",
        carc=("16",),
        rarc=("MA63",),
        name="mce-unacceptable-principal",
        met=("UNACCEPTABLE_PDX", "REQUIRES_SDX"),
        say="cannot be the principal diagnosis by itself.",
        what="The principal diagnosis is unacceptable.",
        why="the code describes a circumstance and not an illness; some are acceptable with a secondary diagnosis.",
        fix="make the illness the principal diagnosis, or add the secondary one.",
        passes=stay("Z51.89", "I50.20"),
        fails=(stay("Z37.0", age=30), stay("Z51.89")),
    ),
    Row(
        number=10,
        ack="A7:465",
        carc=("16",),
        rarc=("MA66",),
        name="mce-nonspecific-operation",
        met=("NONSPECIFIC_OR",),
        say="is too general, and no other operation is coded.",
        what="The only operation is not specific.",
        why="until 2007-09-30 CMS asked for a specific operation.",
        fix="code the operation more closely.",
        passes=stay("9:428.0", on="2003-01-05", procedures=("9:44.00", "9:81.51")),
        fails=(stay("9:428.0", on="2003-01-05", procedures=("9:44.00",)),),
        severity=WARNING,
        until=date(2007, 9, 30),
    ),
    Row(
        number=11,
        ack="A3:585",
        carc=("96",),
        rarc=("N425",),
        name="mce-non-covered",
        met=("NON_COVERED",),
        say="is not covered by Medicare as coded on this claim.",
        what="Medicare does not cover a procedure.",
        why="some procedures are never covered, others only with, or without, certain diagnoses, ages or further procedures.",
        fix="code the diagnosis that makes it covered, or bill the stay as non-covered.",
        passes=stay("E10.10", procedures=("0FYG0Z0",)),
        fails=(stay("K86.1", procedures=("0FYG0Z0",)), stay("I50.20", procedures=("00F3XZZ",))),
        requires=("birth_date",),
    ),
    Row(
        number=12,
        ack="A3:465",
        carc=("16",),
        rarc=("MA66",),
        name="mce-open-biopsy",
        met=("OPEN_BIOPSY",),
        say="is an open biopsy; make sure that it was not done by needle or scope.",
        what="A biopsy is coded as open.",
        why="until 2010-09-30 CMS asked to verify open biopsies, which are seldom done.",
        fix="use the code of the closed biopsy if that was done.",
        passes=stay("9:428.0", on="2010-10-01", procedures=("9:54.23",)),
        fails=(stay("9:428.0", on="2010-09-30", procedures=("9:54.23",)),),
        severity=WARNING,
        until=date(2010, 9, 30),
    ),
    Row(
        number=13,
        ack="A3:465",
        carc=("16",),
        rarc=("MA66",),
        name="mce-bilateral",
        met=("BILATERAL",),
        path="principal_procedure",
        say="Two joint procedures are coded that may be one on both sides.",
        what="Two joint procedures may be one, done on both sides.",
        why="until 2015-09-30 two different joint procedures led to a higher payment meant for both sides.",
        fix="make sure that the procedures were on different joints.",
        passes=stay("9:821.29", on="2012-01-05", procedures=("9:00.85",)),
        fails=(stay("9:821.29", on="2012-01-05", procedures=("9:00.85", "9:81.56")),),
        severity=WARNING,
        until=date(2015, 9, 30),
    ),
    Row(
        number=14,
        ack="A7:158:QC",
        carc=("16",),
        rarc=("N329",),
        name="mce-invalid-age",
        met=("INVALID_AGE",),
        path="patient.birth_date",
        say="The age at admission is not between 0 and 124 years.",
        what="The patient's age is impossible.",
        why="the age at admission must be 0 to 124 years.",
        fix="correct the birth date or the admission date.",
        passes=stay("I50.20", age=124),
        fails=(stay("I50.20", age=125), stay("I50.20", age=-2)),
        requires=("birth_date",),
    ),
    Row(
        number=15,
        ack="A7:157:QC",
        carc=("16",),
        rarc=("MA39",),
        name="mce-invalid-sex",
        met=("INVALID_SEX",),
        path="patient.sex",
        say="The sex is neither M nor F.",
        what="The patient's sex is not given as male or female.",
        why="until discharges of 2024-09-30 the editor required M or F.",
        fix="send the sex as the payer has it on file.",
        passes=stay("I50.20", on="2024-09-30", sex="F"),
        fails=(stay("I50.20", on="2024-09-30", sex="U"),),
        until=SEXES_UNTIL,
        requires=("sex",),
    ),
    Row(
        number=16,
        ack="A7:234",
        carc=("16",),
        rarc=("MA43",),
        name="mce-invalid-discharge-status",
        met=("INVALID_DISCHARGE_STATUS",),
        path="discharge_status",
        say="Discharge status {status} was not in force for hospital stays on {day}.",
        what="The discharge status is not a valid one.",
        why="the status decides how the stay is paid, and each has its dates.",
        fix="send the status that was in effect on the day of discharge.",
        passes=stay("I50.20", discharge_status="69"),
        fails=(stay("I50.20", discharge_status="99"),),
    ),
    Row(
        number=17,
        ack="A3:585",
        carc=("50",),
        rarc=("N386",),
        name="mce-limited-coverage",
        met=LIMITED,
        say="is covered only within limits.",
        what="Medicare covers a procedure only within limits.",
        why="transplants and like procedures are covered for approved hospitals, studies or conditions.",
        fix="make sure that the limits are met before the claim is sent.",
        passes=stay("I50.20", procedures=("02703DZ",)),
        fails=(stay("I50.20", procedures=("02YA0Z0",)),),
        severity=WARNING,
    ),
    Row(
        number=18,
        ack="A3:744",
        carc=("233", "96"),
        rarc=("N425",),
        name="mce-wrong-procedure-performed",
        met=("WRONG_PROCEDURE_PERFORMED",),
        say="reports that a wrong procedure was performed; the stay is not paid.",
        what="The claim reports a wrong procedure.",
        why="Medicare pays for no surgery on the wrong patient, on the wrong part, or of the wrong kind.",
        fix="bill the erroneous surgery apart, on a no-pay claim.",
        passes=stay("I50.20"),
        fails=(stay("I50.20", "Y65.51"),),
        since=date(2009, 10, 1),
    ),
    Row(
        number=19,
        ack="A7:465",
        carc=("16",),
        rarc=("MA66",),
        name="mce-length-of-stay",
        met=("INCONSISTENT_WITH_LENGTH_OF_STAY",),
        say="takes more than four days, and the stay is shorter.",
        what="A procedure takes longer than the stay.",
        why="ventilation for more than 96 consecutive hours cannot be done in a stay of four days.",
        fix="correct the code of the ventilation, or the dates.",
        passes=stay("J96.00", days=6, procedures=("5A1955Z",)),
        fails=(stay("J96.00", days=4, procedures=("5A1955Z",)),),
        since=date(2012, 10, 1),
    ),
    Row(
        number=20,
        ack="A3:772",
        carc=("16",),
        rarc=("M81",),
        name="mce-unspecified",
        met=("UNSPECIFIED",),
        say="does not name the side.",
        what="A diagnosis does not name its side.",
        why="since 2022-04-01 listed complications must name their side, or the billing note must state that it cannot be determined.",
        fix="use the code of the side; where it cannot be determined, write UNABLE TO DET LAT 1 or 2 in the billing note.",
        passes=stay("I50.20", "S72.001A"),
        fails=(stay("I50.20", "S72.009A"),),
        since=date(2022, 4, 1),
        waived=side_cannot_be_told,
    ),
    Row(
        number=21,
        section="Medicare as secondary payer alert",
        ack="A3:171",
        carc=("22",),
        rarc=("MA04",),
        name="mce-medicare-is-secondary",
        met=("MEDICARE_IS_SECONDARY_PAYER",),
        say="may be another payer's to pay for first.",
        what="A diagnosis suggests that another payer comes first.",
        why="until 2001-09-30 CMS alerted to injuries for which a liability insurer may come first.",
        fix="find out who is liable.",
        passes=stay("9:428.0", on="2001-05-09"),
        fails=(stay("9:864.03", on="2001-05-09"),),
        severity=Severity.INFO,
        until=date(2001, 9, 30),
    ),
)
