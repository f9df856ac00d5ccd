"""Which attributes of a claim a guide has a place for; a value without one is refused, not dropped.

>>> from medcode.claims.x12.codec.compiled import compiled
>>> professional = places(compiled("005010X222A1"))
>>> sorted(set(professional["billing_provider"]) - set(professional["rendering_provider"]))
['address', 'contacts', 'pay_to_address', 'pay_to_plan', 'tax_id', 'tax_id_type']
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import attrs

from medcode.claims.model.base import Part
from medcode.claims.model.party import Named
from medcode.claims.x12.codec.compiled import LoopRole
from medcode.claims.x12.codec.shape import shape_of
from medcode.claims.x12.guides.grammar import Composite, Element, Loop, Usage
from medcode.claims.x12.guides.nodes import LoopNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.x12.codec.compiled import CompiledGuide
    from medcode.claims.x12.guides.grammar import Segment

__all__ = ["KEPT", "Places", "places", "unplaced"]

KEPT = {"origin"}
"""Attributes of a claim that say nothing of the claim itself."""

_REMEMBERED = 1_000

_CONTACT = ("name", "phone", "extension", "fax", "email")


class Places(dict[str, "Places"]):
    """The attributes of a class that have a place, each with those of the part it holds."""

    def __init__(self, cls: type[Part]) -> None:
        super().__init__()
        self.cls = cls
        self._looks: dict[tuple[str, ...], list[tuple[str, Places | None]]] = {}

    def at(self, path: str) -> Places:
        """Follow a path, noting that it has a place; a name that the model has not is a KeyError."""
        here = self
        for name in filter(None, path.split(".")):
            part = shape_of(here.cls).fields[name].part
            here = here.setdefault(name, Places(part or Part))
        return here

    @cached_property
    def _looked_at(self) -> dict[str, Places | None]:
        """The attributes to look at: None for those without a place, else where there may be one deeper."""
        names = (field.name for field in attrs.fields(self.cls) if field.name not in KEPT)
        looked = ((name, self.get(name)) for name in names)
        return {
            name: inner
            for name, inner in looked
            if inner is None or (inner.cls is not Part and inner._looked_at)  # noqa: SLF001  # of the same class
        }

    def looks(self, told: tuple[str, ...]) -> list[tuple[str, Places | None]]:
        """Give those attributes to look at that an object was told."""
        found = self._looks.get(told)
        if found is None:
            if len(self._looks) >= _REMEMBERED:
                self._looks.clear()
            found = self._looks[told] = [
                (name, self._looked_at[name]) for name in told if name in self._looked_at
            ]
        return found


@lru_cache
def places(compiled: CompiledGuide) -> Places:
    """Return the attributes of its record that a guide has a place for, worked out once."""
    root = Places(compiled.model.cls)
    for loop in (compiled.root, *compiled.root.inside()):
        if isinstance(loop, LoopNode) and compiled.loops[loop].role in {LoopRole.LEVEL, LoopRole.RECORD}:
            _loop(loop.loop, root)
    return root


def _loop(loop: Loop, around: Places) -> None:
    here = around.at(loop.name)
    for child in loop.children:
        if isinstance(child, Loop):
            _loop(child, here)
        else:
            _segment(child, here)


def _segment(segment: Segment, around: Places) -> None:
    here = around.at(segment.name)
    if segment.id == "PER":
        for name in _CONTACT:
            here.at(name)
    elif segment.id == "NM1":
        _names(segment, here)
    else:
        _row(segment.elements, here)


def _names(segment: Segment, here: Places) -> None:
    """Note what NM1 names: an organization, a person, or either."""
    fields = shape_of(here.cls).fields
    types = segment.elements[1].codes or () if isinstance(segment.elements[1], Element) else ()
    for element in segment.elements:
        if element.name == "last_name":
            for name, code in (("last_name", "1"), ("organization", "2")):
                if code in types and name in fields:
                    here.at(name)
        elif element.name and (element.name != "entity_type" or element.name in fields):
            here.at(element.name)


def _row(elements: tuple[Element | Composite, ...], here: Places) -> None:
    for element in elements:
        if element.usage is Usage.NOT_USED:
            continue
        if isinstance(element, Composite):
            inner = here.at(element.name)
            if inner.cls is not Part:
                _row(element.elements, inner)
        elif element.name not in {"", "format"}:
            here.at(element.name)


def unplaced(part: Part, here: Places, path: str = "") -> Iterator[str]:
    """Give the path of each value that is not its default and has no place in the guide.

    NM103 holds the name of a person or of an organization: of two, that of the organization has no place.
    """
    if isinstance(part, Named) and part.is_person and part.organization is not None:
        yield f"{path}organization"
    for name, inner in here.looks(tuple(vars(part))):
        value = getattr(part, name)
        if value is None:
            continue
        if inner is None:
            if value != getattr(type(part), name, attrs.NOTHING):
                yield f"{path}{name}"
        elif type(value) is tuple:
            for number, each in enumerate(value):
                yield from unplaced(each, inner, f"{path}{name}[{number}].")
        else:
            yield from unplaced(value, inner, f"{path}{name}.")
