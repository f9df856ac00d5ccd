"""What the codecs of a shape make of its segments, as straight code.

A function takes the elements of the segments of a unit and returns what `RecordBuilder` would have made of them: the
values of a record, the object of a line, the objects that a level holds. It raises `NotPlain`, or an error of a text
that is too short, where a segment holds more than its values, lacks what is required, or is anything but usual.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medcode.claims.x12.codec.compiled import LoopRole
from medcode.claims.x12.units.objects import Unfit, Values
from medcode.claims.x12.units.segments import SegmentSource
from medcode.claims.x12.units.shapes import UnitKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.claims.x12.codec.compiled import CompiledGuide
    from medcode.claims.x12.guides.nodes import LoopNode
    from medcode.claims.x12.units.shapes import Shape, Shapes

__all__ = ["reading"]


def reading(shapes: Shapes, shape: Shape) -> Callable[[list[list[str]], str], Any] | None:
    """Return the function that reads the units of a shape; None where none can be made."""
    try:
        return _Reading(shapes.compiled, shape).made()
    except Unfit:
        return None


class _Reading(SegmentSource):
    """Writes the function of one shape."""

    def __init__(self, compiled: CompiledGuide, shape: Shape) -> None:
        super().__init__(compiled)
        self._shape = shape

    def made(self) -> Callable[[list[list[str]], str], Any]:
        """Follow the segments as the builder does, and compile the result."""
        chain = self._shape.chain()
        names = [f"s{at}" for at in range(len(chain))]
        self.line(f"{', '.join(names)}, = segments")
        mapping = self.compiled.loops[chain[0].node.loop]
        root = Values(mapping.fields, self.variable("o"), is_part=self._shape.kind is UnitKind.LINE)
        stack = [root]
        outer: list[tuple[LoopNode, tuple[str, ...]]] = []
        for shape, name in zip(chain, names, strict=True):
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
            self.segment(shape.node, name, stack[-1])
        while outer:
            self._leave(stack, outer.pop()[1])
        if self._shape.kind is UnitKind.LINE:
            self.line(f"return {self.build(root)}")
        else:
            self.fill(root)
            self.line(f"return {root.variable}")
        function: Callable[[list[list[str]], str], Any] = self.function(
            "read_" + self._shape.kind.name.lower(), "segments, component"
        )
        return function

    def _leave(self, stack: list[Values], path: tuple[str, ...]) -> None:
        made = stack.pop()
        *way, last = path
        holder = self.at(stack[-1], tuple(way))
        self.several(holder, last).append(self.build(made))
