"""Segments that are exchanged with their neighbor, and levels under a wrong code: one finding each, whatever seems to follow.

A segment that does not fit, or that passes over what must come before it, is held until the next one shows what it is. If the
two are right in the other order, they are checked so; if a level would be right with another code, it is checked with that.
From there on the places of the set are its own, until they are those of the session again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from medcode.claims.x12.guides.dictionary import DISCRIMINATORS
from medcode.claims.x12.guides.grammar import Usage
from medcode.claims.x12.guides.nodes import HIERARCHY, LoopNode
from medcode.claims.x12.parse.cache import MatchedSegment
from medcode.claims.x12.parse.moves import Transition
from medcode.claims.x12.text.lexer import segment_id
from medcode.claims.x12.validate.meant import is_meant, levels_of, readings
from medcode.claims.x12.validate.order import begun_by, beside, come_in_any_order, passed_over, stays
from medcode.claims.x12.validate.units import UnitChecker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.x12.codec.compiled import CompiledGuide
    from medcode.claims.x12.guides.nodes import Node
    from medcode.claims.x12.parse.walker import Walker
    from medcode.claims.x12.text.lexer import Delimiters, RawSegment
    from medcode.claims.x12.units.shapes import Shape
    from medcode.claims.x12.validate.meant import Reading
    from medcode.claims.x12.validate.order import Pair
    from medcode.claims.x12.validate.segments import SetChecker
    from medcode.claims.x12.validate.units import Place

__all__ = ["Neighbors"]


class _Seen(NamedTuple):
    """A segment that was matched, and where it is: its offset, its position, and the place before it."""

    matched: MatchedSegment
    offset: int
    position: int
    after: Node

    @property
    def elements(self) -> list[str]:
        """Its elements."""
        return self.matched.segment.elements


class Neighbors:
    """Shows the segments of one set to its checker, each at the place that it and its neighbors are right at."""

    def __init__(self, walker: Walker, checker: SetChecker) -> None:
        self._walker = walker
        self._checker = checker
        self._levels = levels_of(walker)
        self._held: _Seen | None = None
        self._pending: tuple[_Seen, _Seen, Pair] | None = None
        """Two segments that are right in the other order, if what follows is right after them."""
        self._last: _Seen | None = None
        """The segment shown last, if it is right."""
        self._passed: MatchedSegment | None = None
        """The segment that others follow which belong before it."""
        self._left: dict[LoopNode, dict[Any, list[Any]]] = {}
        """The loops that were left last, with what they held."""
        self._place = walker.start
        self._is_apart = False

    @property
    def is_apart(self) -> bool:
        """Whether the next segment has to come here, and not as a part of a whole unit."""
        return self._is_apart or self._held is not None or self._pending is not None

    def accept(self, matched: MatchedSegment, offset: int, position: int) -> None:
        """Take the next segment."""
        if pending := self._pending:
            self._pending = None
            self._settle(*pending, matched.segment)
        place = matched.node
        held, self._held = self._held, None
        next_ = _Seen(matched, offset, position, self._place)
        is_late = held is not None and stays(held.matched.transition) and self._is_late(held, matched.segment)
        if held and not is_late:
            if pair := self._exchanged(held, next_):
                self._pending = held, next_, pair
                return
            self._decide(held, matched.segment)
        self._take(next_, place)

    def _settle(self, held: _Seen, next_: _Seen, pair: Pair, following: RawSegment) -> None:
        """Show two segments in the other order, if the one that follows is right after them then."""
        place = next_.matched.node
        after = self._walker.step(pair[1].node, following.elements, following.delimiters)
        if after.right and not any(passed_over(pair[1].node, after, from_group=1)):
            self._exchange(held, next_, pair)
            self._is_apart = self._place is not place
        else:
            self._decide(held, next_.matched.segment)
            self._take(next_, place)

    def _take(self, next_: _Seen, place: Node) -> None:
        """Show a segment, or hold it until the one after it comes; the session has it at a place."""
        segment = next_.matched.segment
        matched = self._step(self._place, segment) if self._is_apart else next_.matched
        next_ = next_._replace(matched=matched, after=self._place)
        if self._is_odd(next_):
            self._held = next_
            self._is_apart = next_.matched.node is not place
            return
        self._show(next_)
        self._is_apart = self._place is not place

    def finish(self) -> None:
        """Show what is still held."""
        for seen in [*(self._pending or ())[:2], self._held]:
            if seen:
                self._show(seen)
        self._pending = self._held = None

    def unit_judge(self, compiled: CompiledGuide) -> UnitChecker:
        """Return what checks whole levels and records, where all is as the session has it."""
        return _UnitChecker(self, self._checker, compiled)

    def resume(self, place: Node) -> None:
        """Go on after a unit that was right, at the place of its last segment."""
        self._place, self._last, self._left = place, None, {}

    def _show(self, seen: _Seen) -> None:
        if closes := seen.matched.transition.closes:
            self._left = {loop: counts for loop, counts in self._open_loops() if loop in closes}
        self._place = seen.matched.node
        self._last = seen if seen.matched.transition.right else None
        self._checker.accept(seen.matched, seen.offset, seen.position)

    def _step(self, node: Node, segment: RawSegment) -> MatchedSegment:
        before = self._last.elements if self._last else None
        transition = self._walker.step(node, segment.elements, segment.delimiters, before)
        return MatchedSegment(transition, segment, {})

    def _is_odd(self, seen: _Seen) -> bool:
        """Whether a segment begins a level, does not fit, or comes before what must precede it."""
        matched, transition = seen.matched, seen.matched.transition
        id_ = matched.segment.elements[0]
        if not transition.right or id_ == HIERARCHY or not self._has_room(transition):
            return True
        if id_ in DISCRIMINATORS:  # else it cannot be another use
            if matched.right is None:
                matched.right = self._checker.fits(matched.node, matched.segment)
            if not matched.right:
                return True
        before = transition.before
        if before is None:  # a right move is one from its place, and is remembered with it
            before = (*passed_over(seen.after, transition, from_group=0), *beside(transition))
            transition.before = before
        return bool(before) and not set().union(*self._checker.open_loops).issuperset(before)

    def _decide(self, held: _Seen, following: RawSegment) -> None:
        """Show a segment that was held at the place where the one that follows shows it to be right, if it does."""
        if meant := self._meant(held, following):
            reading, seen = meant
            self._show(seen)
            if reading.element:
                place = {"element": reading.element, "component": reading.component}
                self._checker.say("element-code", reading.message, f"Write {reading.text}.", **place)
            self._is_apart = True
        elif not self._is_late(held, following):
            self._is_apart = self._is_apart or held.matched.node is not held.after
            self._show(held)

    def _pair(
        self, after: Node, first: RawSegment, second: RawSegment, *, is_shown: bool = False
    ) -> Pair | None:
        """Return the moves to two segments in a row, if both are certainly right there; the second may be shown already."""
        if first.text.strip() == second.text.strip():
            return None  # it comes twice
        one = self._walker.step(after, first.elements, first.delimiters)
        if not (self._is_right(after, one, first) and self._has_room(one)):
            return None
        other = self._walker.step(one.node, second.elements, second.delimiters, first.elements)
        is_right = self._is_right(one.node, other, second) and (is_shown or self._has_room(other, one))
        return (one, other) if is_right else None

    def _is_right(self, after: Node, transition: Transition, segment: RawSegment) -> bool:
        """Whether a move is right and passes over nothing, and so is the segment by itself."""
        if not transition.right or any(passed_over(after, transition, from_group=1)):
            return False
        return self._is_sound(transition.node, segment)

    def _is_sound(self, node: Node, segment: RawSegment) -> bool:
        """Whether nothing is wrong with a segment by itself at a place, but for how a number is written."""
        return self._checker.fits(node, segment) or is_meant(
            node, tuple(segment.elements), segment.delimiters
        )

    def _has_room(self, transition: Transition, before: Transition | None = None) -> bool:
        """Whether a move leads to something that may come once more, also after another move that is not shown yet."""
        if before is None and not transition.moves:
            known = self._checker.open_loops[-1].get(transition.node)
            return known is None or known[0] < transition.node.repeat
        child = begun_by(transition)
        around = child.parent if isinstance(child, LoopNode) else child.loop
        is_new = before is not None and around in before.opens
        held = {} if is_new else self._held_by(around)
        count: int = held[child][0] if child in held else 0
        return count + (before is not None and child is begun_by(before)) < child.repeat

    def _exchanged(self, held: _Seen, next_: _Seen) -> Pair | None:
        """Return the moves to a segment that was held and the one after it in the other order, if they are right so."""
        natural = self._step(held.matched.node, next_.matched.segment).transition
        if held.matched.transition.right and self._is_right(
            held.matched.node, natural, next_.matched.segment
        ):
            return None  # all that is wrong is before them
        if held.after.segment is None:
            return None  # both belong to one before them that has no place
        pair = self._pair(held.after, next_.matched.segment, held.matched.segment)
        return None if pair and come_in_any_order(pair) else pair

    def _exchange(self, held: _Seen, next_: _Seen, pair: Pair) -> None:
        """Show a segment that was held and the one after it in the other order."""
        first = next_._replace(matched=MatchedSegment(pair[0], next_.matched.segment, {}), after=held.after)
        second = held._replace(matched=MatchedSegment(pair[1], held.matched.segment, {}), after=pair[0].node)
        is_early = held.matched.transition.moves or pair[0].moves
        self._own_loops()
        self._show(first)
        self._show(second)
        if is_early:
            self._misplaced(second, "after", first)
        else:
            self._misplaced(first, "before", second)

    def _misplaced(self, about: _Seen, where: str, other: _Seen) -> None:
        node, use = about.matched.node, other.matched.node.use
        message = f"The segment belongs {where} the {use.id} ({use.title}) beside it."
        place = {"loop": node.loop, "position": about.position, "offset": about.offset}
        id_ = segment_id(about.elements[0])
        self._checker.say("segment-out-of-order", message, "Exchange the two.", segment=id_, **place)

    def _is_late(self, held: _Seen, following: RawSegment) -> bool:
        """Whether a segment is right before the one shown last, where it is checked then; of several, the first is found."""
        last = self._last
        pair = (
            self._pair(last.after, held.matched.segment, last.matched.segment, is_shown=True)
            if last
            else None
        )
        if last is None or pair is None or pair[0].moves or pair[1].node is not last.matched.node:
            return False
        if come_in_any_order(pair):
            return False
        self._own_loops()
        node = pair[0].node
        is_left = node.loop in pair[1].closes
        before = (self._left if is_left else dict(self._open_loops())).get(node.loop)
        if before is None or (is_left and node.usage is Usage.REQUIRED):
            return False
        goes_on = self._is_right(
            last.matched.node, self._step(last.matched.node, following).transition, following
        )
        is_sure = node not in before or self._passed is last.matched or (goes_on and not is_left)
        if not (is_sure and (goes_on or self._is_late_too(held, node, following, last))):
            return False
        inner = self._checker.open_loops[-1]
        known = inner.pop(node, None) if is_left else None  # which is of another loop
        moved = held._replace(matched=MatchedSegment(Transition(node), held.matched.segment, {}))
        if is_left:  # what it held may be that of a shape, and is not changed
            self._left = {**self._left, node.loop: {**before, node: [1, held.position, held.offset]}}
        elif before is not inner:
            before.setdefault(node, [0, held.position, held.offset])[0] += 1
        self._checker.accept(moved.matched, held.offset, held.position)
        if is_left:
            inner.pop(node, None)
            inner.update({} if known is None else {node: known})
        if self._passed is not last.matched:
            self._misplaced(moved, "before", last)
        self._passed, self._last = last.matched, last._replace(after=node)
        self._is_apart = True
        return True

    def _is_late_too(self, held: _Seen, node: Node, following: RawSegment, last: _Seen) -> bool:
        """Whether what follows a late segment belongs before the one shown last as well, and not with it to another loop."""
        lost, after = held.matched.transition.lost, self._step(held.matched.node, following).transition
        if lost and lost[0] not in held.after.loop.around and after.right and not after.moves:
            return False  # the first segment of that loop is lost
        return self._pair(node, following, last.matched.segment, is_shown=True) is not None

    def _own_loops(self) -> None:
        """Copy what the open loops hold: that of a unit is its shape's, and others are read with it."""
        loops = self._checker.open_loops
        loops[:] = [{child: [*held] for child, held in each.items()} for each in loops]
        self._checker.pass_over({}, [], self._place)

    def _held_by(self, loop: LoopNode | None) -> dict[Any, list[Any]]:
        """Return what a loop holds, if it is open."""
        return next((held for each, held in self._open_loops() if each is loop), {})

    def _open_loops(self) -> Iterator[tuple[LoopNode, dict[Any, list[Any]]]]:
        """Yield the loops at the place, from the inside out, with what each holds."""
        return zip(self._place.loop.up(), reversed(self._checker.open_loops), strict=False)

    def _meant(self, held: _Seen, following: RawSegment) -> tuple[Reading, _Seen] | None:
        """Return what a segment that is held is meant as, if what follows is right after that and not after the segment itself."""
        segment, natural = held.matched.segment, held.matched.transition
        is_double = self._last is not None and self._last.matched.segment.text.strip() == segment.text.strip()
        if is_double or (self._fits(held.matched, following) and self._has_room(natural)):
            return None
        for reading in readings(self._walker, held.after, segment, self._levels):
            if pair := self._pair(held.after, reading.segment, following):
                if reading.element:
                    return reading, held._replace(matched=MatchedSegment(pair[0], reading.segment, {}))
                moved = attrs.evolve(pair[0], fits=False, meant=reading.text)
                return reading, held._replace(matched=MatchedSegment(moved, segment, {}))
        return None

    def _fits(self, matched: MatchedSegment, following: RawSegment) -> bool:
        """Whether a segment is right but for its id, and right before another."""
        transition = matched.transition
        after = self._step(matched.node, following).transition
        if transition.meant:
            is_right = transition.ordered and not transition.lost
        else:
            is_right = transition.right and self._is_sound(transition.node, matched.segment)
        return is_right and after.right and not any(passed_over(matched.node, after, from_group=1))


class _UnitChecker(UnitChecker):
    """Checks levels and records whole, where no segment before them is held or misplaced."""

    def __init__(self, neighbors: Neighbors, checker: SetChecker, compiled: CompiledGuide) -> None:
        super().__init__(checker, compiled)
        self._neighbors = neighbors

    def fits(self, units: list[Shape]) -> bool:
        return super().fits(units) and not self._neighbors.is_apart

    def take(
        self, units: list[Shape], pieces: list[str], transition: Transition, place: Place, marks: Delimiters
    ) -> None:
        super().take(units, pieces, transition, place, marks)
        self._neighbors.resume(units[-1].node)
