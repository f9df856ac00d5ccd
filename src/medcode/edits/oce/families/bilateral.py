"""Procedures on both sides, repeated or broken off.

Edits 17, 37, 74.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.edits.oce.families.codes import is_professional
from medcode.edits.oce.flags import BILATERAL, BILATERAL_INHERENT, MODIFIER_ASSISTANT

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.edits.oce.line import Line, ServiceDay
    from medcode.edits.oce.work import Work

DISTINCT_VISITS = "G0"  # condition code
BOTH_BILLED, WITH_ASSISTANT = 2, 3  # units of a procedure: facility and surgeon; and an assistant


def terminated(work: Work) -> None:
    """37: a procedure that was broken off, more than once or on both sides."""
    for line in work.lines:
        if line.is_inpatient or not line.has("52", "73"):
            continue
        if line.units > 1 or (line.flags & BILATERAL and line.has("50")):
            work.hit(line, 37)


def units_with_modifier(work: Work) -> None:
    """74: modifier 50 with more than one unit."""
    for line in work.lines:
        if line.units > 1 and line.flags & BILATERAL and line.has("50") and not line.is_inpatient:
            work.hit(line, 74)


def units_with_modifier_professional(work: Work) -> None:
    """74 on the professional fees of a critical access hospital, over the lines of a code and day."""
    for each in work.days:
        groups: dict[tuple[str | None, int | None], list[Line]] = {}
        for line in each.lines:
            is_looked_at = line.revenue_is_valid and is_professional(line) and not line.is_inpatient
            has_no_other = line.all_modifiers == line.modifiers and line.modifiers in ((), ("50",))
            if is_looked_at and has_no_other and line.flags & BILATERAL:
                groups.setdefault((line.hcpcs, line.revenue), []).append(line)
        for lines in groups.values():
            if any(line.has("50") for line in lines) and sum(line.units for line in lines) > 1:
                for line in lines:
                    work.hit(line, 74)


def inherent(work: Work) -> None:
    """17: a code that means both sides, more than once on a day."""
    _inherent(work, lambda _: frozenset())


def inherent_critical_access(work: Work) -> None:
    """17 in a critical access hospital, where facility, surgeon and assistant may each bill the code."""
    _inherent(work, _billed_by_several)


def _inherent(work: Work, allowed: Callable[[ServiceDay], frozenset[str | None]]) -> None:
    for each in work.days:
        by_code: dict[str | None, list[Line]] = {}
        for line in each.lines:
            if line.flags & BILATERAL_INHERENT and not line.is_inpatient:
                by_code.setdefault(line.hcpcs, []).append(line)
        if not by_code:
            continue
        free = allowed(each)
        for code, lines in by_code.items():
            is_repeated = len(lines) > 1 or lines[0].units > 1
            units = sum(line.units for line in lines if not line.has("76", "77"))
            if not is_repeated or units <= 1 or code in free:
                continue
            for line in lines:
                if not (line.status == "V" and DISTINCT_VISITS in work.conditions):
                    work.hit(line, 17)


def _billed_by_several(each: ServiceDay) -> frozenset[str | None]:
    """Return the codes whose units on a day are those of facility and surgeon, or also of an assistant."""
    by_code: dict[str | None, list[Line]] = {}
    for line in each.lines:
        by_code.setdefault(line.hcpcs, []).append(line)
    return frozenset(code for code, lines in by_code.items() if _is_shared(lines))


def _is_shared(lines: list[Line]) -> bool:
    professional = [line for line in lines if is_professional(line)]
    units = sum(line.units for line in lines)
    if not professional or len(professional) == len(lines):
        return False
    if units == BOTH_BILLED:
        return True
    has_assistant = any(line.modifier_flags & MODIFIER_ASSISTANT for line in professional)
    return units == WITH_ASSISTANT and len(professional) > 1 and has_assistant
