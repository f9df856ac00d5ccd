"""A guide tied to the claim model: which object each loop fills, and the binding of each segment.

A level (a loop that HL opens) and what leads to the claims is context, shared by the claims
below it; a claim is the loop that CLM opens; a loop whose name is a tuple in the model makes an
object each time it stands; every other loop fills the object around it.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

import attrs

from medcode.claims.x12.binding import Binding, ManyBinding, ValueBinding
from medcode.claims.x12.grammar import Composite
from medcode.claims.x12.own_bindings import OWN
from medcode.claims.x12.shape import shape_of
from medcode.claims.x12.walker import LoopNode, Walker

if TYPE_CHECKING:
    from medcode.claims.model.base import Part
    from medcode.claims.x12.grammar import Guide, Row, Segment
    from medcode.claims.x12.shape import Shape
    from medcode.claims.x12.walker import Node

__all__ = ["Bound", "Frame", "Kind"]


class Kind(Enum):
    """What a loop is to the model."""

    HEADER = auto()
    LEVEL = auto()
    CLAIM = auto()
    MANY = auto()
    MERGED = auto()


@attrs.frozen
class Frame:
    """How a loop is kept: its kind, the class its names are relative to, the path from there."""

    kind: Kind
    shape: Shape
    path: tuple[str, ...] = ()


class Bound:
    """The frames and bindings of one guide for one class of claim and one of header."""

    def __init__(self, guide: Guide, claim: type[Part], header: type[Part]) -> None:
        self.walker = Walker(guide)
        self.claim = shape_of(claim)
        self.header = shape_of(header)
        self.frames: dict[LoopNode, Frame] = {}
        self.bindings: dict[Node, Binding] = {}
        self._tie(self.walker.root, Frame(Kind.HEADER, self.header))
        levels = [loop for loop, frame in self.frames.items() if frame.kind is Kind.LEVEL]
        self.above = {
            loop: next((up for up in loop.up() if up in levels and up is not loop), None) for loop in levels
        }

    def _tie(self, loop: LoopNode, frame: Frame) -> None:
        self.frames[loop] = frame
        prefix = () if frame.kind is Kind.MANY else frame.path
        for child in (child for group in loop.children for child in group):
            if isinstance(child, LoopNode):
                self._tie(child, self._frame(child, frame, prefix))
            elif child.segment and (binding := _bind(child.segment, frame.shape, prefix)):
                self.bindings[child] = binding

    def _frame(self, loop: LoopNode, around: Frame, prefix: tuple[str, ...]) -> Frame:
        opener = loop.loop.children[0]
        if getattr(opener, "id", "") == "HL":
            return Frame(Kind.LEVEL, self.claim)
        if getattr(opener, "id", "") == "CLM":
            return Frame(Kind.CLAIM, self.claim)
        path = prefix + tuple(filter(None, loop.loop.name.split(".")))
        shape = around.shape
        for name in path[:-1]:
            shape = shape.part(name)
        if path and shape.fields[path[-1]].many:
            return Frame(Kind.MANY, shape.part(path[-1]), path)
        return Frame(Kind.MERGED, around.shape, path)


def _is_named(row: Row) -> bool:
    """Whether any element of a row is an attribute of the model."""
    return any(
        (element.name and element.name != "format")
        or (isinstance(element, Composite) and _is_named(element.elements))
        for element in row
    )


def _bind(segment: Segment, shape: Shape, prefix: tuple[str, ...]) -> Binding | None:
    """Make the binding of a segment whose names are relative to `prefix` of a class.

    None where the guide gives it no name: a header, a counter, a constant.
    """
    path = prefix + tuple(filter(None, segment.name.split(".")))
    if segment.id in OWN and path:
        kind = OWN[segment.id]
        return kind(segment, _walk(shape, path if kind.of_part else path[:-1]), path)
    if not _is_named(segment.elements):
        return ValueBinding(segment, _walk(shape, path[:-1]), path) if segment.name else None
    field = _walk(shape, path[:-1]).fields[path[-1]] if path else None
    if field and field.part and field.many:
        return ManyBinding(segment, shape_of(field.part), path)
    return Binding(segment, _walk(shape, path), path)


def _walk(shape: Shape, path: tuple[str, ...]) -> Shape:
    for name in path:
        shape = shape.part(name)
    return shape
