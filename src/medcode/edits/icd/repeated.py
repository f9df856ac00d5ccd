"""ICD03: a repeated diagnosis."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import Claim
from medcode.edits.base import Edit
from medcode.edits.examples import visit
from medcode.edits.fixes import REMOVE
from medcode.edits.judged import shown
from medcode.edits.setting import Setting
from medcode.findings import Fix, FixKind, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["RepeatedDiagnosis"]


@final
class RepeatedDiagnosis(Edit[Claim]):
    """A diagnosis is listed twice.

    Why: each code is reported once for an encounter, whatever number of conditions or sides it
    stands for; payers' front ends reject a repeated one.
    Fix: remove the repeated code and let the lines point to the first.
    """

    id, name, snip = "ICD03", "repeated-diagnosis", 4
    ack = "A7:255"
    carc = ("16",)
    rarc = ("M76",)
    source = Source(
        "CMS and NCHS", "ICD-10-CM Official Guidelines for Coding and Reporting", section="I.B.12"
    )
    applies_to = "repeated_diagnoses"
    passes = (visit("E11.9", "I10"),)
    fails = (visit("E11.9", "I10", "E11.9"),)

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Report each repetition after the first; in a stay, that of the principal is the MCE's to report."""
        codes = [code for _, code in context.codes]
        for number, (path, code) in enumerate(context.codes):
            first = codes.index(code)
            if code.strip() and first < number and not (first == 0 and context.setting is Setting.INPATIENT):
                fix = removal(path, context)
                yield self.fail(path, code, f"{shown(code)} is already diagnosis {first + 1}.", fix=fix)


def removal(path: str, context: Context[Claim]) -> Fix:
    """Return the fix that removes a diagnosis; what it says of its own stays a person's affair."""
    at = path.removesuffix(".code")
    institutional = context.institutional
    kind = FixKind.CHOICE if institutional else FixKind.SAFE
    options = (REMOVE,) if institutional else ()
    return Fix("Remove the repeated diagnosis.", at, REMOVE, options=options, kind=kind)
