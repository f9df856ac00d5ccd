"""NCCI02: more units than are likely."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, final

import attrs

from medcode.claims.model.claim import ProfessionalClaim
from medcode.claims.model.institutional import InstitutionalClaim
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

    from medcode.claims.model.claim import Claim
    from medcode.edits.context import Context
    from medcode.edits.ncci.tables import UnitLimit
    from medcode.edits.services import Service
    from medcode.edits.tables import Tables
    from medcode.findings import Finding

__all__ = ["UnlikelyUnits"]

FIELDS = {Setting.PROFESSIONAL: "mue_practitioner", Setting.OUTPATIENT: "mue_outpatient"}
SUPPLIED = ("A4", "A5", "A6", "A7", "A8", "B", "E", "K", "L", "Q4")  # what suppliers of equipment bill
BY_LINE = "1"
WHY = {
    "1": "on a line",
    "2": "on a day, without exception (MUE adjudication indicator 2)",
    "3": "on a day (MUE adjudication indicator 3); more may be paid on appeal",
}
SIDES = {frozenset({"LT"}), frozenset({"RT"})}


@final
class UnlikelyUnits(Edit[ProfessionalClaim | InstitutionalClaim]):
    """More units are billed than one patient is likely to need.

    Why: a medically unlikely edit limits the units of a code, by line or by day; units of one day are
    added up over the lines of one practitioner, so that splitting them does not help. The units of a line
    over several days are divided by them, and the average is rounded to whole units.
    Fix: correct the units; a procedure on both sides is one line with modifier 50 and one unit.
    """

    id, name, snip = "NCCI02", "ncci-units", 5
    source = Source("CMS", "Medically Unlikely Edits; MLN Matters SE1422")
    settings = (Setting.PROFESSIONAL, Setting.OUTPATIENT)
    requires = ("day", "days", "quantities")
    applies_to = "procedures"
    ack = "A3:476"
    carc, rarc = ("151",), ("N362",)
    example_tables = EXAMPLE
    passes = (
        visit(lines=(line("G0101"),)),
        visit(lines=(line("A4300"), line("A4300", modifiers=("76",)))),
        visit(lines=(line("A4300", quantity=5, service_date="20260105-20260109"),)),
    )
    fails = (
        visit(lines=(line("A4300", quantity=2),)),
        visit(lines=(line("G0101"), line("G0101", modifiers=("59",)))),
    )

    def missing_tables(self, tables: Tables, setting: Setting) -> str | None:
        """Return how to add the table if it is missing."""
        return lacking(tables, FIELDS[setting])

    def check(
        self,
        claim: ProfessionalClaim | InstitutionalClaim,
        context: Context[ProfessionalClaim | InstitutionalClaim],
    ) -> Iterator[Finding]:
        """Check each code once, with all its lines of one practitioner that share a day."""
        field = field_of(claim, context)
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
        by_line = limit.adjudication == BY_LINE
        for part in [[each] for each in group] if by_line else days_of(group):
            units = sum([each.daily for each in part], Decimal())
            if units <= limit.units:
                continue
            last = part[-1]
            lines = ", ".join(each.line for each in part)
            a_day = " a day" if any(each.days > 1 for each in part) else ""
            if is_both_sides(part):
                message = f"{last.code} is billed for each side on {lines}; Medicare takes one line with modifier 50 and 1 unit."
                finding = self.fail(f"lines[{last.number}].quantity", last.code, message)
                yield attrs.evolve(finding, severity=Severity.WARNING)
                continue
            message = (
                f"{last.code} has {units} units{a_day} ({lines}); the limit is {limit.units} "
                f"{WHY[limit.adjudication]}."
            )
            yield self.fail(f"lines[{last.number}].quantity", last.code, message)


def field_of(claim: ProfessionalClaim | InstitutionalClaim, context: Context[Claim]) -> str:
    """Return the table of a claim: that of hospitals, of suppliers of equipment, or of practitioners."""
    if isinstance(claim, InstitutionalClaim):
        return "mue_outpatient"
    if context.tables.mue_supplier and all(each.code.startswith(SUPPLIED) for each in services(context)):
        return "mue_supplier"
    return "mue_practitioner"


def grouped(found: Sequence[Service]) -> list[list[Service]]:
    """Return services of the same code and practitioner together, in claim order."""
    groups: dict[tuple[str, str], list[Service]] = {}
    for service in found:
        groups.setdefault((service.code, service.practitioner), []).append(service)
    return list(groups.values())


def days_of(group: Sequence[Service]) -> list[list[Service]]:
    """Return the services of each day that is the first of one of them, without repetition."""
    days = dict.fromkeys(
        tuple(each for each in group if each.day <= first.day <= each.last) for first in group
    )
    return [list(part) for part in days if not any(set(part) < set(other) for other in days)]


def is_both_sides(part: Sequence[Service]) -> bool:
    """Whether two lines are the left and the right of one procedure."""
    return len(part) == len(SIDES) and {each.modifiers & {"LT", "RT"} for each in part} == SIDES
