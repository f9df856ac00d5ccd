"""What the Medicare Code Editor is asked, and what it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

__all__ = ["Stay", "StayResult"]


@attrs.frozen(kw_only=True)
class Stay:
    """A hospital stay as the editor sees it; nothing is validated here, for that is the editor's work.

    `age` is in completed years at admission, `length_of_stay` in days; `sex` is M, F or U;
    `discharge_status` the two digits of the claim. Codes may come with or without the dot and in
    any case; they are ICD-10 from discharges of 2015-10-01, ICD-9 before.

    >>> from datetime import date
    >>> Stay(discharge_date=date(2025, 1, 1), age=65, sex="M", principal="I50.20").secondary
    ()
    """

    discharge_date: date = attrs.field(repr=False)
    principal: str
    age: int | None = None
    sex: str = "U"
    discharge_status: str = "01"
    length_of_stay: int | None = None
    admitting: str | None = None
    secondary: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()


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
