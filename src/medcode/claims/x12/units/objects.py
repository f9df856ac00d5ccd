"""The objects that a generated function makes: each a dict of values first, then a part of the model."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from medcode.claims.model.base import Part
from medcode.claims.x12.units.source import NotPlain, Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medcode.claims.model.fields import ModelFields
    from medcode.claims.x12.guides.nodes import LoopNode

__all__ = ["ObjectSource", "Unfit", "Values"]


class Unfit(Exception):  # noqa: N818  # nothing is wrong: the shape is read without
    """No function can be made for a shape."""


class Values:
    """The values of an object: the variable that holds them, and what is known of them."""

    def __init__(self, fields: ModelFields, variable: str, *, is_part: bool = True) -> None:
        self.fields = fields
        self.variable = variable
        self.made = f"p_{variable}"
        self.is_part = is_part
        self.before = fields.defaults if is_part else {}
        self.is_begun = False
        self.names: set[str] = set()
        self.parts: dict[str, Values] = {}
        self.several: dict[str, list[str]] = {}
        self.seen: set[LoopNode] = set()


class ObjectSource(Source):
    """Writes how values are gathered and made into objects, as `ModelFields.build` does."""

    def __init__(self) -> None:
        super().__init__()
        self._new = self.constant(object.__new__)
        self.not_plain = self.constant(NotPlain)

    def unless(self, condition: str) -> None:
        """Leave the unit to the builder unless a condition holds."""
        self.line(f"if not ({condition}): raise {self.not_plain}")

    def put(self, values_of: Values, values: Mapping[str, str] = MappingProxyType({})) -> None:
        """Write values into the dict of an object, and the making of the object where it was not written yet.

        A part keeps its values in a dict of its own: to fill that is quicker than to give it another.
        """
        here = values_of.variable
        if not values_of.is_begun:
            values_of.is_begun = True
            before = {name: value for name, value in values_of.before.items() if name not in values}
            values = {**{name: self.constant(value) for name, value in before.items()}, **values}
            if not values_of.is_part:
                self.line(f"{here} = {{{', '.join(f'{name!r}: {value}' for name, value in values.items())}}}")
                return
            self.line(f"{values_of.made} = {self._new}({self.constant(values_of.fields.cls)})")
            self.line(f"{here} = {values_of.made}.__dict__")
        for name, value in values.items():
            self.line(f"{here}[{name!r}] = {value}")

    def at(self, values_of: Values, path: tuple[str, ...]) -> Values:
        """Return the object at a path, as `holder` does."""
        for name in path:
            found = values_of.parts.get(name)
            if found is None:
                self.claim(values_of, name)
                found = Values(values_of.fields.part(name), self.variable("o"))
                values_of.parts[name] = found
            values_of = found
        return values_of

    @staticmethod
    def claim(values_of: Values, name: str) -> None:
        """Note that an attribute is set; the builder decides where two segments set the same."""
        if name in values_of.names:
            raise Unfit
        values_of.names.add(name)

    def several(self, values_of: Values, name: str) -> list[str]:
        """Return the expressions of the values of a tuple, to add to."""
        if name not in values_of.several:
            self.claim(values_of, name)
            values_of.several[name] = []
        return values_of.several[name]

    def fill(self, values_of: Values) -> None:
        """Write the parts and tuples of an object into its values."""
        self.put(values_of)
        for name, part in values_of.parts.items():
            self.line(f"{values_of.variable}[{name!r}] = {self.build(part)}")
        for name, values in values_of.several.items():
            self.line(f"{values_of.variable}[{name!r}] = ({', '.join(values)},)")

    def build(self, values_of: Values) -> str:
        """Write what makes a part whole, as `ModelFields.build` does, and return its variable."""
        self.fill(values_of)
        cls = values_of.fields.cls
        if cls._settle is not Part._settle:
            name, settled = cls._settled
            unless = (
                f"if {values_of.variable}.get({name!r}) not in {self.constant(settled)}: " if settled else ""
            )
            self.line(f"{unless}{values_of.made}._settle()")
        return values_of.made
