"""The structure of whole units at once: what is right of a shape is known, and what is left are the texts.

How often each segment and loop of a unit occurs, and whether one is missing, follows from its shape. The segment that
begins a level or record goes the usual way, which closes what was open before; what is not right leaves all of it to
`SetChecker`, which alone finds what is wrong.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any

from medcode.claims.x12.codec.compiled import LoopRole
from medcode.claims.x12.guides.nodes import LoopNode
from medcode.claims.x12.parse.cache import MatchedSegment
from medcode.claims.x12.text.lexer import BLANK, RawSegment
from medcode.claims.x12.units.shapes import UnitKind
from medcode.claims.x12.units.source import Source
from medcode.claims.x12.validate.accept import acceptors_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from medcode.claims.x12.codec.compiled import CompiledGuide
    from medcode.claims.x12.guides.nodes import Node
    from medcode.claims.x12.parse.units import Unit
    from medcode.claims.x12.parse.walker import Transition
    from medcode.claims.x12.text.lexer import Delimiters
    from medcode.claims.x12.units.shapes import Shape
    from medcode.claims.x12.validate.accept import Acceptor
    from medcode.claims.x12.validate.segments import SetChecker

__all__ = ["UnitChecker"]

_Counts = dict["Node | LoopNode", int]


class _Facts:
    """What is known of all units of a shape: whether its segments are right, and how they are checked and counted.

    `accept` says whether the texts, and their elements, are certainly right. `held` counts what the unit's loop holds besides that one, `open_loops`
    has what is held by the loops within that are open at its end; `watched` are the segments that situations look at,
    by their number.
    """

    def __init__(self, shape: Shape, compiled: CompiledGuide, marks: Delimiters) -> None:
        self.marks = marks
        chain = shape.chain()
        nodes = [each.node for each in chain]
        self.first, self.last = nodes[0], nodes[-1]
        self.size = len(chain)
        self.is_line = shape.kind is UnitKind.LINE
        self.has_blanks = any(each.has_blanks for each in chain)
        self.number = f"{self.first.use.id}{marks.element}" if self.is_line and self.first.is_counted else ""
        self.accept = _accepting(nodes, marks)
        self.watched = [(at, node) for at, node in enumerate(nodes) if node.watched_by]
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

    def fits(self, texts: list[str], segments: list[list[str]], number: int) -> bool:
        """Whether the texts of a unit are certainly right, and a line has its number."""
        if self.has_blanks or texts[0][0] in BLANK:
            texts = [text.lstrip() for text in texts]
        if self.number and texts[0] != f"{self.number}{number}":
            return False
        return self.is_right and bool(self.accept(texts, segments))


_BELOW = {LoopRole.LEVEL, LoopRole.RECORD}


def _as_held(counts: _Counts) -> dict[Any, list[Any]]:
    """Return what a loop holds, where it does not matter at which places."""
    return {child: [count, 0, 0] for child, count in counts.items()}


def _accepting(nodes: list[Node], marks: Delimiters) -> Callable[[list[str], list[list[str]]], object]:
    """Return a function that says whether texts, and their elements, are certainly right.

    Of two segments, of which the second has a syntax note and a list in its first element, it is

        def accept_unit(texts, segments):
            t0, t1, = texts
            s0, s1, = segments
            return (c0(t0) and c1(t1)
                and ((len(s1) > 3 and s1[3] > '') == (len(s1) > 4 and s1[4] > '') and '::' not in s1[1] or c2(t1, c3)))

    with `fits` of the acceptors as c0 and c1, and their `holds`, which knows exactly, as c2.
    """
    source = Source()
    acceptors = acceptors_for(marks)
    numbers = range(len(nodes))
    terms = [f"{source.constant(acceptors[nodes[at]].fits)}(t{at})" for at in numbers]
    for at in numbers:
        acceptor = acceptors[nodes[at]]
        if keeps := [*_noted(acceptor, f"s{at}"), *_without_gap(acceptor, f"s{at}", marks)]:
            holds = f"{source.constant(acceptor.holds)}(t{at}, {source.constant(marks)})"
            terms.append(f"({' and '.join(keeps)} or {holds})")
    for kind, name in ("t", "texts"), ("s", "segments"):
        source.line(f"{', '.join(f'{kind}{at}' for at in range(len(nodes)))}, = {name}")
    source.line(f"return {' and '.join(terms) or True}")
    made: Callable[[list[str], list[list[str]]], object] = source.function("accept_unit", "texts, segments")
    return made


def _noted(acceptor: Acceptor, name: str) -> Iterator[str]:
    """Yield, for each syntax note of a segment, the expression that its elements keep to it; see `broken_notes`."""
    for kind, places in acceptor.notes:
        first, *others = [f"(len({name}) > {place} and {name}[{place}] > '')" for place in places]
        if kind == "P":
            yield f"({' == '.join([first, *others])})"
        elif kind == "R":
            yield f"({' or '.join([first, *others])})"
        elif kind == "E":
            yield f"({' + '.join([first, *others])} < 2)"
        else:
            due = f" {'and' if kind == 'C' else 'or'} ".join(others)
            yield f"(not {first} or {due})"


def _without_gap(acceptor: Acceptor, name: str, marks: Delimiters) -> Iterator[str]:
    """Yield, for each list of a segment, an expression that is true only where the list has no gap; see `gaps`."""
    twice = marks.component * 2
    for element, first, count in acceptor.lists:
        if element:
            text = f"{name}[{element}]"
            yield f"(len({name}) <= {element} or {twice!r} not in {text} and {text}[:1] != {marks.component!r})"
        else:
            yield f"'' not in {name}[{first}:{first + count}]"


class UnitChecker:
    """Checks levels and records whole for the checker of their set."""

    def __init__(self, checker: SetChecker, compiled: CompiledGuide) -> None:
        self._checker = checker
        self._compiled = compiled

    def fits(self, units: list[Unit], pieces: list[str], marks: Delimiters) -> bool:
        """Whether a level, or a record with its lines, is certainly right, but for what its first segment ends and counts."""
        if self._checker.openers.is_lost:
            return False
        at = 0
        for number, (shape, segments) in enumerate(units):
            facts = shape.facts
            if facts is None or facts.marks is not marks:
                facts = self._facts(shape, marks)
            end = at + len(segments)
            if not facts.fits(pieces[at:end], segments, number):
                return False
            at = end
        lines, count = self._facts(units[0][0], marks).lines, len(units) - 1
        most = self._facts(units[-1][0], marks).first.loop.loop.repeat if count else 0
        return count <= most and (lines is None or count > 0)

    def take(
        self, units: list[Unit], pieces: list[str], transition: Transition, place: Place, marks: Delimiters
    ) -> None:
        """Note a level or record that fits, its first segment by a transition, at a place in the set."""
        (shape, segments), checker = units[0], self._checker
        facts = self._facts(shape, marks)
        position, offset, _ = place
        elements, blanks = segments[0], 0
        if pieces[0][0] in BLANK:
            blanks = len(pieces[0]) - len(pieces[0].lstrip(BLANK))
            elements = pieces[0].lstrip(BLANK).split(marks.element)
        first = RawSegment(elements, pieces[0], "", offset + blanks, marks)
        matched = MatchedSegment(transition, first, {})
        matched.right = True
        is_placed = bool(checker.check(matched, first.offset, position))
        if not (shape.kind is UnitKind.RECORD and checker.take(units)):
            self._show(units, pieces, place, marks, is_placed=is_placed)
        held = {child: [count, position, offset] for child, count in facts.held.items()}
        open_loops, last = facts.open_loops, facts.last
        if len(units) > 1:
            line = self._facts(units[-1][0], marks)
            held[line.first.loop] = [len(units) - 1, position, offset]
            open_loops, last = [line.all_held, *line.open_loops], line.last
        checker.pass_over(held, open_loops, last)

    def _show(
        self, units: list[Unit], pieces: list[str], place: Place, marks: Delimiters, *, is_placed: bool
    ) -> None:
        """Show the segments to the rules that look at them; the first one only where it is placed."""
        position, offset, end = place
        starts: list[int] = []
        before = 0
        for unit, segments in units:
            facts = self._facts(unit, marks)
            for at, node in facts.watched:
                if not (at or before or is_placed):
                    continue
                starts = starts or list(accumulate((len(piece) + end for piece in pieces), initial=offset))
                piece = pieces[before + at]
                start = starts[before + at] + len(piece) - len(piece.lstrip(BLANK))
                elements = [node.use.id, *segments[at][1:]]
                self._checker.watch(node, elements, position + before + at, start)
            before += facts.size

    def _facts(self, shape: Shape, marks: Delimiters) -> _Facts:
        known: _Facts | None = shape.facts
        if known is None or (known.marks is not marks and known.marks != marks):
            known = shape.facts = _Facts(shape, self._compiled, marks)
        known.marks = marks  # those of another file are equal, and not the same
        return known


Place = tuple[int, int, int]
"""The position in the set and the offset in the text of a segment, and how many characters end one."""
