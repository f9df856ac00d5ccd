"""The model as its readers and writers see it: the fields of each class and what they may hold.

All of it is read off the annotations, so the model is described once. X12, plain data, the JSON Schema and
data frames follow it.

>>> from medcode.claims.model.claim import ProfessionalClaim
>>> fields = ModelFields.of(ProfessionalClaim)
>>> fields.types["lines"].many, fields.part("subscriber").cls.__name__, fields.required[:2]
(True, 'Subscriber', ('control_number', 'billing_provider'))
"""

from __future__ import annotations

import sys
import typing
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

import attrs

from medcode.claims.model.base import DateRange, Part
from medcode.claims.model.kinds import arms
from medcode.codesets.base import Code, Malformed
from medcode.memo import Memo

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FieldType", "ModelFields"]

SCALARS = (Decimal, date, DateRange, datetime, time, int, str)
"""The types of a value that is neither a code nor a part; a span of days is one value."""


@attrs.frozen
class FieldType:
    """What a field holds: one value or many, a part or a scalar, and what may be absent or malformed.

    `scalars` begins with `Code` where the value is a code, of one of the sets of `codes`.
    """

    many: bool = False
    part: type | None = None
    scalars: tuple[type, ...] = ()
    codes: tuple[type[Code], ...] = ()
    optional: bool = False
    malformed: bool = False

    @classmethod
    def of(cls, annotation: Any) -> FieldType:
        """Return the type of a field with this annotation."""
        members = list(arms(annotation))
        tuples = [member for member in members if typing.get_origin(member) is tuple]
        if tuples:
            return attrs.evolve(cls.of(typing.get_args(tuples[0])[0]), many=True)
        codes = tuple(each for each in members if isinstance(each, type) and issubclass(each, Code))
        parts = [each for each in members if attrs.has(each) and each is not DateRange]
        scalars = tuple(each for each in members if each in SCALARS)
        return cls(
            part=parts[0] if parts else None,
            scalars=(Code, *scalars) if codes else scalars,
            codes=codes,
            optional=type(None) in members,
            malformed=Malformed in members,
        )

    @property
    def missing(self) -> Any:
        """What the field is read as where a file does not hold it."""
        if self.optional:
            return None
        return () if self.many else Malformed("")


class ModelFields:
    """A class of the model with the types of its fields.

    `required` has the fields without a default, `assumed` those with a default for people who build
    claims, with what a file that does not hold them is read as, save those that only say of what kind
    another is.
    """

    def __init__(self, cls: type[Any]) -> None:
        hints = _hints(cls)
        fields = attrs.fields(cls)
        self.cls = cls
        self.types: Mapping[str, FieldType] = {each.name: FieldType.of(hints[each.name]) for each in fields}
        self.opaque = frozenset(each.name for each in fields if hints[each.name] is Any)
        self.required = tuple(each.name for each in fields if each.default is attrs.NOTHING)
        kinds = {f"{name}_type" for name in self.types}
        self.assumed = {
            each.name: self.types[each.name].missing
            for each in fields
            if _is_assumed(each.default) and each.name not in kinds
        }
        self._parts: dict[str, ModelFields] = {}

    @staticmethod
    def of(model: type[Any]) -> ModelFields:
        """Return the fields of a class, worked out once."""
        return _KNOWN[model]

    @cached_property
    def plain(self) -> Mapping[str, FieldType]:
        """The fields that plain data may have: all but those that hold anything, such as `origin`."""
        return {name: found for name, found in self.types.items() if name not in self.opaque}

    @cached_property
    def defaults(self) -> Mapping[str, Any]:
        """What `build` holds of the fields that it sets in any case, where a file does not hold them."""
        return {**{name: self._missing(name) for name in self.required}, **self.assumed}

    def part(self, name: str) -> ModelFields:
        """Return the fields of the part that a field holds. Raises LookupError where it holds none."""
        found = self._parts.get(name)
        if found is None:
            part = self.types[name].part
            if part is None:
                raise LookupError(f"{self.cls.__name__}.{name} holds no part")
            found = self._parts[name] = ModelFields.of(part)
        return found

    def build(self, record: dict[str, Any], context: Mapping[str, Any] | None = None) -> Any:
        """Make the object of what was read, and of the objects around it; what is missing is held as missing."""
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

    def _missing(self, name: str) -> Any:
        field = self.types[name]
        if field.many:
            return ()
        return self.part(name).build({}) if field.part else Malformed("")


def _hints(cls: type) -> dict[str, Any]:
    """Return the annotations of a class as types, as `typing.get_type_hints` would: each text of a module is read once."""
    texts = {
        name: (text, base.__module__)
        for base in reversed(cls.__mro__)
        for name, text in vars(base).get("__annotations__", {}).items()
    }
    return {name: _read(*about) for name, about in texts.items()}


@lru_cache(maxsize=4096)
def _read(annotation: str, module: str) -> Any:
    return eval(annotation, vars(sys.modules[module]))  # noqa: S307  # nosec B307  # annotations of the model's own classes


_KNOWN = Memo(ModelFields, most=1_000)


def _is_assumed(default: Any) -> bool:
    """Whether a default means something, so that a file without the value must not get it."""
    return default not in (None, attrs.NOTHING, ()) and not isinstance(default, (attrs.Factory, Part))  # type: ignore[arg-type]  # Factory is generic for the type checker alone
