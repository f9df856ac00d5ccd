"""CLM01: a line points to a diagnosis that is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import ProfessionalClaim
from medcode.edits.base import Edit
from medcode.edits.examples import dental, filling, line, visit
from medcode.edits.setting import Setting
from medcode.findings import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["PointerToNothing"]


@final
class PointerToNothing(Edit[ProfessionalClaim]):
    """A line points to a diagnosis that the claim does not list.

    Why: a diagnosis pointer is the number of a diagnosis on the same claim, counted from 1.
    Cure: list the diagnosis, or point to one that is listed.
    """

    id, name, snip = "CLM01", "pointer-to-nothing", 4
    source = Source("X12", "005010X222A1", section="2400 SV107")
    settings = (Setting.PROFESSIONAL, Setting.DENTAL)
    passes = (visit("E11.9", "I10", lines=(line(diagnosis_pointers=(2, 1)),)),)
    fails = (
        dental("K02.9", lines=(filling(diagnosis_pointers=(2,)),)),
        visit("E11.9", "I10", lines=(line(diagnosis_pointers=(3,)),)),
    )

    def check(self, claim: ProfessionalClaim, _context: Context) -> Iterator[Finding]:
        """Report each pointer outside of the list."""
        count = len(claim.diagnoses)
        for number, service in enumerate(claim.lines):
            for place, pointer in enumerate(service.diagnosis_pointers):
                if not (isinstance(pointer, int) and 1 <= pointer <= count):
                    message = f"Pointer {pointer} leads to no diagnosis; the claim lists {count}."
                    yield self.fail(f"lines[{number}].diagnosis_pointers[{place}]", str(pointer), message)
