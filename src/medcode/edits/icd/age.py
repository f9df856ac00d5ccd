"""AGE01: a diagnosis that the patient's age rules out, outside of a hospital stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import Claim
from medcode.edits.base import Edit
from medcode.edits.examples import visit
from medcode.edits.mce.ages import AGE_FLAGS, ages
from medcode.edits.setting import Setting
from medcode.findings import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.codesets.code import Code, Malformed
    from medcode.codesets.concept import Status
    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["DiagnosisAge"]


@final
class DiagnosisAge(Edit[Claim]):
    """A diagnosis does not occur at the patient's age.

    Why: CMS lists newborn, pediatric, maternity and adult diagnoses with the ages they can occur at.
    Fix: correct the birth date or the diagnosis.
    """

    id, name, snip = "AGE01", "diagnosis-age-conflict", 5
    code_flags = AGE_FLAGS
    yields_to = ("OCE02",)
    ack = "A7:255"
    carc = ("9",)
    source = Source("CMS", "Definitions of Medicare Code Edits", edition="v44.0", section="Age conflict")
    settings = (Setting.PROFESSIONAL, Setting.OUTPATIENT, Setting.DENTAL)
    requires = ("day", "birth_date")
    tables = ("icd10cm", "icd9cm")
    passes = (visit("O80", age=30), visit("P07.30", age=40))
    fails = (visit("E84.11", age=65), visit("N40.0", age=14, sex="M"))

    def concerns_code(self, _code: Code | Malformed, _status: Status, flags: frozenset[str], /) -> bool:
        """Whether a diagnosis has a group of ages."""
        return bool(flags & AGE_FLAGS)

    def check(self, claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Report each diagnosis of an age group that the patient is not in."""
        for judged in context.diagnoses:
            groups = judged.flags & AGE_FLAGS
            if not groups:
                continue
            age = claim.patient.age(judged.day)
            for group in sorted(groups):
                low, high = ages(group, judged.day)
                if age is not None and not low <= age <= high:
                    message = f"{judged.shown} is a diagnosis of the {group} group, ages {low} to {high}; the patient is {age}."
                    yield self.fail(judged.path, judged.code, message)
