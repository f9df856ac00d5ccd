"""The claim model as the reader and writer see it: classes, their fields and the fields' types.

The types are read off the annotations of the model, so the model is described once.
"""

from __future__ import annotations

import typing
from decimal import Decimal
from typing import Any

import attrs

from medcode.claims.model.base import DateRange, Part
from medcode.claims.model.kinds import arms
from medcode.claims.x12.text.values import read_decimal, read_integer
from medcode.codesets.base import Code, Malformed

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["FieldType", "ModelFields", "fields_of"]


@attrs.frozen
class FieldType:
    """What a field holds: one or many, a part or a value, and how its text is read."""

    many: bool
    part: type[Part] | None
    codes: tuple[type[Code], ...]
    read: Callable[[str], Any]


def _text(text: str) -> str:
    return text


def _field_type(annotation: Any) -> FieldType:
    members = [
        arm for arm in arms(annotation) if arm not in {type(None), Malformed}
    ]  # which any field may hold
    if len(members) == 1 and typing.get_origin(members[0]) is tuple:
        inner = _field_type(typing.get_args(members[0])[0])
        return attrs.evolve(inner, many=True)
    classes = [member for member in members if isinstance(member, type)]
    parts = [c for c in classes if issubclass(c, Part) and c is not DateRange]
    codes = tuple(c for c in classes if issubclass(c, Code))
    read: Callable[[str], Any] = _text
    if codes:
        read = codes[0].parse
    elif Decimal in classes:
        read = read_decimal
    elif int in classes:
        read = read_integer
    return FieldType(many=False, part=parts[0] if parts else None, codes=codes, read=read)


def _is_assumed(default: Any) -> bool:
    """Whether a default means something, so that a file without the value must not get it."""
    return default not in (None, attrs.NOTHING, ()) and not isinstance(default, (attrs.Factory, Part))  # type: ignore[arg-type]  # Factory is generic for the type checker alone


def _absent(annotation: Any) -> Any:
    """Return what a value is read as that a file does not hold."""
    if type(None) in typing.get_args(annotation):
        return None
    return () if typing.get_origin(annotation) is tuple else Malformed("")


class ModelFields:
    """A class of the model with the types of its fields.

    `assumed` has the fields with a default for people who build claims, with what a file that
    does not hold them is read as, save those that only say of what kind another is; `required` has
    the fields without a default.
    """

    def __init__(self, cls: type[Part]) -> None:
        hints = typing.get_type_hints(cls)
        self.cls = cls
        self.fields: Mapping[str, FieldType] = {f.name: _field_type(hints[f.name]) for f in attrs.fields(cls)}
        kinds = {f"{name}_type" for name in self.fields}
        self.assumed = {
            f.name: _absent(hints[f.name])
            for f in attrs.fields(cls)
            if _is_assumed(f.default) and f.name not in kinds
        }
        self._parts: dict[str, ModelFields] = {}
        self.required = tuple(f.name for f in attrs.fields(cls) if f.default is attrs.NOTHING)

    def build(self, record: dict[str, Any], context: Mapping[str, Any] | None = None) -> Any:
        """Make the object of what was read, and of the objects around it; what lacks is held as missing."""
        values = self.values(record)
        if context or self.assumed:
            values = {**self.assumed, **(context or {}), **values}
        for name in self.required:
            if name not in values:
                values[name] = self._missing(name)
        return self.cls.of_typed(values)

    def values(self, record: dict[str, Any]) -> dict[str, Any]:
        """Make objects of the records within a record, and tuples of its lists."""
        made = dict(record)
        for name, value in record.items():
            kind = type(value)
            if kind is dict:
                made[name] = self.part(name).build(value)
            elif kind is list:
                made[name] = tuple(value)
        return made

    def part(self, name: str) -> ModelFields:
        """Give the found of the object that a field holds."""
        found = self._parts.get(name)
        if found is None:
            part = self.fields[name].part
            if part is None:
                raise LookupError(f"{self.cls.__name__}.{name} holds no part")
            found = self._parts[name] = fields_of(part)
        return found

    def _missing(self, name: str) -> Any:
        field = self.fields[name]
        if field.many:
            return ()
        return self.part(name).build({}) if field.part else Malformed("")


_FIELDS: dict[type[Part], ModelFields] = {}


def fields_of(cls: type[Part]) -> ModelFields:
    """Give the found of a class of the model, worked out once."""
    found = _FIELDS.get(cls)
    if found is None:
        found = _FIELDS[cls] = ModelFields(cls)
    return found
