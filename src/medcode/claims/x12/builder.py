"""From placed segments to claims: each with its provider, subscriber and patient.

HL parents decide whose claim it is. A level is made into objects once, for all claims below it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

import attrs

from medcode.claims.x12.binding import holder
from medcode.claims.x12.frames import Kind
from medcode.claims.x12.levels import Levels
from medcode.claims.x12.lexer import BLANK
from medcode.claims.x12.origin import Origin
from medcode.claims.x12.placed import Placed
from medcode.claims.x12.route import seats_of
from medcode.claims.x12.walker import Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.claims.model.base import Part
    from medcode.claims.model.submission import TransactionHeader
    from medcode.claims.x12.binding import Record
    from medcode.claims.x12.frames import Bound, Frame
    from medcode.claims.x12.lexer import RawSegment
    from medcode.claims.x12.origin import Marks
    from medcode.claims.x12.placed import Put
    from medcode.claims.x12.shape import Shape
    from medcode.claims.x12.walker import LoopNode

__all__ = ["EVERY", "ClaimBuilder", "Share"]


@attrs.frozen
class Share:
    """Which claims are built, counted from 0: those whose number, modulo `of`, is in `parts`."""

    parts: frozenset[int]
    of: int

    def holds(self, number: int) -> bool:
        """Whether a claim is in the share."""
        return number % self.of in self.parts

    def number(self, count: int) -> int:
        """Give the number in the file of the claim that comes after so many of the share.

        >>> [Share(frozenset({0, 2}), 3).number(count) for count in range(4)]
        [0, 2, 3, 5]
        """
        rounds, part = divmod(count, len(self.parts))
        return rounds * self.of + sorted(self.parts)[part]


EVERY = Share(frozenset({0}), 1)


def _nothing(record: Record, values: Any) -> bool:
    """Keep nothing of a segment that only opens, counts or closes."""
    del record, values
    return True


def _in_part(put: Put) -> Put:
    """Keep the values of a segment that holds more than those."""

    def keep(record: Record, values: Any) -> bool:
        put(record, values)
        return False

    return keep


class _Level:
    """What one HL holds for the claims below it."""

    def __init__(self, loop: LoopNode | None, parent: _Level | None) -> None:
        self.loop = loop
        self.parent = parent
        self.record: Record = {}
        self.marks: Marks = []
        self.extras: list[str] = []
        self._made: dict[str, Any] = {}
        self._made_of = 0

    def context(self, shape: Shape) -> dict[str, Any]:
        """Give the objects of this level and those above it, by their attribute of the claim."""
        if self._made_of != len(self.marks):  # what came since is to be seen too
            self._made, self._made_of = shape.values(self.record), len(self.marks)
        return {**self.parent.context(shape), **self._made} if self.parent else self._made

    def trail(self) -> Marks:
        """Give the marks of this level and those above it."""
        return [*self.parent.trail(), *self.marks] if self.parent else self.marks

    def surplus(self) -> list[str]:
        """Give the segments that neither this level nor those above it have a place for."""
        return [*self.parent.surplus(), *self.extras] if self.parent else self.extras


_Turn: TypeAlias = "Callable[[Any, LoopNode, Frame, RawSegment], Part | None]"
"""What is done where a loop begins or ends; a claim is given by what ends it."""


class ClaimBuilder:
    """Takes in one transaction set, segment by segment, and gives each claim when it is whole."""

    def __init__(self, bound: Bound, share: Share = EVERY, first: int = 0) -> None:
        self.claims = first
        self._bound = bound
        self._share = share
        self._skipping = False
        self._in_claim = False
        self._frames = bound.frames
        self._levels: Levels[_Level] = Levels()
        self._again: LoopNode | None = None
        self._outer: list[tuple[Record, set[LoopNode]]] = []
        self._record: Record
        self._marks: Marks
        self._extras: list[str]
        self._stood: set[LoopNode]
        self._return_to(_Level(None, None))
        self._header = self._record

    @property
    def header(self) -> TransactionHeader:
        """The header of the transaction set, as far as it was read."""
        header: TransactionHeader = self._bound.header.build(self._header)
        return header

    def accept(self, placed: Placed, offset: int, position: int) -> Part | None:
        """Take in a placed segment; give the claim that it ends, if it ends one."""
        step = placed.step
        claim = self._move(placed) if step.moves else None
        if self._skipping:
            return claim
        if not step.kept or self._again:
            self._marks += (None, position, offset, None)
            self._extras.append(placed.segment.text.strip(BLANK))
        else:
            put = placed.put or self._bind(placed)
            self._marks += (placed.node, position, offset, placed.held)
            if not put(self._record, placed.values):
                self._extras.append(placed.segment.text.strip(BLANK))
        return claim

    def _bind(self, placed: Placed) -> Put:
        """Work out what a segment is to the model, and how that is kept."""
        binding = self._bound.bindings.get(placed.node)
        if binding is None:
            more = any(placed.segment.elements[len(placed.node.use.elements) + 1 :])
            placed.put = _in_part(_nothing) if more else _nothing
        else:
            segment = placed.segment
            placed.values, more = binding.parse(segment.elements, segment.delimiters.component)
            placed.put = _in_part(binding.put) if more else binding.put
            if (its := seats_of(placed.node)).varies:
                placed.held = its.held(segment.elements, segment.delimiters.component)
        return placed.put

    def _move(self, placed: Placed) -> Part | None:
        step = placed.step
        if self._again in step.closes:
            self._again = None
        turns = step.turns
        if turns is None:
            turns = step.turns = self._turns(step)
        claim: Part | None = None
        for turn, loop, frame in turns:
            claim = turn(self, loop, frame, placed.segment) or claim
        return claim

    def _turns(self, step: Step) -> list[tuple[_Turn, LoopNode, Frame]]:
        """Say what is to be done for the loops that a step leaves and enters, where anything is."""
        moves = [(self._ENDS, loop) for loop in step.closes] + [(self._BEGINS, loop) for loop in step.opens]
        turns = ((turns.get(self._frames[loop].kind), loop, self._frames[loop]) for turns, loop in moves)
        return [(turn, loop, frame) for turn, loop, frame in turns if turn]

    def finish(self, last: Placed) -> Part | None:
        """Give the claim that still stands open, where the set ends after a segment that is no trailer."""
        if not self._in_claim:
            return None
        out = Step(last.node, closes=tuple(last.node.loop.up()))
        return self._move(Placed(out, last.segment, last.then))

    def _begin_part(self, *_: object) -> None:
        self._outer.append((self._record, self._stood))
        self._record, self._stood = {}, set()

    def _end_part(self, _loop: LoopNode, frame: Frame, _segment: RawSegment) -> None:
        if not self._skipping:
            made = frame.shape.build(self._record)
            self._record, self._stood = self._outer.pop()
            *around, last = frame.path
            holder(self._record, around).setdefault(last, []).append(made)

    def _begin_claim(self, *_: object) -> None:
        self._skipping = not self._share.holds(self.claims)
        self.claims += 1
        self._record, self._marks, self._extras, self._stood = {}, [], [], set()
        self._in_claim = True
        self._outer.clear()

    def _enter(self, loop: LoopNode, frame: Frame, _segment: RawSegment) -> None:
        """Notice a loop that stands again where the model has one place for it."""
        if frame.path and self._again is None:
            self._again = loop if loop in self._stood else None
            self._stood.add(loop)

    def _descend(self, loop: LoopNode, _frame: Frame, segment: RawSegment) -> None:
        """Start a level under the parent its HL names; one it does not know, or no HL, leaves it without."""
        id_, number, named, *_ = [*segment.elements, "", ""]
        begun = id_ == "HL"
        parent = self._levels.parent(named) if begun else None
        above = self._bound.above[loop]
        if parent and parent.loop is not above:
            parent = None
        self._return_to(_Level(loop, parent))
        if begun and loop.holds_levels:
            self._levels.add(number, self._level)

    def _return_to(self, level: _Level) -> None:
        """Keep what comes with the level, not with a claim."""
        self._level = level
        self._record, self._marks, self._extras, self._stood = level.record, level.marks, level.extras, set()

    def _end_claim(self, _loop: LoopNode, frame: Frame, _segment: RawSegment) -> Part | None:
        record, marks, extras = self._record, self._marks, self._extras
        self._in_claim = False
        self._return_to(self._level)
        if self._skipping:
            self._skipping = False
            return None
        lines = record.get("lines", ())
        charges = [line.charge for line in lines if isinstance(line.charge, Decimal)]
        if record.get("stated_total") == sum(charges) and len(charges) == len(lines):
            del record["stated_total"]
        if surplus := [*self._level.surplus(), *extras]:
            record["extras"] = surplus
        record["origin"] = Origin(self._bound, (*self._level.trail(), *marks))
        claim: Part = frame.shape.build(record, self._level.context(frame.shape))
        return claim

    _BEGINS: ClassVar[dict[Kind, _Turn]] = {
        Kind.MANY: _begin_part,
        Kind.CLAIM: _begin_claim,
        Kind.LEVEL: _descend,
        Kind.MERGED: _enter,
    }
    _ENDS: ClassVar[dict[Kind, _Turn]] = {Kind.MANY: _end_part, Kind.CLAIM: _end_claim}
