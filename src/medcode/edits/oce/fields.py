"""Fields of a bill as CMS's program reads them: anything may be in them, and each gives a value or none."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

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
    try:
        return int(text(value) or "")
    except ValueError:
        return None


def amount(value: object) -> Decimal:
    """Return a charge; 0 for what is blank, negative or no number."""
    try:
        charge = Decimal(text(value) or 0)
    except InvalidOperation:
        return Decimal(0)
    return charge if charge.is_finite() and charge > 0 else Decimal(0)


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
