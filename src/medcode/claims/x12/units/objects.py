"""The objects that a generated function makes: each a draft, or a dict of values, first, then a part of the model."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from medcode.claims.model.base import Part
from medcode.claims.x12.units.source import NotPlain, Source
from medcode.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medcode.claims.model.fields import ModelFields
    from medcode.claims.x12.guides.nodes import LoopNode

__all__ = ["ObjectSource", "Unfit", "Values"]


class Unfit(Exception):  # noqa: N818  # nothing is wrong: the shape is read without
    """No function can be made for a shape."""


class Values:
    """The values of an object: the variable that holds them, and what is known of them. Of what is no part it holds a dict."""

    def __init__(self, fields: ModelFields, variable: str, *, is_part: bool = True) -> None:
        self.fields = fields
        self.variable = variable
        self.is_part = is_part
        self.before = fields.defaults if is_part else {}
        self.is_begun = False
        self.names: set[str] = set()
        self.parts: dict[str, Values] = {}
        self.several: dict[str, list[str]] = {}
        self.seen: set[LoopNode] = set()

    def place(self, name: str) -> str:
        """Return where lines keep a value."""
        return f"{self.variable}.{name}" if self.is_part else f"{self.variable}[{name!r}]"

    @property
    def all(self) -> str:
        """The dict of the values."""
        return f"{self.variable}.__dict__" if self.is_part else self.variable


class ObjectSource(Source):
    """Writes how values are gathered and made into objects, as `ModelFields.build` does."""

    def __init__(self) -> None:
        super().__init__()
        self.not_plain = self.constant(NotPlain)

    def unless(self, condition: str) -> None:
        """Leave the unit to the builder unless a condition holds."""
        self.line(f"if not ({condition}): raise {self.not_plain}")

    def put(self, values_of: Values, values: Mapping[str, str] = MappingProxyType({})) -> None:
        """Write values into an object, and the making of the object where it was not written yet.

        A part of the model is frozen. It is a draft first, which is not, and becomes what it is when it is whole: to set
        the attributes of a draft is quicker than to fill a dict.
        """
        here = values_of.variable
        if not values_of.is_begun:
            values_of.is_begun = True
            before = {name: value for name, value in values_of.before.items() if name not in values}
            values = {**{name: self.constant(value) for name, value in before.items()}, **values}
            if not values_of.is_part:
                self.line(f"{here} = {{{', '.join(f'{name!r}: {value}' for name, value in values.items())}}}")
                return
            self.line(f"{here} = {self.constant(_DRAFTS[values_of.fields.cls])}()")
        for name, value in values.items():
            self.line(f"{values_of.place(name)} = {value}")

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
            self.line(f"{values_of.place(name)} = {self.build(part)}")
        for name, values in values_of.several.items():
            self.line(f"{values_of.place(name)} = ({', '.join(values)},)")

    def build(self, values_of: Values) -> str:
        """Write what makes a part whole, as `ModelFields.build` does, and return its variable."""
        self.fill(values_of)
        cls, made = values_of.fields.cls, values_of.variable
        self.line(f"{made}.__class__ = {self.constant(cls)}")
        if cls._settle is not Part._settle:
            name, settled = cls._settled
            unless = f"if {made}.{name} not in {self.constant(settled)}: " if settled else ""
            self.line(f"{unless}{made}._settle()")
        return made


_DRAFTS: Memo[Any, type] = Memo(lambda cls: type(f"Draft{cls.__name__}", (), {}), most=1_000)
"""The class of an object that is to become one of a class of the model; instances of one class share their keys."""
