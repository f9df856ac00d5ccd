"""CLM04: a line that does not say what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import ProfessionalClaim
from medcode.edits.base import Edit
from medcode.edits.examples import line, visit
from medcode.edits.setting import Setting
from medcode.findings import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["LineWithoutProcedure"]


@final
class LineWithoutProcedure(Edit[ProfessionalClaim]):
    """A line has no procedure code.

    Why: a professional service is paid by its HCPCS or CPT code; a line without one cannot be.
    Cure: code what was done.
    """

    id, name, snip = "CLM04", "line-without-procedure", 4
    source = Source("X12", "005010X222A1", section="2400 SV101")
    settings = (Setting.PROFESSIONAL, Setting.DENTAL)
    yields_to = ("X051",)
    passes = (visit(),)
    fails = (visit(lines=(line(""),)),)

    def check(self, claim: ProfessionalClaim, _context: Context) -> Iterator[Finding]:
        """Report each line whose code is empty."""
        for number, service in enumerate(claim.lines):
            if not service.procedure.code.strip():
                yield self.fail(
                    f"lines[{number}].procedure.code", None, f"Line {number + 1} has no procedure code."
                )
