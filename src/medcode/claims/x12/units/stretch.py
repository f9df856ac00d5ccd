"""Units that were read, kept as their text: where each segment was is worked out when somebody asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medcode.claims.x12.codec.compiled import LoopRole
from medcode.claims.x12.text.lexer import BLANK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.x12.codec.compiled import CompiledGuide
    from medcode.claims.x12.codec.path_index import Marks
    from medcode.claims.x12.codec.segment import Record
    from medcode.claims.x12.guides.nodes import LoopNode
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
        codecs, offset = self._compiled.codecs, self._offset
        element, component, end = self._cut_by
        chain = [shape.node for last in self._shapes for shape in last.chain()]
        row: Marks = []
        for position, (node, piece) in enumerate(zip(chain, self._pieces(), strict=True), self._position):
            text = piece.lstrip(BLANK)
            codec = codecs.get(node)
            positions = None
            if codec and codec.map.varies:
                positions = codec.map.positions(text.split(element), component)
            row += (node, position, offset + len(piece) - len(text), positions)
            offset += len(piece) + len(end)
        return row

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


class LateMarks:
    """The marks of a record, made of what its levels held when it was read and of the units in it."""

    __slots__ = ("_held",)

    def __init__(self, held: tuple[Held, ...]) -> None:
        self._held = held

    def __iter__(self) -> Iterator[Any]:
        row: Marks = []
        for stretch, marks, count in self._held:
            row += () if stretch is None else stretch.marks()
            row += marks[:count]
        return iter(row)

    def __len__(self) -> int:
        return sum(4 * len(stretch or ()) + count for stretch, _, count in self._held)
