"""Which attributes of a record a guide has an element for; a value without one is refused, not dropped.

>>> from medcode.claims.x12.codec.compiled import compiled
>>> professional = coverage(compiled("005010X222A1"))
>>> sorted(set(professional["billing_provider"]) - set(professional["rendering_provider"]))
['address', 'contacts', 'pay_to_address', 'pay_to_plan', 'tax_id', 'tax_id_type']
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from medcode.claims.model.base import Part
from medcode.claims.model.fields import ModelFields
from medcode.claims.model.party import Named
from medcode.claims.x12.codec.compiled import LoopRole
from medcode.claims.x12.guides.nodes import Node
from medcode.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.x12.codec.compiled import CompiledGuide
    from medcode.claims.x12.codec.element_map import Names
    from medcode.claims.x12.guides.grammar import Row

__all__ = ["NOT_WRITTEN", "GuideCoverage", "coverage", "uncovered"]

NOT_WRITTEN = {"origin"}
"""Attributes of a record that are about the record, and no content of it."""


_ROOTS = frozenset({LoopRole.HEADER, LoopRole.LEVEL, LoopRole.RECORD})
"""The roles of loops that are of another object than the loop around them."""


class GuideCoverage(dict[str, "GuideCoverage"]):
    """The attributes of a class that have an element, each with those of the part it holds.

    `limit` is how many values of a tuple have one, None for as many as there are. `looks` has those attributes
    to look at that an object has set, by the names of all that it has set; `checks` what there is to ask of such an
    object, None where each of its values has an element whatever it is.
    """

    def __init__(self, cls: type[Part]) -> None:
        super().__init__()
        self.cls = cls
        self.limit: int | None = None
        self.ids: set[str] = set()
        self.looks = Memo(self._look, most=1_000)
        self.checks = Memo(self._checks, most=1_000)

    def at(self, names: Names) -> GuideCoverage:
        """Follow a path, noting that it is covered. Raises KeyError for a name that the model does not have."""
        here = self
        for name in names:
            part = ModelFields.of(here.cls).types[name].part
            here = here.setdefault(name, GuideCoverage(part or Part))
        return here

    @cached_property
    def has_two_names(self) -> bool:
        """Whether one element holds the name of a person or of an organization, of which an object may have both."""
        return issubclass(self.cls, Named) and "organization" in self and "last_name" in self

    @cached_property
    def typed(self) -> tuple[tuple[str, str, object], ...]:
        """The ids that an object may lack, each with the attribute that says of what type it is, and the usual type."""
        types = ModelFields.of(self.cls).types
        names = sorted(name for name in self.ids if name in types and types[name].optional)
        return tuple((name, f"{name}_type", getattr(self.cls, f"{name}_type", None)) for name in names)

    def untyped(self, part: Any) -> Iterator[str]:
        """Yield the attribute of each type without its id, which alone means nothing and is not written."""
        for name, kind, usual in self.typed:
            if not getattr(part, name) and getattr(part, kind) not in {None, usual}:
                yield kind

    @cached_property
    def _looked_at(self) -> dict[str, GuideCoverage | None]:
        """The attributes to look at: None for those without an element, else where there may be one deeper."""
        names = (field.name for field in attrs.fields(self.cls) if field.name not in NOT_WRITTEN)
        looked = ((name, self.get(name)) for name in names)
        return {name: inner for name, inner in looked if inner is None or inner.is_looked_at}

    @cached_property
    def is_looked_at(self) -> bool:
        """Whether there may be a value without an element in it."""
        return self.limit is not None or (
            self.cls is not Part and (self.has_two_names or bool(self.typed) or bool(self._looked_at))
        )

    def _checks(self, set_fields: tuple[str, ...]) -> _Checks | None:
        """Return what there is to ask of an object that has these fields set; None where nothing is."""
        has_two_names = self.has_two_names and {"organization", "last_name"} <= {*set_fields}
        typed = [each for each in self.typed if each[1] in set_fields]
        looks = [*map(self._check, self._look(set_fields))]
        return _Checks(has_two_names, typed, looks) if has_two_names or typed or looks else None

    @staticmethod
    def _check(look: tuple[str, GuideCoverage | None]) -> _Check:
        """Return what there is to ask of the value of an attribute."""
        name, inner = look
        if inner is None:
            return _Check(name)
        return _Check(name, None if inner.cls is Part else inner.checks, inner.limit, has_place=True)

    def _look(self, set_fields: tuple[str, ...]) -> list[tuple[str, GuideCoverage | None]]:
        return [(name, self._looked_at[name]) for name in set_fields if name in self._looked_at]


class _Check(NamedTuple):
    """What there is to ask of the value of an attribute: it has no place, or too many may be there, or something within has none.

    `within` has the checks of the objects there, by the names of what they have set; None for a tuple of other values.
    """

    name: str
    within: Any = None
    limit: int | None = None
    has_place: bool = False


class _Checks(NamedTuple):
    """What there is to ask of an object: whether it has two names, whether its types have their ids, and its values."""

    has_two_names: bool
    typed: list[tuple[str, str, object]]
    of_values: list[_Check]


@lru_cache
def coverage(compiled: CompiledGuide, *, header: bool = False) -> GuideCoverage:
    """Return the attributes of its record, or of the header of its sets, that a guide has an element for, worked out once."""
    root = GuideCoverage((compiled.header if header else compiled.model).cls)
    of_root = {LoopRole.HEADER} if header else {LoopRole.LEVEL, LoopRole.RECORD}
    within: dict[object, GuideCoverage] = {}
    for loop, mapping in compiled.loops.items():
        if mapping.role in of_root:
            within[loop] = root
        elif mapping.role in _ROOTS:
            continue
        elif loop.parent in within:
            around = within[loop.parent]
            within[loop] = around.at(mapping.path) if mapping.role is LoopRole.MANY else around
        if loop not in within:
            continue
        for child in loop.inside():
            if isinstance(child, Node) and (codec := compiled.codecs.get(child)):
                here = within[loop].at(codec.path)
                here.ids.update(_typed(child.use.elements))
                for names in codec.map.covered():
                    here.at(names)
                for names, limit in codec.limits.items():
                    inner = here.at(names)
                    inner.limit = max(limit, inner.limit or 0)
    return root


def _typed(row: Row) -> Iterator[str]:
    """Yield the names in a row of a guide that the element before says the type of."""
    for before, here in pairwise(row):
        if here.name and before.name == f"{here.name}_type":
            yield here.name


def uncovered(part: Part, here: GuideCoverage) -> Iterator[str]:
    """Yield the path of each value that is not its default and has no element in the guide.

    NM103 holds the name of a person or of an organization: of two, that of the organization has no element.
    """
    if not _is_covered(part, here):
        yield from _paths(part, here, "")


def _is_covered(part: Any, here: GuideCoverage) -> bool:
    """Whether every value has an element, as nearly always: asked first, because no path need be made for it."""
    checks = here.checks[(*part.__dict__,)]
    return checks is None or _passes(part, checks)


def _passes(part: Any, checks: _Checks) -> bool:  # noqa: C901, PLR0911, PLR0912  # no calls in it that each value would pay for
    """Whether an object passes what is asked of it."""
    has_two_names, typed, of_values = checks
    if has_two_names and part.is_person and part.organization is not None:
        return False
    values = part.__dict__
    for name, kind, usual in typed:
        if not values.get(name) and values[kind] is not None and values[kind] != usual:
            return False
    for name, within, limit, has_place in of_values:
        value = values[name]
        if value is None:
            continue
        if not has_place:
            if value != getattr(type(part), name, attrs.NOTHING):
                return False
        elif value.__class__ is tuple:
            if limit is not None and len(value) > limit:
                return False
            for each in value if within is not None else ():
                inner = within[(*each.__dict__,)]
                if inner is not None and not _passes(each, inner):
                    return False
        else:
            inner = within[(*value.__dict__,)]
            if inner is not None and not _passes(value, inner):
                return False
    return True


def _paths(part: Any, here: GuideCoverage, path: str) -> Iterator[str]:
    if here.has_two_names and part.is_person and part.organization is not None:
        yield f"{path}organization"
    yield from (f"{path}{kind}" for kind in here.untyped(part))
    for name, inner in here.looks[tuple(vars(part))]:
        value = getattr(part, name)
        if value is None:
            continue
        if inner is None:
            if value != getattr(type(part), name, attrs.NOTHING):
                yield f"{path}{name}"
        elif type(value) is tuple:
            if inner.limit is not None:
                yield from (f"{path}{name}[{number}]" for number in range(inner.limit, len(value)))
            if inner.cls is not Part:
                for number, each in enumerate(value):
                    yield from _paths(each, inner, f"{path}{name}[{number}].")
        else:
            yield from _paths(value, inner, f"{path}{name}.")
