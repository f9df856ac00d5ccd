"""Partial hospitalization and intensive outpatient programs: what belongs to them, and how much of it.

Edits 29, 30, 80, 81, 109, 128, 131, 132, 133, 190, 191; 95 and 129 are in `hours`.

The two programs are alike but for their codes, their hours and some rules of health centers; `Program`
says where they differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from medcode.edits.oce.families.codes import IOP_REVENUE
from medcode.edits.oce.flags import (
    CODE_FIRST,
    IOP_ADDON,
    IOP_NOT_MENTAL_HEALTH,
    IOP_PRIMARY,
    IOP_SERVICE,
    MENTAL_HEALTH,
    MENTAL_HEALTH_NOT_IOP,
    MENTAL_HEALTH_NOT_PHP,
    PHP_ADDON,
    PHP_NOT_MENTAL_HEALTH,
    PHP_PRIMARY,
    PHP_SERVICE,
    REPORTED_WITH_PROGRAM,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from medcode.edits.oce.line import Line, ServiceDay
    from medcode.edits.oce.tables import HcpcsRow
    from medcode.edits.oce.work import Work

DAY_DENIED, CODE_FIRST_UNMET = 49, 109
LEAST_SERVICES, MANY_SERVICES = 3, 4
HOSPITAL = "13"
LEVELS_BEGIN = 94  # version
VISIT_REVENUE = 519


@attrs.frozen(eq=False)
class Program:
    """What sets one program apart from the other: flags, edits, hours a week in hundredths, classifications.

    `levels` has the classification for three services and for more, of a hospital and of other places.
    """

    primary: int
    service: int
    add_on: int
    hours_edit: int
    services_edit: int
    missing_primary: int
    weekly: int
    levels: tuple[tuple[str, str], tuple[str, str]]
    duration: Callable[[HcpcsRow], int]

    def apc(self, work: Work, services: int) -> str:
        """Return the classification of a day with some services."""
        is_many = services >= MANY_SERVICES and work.version.number >= LEVELS_BEGIN
        return self.levels[work.facility != HOSPITAL][is_many]


PHP = Program(
    primary=PHP_PRIMARY,
    service=PHP_SERVICE,
    add_on=PHP_ADDON,
    hours_edit=95,
    services_edit=131,
    missing_primary=191,
    weekly=2000,
    levels=(("05863", "05864"), ("05853", "05854")),
    duration=lambda row: row.php_duration,
)
IOP = Program(
    primary=IOP_PRIMARY,
    service=IOP_SERVICE,
    add_on=IOP_ADDON,
    hours_edit=129,
    services_edit=128,
    missing_primary=190,
    weekly=900,
    levels=(("05861", "05862"), ("05851", "05852")),
    duration=lambda row: row.iop_duration,
)


def mental_health_diagnosis(work: Work) -> None:
    """Find out whether the principal diagnosis is one of mental health, or follows one that comes first."""
    flags = work.principal.flags
    if flags & CODE_FIRST:
        flags = work.secondary[0].flags if work.secondary else 0
    work.is_mental_health = bool(flags & MENTAL_HEALTH)


def code_first_unmet(work: Work) -> None:
    """109: the principal diagnosis asks for another one first, and that is none of mental health."""
    if DAY_DENIED not in work.met and not work.is_mental_health and work.principal.flags & CODE_FIRST:
        work.hit_claim(CODE_FIRST_UNMET)


def no_mental_health_diagnosis(work: Work) -> None:
    """29: a program without a principal diagnosis of mental health."""
    if not work.is_mental_health and not work.met & {DAY_DENIED, CODE_FIRST_UNMET}:
        work.hit_claim(29)


def _unless_denied(edit: int, flag: int, *, also_rejected: bool = False) -> Callable[[Work], None]:
    def step(work: Work) -> None:
        if DAY_DENIED in work.met:
            return
        for line in work.lines:
            if line.flags & flag and not line.is_inpatient and (also_rejected or not line.is_rejected):
                work.hit(line, edit)

    step.__doc__ = f"{edit}: mental health care that does not go with the kind of bill."
    return step


not_for_php = _unless_denied(80, MENTAL_HEALTH_NOT_PHP)
not_for_iop = _unless_denied(132, MENTAL_HEALTH_NOT_IOP, also_rejected=True)
only_in_php = _unless_denied(81, PHP_NOT_MENTAL_HEALTH)
only_in_iop = _unless_denied(133, IOP_NOT_MENTAL_HEALTH)


def _missing_primary(program: Program, revenue: tuple[int, ...] = ()) -> Callable[[Work], None]:
    def step(work: Work) -> None:
        if DAY_DENIED in work.met:
            return
        for each in work.days:
            lines = [line for line in each.lines if not line.is_excluded and _is_at(line, revenue)]
            has_service = any(line.flags & program.service for line in lines)
            if has_service and not any(line.flags & program.primary for line in lines):
                work.hit_claim(program.missing_primary)

    step.__doc__ = f"{program.missing_primary}: a day of a program without any of its primary services."
    return step


def _is_at(line: Line, revenue: tuple[int, ...]) -> bool:
    return not revenue or line.revenue in revenue


php_missing_primary = _missing_primary(PHP)
iop_missing_primary = _missing_primary(IOP)
iop_missing_primary_clinic = _missing_primary(IOP, (IOP_REVENUE,))
iop_missing_primary_health_center = _missing_primary(IOP, (IOP_REVENUE, VISIT_REVENUE))


def php_older_services(work: Work) -> None:
    """30, to version 93: a day of partial hospitalization with too few services, or none of psychotherapy."""
    if DAY_DENIED in work.met:
        return
    for each in work.days:
        lines = [line for line in each.lines if not line.is_excluded]
        primary = [line for line in lines if line.flags & PHP_PRIMARY]
        counted = [line for line in lines if _counts(PHP, line)]
        if not primary or sum(line.units for line in counted) < LEAST_SERVICES:
            for line in each.lines:
                if _counts(PHP, line) and not line.flags & PHP_ADDON and not line.is_inpatient:
                    work.hit(line, 30)
            continue
        paid = primary[0]
        work.assign_composite(paid, PHP.apc(work, LEAST_SERVICES))
        for line in lines:
            if line is not paid and line.flags & PHP_SERVICE:
                line.join_composite()
        each.has_php = True


def _counts(program: Program, line: Line) -> bool:
    """Whether a line is one of the services that a day is counted by."""
    is_service = line.flags & program.service and not line.flags & program.add_on
    return bool(line.flags & program.primary or is_service)


def php_services(work: Work) -> None:
    """131: a day of partial hospitalization with fewer than three services."""
    for each in _days_with_composite(work, PHP):
        each.has_php = True


def iop_services(work: Work) -> None:
    """128: a day of an intensive outpatient program with fewer than three services."""
    for each in _days_with_composite(work, IOP):
        each.has_iop = True


def _days_with_composite(work: Work, program: Program) -> Iterator[ServiceDay]:
    """Apply the edit for too few services to each day that has them; yield the days that are paid as a whole."""
    if DAY_DENIED in work.met:
        return
    for each in work.days:
        lines = [line for line in each.lines if not line.is_excluded]
        counted = [line for line in lines if _counts(program, line)]
        services = sum(line.units for line in counted)
        if services < LEAST_SERVICES:
            _hit_services(work, counted, program)
        paid = next((line for line in lines if line.flags & program.primary), None)
        if paid is None:
            for line in each.lines:
                if line.flags & REPORTED_WITH_PROGRAM:
                    line.package()
            continue
        work.assign_composite(paid, program.apc(work, services))
        for line in lines:
            if line is not paid and line.flags & (program.service | REPORTED_WITH_PROGRAM):
                line.join_composite()
        yield each


def _hit_services(work: Work, lines: list[Line], program: Program) -> None:
    for line in lines:
        if not line.flags & program.add_on:
            work.hit(line, program.services_edit)


def iop_services_health_center(work: Work) -> None:
    """128 in a health center, where the revenue code says which lines are of the program."""
    for each in work.days:
        lines = [line for line in each.lines if not line.is_excluded]
        own = [line for line in lines if line.revenue in (IOP_REVENUE, VISIT_REVENUE)]
        counted = [line for line in own if _counts(IOP, line)]
        if sum(line.units for line in counted) < LEAST_SERVICES:
            _hit_services(work, counted, IOP)
        has_primary = any(line.flags & IOP_PRIMARY for line in own)
        for line in lines if has_primary else each.lines:
            is_own = has_primary and line in own and line.flags & (IOP_PRIMARY | IOP_SERVICE)
            if is_own or line.flags & REPORTED_WITH_PROGRAM:
                line.in_program = True
        each.has_iop = has_primary
    if any(each.has_iop for each in work.days):
        for each in work.days:
            each.has_only_reported = all(line.flags & REPORTED_WITH_PROGRAM for line in each.lines)
