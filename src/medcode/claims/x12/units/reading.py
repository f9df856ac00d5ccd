"""What the codecs of a shape make of its segments, as straight code.

A function takes the elements of the segments of a unit and returns what `RecordBuilder` would have made of them: the
values of a record, the object of a line, the objects that a level holds. It raises `NotPlain`, or an error of a text
that is too short, where a segment holds more than its values, lacks what is required, or is anything but usual.
The function of a layout, of which it is known how many elements each segment has, takes them all in one list.
"""

from __future__ import annotations

from itertools import accumulate, repeat
from typing import TYPE_CHECKING, Any

from medcode.claims.x12.codec.compiled import LoopRole
from medcode.claims.x12.units.elements import Elements
from medcode.claims.x12.units.objects import Unfit, Values
from medcode.claims.x12.units.segments import SegmentSource
from medcode.claims.x12.units.shapes import UnitKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.claims.x12.codec.compiled import CompiledGuide
    from medcode.claims.x12.guides.nodes import LoopNode
    from medcode.claims.x12.units.layouts import Layout
    from medcode.claims.x12.units.shapes import Shape

__all__ = ["reading"]


def reading(compiled: CompiledGuide, shape: Shape, layout: Layout | None = None) -> Callable[..., Any] | None:
    """Return the function that reads the units of a shape, or of one of its layouts; None where none can be made.

    That of a layout takes the elements of all segments in a row, and returns None for another layout.
    """
    source = _Reading(compiled, shape)
    try:
        return source.of_layout(layout) if layout else source.of_segments()
    except Unfit:
        return None


class _Reading(SegmentSource):
    """Writes the function of one shape."""

    def __init__(self, compiled: CompiledGuide, shape: Shape) -> None:
        super().__init__(compiled)
        self._shape = shape
        self._chain = shape.chain()

    def of_segments(self) -> Callable[[list[list[str]], str], Any]:
        """Return the function for segments of any length."""
        names = [f"s{at}" for at in range(len(self._chain))]
        self.line(f"{', '.join(names)}, = segments")
        return self._made([Elements(name) for name in names], "segments, component")

    def of_layout(self, layout: Layout) -> Callable[[list[str]], Any]:
        """Return the function for segments of known lengths, which takes them for another unit where they are not its own."""
        self.component = layout.cut_by[1]
        starts = accumulate(layout.lengths, initial=0)
        texts = [*map(Elements, repeat("e"), starts, layout.lengths)]
        ids = f"{self.constant(layout.pick)}(e) != {self.constant(layout.ids)}"
        self.line(f"if len(e) != {layout.count} or {ids}: return None")
        for place, qualifier in layout.qualifiers:
            cut = f".partition({self.component!r})[0]"
            self.line(f"if e[{place}]{cut} != {qualifier!r}: return None")
        for place in layout.samples:
            self.line(f"if {self.component!r} not in e[{place}]: return None")
        return self._made(texts, "e")

    def _made(self, texts: list[Elements], parameters: str) -> Callable[..., Any]:
        """Follow the segments as the builder does, and compile the result."""
        mapping = self.compiled.loops[self._chain[0].node.loop]
        root = Values(mapping.fields, self.variable("o"), is_part=self._shape.kind is UnitKind.LINE)
        stack = [root]
        outer: list[tuple[LoopNode, tuple[str, ...]]] = []
        for shape, elements in zip(self._chain, texts, strict=True):
            for loop in shape.transition.closes if shape.transition else ():
                if outer and outer[-1][0] is loop:
                    self._leave(stack, outer.pop()[1])
            for loop in shape.transition.opens if shape.transition else ():
                around = self.compiled.loops[loop]
                if around.role is LoopRole.MANY and self._shape.kind is not UnitKind.LEVEL:
                    outer.append((loop, around.path))
                    stack.append(Values(around.fields, self.variable("o")))
                elif around.role is not LoopRole.MERGED or (around.path and loop in stack[-1].seen):
                    raise Unfit
                else:
                    stack[-1].seen.add(loop)
            self.segment(shape.node, elements, stack[-1])
        while outer:
            self._leave(stack, outer.pop()[1])
        if self._shape.kind is UnitKind.LINE:
            self.line(f"return {self.build(root)}")
        else:
            self.fill(root)
            self.line(f"return {root.variable}")
        function: Callable[..., Any] = self.function("read_" + self._shape.kind.name.lower(), parameters)
        return function

    def _leave(self, stack: list[Values], path: tuple[str, ...]) -> None:
        made = stack.pop()
        *way, last = path
        holder = self.at(stack[-1], tuple(way))
        self.several(holder, last).append(self.build(made))
