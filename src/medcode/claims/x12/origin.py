"""Where in its file each part of a claim came from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from medcode.claims.x12.route import route

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.x12.frames import Bound
    from medcode.claims.x12.route import Names, Stop
    from medcode.claims.x12.walker import Node
    from medcode.findings import Location

__all__ = ["Marks", "Origin"]

Marks: TypeAlias = "list[Any]"
"""Segments of the file, three values for each: its node (None if it has no place), its position in the
transaction set, its offset in the text. In one row, which is cheaper to keep than many tuples."""

_STEP = re.compile(r"([a-z_0-9]+)(?:\[(\d+)\])?")


@attrs.frozen(repr=False)
class Origin:
    """The segments a claim was read from, ready to be asked where a path of the model stands."""

    _bound: Bound
    _marks: tuple[Any, ...]

    @property
    def marks(self) -> Iterator[tuple[Node | None, int, int]]:
        """The segments: node, position, offset."""
        row = iter(self._marks)
        return zip(row, row, row, strict=True)

    def __repr__(self) -> str:
        """Say only how much there is."""
        return f"<{len(self._marks) // 3} segments>"

    def place(self, path: str) -> Location | None:
        """Find the segment and element that hold a path such as `lines[0].procedure.code`.

        Gives the nearest segment around it where the file does not hold it, None where it
        holds nothing of it.
        """
        steps = _STEP.findall(path)
        stops = route(self._bound, tuple([name for name, _ in steps]))
        indexes = [int(at or 0) for _, at in steps]
        counts: dict[Names, int] = {}
        best, found = 0, None
        for node, position, offset in self.marks:
            stop = stops.get(node)
            if stop is None:
                continue
            for names in stop.counts:
                _count(names, counts)
            score = stop.score
            if stop.rows and counts[stop.counts[-1]] == indexes[_place(stop)] // stop.rows:
                score += 1
            if score > best and all(counts.get(names, 0) == indexes[at] for at, names in stop.agree):
                best, found = score, (stop, position, offset)
        return _location(path, indexes, *found) if found else None


def _count(names: Names, counts: dict[Names, int]) -> None:
    """Count one more object of a tuple; what is inside of it is counted anew."""
    counts[names] = counts.get(names, -1) + 1
    for inner in [other for other in counts if len(other) > len(names) and other[: len(names)] == names]:
        del counts[inner]


def _place(stop: Stop) -> int:
    """Give the place in the path of the index of an object of a HI."""
    return len(stop.counts[-1]) - 1


def _location(path: str, indexes: list[int], stop: Stop, position: int, offset: int) -> Location:
    element = indexes[_place(stop)] % stop.rows + 1 if stop.rows else stop.location.element
    return attrs.evolve(stop.location, path=path, element=element, position=position, offset=offset)
