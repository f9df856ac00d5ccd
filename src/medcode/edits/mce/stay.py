"""What the Medicare Code Editor is asked, and what it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from medcode.claims.model.base import day, helpful, listed
from medcode.codesets.base import Malformed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

__all__ = ["Stay", "StayResult"]


def _discharge(value: date | str) -> date:
    """Convert the day of discharge, without which nothing can be edited."""
    found = day(value)
    if isinstance(found, Malformed):
        raise TypeError("a day must be a date or a text such as '2026-01-05'")
    return found


def _years(value: int | str | None) -> int | None:
    """Convert an age or a number of days written as text; what is no number stays, for the editor refuses it."""
    return int(value) if isinstance(value, str) and value.isdecimal() else value  # type: ignore[return-value]  # as it says


def _status(value: str | int) -> str:
    """Convert a discharge status that a table keeps as a number to its two digits."""
    return f"{value:02}" if isinstance(value, int) else value


@helpful
@attrs.frozen(kw_only=True)
class Stay:
    """A hospital stay as the editor sees it; nothing is validated here, for that is the editor's work.

    `age` is in completed years at admission, `length_of_stay` in days; `sex` is M, F or U;
    `discharge_status` the two digits of the claim. Codes may come with or without the dot and in
    any case; they are ICD-10 from discharges of 2015-10-01, ICD-9 before. Raises TypeError for a field that does
    not exist and for a discharge that is no day.

    >>> from datetime import date
    >>> Stay(discharge_date=date(2025, 1, 1), age=65, sex="M", principal="I50.20").secondary
    ()
    """

    discharge_date: date = attrs.field(repr=False, converter=_discharge)
    principal: str
    age: int | None = attrs.field(default=None, converter=_years)
    sex: str = "U"
    discharge_status: str = attrs.field(default="01", converter=_status)
    length_of_stay: int | None = attrs.field(default=None, converter=_years)
    admitting: str | None = None
    secondary: tuple[str, ...] = attrs.field(default=(), converter=listed)
    procedures: tuple[str, ...] = attrs.field(default=(), converter=listed)


@attrs.frozen
class StayResult:
    """The edits of a stay, by CMS's own names.

    `counts` tells how often each edit was met, only those that were. `by_code` pairs each code that
    met one, in wire form and claim order, with the names; `admitting` has those of the admitting
    diagnosis, of which only an invalid code counts. `places` tells where each code of `by_code` stands,
    counted from 0 through principal, secondary diagnoses and procedures.
    """

    counts: Mapping[str, int]
    by_code: tuple[tuple[str, tuple[str, ...]], ...]
    admitting: tuple[str, ...] = ()
    places: tuple[int, ...] = attrs.field(default=(), eq=False, repr=False)
