"""One object of the model as segments, loop by loop, in the order of the guide."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from medcode.claims.model.base import Part
from medcode.claims.x12.codec.compiled import LoopRole
from medcode.claims.x12.codec.row import trimmed
from medcode.claims.x12.codec.segment import SegmentCodec, reach
from medcode.claims.x12.guides.grammar import Usage
from medcode.claims.x12.guides.nodes import HIERARCHY, Node
from medcode.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.x12.codec.compiled import CompiledGuide, LoopMapping
    from medcode.claims.x12.guides.nodes import LoopNode

__all__ = ["Child", "Segments", "Written", "segments_of"]

Written: TypeAlias = "tuple[Node | None, list[str]]"
"""A segment as elements, with its place in the guide; the envelope's have none."""


_KNOWN = 1_000
"""For how many kinds of objects it is known what is due."""


class Child(NamedTuple):
    """A child of a loop as it is written: a segment by its codec, or a loop, which its node opens.

    A segment that nothing of the model is in has no codec: it is its `constants`, or the number of its loop.
    """

    node: Node
    codec: SegmentCodec | None
    loop: LoopNode | None = None
    mapping: LoopMapping | None = None
    constants: tuple[str, ...] = ()


class Segments:
    """The order in which the objects of a guide are written.

    Which children of a loop have something to write follows from which fields its object has set, so what
    a record does not have costs nothing.
    """

    def __init__(self, compiled: CompiledGuide) -> None:
        self.compiled = compiled
        self._due = Memo(self._children_due, most=_KNOWN)

    def write(self, loop: LoopNode, part: Any, number: int, run: list[Written]) -> None:
        """Add what is in a loop, levels and records aside, of the object that it holds or is part of."""
        around = self.compiled.loops[loop]
        holder = part if around.role is LoopRole.MANY else reach(part, around.path)
        if holder is None and loop is not self.compiled.root:
            return
        for node, codec, inner, mapping, constants in self.due(loop, holder):
            if codec:
                run += [(node, elements) for elements in codec.write(part)]
            elif inner is None or mapping is None:
                run.append((node, [*constants] if constants else [node.use.id, str(number)]))
            elif mapping.role is LoopRole.MANY:
                for count, each in enumerate(reach(part, mapping.path) or (), 1):
                    self.write(inner, each, count, run)
            else:
                self.write(inner, part, number, run)

    def due(self, loop: LoopNode, holder: Part | None) -> list[Child]:
        """Return the children of a loop that may have something to write of its object."""
        return self._due[loop, type(holder), () if holder is None else tuple(vars(holder))]

    def _children_due(self, key: tuple[LoopNode, type[Part | None], tuple[str, ...]]) -> list[Child]:
        """Return the children of a loop that may have something to write of an object that has these fields set."""
        loop, cls, set_fields = key
        return [each for each in self.children(loop) if self._is_due(loop, each, cls, set_fields)]

    def children(self, loop: LoopNode) -> Iterator[Child]:
        """Yield what may be written of a loop, levels and records aside."""
        for child in loop.inside():
            if isinstance(child, Node):
                codec = self.compiled.codecs.get(child)
                if codec or (child.usage is Usage.REQUIRED and child.use.id != HIERARCHY):
                    yield Child(child, codec, constants=_constants(child))
            elif self.compiled.loops[child].role not in {LoopRole.LEVEL, LoopRole.RECORD}:
                yield Child(child.opener, None, child, self.compiled.loops[child])

    def _is_due(
        self, loop: LoopNode, each: Child, cls: type[Part | None], set_fields: tuple[str, ...]
    ) -> bool:
        """Whether what a child of a loop writes is set, or differs from nothing by its default."""
        around = self.compiled.loops[loop]
        about = each.codec or each.mapping
        path = about.path[0 if around.role is LoopRole.MANY else len(around.path) :] if about else ()
        if not path:
            return type(about) is not SegmentCodec or about.may_write(set_fields)
        if path[0] in set_fields:
            return True
        default = getattr(cls, path[0], None)
        return default is not None and default != () and not isinstance(default, Part)


def _constants(node: Node) -> tuple[str, ...]:
    """Return the text of a segment of constants alone; () for one that only counts, such as ST, SE or LX."""
    constants = trimmed([getattr(element, "constant", "") for element in node.use.elements])
    return (node.use.id, *constants) if constants and node.use.id != "ST" else ()


@lru_cache
def segments_of(compiled: CompiledGuide) -> Segments:
    """Return the writing order of a guide, worked out once."""
    return Segments(compiled)
