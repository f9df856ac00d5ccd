"""Where in its file each part of a claim came from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

import attrs

from medcode.claims.x12.frames import Kind
from medcode.claims.x12.grammar import Composite
from medcode.findings import Location

if TYPE_CHECKING:
    from medcode.claims.x12.frames import Bound
    from medcode.claims.x12.grammar import Segment
    from medcode.claims.x12.walker import Node

__all__ = ["Mark", "Origin"]

Mark: TypeAlias = "tuple[Node | None, int, int]"
"""A segment of the file: its node, its position in the transaction set, its offset in the text."""

_ROWS = frozenset({"HI", "CAS"})
"""Segments that hold several objects each."""

_STEP = re.compile(r"([a-z_0-9]+)(?:\[(\d+)\])?")


@attrs.frozen(repr=False)
class Origin:
    """The segments a claim was read from, ready to be asked where a path of the model stands."""

    _bound: Bound
    marks: tuple[Mark, ...]

    def __repr__(self) -> str:
        """Say only how much there is."""
        return f"<{len(self.marks)} segments>"

    def place(self, path: str) -> Location | None:
        """Find the segment and element that hold a path such as `lines[0].procedure.code`.

        Gives the nearest segment around it where the file does not hold it, None where it
        holds nothing of it.
        """
        wanted = [(name, int(at or 0)) for name, at in _STEP.findall(path)]
        best: tuple[int, Location] | None = None
        counts: dict[str, int] = {}
        here: list[tuple[str, int]] = []
        for node, position, offset in self.marks:
            if node is None or node.segment is None:
                continue
            here = self._prefix(node, counts)
            score, location = _score(node.segment, here + self._names(node, here, counts), wanted)
            if score and (best is None or score > best[0]):
                loop = node.loop.loop.id
                best = score, attrs.evolve(location, path=path, loop=loop, position=position, offset=offset)
        return best[1] if best else None

    def _prefix(self, node: Node, counts: dict[str, int]) -> list[tuple[str, int]]:
        """Name the objects around a segment, counting those that make a tuple."""
        names: list[tuple[str, int]] = []
        for loop in reversed(list(node.loop.up())):
            frame = self._bound.frames[loop]
            if frame.kind is not Kind.MANY:
                continue
            key = ".".join([*(f"{n}[{i}]" for n, i in names), *frame.path])
            if node is loop.opener:
                counts[key] = counts.get(key, -1) + 1
            names += [(name, 0) for name in frame.path[:-1]]
            names.append((frame.path[-1], counts.get(key, 0)))
        return names

    def _names(
        self, node: Node, here: list[tuple[str, int]], counts: dict[str, int]
    ) -> list[tuple[str, int]]:
        """Name the object that a segment fills, counting those segments that each make one of a tuple."""
        binding = self._bound.bindings.get(node)
        if binding is None or not binding.path:
            return []
        *around, last = binding.path
        shape = self._bound.frames[node.loop].shape
        for name in around:
            shape = shape.part(name)
        number = 0
        if shape.fields[last].many and binding.id not in _ROWS:
            key = ".".join([*(f"{name}[{at}]" for name, at in here), *binding.path])
            number = counts[key] = counts.get(key, -1) + 1
        return [*((name, 0) for name in around), (last, number)]


def _score(
    segment: Segment, here: list[tuple[str, int]], wanted: list[tuple[str, int]]
) -> tuple[int, Location]:
    """Count how much of the wanted path a segment holds, and find the element that holds the rest."""
    shared = 0
    for mine, want in zip(here, wanted, strict=False):
        if mine[0] != want[0]:
            return 0, Location()
        shared += 1
        if mine[1] != want[1]:
            if shared == len(here) and segment.id in _ROWS:
                break
            return 0, Location()
    rest = [name for name, _ in wanted[shared:]]
    location = Location(segment=segment.id)
    if shared < len(here):
        return 2 * shared, location
    element, component = _element(segment, rest, wanted)
    score = 2 * shared + (2 if element else 0) + (0 if rest and not element else 1)
    return score if shared or element else 0, attrs.evolve(location, element=element, component=component)


def _element(
    segment: Segment, rest: list[str], wanted: list[tuple[str, int]]
) -> tuple[int | None, int | None]:
    if segment.id == "HI":
        return wanted[0][1] + 1, 2
    if segment.id == "CAS":
        return None, None
    for number, row in enumerate(segment.elements, 1):
        if rest and row.name == rest[0]:
            if isinstance(row, Composite) and len(rest) > 1:
                inner = [element.name for element in row.elements]
                return number, inner.index(rest[1]) + 1 if rest[1] in inner else None
            return number, None
        if rest and isinstance(row, Composite) and not row.name:
            for at, element in enumerate(row.elements, 1):
                if element.name == rest[0]:
                    return number, at
    return None, None
