"""CLM05 and CLM78: lines of zero units, or of too many digits."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import Claim
from medcode.edits.base import Edit
from medcode.edits.examples import line, visit
from medcode.findings import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["QuantityTooFine", "ZeroUnits"]


@final
class ZeroUnits(Edit[Claim]):
    """A line bills zero or negative units.

    Why: a service that was rendered counts at least part of a unit.
    Fix: state the units or minutes of the service.
    """

    id, name, snip = "CLM05", "zero-units", 4
    ack = "A7:476"
    carc = ("16",)
    rarc = ("M53",)
    source = Source(
        "CMS", "Medicare Claims Processing Manual, Pub. 100-04, chapter 26", section="10.4 item 24G"
    )
    requires = ("quantities",)
    applies_to = "lines.quantity"
    passes = (visit(), visit(lines=(line(quantity="0.5"),)))
    fails = (visit(lines=(line(quantity=0),)),)

    def check(self, claim: Claim, _context: Context[Claim]) -> Iterator[Finding]:
        """Report each line whose quantity is not above zero."""
        for number, service in enumerate(claim.lines):
            if isinstance(service.quantity, Decimal) and service.quantity <= 0:
                yield self.fail(
                    f"lines[{number}].quantity",
                    None,
                    f"Line {number + 1} bills {service.quantity} units; bill more than 0.",
                )


@final
class QuantityTooFine(Edit[Claim]):
    """A quantity has too many digits.

    Why: a quantity has at most three decimals and eight digits in all.
    Fix: round the quantity.
    """

    id, name, snip = "CLM78", "quantity-too-fine", 4
    ack = "A7:476"
    carc = ("16",)
    rarc = ("M53",)
    source = Source("X12", "RFI 2072: digits of SV104")
    requires = ("quantities",)
    applies_to = "lines.quantity"
    passes = (visit(lines=(line(quantity="0.125"),)),)
    fails = (visit(lines=(line(quantity="0.1255"),)),)

    def check(self, claim: Claim, _context: Context[Claim]) -> Iterator[Finding]:
        """Count the digits of each quantity."""
        for number, service in enumerate(claim.lines):
            quantity = service.quantity
            if isinstance(quantity, Decimal) and is_too_fine(quantity):
                yield self.fail(
                    f"lines[{number}].quantity",
                    None,
                    f"Line {number + 1} bills {quantity} units; at most 3 decimals and 8 digits are allowed.",
                )


@lru_cache(maxsize=1024)
def is_too_fine(quantity: Decimal) -> bool:
    """Whether a quantity has more than three decimals or eight digits.

    >>> is_too_fine(Decimal("100")), is_too_fine(Decimal("0.1255")), is_too_fine(Decimal("123456789"))
    (False, True, True)
    """
    _, digits, exponent = quantity.normalize().as_tuple()
    assert isinstance(exponent, int)  # noqa: S101  # a quantity of a claim is finite
    return -exponent > DECIMALS or len(digits) + max(exponent, 0) > DIGITS


DECIMALS, DIGITS = 3, 8
