"""The structure of one transaction set, judged segment by segment as it is walked.

Each open loop keeps a count of what it has held; when it closes, what is required and absent is
found. Hierarchy numbers and line numbers are compared with the order of their loops.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from medcode.claims.x12.guides.nodes import HIERARCHY, LoopNode
from medcode.claims.x12.text.lexer import segment_id
from medcode.claims.x12.validate.accept import Acceptance
from medcode.claims.x12.validate.elements import distinct_faults
from medcode.claims.x12.validate.hierarchy import Hierarchy, LineNumbers, code_of
from medcode.claims.x12.validate.log import FindingLog
from medcode.claims.x12.validate.missing import about_missing, after, is_missing, missing_of, named, unknown
from medcode.claims.x12.validate.openers import LoopOpeners, Lost, reclaims
from medcode.claims.x12.validate.rules import finding, left_out
from medcode.claims.x12.validate.shape import ShapeHabits
from medcode.claims.x12.validate.situations import StrayRules, noter_of, rules_of, taker_of
from medcode.claims.x12.validate.strays import Strays
from medcode.findings import Location

if TYPE_CHECKING:
    from medcode.claims.x12.guides.nodes import Node
    from medcode.claims.x12.parse.cache import MatchedSegment
    from medcode.claims.x12.parse.moves import Transition
    from medcode.claims.x12.parse.walker import Walker
    from medcode.claims.x12.text.lexer import RawSegment
    from medcode.claims.x12.validate.log import Entry
    from medcode.claims.x12.validate.situations import Situation
    from medcode.findings import Fix

    _Held: TypeAlias = dict[Node | LoopNode, list[Any]]
    """What an open loop holds: how often each child occurred, position and offset of the first, and the finding
    that it occurred too often, if it did."""

__all__ = ["SetChecker"]


class SetChecker:
    """Reads the matched segments of one transaction set and keeps what is wrong with them."""

    def __init__(self, walker: Walker, first_unit: int = 0) -> None:
        self.log, self.units = FindingLog(), 0
        self._walker, self._first = walker, first_unit
        self._in_unit = False
        self._held: _Held = {}
        self.open_loops = [self._held]
        self.hierarchy = Hierarchy(self.say, self._lose_above, in_order=walker.guide.transaction == "277")
        self.situations = [rules(self._disagree, first_unit) for rules in rules_of(walker.guide)]
        self._of_strays = [each for each in self.situations if isinstance(each, StrayRules)]
        self.take = taker_of(self.situations)
        """Whether the rules between segments have noted a record that is right, and have nothing to find in it; None
        where all of them look at each segment."""
        self.note = noter_of(self.situations)
        """Notes the watched segments of a level or record at once; None where the rules are to be shown each."""
        self._counters = walker.guide.counters
        self.fits = Acceptance().fits
        self._loop = walker.root
        self._segment: RawSegment
        self._position = self._offset = 0
        self._strays = Strays(walker, self.say)
        self._shape = ShapeHabits(self.say)
        self._lines = LineNumbers(self.say)
        self.openers = LoopOpeners(walker.guide.reopened)
        self._misplaced: tuple[Entry, str, int] | None = None
        """The last segment out of order: its finding, its id and its position."""

    def accept(self, matched: MatchedSegment, offset: int, position: int) -> None:
        """Check the next segment, and show it to the rules between segments."""
        if elements := self.check(matched, offset, position):
            self.watch(matched.node, elements, position, offset)

    def check(self, matched: MatchedSegment, offset: int, position: int) -> list[str]:
        """Check the next segment by itself; return its elements, none where it has no place."""
        transition, segment, node = matched.transition, matched.segment, matched.node
        self._segment = segment
        self._position, self._offset = position, offset
        if transition.moves and not self._moved(transition, segment):
            return []
        self._note_stray(transition, segment)
        if not transition.placed:
            self._strays.accept(segment, transition, position)
            return []
        self._strays.end()
        elements = segment.elements
        if transition.meant:
            elements = [transition.meant, *elements[1:]]
            rule, message = unknown(segment.elements[0], self._walker.guide.transaction)
            message = f"{message} From its place and elements, {transition.meant} was meant."
            self.say(rule, message, f"Write {transition.meant}.")
        if not transition.ordered and not self._begins_anew(node):
            message = f"{named(node)} comes after segments that it must precede."
            entry = self.say("segment-out-of-order", message, "Move it to its place.")
            self._misplaced = entry, elements[0], position
        self._hold(node, elements, transition.fits)  # one that is only taken for it does not count
        if matched.right is None:
            matched.right = bool(transition.meant) or self.fits(node, segment)
        if not matched.right:
            self._explain(node, segment)
        return elements

    def begin(self, transition: Transition, segment: RawSegment, position: int) -> None:
        """Begin a level or record that is right by its first segment; a record that is there twice begins anew."""
        node, self._segment = transition.node, segment
        self._position, self._offset = position, segment.offset
        openers, strays, loops = self.openers, self._strays, self.open_loops
        if openers.lost or strays.groups or transition.closes == transition.opens:
            self._moved(transition, segment)
            strays.end()
            self._hold(node, segment.elements, 1)
            return
        openers.begin(segment.text, position)  # as nearly all do
        for closed in transition.closes:
            if closed.required <= loops[-1].keys():
                loops.pop()
            else:
                self._close(closed)
        self._loop = loop = node.loop
        known = loops[-1].setdefault(loop, [0, position, segment.offset])
        known[0] += 1
        self._held = {node: [1, position, segment.offset]}
        loops.append(self._held)
        if known[0] > loop.repeat:
            self._too_often("loop-too-often", loop, known, int(loop.is_unit))
        strays.end()
        self._count(segment.elements, node)

    def _moved(self, transition: Transition, segment: RawSegment) -> bool:
        """Close and open loops; whether the segment does not just repeat the one before it."""
        rule = self.openers.repeats(transition, segment.text, self._position)
        if rule and not self._twice(rule, transition.node):
            return False
        self._move(transition)
        return True

    def _hold(self, node: Node, elements: list[str], count: int) -> None:
        """Count a segment in its loop, and what it begins."""
        known = self._held.setdefault(node, [0, self._position, self._offset])
        known[0] += count
        if known[0] > node.repeat:
            self._too_often("segment-too-often", node, known)
        if node.is_counted:
            self._count(elements, node)

    def watch(self, node: Node, elements: list[str], position: int, offset: int) -> None:
        """Show a segment that is right to the situations that look at it."""
        self._position, self._offset = position, offset
        for at in node.watched_by:
            self.situations[at].accept(elements, (node, position, offset))

    def pass_over(self, held: _Held, open_loops: list[_Held], last: Node) -> None:
        """Note the rest of a unit that is right: what its loop holds, and the loops that are open at its last segment."""
        self._held.update(held)
        self.open_loops += open_loops
        self._held, self._loop = self.open_loops[-1], last.loop

    def is_first(self, node: Node) -> bool:
        """Whether the segment just taken is the first of its use in its loop."""
        return bool(self._held[node][0] <= 1)

    def finish(self) -> None:
        """Close what is still open at the end of the set; of one that holds nothing, it is found that it is not closed."""
        for loop in self._loop.up() if self._position > 1 else ():
            self._close(loop)
        for rules in self.situations:
            rules.finish()

    def say(self, rule: str, message: str, fix: str | Fix | None = None, **place: Any) -> Entry:
        """Keep a finding about the current segment, or about the `loop` and `segment` named instead."""
        loop = place.get("loop", self._loop)
        location = Location(
            loop=loop.loop.id,
            segment=place.get("segment", segment_id(self._segment.elements[0])),
            element=place.get("element"),
            component=place.get("component"),
            position=place.get("position", self._position),
            offset=place.get("offset", self._offset),
        )
        last = self._first + self.units - 1 + place.get("begun", 0)
        unit = place.get("unit", last if self._in_unit and loop.in_unit else None)
        return self.log.add(finding(rule, message, location, fix, unit, place.get("code")), self._position)

    def _disagree(self, about: Situation) -> None:
        if not about.checked:
            self.log.not_checked.setdefault(about.message, left_out(about.rule, about.message, about.fix))
            return
        if about.rule == "segment-due" and self._strays.explain(about.loop, about.segment, about.position):
            return
        found = finding(about.rule, about.message, about.location, about.fix, about.unit)
        if not self.hierarchy.explains(found):
            self.log.add(found, self._position)

    def _twice(self, rule: str, node: Node) -> bool:
        """Find that a segment is there twice in a row; whether its loop begins anew all the same, as a unit does.

        The unit before it holds nothing, which is not found besides.
        """
        self.say(rule, f"{named(node)} is there twice in a row.", "Remove one of them.")
        if node.begins_unit:
            self._held.update((part, [1, self._position, self._offset]) for part in node.loop.required)
        return node.begins_unit

    def _reopen(self, lost: Lost, transition: Transition) -> None:
        """Go on with a loop whose first segment comes after the next one, which is what is wrong."""
        for loop in transition.closes[: transition.closes.index(lost.loop)]:
            self._close(loop)
        use = lost.loop.opener.use
        message = f"The segment belongs after {use.id} ({use.title}), which begins its loop."
        id_, offset = segment_id(lost.segment.elements[0]), lost.segment.offset
        rule, fix = "segment-out-of-order", "Move it to its place."
        self.say(rule, message, fix, loop=lost.loop, segment=id_, position=lost.position, offset=offset)
        self._held.pop(lost.loop.opener, None)

    def _move(self, transition: Transition) -> None:
        if lost := self.openers.late(transition, self._segment, self._position, self.open_loops):
            self._reopen(lost, transition)
            return
        for loop in transition.closes:
            self._close(loop)
        for loop in transition.opens:
            if loop in transition.lost:
                self._lose(loop)
            known = self._held.get(loop)
            if known is None:
                known = self._held[loop] = [0, self._position, self._offset]
            known[0] += 1
            self._held = {}
            if loop in transition.lost and (
                self._strays.are_misnamed
                or reclaims(self._misplaced, loop, self._position, self._first + self.units - 1)
            ):
                self._held[loop.opener] = [0, self._position, self._offset]
            self.open_loops.append(self._held)
            self._loop = loop
            if known[0] > loop.repeat:
                self._too_often("loop-too-often", loop, known, int(loop.is_unit))
        self._loop = transition.node.loop

    def _lose(self, loop: LoopNode) -> None:
        """Note the start of a level or loop whose first segment is lost."""
        if loop.is_level:
            self.hierarchy.lose(code_of(loop))
        self.units += loop.is_unit
        self.openers.lost = Lost(loop, self._segment, self._position)
        self._orphan(loop)

    def _lose_above(self, level: LoopNode, number: str) -> None:
        """Find that the level above one is missing; what had no place right before that one belongs to it."""
        message = f"HL {number} is missing, the level above that of HL {self._segment.elements[1]}."
        at = Location(loop=level.loop.id, segment=HIERARCHY, position=self._position, offset=self._offset)
        found = finding("segment-missing", message, at, "Add the level with its segments.")
        if self._strays.before:
            self._strays.before.belong_to(found)
        else:
            self.log.add(found, self._position)
        self._orphan(level)

    def _orphan(self, loop: LoopNode) -> None:
        """Tell the rules between segments of a loop whose first segment is lost."""
        place = loop.opener, self._position, self._offset
        for rules in self.situations:
            rules.orphan(place, code_of(loop) if loop.is_level else "")

    def _begins_anew(self, node: Node) -> bool:
        """Whether a segment out of order, which its loop has already, begins the loop anew: then the first segment is lost."""
        loop = node.loop
        if loop.loop.id not in self._walker.guide.reopened or self._held.get(node, (0,))[0] < node.repeat:
            return False
        self._lose(loop)
        self.open_loops[-2][loop][0] += 1
        self._held.clear()
        self._held[loop.opener] = [0, self._position, self._offset]
        use = loop.opener.use
        self.say("segment-missing", is_missing(use), "Add it.", segment=use.id)
        self.openers.lost = None  # it is found missing at once, and so does not come late
        return True

    def _too_often(self, rule: str, child: Node | LoopNode, known: list[Any], begun: int = 0) -> None:
        """Find that something occurs too often: once, where it first does, with how often it occurs in all.

        Each unit too many is found by itself, as it is answered by itself; one that has just begun is yet
        to be counted.
        """
        message = f"{named(child)} occurs {known[0]} times; the guide allows {child.repeat}."
        if len(known) > len(("count", "position", "offset")):
            known[-1].repeat(message)
            return
        entry = self.say(rule, message, "Remove it.", begun=begun)
        if not begun:
            known.append(entry)

    def _close(self, loop: LoopNode) -> None:
        held = self.open_loops.pop()
        self._held = self.open_loops[-1] if self.open_loops else {}
        strays = self._strays.groups.pop(loop, ())
        if not loop.required <= held.keys():
            for child in missing_of(loop, held, strays):
                self._missing(child, loop, held)

    def _missing(self, child: Node | LoopNode, loop: LoopNode, held: _Held) -> None:
        """Find that a child, but for SE, is missing: at the segment where it should be, or where the loop ends."""
        if child.opener.use.id == "SE":
            return
        position, offset = min(after(child, loop, held), default=(self._position, self._offset))
        opener = child.opener.use
        if isinstance(child, LoopNode) and self._strays.explain(child.loop.id, opener.id):
            return
        rule, message, code = about_missing(child, self._walker.guide.transaction)
        place = {"segment": opener.id, "position": position, "offset": offset, "code": code}
        self.say(rule, message, "Add it.", loop=child if isinstance(child, LoopNode) else loop, **place)

    def _note_stray(self, transition: Transition, segment: RawSegment) -> None:
        """Show the rules between segments one that has no place, or not the qualifier of its place."""
        if not (transition.kept or transition.meant):
            for rules in self._of_strays:
                rules.stray(segment.elements)

    def _explain(self, node: Node, segment: RawSegment) -> None:
        self._shape.accept(segment)
        for fault in distinct_faults(node.use, segment.elements, segment.delimiters):
            place = {"element": fault.element, "component": fault.component}
            self.say(fault.rule, fault.message, fault.fix, code=fault.code, **place)

    def _count(self, elements: list[str], node: Node) -> None:
        """Count a unit; compare the number of a level or line with its order."""
        if node.begins_unit:
            self.units += 1
            self._in_unit = True
            self._strays.begin_unit()
            self.hierarchy.begin_unit(self._position, self._offset, self._first + self.units - 1)
            if self.units == self._walker.guide.most + 1:
                message = f"The set holds more than {self.units - 1:,} of these, which receivers may refuse."
                self.say("set-too-long", message, "Begin another set.")
        if elements[0] == HIERARCHY:
            self._in_unit = False
            self.hierarchy.accept(elements, node, self._position)
        elif elements[0] in self._counters:
            self._lines.accept(
                elements, self.open_loops[-2][node.loop][0]
            )  # how often the loop around has held this loop
