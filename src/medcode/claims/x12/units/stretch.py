"""Units that were read, kept as their text: where each segment was is worked out when somebody asks."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate, chain
from operator import add
from typing import TYPE_CHECKING, Any

from medcode.claims.x12.codec.compiled import LoopRole
from medcode.claims.x12.text.lexer import BLANK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.x12.codec.compiled import CompiledGuide
    from medcode.claims.x12.codec.element_map import ElementMap, Positions
    from medcode.claims.x12.codec.path_index import Columns, Marks
    from medcode.claims.x12.codec.segment import Record
    from medcode.claims.x12.guides.nodes import LoopNode, Node
    from medcode.claims.x12.units.shapes import Shape

    Held = tuple["Stretch | None", Marks, int]
    """What a level was read from: a unit, or the marks of its segments, so many of them."""

    Around = tuple[dict[str, Any], tuple[Held, ...], bool]
    """What a record has of its level: values, what its marks begin with, and whether the level holds what the guide has no place for."""

__all__ = ["Around", "Held", "LateMarks", "Stretch"]


class Stretch:
    """Segments in a row: the shapes of their units, their text, offset and position of the first.

    The text is `cut_by` the separators of elements and components, and by what ends a segment.
    """

    __slots__ = ("_compiled", "_cut_by", "_offset", "_position", "_shapes", "_text")

    def __init__(  # noqa: PLR0913, PLR0917  # all that is needed to read it again
        self,
        compiled: CompiledGuide,
        shapes: list[Shape],
        text: str,
        offset: int,
        position: int,
        cut_by: tuple[str, str, str],
    ) -> None:
        self._compiled = compiled
        self._shapes = shapes
        self._text = text
        self._offset = offset
        self._position = position
        self._cut_by = cut_by

    def __len__(self) -> int:
        """Count the segments."""
        return sum([shape.size for shape in self._shapes]) if len(self._shapes) > 1 else self._shapes[0].size

    def _pieces(self) -> list[str]:
        return self._text.split(self._cut_by[2])

    def marks(self) -> Marks:
        """Return four values for each segment, as `Marks` has them."""
        return [*chain.from_iterable(zip(*self.columns(), strict=True))]

    def columns(self) -> Columns:
        """Return the marks by column."""
        element, component, end = self._cut_by
        pieces = self._pieces()
        nodes, varying = layout(self._compiled, tuple(self._shapes))
        noted: list[Positions] = [None] * len(nodes)
        for at, about in varying:
            noted[at] = about.positions(pieces[at].lstrip(BLANK).split(element), component)
        sizes = [len(piece) + len(end) for piece in pieces]
        offsets = [*accumulate(sizes[:-1], initial=self._offset)]
        if not "".join([piece[:1] for piece in pieces]).isalnum():
            blanks = [len(piece) - len(piece.lstrip(BLANK)) for piece in pieces]
            offsets = [*map(add, offsets, blanks)]
        return nodes, range(self._position, self._position + len(nodes)), offsets, noted

    def fill(self, record: Record) -> set[LoopNode]:
        """Store the values of the segments as the builder would; return the loops with one place that have come."""
        codecs, seen = self._compiled.codecs, set()
        element, component, _ = self._cut_by
        chain = (shape for last in self._shapes for shape in last.chain())
        for shape, piece in zip(chain, self._pieces(), strict=True):
            seen |= set(shape.transition.opens) if shape.transition else set()
            if codec := codecs.get(shape.node):
                values, _ = codec.parse(piece.lstrip(BLANK).split(element), component)
                codec.store(record, values)
        loops = self._compiled.loops
        return {loop for loop in seen if loops[loop].role is LoopRole.MERGED and loops[loop].path}


@lru_cache(maxsize=512)
def layout(
    compiled: CompiledGuide, shapes: tuple[Shape, ...]
) -> tuple[tuple[Node, ...], tuple[tuple[int, ElementMap], ...]]:
    """Return the uses of the segments of units, and which of them have texts to be noted, with their maps."""
    nodes = tuple([shape.node for last in shapes for shape in last.chain()])
    codecs = [compiled.codecs.get(node) for node in nodes]
    return nodes, tuple([(at, codec.map) for at, codec in enumerate(codecs) if codec and codec.map.varies])


class LateMarks:
    """The marks of a record, made of what its levels held when it was read and of the units in it."""

    __slots__ = ("_held",)

    def __init__(self, held: tuple[Held, ...]) -> None:
        self._held = held

    def columns(self) -> Columns:
        """Return the marks by column."""
        nodes: list[Node | None] = []
        positions: list[int] = []
        offsets: list[int] = []
        noted: list[Positions] = []
        columns: tuple[list[Any], ...] = (nodes, positions, offsets, noted)
        for stretch, marks, count in self._held:
            for column, more in zip(columns, () if stretch is None else stretch.columns(), strict=False):
                column.extend(more)
            for at, column in enumerate(columns if count else ()):
                column.extend(marks[at:count:4])
        return nodes, positions, offsets, noted

    def __iter__(self) -> Iterator[Any]:
        return chain.from_iterable(zip(*self.columns(), strict=True))

    def __len__(self) -> int:
        return sum(4 * len(stretch or ()) + count for stretch, _, count in self._held)
