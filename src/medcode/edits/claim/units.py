"""CLM05 and CLM78: a line of no units, or of units that no payer reads."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import ProfessionalClaim
from medcode.edits.base import Edit
from medcode.edits.examples import line, visit
from medcode.findings import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["QuantityTooFine", "ZeroUnits"]


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
    needs = ("quantities",)
    passes = (visit(), visit(lines=(line(quantity="0.5"),)))
    fails = (visit(lines=(line(quantity=0),)),)

    def check(self, claim: ProfessionalClaim, _context: Context) -> Iterator[Finding]:
        """Report each line whose quantity is not above zero."""
        for number, service in enumerate(claim.lines):
            if isinstance(service.quantity, Decimal) and service.quantity <= 0:
                yield self.fail(
                    f"lines[{number}].quantity", None, f"Line {number + 1} bills {service.quantity} units."
                )


@final
class QuantityTooFine(Edit[ProfessionalClaim]):
    """A quantity has more digits than a payer reads.

    Why: units go to three decimal places, and to eight digits before and behind the point.
    Cure: round the quantity.
    """

    id, name, snip = "CLM78", "quantity-too-fine", 4
    source = Source("X12", "RFI 2072: digits of SV104")
    needs = ("quantities",)
    passes = (visit(lines=(line(quantity="0.125"),)),)
    fails = (visit(lines=(line(quantity="0.1255"),)),)

    def check(self, claim: ProfessionalClaim, _context: Context) -> Iterator[Finding]:
        """Count the digits of each quantity."""
        for number, service in enumerate(claim.lines):
            quantity = service.quantity
            if isinstance(quantity, Decimal) and is_too_fine(quantity):
                yield self.fail(
                    f"lines[{number}].quantity", None, f"Line {number + 1} bills {quantity} units."
                )


@lru_cache(maxsize=1024)
def is_too_fine(quantity: Decimal) -> bool:
    """Say whether a quantity has more than three decimals or eight digits.

    >>> is_too_fine(Decimal("100")), is_too_fine(Decimal("0.1255")), is_too_fine(Decimal("123456789"))
    (False, True, True)
    """
    _, digits, exponent = quantity.normalize().as_tuple()
    assert isinstance(exponent, int)  # noqa: S101  # a quantity of a claim is finite
    return -exponent > DECIMALS or len(digits) + max(exponent, 0) > DIGITS


DECIMALS, DIGITS = 3, 8
