"""Codes that go together or do not: NCCI, add-on codes, radiation planning.

Edits 20, 40, 106, 107, 108, 115, 125.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.edits.oce.families.codes import CRITICAL_ACCESS, is_professional
from medcode.edits.oce.flags import (
    ADDON_COVID_LAB,
    ADDON_DRUG_ADMIN,
    ADDON_SAAS,
    ADDON_TYPE_1,
    ADDON_TYPE_2,
    ADDON_TYPE_3,
    IMRT_PLAN,
    MODIFIER_NCCI,
    NCCI_COLUMN_1,
    NCCI_COLUMN_2,
    REMOTE_MENTAL_HEALTH_ADDON,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from medcode.edits.oce.line import Line
    from medcode.edits.oce.work import Work

MOST_STEPS = 256  # CMS's program gives up on a chain of add-on codes that is longer


def ncci(work: Work) -> None:
    """20, 40: a service that is not paid with another of the day, without or despite a modifier."""
    start = work.version.start
    find = work.tables.ncci.find
    by_professional = work.facility == CRITICAL_ACCESS
    for each in work.days:
        if len(each.lines) < 2:  # noqa: PLR2004  # two make a pair
            continue
        seconds = [line for line in each.lines if line.flags & NCCI_COLUMN_2 and not line.is_inpatient]
        for one in each.lines:
            if not one.flags & NCCI_COLUMN_1 or one.is_inpatient:
                continue
            for two in seconds:
                if one is two or (by_professional and is_professional(one) != is_professional(two)):
                    continue
                pair = find(one.hcpcs or "", two.hcpcs or "", start)
                if pair is None:
                    continue
                if pair.indicator == "0":
                    work.hit(two, 20)
                elif not (one.modifier_flags | two.modifier_flags) & MODIFIER_NCCI:
                    work.hit(two, 40)


def radiation_planning(work: Work) -> None:
    """125: a service that is part of the planning of intensity modulated radiation, billed beside it."""
    parts, version = work.tables.pairs["imrt"], work.version.number
    coded = [line for line in work.lines if not line.is_invalid and not line.is_inpatient]
    for plan in coded:
        if plan.flags & IMRT_PLAN:
            for line in coded:
                if line is not plan and parts.at(f"{plan.hcpcs}|{line.hcpcs}", version):
                    work.hit(line, 125)


def add_on(table: str, flag: int, edit: int, *, by_day: bool) -> Callable[[Work], None]:
    """Return a step that asks for a primary code of an add-on code, on the same day or on the bill."""

    def step(work: Work) -> None:
        listed, version = work.tables.pairs[table], work.version.number
        by_professional = table == "drug_administration" and work.facility == CRITICAL_ACCESS
        groups = [each.lines for each in work.days] if by_day else [work.lines]
        for lines in groups:
            primaries = [line for line in lines if line.is_coded and not line.is_inpatient]
            for line in lines:
                if not line.flags & flag or line.is_inpatient:
                    continue
                if not any(
                    listed.at(f"{line.hcpcs}|{primary.hcpcs}", version)
                    for primary in primaries
                    if primary is not line
                    and not (by_professional and is_professional(primary) != is_professional(line))
                ):
                    work.hit(line, edit)

    step.__doc__ = f"{edit}: an add-on code ({table.replace('_', ' ')}) without a primary code."
    return step


covid_add_on = add_on("covid_laboratory", ADDON_COVID_LAB, 115, by_day=True)
drug_add_on = add_on("drug_administration", ADDON_DRUG_ADMIN, 106, by_day=False)
remote_add_on = add_on("remote_mental_health", REMOTE_MENTAL_HEALTH_ADDON, 106, by_day=True)
software_add_on = add_on("software", ADDON_SAAS, 106, by_day=False)


def contractor_add_on(work: Work) -> None:
    """107: an add-on code whose primary codes the contractor lists, billed as a professional fee."""
    for line in work.lines:
        if line.flags & ADDON_TYPE_2 and is_professional(line) and not line.is_excluded:
            work.hit(line, 107)


def listed_add_on(work: Work) -> bool:
    """106, 108: an add-on code without a primary code on its day or the day before.

    A primary code may itself be an add-on code, which then needs its own. Codes that need each other in
    a ring end the editing of the bill, as they do in CMS's program.
    """
    satisfied: set[Line] = set()
    for lines in _windows(work):
        for line in lines:
            chain = _Chain(work, lines)
            if chain.reaches_primary(line):
                satisfied.add(line)
            if chain.steps >= MOST_STEPS:
                return True
    for line in work.lines:
        if line.flags & (ADDON_TYPE_1 | ADDON_TYPE_3) and line not in satisfied and not line.is_inpatient:
            work.hit(line, 106 if line.flags & ADDON_TYPE_1 else 108)
    return False


def _windows(work: Work) -> Iterator[Sequence[Line]]:
    """Yield the lines of each day, with those of the day before it."""
    before: Sequence[Line] = ()
    index = -1
    for each in work.days:
        window = [*(before if each.index == index + 1 else ()), *each.lines]
        yield window
        before, index = each.lines, each.index


class _Chain:
    """The search for a primary code, which counts its steps."""

    def __init__(self, work: Work, lines: Iterable[Line]) -> None:
        self.lines = lines
        self.listed, self.version = work.tables.pairs["add_on"], work.version.number
        self.by_professional = work.facility == CRITICAL_ACCESS
        self.steps = 0

    def reaches_primary(self, line: Line) -> bool:
        """Whether a line is no add-on code, or has a primary code that reaches one that is none."""
        self.steps += 1
        if self.steps >= MOST_STEPS:
            return False
        if not line.flags & (ADDON_TYPE_1 | ADDON_TYPE_3):
            return True
        return any(self.reaches_primary(primary) for primary in self.lines if self._may_serve(line, primary))

    def _may_serve(self, line: Line, primary: Line) -> bool:
        if primary is line or not primary.is_coded or primary.is_inpatient:
            return False
        if line.on is not None and primary.on is not None and line.on < primary.on:
            return False
        if self.by_professional and is_professional(line) != is_professional(primary):
            return False
        return self.listed.at(f"{line.hcpcs}|{primary.hcpcs}", self.version) is not None
