"""CLM02: the stated total is not the sum of the lines."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import Claim
from medcode.codesets.code import Malformed
from medcode.edits.base import Edit
from medcode.edits.examples import dental, visit
from medcode.findings import Fix, FixKind, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["ClaimTotal"]


UNREAD = "Not checked: the total cannot be read. Set stated_total to an amount, or leave it out."


@final
class ClaimTotal(Edit[Claim]):
    """The total of the claim is not the sum of its lines.

    Why: the total charge must equal the sum of the line charges, to the cent.
    Fix: leave the total out, so that it is added up, or correct the line that is wrong.
    """

    id, name, snip = "CLM02", "claim-total", 3
    ack = "A7:178"
    carc = ("16",)
    rarc = ("M54",)
    source = Source("X12", "RFI 1294: balancing of CLM02 and the lines")
    requires = ("total",)
    passes = (visit(), visit(stated_total="100.00"))
    fails = (dental(stated_total="90"), visit(stated_total="90"))

    def check(self, claim: Claim, _context: Context[Claim]) -> Iterator[Finding]:
        """Compare the total that a file stated with the sum."""
        stated = claim.stated_total
        if isinstance(stated, Decimal) and stated != claim.total:
            fix = Fix(
                f"State the sum of the lines, {claim.total:.2f}.",
                "stated_total",
                claim.total,
                old=stated,
                kind=FixKind.SAFE,
            )
            yield self.fail(
                "stated_total",
                None,
                f"The stated total is {stated:.2f}; the lines add up to {claim.total:.2f}.",
                fix=fix,
            )
        elif isinstance(stated, Malformed):
            yield self.unchecked("stated_total", None, UNREAD)
