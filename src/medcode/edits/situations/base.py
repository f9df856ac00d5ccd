"""SIT01 to SIT41: rules of situation, each a row of a table and a function that looks for its faults.

The tables stand in `payers`, `stays` and `services`; the class is the same for all. An error is what
the guide itself asks for; what only payers ask for is a warning and cites practice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, final

import attrs

from medcode.edits.base import ANYWHERE, Edit
from medcode.edits.days import unread
from medcode.edits.setting import Setting
from medcode.edits.traits import ANY
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from medcode.claims.model.claim import Claim
    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = [
    "DENTAL",
    "INSTITUTIONAL",
    "PRACTICE",
    "PROFESSIONAL",
    "Fault",
    "Row",
    "SituationalEdit",
    "Unread",
    "table",
]

PROFESSIONAL, INSTITUTIONAL, DENTAL = "005010X222A1", "005010X223A2", "005010X224A2"
PRACTICE = Source("Practice", "What payers commonly reject; no guide says so")

SETTINGS = {
    PROFESSIONAL: (Setting.PROFESSIONAL,),
    INSTITUTIONAL: (Setting.INPATIENT, Setting.OUTPATIENT),
    DENTAL: (Setting.DENTAL,),
}


class Fault(NamedTuple):
    """What is wrong at a place of a claim; `severity` where it is not that of the rule."""

    path: str
    code: str | None
    message: str
    severity: Severity | None = None


class Unread(NamedTuple):
    """A day that the rule rests on and that cannot be read."""

    path: str


@attrs.frozen(kw_only=True)
class Row:
    """One rule: what it is called and means, where the guides have it, how it is looked for, and examples.

    `guides` are those that have it (none: all three); `place` is the loop, segment and element it is
    about; `settings` narrows what the guides say. `source` is given where no guide is.
    """

    number: int
    name: str
    place: str
    guides: tuple[str, ...] = (PROFESSIONAL, INSTITUTIONAL, DENTAL)
    settings: tuple[Setting, ...] = ()
    source: Source | None = None
    severity: Severity = Severity.ERROR
    snip: int = 4
    applies_to: str = ANY
    requires: tuple[str, ...] = ()
    yields_to: tuple[str, ...] = ()
    what: str
    why: str
    fix: str
    look: Callable[[Any, Context], Iterator[Fault | Unread]]
    passes: tuple[Claim, ...]
    fails: tuple[Claim, ...]


@final
class SituationalEdit(Edit[Any]):
    """One row of the tables: a part of a claim that is due, or not due, in a situation."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.id, self.name, self.snip = f"SIT{row.number:02}", row.name, row.snip
        self.source = row.source or Source("X12", " and ".join(row.guides), section=row.place)
        self.severity = row.severity
        self.settings = row.settings or tuple(
            setting for setting in ANYWHERE if any(setting in SETTINGS[guide] for guide in row.guides)
        )
        self.concerns, self.needs, self.yields_to = row.applies_to, row.requires, row.yields_to
        self.passes, self.fails = row.passes, row.fails
        self.__doc__ = f"{row.what}\n\nWhy: {row.why}\nCure: {row.fix}"

    def check(self, claim: Claim, context: Context) -> Iterator[Finding]:
        """Yield a finding for each fault that the row's function sees."""
        for fault in self.row.look(claim, context):
            if isinstance(fault, Unread):
                yield self.unchecked(fault.path, None, unread(fault.path))
                continue
            finding = self.fail(fault.path, fault.code, fault.message)
            yield attrs.evolve(finding, severity=fault.severity) if fault.severity else finding


def table(*rows: Row) -> dict[str, SituationalEdit]:
    """Return the edits of rows by their ids."""
    return {edit.id: edit for edit in map(SituationalEdit, rows)}
