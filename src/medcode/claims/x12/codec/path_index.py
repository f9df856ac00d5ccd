"""Where in its file each part of a record is."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import attrs

from medcode.claims.x12.codec.element_map import ElementRef
from medcode.claims.x12.codec.route import around, count, routes
from medcode.findings import Location
from medcode.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.claims.x12.codec.compiled import CompiledGuide
    from medcode.claims.x12.codec.element_map import Names, Positions
    from medcode.claims.x12.codec.route import Counts, Stop
    from medcode.claims.x12.guides.nodes import Node

__all__ = ["Marks", "Origin", "PathIndex"]

Marks: TypeAlias = "list[Any]"
"""Segments of the file, four values for each: its node (None if the model has nothing of it), its position in
the transaction set, its offset in the text, and the positions noted of its texts. In one row, which is
cheaper to keep than many tuples."""

Columns: TypeAlias = "tuple[Sequence[Node | None], Sequence[int], Sequence[int], Sequence[Positions]]"
"""Marks by column: nodes, positions, offsets, and what is noted of the texts."""

_STEP = re.compile(r"([a-z_0-9]+)(?:\[(\d+)\])?")


class Late(Protocol):
    """Marks that are made of the text of units when somebody asks."""

    def columns(self) -> Columns:
        """Return the marks by column."""

    def __iter__(self) -> Iterator[Any]: ...

    def __len__(self) -> int: ...


@attrs.define(repr=False, eq=False)
class Origin:
    """The segments a claim was read from, ready to be asked where a path of the model is."""

    _compiled: CompiledGuide
    _marks: tuple[Any, ...] | Late

    @property
    def marks(self) -> Iterator[tuple[Node | None, int, int, Positions]]:
        """The segments: node, position, offset, what is noted of the texts."""
        row = iter(self._marks)
        return zip(row, row, row, row, strict=True)

    def __repr__(self) -> str:
        """Return how many segments there are, and nothing of them."""
        return f"<{len(self._marks) // 4} segments>"

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle nodes by their number in the guide: what they remember would take the whole guide along."""
        numbers = {node: number for number, node in enumerate(self._compiled.nodes)}
        marks = [*self._marks]
        marks[::4] = [numbers.get(node) for node in marks[::4]]
        return _again, (self._compiled, tuple(marks))

    def places(self) -> PathIndex:
        """Return what finds any number of paths of the claim."""
        late = self._marks
        columns = (
            (late[0::4], late[1::4], late[2::4], late[3::4]) if isinstance(late, tuple) else late.columns()
        )
        return PathIndex(self._compiled, *columns)

    def place(self, path: str) -> Location | None:
        """Find the segment, element and component that hold a path such as `lines[0].procedure.code`.

        Returns the nearest segment around it where the file does not hold it, None where it
        holds nothing of it. Whoever asks for many paths asks `places` for them.
        """
        return self.places().find(path)


def _again(compiled: CompiledGuide, numbered: tuple[Any, ...]) -> Origin:
    marks = [*numbered]
    marks[::4] = [None if number is None else compiled.nodes[number] for number in marks[::4]]
    return Origin(compiled, tuple(marks))


class PathIndex:
    """The segments of one claim, to find paths in: a layout that other claims share, and where each segment is."""

    def __init__(
        self,
        compiled: CompiledGuide,
        nodes: Sequence[Node | None],
        positions: Sequence[int],
        offsets: Sequence[int],
        noted: Sequence[Positions],
    ) -> None:
        self._layout = layout(compiled, tuple(nodes), tuple(noted))
        self._positions = positions
        self._offsets = offsets

    def find(self, path: str) -> Location | None:
        """Find a path, as `Origin.place` does."""
        found = self._layout.places[path]
        if found is None:
            return None
        loop, segment, ref, at = found
        return Location(path, loop, segment, *ref, self._positions[at], self._offsets[at])


_Stretch: TypeAlias = "tuple[int, int, int]"
"""A segment: the index of the first object that it adds to its tuple, if it adds to one, and how many it adds;
then its place among those of the claim."""

_NOWHERE = ElementRef()
_FIRST, _PLACE = itemgetter(0), itemgetter(2)
_LAYOUTS, _PATHS = 512, 1024


class Layout:
    """The segments of a claim by what they are and whose, so that a path is found without going through them.

    Claims whose segments have the same uses in the same order, and the same noted of their texts, share it.
    """

    def __init__(
        self, compiled: CompiledGuide, nodes: tuple[Node | None, ...], noted: tuple[Positions, ...]
    ) -> None:
        self._compiled = compiled
        self._noted = noted
        self.places: Memo[str, tuple[str, str, ElementRef, int] | None] = Memo(self._place, _PATHS)
        stretches: dict[tuple[Node, tuple[int, ...]], list[_Stretch]] = {}
        self._stretches = stretches
        counts: Counts = {}
        for place, (node, positions) in enumerate(zip(nodes, noted, strict=True)):
            if node is None:
                continue
            _, opened, loops, own = around(compiled, node)
            if not (loops or own):
                stretches.setdefault((node, ()), [(0, 1, place)])
                continue
            for names in opened:
                count(names, counts)
            first, objects = 0, 1
            if own:
                first, objects = counts.get(own, 0), compiled.codecs[node].map.objects(positions)
                counts[own] = first + objects
            key = node, tuple([counts.get(names, 0) for names in loops])
            stretches.setdefault(key, []).append((first, objects, place))

    def _place(self, path: str) -> tuple[str, str, ElementRef, int] | None:
        """Return loop, segment, element and the place among the segments of what holds a path; None where nothing does."""
        steps = _STEP.findall(path)
        indexes = [int(at) if at else None for _, at in steps]
        names = tuple([name for name, _ in steps])
        for stops in routes(self._compiled)[names]:
            found = [(held, stop) for stop in stops if (held := self._at(stop, indexes))]
            if found:
                ((*_, place), row), stop = min(found, key=lambda each: _PLACE(each[0][0]))
                inner = len(stop.around.names)
                ref = _NOWHERE
                if stop.is_held:
                    ref = self._compiled.codecs[stop.node].map.find(
                        names[inner:], indexes[inner:], row, self._noted[place]
                    )
                return stop.node.loop.loop.id, stop.node.use.id, ref, place
        return None

    def _at(self, stop: Stop, indexes: list[int | None]) -> tuple[_Stretch, int] | None:
        """Find the segment of a stop that holds what the indexes say, and which of its objects that is."""
        about = stop.around
        key = stop.node, tuple([_index(names, indexes) + 1 for names in about.loops])
        stretches = self._stretches.get(key)
        if not (stretches and about.own):
            return (stretches[0], 0) if stretches else None
        index = _index(about.own, indexes)
        stretch = stretches[bisect_right(stretches, index, key=_FIRST) - 1]
        row = index - stretch[0]
        return (stretch, row) if 0 <= row < stretch[1] else None


layout = lru_cache(maxsize=_LAYOUTS)(Layout)


def _index(names: Names, indexes: list[int | None]) -> int:
    """Return the index that a path has at a tuple; the first object where it ends before, or names none."""
    return (indexes[len(names) - 1] or 0) if len(names) <= len(indexes) else 0
