"""The hours of a week that programs of mental health ask for.

Edits 95, 129.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from medcode.edits.oce.families.programs import DAY_DENIED, IOP, PHP
from medcode.edits.oce.fields import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.oce.families.programs import Program
    from medcode.edits.oce.line import Line
    from medcode.edits.oce.work import Work

HUNDREDTHS = (100, 25, 50, 75)  # of an hour, by the duration that a code has
WEEK = 7
LONGER_STAY = "MW"  # condition code: the patient goes on for the week that the bill ends in
HOURS_VALUE = "QA"  # value code: days and hours of the week that were on the bill before
ADJUSTMENTS = ("7", "G", "H", "I", "J", "L", "M", "Q")


def php_hours(work: Work) -> bool:
    """95: a week of partial hospitalization with fewer than 20 hours."""
    _weekly_hours(work, PHP)
    return False


def iop_hours(work: Work) -> bool:
    """129: a week of an intensive outpatient program with fewer than 9 hours.

    The editing ends here if the hours from the bill before (value code QA) cannot be read.
    """
    return not _weekly_hours(work, IOP)


def _weekly_hours(work: Work, program: Program) -> bool:
    frequency = work.bill_type[2:]
    if DAY_DENIED in work.met or frequency not in (*"1234", *ADJUSTMENTS):
        return True
    if frequency in ADJUSTMENTS and LONGER_STAY not in work.conditions:
        return True
    before = _hours_before(work)
    if before is None:
        return False
    weeks = list(_weeks(work, program, before))
    complete = [week for week in weeks if week.days == WEEK]
    for week in weeks:
        is_lacking = week.hours < program.weekly
        is_last_complete = bool(complete) and week is complete[-1]
        if _is_judged(frequency, week, work, is_last_complete=is_last_complete, is_lacking=is_lacking):
            for line in week.lines:
                work.hit(line, program.hours_edit)
    return True


@attrs.define(eq=False)
class _Week:
    """Seven days from the first day of the bill on, or from the day that the bill before ended with."""

    is_first: bool
    is_last: bool
    days: int
    hours: int
    lines: list[Line]


def _is_judged(frequency: str, week: _Week, work: Work, *, is_last_complete: bool, is_lacking: bool) -> bool:
    """Whether the hours of a week lead to the edit: not those of weeks that go on on another bill."""
    goes_on = LONGER_STAY in work.conditions
    if frequency in ADJUSTMENTS:
        return week.is_last
    if not is_lacking:
        return False
    if frequency == "1":
        return not (week.is_first or week.is_last or is_last_complete)
    if frequency == "2":
        return not (week.is_first or (week.is_last and week.days < WEEK))
    if frequency == "3":
        is_part = (week.is_first or week.is_last) and week.days < WEEK
        return not is_part or (week.is_last and goes_on)
    return not (is_last_complete or (week.is_last and not goes_on))


def _hours_before(work: Work) -> tuple[int, int] | None:
    """Return the days and hundredths of hours that a bill before had of the first week; None if unreadable."""
    value = work.values.get(HOURS_VALUE)
    if not value:
        return 0, 0
    digits = value.zfill(len("000000DHHMM"))
    parts = [number(digits[start:end]) for start, end in ((6, 7), (7, 9), (9, 11))]
    if None in parts:
        return None
    days, hours, hundredths = (part or 0 for part in parts)
    return days, hours * 100 + hundredths


def _weeks(work: Work, program: Program, before: tuple[int, int]) -> Iterator[_Week]:
    days_before, hours_before = before
    first_end = WEEK - days_before % WEEK
    starts = [0, *range(first_end, work.day_count, WEEK)]
    ends = [*starts[1:], work.day_count]
    for start, end in zip(starts, ends, strict=True):
        lines = [
            line
            for each in work.days
            if start <= each.index < end
            for line in each.lines
            if line.flags & program.service and not line.flags & program.add_on and not line.is_inpatient
        ]
        hours = sum(HUNDREDTHS[program.duration(line.row)] * line.units for line in lines if line.row)
        is_first = start == 0
        yield _Week(
            is_first=is_first,
            is_last=end == work.day_count,
            days=end - start + days_before * is_first,
            hours=hours + hours_before * is_first,
            lines=lines,
        )
