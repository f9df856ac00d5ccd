"""MCE01 to MCE21: the Medicare Code Editor over an institutional claim of a stay.

One class and a table: the editor looks at the stay once, and each edit tells its own part of the
answer. The numbers are those of CMS's manual; 21 is the alert that has none.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, final

import attrs

from medcode.codesets.icd10cm import icd10cm
from medcode.codesets.icd10pcs import icd10pcs
from medcode.edits.base import Edit
from medcode.edits.examples import stay
from medcode.edits.icd.billable import fix_for, reason
from medcode.edits.icd.sex import sex_is_waived
from medcode.edits.judged import judge
from medcode.edits.mce.claim_stay import answer
from medcode.edits.setting import Setting
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from medcode.claims.model.claim import Claim
    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["MCE_EDITS", "MceEdit"]

WARNING = Severity.WARNING
SEXES_UNTIL = date(2024, 9, 30)
MANUAL = "Definitions of Medicare Code Edits"


def never(_claim: Any) -> bool:
    """Say that nothing waives an edit."""
    return False


def side_cannot_be_told(claim: Any) -> bool:
    """Say whether the billing note states that the side could not be found out."""
    return "UNABLE TO DET LAT" in (claim.billing_note or "").upper()


@attrs.frozen(kw_only=True)
class Row:
    """What sets one edit of the MCE apart from the others.

    `met` are CMS's names for it; `say` what is wrong with a code, or, where `path` is given, with
    that part of the claim.
    """

    number: int
    name: str
    met: tuple[str, ...]
    say: str
    what: str
    why: str
    cure: str
    passes: Claim
    fails: tuple[Claim, ...]
    path: str | None = None
    severity: Severity = Severity.ERROR
    since: date | None = None
    until: date | None = None
    needs: tuple[str, ...] = ()
    waived: Callable[[Any], bool] = never


@final
class MceEdit(Edit[Any]):
    """One edit of the Medicare Code Editor: a row of the table below."""

    snip = 5
    settings = (Setting.INPATIENT,)
    tables = ("icd10cm", "icd10pcs", "icd9cm", "icd9cm_procedures", "discharge_status")

    def __init__(self, row: Row) -> None:
        self.row = row
        self.id = f"MCE{row.number:02}"
        self.name = row.name
        self.__doc__ = f"{row.what}\n\nWhy: {row.why}\nCure: {row.cure}"
        self.source = Source("CMS", MANUAL, edition="v44.0", section=f"edit {row.number}")
        self.severity = row.severity
        self.since, self.until = row.since, row.until
        self.needs = ("day", *row.needs)
        self.passes = (row.passes,)
        self.fails = row.fails

    def check(self, claim: Any, context: Context) -> Iterator[Finding]:
        """Tell this edit's part of the editor's answer."""
        found = answer(context)
        if found is None:
            yield self.unchecked(
                "statement_dates", None, "Not checked: the editor's tables do not cover the discharge."
            )
            return
        give = self.bypass if self.row.waived(claim) else self.fail
        if self.row.path:
            if any(name in found.counts for name in self.row.met):
                yield give(self.row.path, None, self.row.say)
            return
        for path, code, names in found.codes:
            for name in self.met(names):
                if name == INVALID:
                    yield self._invalid(path, code, context)
                else:
                    yield give(path, code, f"{shown(code)} {self.row.say}")
        for name in self.met(found.admitting):
            code = claim.admitting_diagnosis
            finding = give("admitting_diagnosis", code, f"{shown(code)} {self.row.say}")
            yield finding if name != "INVALID_ADMIT_DX" else attrs.evolve(finding, severity=WARNING)

    def _invalid(self, path: str, code: str, context: Context) -> Finding:
        """Say why a code is invalid, and what would take its place."""
        meant_for = icd10pcs if "procedure" in path else icd10cm
        judged = judge(path, code, context.day or context.on, meant_for)
        return self.fail(path, code, reason(judged), fix=fix_for(judged))

    def met(self, names: tuple[str, ...]) -> list[str]:
        """Give the names that are this edit's."""
        return [name for name in names if name in self.row.met]


INVALID = "INVALID_CODE"


def shown(code: str) -> str:
    """Give a code as people write it."""
    return str(getattr(code, "dotted", code))


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
        name="mce-invalid-code",
        met=("INVALID_CODE", "INVALID_ADMIT_DX"),
        say="is no valid, complete code on the day of discharge.",
        what="A diagnosis or procedure code is not valid on the day of discharge.",
        why="a stay is coded as of its discharge, with codes that are complete and in force that day.",
        cure="take the code that was valid on the day of discharge.",
        passes=stay("I50.20", "E11.65"),
        fails=(
            stay("I50.20", "E11"),
            stay("M54.5", on="2021-10-01"),
            stay("I50.20", admitting_diagnosis="E11"),
        ),
    ),
    Row(
        number=2,
        name="mce-external-cause-principal",
        met=("E_CODE_AS_PDX",),
        say="is an external cause and cannot be principal.",
        what="An external cause is the principal diagnosis.",
        why="an external cause tells how an injury came about, not what was treated.",
        cure="make the injury or condition the principal diagnosis.",
        passes=stay("S72.001A", "W19.XXXA"),
        fails=(stay("W19.XXXA", "S72.001A"),),
    ),
    Row(
        number=3,
        name="mce-duplicate-of-principal",
        met=("DUPLICATE_OF_PDX",),
        say="repeats the principal diagnosis.",
        what="A secondary diagnosis repeats the principal one.",
        why="a repeated principal diagnosis could count as its own complication.",
        cure="take the secondary diagnosis out.",
        passes=stay("I50.20", "E11.65"),
        fails=(stay("I50.20", "I50.20"),),
    ),
    Row(
        number=4,
        name="mce-age-conflict",
        met=("AGE_CONFLICT",),
        say="does not occur at the patient's age.",
        what="A diagnosis does not occur at the patient's age.",
        why="CMS lists newborn (0), pediatric (0-17), maternity (9-64, before 2019-10-01 12-55) and adult (15-124) diagnoses.",
        cure="correct the birth date or the diagnosis.",
        passes=stay("O80", "Z37.0", age=30),
        fails=(stay("E84.11", age=65), stay("N40.0", age=14, sex="M")),
        needs=("birth_date",),
    ),
    Row(
        number=5,
        name="mce-sex-conflict",
        met=("SEX_CONFLICT",),
        say="does not occur in a patient of this sex.",
        what="A diagnosis or procedure does not occur in a patient of this sex.",
        why="until discharges of 2024-09-30 CMS listed codes of one sex only; condition code 45 waives the conflict.",
        cure="correct the sex or the code; where both are right, add condition code 45.",
        passes=stay("O80", "Z37.0", on="2024-09-30"),
        fails=(stay("N40.0", on="2024-09-30", sex="F"),),
        until=SEXES_UNTIL,
        needs=("sex",),
        waived=sex_is_waived,
    ),
    Row(
        number=6,
        name="mce-manifestation-principal",
        met=("MANIFESTATION_AS_PDX",),
        say="is a manifestation and cannot be principal.",
        what="A manifestation is the principal diagnosis.",
        why="a manifestation follows the code of the disease behind it.",
        cure="make the underlying disease the principal diagnosis.",
        passes=stay("N18.5", "D63.1"),
        fails=(stay("D63.1", "N18.5"),),
    ),
    Row(
        number=7,
        name="mce-nonspecific-principal",
        met=("NONSPECIFIC_PDX",),
        say="is too general for a principal diagnosis.",
        what="The principal diagnosis is not specific.",
        why="until 2007-09-30 CMS asked for a specific reason of a stay, unless the patient died.",
        cure="code the condition more closely.",
        passes=stay("9:428.0", on="2005-08-21"),
        fails=(stay("9:537.9", on="2005-08-21"),),
        severity=WARNING,
        until=date(2007, 9, 30),
    ),
    Row(
        number=8,
        name="mce-questionable-admission",
        met=("QUESTIONABLE_ADMISSION", "QUESTIONABLE_OBSTETRIC_ADMISSION"),
        say="does not by itself show why a stay was needed.",
        what="The reason for the stay is questionable.",
        why="some principal diagnoses seldom need a stay, and a delivery, since 2018-10-01, needs its outcome as a secondary diagnosis.",
        cure="code what made the stay necessary; for a delivery add the code of Z37.",
        passes=stay("O80", "Z37.0", age=30, procedures=("10E0XZZ",)),
        fails=(stay("R03.0"),),
        severity=WARNING,
    ),
    Row(
        number=9,
        name="mce-unacceptable-principal",
        met=("UNACCEPTABLE_PDX", "REQUIRES_SDX"),
        say="cannot be the principal diagnosis by itself.",
        what="The principal diagnosis is unacceptable.",
        why="the code tells of a circumstance and not of an illness; some are acceptable with a secondary diagnosis.",
        cure="make the illness the principal diagnosis, or add the secondary one.",
        passes=stay("Z51.89", "I50.20"),
        fails=(stay("Z37.0", age=30), stay("Z51.89")),
    ),
    Row(
        number=10,
        name="mce-nonspecific-operation",
        met=("NONSPECIFIC_OR",),
        say="is too general, and no other operation is coded.",
        what="The only operation is not specific.",
        why="until 2007-09-30 CMS asked for a specific operation.",
        cure="code the operation more closely.",
        passes=stay("9:428.0", on="2003-01-05", procedures=("9:44.00", "9:81.51")),
        fails=(stay("9:428.0", on="2003-01-05", procedures=("9:44.00",)),),
        severity=WARNING,
        until=date(2007, 9, 30),
    ),
    Row(
        number=11,
        name="mce-non-covered",
        met=("NON_COVERED",),
        say="is not covered by Medicare, as it stands on this claim.",
        what="Medicare does not cover a procedure.",
        why="some procedures are never covered, others only with, or without, certain diagnoses, ages or further procedures.",
        cure="code the diagnosis that makes it covered, or bill the stay as non-covered.",
        passes=stay("E10.10", procedures=("0FYG0Z0",)),
        fails=(stay("K86.1", procedures=("0FYG0Z0",)), stay("I50.20", procedures=("00F3XZZ",))),
        needs=("birth_date",),
    ),
    Row(
        number=12,
        name="mce-open-biopsy",
        met=("OPEN_BIOPSY",),
        say="is an open biopsy; make sure that it was not done by needle or scope.",
        what="A biopsy is coded as open.",
        why="until 2010-09-30 CMS asked to verify open biopsies, which are seldom done.",
        cure="take the code of the closed biopsy where that was done.",
        passes=stay("9:428.0", on="2010-10-01", procedures=("9:54.23",)),
        fails=(stay("9:428.0", on="2010-09-30", procedures=("9:54.23",)),),
        severity=WARNING,
        until=date(2010, 9, 30),
    ),
    Row(
        number=13,
        name="mce-bilateral",
        met=("BILATERAL",),
        path="principal_procedure",
        say="Two joint procedures are coded that may be one on both sides.",
        what="Two joint procedures may be one, done on both sides.",
        why="until 2015-09-30 two different joint procedures led to a higher payment meant for both sides.",
        cure="make sure that the procedures were on different joints.",
        passes=stay("9:821.29", on="2012-01-05", procedures=("9:00.85",)),
        fails=(stay("9:821.29", on="2012-01-05", procedures=("9:00.85", "9:81.56")),),
        severity=WARNING,
        until=date(2015, 9, 30),
    ),
    Row(
        number=14,
        name="mce-invalid-age",
        met=("INVALID_AGE",),
        path="patient.birth_date",
        say="The age at admission is not between 0 and 124 years.",
        what="The patient's age is impossible.",
        why="the age at admission must be 0 to 124 years.",
        cure="correct the birth date or the admission date.",
        passes=stay("I50.20", age=124),
        fails=(stay("I50.20", age=125), stay("I50.20", age=-2)),
        needs=("birth_date",),
    ),
    Row(
        number=15,
        name="mce-invalid-sex",
        met=("INVALID_SEX",),
        path="patient.sex",
        say="The sex is neither M nor F.",
        what="The patient's sex is not given as male or female.",
        why="until discharges of 2024-09-30 the editor wanted M or F.",
        cure="give the sex as the payer has it on file.",
        passes=stay("I50.20", on="2024-09-30", sex="F"),
        fails=(stay("I50.20", on="2024-09-30", sex="U"),),
        until=SEXES_UNTIL,
        needs=("sex",),
    ),
    Row(
        number=16,
        name="mce-invalid-discharge-status",
        met=("INVALID_DISCHARGE_STATUS",),
        path="discharge_status",
        say="The discharge status is not one of those in force on the day of discharge.",
        what="The discharge status is not a valid one.",
        why="the status decides how the stay is paid, and each has its dates.",
        cure="give the status that was in force on the day of discharge.",
        passes=stay("I50.20", discharge_status="69"),
        fails=(stay("I50.20", discharge_status="99"),),
    ),
    Row(
        number=17,
        name="mce-limited-coverage",
        met=LIMITED,
        say="is covered within limits only.",
        what="Medicare covers a procedure within limits only.",
        why="transplants and like procedures are covered for approved hospitals, studies or conditions.",
        cure="make sure that the limits are met before the claim is sent.",
        passes=stay("I50.20", procedures=("02703DZ",)),
        fails=(stay("I50.20", procedures=("02YA0Z0",)),),
        severity=WARNING,
    ),
    Row(
        number=18,
        name="mce-wrong-procedure-performed",
        met=("WRONG_PROCEDURE_PERFORMED",),
        say="says that a wrong procedure was performed; the stay is not paid.",
        what="The claim says that a wrong procedure was performed.",
        why="Medicare pays for no surgery on the wrong patient, on the wrong part, or of the wrong kind.",
        cure="bill the erroneous surgery apart, on a no-pay claim.",
        passes=stay("I50.20"),
        fails=(stay("I50.20", "Y65.51"),),
        since=date(2009, 10, 1),
    ),
    Row(
        number=19,
        name="mce-length-of-stay",
        met=("INCONSISTENT_WITH_LENGTH_OF_STAY",),
        say="takes more than four days, and the stay is shorter.",
        what="A procedure takes longer than the stay.",
        why="ventilation for more than 96 consecutive hours cannot be done in a stay of four days.",
        cure="correct the code of the ventilation, or the dates.",
        passes=stay("J96.00", days=6, procedures=("5A1955Z",)),
        fails=(stay("J96.00", days=4, procedures=("5A1955Z",)),),
        since=date(2012, 10, 1),
    ),
    Row(
        number=20,
        name="mce-unspecified",
        met=("UNSPECIFIED",),
        say="does not say which side.",
        what="A diagnosis leaves open which side it is on.",
        why="since 2022-04-01 listed complications must name their side, or the billing note that it cannot be told.",
        cure="take the code of the side; where it cannot be told, write UNABLE TO DET LAT 1 or 2 in the billing note.",
        passes=stay("I50.20", "S72.001A"),
        fails=(stay("I50.20", "S72.009A"),),
        since=date(2022, 4, 1),
        waived=side_cannot_be_told,
    ),
    Row(
        number=21,
        name="mce-medicare-is-secondary",
        met=("MEDICARE_IS_SECONDARY_PAYER",),
        say="may be another payer's to pay for first.",
        what="A diagnosis suggests that another payer comes first.",
        why="until 2001-09-30 CMS alerted to injuries for which a liability insurer may come first.",
        cure="find out who is liable.",
        passes=stay("9:428.0", on="2001-05-09"),
        fails=(stay("9:864.03", on="2001-05-09"),),
        severity=Severity.INFO,
        until=date(2001, 9, 30),
    ),
)

MCE_EDITS = {edit.id: edit for edit in map(MceEdit, ROWS)}
