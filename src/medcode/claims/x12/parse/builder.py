"""From matched segments to records: each with what its levels, and the loops around it, hold.

HL parents decide what a record hangs below, never what came last. A level is made into objects once,
for all records below it.
"""

from __future__ import annotations

from itertools import takewhile
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from medcode.claims.x12.codec.compiled import LoopRole
from medcode.claims.x12.codec.path_index import Origin
from medcode.claims.x12.codec.segment import holder
from medcode.claims.x12.guides.nodes import HIERARCHY
from medcode.claims.x12.parse.cache import MatchedSegment, in_part, keep_nothing
from medcode.claims.x12.parse.levels import Levels, RecordLevel
from medcode.claims.x12.parse.moves import Transition
from medcode.claims.x12.parse.shard import EVERY
from medcode.claims.x12.text.lexer import BLANK
from medcode.claims.x12.units.stretch import LateMarks

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.claims.model.base import Part
    from medcode.claims.model.fields import ModelFields
    from medcode.claims.x12.codec.compiled import CompiledGuide, LoopMapping
    from medcode.claims.x12.codec.path_index import Marks
    from medcode.claims.x12.codec.segment import Record
    from medcode.claims.x12.guides.nodes import LoopNode, Node
    from medcode.claims.x12.parse.cache import Store
    from medcode.claims.x12.parse.shard import Shard
    from medcode.claims.x12.text.lexer import RawSegment
    from medcode.claims.x12.units.stretch import Around, Held, Stretch

__all__ = ["RecordBuilder"]


_MARK = 4
"""How many values of `Marks` are about one segment; the first is its node."""


_Action: TypeAlias = "Callable[[Any, LoopNode, LoopMapping, RawSegment], Part | None]"
"""What is done where a loop begins or ends; what ends a record returns it."""


def _held_since(opener: Node, nodes: list[Node]) -> set[Node | LoopNode]:
    """Return the places and loops of the segments from the last opener of a loop on."""
    start = max((at for at, node in enumerate(nodes) if node is opener), default=0)
    held: set[Node | LoopNode] = set(nodes[start:])
    return held.union(*(node.loop.up() for node in nodes[start:]))


class RecordBuilder:
    """Reads one transaction set, segment by segment, and returns each record when it is whole."""

    def __init__(self, compiled: CompiledGuide, shard: Shard = EVERY, first: int = 0) -> None:
        self.records = first
        self._compiled = compiled
        self._shard = shard
        self._skipping = False
        self._in_record = False
        self._mappings = compiled.loops
        self._levels: Levels[RecordLevel] = Levels()
        self._repeated: LoopNode | None = None
        self._lost: tuple[LoopNode, ...] = ()
        self._outer: list[tuple[Record, set[LoopNode], int]] = []
        self._begun = 0
        self._defaults = compiled.model.defaults
        self._level: RecordLevel
        self._keeps_extras = "extras" in compiled.model.types
        self.keeps_origin = "origin" in compiled.model.types
        self._record: Record
        self._marks: Marks
        self._extras: list[str]
        self._seen: set[LoopNode]
        self._return_to(RecordLevel(None, None))
        self._header = self._record
        self._around: tuple[Any, ...] = ()
        self._held: list[Held] = []
        self._passed: LoopNode | None = None
        """The loop of a part that was read as a unit, until it ends."""
        self._is_whole = self._mappings[compiled.root].role is LoopRole.RECORD
        if self._is_whole:
            self._begin_record()

    @property
    def header(self) -> Part | None:
        """The header of the transaction set, as far as it was read; None for a guide without one."""
        if not (self._compiled.kind and self._compiled.kind.header):
            return None
        header: Part = self._compiled.header.build(self._header)
        return header

    @property
    def holds_next(self) -> bool:
        """Whether the next record is in the shard, or the one that it is a part of."""
        return not self._skipping if self._is_whole else self._shard.holds(self.records)

    @property
    def is_repeated(self) -> bool:
        """Whether a loop came again where the model has one place for it, and is not left yet."""
        return self._repeated is not None

    def leave(self, transition: Transition, last: MatchedSegment) -> Part | None:
        """Leave the loops that a transition from the last segment ends, without entering any; return the record that it completes."""
        out = Transition(last.node, closes=transition.closes)
        return self._move(MatchedSegment(out, last.segment, last.next_segments))

    def add_level(self, loop: LoopNode, elements: list[str], made: dict[str, Any], stretch: Stretch) -> None:
        """Note a level that was read as a unit."""
        self._level.let_go()
        self._level = self._new_level(loop, elements)
        self._level.hold(made, stretch, is_last=elements[4:5] == ["0"])  # HL04
        self._has_moved = True

    def around(self) -> Around:
        """Return what records have of their level: values, those of what is missing among them, and what their marks begin with."""
        fields, level = self._compiled.model, self._level
        values = {**self._defaults, **(level.context(fields) if level.loop else {})}
        return values, level.held(), self._keeps_extras and level.has_surplus()

    def read_record(
        self, loop: LoopNode, values: dict[str, Any], around: Around, stretch: Stretch
    ) -> Part | None:
        """Note a record that was read as units, and return it; a part of the one that is open is kept with that."""
        if self._is_whole:
            mapping = self._mappings[loop]
            *way, last = mapping.path
            made = mapping.fields.cls.of_typed({**mapping.fields.defaults, **values})
            holder(self._record, way).setdefault(last, []).append(made)
            self._held += (None, self._marks, len(self._marks)), (stretch, [], 0)
            self._marks = []
            return None
        self.pass_record()
        before, held, has_surplus = around
        values = {**before, **values}
        if has_surplus:
            values["extras"] = tuple(self._level.surplus())
        if self.keeps_origin:
            marks = LateMarks((*held, (stretch, [], 0)))
            values["origin"] = Origin(self._compiled, marks)
        record: Part = self._compiled.model.cls.of_typed(values)
        return record

    def pass_record(self) -> None:
        """Count a record that was read as units."""
        if not self._is_whole:
            self._level.is_leaf = False
            self.records += 1

    def resume(self, loop: LoopNode, *, in_record: bool) -> None:
        """Continue segment by segment after units; a record that was read as one, from its loop on, has yet to end."""
        if self._has_moved:
            self._return_to(self._level)
        if self._is_whole:
            self._passed = loop
        elif in_record:
            self._around = self._record, self._marks, self._extras, self._seen, self._outer
            self._record, self._marks, self._extras, self._seen, self._outer = {}, [], [], set(), []
            self._in_record = self._skipping = True

    def accept(self, matched: MatchedSegment, offset: int, position: int) -> Part | None:
        """Read the next segment; return the record that it ends, if it ends one."""
        transition = matched.transition
        record = self._move(matched) if transition.moves else None
        if self._skipping or self._passed:
            return record
        if transition.placed and not transition.ordered and self._begins_anew(matched.node):
            self.leave(Transition(matched.node, closes=(matched.node.loop,)), matched)
            self._begin_part()
        if not transition.kept or self._repeated:
            self._marks += (None, position, offset, None)
            self._extras.append(matched.segment.text.strip(BLANK))
        else:
            store = matched.store or self._decode(matched)
            self._marks += (matched.node, position, offset, matched.positions)
            if not store(self._record, matched.values):
                self._extras.append(matched.segment.text.strip(BLANK))
        return record

    def finish(self, last: MatchedSegment) -> Part | None:
        """Return the record that is still open where the set ends, after a segment that moves out of nothing."""
        if not self._in_record:
            return None
        out = Transition(last.node, closes=tuple(last.node.loop.up()))
        return self._move(MatchedSegment(out, last.segment, last.next_segments))

    def cut_off(self, last: MatchedSegment, *, terminated: bool) -> Part | None:
        """Return the record that the end of the text has cut off: of a whole set, what is there of it.

        A smaller one is given only if the cut is after it: its last segment is terminated, nothing that the
        guide requires is missing, and its total is that of its lines. Without its end a claim may be without
        the line that matters.
        """
        if self._is_whole:
            return self.finish(last)
        if not (self._in_record and terminated and self._is_complete(last.node)):
            return None
        record = self.finish(last)
        return record if getattr(record, "stated_total", None) is None else None

    def _is_complete(self, last: Node) -> bool:
        """Whether the loops that are open in the record hold what the guide requires of them."""
        nodes = [node for node in self._marks[::_MARK] if node]
        within = takewhile(attrgetter("in_unit"), last.loop.up())
        return all(loop.required <= _held_since(loop.opener, nodes) for loop in within)

    def _decode(self, matched: MatchedSegment) -> Store:
        """Work out what a segment is to the model, and how that is kept."""
        codec = self._compiled.codecs.get(matched.node)
        if codec is None:
            more = any(matched.segment.elements[len(matched.node.use.elements) + 1 :])
            matched.store = in_part(keep_nothing) if more else keep_nothing
        else:
            segment = matched.segment
            matched.values, more = codec.parse(segment.elements, segment.delimiters.component)
            matched.store = in_part(codec.store) if more else codec.store
            if codec.map.varies:
                matched.positions = codec.map.positions(segment.elements, segment.delimiters.component)
        return matched.store

    def _move(self, matched: MatchedSegment) -> Part | None:
        transition = matched.transition
        if self._repeated in transition.closes:
            self._repeated = None
        self._lost = transition.lost
        actions = transition.actions
        if actions is None:
            actions = transition.actions = self._actions(transition)
        record: Part | None = None
        for action, loop, mapping in actions:
            record = action(self, loop, mapping, matched.segment) or record
        return record

    def _actions(self, transition: Transition) -> list[tuple[_Action, LoopNode, LoopMapping]]:
        """List what is to be done for the loops that a transition leaves and enters, where anything is."""
        moves = [(self._ENDS, loop) for loop in transition.closes if self._ends(loop)]
        moves += [(self._BEGINS, loop) for loop in transition.opens]
        found = ((by_role.get(self._mappings[loop].role), loop) for by_role, loop in moves)
        return [(action, loop, self._mappings[loop]) for action, loop in found if action]

    def _ends(self, loop: LoopNode) -> bool:
        """Whether anything is to be done where a loop ends; most levels just give way to the next."""
        return not loop.is_level or loop.loop.id in self._compiled.guide.leaves

    def _begins_anew(self, node: Node) -> bool:
        """Whether a segment that comes late, and that its part of the record has already, is of another part: of its first segment lost."""
        is_sign = (
            node.loop.loop.id in self._compiled.guide.reopened
            and self._mappings[node.loop].role is LoopRole.MANY
        )
        return is_sign and self._marks[self._begun :: _MARK].count(node) >= node.repeat

    def _begin_part(self, *_: object) -> None:
        self._outer.append((self._record, self._seen, self._begun))
        self._record, self._seen, self._begun = {}, set(), len(self._marks)

    def _end_part(self, loop: LoopNode, mapping: LoopMapping, _segment: RawSegment) -> None:
        if self._passed:
            self._passed = None if loop is self._passed else self._passed
        elif not self._skipping:
            made = mapping.fields.build(self._record)
            self._record, self._seen, self._begun = self._outer.pop()
            *around, last = mapping.path
            holder(self._record, around).setdefault(last, []).append(made)

    def _begin_record(self, *_: object) -> None:
        self._level.is_leaf = False
        self._skipping = not self._shard.holds(self.records)
        self.records += 1
        self._around = self._record, self._marks, self._extras, self._seen, self._outer
        self._record, self._marks, self._extras, self._seen, self._outer = {}, [], [], set(), []
        self._in_record = True

    def _end_record(self, _loop: LoopNode, mapping: LoopMapping, _segment: RawSegment) -> Part | None:
        record, marks, extras = self._record, self._marks, self._extras
        self._in_record = False
        self._record, self._marks, self._extras, self._seen, self._outer = self._around
        if self._skipping:
            self._skipping = False
            return None
        return self._built(mapping.fields, record, marks, extras)

    def _built(self, fields: ModelFields, record: Record, marks: Marks, extras: list[str]) -> Part:
        """Make a record of what it holds itself and what its level does."""
        if self._keeps_extras and (surplus := [*self._level.surplus(), *extras]):
            record["extras"] = surplus
        if self.keeps_origin:
            trail = self._level.trail()
            late = LateMarks(((None, trail, len(trail)), *self._held, (None, marks, len(marks))))
            record["origin"] = Origin(self._compiled, late if self._held else (*trail, *marks))
        made: Part = fields.build(record, self._level.context(fields) if self._level.loop else {})
        return made

    def _enter(self, loop: LoopNode, mapping: LoopMapping, _segment: RawSegment) -> None:
        """Notice a loop that comes again where the model has one place for it."""
        if mapping.path and self._repeated is None:
            self._repeated = loop if loop in self._seen else None
            self._seen.add(loop)

    def _begin_level(self, loop: LoopNode, _mapping: LoopMapping, segment: RawSegment) -> None:
        """Start a level."""
        self._return_to(self._new_level(loop, segment.elements))

    def _new_level(self, loop: LoopNode, elements: list[str]) -> RecordLevel:
        """Make a level under the parent its HL names; an unknown one, or no HL, leaves it without.

        A parent further up than the guide puts it is one: what should be between is lost.
        """
        id_, number, named, *_ = elements if len(elements) > 2 else [*elements, "", ""]  # noqa: PLR2004  # HL01 and HL02
        is_begun = id_.endswith(HIERARCHY) and loop not in self._lost  # line ends may stand before the id
        parent = self._levels.parent(named) if is_begun else None
        if parent and parent.loop not in loop.around:
            parent = None
        if parent:
            parent.is_leaf = False
        level = RecordLevel(loop, parent)
        if is_begun and loop.holds_levels:
            self._levels.add(number, level)
        return level

    def _return_to(self, level: RecordLevel) -> None:
        """Keep what comes next with the level, not with a record."""
        self._level = level
        self._has_moved = False
        self._record, self._marks, self._extras, self._seen = level.record, level.marks, level.extras, set()
        if level.stretch is not None and not level.record:
            self._seen = level.stretch.fill(level.record)

    def _end_level(self, loop: LoopNode, mapping: LoopMapping, _segment: RawSegment) -> Part | None:
        """Make a record of a level alone, if nothing came below it."""
        level = self._level
        return self._built(mapping.fields, {}, [], []) if level.loop is loop and level.is_leaf else None

    _BEGINS: ClassVar[dict[LoopRole, _Action]] = {
        LoopRole.MANY: _begin_part,
        LoopRole.RECORD: _begin_record,
        LoopRole.LEVEL: _begin_level,
        LoopRole.MERGED: _enter,
    }
    _ENDS: ClassVar[dict[LoopRole, _Action]] = {
        LoopRole.MANY: _end_part,
        LoopRole.RECORD: _end_record,
        LoopRole.LEVEL: _end_level,
    }
