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
        self._set = self.constant(object.__setattr__)
        self.not_plain = self.constant(NotPlain)

    def unless(self, condition: str) -> None:
        """Leave the unit to the builder unless a condition holds."""
        self.line(f"if not ({condition}): raise {self.not_plain}")

    def put(self, values_of: Values, values: Mapping[str, str] = MappingProxyType({})) -> None:
        """Write values into the dict of an object, and the dict itself where it was not written yet."""
        here = values_of.variable
        if values_of.is_begun:
            for name, value in values.items():
                self.line(f"{here}[{name!r}] = {value}")
            return
        values_of.is_begun = True
        before = {name: self.constant(value) for name, value in values_of.before.items()}
        texts = [f"{name!r}: {value}" for name, value in {**before, **values}.items()]
        self.line(f"{here} = {{{', '.join(texts)}}}")

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
        """Write the making of a part, as `ModelFields.build` does, and return its variable."""
        fields = values_of.fields
        self.fill(values_of)
        made = self.variable("p")
        cls = fields.cls
        values = values_of.variable
        if (cls.of_typed.__func__, cls._settle) == (Part.of_typed.__func__, Part._settle):  # type: ignore[attr-defined]  # a class method
            self.line(f"{made} = {self._new}({self.constant(cls)})")
            self.line(f"{self._set}({made}, '__dict__', {values})")
        else:
            self.line(f"{made} = {self.constant(cls)}.of_typed({values})")
        return made
