"""What was received, sorted for an answer: interchanges, groups and sets, each with its findings."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

import attrs

from medcode.claims.x12.parse.session import Session
from medcode.claims.x12.text.lexer import name_of
from medcode.claims.x12.validate.judge import StructureJudge
from medcode.claims.x12.validate.rules import RULES
from medcode.claims.x12.validate.segments import SetChecker

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medcode.claims.x12.guides.grammar import Guide
    from medcode.claims.x12.parse.cache import MatchedSegment
    from medcode.claims.x12.parse.walker import Walker
    from medcode.claims.x12.text.lexer import RawSegment
    from medcode.claims.x12.validate.neighbors import Neighbors
    from medcode.findings import Finding

__all__ = ["ReceivedGroup", "ReceivedInterchange", "ReceivedSet", "receive"]

_FRAME = frozenset({"ISA", "GS", "ST", "SE", "GE", "IEA"})

_STRAY = "022"
"""The TA1 code for a structure that is in no group."""


@attrs.define
class ReceivedSet:
    """ST with what was found below it, its guide, its units' own numbers, and where its triggers are.

    A trigger is the segment that a situational error comes from, such as SBR of a subscriber's level.
    """

    header: list[str]
    findings: list[Finding] = attrs.field(factory=list)
    guide: Guide | None = None
    units: dict[int | None, str] = attrs.field(factory=dict)
    triggers: list[int] = attrs.field(factory=list)

    def trigger_at(self, position: int) -> int | None:
        """Return the position of the last trigger at or before a position."""
        at = bisect_right(self.triggers, position)
        return self.triggers[at - 1] if at else None


@attrs.define
class ReceivedGroup:
    """GS, as far as it is there, with its sets, its count and what was found about it alone."""

    header: list[str]
    sets: list[ReceivedSet] = attrs.field(factory=list)
    findings: list[Finding] = attrs.field(factory=list)
    stated: str = ""


@attrs.define
class ReceivedInterchange:
    """ISA, as far as it is there, with its groups and the codes of a TA1."""

    header: list[str]
    groups: list[ReceivedGroup] = attrs.field(factory=list)
    codes: list[str] = attrs.field(factory=list)


def receive(segments: Iterable[RawSegment]) -> list[ReceivedInterchange]:
    """Check a transmission and sort what is found by the header it belongs to."""
    return _Sorter().sort(segments)


class _NotingChecker(SetChecker):
    """Notes for the answer what the units of a set are called, and where its triggers are."""

    def __init__(self, walker: Walker, first_unit: int, received: ReceivedSet) -> None:
        super().__init__(walker, first_unit)
        self._received = received
        self._number = first_unit
        received.guide = guide = walker.guide
        self._reference = int(guide.reference[-2:]) if guide.reference else None
        self._trigger = guide.trigger[:2] if guide.trigger else None

    def check(self, matched: MatchedSegment, offset: int, position: int) -> list[str]:
        elements = super().check(matched, offset, position)
        node = matched.node
        if not elements:
            return elements
        if node.begins_unit:
            at = self._reference
            named = matched.segment.elements[at : at + 1] if at else ()
            self._received.units[self._number] = "".join(named)
            self._number += 1
        if (node.loop.loop.id, node.use.id) == self._trigger and self.is_first(node):
            self._received.triggers.append(position)
        return elements


class _NotingJudge(StructureJudge):
    """Checks a transmission with notes of the set that is received."""

    def __init__(self) -> None:
        super().__init__()
        self.received = ReceivedSet([])

    def begin(self, walker: Walker) -> SetChecker | Neighbors:
        """Return the checker of a set; of a TA1, which is in no group and is not answered, nothing is kept."""
        return super().begin(walker) if walker.guide.group else SetChecker(walker)

    def checker(self, walker: Walker) -> SetChecker:
        return _NotingChecker(walker, self.units, self.received)


class _Sorter:
    """Follows the headers of a transmission."""

    def __init__(self) -> None:
        self._all: list[ReceivedInterchange] = []
        self._set: ReceivedSet | None = None
        self._group: ReceivedGroup | None = None

    def sort(self, segments: Iterable[RawSegment]) -> list[ReceivedInterchange]:
        judge = _NotingJudge()
        session = Session(judge=judge)
        for segment in segments:
            before = self._homes()
            if segment.elements:
                self._follow(segment.elements)
            if self._set:
                judge.received = self._set
            session.accept(segment)
            if segment.elements and name_of(segment.elements) not in _FRAME:
                continue  # what is wrong in a set is known for certain where it ends
            for finding in judge.take_findings():
                late = (
                    finding.name.endswith("trailer-missing")
                    or (finding.location.offset or 0) < segment.offset
                )
                _keep(finding, *(before if late else self._homes()))
        session.finish()
        for finding in judge.take_findings():
            _keep(finding, *self._homes())
        return self._all

    def _homes(self) -> tuple[ReceivedInterchange | None, ReceivedGroup | None, ReceivedSet | None]:
        return self._all[-1] if self._all else None, self._group, self._set

    def _follow(self, elements: list[str]) -> None:
        id_ = name_of(elements)
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
    """Keep a finding where it is answered; what no header holds is the interchange's."""
    rule = RULES[finding.name]
    if rule.level == "group" and group:
        group.findings.append(finding)
    elif rule.level in {"set", "segment", "element"} and received:
        received.findings.append(finding)
    elif interchange:
        interchange.codes.append(rule.code if rule.level == "interchange" else _STRAY)
