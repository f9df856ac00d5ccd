"""ICD03: the same diagnosis twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, final

from medcode.edits.base import Edit
from medcode.edits.examples import visit
from medcode.edits.setting import Setting
from medcode.findings import Fix, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["RepeatedDiagnosis"]


@final
class RepeatedDiagnosis(Edit[Any]):
    """A diagnosis stands on the claim twice.

    Why: each code is reported once for an encounter, whatever number of conditions or sides it
    stands for; payers' front ends reject a repeated one.
    Cure: take the repeated code out and let the lines point to the first.
    """

    id, name, snip = "ICD03", "repeated-diagnosis", 4
    source = Source(
        "CMS and NCHS", "ICD-10-CM Official Guidelines for Coding and Reporting", section="I.B.12"
    )
    passes = (visit("E11.9", "I10"),)
    fails = (visit("E11.9", "I10", "E11.9"),)

    def check(self, _claim: Any, context: Context) -> Iterator[Finding]:
        """Report each repetition after the first; in a stay, that of the principal is the MCE's to report."""
        codes = [code for _, code in context.codes]
        if len(set(codes)) == len(codes):
            return
        for number, (path, code) in enumerate(context.codes):
            first = codes.index(code)
            if code.strip() and first < number and not (first == 0 and context.setting is Setting.INPATIENT):
                fix = Fix("Take the repeated diagnosis out.", path.removesuffix(".code"))
                yield self.fail(path, code, f"This is diagnosis {first + 1} already.", fix=fix)
