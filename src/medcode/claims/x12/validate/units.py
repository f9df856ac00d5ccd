"""The structure of whole units at once: what is right of a shape is known, and what is left are the texts.

How often each segment and loop of a unit occurs, and whether one is missing, follows from its shape. The segment that
begins a level or record goes the usual way, which closes what was open before; what is not right leaves all of it to
`SetChecker`, which alone finds what is wrong.
"""

from __future__ import annotations

import re
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any

from medcode.claims.x12.codec.compiled import LoopRole
from medcode.claims.x12.guides.nodes import LoopNode
from medcode.claims.x12.text.lexer import BLANK, RawSegment
from medcode.claims.x12.units.shapes import UnitKind, sightings_before
from medcode.claims.x12.units.source import Source
from medcode.claims.x12.validate.accept import acceptors_for
from medcode.claims.x12.validate.situations import SkippingRules, WatchedUnit, rules_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from medcode.claims.x12.codec.compiled import CompiledGuide
    from medcode.claims.x12.guides.nodes import Node
    from medcode.claims.x12.parse.moves import Transition
    from medcode.claims.x12.parse.units import Unit
    from medcode.claims.x12.text.lexer import Delimiters, Run
    from medcode.claims.x12.units.shapes import Shape
    from medcode.claims.x12.validate.accept import Acceptor
    from medcode.claims.x12.validate.segments import SetChecker
    from medcode.claims.x12.validate.situations import Situation

__all__ = ["UnitChecker"]

_Counts = dict["Node | LoopNode", int]


_APART = 128
"""How many times as often as to be known a shape is seen before its units are judged by one pattern: that takes milliseconds."""


class _Facts:
    """What is known of all units of a shape: whether its segments are right, and how they are checked and counted.

    `accept` says whether the texts are certainly right. `held` counts what the unit's loop holds besides its first segment;
    of a record, which ends before anything else is held, it is `held_by_record` at once. `open_loops` has what is held by the loops within that are open at its end, `all_open` by its own too; `watched` are the segments that situations look at,
    by their number, `first_watched` by their ids.
    """

    def __init__(self, shape: Shape, compiled: CompiledGuide, marks: Delimiters) -> None:
        self.marks = marks
        chain = shape.chain()
        nodes = [each.node for each in chain]
        self.first, self.last = nodes[0], nodes[-1]
        self.has_blanks = any(each.has_blanks for each in chain)
        self.most = self.first.loop.loop.repeat
        is_numbered = shape.kind is UnitKind.LINE and self.first.is_counted
        self._nodes, self._is_numbered = nodes, is_numbered
        self.left = (sightings_before() or 0) * _APART + 1
        self.accept = _accepting(nodes, marks, is_numbered=is_numbered)
        self.watched = [(at, node) for at, node in enumerate(nodes) if node.watched_by]
        self.first_watched = {node.use.id: (at, node) for at, node in self.watched}
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
        self.held = [(child, count) for child, count in own.items() if child is not self.first]
        self.held_by_record = _as_held(dict(self.held))
        self.open_loops = [_as_held(held) for _, held in stack[1:]]
        self.all_open = [_as_held(own), *self.open_loops]

    def join(self) -> None:
        """Accept the texts by one pattern from now on, where units of the shape were seen often enough."""
        self.left -= 1
        if not self.left:
            self.accept = _accepting(self._nodes, self.marks, is_numbered=self._is_numbered, is_joined=True)

    def _count(self, held: _Counts, child: Node | LoopNode, most: int) -> None:
        held[child] = held.get(child, 0) + 1
        self.is_right = self.is_right and held[child] <= most

    def _end(self, loop: LoopNode, held: _Counts) -> None:
        self.is_right = self.is_right and loop.required <= held.keys()


_LINES = [1, 0, 0]
"""How a record holds its lines: so many as are right, at whatever places."""

_BELOW = {LoopRole.LEVEL, LoopRole.RECORD}


def _as_held(counts: _Counts) -> dict[Any, list[Any]]:
    """Return what a loop holds, where it does not matter at which places."""
    return {child: [count, 0, 0] for child, count in counts.items()}


def _accepting(
    nodes: list[Node], marks: Delimiters, *, is_numbered: bool, is_joined: bool = False
) -> Callable[[list[str], int], object]:
    """Return a function that says whether the texts of a unit are certainly right, and of a line whether it has its number.

    Of a line of two segments, of which the second has a syntax note and a list in its first element, it is

        def accept_unit(texts, number):
            t0, t1, = texts
            return (t0 == 'LX*' + str(number) and c0(t1)
                and ('::' not in t1 and '*:' not in t1 or c1(t1, c2))
                and (t1.count('*') < 3 or (s := t1.split('*')) and (len(s) > 3 and s[3] > '') == (len(s) > 4 and s[4] > '')))

    with `fits` of the acceptor as c0 and its `holds`, which knows of lists exactly, as c1.
    """
    source = Source()
    acceptors = acceptors_for(marks)
    names = [f"t{at}" for at in range(len(nodes))]
    terms = [
        f"{source.constant(acceptors[node].fits)}({name})" for node, name in zip(nodes, names, strict=True)
    ]
    if is_joined:
        start = int(is_numbered)
        patterns = [acceptors[node].pattern for node in nodes[start:]]
        pattern = re.compile(re.escape(marks.segment).join(patterns), re.ASCII)
        row = f"texts[{start}:]" if start else "texts"
        terms = ["", f"{source.constant(pattern.fullmatch)}({marks.segment!r}.join({row}))"][1 - start :]
    if is_numbered:
        terms[0] = f"{names[0]} == {source.constant(nodes[0].use.id + marks.element)} + str(number)"
    for node, name in zip(nodes, names, strict=True):
        acceptor = acceptors[node]
        if keeps := list(_without_gap(acceptor, name, marks)):
            holds = f"{source.constant(acceptor.holds)}({name}, {source.constant(marks)})"
            terms.append(f"({' and '.join(keeps)} or {holds})")
        if keeps := list(_noted(acceptor, "s")):
            short = f"{name}.count({marks.element!r}) < {min(map(_least, acceptor.notes))}"
            terms.append(f"({short} or (s := {name}.split({marks.element!r})) and {' and '.join(keeps)})")
    source.line(f"{', '.join(names)}, = texts")
    source.line(f"return {' and '.join(terms)}")
    made: Callable[[list[str], int], object] = source.function("accept_unit", "texts, number")
    return made


def _least(note: tuple[str, tuple[int, ...]]) -> int:
    """Return the fewest elements with which a segment may break a syntax note."""
    kind, places = note
    if kind in {"E", "P"}:
        return sorted(places)[kind == "E"]
    return 0 if kind == "R" else places[0]


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
    """Yield, for the lists of a segment, expressions that are true only where they have no gap; see `gaps`."""
    within, between = marks.component, marks.element
    if any(element for element, _, _ in acceptor.lists):
        yield f"{within * 2!r} not in {name} and {between + within!r} not in {name}"
    if any(not element for element, _, _ in acceptor.lists):
        yield f"{between * 2!r} not in {name}"


_INK = "!"
"""The first character that is no blank, of those that texts which are right begin with."""


class UnitChecker:
    """Checks levels and records whole for the checker of their set."""

    def __init__(self, checker: SetChecker, compiled: CompiledGuide) -> None:
        self._checker = checker
        self._compiled = compiled

    def accepts(self, shape: Shape, texts: list[str], number: int, marks: Delimiters) -> bool:
        """Whether the texts of a unit are certainly right, but for what its first one ends and counts.

        `number` is that of a line among the lines of its record.
        """
        facts: _Facts | None = shape.facts
        if facts is None or facts.marks is not marks:
            facts = self._facts(shape, marks)
        if not facts.is_right:
            return False
        if facts.left:
            facts.join()
        if facts.has_blanks or texts[0] < _INK:
            texts = [text.lstrip() for text in texts]
        return bool(facts.accept(texts, number))

    def fits(self, units: list[Shape]) -> bool:
        """Whether a level, or a record with its lines, has what it must have, and no more lines than it may."""
        count = len(units) - 1
        has_lines = count <= units[-1].facts.most if count else units[0].facts.lines is None
        openers = self._checker.openers
        return has_lines and (openers.lost is None or not openers.is_lost)

    def is_quiet(self, units: list[tuple[Shape, Run]]) -> bool:
        """Whether the rules between segments have nothing to find in levels that are right, and the record below them."""
        found: list[Situation] = []
        for rules in rules_of(self._compiled.guide):
            made = rules(found.append, 0)
            if not isinstance(made, SkippingRules):
                return False
            for unit, run in units:
                for at, node in unit.facts.watched:
                    made.accept(run.pieces[at].lstrip(BLANK).split(run.delimiters.element), (node, 0, 0))
            made.finish()
        return not found

    def skip(self, levels: int, records: int) -> None:
        """Count levels and records that are right and are not shown."""
        self._checker.units += records
        self._checker.hierarchy.skip(levels)
        for rules in [each for each in self._checker.situations if isinstance(each, SkippingRules)]:
            rules.skip(records)

    def take(
        self, units: list[Shape], pieces: list[str], transition: Transition, place: Place, marks: Delimiters
    ) -> None:
        """Note a level or record that is right, its first segment by a transition, at a place in the set."""
        checker, facts = self._checker, units[0].facts
        position, offset, _ = place
        text, begun = pieces[0], offset
        if text[0] in BLANK:
            text = text.lstrip(BLANK)
            begun += len(pieces[0]) - len(text)
        first = RawSegment(text.split(marks.element), pieces[0], "", begun, marks)
        checker.begin(transition, first, position)
        is_record = units[0].kind is UnitKind.RECORD
        if checker.note:
            unit = None if is_record else WatchedUnit(facts.first_watched, pieces, place, marks)
            checker.note(first.elements, (facts.first, position, begun), unit)
        elif not (is_record and checker.take and checker.take(_cut(units, pieces, marks))):
            self._show(units, pieces, place, marks)
        if is_record:
            held = facts.held_by_record
        else:
            held = {child: [count, position, offset] for child, count in facts.held}
        open_loops, last = facts.open_loops, facts.last
        if len(units) > 1:
            line: _Facts = units[-1].facts
            held = {**held, line.first.loop: _LINES}
            open_loops, last = line.all_open, line.last
        checker.pass_over(held, open_loops, last)

    def _show(self, units: list[Shape], pieces: list[str], place: Place, marks: Delimiters) -> None:
        """Show the segments to the rules that look at them."""
        position, offset, end = place
        starts: list[int] = []
        before = 0
        for unit in units:
            for at, node in unit.facts.watched:
                here = before + at
                if here and not starts:  # most records are watched at their first segment alone
                    starts = [*accumulate(map(len, pieces), initial=offset)]
                text = pieces[here].lstrip(BLANK)
                start = (starts[here] + here * end if here else offset) + len(pieces[here]) - len(text)
                self._checker.watch(node, text.split(marks.element), position + here, start)
            before += unit.size

    def _facts(self, shape: Shape, marks: Delimiters) -> _Facts:
        known: _Facts | None = shape.facts
        if known is None or known.marks != marks:
            known = shape.facts = _Facts(shape, self._compiled, marks)
        known.marks = marks  # those of another file are equal, and not the same
        return known


def _cut(units: list[Shape], pieces: list[str], marks: Delimiters) -> list[Unit]:
    """Cut the segments of units into their elements."""
    rest = iter(pieces)
    return [
        (unit, [text.lstrip(BLANK).split(marks.element) for text in islice(rest, unit.size)])
        for unit in units
    ]


Place = tuple[int, int, int]
"""The position in the set and the offset in the text of a segment, and how many characters end one."""
