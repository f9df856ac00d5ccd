"""What plain data may stand for each field of the model, read off the model's annotations."""

from __future__ import annotations

import typing
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any

import attrs

from medcode.claims.model.base import DateRange
from medcode.claims.model.diagnosis import Diagnosis
from medcode.claims.model.kinds import arms
from medcode.claims.model.procedure import Procedure
from medcode.claims.model.stay import InpatientProcedure
from medcode.codesets.code import Code, Malformed

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["SHORT", "FieldType", "fields_of", "set_name"]

SHORT: Mapping[type, str] = {Diagnosis: "code", InpatientProcedure: "code", Procedure: "code"}
"""Parts that may be given as one text, and the field it stands for."""

_WORDS = {
    Code: "a code as text",
    Decimal: 'a number, such as 125 or "125.50"',
    date: "a day, such as 2026-01-05",
    DateRange: "a span of days with start and end",
    datetime: "a day and time, such as 2026-01-05T14:30",
    time: "a time of day, such as 14:30",
    int: "a whole number",
    str: "text",
}
_TAKES: dict[type, tuple[type, ...]] = {
    Code: (str,),
    Decimal: (Decimal, int, str),
    date: (date, str),
    DateRange: (dict, str),
    datetime: (datetime, str),
    time: (time, str),
    int: (int,),
    str: (str,),
}


@attrs.frozen
class FieldType:
    """What a field holds: one value or many, a part or a scalar, and what may be absent or malformed."""

    many: bool = False
    part: type | None = None
    scalars: tuple[type, ...] = ()
    codes: tuple[type[Code], ...] = ()
    optional: bool = False
    malformed: bool = False

    @property
    def takes(self) -> tuple[type, ...]:
        """The types of plain value that a scalar is given as."""
        given = {each for scalar in self.scalars for each in _TAKES[scalar]}
        return tuple(given | {str} if self.malformed else given)

    @property
    def words(self) -> str:
        """What is wanted, in words."""
        if self.many:
            return "a list"
        if self.part:
            return f"a table ({self.part.__name__})"
        return " or ".join(_WORDS[scalar] for scalar in self.scalars)


def _field_type(annotation: Any) -> FieldType:
    members = list(arms(annotation))
    tuples = [member for member in members if typing.get_origin(member) is tuple]
    if tuples:
        return attrs.evolve(_field_type(typing.get_args(tuples[0])[0]), many=True)
    codes = tuple(each for each in members if issubclass(each, Code))
    parts = [each for each in members if attrs.has(each) and each is not DateRange]
    scalars = tuple(each for each in members if each in _TAKES)
    return FieldType(
        part=parts[0] if parts else None,
        scalars=(Code, *scalars) if codes else scalars,
        codes=codes,
        optional=type(None) in members,
        malformed=Malformed in members,
    )


@cache
def fields_of(cls: type) -> Mapping[str, FieldType]:
    """Return the fields that plain data may have; fields of type Any, such as `origin`, are left out."""
    hints = typing.get_type_hints(cls)
    names = [field.name for field in attrs.fields(cls) if hints[field.name] is not Any]
    return {name: _field_type(hints[name]) for name in names}


def set_name(code: type[Code]) -> str:
    """Return the name of a code type's set, such as `icd9cm`, or its label if it has none."""
    package, _, name = code.__module__.rpartition(".")
    return name if package == "medcode.codesets" else code.label.lower()
