"""From placed segments to claims: each with its provider, subscriber and patient.

HL parents decide whose claim it is. A level is made into objects once, for all claims below it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs

from medcode.claims.x12.binding import holder
from medcode.claims.x12.frames import Kind
from medcode.claims.x12.origin import Origin

if TYPE_CHECKING:
    from medcode.claims.model.base import Part
    from medcode.claims.model.submission import TransactionHeader
    from medcode.claims.x12.binding import Record
    from medcode.claims.x12.frames import Bound
    from medcode.claims.x12.lexer import RawSegment
    from medcode.claims.x12.origin import Mark
    from medcode.claims.x12.placed import Placed
    from medcode.claims.x12.shape import Shape
    from medcode.claims.x12.walker import LoopNode, Node

__all__ = ["EVERY", "ClaimBuilder", "Share"]

_REMEMBERED_LEVELS = 10_000


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


class _Level:
    """What one HL holds for the claims below it."""

    def __init__(self, loop: LoopNode | None, parent: _Level | None) -> None:
        self.loop = loop
        self.parent = parent
        self.record: Record = {}
        self.marks: list[Mark] = []
        self.extras: list[str] = []
        self._made: dict[str, Any] | None = None

    def touched(self) -> Record:
        """Give the record to be changed; objects made of it are made anew."""
        self._made = None
        return self.record

    def context(self, shape: Shape) -> dict[str, Any]:
        """Give the objects of this level and those above it, by their attribute of the claim."""
        if self._made is None:
            self._made = shape.values(self.record)
        return {**self.parent.context(shape), **self._made} if self.parent else self._made

    def trail(self) -> list[Mark]:
        """Give the marks of this level and those above it."""
        return [*self.parent.trail(), *self.marks] if self.parent else self.marks

    def surplus(self) -> list[str]:
        """Give the segments that neither this level nor those above it have a place for."""
        return [*self.parent.surplus(), *self.extras] if self.parent else self.extras


class ClaimBuilder:
    """Takes in one transaction set, segment by segment, and gives each claim when it is whole."""

    def __init__(self, bound: Bound, share: Share = EVERY, first: int = 0) -> None:
        self.claims = first
        self._bound = bound
        self._share = share
        self._skipping = False
        self._records: list[Record] = []
        self._levels: dict[str, _Level] = {}
        self._level = _Level(None, None)
        self._header: Record = {}
        self._marks: list[Mark] = []
        self._extras: list[str] = []
        self._in_claim = False
        self._node: Node | None = None
        self._bindings = bound.bindings
        self._stood: list[set[LoopNode]] = [set()]
        self._again: LoopNode | None = None

    @property
    def header(self) -> TransactionHeader:
        """The header of the transaction set, as far as it was read."""
        header: TransactionHeader = self._bound.header.build(self._header)
        return header

    def accept(self, placed: Placed, offset: int, position: int) -> Part | None:
        """Take in a placed segment; give the claim that it ends, if it ends one."""
        node = self._node = placed.node
        claim = self._move(placed) if placed.moves else None
        if self._skipping:
            return claim
        marks = self._marks if self._in_claim else self._level.marks
        marks.append((node if placed.step.placed else None, position, offset))
        kept = placed.kept and not self._again
        if kept and (binding := self._bindings.get(node)):
            values = placed.values
            if values is None:
                segment = placed.segment
                values = placed.values = binding.parse(segment.elements, segment.delimiters.component)
            kept = binding.put(self._records[-1] if self._records else self._around(), values)
        if not kept:
            self._keep(placed.segment)
        return claim

    def _move(self, placed: Placed) -> Part | None:
        claim = None
        for loop in placed.step.closes:
            if self._again is loop:
                self._again = None
            claim = self._close(loop) or claim
        for loop in placed.step.opens:
            self._open(loop, placed.segment)
        return claim

    def _keep(self, segment: RawSegment) -> None:
        """Keep a segment that the model has no place for, or no second place."""
        (self._extras if self._in_claim else self._level.extras).append(segment.text.strip())

    def finish(self) -> Part | None:
        """Give the claim that still stands open, where the set ends without its trailer."""
        if not self._in_claim or self._node is None:
            return None
        closed = (self._close(loop) for loop in self._node.loop.up())
        return next((claim for claim in closed if claim), None)

    def _around(self) -> Record:
        """Give the record of what stands outside a claim: the level's, or the header's."""
        return self._level.touched() if self._level.loop else self._header

    def _open(self, loop: LoopNode, segment: RawSegment) -> None:
        kind = self._bound.frames[loop].kind
        if kind is Kind.LEVEL:
            self._descend(loop, segment.elements)
        elif kind is Kind.CLAIM:
            self._skipping = not self._share.holds(self.claims)
            self.claims += 1
            self._records = [{}]
            self._marks, self._extras, self._in_claim = [], [], True
            self._stood = [set()]
        elif kind is Kind.MANY:
            self._records.append({})
            self._stood.append(set())
        elif self._bound.frames[loop].path and self._again is None:
            stood = self._stood[-1]
            self._again = loop if loop in stood else None
            stood.add(loop)

    def _descend(self, loop: LoopNode, elements: list[str]) -> None:
        """Start a level under the parent its HL names; one it does not know leaves it without."""
        above = next((up for up in list(loop.up())[1:] if self._bound.frames[up].kind is Kind.LEVEL), None)
        parent = self._levels.get(elements[2]) if len(elements) > len("12") else None
        if parent and parent.loop is not above:
            parent = None
        self._level = _Level(loop, parent)
        self._stood = [set()]
        if len(self._levels) >= _REMEMBERED_LEVELS:
            self._levels = dict(list(self._levels.items())[_REMEMBERED_LEVELS // 2 :])
        self._levels[elements[1]] = self._level

    def _close(self, loop: LoopNode) -> Part | None:
        frame = self._bound.frames[loop]
        if frame.kind is Kind.CLAIM:
            return self._finish(self._records[0])
        if frame.kind is Kind.MANY and not self._skipping:
            made = frame.shape.build(self._records.pop())
            self._stood.pop()
            around = self._records[-1] if self._records else self._around()
            holder(around, frame.path[:-1]).setdefault(frame.path[-1], []).append(made)
        return None

    def _finish(self, record: Record) -> Part | None:
        self._in_claim = False
        self._records = []
        if self._skipping:
            self._skipping = False
            return None
        lines = record.get("lines", ())
        charges = [line.charge for line in lines if isinstance(line.charge, Decimal)]
        if record.get("stated_total") == sum(charges) and len(charges) == len(lines):
            del record["stated_total"]
        if extras := [*self._level.surplus(), *self._extras]:
            record["extras"] = extras
        record["origin"] = Origin(self._bound, (*self._level.trail(), *self._marks))
        claim: Part = self._bound.claim.build({**self._level.context(self._bound.claim), **record})
        return claim
