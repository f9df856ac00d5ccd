"""Coordination of benefits: whether what another payer decided adds up.

Three equations, each with its two sides: a decision on a line makes up the line's charge, what a
payer paid for the claim follows from what it paid for the lines, and what it paid and adjusted makes
up the claim's total. An equation that a claim does not have the amounts for is None.

Source: X12 interpretations RFI 1115 and RFI 1294 on balancing of 005010X222A1, X223A2 and X224A2.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medcode.claims.model import Adjustment, Claim, Line, LineAdjudication, OtherPayer
    from medcode.claims.model.base import Money

__all__ = ["Balance", "claim_balance", "line_balance", "payment_balance"]


@attrs.frozen
class Balance:
    """An equation in US dollars: what the claim says, and what its other amounts make.

    >>> balance = Balance(Decimal("79.04"), Decimal("79.00"))
    >>> balance.holds, balance.difference
    (False, Decimal('0.04'))
    """

    stated: Decimal
    computed: Decimal

    @property
    def holds(self) -> bool:
        """Whether both sides are equal, to the cent."""
        return self.stated == self.computed

    @property
    def difference(self) -> Decimal:
        """What the claim says more than its other amounts make."""
        return self.stated - self.computed


def line_balance(line: Line, decision: LineAdjudication) -> Balance | None:
    """Check a payer's decision on a line: charge = paid + adjustments.

    None for a line that was bundled into another, whose decision is about more than its own charge.

    >>> from medcode.claims.model import Adjustment, LineAdjudication, ProfessionalLine
    >>> line = ProfessionalLine(procedure="99213", charge=43)
    >>> decision = LineAdjudication(payer_id="1", paid=40, adjustments=[Adjustment("CO", "42", 3)])
    >>> line_balance(line, decision).holds
    True
    """
    if decision.bundled_line is not None:
        return None
    return _balance([line.charge], [decision.paid, *_taken(decision.adjustments)])


def payment_balance(claim: Claim, other: OtherPayer) -> Balance | None:
    """Check what a payer paid for the claim: paid = sum of line payments - claim adjustments.

    None where the payer decided on no line: then the equation does not apply.
    """
    lines = [decision.paid for decision in _decisions(claim, other)]
    if not lines or other.paid is None:
        return None
    taken = _sum(_taken(other.adjustments))
    paid = _sum(lines)
    return None if taken is None or paid is None else _balance([other.paid], [paid - taken])


def claim_balance(claim: Claim, other: OtherPayer) -> Balance | None:
    """Check a payer's decision on the claim: total = paid + all adjustments of claim and lines.

    None where the payer does not say what it paid.
    """
    if other.paid is None:
        return None
    taken = [
        *_taken(other.adjustments),
        *(each for decision in _decisions(claim, other) for each in _taken(decision.adjustments)),
    ]
    return _balance([line.charge for line in claim.lines], [other.paid, *taken])


def _decisions(claim: Claim, other: OtherPayer) -> Iterator[LineAdjudication]:
    """Return the decisions of one payer on the lines."""
    for line in claim.lines:
        yield from (each for each in line.adjudications if each.payer_id == other.payer.payer_id)


def _taken(adjustments: Iterable[Adjustment]) -> list[Money]:
    return [adjustment.amount for adjustment in adjustments]


def _sum(amounts: Iterable[Money]) -> Decimal | None:
    """Add up amounts; None where one of them cannot be read."""
    known = list(amounts)
    read = [amount for amount in known if isinstance(amount, Decimal)]
    return sum(read, Decimal()) if len(read) == len(known) else None


def _balance(stated: Iterable[Money], computed: Iterable[Money]) -> Balance | None:
    left, right = _sum(stated), _sum(computed)
    return None if left is None or right is None else Balance(left, right)
