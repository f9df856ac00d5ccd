"""NCCI01: two services that are not paid together."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Any, final

from medcode.edits.base import Edit
from medcode.edits.examples import line, visit
from medcode.edits.ncci.example import EXAMPLE
from medcode.edits.ncci.lookup import Unanswered, agreed, lacking, of_day
from medcode.edits.ncci.tables import PairTable
from medcode.edits.services import services
from medcode.edits.setting import Setting
from medcode.findings import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.edits.ncci.tables import Pair
    from medcode.edits.services import Service
    from medcode.edits.tables import Tables
    from medcode.findings import Finding

__all__ = ["ProcedurePair"]

EITHER_COLUMN = date(2019, 7, 1)
DISTINCT = frozenset({"59", "XE", "XP", "XS", "XU"})
ASSOCIATED_BESIDE_DISTINCT = """
    E1 E2 E3 E4 FA F1 F2 F3 F4 F5 F6 F7 F8 F9 TA T1 T2 T3 T4 T5 T6 T7 T8 T9 LT RT LC LD RC LM RI 24 25
    27 57 58 78 79 91
"""
ASSOCIATED = DISTINCT | frozenset(ASSOCIATED_BESIDE_DISTINCT.split())
"""The NCCI-associated modifiers; 22, 50, 76 and 77 are none of them."""

FIELDS = {Setting.PROFESSIONAL: "ptp_practitioner", Setting.OUTPATIENT: "ptp_outpatient"}


@final
class ProcedurePair(Edit[Any]):
    """Two services of one day and practitioner are not paid together.

    Why: NCCI holds that one is part of the other, or that they exclude each other; column 1 is paid
    and column 2 is not, unless the pair allows a modifier and one says that they were distinct.
    Cure: bill column 1 alone; where the record shows distinct services and the pair allows it, add the modifier.
    """

    id, name, snip = "NCCI01", "ncci-pair", 5
    source = Source(
        "CMS", "MLN1783722: proper use of modifiers 59, XE, XP, XS and XU; NCCI Policy Manual, chapter I"
    )
    settings = (Setting.PROFESSIONAL, Setting.OUTPATIENT)
    needs = ("day", "days")
    yields_to = ("OCE20", "OCE40")
    concerns = "several_lines"
    given = EXAMPLE
    passes = (visit(lines=(line("A4301"), line("A4300", modifiers=("59",)))), visit(lines=(line("A4301"),)))
    fails = (
        visit(lines=(line("A4301"), line("A4300"))),
        visit(lines=(line("G0101"), line("G0102", modifiers=("59",)))),
    )

    def lacks(self, tables: Tables, setting: Setting) -> str | None:
        """Ask for the table, where there is none."""
        return lacking(tables, FIELDS[setting])

    def check(self, _claim: Any, context: Context) -> Iterator[Finding]:
        """Look at every two services that belong together."""
        field = FIELDS[context.setting]
        between, lacking_pair = PairTable.between, False
        for first, second in combinations(services(context), 2):
            one, two, day = first.code, second.code, first.day
            if one == two or not first.is_with(second):
                continue
            try:
                pair = agreed(of_day(context, field, day), between, one, two, day)
            except Unanswered as reason:
                yield self.unchecked(second.path, two, str(reason))
                return
            if pair:
                yield self._judged(pair, first, second, day)
            else:
                lacking_pair = True
        if lacking_pair and not all(table.whole for table in getattr(context.tables, field)):
            yield self.unchecked(
                "lines", None, "Not checked: the table is trimmed, and lacks a pair of this claim."
            )

    def _judged(self, pair: Pair, first: Service, second: Service, day: date) -> Finding:
        one, two = (first, second) if first.code == pair.column1 else (second, first)
        told = f"{two.code} is not paid with {one.code} (NCCI, indicator {pair.indicator})"
        if pair.indicator == "1" and allowed(one, two, day):
            return self.bypass(two.path, two.code, f"{told}, but for the modifier.")
        cure = "a modifier may tell them apart" if pair.indicator == "1" else "no modifier changes that"
        return self.fail(two.path, two.code, f"{told}; {cure}.")


def allowed(one: Service, two: Service, day: date) -> bool:
    """Say whether a modifier tells two services apart: on column 2; since 2019-07-01 on either, and before for all but 59 and X."""
    if two.modifiers & ASSOCIATED:
        return True
    return bool(one.modifiers & (ASSOCIATED if day >= EITHER_COLUMN else ASSOCIATED - DISTINCT))
