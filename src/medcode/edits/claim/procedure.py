"""CLM04: a line without a procedure code."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import ProfessionalClaim
from medcode.claims.model.dental import DentalClaim
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
class LineWithoutProcedure(Edit[ProfessionalClaim | DentalClaim]):
    """A line has no procedure code.

    Why: a professional service is paid by its HCPCS or CPT code; a line without one cannot be.
    Fix: add the procedure code.
    """

    id, name, snip = "CLM04", "line-without-procedure", 4
    ack = "A7:454"
    carc = ("16",)
    rarc = ("M20", "M51")
    source = Source("X12", "005010X222A1", section="2400 SV101")
    settings = (Setting.PROFESSIONAL, Setting.DENTAL)
    yields_to = ("X051",)
    segments = frozenset({"SV1", "SV3"})
    applies_to = "unnamed"
    passes = (visit(),)
    fails = (visit(lines=(line(""),)),)

    def check(
        self, claim: ProfessionalClaim | DentalClaim, _context: Context[ProfessionalClaim | DentalClaim]
    ) -> Iterator[Finding]:
        """Report each line whose code is empty."""
        for number, service in enumerate(claim.lines):
            if service.procedure and not service.procedure.code.strip():
                yield self.fail(
                    f"lines[{number}].procedure.code", None, f"Line {number + 1} has no procedure code."
                )
