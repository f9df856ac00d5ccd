"""The two ends of what a claim gives as a date: a day, a moment, a span of days, or nothing readable."""

from __future__ import annotations

from datetime import date, datetime

from medcode.claims.model.base import DateRange

__all__ = ["first_day", "is_inside", "last_day", "plain_day", "unread", "wanted_day"]


def first_day(value: object) -> date | None:
    """Give the day, or the first day of a span; None for what is absent or no date.

    >>> first_day(DateRange(date(2026, 9, 28), date(2026, 10, 3)))
    datetime.date(2026, 9, 28)
    """
    return value.start if isinstance(value, DateRange) else plain_day(value)


def last_day(value: object) -> date | None:
    """Give the day, or the last day of a span; None for what is absent or no date.

    >>> last_day(datetime(2026, 1, 5, 14, 30)), last_day(None)
    (datetime.date(2026, 1, 5), None)
    """
    return value.end if isinstance(value, DateRange) else plain_day(value)


def plain_day(value: object) -> date | None:
    """Give the day of a date or a moment."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def wanted_day(on: date | None) -> date | None:
    """Take in the day of a call: a date, a moment's date, or None; TypeError for anything else.

    >>> wanted_day("2026-01-05")
    Traceback (most recent call last):
    TypeError: a day is wanted as a date, not str
    """
    day = plain_day(on)
    if day is None and on is not None:
        raise TypeError(f"a day is wanted as a date, not {type(on).__name__}")
    return day


def unread(path: str) -> str:
    """Say that a rule could not be applied for want of a day, and what would mend that.

    >>> unread("admission")
    'Not checked: the day cannot be read. Give admission as a date.'
    """
    return f"Not checked: the day cannot be read. Give {path} as a date."


def is_inside(inner: object, outer: object) -> bool:
    """Say whether a day or span lies within another; an end that is not known is no obstacle.

    >>> is_inside(date(2026, 1, 5), DateRange(date(2026, 1, 1), date(2026, 1, 4)))
    False
    """
    ends = (first_day(outer), first_day(inner), last_day(inner), last_day(outer))
    known = [end for end in ends if end]
    return known == sorted(known)
