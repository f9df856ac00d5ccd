"""SEX01: a diagnosis that the patient's sex rules out, outside of a hospital stay; until 2024-09-30."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import Claim
from medcode.edits.base import Edit
from medcode.edits.examples import visit
from medcode.edits.setting import Setting
from medcode.findings import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.model.line import Line
    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["DiagnosisSex", "sex_is_waived"]

OTHER = {"M": "female", "F": "male"}


@final
class DiagnosisSex(Edit[Claim]):
    """A diagnosis does not occur in a patient of this sex.

    Why: until 2024-09-30 CMS listed diagnoses of one sex only; condition code 45 or modifier KX
    says that the sex on file is no error.
    Fix: correct the sex or the diagnosis; where both are right, add modifier KX or condition code 45.
    """

    id, name, snip = "SEX01", "diagnosis-sex-conflict", 5
    ack = "A7:86"
    carc = ("10",)
    source = Source("CMS", "Definitions of Medicare Code Edits", edition="v41.1", section="Sex conflict")
    settings = (Setting.PROFESSIONAL, Setting.OUTPATIENT, Setting.DENTAL)
    until = date(2024, 9, 30)
    requires = ("day", "sex")
    tables = ("icd10cm", "icd9cm")
    passes = (visit("O80", on="2024-09-30", sex="F"), visit("O80", on="2024-10-01", sex="M"))
    fails = (visit("N76.0", on="2024-09-30", sex="M"), visit("N40.0", on="2024-09-30", sex="F"))

    def check(self, claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Report each diagnosis of the other sex, or that the claim waives the conflict."""
        wrong = OTHER.get(claim.patient.sex or "")
        if wrong is None:
            yield self.unchecked("patient.sex", None, "Not checked: the patient's sex is neither M nor F.")
            return
        for judged in context.diagnoses:
            if wrong in judged.flags:
                message = f"{judged.shown} is a diagnosis of {wrong} patients only."
                give = self.bypass if sex_is_waived(claim) else self.fail
                yield give(judged.path, judged.code, message)


def sex_is_waived(claim: Claim) -> bool:
    """Whether the claim states that a conflict with the sex is no error: modifier KX or condition code 45."""
    conditions = (getattr(each, "code", each) for each in getattr(claim, "condition_codes", ()))
    return "45" in conditions or any("KX" in modifiers(line) for line in claim.lines)


def modifiers(line: Line) -> tuple[str, ...]:
    """Return the modifiers of a line's procedure, none where it has no procedure."""
    return line.procedure.modifiers if line.procedure else ()
