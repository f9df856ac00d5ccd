"""A guide tied to the classes of the model: what each loop is to them, and the codec of each segment.

A level (a loop that HL opens) outside the record is context, shared by the records below it; a loop whose
name is a tuple in the model makes an object each time it comes; every other loop fills the object around it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import attrs

from medcode.claims.model.base import Part
from medcode.claims.model.fields import ModelFields
from medcode.claims.x12.codec.adjustments import AdjustmentsCodec
from medcode.claims.x12.codec.contacts import ContactCodec
from medcode.claims.x12.codec.health_codes import HealthCodesCodec
from medcode.claims.x12.codec.names import NameCodec
from medcode.claims.x12.codec.segment import ManyCodec, SegmentCodec, ValueCodec
from medcode.claims.x12.codec.sharing import ProviderAdjustmentsCodec, StatusesCodec
from medcode.claims.x12.guides import conventions, guide
from medcode.claims.x12.guides.grammar import Composite
from medcode.claims.x12.guides.nodes import LoopNode, Node
from medcode.discreet import discreet
from medcode.errors import X12Error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.x12.guides.grammar import Guide, Record, Row, Segment

__all__ = ["CompiledGuide", "LoopMapping", "LoopRole", "compiled", "compiled_for", "compiled_small"]


class LoopRole(Enum):
    """What a loop is to the model."""

    HEADER = auto()
    LEVEL = auto()
    RECORD = auto()
    MANY = auto()
    MERGED = auto()


@attrs.frozen
class LoopMapping:
    """How a loop is kept: its role, the class its names are relative to, the path from there."""

    role: LoopRole
    fields: ModelFields
    path: tuple[str, ...] = ()


class Codecs(Mapping[Node, SegmentCodec]):
    """The codecs of the uses of segments, for those that have one: each is made when it is first asked for.

    A guide has hundreds, of which most files need some thirty.
    """

    def __init__(self) -> None:
        self._places: dict[Node, tuple[ModelFields, tuple[str, ...]]] = {}
        self._made: dict[Node, SegmentCodec | None] = {}

    def add(self, node: Node, fields: ModelFields, prefix: tuple[str, ...]) -> None:
        """Note the class that the names of a use are relative to, and the path from there."""
        self._places[node] = fields, prefix

    def __getitem__(self, node: Node) -> SegmentCodec:
        """Return the codec of a use. Raises KeyError where it has none."""
        if node not in self._made:
            place = self._places.get(node)
            self._made.setdefault(node, _codec(node.use, *place) if place else None)
        found = self._made[node]
        if found is None:
            raise KeyError(node)
        return found

    def __iter__(self) -> Iterator[Node]:
        """Iterate over the uses that have one, in the order of the guide."""
        return (node for node in self._places if node in self)

    def __len__(self) -> int:
        """Count them."""
        return sum(1 for _ in self)


class CompiledGuide:
    """The loops and segments of a guide for one kind of record; without one, its places alone."""

    def __init__(self, of: Guide, record: Record | None) -> None:
        self.guide = of
        self.kind = record
        self.root = LoopNode(of.root, of)
        self.model = ModelFields.of(record.model if record else Part)
        self.header = ModelFields.of((record and record.header) or Part)
        self.loops: dict[LoopNode, LoopMapping] = {}
        self.codecs = Codecs()
        is_record = record is not None and record.loop == of.root.id
        role = LoopRole.RECORD if is_record else LoopRole.HEADER
        self._tie(self.root, LoopMapping(role, self.model if is_record else self.header))
        levels = [loop for loop, mapping in self.loops.items() if mapping.role is LoopRole.LEVEL]
        self.above = {
            loop: next((up for up in loop.up() if up in levels and up is not loop), None) for loop in levels
        }

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by name: another process has the same guide of its own."""
        return _of_name, (self.guide.id, None if self.kind is None else self.guide.records.index(self.kind))

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every use of a segment, in the order of the guide."""
        return tuple(each for each in self.root.walk() if isinstance(each, Node))

    def _tie(self, loop: LoopNode, mapping: LoopMapping) -> None:
        self.loops[loop] = mapping
        prefix = () if mapping.role is LoopRole.MANY else mapping.path
        for child in loop.inside():
            if isinstance(child, LoopNode):
                self._tie(child, self._mapping(child, mapping, prefix))
            elif mapping.fields.types:
                self.codecs.add(child, mapping.fields, prefix)

    def _mapping(self, loop: LoopNode, around: LoopMapping, prefix: tuple[str, ...]) -> LoopMapping:
        if self.kind and loop.loop.id in self.kind.loop.split():
            return LoopMapping(LoopRole.RECORD, self.model)
        if loop.is_level and around.role in {LoopRole.HEADER, LoopRole.LEVEL}:
            return LoopMapping(LoopRole.LEVEL, self.model)
        if not around.fields.types:
            return around
        path = prefix + tuple(filter(None, loop.loop.name.split(".")))
        fields = around.fields
        for name in path[:-1]:
            fields = fields.part(name)
        if path and fields.types[path[-1]].many:
            return LoopMapping(LoopRole.MANY, fields.part(path[-1]), path)
        return LoopMapping(LoopRole.MERGED, around.fields, path)


def _is_named(row: Row) -> bool:
    """Whether any element of a row is an attribute of the model."""
    return any(
        (element.name and element.name != "format")
        or (isinstance(element, Composite) and _is_named(element.elements))
        for element in row
    )


_SPECIAL: dict[str, type[SegmentCodec]] = {
    "PER": ContactCodec,
    "HI": HealthCodesCodec,
    "CAS": AdjustmentsCodec,
    "PLB": ProviderAdjustmentsCodec,
    "STC": StatusesCodec,
}
"""Segments whose elements depend on one another; each fills the attribute that it names."""


def _codec(segment: Segment, fields: ModelFields, prefix: tuple[str, ...]) -> SegmentCodec | None:
    """Make the codec of a segment whose names are relative to `prefix` of a class.

    None if the guide gives it no name: a header, a counter, a constant.
    """
    path = prefix + tuple(filter(None, segment.name.split(".")))
    around = _walk(fields, path[:-1])
    if segment.id == "NM1" and path:
        return NameCodec(segment, _walk(fields, path), path)
    if segment.id in _SPECIAL and path:
        return _SPECIAL[segment.id](segment, around, path)
    if not _is_named(segment.elements):
        return ValueCodec(segment, around, path) if segment.name else None
    field = around.types[path[-1]] if path else None
    if field and field.part and field.many:
        return ManyCodec(segment, ModelFields.of(field.part), path)
    return SegmentCodec(segment, _walk(fields, path), path)


def _walk(fields: ModelFields, path: tuple[str, ...]) -> ModelFields:
    for name in path:
        fields = fields.part(name)
    return fields


def compiled(convention: str, of: type[Part] = Part) -> CompiledGuide | None:
    """Return the guide of a convention for records of a class; None for an unknown convention.

    Its usual kind of record is taken where the class says nothing else; where it has none of the class, the
    places of the guide alone are returned, and nothing is built.
    """
    if convention not in conventions():
        return None
    found = guide(convention)
    kinds = [at for at, record in enumerate(found.records) if issubclass(record.model, of)]
    return _compiled(found, kinds[0] if kinds else None)


def compiled_small(convention: str) -> CompiledGuide | None:
    """Return the guide of a convention for the smallest of its records, for those who build none and pass over them whole.

    None for an unknown convention.
    """
    if convention not in conventions():
        return None
    found = guide(convention)
    return _compiled(found, len(found.records) - 1 if found.records else None)


def compiled_for(model: type[Part], convention: str | None = None) -> CompiledGuide:
    """Return the guide to write records of a class by: that of a convention, else the class's own.

    What is in no group, such as TA1, is written by its own alone. Raises X12Error where the guide has no such records,
    TypeError for what is not a record at all.
    """
    own: str | None = getattr(model, "guide", None)
    if own is None:
        raise TypeError(f"X12 has claims and other records, not {model.__name__}")
    named = convention if convention and guide(own).group else own
    found = compiled(named, model)
    if found is None or found.kind is None or found.kind.model is not model:
        raise X12Error(f"{model.__name__} is not written by the guide {discreet(named)}")
    return found


def _of_name(name: str, kind: int | None) -> CompiledGuide:
    return _compiled(guide(name), kind)


@lru_cache
def _compiled(found: Guide, kind: int | None) -> CompiledGuide:
    return CompiledGuide(found, None if kind is None else found.records[kind])
