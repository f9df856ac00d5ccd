"""The order of an interchange: records grouped into sets and levels, everything counted.

The guide says which attributes a level holds; records that agree in them share it. HL, segment counts
and control numbers are the writer's own.
"""

from __future__ import annotations

from itertools import groupby, islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from medcode.claims.x12.codec.compiled import LoopRole, compiled_for
from medcode.claims.x12.codec.row import trimmed
from medcode.claims.x12.guides.grammar import Usage
from medcode.claims.x12.guides.nodes import HIERARCHY, LoopNode
from medcode.claims.x12.write.segments import segments_of
from medcode.errors import X12Error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from medcode.claims.model.base import Part
    from medcode.claims.x12.codec.compiled import CompiledGuide
    from medcode.claims.x12.guides.grammar import Level
    from medcode.claims.x12.text.envelope import Envelope
    from medcode.claims.x12.write.segments import Written

__all__ = ["Stretch", "ordered"]

_LAST_NUMBER = 999_999_999
"""The highest control number of a group; the next is 1."""

_ST03, _HL04 = 3, 4

Stretch: TypeAlias = "tuple[list[Written], Part | None]"
"""Segments in a row, with the record that they are of, or the first of those that share them."""


def ordered(records: Iterable[Any], envelope: Envelope) -> Iterator[Stretch]:
    """Yield an interchange, ISA to IEA, with a group for each row of records of one guide.

    Segments come in stretches: the envelope's one by one, those of a level or a record together.
    Raises X12Error if there is no record, or one that the envelope's convention is not for.
    """
    yield [(None, envelope.isa())], None
    groups = 0
    for (guide, model), run in groupby(records, lambda record: (record.guide, type(record))):
        first = envelope.group_control_number or envelope.control_number
        number = (first + groups - 1) % _LAST_NUMBER + 1
        convention = envelope.convention or guide
        compiled = compiled_for(model, convention)
        yield [(None, envelope.gs(compiled.guide.group, convention, number))], None
        sets = 0
        for batch in _sets(compiled, run):
            control = envelope.transaction_control(sets)
            yield from _Set(compiled).write(batch, envelope, control, convention)
            sets = sets + 1
            batch.clear()  # its records go before the next come
        yield [(None, ["GE", str(sets), str(number)])], None
        groups = groups + 1
    if not groups:
        raise X12Error("there is no record to write")
    yield [(None, ["IEA", str(groups), envelope.isa()[13]])], None


def _sets(compiled: CompiledGuide, records: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield the records of each set: as many as it holds, and those alone that share a level that it has once."""
    if compiled.loops[compiled.root].role is LoopRole.RECORD:
        yield from ([record] for record in records)
        return
    once = [name for loop, level in _levels(compiled) if loop.loop.repeat == 1 for name in level.holds]
    runs = groupby(records, attrgetter(*once)) if once else iter([((), iter(records))])
    for _, run in runs:
        while batch := list(islice(run, compiled.guide.most)):
            yield batch


class _Set:
    """One transaction set as it is written."""

    def __init__(self, compiled: CompiledGuide) -> None:
        self._compiled = compiled
        self._segments = segments_of(compiled)
        self._count = 0
        self._levels = _levels(compiled)

    def write(
        self, records: list[Any], envelope: Envelope, control: str, convention: str
    ) -> Iterator[Stretch]:
        """Yield the segments ST to SE."""
        guide = self._compiled.guide
        st = ["ST", guide.transaction, control, convention]
        if guide.root.opener.elements[_ST03 - 1].usage is Usage.NOT_USED:
            st.pop()
        count = 0
        for run, record in self._content(records, envelope):
            count += len(run)
            if run[0][1][0] == "ST":
                run[0][1][:] = st
            if run[-1][1][0] == "SE":
                run[-1][1][1:] = [str(count), control]
            yield run, record

    def _content(self, records: list[Any], envelope: Envelope) -> Iterator[Stretch]:
        """Yield the segments in stretches: the header, each level, each record, the trailer."""
        run: list[Written] = []
        root, kind = self._compiled.root, self._compiled.kind
        if self._compiled.loops[root].role is LoopRole.RECORD:
            self._segments.write(root, records[0], 0, run)
            yield run, records[0]
            return
        header = envelope.header(records[0], kind.header) if kind and kind.header else None
        self._segments.write(root, header, 0, run)
        *before, trailer = run
        yield before, None
        if self._levels:
            yield from self._below(0, records, "")
        else:
            for record in records:
                yield self._record(root, record), record
        yield [trailer], None

    def _below(self, depth: int, records: list[Any], parent: str) -> Iterator[Stretch]:
        """Yield the levels of one depth that hold some records, and all that hangs below them.

        Records of the level itself are written in levels of their own, again where one is full, apart from
        the one level below which the others go further down.
        """
        loop, level = self._levels[depth]
        goes_down = (
            attrgetter(self._levels[depth + 1][1].holds[0]) if depth + 1 < len(self._levels) else _none
        )
        for group in _grouped(records, attrgetter(*level.holds), attrgetter(*level.sign)):
            own = [record for record in group if goes_down(record) is None]
            below = [record for record in group if goes_down(record) is not None]
            for batch in _batches(own, _most(loop)):
                yield self._level(loop, level, batch[0], parent, "0", is_own=True), batch[0]
                for record in batch:
                    if run := self._record(loop, record):
                        yield run, record
            if below:
                number = str(self._count + 1)
                yield self._level(loop, level, below[0], parent, "1", is_own=False), below[0]
                yield from self._below(depth + 1, below, number)

    def _level(  # noqa: PLR0913  # all that HL says
        self, loop: LoopNode, level: Level, record: Any, parent: str, child: str, *, is_own: bool
    ) -> list[Written]:
        """Write one hierarchical level: its HL, then what the guide puts in it before any record."""
        self._count += 1
        hl = loop.opener.use
        code = min(hl.qualifiers or ())
        texts = [HIERARCHY, str(self._count), parent, code, child]
        if hl.elements[_HL04 - 1].usage is Usage.NOT_USED:
            texts.pop()
        run: list[Written] = [(loop.opener, texts)]
        self._segments.write(loop, record, 0, run)
        if level.own:
            id_, at, text = level.own
            for _, elements in run:
                if elements[0] == id_:
                    elements[at : at + 1] = [text if is_own else ""]
                    trimmed(elements)
        return run

    def _record(self, around: LoopNode, record: Any) -> list[Written]:
        """Write the loop of a record; nothing for one that its level holds alone."""
        run: list[Written] = []
        for loop in _loops(around):
            if self._compiled.loops[loop].role is LoopRole.RECORD:
                self._segments.write(loop, record, 0, run)
        return run


def _none(record: object) -> None:
    """No level is below the last."""
    del record


def _loops(around: LoopNode) -> list[LoopNode]:
    """Return the loops right inside a loop."""
    return [child for child in around.inside() if isinstance(child, LoopNode)]


def _levels(compiled: CompiledGuide) -> list[tuple[LoopNode, Level]]:
    """Return the loops of the guide's levels with how they are filled, from the top down."""
    levels = {each.loop: each for each in compiled.guide.levels}
    loops = (loop for loop, mapping in compiled.loops.items() if mapping.role is LoopRole.LEVEL)
    return [(loop, levels[loop.loop.id]) for loop in loops if loop.loop.id in levels]


def _most(level: LoopNode) -> int:
    """Return how many records a level holds at most: as often as their loop may be repeated."""
    return max((loop.loop.repeat for loop in _loops(level) if loop.is_unit), default=1)


def _batches(records: list[Any], most: int) -> Iterator[list[Any]]:
    """Yield the records in as many as one level holds."""
    for start in range(0, len(records), most):
        yield records[start : start + most]


def _grouped(
    records: list[Any], key: Callable[[Any], Any], sign: Callable[[Any], Any]
) -> Iterator[list[Any]]:
    """Yield the records that share a key, in the order of each key's first record.

    Keys that are equal have the same sign, a value that is quick to compare.
    """
    groups: dict[Any, list[list[Any]]] = {}
    order: list[list[Any]] = []
    for record in records:
        alike = groups.setdefault(sign(record), [])
        found = next((group for group in alike if key(group[0]) == key(record)), None)
        if found is None:
            alike.append([record])
            order.append(alike[-1])
        else:
            found.append(record)
    yield from order
