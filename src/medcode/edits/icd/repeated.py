"""ICD03: the same diagnosis twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, final

from medcode.edits.base import Edit
from medcode.edits.examples import visit
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

    def check(self, claim: Any, _context: Context) -> Iterator[Finding]:
        """Report each repetition after the first."""
        codes = [diagnosis.code for diagnosis in claim.diagnoses]
        if len(set(codes)) == len(codes):
            return
        for number, code in enumerate(codes):
            if (first := codes.index(code)) < number:
                fix = Fix("Take the repeated diagnosis out.", f"diagnoses[{number}]")
                yield self.fail(
                    f"diagnoses[{number}].code", code, f"This is diagnosis {first + 1} already.", fix=fix
                )
