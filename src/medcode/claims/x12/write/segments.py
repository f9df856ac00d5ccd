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
from medcode.claims.x12.units.shapes import sightings_before
from medcode.claims.x12.write.generated import loop_writer
from medcode.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.x12.codec.compiled import CompiledGuide, LoopMapping
    from medcode.claims.x12.guides.nodes import LoopNode
    from medcode.claims.x12.write.generated import LoopWriter

__all__ = ["Child", "Segments", "Written", "segments_of"]

Written: TypeAlias = "tuple[Node | None, list[str]]"
"""A segment as elements, with its place in the guide; the envelope's have none."""


_KNOWN, _GENERATED = 1_000, 500
"""For how many kinds of objects it is known what is due, and how many functions are generated."""


class Child(NamedTuple):
    """A child of a loop as it is written: a segment by its codec, or a loop, which its node opens.

    A segment that nothing of the model is in has no codec: it is its `constants`, or the number of its loop.
    """

    node: Node
    codec: SegmentCodec | None
    loop: LoopNode | None = None
    mapping: LoopMapping | None = None
    constants: tuple[str, ...] = ()


class _Due:
    """The children of a loop that are due, how often they were, and the function that writes them if there is one."""

    __slots__ = ("children", "seen", "write")

    def __init__(self, children: list[Child]) -> None:
        self.children = children
        self.seen = 0
        self.write: LoopWriter | None = None


class Segments:
    """The order in which the objects of a guide are written.

    Which children of a loop have something to write follows from which fields its object has set, so what
    a record does not have costs nothing. Objects of a kind are written by a function that is generated when there
    were more than `before` of them; never where that is None.
    """

    def __init__(self, compiled: CompiledGuide, before: int | None) -> None:
        self._compiled = compiled
        self._before = before
        self._due = Memo(self._children_due, most=_KNOWN)
        self._left = _GENERATED

    def write(self, loop: LoopNode, part: Any, number: int, run: list[Written]) -> None:
        """Add what is in a loop, levels and records aside, of the object that it holds or is part of."""
        around = self._compiled.loops[loop]
        holder = part if around.role is LoopRole.MANY else reach(part, around.path)
        if holder is None and loop is not self._compiled.root:
            return
        due = self._due[loop, type(holder), () if holder is None else tuple(vars(holder))]
        if due.write is None and self._before is not None and holder is not None:
            self._sight(loop, due, tuple(vars(holder)), self._before)
        if due.write:
            due.write(part, number, run)
            return
        for node, codec, inner, mapping, constants in due.children:
            if codec:
                run += [(node, elements) for elements in codec.write(part)]
            elif inner is None or mapping is None:
                run.append((node, [*constants] if constants else [node.use.id, str(number)]))
            elif mapping.role is LoopRole.MANY:
                for count, each in enumerate(reach(part, mapping.path) or (), 1):
                    self.write(inner, each, count, run)
            else:
                self.write(inner, part, number, run)

    def _sight(self, loop: LoopNode, due: _Due, fields: tuple[str, ...], before: int) -> None:
        """Count an object of a kind, and make the function for it when it was seen often enough."""
        due.seen += 1
        if due.seen > before and self._left > 0:
            self._left -= 1
            around = self._compiled.loops[loop]
            path = () if around.role is LoopRole.MANY else around.path
            due.write = loop_writer(self, path, fields, due.children)

    def _children_due(self, key: tuple[LoopNode, type[Part], tuple[str, ...]]) -> _Due:
        """Return the children of a loop that may have something to write of an object that has these fields set."""
        loop, cls, set_fields = key
        return _Due([each for each in self._children(loop) if self._is_due(loop, each, cls, set_fields)])

    def _children(self, loop: LoopNode) -> Iterator[Child]:
        for child in loop.inside():
            if isinstance(child, Node):
                codec = self._compiled.codecs.get(child)
                if codec or (child.usage is Usage.REQUIRED and child.use.id != HIERARCHY):
                    yield Child(child, codec, constants=_constants(child))
            elif self._compiled.loops[child].role not in {LoopRole.LEVEL, LoopRole.RECORD}:
                yield Child(child.opener, None, child, self._compiled.loops[child])

    def _is_due(self, loop: LoopNode, each: Child, cls: type[Part], set_fields: tuple[str, ...]) -> bool:
        """Whether what a child of a loop writes is set, or differs from nothing by its default."""
        around = self._compiled.loops[loop]
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


def segments_of(compiled: CompiledGuide) -> Segments:
    """Return the writing order of a guide, worked out once."""
    return _segments(compiled, sightings_before())


@lru_cache
def _segments(compiled: CompiledGuide, before: int | None) -> Segments:
    return Segments(compiled, before)
