"""What all parts of a claim share: a quiet repr, `evolve`, and how typed values are taken in.

A part is frozen. What a person types is turned into its type here and nowhere else; a text
that cannot be is kept as `Malformed`, so that a wrong claim can be held, checked and shown.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from medcode.codesets.base import Malformed

if TYPE_CHECKING:
    from typing import Self

__all__ = [
    "ONE",
    "PHI",
    "Date",
    "DateRange",
    "Day",
    "Money",
    "Part",
    "day",
    "money",
    "optional_day",
    "optional_money",
    "optional_period",
    "period",
]

PHI = {"phi": True}
"""Metadata of a field that identifies a person: its value never shows in a repr."""

Money: TypeAlias = Decimal | Malformed
"""US dollars, or a quantity, exact; `Malformed` where the text is no number."""

ONE = Decimal(1)

Day: TypeAlias = date | Malformed
"""A calendar day; `Malformed` where the text is none."""


class Part:
    """The base of every part of a claim."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Show what is set; identifying values show as `…`."""
        shown = []
        for field in attrs.fields(type(self)):  # type: ignore[arg-type]  # every subclass is an attrs class
            value = getattr(self, field.name)
            if value != field.default:
                shown.append(f"{field.name}={'…' if field.metadata.get('phi') else repr(value)}")
        return f"{type(self).__name__}({', '.join(shown)})"

    def evolve(self, **changes: Any) -> Self:
        """Give a copy with `changes`; a field that does not exist raises TypeError."""
        return attrs.evolve(self, **changes)  # type: ignore[misc]  # as above


@attrs.frozen(repr=False)
class DateRange(Part):
    """A span of days, both ends included.

    >>> DateRange(date(2026, 1, 5), date(2026, 1, 7)).days
    3
    """

    start: date = attrs.field(metadata=PHI)
    end: date = attrs.field(metadata=PHI)

    @property
    def days(self) -> int:
        """How many days the span covers."""
        return (self.end - self.start).days + 1


Date: TypeAlias = date | DateRange | Malformed
"""A day or a span of days."""

_NUMBER = re.compile(r"-?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)", re.ASCII)


def money(value: Decimal | int | str) -> Money:
    """Take in an amount or quantity: a Decimal, an int or a plain decimal text; never a float.

    >>> money("125.50"), money(3), money("1,000")
    (Decimal('125.50'), Decimal('3'), Malformed('1,000'))
    """
    if type(value) is Decimal or isinstance(value, Malformed):
        return value
    if isinstance(value, bool) or not isinstance(value, (int, str, Decimal)):
        raise TypeError(
            f"an amount is a Decimal, an int or a text such as '125.50', not {type(value).__name__}"
        )
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        return Malformed(value)
    return Decimal(value)


def optional_money(value: Decimal | int | str | None) -> Money | None:
    """Take in an amount that may be absent."""
    return None if value is None else money(value)


def day(value: date | str) -> Day:
    """Take in a day: a date, or a text such as `2026-01-05` or `20260105`.

    >>> day("20260105"), day("2026-02-30")
    (datetime.date(2026, 1, 5), Malformed('2026-02-30'))
    """
    if type(value) is date or isinstance(value, Malformed):
        return value
    given: object = value
    if isinstance(given, datetime) or not isinstance(given, (date, str)):
        raise TypeError(f"a day is a date or a text such as '2026-01-05', not {type(value).__name__}")
    if isinstance(value, date):
        return value
    match = _DAY.fullmatch(value)
    try:
        return date(*map(int, match.groups())) if match else Malformed(value)
    except ValueError:
        return Malformed(value)


def optional_day(value: date | str | None) -> Day | None:
    """Take in a day that may be absent."""
    return None if value is None else day(value)


def period(value: date | DateRange | tuple[date | str, date | str] | str) -> Date:
    """Take in a day or a span: a date, a DateRange, a pair of days, or `20260105-20260107`."""
    if isinstance(value, DateRange):
        return value
    if isinstance(value, tuple):
        start, end = (day(part) for part in value)
        if isinstance(start, Malformed) or isinstance(end, Malformed):
            return Malformed(f"{start}-{end}")
        return DateRange(start, end)
    if isinstance(value, str) and not isinstance(value, Malformed) and (ends := _SPAN.fullmatch(value)):
        span = period((ends[1], ends[2]))
        return Malformed(value) if isinstance(span, Malformed) else span
    return day(value)


def optional_period(value: date | DateRange | tuple[date | str, date | str] | str | None) -> Date | None:
    """Take in a day or a span that may be absent."""
    return None if value is None else period(value)


_SPAN = re.compile(r"(\d{8})-(\d{8})", re.ASCII)
