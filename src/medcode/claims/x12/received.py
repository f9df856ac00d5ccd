"""What was received, sorted for an answer: interchanges, groups and sets, each with its findings."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

import attrs

from medcode.claims.x12.rules import RULES
from medcode.claims.x12.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medcode.claims.x12.lexer import RawSegment
    from medcode.findings import Finding

__all__ = ["ReceivedGroup", "ReceivedInterchange", "ReceivedSet", "receive"]

_STRAY = "022"
"""What TA1 says of a structure that no header holds."""


@attrs.define
class ReceivedSet:
    """ST with what was found below it, its claims' own numbers, and where its subscribers stand."""

    header: list[str]
    findings: list[Finding] = attrs.field(factory=list)
    claims: dict[int | None, str] = attrs.field(factory=dict)
    coverages: list[int] = attrs.field(factory=list)
    length: int = 0
    last: str = ""

    def note(self, elements: list[str]) -> None:
        """Count a segment, and keep where the subscribers' coverages stand."""
        self.length += 1
        id_ = elements[0].upper()
        if id_ == "SBR" and self.last == "HL":
            self.coverages.append(self.length)
        self.last = id_

    def coverage_at(self, position: int) -> int | None:
        """Give the position of the SBR of the subscriber's level that a position belongs to."""
        at = bisect_right(self.coverages, position)
        return self.coverages[at - 1] if at else None


@attrs.define
class ReceivedGroup:
    """GS, as far as it stands, with its sets, its count and what was found about it alone."""

    header: list[str]
    sets: list[ReceivedSet] = attrs.field(factory=list)
    findings: list[Finding] = attrs.field(factory=list)
    stated: str = ""


@attrs.define
class ReceivedInterchange:
    """ISA, as far as it stands, with its groups and the codes that a TA1 has to give."""

    header: list[str]
    groups: list[ReceivedGroup] = attrs.field(factory=list)
    codes: list[str] = attrs.field(factory=list)


def receive(segments: Iterable[RawSegment]) -> list[ReceivedInterchange]:
    """Judge a transmission and sort what is found by the header it belongs to."""
    return _Sorter().sort(segments)


class _Sorter:
    """Follows the headers of a transmission."""

    def __init__(self) -> None:
        self._all: list[ReceivedInterchange] = []
        self._set: ReceivedSet | None = None
        self._group: ReceivedGroup | None = None

    def sort(self, segments: Iterable[RawSegment]) -> list[ReceivedInterchange]:
        session = Session(build=False, check=True)
        for segment in segments:
            before = self._homes()
            if segment.elements:
                self._follow(segment.elements)
            begun = session.begun
            session.accept(segment)
            if self._set and session.begun > begun:
                self._set.claims[begun] = "".join(segment.elements[1:2])
            for finding in session.take_findings():
                late = (
                    finding.name.endswith("trailer-missing")
                    or (finding.location.offset or 0) < segment.offset
                )
                _keep(finding, *(before if late else self._homes()))
        session.finish()
        for finding in session.take_findings():
            _keep(finding, *self._homes())
        return self._all

    def _homes(self) -> tuple[ReceivedInterchange | None, ReceivedGroup | None, ReceivedSet | None]:
        return self._all[-1] if self._all else None, self._group, self._set

    def _follow(self, elements: list[str]) -> None:
        id_ = elements[0].upper()
        if id_ == "ISA":
            self._all.append(ReceivedInterchange(elements))
            self._group = self._set = None
        elif id_ == "GS":
            self._begin_group(elements)
        elif id_ == "ST":
            if self._group is None:
                self._begin_group([])
            self._set = ReceivedSet(elements)
            self._group.sets.append(self._set)  # type: ignore[union-attr]  # begun a line before
        elif id_ == "GE" and self._group:
            self._group.stated = "".join(elements[1:2])
        if self._set:
            self._set.note(elements)

    def _begin_group(self, elements: list[str]) -> None:
        if not self._all:
            self._all.append(ReceivedInterchange([]))
        self._group, self._set = ReceivedGroup(elements), None
        self._all[-1].groups.append(self._group)


def _keep(
    finding: Finding,
    interchange: ReceivedInterchange | None,
    group: ReceivedGroup | None,
    received: ReceivedSet | None,
) -> None:
    """Put a finding where it is answered; what no header holds is the interchange's."""
    rule = RULES[finding.name]
    if rule.level == "group" and group:
        group.findings.append(finding)
    elif rule.level in {"set", "segment", "element"} and received:
        received.findings.append(finding)
    elif interchange:
        interchange.codes.append(rule.code if rule.level == "interchange" else _STRAY)
