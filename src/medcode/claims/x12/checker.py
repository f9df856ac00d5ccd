"""The structure of one transaction set, judged segment by segment as it is walked.

Each loop that stands open keeps a count of what it held; when it closes, what must stand and
does not is found. Hierarchy numbers, line numbers and counts are held against what came.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias

from medcode.claims.x12.accept import broken_notes
from medcode.claims.x12.dictionary import OF_SETS, SEGMENTS
from medcode.claims.x12.explain import faults
from medcode.claims.x12.grammar import Segment
from medcode.claims.x12.levels import Levels
from medcode.claims.x12.rules import RULES
from medcode.claims.x12.situational import Patients
from medcode.claims.x12.walker import LoopNode
from medcode.findings import Finding, Fix, Location

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.claims.x12.lexer import RawSegment
    from medcode.claims.x12.placed import Placed
    from medcode.claims.x12.situational import Situation
    from medcode.claims.x12.walker import Node, Step, Walker

    _Held: TypeAlias = dict[Node | LoopNode, list[int]]
    """What an open loop holds: how often each child stands, and position and offset of the first."""

__all__ = ["SetChecker", "finding", "segment_id"]

_CLAIM_LOOP = "2300"
"""The loop of a claim; what belongs to it has a higher number."""

_SAME = {"element-missing-with-another": "element-missing"}
"""Rules that say of an element what another has said already."""

_ID = re.compile("[A-Z][A-Z0-9]{1,2}")


def finding(
    rule: str, message: str, location: Location, fix: str | None = None, claim: int | None = None
) -> Finding:
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


def _is_of_claim(loop: str) -> bool:
    return loop[:1].isdigit() and loop >= _CLAIM_LOOP


def segment_id(text: str) -> str | None:
    """Give the id that a segment starts with; None for what is none, as it may be data gone astray."""
    return text if _ID.fullmatch(text) else None


class SetChecker:
    """Takes in the placed segments of one transaction set and keeps what is wrong with them."""

    def __init__(self, walker: Walker, first_claim: int = 0) -> None:
        self.findings: list[Finding] = []
        self.claims = 0
        self._walker = walker
        self._first = first_claim
        self._in_claim = False
        self._held: _Held = {}
        self._open = [self._held]
        self._hierarchy = _Hierarchy(self.say)
        self._patients = Patients(self._disagree, first_claim)
        self._lines = 0
        self._loop = walker.root
        self._segment: RawSegment
        self._position = self._offset = 0

    def accept(self, placed: Placed, offset: int, position: int) -> None:
        """Judge the next segment."""
        step, segment, node = placed.step, placed.segment, placed.node
        self._segment = segment
        self._offset = offset
        self._position = position
        if step.moves:
            self._move(step)
        if not step.placed:
            self._unplaced(segment, step)
            return
        if not step.ordered:
            self.say("segment-out-of-order", "The segment stands too late.", "Move it to its place.")
        known = self._held.get(node)
        if known is None:
            self._held[node] = [1, position, offset]
        else:
            known[0] += 1
            if known[0] > node.repeat:
                self._too_often("segment-too-often", known[0], node.repeat)
        if node.counts:
            self._count(segment.elements, node)
        if placed.right is None:
            placed.right = self._fits(node, segment)
        if not placed.right:
            self._explain(node, segment)
        if node.watched:
            self._patients.accept(segment.elements, (node, position, offset))

    def finish(self) -> None:
        """Close what is still open at the end of the set."""
        for loop in self._loop.up():
            self._close(loop)
        self._patients.finish()

    def say(self, rule: str, message: str, fix: str | None = None, **place: Any) -> None:
        """Keep a finding about the segment at hand, or about the `loop` and `segment` named instead."""
        loop = place.get("loop", self._loop.loop.id)
        location = Location(
            loop=loop,
            segment=place.get("segment", segment_id(self._segment.elements[0])),
            element=place.get("element"),
            component=place.get("component"),
            position=place.get("position", self._position),
            offset=place.get("offset", self._offset),
        )
        last = self._first + self.claims - 1 + place.get("begun", 0)
        claim = last if self._in_claim and _is_of_claim(loop) else None
        self.findings.append(finding(rule, message, location, fix, claim))

    def _fits(self, node: Node, segment: RawSegment) -> bool:
        """Whether the texts of a segment are certainly right."""
        fits, notes = self._walker.acceptor(node, segment.delimiters)
        text = segment.text
        right = bool(fits(text if text[0] > " " else text.lstrip()))
        return right and not (notes and broken_notes(notes, segment.elements[1:]))

    def _disagree(self, about: Situation) -> None:
        location = Location(
            loop=about.loop,
            segment=about.segment,
            element=about.element,
            position=about.position,
            offset=about.offset,
        )
        self.findings.append(finding(about.rule, about.message, location, about.fix, about.claim))

    def _move(self, step: Step) -> None:
        for loop in step.closes:
            self._close(loop)
        for loop in step.opens:
            known = self._held.get(loop)
            if known is None:
                known = self._held[loop] = [0, self._position, self._offset]
            known[0] += 1
            self._held = {}
            self._open.append(self._held)
            self._loop = loop
            if known[0] > loop.loop.repeat:
                begun = int(loop.loop.id == _CLAIM_LOOP)
                self._too_often("loop-too-often", known[0], loop.loop.repeat, begun)
        self._loop = step.node.loop

    def _too_often(self, rule: str, stands: int, repeat: int, begun: int = 0) -> None:
        """Say that something stands too often; a claim that has just begun is yet to be counted."""
        message = f"It stands {stands} times; at most {repeat} are allowed."
        self.say(rule, message, "Remove it.", begun=begun)

    def _close(self, loop: LoopNode) -> None:
        held = self._open.pop()
        self._held = self._open[-1] if self._open else {}
        if not loop.required <= held.keys():
            children = [child for group in loop.children for child in group]
            missing = [child for child in children if child in loop.required and child not in held]
            if missing[0] is children[0]:  # whoever lost it has the rest of the level elsewhere
                del missing[1:]
            for child in missing:
                self._missing(child, loop, held)

    def _missing(self, child: Node | LoopNode, loop: LoopNode, held: _Held) -> None:
        """Say that a child is missing: at the segment that stands where it should, or where the loop ends.

        A set that is still open where it ends is told of as part of the envelope.
        """
        if child.opener.use.id == "SE":
            return
        inside = [each for group in loop.children for each in group]
        later = inside[inside.index(child) :]
        after = (held[other][1:] for other in later if other in held)
        position, offset = min(after, default=(self._position, self._offset))
        opener = child.opener.use
        rule, name = "segment-missing", f"{opener.id} ({opener.title})"
        if isinstance(child, LoopNode):
            loop, rule, name = child, "loop-missing", f"Loop {child.loop.id} ({child.loop.title})"
        place = {"loop": loop.loop.id, "segment": opener.id, "position": position, "offset": offset}
        self.say(rule, f"{name} is missing.", "Add it.", **place)

    def _unplaced(self, segment: RawSegment, step: Step) -> None:
        for level in step.opens:
            self._patients.drift((step.node, self._position, self._offset), _code(level))
        id_ = segment.elements[0]
        if not id_:
            self.say("segment-empty", "An empty segment stands here.", "Remove the extra terminator.")
        elif not self._walker.knows(id_):
            rule, message = self._stranger(id_)
            self.say(rule, message, "Remove it.")
        else:
            qualifiers = self._walker.qualifiers(step.node, id_)
            allowed = f" Allowed here: {', '.join(qualifiers)}." if qualifiers else ""
            self.say(
                "segment-unexpected", f"No such {id_} belongs here.{allowed}", "Move, mend or remove it."
            )

    def _stranger(self, id_: str) -> tuple[str, str]:
        """Tell what a segment is that the guide does not use."""
        if id_ in OF_SETS.get(self._walker.guide.transaction, ()):
            return "segment-not-used", "The standard has this segment, and the guide does not use it."
        if id_ in SEGMENTS or any(id_ in each for each in OF_SETS.values()):
            return "segment-of-another-set", "The segment belongs to another kind of transaction set."
        return "segment-unrecognised", "There is no such segment."

    def _explain(self, node: Node, segment: RawSegment) -> None:
        told = set()
        for fault in faults(node.use, segment.elements, segment.delimiters):
            about = _SAME.get(fault.rule, fault.rule), fault.element, fault.component
            if about in told:
                continue
            told.add(about)
            self.say(fault.rule, fault.message, fault.fix, element=fault.element, component=fault.component)

    def _count(self, elements: list[str], node: Node) -> None:
        """Hold the numbers of HL and LX against their order; a claim starts its lines anew."""
        id_ = elements[0]
        if id_ == "LX":
            self._lines += 1
            if elements[1:2] != [str(self._lines)]:
                self.say("line-number", f"Line {self._lines} of the claim has another number.", element=1)
        elif id_ == "CLM":
            self.claims += 1
            self._lines = 0
            self._in_claim = True
        else:
            self._in_claim = False
            self._hierarchy.accept(elements, node)


class _Hierarchy:
    """The numbers of HL: each one more than the last, under a parent of the level above."""

    def __init__(self, say: Callable[..., None]) -> None:
        self._say = say
        self._last = 0
        self._levels: Levels[str] = Levels()

    def accept(self, elements: list[str], node: Node) -> None:
        number, parent, level = ([*elements[1:4], "", "", ""])[:3]
        self._last += 1
        if number != str(self._last):
            self._say(
                "hierarchy-number", f"HL number {self._last} is due here.", f"Write {self._last}.", element=1
            )
        above = next((up for up in list(node.loop.up())[1:] if _opens(up) == "HL"), None)
        if above and self._levels.parent(parent) != _code(above):
            message = "The parent is no earlier level of the kind that belongs above, or stands too far back."
            self._say("hierarchy-parent", message, "Name the HL number of the level above.", element=2)
        if node.loop.holds_levels:
            self._levels.add(number, level)


def _code(level: LoopNode) -> str:
    """Give the code of a level (HL03)."""
    return min(level.opener.use.qualifiers or {""})


def _opens(loop: LoopNode) -> str:
    first = loop.loop.children[0]
    return first.id if isinstance(first, Segment) else ""
