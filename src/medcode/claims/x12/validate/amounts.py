"""What the rules of payers' answers share: amounts and days of texts, and which faults explain which sums."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING

from medcode.claims.x12.text.values import read_day, read_decimal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

__all__ = ["NOTHING", "add", "amount_at", "day_at", "explains", "plus", "shown", "stated_at", "text_at"]

NOTHING = Decimal(0)
_CENTS = -2
_MOST_FAULTS = 8


def text_at(elements: list[str], at: int) -> str:
    """Return the text of an element, by its number; empty if the segment ends before it."""
    return elements[at] if at < len(elements) else ""


def stated_at(elements: list[str], at: int) -> Decimal | None:
    """Return the amount of an element; None if it is absent, not a number, or finer than cents, which is found as such.

    >>> stated_at(["SVC", "HC:99213", "125.5"], 2), stated_at(["SVC"], 2), stated_at(["SVC", "", "x"], 2)
    (Decimal('125.5'), None, None)
    """
    value = read_decimal(elements[at]) if at < len(elements) else None
    if not isinstance(value, Decimal):
        return None
    exponent = value.normalize().as_tuple().exponent
    return None if isinstance(exponent, int) and exponent < _CENTS else value


def amount_at(elements: list[str], at: int) -> Decimal | None:
    """Return the amount of an element, 0 if it is absent; None if it is not a number.

    >>> amount_at(["SVC"], 2), amount_at(["SVC", "", "x"], 2)
    (Decimal('0'), None)
    """
    return stated_at(elements, at) if text_at(elements, at) else NOTHING


def day_at(elements: list[str], at: int) -> date | None:
    """Return the day of an element (CCYYMMDD); None if it is absent or not a day."""
    value = read_day(text_at(elements, at))
    return None if isinstance(value, str) else value


def plus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    """Return the sum of two amounts; None if one of them could not be read."""
    return None if one is None or other is None else one + other


def add(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum of amounts; None if one of them could not be read."""
    total = NOTHING
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total


def explains(faults: list[Decimal], off: Decimal) -> bool:
    """Whether some of the faults together make up a difference, which then needs no finding of its own.

    >>> explains([Decimal(5), Decimal(-2)], Decimal(3)), explains([Decimal(5)], Decimal(3))
    (True, False)
    """
    few = faults if len(faults) <= _MOST_FAULTS else [add(faults) or NOTHING]
    return any(sum(some) == off for size in range(1, len(few) + 1) for some in combinations(few, size))


def shown(amount: Decimal) -> str:
    """Return an amount with its cents.

    >>> shown(Decimal("-1250.5"))
    '-1250.50'
    """
    return f"{amount:.2f}"
