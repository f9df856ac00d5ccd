"""The two ends of a date of a claim: a day, a moment, a span of days, or nothing readable."""

from __future__ import annotations

from datetime import date, datetime

from medcode.claims.model.base import DateRange

__all__ = ["day_of", "first_day", "is_inside", "last_day", "plain_day", "unread"]


def first_day(value: object) -> date | None:
    """Return the day, or the first day of a span; None for what is absent or not a date.

    >>> first_day(DateRange(date(2026, 9, 28), date(2026, 10, 3)))
    datetime.date(2026, 9, 28)
    """
    return value.start if isinstance(value, DateRange) else plain_day(value)


def last_day(value: object) -> date | None:
    """Return the day, or the last day of a span; None for what is absent or not a date.

    >>> last_day(datetime(2026, 1, 5, 14, 30)), last_day(None)
    (datetime.date(2026, 1, 5), None)
    """
    return value.end if isinstance(value, DateRange) else plain_day(value)


def plain_day(value: object) -> date | None:
    """Return the day of a date or a moment; None for anything else."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def day_of(on: date | None) -> date | None:
    """Return the day that a caller passed, or None. Raises TypeError for anything but a date.

    >>> day_of("2026-01-05")
    Traceback (most recent call last):
    TypeError: a day must be a date, not str
    """
    day = plain_day(on)
    if day is None and on is not None:
        raise TypeError(f"a day must be a date, not {type(on).__name__}")
    return day


def unread(path: str) -> str:
    """Return the message for a date that cannot be read, and what to do.

    >>> unread("admission")
    'Not checked: the date cannot be read. Set admission to a date.'
    """
    return f"Not checked: the date cannot be read. Set {path} to a date."


def is_inside(inner: object, outer: object) -> bool:
    """Whether a day or span lies within another; an unknown end counts as inside.

    >>> is_inside(date(2026, 1, 5), DateRange(date(2026, 1, 1), date(2026, 1, 4)))
    False
    """
    ends = (first_day(outer), first_day(inner), last_day(inner), last_day(outer))
    known = [end for end in ends if end]
    return known == sorted(known)
