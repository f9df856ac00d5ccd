"""SIT01 to SIT57: rules of situation, each a row of a table and a function that looks for its faults.

The tables are in `payers`, `stays`, `services`, `links` and `medicare`; the class is the same for all. An error is what
the guide itself asks for; what only payers ask for is a warning and cites practice.
"""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, Never, TypeAlias, cast, final

import attrs

from medcode.claims.model.claim import Claim
from medcode.edits.base import ANYWHERE, Edit
from medcode.edits.days import unread
from medcode.edits.features import ANY
from medcode.edits.setting import Setting
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

Look: TypeAlias = "Callable[[Claim, Context[Claim]], Iterator[Fault | Unread]]"

Situation: TypeAlias = "Callable[[Any], Iterator[tuple[str, Any, str]]]"
"""Yields each part of a claim that is in a situation: its path, the part, and the code that says so."""

__all__ = [
    "DENTAL",
    "INSTITUTIONAL",
    "PRACTICE",
    "PROFESSIONAL",
    "Fault",
    "Row",
    "SituationalEdit",
    "Unread",
    "any_of",
    "in_claim",
    "in_lines",
    "missing",
    "table",
]

PROFESSIONAL, INSTITUTIONAL, DENTAL = "005010X222A1", "005010X223A2", "005010X224A2"
PRACTICE = Source("Practice", "What payers commonly reject; no guide says so")

SETTINGS = {
    PROFESSIONAL: (Setting.PROFESSIONAL,),
    INSTITUTIONAL: (Setting.INPATIENT, Setting.OUTPATIENT),
    DENTAL: (Setting.DENTAL,),
}


NAMED = frozenset(
    [
        "AMT",
        "CAS",
        "CL1",
        "CLM",
        "CR1",
        "CR3",
        "CRC",
        "DN1",
        "DTP",
        "HI",
        "MEA",
        "NM1",
        "PS1",
        "PWK",
        "QTY",
        "REF",
        "SBR",
        "SV1",
        "SV2",
        "SV3",
        "SVD",
    ]
)
"""The segments that the places of rows name."""


def segments_of(place: str) -> list[str]:
    """Return the segments that a place of the guides names.

    >>> segments_of("2400 SV305 and DTP 441"), segments_of("2310B")
    (['SV3', 'DTP'], [])
    """
    return [each for each in re.findall(r"\b([A-Z][A-Z0-9]{1,2})(?=\d\d\b|\b)", place) if each in NAMED]


class Fault(NamedTuple):
    """What is wrong at a place of a claim; `severity` where it is not that of the rule."""

    path: str
    code: str | None
    message: str
    severity: Severity | None = None


class Unread(NamedTuple):
    """A day that the rule rests on and that cannot be read."""

    path: str


def in_claim(code_of: Callable[[Any], str | None]) -> Situation:
    """Return the situation of a claim that `code_of` gives a code for."""

    def parts(claim: Claim) -> Iterator[tuple[str, Any, str]]:
        if code := code_of(claim):
            yield "", claim, code

    return parts


def in_lines(code_of: Callable[[Any], str | None]) -> Situation:
    """Return the situation of each line that `code_of` gives a code for."""

    def parts(claim: Claim) -> Iterator[tuple[str, Any, str]]:
        for number, line in enumerate(claim.lines):
            if code := code_of(line):
                yield f"lines[{number}].", line, code

    return parts


def missing(situation: Situation, **messages: str) -> Look:
    """Return what looks for attributes that a situation makes due, each with the message where it is missing.

    A name of an attribute has `__` for each dot of its path; a message may show the `{code}`.
    """
    due = [(path := name.replace("__", "."), attrgetter(path), text) for name, text in messages.items()]

    def look(claim: Claim, _context: Context[Claim]) -> Iterator[Fault | Unread]:
        for prefix, part, code in situation(claim):
            for path, value, text in due:
                if not value(part):
                    yield Fault(f"{prefix}{path}", code, text.format(code=code))

    return look


def any_of(*looks: Look) -> Look:
    """Return what looks for the faults of several looks."""

    def look(claim: Claim, context: Context[Claim]) -> Iterator[Fault | Unread]:
        for each in looks:
            yield from each(claim, context)

    return look


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
    ack: str
    carc: tuple[str, ...] = ("16",)
    rarc: tuple[str, ...] = ("MA130",)
    snip: int = 4
    applies_to: str | tuple[str, ...] = ANY
    requires: tuple[str, ...] = ()
    yields_to: tuple[str, ...] = ()
    opt_in: bool = False
    what: str
    why: str
    fix: str
    look: Callable[[Never, Context[Never]], Iterator[Fault | Unread]]
    passes: tuple[Claim, ...]
    fails: tuple[Claim, ...]


@final
class SituationalEdit(Edit[Claim]):
    """One row of the tables: a part of a claim that is due, or not due, in a situation."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.ack, self.carc, self.rarc = row.ack, row.carc, row.rarc
        self.look = cast("Look", row.look)
        self.id, self.name, self.snip = f"SIT{row.number:02}", row.name, row.snip
        self.source = row.source or Source("X12", " and ".join(row.guides), section=row.place)
        self.severity, self.opt_in = row.severity, row.opt_in
        self.segments = frozenset(
            segments_of(row.place) or ("NM1",)
        )  # a loop alone is that of a provider or a place
        self.settings = row.settings or tuple(
            setting for setting in ANYWHERE if any(setting in SETTINGS[guide] for guide in row.guides)
        )
        self.applies_to, self.requires, self.yields_to = row.applies_to, row.requires, row.yields_to
        self.passes, self.fails = row.passes, row.fails
        self.__doc__ = f"{row.what}\n\nWhy: {row.why}\nFix: {row.fix}"

    def check(self, claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Yield a finding for each fault that the row's function sees."""
        for fault in self.look(claim, context):
            if isinstance(fault, Unread):
                yield self.unchecked(fault.path, None, unread(fault.path))
                continue
            finding = self.fail(fault.path, fault.code, fault.message)
            yield attrs.evolve(finding, severity=fault.severity) if fault.severity else finding


def table(*rows: Row) -> dict[str, SituationalEdit]:
    """Return the edits of rows by their ids."""
    return {edit.id: edit for edit in map(SituationalEdit, rows)}
