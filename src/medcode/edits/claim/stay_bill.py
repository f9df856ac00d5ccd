"""CLM68 to CLM72, and CLM81: bill type, dates, status and lines of an institution that contradict each other."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, final

from medcode.claims.model.base import DateRange
from medcode.claims.model.institutional import TOTAL_LINE, InstitutionalClaim
from medcode.claims.model.stay import InpatientProcedure, Occurrence
from medcode.codesets.code import Malformed
from medcode.edits.base import Edit
from medcode.edits.days import first_day, last_day, plain_day, unread
from medcode.edits.examples import MEDICARE_PATIENT, room, stay
from medcode.edits.fixes import REMOVE
from medcode.edits.setting import INSTITUTIONAL, Setting
from medcode.findings import Fix, FixKind, Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.concern import LineKey
    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = [
    "AdmissionOutsideBill",
    "DeathWithoutDate",
    "DrugLineWithoutProcedure",
    "OutpatientLineUndated",
    "ProcedureOutsideStay",
    "TotalAsLine",
]

MANUAL = "Medicare Claims Processing Manual, Pub. 100-04, chapter 25"
GOING_ON = frozenset({"3", "4"})
DIED = frozenset({"20", "40", "41", "42"})
DAY_OF_DEATH = "55"
BEFORE_ADMISSION = timedelta(days=3)  # outpatient procedures of these days belong to the stay
CODED_DRUGS = "0636"
OUTPATIENT: dict[str, Any] = {"facility_type": "13", "admission": None}


@final
class AdmissionOutsideBill(Edit[InstitutionalClaim]):
    """The admission does not agree with the statement dates.

    Why: nobody is admitted after the bill ends; and a bill that goes on with a stay, of frequency 3 or
    4, begins after the admission.
    Fix: correct the admission, the statement dates or the frequency.
    """

    id, name, snip = "CLM68", "admission-outside-bill", 4
    ack = "A7:189"
    carc = ("16",)
    rarc = ("MA40",)
    source = Source("CMS", MANUAL, section="75.1")
    settings = (Setting.INPATIENT,)
    requires = ("discharge",)
    passes = (
        stay("I50.20"),
        stay("I50.20", frequency="4", admission="2025-12-01"),
    )
    fails = (
        stay("I50.20", admission="2026-01-06"),
        stay("I50.20", frequency="3", discharge_status="30"),
    )

    def check(self, claim: InstitutionalClaim, context: Context[InstitutionalClaim]) -> Iterator[Finding]:
        """Compare the admission with both ends of the statement."""
        admitted = plain_day(claim.admission)
        begins = first_day(claim.statement_dates)
        if admitted and context.day and admitted > context.day:
            yield self.fail(
                "admission",
                None,
                f"The admission, {admitted}, is after the statement's through date, {context.day}.",
            )
        elif admitted and begins and claim.frequency in GOING_ON and admitted >= begins:
            message = f"A bill of frequency {claim.frequency} continues a stay; its from date must be after the admission, {admitted}."
            yield self.fail("admission", claim.frequency, message)
        elif isinstance(claim.admission, Malformed):
            yield self.unchecked("admission", None, unread("admission"))


@final
class ProcedureOutsideStay(Edit[InstitutionalClaim]):
    """The date of a procedure is outside of the stay.

    Why: a stay's bill has the procedures of the stay and of the three days before it.
    Fix: correct the date of the procedure.
    """

    id, name, snip = "CLM69", "procedure-outside-stay", 4
    ack = "A7:492"
    carc = ("16",)
    rarc = ("N301",)
    source = Source("CMS", "Medicare Claims Processing Manual, Pub. 100-04, chapter 3", section="40.3")
    severity = Severity.WARNING
    settings = (Setting.INPATIENT,)
    requires = ("discharge",)
    applies_to = ("principal_procedure", "other_procedures")
    passes = (stay("I50.20", procedures=("02703DZ",)), stay("I50.20"))
    fails = (
        stay("I50.20", principal_procedure=InpatientProcedure("02703DZ", "2026-01-06")),
        stay("I50.20", principal_procedure=InpatientProcedure("02703DZ", "2025-12-20")),
    )

    def check(self, claim: InstitutionalClaim, context: Context[InstitutionalClaim]) -> Iterator[Finding]:
        """Check the day of each procedure."""
        begins = first_day(claim.statement_dates)
        for (path, code), procedure in zip(context.procedures, claim.procedures, strict=True):
            done, where = plain_day(procedure.date), f"{path.removesuffix('code')}date"
            if done and begins and context.day and not begins - BEFORE_ADMISSION <= done <= context.day:
                message = f"The date of the procedure, {done}, is neither within the statement dates nor in the three days before."
                yield self.fail(where, code, message)
            elif done is None:
                yield self.unchecked(where, code, unread(where))


@final
class DeathWithoutDate(Edit[InstitutionalClaim]):
    """The patient died, and the date of death is missing.

    Why: with a discharge status of death Medicare asks for occurrence 55 and the day of death.
    Fix: add occurrence code 55 with the date of death, or correct the status.
    """

    id, name, snip = "CLM70", "death-without-date", 4
    ack = "A7:719"
    carc = ("16",)
    rarc = ("M45",)
    source = Source("CMS", MANUAL, section="75.3, occurrence code 55")
    severity = Severity.WARNING
    settings = (Setting.INPATIENT, Setting.OUTPATIENT)
    applies_to = "medicare"
    passes = (
        stay(
            "I50.20",
            subscriber=MEDICARE_PATIENT,
            discharge_status="20",
            occurrences=(Occurrence("55", "2026-01-05"),),
        ),
        stay("I50.20", subscriber=MEDICARE_PATIENT),
    )
    fails = (stay("I50.20", subscriber=MEDICARE_PATIENT, discharge_status="20"),)

    def check(self, claim: InstitutionalClaim, _context: Context[InstitutionalClaim]) -> Iterator[Finding]:
        """Look for the occurrence."""
        told = any(each.code == DAY_OF_DEATH for each in claim.occurrences)
        if claim.discharge_status in DIED and not told:
            message = f"Discharge status {claim.discharge_status} means that the patient died; occurrence code 55 with the date of death is missing."
            yield self.fail("occurrences", claim.discharge_status, message)


@final
class OutpatientLineUndated(Edit[InstitutionalClaim]):
    """A procedure on a bill of several days has no date of service.

    Why: where an outpatient bill covers more than one day, each procedure needs its date.
    Fix: add the date of service of the line.
    """

    id, name, snip = "CLM71", "outpatient-line-undated", 4
    ack = "A7:187"
    carc = ("16",)
    rarc = ("M52",)
    source = Source("X12", "005010X223A2", section="2400 DTP 472")
    severity = Severity.WARNING
    settings = (Setting.OUTPATIENT,)
    requires = ("discharge",)
    applies_to = "procedures"
    passes = (
        stay("I50.20", **OUTPATIENT, lines=(room(procedure="G0101", service_date="2026-01-03"),)),
        stay("I50.20", **OUTPATIENT),
    )
    fails = (stay("I50.20", **OUTPATIENT, lines=(room(procedure="G0101"),)),)

    def check(self, claim: InstitutionalClaim, _context: Context[InstitutionalClaim]) -> Iterator[Finding]:
        """Check each line with a procedure."""
        days = claim.statement_dates
        if not isinstance(days, DateRange) or first_day(days) == last_day(days):
            return
        for number, each in enumerate(claim.lines):
            if each.procedure and each.service_date is None:
                message = f"Line {number + 1} has no date of service; the bill covers several days."
                yield self.fail(f"lines[{number}].service_date", str(each.procedure.code), message)


@final
class DrugLineWithoutProcedure(Edit[InstitutionalClaim]):
    """A line of drugs that require detailed coding has no procedure code.

    Why: revenue code 0636 is for drugs that need detailed coding.
    Fix: add the HCPCS code of the drug, or use the general revenue code of drugs.
    """

    id, name, snip = "CLM72", "drug-line-without-procedure", 4
    ack = "A7:507"
    carc = ("16",)
    rarc = ("M20",)
    source = Source("CMS", "Medicare Claims Processing Manual, Pub. 100-04, chapter 17: drugs")
    severity = Severity.WARNING
    settings = (Setting.OUTPATIENT,)
    passes = (
        stay(
            "I50.20",
            **OUTPATIENT,
            lines=(room(revenue_code="0636", procedure="J1885", service_date="2026-01-03"),),
        ),
    )
    fails = (stay("I50.20", **OUTPATIENT, lines=(room(revenue_code="0636"),)),)

    def concerns_line(self, line: LineKey, /) -> bool:
        """Whether a line is of such drugs."""
        return line.revenue_code == CODED_DRUGS

    def check(self, claim: InstitutionalClaim, _context: Context[InstitutionalClaim]) -> Iterator[Finding]:
        """Check each line of such drugs."""
        for number, each in enumerate(claim.lines):
            if each.revenue_code == CODED_DRUGS and each.procedure is None:
                message = f"Line {number + 1} has revenue code 0636, which needs the HCPCS code of the drug."
                yield self.fail(f"lines[{number}].procedure", CODED_DRUGS, message)


@final
class TotalAsLine(Edit[InstitutionalClaim]):
    """The total of the paper form is among the lines.

    Why: revenue code 0001 is the last line of the paper form and holds the total; in an electronic
    claim the total has its own place, so such a line counts every charge twice.
    Fix: remove the line; a service has its own revenue code.
    """

    id, name, snip = "CLM81", "total-as-line", 4
    ack = "A7:455"
    carc = ("16",)
    rarc = ("M50",)
    source = Source("CMS", MANUAL, section="75.4")
    settings = INSTITUTIONAL
    passes = (stay("I50.20"),)
    fails = (stay("I50.20", lines=(room(), room(revenue_code=TOTAL_LINE))),)

    def concerns_line(self, line: LineKey, /) -> bool:
        """Whether a line is the total."""
        return line.revenue_code == TOTAL_LINE

    def check(self, claim: InstitutionalClaim, _context: Context[InstitutionalClaim]) -> Iterator[Finding]:
        """Check the revenue code of each line."""
        for number, each in enumerate(claim.lines):
            if each.revenue_code == TOTAL_LINE:
                fix = Fix(
                    "Remove the line.", f"lines[{number}]", REMOVE, kind=FixKind.CHOICE, options=(REMOVE,)
                )
                message = (
                    f"Line {number + 1} is the total of the paper form (revenue code 0001), not a service."
                )
                yield self.fail(f"lines[{number}].revenue_code", TOTAL_LINE, message, fix=fix)
