"""The structure of whole units at once: what is right of a shape is known, and what is left are the texts.

How often each segment and loop of a unit occurs, and whether one is missing, follows from its shape. The segment that
begins a level or record goes the usual way, which closes what was open before; what is not right leaves all of it to
`SetChecker`, which alone finds what is wrong.
"""

from __future__ import annotations

from itertools import accumulate
from operator import call
from typing import TYPE_CHECKING, Any

from medcode.claims.x12.codec.compiled import LoopRole
from medcode.claims.x12.guides.nodes import LoopNode
from medcode.claims.x12.parse.cache import MatchedSegment
from medcode.claims.x12.text.lexer import BLANK, RawSegment
from medcode.claims.x12.units.shapes import UnitKind
from medcode.claims.x12.validate.accept import acceptors_for

if TYPE_CHECKING:
    from medcode.claims.x12.codec.compiled import CompiledGuide
    from medcode.claims.x12.guides.nodes import Node
    from medcode.claims.x12.parse.walker import Transition
    from medcode.claims.x12.text.lexer import Delimiters
    from medcode.claims.x12.units.shapes import Shape
    from medcode.claims.x12.validate.segments import SetChecker

__all__ = ["UnitChecker"]

_Counts = dict["Node | LoopNode", int]


class _Facts:
    """What is known of all units of a shape: whether its segments are right, and how they are checked and counted.

    `fits` are the patterns of the texts from number `begin` on: the first segment of a level or record is checked
    elsewhere. `held` counts what the unit's loop holds besides that one, `open_loops` has what is held by the loops within
    that are open at its end; `watched` are the segments that situations look at, by their number.
    """

    def __init__(self, shape: Shape, compiled: CompiledGuide, marks: Delimiters) -> None:
        self.marks = marks
        chain = shape.chain()
        nodes = [each.node for each in chain]
        self.first, self.last = nodes[0], nodes[-1]
        self.size = len(chain)
        self.begin = int(shape.kind is not UnitKind.LINE)
        self.has_blanks = any(each.has_blanks for each in chain)
        acceptors = [acceptors_for(marks)[node] for node in nodes]
        self.fits = [each.fits for each in acceptors[self.begin :]]
        self.further = [
            (at, each.holds)
            for at, each in enumerate(acceptors)
            if at >= self.begin and (each.notes or each.lists)
        ]
        self.watched = [(at, node) for at, node in enumerate(nodes) if at and node.watched_by]
        self.is_right = not any(node.is_counted for node in nodes[1:])
        self.lines: LoopNode | None = None
        own: _Counts = {self.first: 1}
        stack: list[tuple[LoopNode, _Counts]] = [(self.first.loop, own)]
        for each in chain[1:]:
            for _ in each.transition.closes if each.transition else ():
                self._end(*stack.pop())
            for loop in each.transition.opens if each.transition else ():
                self._count(stack[-1][1], loop, loop.loop.repeat)
                stack.append((loop, {}))
            self._count(stack[-1][1], each.node, each.node.repeat)
        for loop, held in stack[1:]:
            self._end(loop, held)
        order = list(self.first.loop.inside())
        last = max(order.index(child) for child in own)
        for child in self.first.loop.required - own.keys():
            is_later = isinstance(child, LoopNode) and order.index(child) > last
            role = compiled.loops[child].role if isinstance(child, LoopNode) else None
            if is_later and role is LoopRole.MANY and shape.kind is UnitKind.RECORD and self.lines is None:
                self.lines = child if isinstance(child, LoopNode) else None
            elif not (is_later and role in _BELOW and shape.kind is UnitKind.LEVEL):
                self.is_right = False
        self.held = {child: count for child, count in own.items() if child is not self.first}
        self.open_loops = [_as_held(held) for _, held in stack[1:]]
        self.all_held = _as_held(own)

    def _count(self, held: _Counts, child: Node | LoopNode, most: int) -> None:
        held[child] = held.get(child, 0) + 1
        self.is_right = self.is_right and held[child] <= most

    def _end(self, loop: LoopNode, held: _Counts) -> None:
        self.is_right = self.is_right and loop.required <= held.keys()

    def accept(self, texts: list[str], number: int) -> bool:
        """Whether the texts of a unit are certainly right, and a line has its number."""
        if self.has_blanks or texts[0][0] in BLANK:
            texts = [text.lstrip() for text in texts]
        if not self.begin and texts[0] != f"{self.first.use.id}{self.marks.element}{number}":
            return False
        if not (self.is_right and all(map(call, self.fits, texts[self.begin :]))):
            return False
        return all(holds(texts[at], self.marks) for at, holds in self.further)


_BELOW = {LoopRole.LEVEL, LoopRole.RECORD}


def _as_held(counts: _Counts) -> dict[Any, list[Any]]:
    """Return what a loop holds, where it does not matter at which places."""
    return {child: [count, 0, 0] for child, count in counts.items()}


class UnitChecker:
    """Checks levels and records whole for the checker of their set."""

    def __init__(self, checker: SetChecker, compiled: CompiledGuide) -> None:
        self._checker = checker
        self._compiled = compiled

    def fits(self, shapes: list[Shape], pieces: list[str], marks: Delimiters) -> bool:
        """Whether a level, or a record with its lines, is certainly right, its first segment aside."""
        at = 0
        for number, shape in enumerate(shapes):
            facts = self._facts(shape, marks)
            if not facts.accept(pieces[at : at + facts.size], number):
                return False
            at += facts.size
        lines, count = self._facts(shapes[0], marks).lines, len(shapes) - 1
        most = self._facts(shapes[-1], marks).first.loop.loop.repeat if count else 0
        return count <= most and (lines is None or count > 0)

    def take(
        self, shapes: list[Shape], pieces: list[str], transition: Transition, place: Place, marks: Delimiters
    ) -> None:
        """Take a level or record that fits, its first segment by a transition, at a place in the set."""
        checker, facts = self._checker, self._facts(shapes[0], marks)
        position, offset, end = place
        text = pieces[0].lstrip(BLANK)
        first = RawSegment(
            text.split(marks.element), pieces[0], "", offset + len(pieces[0]) - len(text), marks
        )
        checker.accept(MatchedSegment(transition, first, {}), first.offset, position)
        if facts.watched:
            starts = list(accumulate((len(piece) + end for piece in pieces), initial=offset))
            for at, node in facts.watched:
                text = pieces[at].lstrip(BLANK)
                start = starts[at] + len(pieces[at]) - len(text)
                checker.watch(node, text.split(marks.element), position + at, start)
        held = {child: [count, position, offset] for child, count in facts.held.items()}
        open_loops, last = facts.open_loops, facts.last
        if len(shapes) > 1:
            line = self._facts(shapes[-1], marks)
            held[line.first.loop] = [len(shapes) - 1, position, offset]
            open_loops, last = [line.all_held, *line.open_loops], line.last
        checker.pass_over(held, open_loops, last)

    def _facts(self, shape: Shape, marks: Delimiters) -> _Facts:
        known: _Facts | None = shape.facts
        if known is None or (known.marks is not marks and known.marks != marks):
            known = shape.facts = _Facts(shape, self._compiled, marks)
        return known


Place = tuple[int, int, int]
"""The position in the set and the offset in the text of a segment, and how many characters end one."""
