"""The structure of one transaction set, judged segment by segment as it is walked.

Each loop that stands open keeps a count of what it held; when it closes, what must stand and
does not is found. Hierarchy numbers, line numbers and counts are held against what came.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from medcode.claims.x12.accept import acceptor, broken_notes
from medcode.claims.x12.dictionary import SEGMENTS
from medcode.claims.x12.explain import faults
from medcode.claims.x12.grammar import Usage
from medcode.claims.x12.rules import RULES
from medcode.claims.x12.walker import LoopNode, Node
from medcode.findings import Finding, Fix, Location

if TYPE_CHECKING:
    from medcode.claims.x12.lexer import RawSegment
    from medcode.claims.x12.walker import Step, Walker

__all__ = ["SetChecker", "finding"]


def finding(rule: str, message: str, location: Location, fix: str | None = None, claim: int | None = None) -> Finding:
    """Make the finding of a rule of structure."""
    about = RULES[rule]
    return Finding(
        about.id,
        about.name,
        message,
        about.severity,
        snip=about.snip,
        location=location,
        source=about.source,
        fix=Fix(fix) if fix else None,
        ack=about.ack,
        claim=claim,
    )


class SetChecker:
    """Takes in the placed segments of one transaction set and keeps what is wrong with them."""

    def __init__(self, walker: Walker, first_claim: int = 0) -> None:
        self.findings: list[Finding] = []
        self.claims = -1
        self._first = first_claim
        self._in_claim = False
        self._walker = walker
        self._open: list[tuple[LoopNode, Counter[Any]]] = [(walker.root, Counter())]
        self._hierarchy = _Hierarchy(self)
        self._lines = 0
        self._here = Location()

    def accept(self, step: Step, segment: RawSegment, position: int) -> None:
        """Judge the next segment."""
        elements = segment.elements
        node = step.node
        loop = node.loop.loop.id
        self._here = Location(loop=loop, segment=elements[0], position=position, offset=segment.offset)
        for closed in step.closes:
            self._close(closed)
        if not step.placed:
            self._unplaced(segment, node)
            return
        for opened in step.opens:
            self._count(opened, opened.loop.repeat, "loop-too-often")
            self._open.append((opened, Counter()))
        if not step.ordered:
            self._say("segment-out-of-order", "The segment stands too late.", "Move it to its place.")
        use = node.segment
        assert use  # noqa: S101  # a placed segment has its use
        self._count(node, use.repeat, "segment-too-often")
        text = segment.text
        if text[:1] != elements[0][:1]:
            text = segment.delimiters.element.join(elements)
        if not acceptor(use, segment.delimiters).fullmatch(text) or broken_notes(use.notes, elements[1:]):
            self._explain(node, segment)
        self._special(elements, node)

    def finish(self) -> None:
        """Close what is still open at the end of the set."""
        while self._open:
            self._close(self._open[-1][0])

    def _say(self, rule: str, message: str, fix: str | None = None, **place: Any) -> None:
        location = Location(
            loop=place.get("loop", self._here.loop),
            segment=place.get("segment", self._here.segment),
            element=place.get("element"),
            component=place.get("component"),
            position=self._here.position,
            offset=self._here.offset,
        )
        claim = self._first + self.claims if self._in_claim else None
        self.findings.append(finding(rule, message, location, fix, claim))

    def _count(self, child: Node | LoopNode, repeat: int, rule: str) -> None:
        counts = self._open[-1][1]
        counts[child] += 1
        if counts[child] > repeat:
            self._say(rule, f"It stands {counts[child]} times; at most {repeat} are allowed.", "Remove it.")

    def _close(self, loop: LoopNode) -> None:
        _, counts = self._open.pop()
        if loop.required <= counts.keys():
            return
        missing = [child for group in loop.children for child in group if child in loop.required - counts.keys()]
        for child in missing:
            opener = child.opener.segment
            assert opener  # noqa: S101  # an opener is a segment
            if isinstance(child, LoopNode):
                title = f"Loop {child.loop.id} ({child.loop.title})"
                self._say("loop-missing", f"{title} is missing.", "Add it.", loop=child.loop.id, segment=opener.id)
            else:
                title = f"{opener.id} ({opener.title})"
                self._say("segment-missing", f"{title} is missing.", "Add it.", loop=loop.loop.id, segment=opener.id)

    def _unplaced(self, segment: RawSegment, node: Node) -> None:
        id_ = segment.elements[0]
        if not id_:
            self._say("segment-empty", "An empty segment stands here.", "Remove the extra terminator.")
        elif id_ not in SEGMENTS or not self._walker.knows(id_):
            self._say("segment-unrecognised", "The guide knows no such segment.", "Remove it.")
        else:
            qualifiers = self._walker.qualifiers(node, id_)
            allowed = f" Allowed here: {', '.join(qualifiers)}." if qualifiers else ""
            self._say("segment-unexpected", f"No such {id_} belongs here.{allowed}", "Move, mend or remove it.")

    def _explain(self, node: Node, segment: RawSegment) -> None:
        assert node.segment  # noqa: S101  # a placed segment has its use
        for fault in faults(node.segment, segment.elements, segment.delimiters):
            self._say(fault.rule, fault.message, fault.fix, element=fault.element, component=fault.component)

    def _special(self, elements: list[str], node: Node) -> None:
        id_ = elements[0]
        if id_ == "LX":
            self._lines += 1
            if elements[1:2] != [str(self._lines)]:
                self._say("line-number", f"Line {self._lines} of the claim has another number.", element=1)
        elif id_ == "CLM":
            self.claims += 1
            self._lines = 0
            self._in_claim = True
        elif id_ == "HL":
            self._in_claim = False
            self._hierarchy.accept(elements, node)


class _Hierarchy:
    """The numbers of HL: each one more than the last, under a parent of the level above."""

    def __init__(self, checker: SetChecker) -> None:
        self._say = checker._say  # noqa: SLF001  # its own part
        self._last = 0
        self._levels: dict[str, str] = {}

    def accept(self, elements: list[str], node: Node) -> None:
        number, parent, level = (elements[1:4] + ["", "", ""])[:3]
        self._last += 1
        if number != str(self._last):
            self._say("hierarchy-number", f"HL number {self._last} is due here.", f"Write {self._last}.", element=1)
        above = next((up for up in list(node.loop.up())[1:] if _opens(up) == "HL"), None)
        code = above.opener.segment.elements[2].constant if above else ""  # type: ignore[union-attr]  # HL03 is simple
        if above is None:
            if parent:
                self._say("hierarchy-parent", "The top level has no parent.", "Leave it empty.", element=2)
        elif self._levels.get(parent) != code:
            message = "The parent is no earlier level of the kind that belongs above."
            self._say("hierarchy-parent", message, "Name the HL number of the level above.", element=2)
        self._levels[number] = level


def _opens(loop: LoopNode) -> str:
    segment = loop.opener.segment
    return segment.id if segment and loop.loop.opener is loop.loop.children[0] else ""
