"""Fields of a bill as CMS's program reads them: anything may be in them, and each gives a value or none."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from medcode import numbers
from medcode.codesets import store

__all__ = ["amount", "day", "number", "text"]


def text(value: object) -> str | None:
    """Return a field trimmed, None if it is blank.

    >>> text(" 131 "), text(""), text(None)
    ('131', None, None)
    """
    return None if value is None else str(value).strip() or None


def number(value: object) -> int | None:
    """Return a field as a whole number, None if it is blank or no number.

    >>> number("0450"), number("x")
    (450, None)
    """
    digits = text(value) or ""
    found = numbers.whole(digits.removeprefix("-"))
    return -found if found and digits.startswith("-") else found


def amount(value: object) -> Decimal:
    """Return a charge; 0 for what is blank, negative, no number, or has more than 18 digits before or after its point.

    >>> amount("125.50"), amount(Decimal("1E+2")), amount("1E999999999"), amount(-5)
    (Decimal('125.50'), Decimal('100'), Decimal('0'), Decimal('0'))
    """
    if isinstance(value, (Decimal, int, float)):
        charge = numbers.amount(value)
    else:
        charge = numbers.decimal(text(value) or "")
    return charge if charge and charge > 0 else Decimal(0)


def day(value: object) -> date | None:
    """Return a day from a date or from its eight digits, None for anything else.

    >>> day("20260105"), day("2026-13-05")
    (datetime.date(2026, 1, 5), None)
    """
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    digits = text(value) or ""
    if len(digits) != len("CCYYMMDD") or not (digits.isascii() and digits.isdigit()):
        return None
    try:
        return store.day(int(digits))
    except ValueError:
        return None
