"""Daily mental health care, which is paid as a whole where its services together would be paid more.

No edit of its own: later edits look at what is packaged here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.edits.oce.families.programs import IOP, LEVELS_BEGIN, PHP
from medcode.edits.oce.flags import DAILY_MENTAL_HEALTH, REMOTE_MENTAL_HEALTH, REMOTE_MENTAL_HEALTH_ADDON

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.edits.oce.families.programs import Program
    from medcode.edits.oce.line import Line, ServiceDay
    from medcode.edits.oce.work import Work

COMPOSITE, CAP, OLDER_CAP = "08010", "05864", "05863"  # classifications; the cap is a day of the program
REMOTE_BEGINS = 90  # version


def mental_health_composite(work: Work) -> None:
    """Pay daily mental health care as a whole where that is less than the sum of its services."""
    _join_dear_days(work, lambda each: not each.is_education_only)
    _take_standard(work, work.days)


def mental_health_beside_php(work: Work) -> None:
    """Pay other mental health care as a whole on days of partial hospitalization, whose payment holds it too."""
    _mental_health_beside(work, PHP, lambda each: each.has_php)


def mental_health_beside_iop(work: Work) -> None:
    """Pay other mental health care as a whole on days of an intensive outpatient program."""
    _mental_health_beside(work, IOP, lambda each: each.has_iop)


def _mental_health_beside(work: Work, program: Program, is_of_program: Callable[[ServiceDay], bool]) -> None:
    for each in work.days:
        if is_of_program(each):
            own = program.service | program.primary
            lines = [line for line in _mental_health(work, each) if not line.flags & own]
            first = next(filter(_is_main, lines), None)
            if first is not None:
                _join(work, first, lines)
    _join_dear_days(work, lambda each: not (each.is_education_only or is_of_program(each)))
    _take_standard(work, [each for each in work.days if not is_of_program(each)])


def _join_dear_days(work: Work, is_open: Callable[[ServiceDay], bool]) -> None:
    version = work.version.number
    cap = work.tables.apcs.at(CAP if version >= LEVELS_BEGIN else OLDER_CAP, version)
    for each in work.days:
        if not is_open(each):
            continue
        lines = _mental_health(work, each)
        main = [line for line in lines if _is_main(line)]
        if main and sum(line.amount * line.units for line in main) > (cap.amount if cap else 0):
            _join(work, main[0], lines)


def _mental_health(work: Work, each: ServiceDay) -> list[Line]:
    """Return the lines of mental health care on a day; remote care counts from version 90."""
    remote = REMOTE_MENTAL_HEALTH if work.version.number >= REMOTE_BEGINS else 0
    return [
        line for line in each.lines if line.flags & (DAILY_MENTAL_HEALTH | remote) and not line.is_excluded
    ]


def _is_main(line: Line) -> bool:
    is_remote_addon = line.flags & REMOTE_MENTAL_HEALTH_ADDON and not line.flags & DAILY_MENTAL_HEALTH
    return not is_remote_addon


def _join(work: Work, first: Line, lines: list[Line]) -> None:
    work.assign(first, COMPOSITE)
    first.is_packaged = False
    for line in lines:
        if line is not first:
            line.join_composite()


def _take_standard(work: Work, days: list[ServiceDay]) -> None:
    for each in days:
        for line in _mental_health(work, each):
            if line.is_conditional and not line.is_packaged:
                line.take_standard()
