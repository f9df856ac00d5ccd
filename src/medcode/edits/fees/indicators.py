"""PFS01 to PFS08: modifiers that the fee schedule's indicators of a code rule out, and codes it does not pay.

One class and a table: each row names the indicator, and the values with which a modifier must not stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, final

import attrs

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
    from medcode.edits.context import Context
    from medcode.edits.services import Service
    from medcode.findings import Finding

__all__ = ["FEE_SCHEDULE_EDITS", "FeeScheduleEdit", "indicators_of"]

MANUAL = "Medicare Claims Processing Manual, Pub. 100-04, chapter 23, addendum: MPFSDB record layout"
NO_TABLE = (
    "Not checked: no fee schedule is loaded. Add one: medcode data add FILE, or Tables(fee_schedule=...)."
)


def indicators_of(edit: Edit[Any], service: Service, context: Context) -> Indicators | Finding | None:
    """Give what the schedule of the day says of a service, or why it cannot; None for a code it does not list."""
    known = context.tables.fee_schedule
    if not known:
        return edit.unchecked(None, None, NO_TABLE)
    schedule = schedule_of(known, service.day)
    if schedule is None:
        there = "; ".join(map(str, known))
        message = f"Not checked: no fee schedule covers {service.day}; there is {there}."
        return edit.unchecked(service.path, service.code, message)
    part = next((modifier for modifier in PARTS if modifier in service.modifiers), "")
    found = schedule.get(service.code, part)
    if found is None and schedule.release.partial:
        message = "Not checked: the fee schedule is trimmed, and lacks the code."
        return edit.unchecked(service.path, service.code, message)
    return found


PARTS = ("26", "TC", "53")
"""Modifiers with rows of their own."""


@attrs.frozen(kw_only=True)
class Row:
    """One such edit: with which values of an indicator each modifier must not stand, and with which it is doubtful.

    The modifier of no text is for the code by itself.
    """

    number: int
    name: str
    indicator: str
    section: str
    bars: Mapping[str, frozenset[str]]
    doubts: frozenset[str] = frozenset()
    what: str
    why: str
    cure: str
    passes: Claim
    fails: tuple[Claim, ...]
    severity: Severity = Severity.ERROR
    concerns: str = "modifiers"


@final
class FeeScheduleEdit(Edit[Any]):
    """One row of the table below: what an indicator of the fee schedule rules out."""

    snip = 7
    settings = (Setting.PROFESSIONAL,)
    needs = ("day",)
    given = EXAMPLE

    def __init__(self, row: Row) -> None:
        self.row = row
        self.id, self.name = f"PFS{row.number:02}", row.name
        self.source = Source("CMS", MANUAL, section=row.section)
        self.severity, self.concerns = row.severity, row.concerns
        self.passes, self.fails = (row.passes,), row.fails
        self.__doc__ = f"{row.what}\n\nWhy: {row.why}\nCure: {row.cure}"

    def check(self, _claim: Any, context: Context) -> Iterator[Finding]:
        """Look at each service with such a modifier."""
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
        label = self.row.indicator.replace("_", " ")
        told = f"Modifier {modifier} does not go with" if modifier else "Medicare does not pay for"
        path = f"lines[{service.number}].procedure.modifiers" if modifier else service.path
        finding = self.fail(
            path, service.code, f"{told} {service.code}: its indicator of {label} is {value}."
        )
        if value not in self.row.doubts:
            return finding
        told = f"Modifier {modifier} with {service.code} needs documentation: its indicator of {label} is {value}."
        return attrs.evolve(finding, severity=Severity.WARNING, message=told)


def values(text: str) -> frozenset[str]:
    """Give the values of an indicator that a text lists."""
    return frozenset(text.split())


def billed(code: str, *modifiers: str, **changes: Any) -> Claim:
    """Make a visit of one service with modifiers, for the examples."""
    return visit(lines=(line(code, modifiers=modifiers),), **changes)


ROWS = (
    Row(
        number=1,
        name="component-not-allowed",
        indicator="pctc",
        section="PC/TC indicator",
        bars={"26": values("0 2 3 4 5 9"), "TC": values("0 2 3 4 5 6 8 9")},
        what="Modifier 26 or TC stands with a code that has no such part.",
        why="only diagnostic tests divide into a professional and a technical part; other codes are one of them already, or neither.",
        cure="take the modifier out, or take the code of the part.",
        passes=billed("G0130", "26"),
        fails=(billed("G0101", "26"), billed("G0101", "TC")),
    ),
    Row(
        number=2,
        name="surgical-care-not-divided",
        indicator="global_days",
        section="global surgery",
        bars={modifier: values("000 XXX ZZZ") for modifier in ("54", "55", "56")},
        what="Modifier 54, 55 or 56 stands with a code that has no days of care to divide.",
        why="surgery, care before and care after can be divided where the package has 10 or 90 days.",
        cure="take the modifier out.",
        passes=billed("G0105", "54"),
        fails=(billed("G0101", "54"),),
    ),
    Row(
        number=3,
        name="multiple-not-reduced",
        indicator="multiple",
        section="multiple procedure",
        bars={"51": values("0 9")},
        what="Modifier 51 stands with a code that no rule of multiple procedures reduces.",
        why="with indicator 0 or 9 several procedures of a day are each paid in full.",
        cure="take the modifier out.",
        passes=billed("G0105", "51"),
        fails=(billed("G0101", "51"),),
        severity=Severity.WARNING,
    ),
    Row(
        number=4,
        name="bilateral-not-allowed",
        indicator="bilateral",
        section="bilateral surgery",
        bars={"50": values("0 2 9")},
        what="Modifier 50 stands with a code that cannot be done on both sides, or is for both already.",
        why="with indicator 0 or 9 there are no two sides, and with 2 the code is for both.",
        cure="take the modifier out, or take the code for both sides.",
        passes=billed("G0105", "50"),
        fails=(billed("G0101", "50"),),
    ),
    Row(
        number=5,
        name="assistant-not-paid",
        indicator="assistant",
        section="assistant at surgery",
        bars={modifier: values("1 9") for modifier in ("80", "81", "82", "AS")},
        doubts=values("0"),
        what="An assistant at surgery is billed where none is paid.",
        why="with indicator 1 no assistant is paid, with 0 only where the record shows the need, and 9 is no surgery.",
        cure="take the line out, or send the record where it shows the need.",
        passes=billed("G0105", "80"),
        fails=(billed("G0105", "53", "80"), billed("G0104", "AS")),
    ),
    Row(
        number=6,
        name="co-surgeons-not-paid",
        indicator="co_surgeons",
        section="co-surgeons",
        bars={"62": values("0 9")},
        doubts=values("1"),
        what="Two surgeons are billed where one is paid.",
        why="with indicator 0 or 9 there are no co-surgeons, with 1 only where the record shows the need.",
        cure="bill one surgeon, or send the record where it shows the need.",
        passes=billed("G0105", "62"),
        fails=(billed("G0101", "62"), billed("G0104", "62")),
    ),
    Row(
        number=7,
        name="team-not-paid",
        indicator="team",
        section="team surgery",
        bars={"66": values("0 9")},
        doubts=values("1"),
        what="A surgical team is billed where none is paid.",
        why="with indicator 0 or 9 there is no team, with 1 only where the record shows the need.",
        cure="bill one surgeon, or send the record where it shows the need.",
        passes=billed("G0105", "66"),
        fails=(billed("G0101", "66"), billed("G0104", "66")),
    ),
    Row(
        number=8,
        name="status-not-paid",
        indicator="status",
        section="status code",
        bars={"": values("B D F G H I N P")},
        what="Medicare pays nothing for a code by its status.",
        why="the schedule marks codes that are bundled, deleted, not covered or not valid for Medicare; what it marks as paid by another schedule is left alone.",
        cure="take the code that Medicare takes, or bill who covers the service.",
        passes=billed("G0101", subscriber=MEDICARE_PATIENT),
        fails=(billed("G0102", subscriber=MEDICARE_PATIENT),),
        severity=Severity.WARNING,
        concerns="medicare",
    ),
)

FEE_SCHEDULE_EDITS: dict[str, Edit[Any]] = {edit.id: edit for edit in map(FeeScheduleEdit, ROWS)}
