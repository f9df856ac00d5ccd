"""PFS01 to PFS08: modifiers that the fee schedule's indicators of a code exclude, and codes it does not pay.

One class and a table: each row names the indicator, and its values that exclude a modifier.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, final

import attrs

from medcode.claims.model.claim import ProfessionalClaim
from medcode.codesets.fee_schedule import schedule_of
from medcode.edits.base import Edit
from medcode.edits.examples import MEDICARE_PATIENT, line, visit
from medcode.edits.fees.example import EXAMPLE
from medcode.edits.services import services
from medcode.edits.setting import Setting
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from medcode.claims.model.claim import Claim
    from medcode.codesets.fee_schedule import Indicators
    from medcode.edits.base import AnyEdit
    from medcode.edits.context import Context
    from medcode.edits.services import Service
    from medcode.findings import Finding

__all__ = ["FEE_SCHEDULE_EDITS", "FeeScheduleEdit", "indicators_of"]

MANUAL = "Medicare Claims Processing Manual, Pub. 100-04, chapter 23, addendum: MPFSDB record layout"
NO_TABLE = (
    "Not checked: no fee schedule is loaded. Add one: medcode data add FILE, or Tables(fee_schedule=...)."
)


def indicators_of(edit: AnyEdit, service: Service, context: Context[Claim]) -> Indicators | Finding | None:
    """Return the indicators of a service on its day, or why there are none; None for a code that is not listed."""
    known = [schedule for schedule in context.tables.fee_schedule if schedule.rows]
    if not known:
        return edit.unchecked(None, None, NO_TABLE)
    schedule = schedule_of(known, service.day)
    if schedule is None:
        there = "; ".join(map(str, known))
        message = f"Not checked: no fee schedule covers {service.day}; loaded: {there}."
        return edit.unchecked(service.path, service.code, message)
    part = next((modifier for modifier in PARTS if modifier in service.modifiers), "")
    found = schedule.get(service.code, part)
    if found is None and schedule.release.partial:
        message = "Not checked: the fee schedule was loaded in part and does not list the code."
        return edit.unchecked(service.path, service.code, message)
    return found


PARTS = ("26", "TC", "53")
"""Modifiers with rows of their own."""


@attrs.frozen(kw_only=True)
class Row:
    """One such edit: the values of an indicator that exclude each modifier, and those with which it is doubtful.

    The empty modifier is for the code by itself.
    """

    number: int
    ack: str
    carc: tuple[str, ...]
    rarc: tuple[str, ...] = ()
    name: str
    indicator: str
    section: str
    bars: Mapping[str, frozenset[str]]
    doubts: frozenset[str] = frozenset()
    what: str
    why: str
    fix: str
    passes: Claim
    fails: tuple[Claim, ...]
    severity: Severity = Severity.ERROR
    applies_to: str = "modifiers"


@final
class FeeScheduleEdit(Edit[ProfessionalClaim]):
    """One row of the table below: what an indicator of the fee schedule excludes."""

    snip = 7
    settings = (Setting.PROFESSIONAL,)
    requires = ("day",)
    example_tables = EXAMPLE

    def __init__(self, row: Row) -> None:
        self.row = row
        self.ack, self.carc, self.rarc = row.ack, row.carc, row.rarc
        self.id, self.name = f"PFS{row.number:02}", row.name
        self.source = Source("CMS", MANUAL, section=row.section)
        self.severity, self.applies_to = row.severity, row.applies_to
        self.passes, self.fails = (row.passes,), row.fails
        self.__doc__ = f"{row.what}\n\nWhy: {row.why}\nFix: {row.fix}"

    def concerns_modifiers(self, modifiers: tuple[str, ...], /) -> bool:
        """Whether a line has a modifier of the row, or the row is about the code alone."""
        return "" in self.row.bars or not self.row.bars.keys().isdisjoint(modifiers)

    def check(self, _claim: ProfessionalClaim, context: Context[ProfessionalClaim]) -> Iterator[Finding]:
        """Check each service with such a modifier."""
        row = self.row
        for service in services(context):
            for modifier in row.bars.keys() & {*service.modifiers, ""}:
                found = indicators_of(self, service, context)
                if found is None:
                    continue
                if not isinstance(found, tuple):
                    yield found
                    continue
                value = getattr(found, row.indicator)
                if value in row.bars[modifier] | row.doubts:
                    yield self._judged(service, modifier, value)

    def _judged(self, service: Service, modifier: str, value: str) -> Finding:
        label = LABELS.get(self.row.indicator, self.row.indicator.replace("_", " "))
        what = f"{service.code} ({service.line})"
        told = (
            f"Medicare does not pay {what} with modifier {modifier}"
            if modifier
            else f"Medicare does not pay {what}"
        )
        path = f"lines[{service.number}].procedure.modifiers" if modifier else service.path
        finding = self.fail(path, service.code, f"{told} (fee schedule: {label} indicator {value}).")
        if value not in self.row.doubts:
            return finding
        told = f"Medicare pays {what} with modifier {modifier} only with documentation (fee schedule: {label} indicator {value})."
        return attrs.evolve(finding, severity=Severity.WARNING, message=told)


LABELS = {"pctc": "PC/TC", "co_surgeons": "co-surgeon", "assistant": "assistant-at-surgery"}
"""Indicators by the names that the fee schedule's record layout has for them, where the fields' do not do."""


def values(text: str) -> frozenset[str]:
    """Return the values of an indicator that a text lists."""
    return frozenset(text.split())


def billed(code: str, *modifiers: str, **changes: Any) -> Claim:
    """Make a visit of one service with modifiers, for the examples."""
    return visit(lines=(line(code, modifiers=modifiers),), **changes)


ROWS = (
    Row(
        number=1,
        ack="A3:453",
        carc=("4",),
        rarc=("N823",),
        name="component-not-allowed",
        indicator="pctc",
        section="PC/TC indicator",
        bars={"26": values("0 2 3 4 5 9"), "TC": values("0 2 3 4 5 6 8 9")},
        what="Modifier 26 or TC is on a code without such a component.",
        why="only diagnostic tests divide into a professional and a technical part; other codes are one of them already, or neither.",
        fix="remove the modifier, or use the code of the component.",
        passes=billed("G0130", "26"),
        fails=(billed("G0101", "26"), billed("G0101", "TC")),
    ),
    Row(
        number=2,
        ack="A3:453",
        carc=("4",),
        rarc=("N823",),
        name="surgical-care-not-divided",
        indicator="global_days",
        section="global surgery",
        bars={modifier: values("000 XXX ZZZ") for modifier in ("54", "55", "56")},
        what="Modifier 54, 55 or 56 is on a code without global days.",
        why="surgery, care before and care after can be divided where the package has 10 or 90 days.",
        fix="remove the modifier.",
        passes=billed("G0105", "54"),
        fails=(billed("G0101", "54"),),
    ),
    Row(
        number=3,
        ack="A3:453",
        carc=("4",),
        rarc=("N823",),
        name="multiple-not-reduced",
        indicator="multiple",
        section="multiple procedure",
        bars={"51": values("0 9")},
        what="Modifier 51 is on a code that is not subject to multiple procedure reduction.",
        why="with indicator 0 or 9 several procedures of a day are each paid in full.",
        fix="remove the modifier.",
        passes=billed("G0105", "51"),
        fails=(billed("G0101", "51"),),
        severity=Severity.WARNING,
    ),
    Row(
        number=4,
        ack="A3:453",
        carc=("4",),
        rarc=("N823",),
        name="bilateral-not-allowed",
        indicator="bilateral",
        section="bilateral surgery",
        bars={"50": values("0 2 9")},
        what="Modifier 50 is on a code that cannot be bilateral or already is.",
        why="with indicator 0 or 9 there are no two sides, and with 2 the code is for both.",
        fix="remove the modifier, or use the code for both sides.",
        passes=billed("G0105", "50"),
        fails=(billed("G0101", "50"),),
    ),
    Row(
        number=5,
        ack="A3:454",
        carc=("54",),
        rarc=("N646",),
        name="assistant-not-paid",
        indicator="assistant",
        section="assistant at surgery",
        bars={modifier: values("1 9") for modifier in ("80", "81", "82", "AS")},
        doubts=values("0"),
        what="An assistant at surgery is billed where none is paid.",
        why="with indicator 1 no assistant is paid, with 0 only where the record shows the need, and 9 is no surgery.",
        fix="remove the line, or send the record where it shows the need.",
        passes=billed("G0105", "80"),
        fails=(billed("G0105", "53", "80"), billed("G0104", "AS")),
    ),
    Row(
        number=6,
        ack="A3:454",
        carc=("54",),
        name="co-surgeons-not-paid",
        indicator="co_surgeons",
        section="co-surgeons",
        bars={"62": values("0 9")},
        doubts=values("1"),
        what="Two surgeons are billed where one is paid.",
        why="with indicator 0 or 9 there are no co-surgeons, with 1 only where the record shows the need.",
        fix="bill one surgeon, or send the record where it shows the need.",
        passes=billed("G0105", "62"),
        fails=(billed("G0101", "62"), billed("G0104", "62")),
    ),
    Row(
        number=7,
        ack="A3:454",
        carc=("54",),
        name="team-not-paid",
        indicator="team",
        section="team surgery",
        bars={"66": values("0 9")},
        doubts=values("1"),
        what="A surgical team is billed where none is paid.",
        why="with indicator 0 or 9 there is no team, with 1 only where the record shows the need.",
        fix="bill one surgeon, or send the record where it shows the need.",
        passes=billed("G0105", "66"),
        fails=(billed("G0101", "66"), billed("G0104", "66")),
    ),
    Row(
        number=8,
        ack="A3:454",
        carc=("96", "97"),
        rarc=("N425",),
        name="status-not-paid",
        indicator="status",
        section="status code",
        bars={"": values("B D F G H I N P")},
        what="Medicare does not pay a code by its status.",
        why="the schedule marks codes that are bundled, deleted, not covered or not valid for Medicare; what it marks as paid by another schedule is left alone.",
        fix="use a code that Medicare pays, or bill who covers the service.",
        passes=billed("G0101", subscriber=MEDICARE_PATIENT),
        fails=(billed("G0102", subscriber=MEDICARE_PATIENT),),
        severity=Severity.WARNING,
        applies_to="medicare",
    ),
)

FEE_SCHEDULE_EDITS: dict[str, AnyEdit] = {edit.id: edit for edit in map(FeeScheduleEdit, ROWS)}
