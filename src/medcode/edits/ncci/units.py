"""NCCI02: more units than are likely."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, final

import attrs

from medcode.edits.base import Edit
from medcode.edits.examples import line, visit
from medcode.edits.ncci.example import EXAMPLE
from medcode.edits.ncci.lookup import Unanswered, agreed, lacking, of_day
from medcode.edits.ncci.tables import UnitTable
from medcode.edits.services import services
from medcode.edits.setting import Setting
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.edits.context import Context
    from medcode.edits.ncci.tables import UnitLimit
    from medcode.edits.services import Service
    from medcode.edits.tables import Tables
    from medcode.findings import Finding

__all__ = ["UnlikelyUnits"]

FIELDS = {Setting.PROFESSIONAL: "mue_practitioner", Setting.OUTPATIENT: "mue_outpatient"}
BY_LINE = "1"
WHY = {"1": "on one line", "2": "on one day, without exception", "3": "on one day; an appeal may change that"}
SIDES = {frozenset({"LT"}), frozenset({"RT"})}


@final
class UnlikelyUnits(Edit[Any]):
    """More units are billed than one patient is likely to have.

    Why: a medically unlikely edit limits the units of a code, by line or by day; units of one day are
    added up over the lines, so that splitting them does not help. The units of a line over several
    days are divided by these, and the average is rounded to whole units.
    Cure: correct the units; a procedure on both sides is one line with modifier 50 and one unit.
    """

    id, name, snip = "NCCI02", "ncci-units", 5
    source = Source("CMS", "Medically Unlikely Edits; MLN Matters SE1422")
    settings = (Setting.PROFESSIONAL, Setting.OUTPATIENT)
    needs = ("day", "days", "quantities")
    concerns = "procedures"
    given = EXAMPLE
    passes = (
        visit(lines=(line("G0101"),)),
        visit(lines=(line("A4300"), line("A4300", modifiers=("76",)))),
        visit(lines=(line("A4300", quantity=5, service_date="20260105-20260109"),)),
    )
    fails = (
        visit(lines=(line("A4300", quantity=2),)),
        visit(lines=(line("G0101"), line("G0101", modifiers=("59",)))),
    )

    def lacks(self, tables: Tables, setting: Setting) -> str | None:
        """Ask for the table, where there is none."""
        return lacking(tables, FIELDS[setting])

    def check(self, _claim: Any, context: Context) -> Iterator[Finding]:
        """Look at each code once, with all its lines of one day and practitioner."""
        field = FIELDS[context.setting]
        for group in grouped(services(context)):
            code, day = group[0].code, group[0].day
            try:
                limit = agreed(of_day(context, field, day), UnitTable.get, code)
            except Unanswered as reason:
                yield self.unchecked(group[0].path, code, str(reason))
                return
            if limit and (len(group) > 1 or group[0].daily > limit.units):
                yield from self._judged(limit, group)

    def _judged(self, limit: UnitLimit, group: Sequence[Service]) -> Iterator[Finding]:
        for part in [[each] for each in group] if limit.adjudication == BY_LINE else [group]:
            units = sum([each.daily for each in part], Decimal())
            if units <= limit.units:
                continue
            last = part[-1]
            by_day = " a day" if last.days > 1 else ""
            told = f"{last.code}: {units} units{by_day}, where {limit.units} are likely {WHY[limit.adjudication]}."
            finding = self.fail(f"lines[{last.number}].quantity", last.code, told)
            if is_both_sides(part):
                told = f"{last.code} is billed for each side; bill it once with modifier 50 and one unit."
                finding = attrs.evolve(finding, severity=Severity.WARNING, message=told)
            yield finding


def grouped(found: Sequence[Service]) -> list[list[Service]]:
    """Put services of the same code, day and practitioner together, in claim order."""
    groups: dict[tuple[str, int], list[Service]] = {}
    for service in found:
        number = 0  # counts the practitioners and days that share a code
        while (mates := groups.get((service.code, number))) and not mates[0].is_with(service):
            number += 1
        groups.setdefault((service.code, number), []).append(service)
    return list(groups.values())


def is_both_sides(part: Sequence[Service]) -> bool:
    """Say whether two lines of one unit are the left and the right of one procedure."""
    return len(part) == len(SIDES) and {each.modifiers & {"LT", "RT"} for each in part} == SIDES
