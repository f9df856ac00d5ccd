"""What a checker has found so far; what repeats itself segment after segment is one finding with a count.

A file of nothing but empty segments is one finding, not a million.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from medcode.claims.x12.validate.rules import finding

if TYPE_CHECKING:
    from medcode.findings import Finding

__all__ = ["Entry", "FindingLog", "Run"]


@attrs.define
class Entry:
    """Where a finding is kept, so that it can be counted up while it is not yet taken."""

    findings: list[Finding]
    at: int

    @property
    def finding(self) -> Finding:
        """The finding as it is now; another can be put in its place."""
        return self.findings[self.at]

    @finding.setter
    def finding(self, found: Finding) -> None:
        self.findings[self.at] = found

    @property
    def count(self) -> int:
        """How often it was found."""
        return self.finding.count

    def amend(self, message: str) -> None:
        """Replace the message of a finding."""
        self.finding = attrs.evolve(self.finding, message=message)

    def repeat(self, message: str) -> None:
        """Count the finding up; the message says so."""
        self.finding = attrs.evolve(self.finding, message=message, count=self.count + 1)


class FindingLog:
    """Keeps findings in order; `findings` are those not yet taken."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.not_checked: dict[str, Finding] = {}
        """What could not be judged, by its message."""
        self._step = 0
        self._now: dict[tuple[object, ...], Entry] = {}
        self._before: dict[tuple[object, ...], Entry] = {}

    def add(self, found: Finding, step: int) -> Entry:
        """Keep a finding about the segment of that number; one that the segment before it has too is counted up."""
        if step != self._step:
            self._before = self._now if step == self._step + 1 else {}
            self._now, self._step = {}, step
        at = found.location
        alike = (
            found.rule,
            found.message,
            at.loop,
            at.segment,
            at.element,
            at.component,
            found.code,
            found.claim,
        )
        entry = self._now.get(alike) or self._before.get(alike)
        if entry is None:
            self.findings.append(found)
            entry = Entry(self.findings, len(self.findings) - 1)
        else:
            entry.repeat(f"{found.message} This is so {entry.count + 1:,} times in a row.")
        self._now[alike] = entry
        return entry

    def take(self) -> list[Finding]:
        """Return what was found since the last call."""
        taken, self.findings = self.findings, []
        return taken


_SHOWN = 6
"""How many of the segments without a place after the first are named."""


class Run:
    """Segments in a row that have no place: the finding of the first names the others."""

    def __init__(self, rule: str, message: str, entry: Entry, first: str) -> None:
        self.rule = rule
        self._message = message
        self._entry = entry
        self._first = first
        self._ids: list[str] = []
        self._count = 0

    def follow(self, id_: str) -> None:
        """Read the next segment without a place."""
        self._count += 1
        if self._count <= _SHOWN:
            self._ids.append(id_)
        named = self._named(*self._ids)
        which = "1 segment after it has" if self._count == 1 else f"{self._count:,} segments after it have"
        self._entry.amend(f"{self._message} {which} no place either: {named}.")

    def turn(self, rule: str, message: str, loop: str, id_: str) -> None:
        """Put in place of its finding that of a segment that is missing before them, as what follows has shown."""
        here = attrs.evolve(self._entry.finding.location, loop=loop, segment=id_)
        self.rule, self._message = rule, message
        self._entry.finding = finding(rule, message, here, "Add it.")

    def belong_to(self, missing: Finding) -> None:
        """Put in place of its finding that of what is missing, which they belong to."""
        message = f"{missing.message} These segments belong to it: {self._named(self._first, *self._ids)}."
        here = self._entry.finding.location
        place = attrs.evolve(missing.location, position=here.position, offset=here.offset)
        self._entry.finding = attrs.evolve(missing, message=message, location=place)

    def _named(self, *ids: str) -> str:
        return ", ".join(ids) + (" …" if self._count > _SHOWN else "")
