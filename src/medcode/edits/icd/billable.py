"""ICD01: a diagnosis code that could not be billed on the day of the care."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, final

from medcode.claims.model.claim import Claim
from medcode.claims.model.diagnosis import Snodent
from medcode.codesets.base import Status
from medcode.codesets.icd10pcs import icd10pcs
from medcode.edits.base import Edit
from medcode.edits.examples import dental, visit
from medcode.edits.icd.hint import hint, meant
from medcode.edits.judged import judge
from medcode.findings import Fix, FixKind, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.codesets.base import CodeSet
    from medcode.codesets.code import Code, Malformed
    from medcode.edits.context import Context
    from medcode.edits.judged import JudgedCode
    from medcode.findings import Finding

__all__ = ["BillableOnDate", "fix_for", "reason"]

MANY = 16  # more codes than the 7th characters of a fracture are not listed in a message


@final
class BillableOnDate(Edit[Claim]):
    """A diagnosis or inpatient procedure code could not be billed on the day of the care.

    Why: a medical code must be valid, and complete, on the day the care was given; codes begin and
    end on 1 October, on 1 April and in between.
    Fix: take a code that was valid on that day; the finding names the successors or the codes below.
    """

    id, name, snip = "ICD01", "code-not-billable", 5
    ack = "A7:255"
    carc = ("146", "16")
    rarc = ("M76", "M64")
    source = Source("HHS", "45 CFR 162.1000 and 162.1002", section="162.1000(a)")
    requires = ("day",)
    yields_to = ("MCE01", "OCE01")
    tables = ("icd10cm", "icd10pcs", "icd9cm", "icd9cm_procedures")
    passes = (visit("M54.50", on="2021-10-01"), visit("M54.5", on="2021-09-30"))
    fails = (dental("E11"), visit("M54.5", on="2021-10-01"), visit("E11"), visit("T36.01XA"), visit("E11..9"))

    def concerns_code(self, code: Code | Malformed, status: Status, _flags: frozenset[str], /) -> bool:
        """Whether a code is not billable on a day, or cannot be looked up."""
        is_billable = status is Status.BILLABLE
        return not is_billable or isinstance(code, Snodent)

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Report each code whose status on its day is not billable."""
        for judged in (*context.diagnoses, *others(context)):
            if judged.status is Status.BILLABLE:
                continue
            if judged.status in UNKNOWABLE:
                yield self.unchecked(
                    judged.path,
                    judged.code,
                    UNKNOWABLE[judged.status].format(judged.code_set.name, judged.day),
                )
            else:
                yield self.fail(judged.path, judged.code, reason(judged), fix=fix_for(judged))
        for path, code in context.codes:
            if isinstance(code, Snodent):
                yield self.unchecked(path, code, "Not checked: there is no table of SNODENT codes.")


def others(context: Context[Claim]) -> list[JudgedCode]:
    """Return the judged reasons for the visit and procedures of an institution."""
    day = context.day
    if day is None or not context.is_institutional:
        return []
    reasons = [judge(path, code, day) for path, code in context.reasons]
    return reasons + [judge(path, code, day, icd10pcs) for path, code in context.procedures]


UNKNOWABLE = {
    Status.OUT_OF_RANGE: "Not checked: the table {0} does not cover {1}. Load a release that does.",
    Status.NOT_CHECKED: "Not checked: no table {0} is loaded. Add one.",
}


def reason(judged: JudgedCode) -> str:
    """Return why a code could not be billed on its day."""
    shown = judged.shown
    label = judged.code_set.code_type.label
    if judged.status is Status.MALFORMED:
        return f"'{shown}' is not a valid {label} code.{hint(judged)}"
    if judged.status is Status.UNKNOWN:
        return f"{shown} is not in any release of {label}.{hint(judged)}"
    concept = judged.code_set.concept(judged.code, judged.day)
    if judged.status is Status.NOT_YET:
        return f"{shown} is valid from {concept.start}, not yet on {judged.day}."
    ended = (
        f" since {concept.end + timedelta(days=1)}" if was_billable(concept.intervals) and concept.end else ""
    )
    if judged.status is Status.DELETED:
        return f"{shown} is deleted{ended}; it was valid from {concept.start} to {concept.end}."
    return f"{shown} is a heading{ended}, not billable on {judged.day}; code it with more characters."


def was_billable(intervals: tuple[Any, ...]) -> bool:
    """Whether a code could be billed on any day."""
    return any(interval.billable for interval in intervals)


def fix_for(judged: JudgedCode) -> Fix | None:
    """Return the fix of a code: the one that was meant, or the choice of those that replace it on the day."""
    if judged.status in {Status.UNKNOWN, Status.MALFORMED} and (near := meant(judged)):
        options = tuple(each.replace(".", "") for each in near)
        one = options[0] if len(options) == 1 else None
        kind = FixKind.SAFE if one else FixKind.CHOICE
        return Fix(
            f"Replace with {'|'.join(near)}.",
            judged.path,
            one,
            old=str(judged.code),
            options=options,
            kind=kind,
        )
    if judged.status not in {Status.DELETED, Status.HEADER}:
        return None
    codes = successors(judged.code_set, judged.code, judged)
    if not codes or len(codes) > MANY:
        return None
    words = "|".join(code.dotted for code in codes)
    return Fix(
        f"Replace with {words}.",
        judged.path,
        str(codes[0]) if len(codes) == 1 else None,
        old=str(judged.code),
        options=tuple(map(str, codes)),
        kind=FixKind.CHOICE,
    )


def successors(code_set: CodeSet[Any], code: str, judged: JudgedCode) -> list[Code]:
    """Return the billable codes that replaced a code, else those below it."""
    after = getattr(code_set, "successors", None)
    found = list(after(code)) if after else []
    found = found or list(code_set.descendants(code, judged.day))
    return [each for each in found if code_set.status(each, judged.day) is Status.BILLABLE]
