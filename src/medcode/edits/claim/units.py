"""CLM05: a line of no units."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import ProfessionalClaim
from medcode.edits.base import Edit
from medcode.edits.examples import line, visit
from medcode.findings import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["ZeroUnits"]


@final
class ZeroUnits(Edit[ProfessionalClaim]):
    """A line bills no units, or fewer than none.

    Why: a service that was given counts at least part of a unit.
    Cure: state the units or minutes of the service.
    """

    id, name, snip = "CLM05", "zero-units", 4
    source = Source(
        "CMS", "Medicare Claims Processing Manual, Pub. 100-04, chapter 26", section="10.4 item 24G"
    )
    passes = (visit(), visit(lines=(line(quantity="0.5"),)))
    fails = (visit(lines=(line(quantity=0),)),)

    def check(self, claim: ProfessionalClaim, _context: Context) -> Iterator[Finding]:
        """Report each line whose quantity is not above zero."""
        for number, service in enumerate(claim.lines):
            if isinstance(service.quantity, Decimal) and service.quantity <= 0:
                yield self.fail(
                    f"lines[{number}].quantity", None, f"Line {number + 1} bills {service.quantity} units."
                )
