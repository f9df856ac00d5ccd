"""NCCI01: two services that are not paid together."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import ProfessionalClaim
from medcode.claims.model.institutional import InstitutionalClaim
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

    from medcode.edits.base import AnyEdit
    from medcode.edits.context import Context
    from medcode.edits.ncci.tables import Pair
    from medcode.edits.services import Service
    from medcode.edits.tables import Tables
    from medcode.findings import Finding

__all__ = ["ProcedurePair", "pair_answer"]

EITHER_COLUMN = date(2019, 7, 1)
DISTINCT = frozenset({"59", "XE", "XP", "XS", "XU"})
ASSOCIATED_BESIDE_DISTINCT = """
    E1 E2 E3 E4 FA F1 F2 F3 F4 F5 F6 F7 F8 F9 TA T1 T2 T3 T4 T5 T6 T7 T8 T9 LT RT LC LD RC LM RI 24 25
    27 57 58 78 79 91
"""
ASSOCIATED = DISTINCT | frozenset(ASSOCIATED_BESIDE_DISTINCT.split())
"""The NCCI PTP-associated modifiers; 22, 50, 76 and 77 are not among them."""

FIELDS = {Setting.PROFESSIONAL: "ptp_practitioner", Setting.OUTPATIENT: "ptp_outpatient"}


@final
class ProcedurePair(Edit[ProfessionalClaim | InstitutionalClaim]):
    """Two services of one practitioner and day are not paid together.

    Why: NCCI pairs services of which one is part of the other, or which exclude each other. Column 1 is
    paid and column 2 is not, unless the pair allows a modifier and one says that the services were
    distinct. Practitioners are the same if their NPI is; a facility's bill counts as one.
    Fix: bill column 1 alone; where the record shows distinct services and the pair allows it, add the modifier.
    """

    id, name, snip = "NCCI01", "ncci-pair", 5
    yields_to = ("OCE20", "OCE40")
    source = Source(
        "CMS", "MLN1783722: proper use of modifiers 59, XE, XP, XS and XU; NCCI Policy Manual, chapter I"
    )
    settings = (Setting.PROFESSIONAL, Setting.OUTPATIENT)
    requires = ("day", "days")
    applies_to = "several_lines"
    ack = "A3:735"
    carc, rarc = ("97", "236"), ("M80",)
    example_tables = EXAMPLE
    passes = (visit(lines=(line("A4301"), line("A4300", modifiers=("59",)))), visit(lines=(line("A4301"),)))
    fails = (
        visit(lines=(line("A4301"), line("A4300"))),
        visit(lines=(line("G0101"), line("G0102", modifiers=("59",)))),
    )

    def missing_tables(self, tables: Tables, setting: Setting) -> str | None:
        """Return how to add the table if it is missing."""
        return lacking(tables, FIELDS[setting])

    def check(
        self,
        _claim: ProfessionalClaim | InstitutionalClaim,
        context: Context[ProfessionalClaim | InstitutionalClaim],
    ) -> Iterator[Finding]:
        """Check every two services of one practitioner that share a day; a span of days meets each of them."""
        field = FIELDS[context.setting]
        between, lacking_pair = PairTable.between, False
        for first, second in combinations(services(context), 2):
            one, two = first.code, second.code
            if one == two or not first.is_with(second):
                continue
            day = max(first.day, second.day)
            try:
                pair = agreed(of_day(context, field, day), between, one, two, day)
            except Unanswered as reason:
                yield self.unchecked(second.path, two, str(reason))
                return
            if pair:
                yield pair_answer(self, pair, (first, first.line), (second, second.line), day)
            else:
                lacking_pair = True
        if lacking_pair and not all(table.whole for table in getattr(context.tables, field)):
            yield self.unchecked(
                "lines",
                None,
                "Not checked: the pair table was loaded in part and does not list a pair of this claim.",
            )


def pair_answer(  # noqa: PLR0913, PLR0917  # two services, each with its place, and where to report them
    edit: AnyEdit,
    pair: Pair,
    first: tuple[Service, str],
    second: tuple[Service, str],
    day: date,
    at: Service | None = None,
) -> Finding:
    """Return what a pair means for two services, each with the words for its place, at the one in column 2 or `at`."""
    (one, here), (two, there) = (first, second) if first[0].code == pair.column1 else (second, first)
    at = at or two
    what = f"NCCI does not pay {two.code} ({there}) with {one.code} ({here}) on {day}"
    if pair.indicator == "1" and allowed(one, two, day):
        return edit.bypass(at.path, at.code, f"{what}, except with the modifier that the claim has.")
    if pair.indicator != "1":
        return edit.fail(at.path, at.code, f"{what}; no modifier changes that (indicator 0).")
    place = "either line" if day >= EITHER_COLUMN else there
    how = f"if the services were distinct, modifier 59, XE, XP, XS or XU on {place} allows both (indicator 1)"
    return edit.fail(at.path, at.code, f"{what}; {how}.")


def allowed(one: Service, two: Service, day: date) -> bool:
    """Whether a modifier says that two services were distinct.

    It counts on column 2, since 2019-07-01 on either column, and before that on column 1 except 59 and X{EPSU}.
    """
    if two.modifiers & ASSOCIATED:
        return True
    return bool(one.modifiers & (ASSOCIATED if day >= EITHER_COLUMN else ASSOCIATED - DISTINCT))
