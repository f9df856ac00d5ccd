"""The order of an interchange: records grouped into sets and levels, everything counted.

The guide says which attributes a level holds; records that agree in them share it. HL, segment counts
and control numbers are the writer's own.
"""

from __future__ import annotations

from functools import lru_cache, partial
from itertools import chain, groupby, islice, zip_longest
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from medcode.claims.x12.codec.compiled import LoopRole, compiled_for
from medcode.claims.x12.codec.row import trimmed
from medcode.claims.x12.guides.grammar import Usage
from medcode.claims.x12.guides.nodes import HIERARCHY, LoopNode
from medcode.claims.x12.write.segments import segments_of
from medcode.claims.x12.write.units import units_of
from medcode.errors import X12Error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from medcode.claims.model.base import Part
    from medcode.claims.x12.codec.compiled import CompiledGuide
    from medcode.claims.x12.guides.grammar import Level
    from medcode.claims.x12.text.envelope import Envelope
    from medcode.claims.x12.write.segments import Written
    from medcode.claims.x12.write.units import OwnElement, UnitText

__all__ = ["Stretch", "interchange", "ordered"]

_LAST_NUMBER = 999_999_999
"""The highest control number of a group; the next is 1."""

_ST03, _HL04 = 3, 4

_COMPARED = 4
"""So many groups of the same sign are compared one by one."""


class Stretch:
    """Segments in a row, with the record that they are of, or the first of those that share them.

    A level or record that is plain has its `unit`, as text; `more` counts the elements of its HL. Its `rows` are then
    made only if they are asked for. `is_envelope` says that it begins or ends a set;
    `depth` is that of a level, 0 for anything else.
    """

    __slots__ = ("_make", "_rows", "depth", "is_envelope", "more", "record", "size", "unit")

    def __init__(  # noqa: PLR0913  # what a stretch is, worked out or not
        self,
        rows: list[Written] | None,
        record: Part | None,
        unit: UnitText | None = None,
        make: Callable[[], list[Written]] | None = None,
        more: int = 0,
        *,
        is_envelope: bool = False,
        depth: int = 0,
    ) -> None:
        self.depth = depth
        self.is_envelope = is_envelope
        self._rows = rows
        self._make = make
        self.record = record
        self.unit = unit
        self.more = more
        self.size = len(unit.texts if unit else self.rows)

    @property
    def rows(self) -> list[Written]:
        """The segments as elements, with their places."""
        if self._rows is None:
            self._rows = self._make() if self._make else []
        return self._rows


def ordered(records: Iterable[Any], envelope: Envelope) -> Iterator[Stretch]:
    """Yield an interchange, ISA to IEA, with a group for each row of records of one class.

    Segments come in stretches: the envelope's one by one, those of a level or a record together.
    Raises X12Error if there is no record, or one that the envelope's convention is not for.
    """
    return interchange(((envelope, model, run) for model, run in groupby(records, type)), envelope)


def interchange(
    rows: Iterable[tuple[Envelope, type[Any], Iterable[Any]]], envelope: Envelope
) -> Iterator[Stretch]:
    """Yield an interchange with a group for each row of records of one class, by the envelope of that row.

    Records of a guide that is in no group, such as TA1, are between the groups.
    """
    yield Stretch([(None, envelope.isa())], None)
    groups, is_empty = 0, True
    for around, model, records in rows:
        is_empty = False
        compiled = compiled_for(model, around.convention)
        if compiled.guide.group:
            first = around.group_control_number
            first = around.control_number if first is None else first
            number = (first + groups - 1) % _LAST_NUMBER + 1 if groups else first
            yield from _group(compiled, records, around, number)
            groups += 1
        else:
            for record in records:
                yield from _Set(compiled, around).write([record], "", "")
    if is_empty:
        raise X12Error("there is no record to write")
    yield Stretch([(None, ["IEA", str(groups), envelope.isa()[13]])], None)


def _group(
    compiled: CompiledGuide, records: Iterable[Any], envelope: Envelope, number: int
) -> Iterator[Stretch]:
    """Yield GS to GE."""
    convention = envelope.convention or compiled.guide.id
    yield Stretch([(None, envelope.gs(compiled.guide.group, convention, number))], None)
    sets = 0
    for batch in _sets(compiled, records):
        yield from _Set(compiled, envelope).write(batch, envelope.transaction_control(sets), convention)
        sets += 1
        batch.clear()  # its records go before the next come
    yield Stretch([(None, ["GE", str(sets), str(number)])], None)


def _sets(compiled: CompiledGuide, records: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield the records of each set: as many as it holds, and those alone that share a level that it has once."""
    if compiled.loops[compiled.root].role is LoopRole.RECORD:
        yield from ([record] for record in records)
        return
    once = [name for level in _levels(compiled) if level.loop.loop.repeat == 1 for name in level.holds]
    runs = groupby(records, attrgetter(*once)) if once else iter([((), iter(records))])
    for _, run in runs:
        while batch := list(islice(run, compiled.guide.most)):
            yield batch


class _Set:
    """One transaction set as it is written."""

    def __init__(self, compiled: CompiledGuide, envelope: Envelope) -> None:
        self._compiled = compiled
        self._envelope = envelope
        self._segments = segments_of(compiled)
        self._units = None if envelope.spelled else units_of(compiled, envelope.delimiters)
        self._count = 0
        self._levels = _levels(compiled)
        self._records = _record_loops(compiled)

    def write(self, records: list[Any], control: str, convention: str) -> Iterator[Stretch]:
        """Yield the segments ST to SE."""
        guide = self._compiled.guide
        st = ["ST", guide.transaction, control, convention]
        if guide.root.opener.elements[_ST03 - 1].usage is Usage.NOT_USED:
            st.pop()
        count = 0
        for stretch in self._content(records):
            count += stretch.size
            if stretch.is_envelope:
                self._count_in(stretch.rows, st, count)
            yield stretch

    @staticmethod
    def _count_in(run: list[Written], st: list[str], count: int) -> None:
        """Fill in ST at the start of a set, and SE with its count at the end."""
        if run[0][1][0] == "ST":
            run[0][1][:] = st
        if run[-1][1][0] == "SE":
            run[-1][1][1:] = [str(count), st[2]]

    def _content(self, records: list[Any]) -> Iterator[Stretch]:
        """Yield the segments in stretches: the header, each level, each record, the trailer."""
        root, kind = self._compiled.root, self._compiled.kind
        if self._compiled.loops[root].role is LoopRole.RECORD:
            yield from self._whole(records[0])
            return
        run: list[Written] = []
        header = self._envelope.header(records[0], kind.header) if kind and kind.header else None
        self._segments.write(root, header, 0, run)
        *before, trailer = run
        yield Stretch(before, None, is_envelope=True)
        flat = chain.from_iterable(map(partial(self._record, root), records))
        yield from self._below(0, records, "") if self._levels else flat
        yield Stretch([trailer], None, is_envelope=True)

    def _below(self, depth: int, records: list[Any], parent: str) -> Iterator[Stretch]:
        """Yield the levels of one depth that hold some records, and all that hangs below them.

        Records of the level itself are written in levels of their own, again where one is full, apart from
        the one level below which the others go further down.
        """
        level = self._levels[depth]
        for group in _grouped(records, level.key, level.sign):
            own, below = group, group[:0]
            if level.goes_down:
                parts = [level.goes_down(record) for record in group]
                own = [record for record, part in zip(group, parts, strict=True) if part is None]
                below = [record for record, part in zip(group, parts, strict=True) if part is not None]
            for start in range(0, len(own), level.most):
                batch = own[start : start + level.most]
                yield self._level(level, batch[0], parent, "0")
                for record in batch:
                    yield from self._record(level.loop, record)
            if below:
                number = str(self._count + 1)
                yield self._level(level, below[0], parent, "1")
                yield from self._below(depth + 1, below, number)

    def _level(self, level: _Level, record: Any, parent: str, child: str) -> Stretch:
        """Write one hierarchical level: its HL, then what the guide puts in it before any record."""
        self._count += 1
        texts = [HIERARCHY, str(self._count), parent, level.code, child]
        if not level.says_child:
            texts.pop()
        own = level.own and (level.own[0], level.own[1], level.own[2] if child == "0" else "")
        make = partial(self._level_rows, level.loop, record, texts, own)
        unit = self._units and self._units.write(level.loop, record, own)
        if unit:
            unit.texts.insert(0, self._envelope.delimiters.element.join(texts))
            return Stretch(None, record, unit, make, len(texts) - 1, depth=level.loop.depth)
        return Stretch(make(), record, depth=level.loop.depth)

    def _level_rows(
        self, loop: LoopNode, record: Any, texts: list[str], own: OwnElement | None
    ) -> list[Written]:
        run: list[Written] = [(loop.opener, texts)]
        self._segments.write(loop, record, 0, run)
        if own:
            id_, at, text = own
            for _, elements in run:
                if elements[0] == id_:
                    elements[at : at + 1] = [text]
                    trimmed(elements)
        return run

    def _record(self, around: LoopNode, record: Any) -> Iterator[Stretch]:
        """Yield the loops of a record; nothing for one that its level holds alone."""
        for loop in self._records[around]:
            make = partial(self._rows, loop, record)
            unit = self._units and self._units.write(loop, record)
            stretch = Stretch(None, record, unit, make) if unit else Stretch(make(), record)
            if stretch.size:
                yield stretch

    def _whole(self, record: Any) -> Iterator[Stretch]:
        """Yield a set that is one record, with its envelope if it has one."""
        root = self._compiled.root
        unit = self._units and root.opener.use.id == "ST" and self._units.write(root, record)
        if not unit:
            yield Stretch(self._rows(root, record), record, is_envelope=True)
            return
        st, se = root.opener, root.children[-1][-1].opener
        yield Stretch([(st, ["ST"])], record, is_envelope=True)
        yield Stretch(None, record, unit, lambda: self._rows(root, record)[1:-1])
        yield Stretch([(se, ["SE"])], record, is_envelope=True)

    def _rows(self, loop: LoopNode, record: Any) -> list[Written]:
        run: list[Written] = []
        self._segments.write(loop, record, 0, run)
        return run


def _loops(around: LoopNode) -> list[LoopNode]:
    """Return the loops right inside a loop."""
    return [child for child in around.inside() if isinstance(child, LoopNode)]


class _Level:
    """A level of the guide as it is filled, worked out once for a set."""

    def __init__(self, loop: LoopNode, level: Level, below: Level | None) -> None:
        hl = loop.opener.use
        self.loop = loop
        self.holds = level.holds
        self.own = level.own
        self.code = min(hl.qualifiers or ())
        self.says_child = hl.elements[_HL04 - 1].usage is not Usage.NOT_USED
        self.key = attrgetter(*level.holds)
        self.sign = attrgetter(*level.sign)
        self.goes_down = attrgetter(below.holds[0]) if below else None
        # as many records as their loop may be repeated; a level without such a loop holds one by itself
        self.most = max((each.loop.repeat for each in _loops(loop) if each.is_unit), default=1)


@lru_cache
def _record_loops(compiled: CompiledGuide) -> dict[LoopNode, list[LoopNode]]:
    """Return the loops of records by the loop around them: a level, or the set."""
    found: dict[LoopNode, list[LoopNode]] = {}
    for loop, mapping in compiled.loops.items():
        if mapping.role in {LoopRole.HEADER, LoopRole.LEVEL}:
            found[loop] = [each for each in _loops(loop) if compiled.loops[each].role is LoopRole.RECORD]
    return found


@lru_cache
def _levels(compiled: CompiledGuide) -> list[_Level]:
    """Return the levels of a guide, from the top down."""
    loops = {loop.loop.id: loop for loop, mapping in compiled.loops.items() if mapping.role is LoopRole.LEVEL}
    levels = [each for each in compiled.guide.levels if each.loop in loops]
    return [
        _Level(loops[level.loop], level, below) for level, below in zip_longest(levels, levels[1:]) if level
    ]


def _grouped(
    records: list[Any], key: Callable[[Any], Any], sign: Callable[[Any], Any]
) -> Iterator[list[Any]]:
    """Yield the records that share a key, in the order of each key's first record.

    Keys that are equal have the same sign, a value that is quick to compare; where many keys share a sign,
    they are told apart by their hash, which is slower than a comparison with a few.
    """
    groups: dict[Any, list[list[Any]]] = {}
    by_key: dict[Any, list[Any]] = {}
    order: list[list[Any]] = []
    for record in records:
        own, about = key(record), sign(record)
        alike = groups.setdefault(about, [])
        found = next((group for group in alike if key(group[0]) == own), None)
        if found is None and len(alike) >= _COMPARED:
            found = by_key.get(own)
        if found is None:
            found = []
            order.append(found)
            if len(alike) < _COMPARED:
                alike.append(found)
            else:
                by_key[own] = found
        found.append(record)
    yield from order
