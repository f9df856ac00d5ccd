"""ICD15: a line of several days during which its diagnosis ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from medcode.claims.model.base import DateRange
from medcode.claims.model.claim import ProfessionalClaim
from medcode.codesets.base import Status
from medcode.edits.base import Edit
from medcode.edits.examples import line, visit
from medcode.edits.judged import judge
from medcode.edits.setting import Setting
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["SpanCrossesChange"]

CROSSING = ("2026-09-28", "2026-10-03")


@final
class SpanCrossesChange(Edit[ProfessionalClaim]):
    """A diagnosis ends before the last day of the line that points to it.

    Why: the code is judged on the first day of the line, so it is valid; a payer that judges the last
    day rejects it.
    Fix: split the line at the change, and code each part as of its own days.
    """

    id, name, snip = "ICD15", "span-crosses-change", 5
    ack = "A7:255"
    carc = ("146",)
    rarc = ("M76",)
    source = Source("CMS", "Medicare Claims Processing Manual, Pub. 100-04, chapter 23", section="10.6")
    severity = Severity.WARNING
    settings = (Setting.PROFESSIONAL,)
    requires = ("day",)
    tables = ("icd10cm",)
    applies_to = ("spans", "undated")
    passes = (visit("I42.9", lines=(line(service_date=CROSSING),)),)
    fails = (visit("I42.0", lines=(line(service_date=CROSSING),)),)

    def check(self, claim: ProfessionalClaim, _context: Context[ProfessionalClaim]) -> Iterator[Finding]:
        """Report each line whose diagnosis is billable on its first day and not on its last."""
        for number, service in enumerate(claim.lines):
            span = service.service_date
            if not isinstance(span, DateRange):
                continue
            for pointer in service.diagnosis_pointers:
                if not isinstance(pointer, int) or not 1 <= pointer <= len(claim.diagnoses):
                    continue
                code = claim.diagnoses[pointer - 1].code
                first, last = (judge("", code, day) for day in (span.start, span.end))
                if first.status is Status.BILLABLE and last.status not in {
                    Status.BILLABLE,
                    Status.OUT_OF_RANGE,
                }:
                    message = f"{first.shown} is valid on the first day of line {number + 1}, {span.start}, and not on the last, {span.end}; split the line."
                    yield self.fail(f"lines[{number}].service_date", code, message)
