"""Visits and observation: what may be billed beside a visit, and what observation asks for.

Edits 21, 35, 42, 44, 51, 57, 58.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.edits.oce.flags import (
    EDUCATIONAL,
    OBSERVATION,
    OBSERVATION_DIRECT,
    OBSERVATION_HOURLY,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.edits.oce.line import Line
    from medcode.edits.oce.work import Work

OBSERVATION_REVENUE = 762
OBSERVATION_APC, CRITICAL_CARE_APC = "08011", "05041"
LEAST_HOURS = 8
MULTIPLE_HOURLY = 51


def education_only(work: Work) -> None:
    """35: nothing but education and training on a day of mental health care."""
    for each in work.days:
        lines = [line for line in each.lines if not line.is_excluded]
        if lines and all(line.flags & EDUCATIONAL for line in lines):
            each.is_education_only = True
            for line in lines:
                work.hit(line, 35)


def _visit_and_procedure(visits: tuple[str, ...]) -> Callable[[Work], None]:
    def step(work: Work) -> None:
        for each in work.days:
            lines = [line for line in each.lines if not line.is_excluded]
            if any(line.status in ("S", "T") for line in lines):
                for line in lines:
                    if line.status in visits and not line.has("25"):
                        work.hit(line, 21)

    step.__doc__ = "21: a visit on the day of a procedure, without modifier 25."
    return step


visit_and_procedure = _visit_and_procedure(("V",))
visit_and_procedure_critical_access = _visit_and_procedure(("V", "J2"))


def several_visits(work: Work) -> None:
    """42: several visits of a day with the same revenue code, without condition code G0."""
    for each in work.days:
        groups: dict[int, list[Line]] = {}
        for line in each.lines:
            if line.status == "V" and line.revenue is not None and not line.is_inpatient:
                groups.setdefault(line.revenue, []).append(line)
        for lines in groups.values():
            if sum(line.units for line in lines) > 1:
                for line in lines:
                    work.hit(line, 42)


def observation_without_code(work: Work) -> None:
    """44: revenue code 0762 without a code of observation."""
    for line in work.lines:
        is_coded = line.hcpcs is not None and not line.is_inpatient
        if is_coded and line.revenue == OBSERVATION_REVENUE and not line.flags & OBSERVATION:
            work.hit(line, 44)


def several_observations(work: Work) -> None:
    """51: hours of observation on more than one line."""
    hourly = [
        line
        for each in work.days
        for line in each.lines
        if line.flags & OBSERVATION_HOURLY and not line.is_inpatient
    ]
    for line in hourly[1:]:
        work.hit(line, MULTIPLE_HOURLY)


def comprehensive_observation(work: Work) -> None:
    """57: eight hours of observation on New Year's Day, whose visit may be on the bill of the year before.

    Where the visit is there, it becomes the primary service of the bill, into which others are packaged.
    """
    if work.primary is not None or work.any_status("T"):
        return
    for place, each in enumerate(work.days):
        for line in each.lines:
            if not line.flags & OBSERVATION_HOURLY or line.is_inpatient or line.units < LEAST_HOURS:
                continue
            if MULTIPLE_HOURLY in line.found:
                continue
            visit = _best_visit(work, place)
            if visit is not None:
                work.assign(visit, OBSERVATION_APC)
                work.primary = visit
            elif (each.date.month, each.date.day) == (1, 1):
                work.hit(line, 57)
            return


def _best_visit(work: Work, place: int) -> Line | None:
    """Return the visit of the day or of the day before that is paid most; of equals the first."""
    today = work.days[place]
    before = work.days[place - 1] if place else None
    candidates = []
    if before and before.index == today.index - 1:
        candidates = [line for line in before.lines if line.is_visit and not line.flags & OBSERVATION_DIRECT]
    candidates += [line for line in today.lines if line.is_visit or line.flags & OBSERVATION_DIRECT]
    best: Line | None = None
    for line in candidates:
        if best is None or line.is_paid_more_than(best):
            best = line
    return best


def direct_referral(work: Work) -> None:
    """58: a direct referral to observation without the hours of observation."""
    for each in work.days:
        lines = [line for line in each.lines if not line.is_inpatient]
        direct = [line for line in lines if line.flags & OBSERVATION_DIRECT]
        if not direct:
            continue
        if not any(line.flags & OBSERVATION_HOURLY for line in lines):
            for line in direct:
                if not line.is_rejected:
                    work.hit(line, 58)
                    line.package()
        if work.primary is None and any(map(_is_paid_visit, lines)):
            for line in direct:
                line.package()


def _is_paid_visit(line: Line) -> bool:
    is_visit = line.status in ("T", "V") or line.apc == CRITICAL_CARE_APC
    return is_visit and not line.is_rejected and not line.flags & OBSERVATION_DIRECT
