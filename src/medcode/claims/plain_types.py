"""What plain data may be given for each field of the model."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from medcode.claims.model.base import DateRange
from medcode.claims.model.diagnosis import Diagnosis
from medcode.claims.model.fields import ModelFields
from medcode.claims.model.procedure import Procedure
from medcode.claims.model.stay import InpatientProcedure
from medcode.codesets.code import Code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medcode.claims.model.fields import FieldType

__all__ = ["AS_SENT", "SHORT", "fields_of", "set_name", "taken", "words"]

AS_SENT = "as_sent"
"""The one key of a table that holds a text to be taken as it is, where its field would convert it."""

SHORT: Mapping[type, str] = {Diagnosis: "code", InpatientProcedure: "code", Procedure: "code"}
"""Parts that may be given as one text, and the field it is."""

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


def fields_of(cls: type) -> Mapping[str, FieldType]:
    """Return the fields that plain data may have; fields of type Any, such as `origin`, are left out."""
    return ModelFields.of(cls).plain


def taken(field: FieldType) -> tuple[type, ...]:
    """Return the types of plain value that a scalar is given as."""
    given = {each for scalar in field.scalars for each in _TAKES[scalar]}
    return tuple(given | {str} if field.malformed else given)


def words(field: FieldType) -> str:
    """Return what a field may be given as, in words."""
    if field.many:
        return "a list"
    if field.part:
        return f"a table ({field.part.__name__})"
    return " or ".join(_WORDS[scalar] for scalar in field.scalars)


def set_name(code: type[Code]) -> str:
    """Return the name of a code type's set, such as `icd9cm`, or its label if it has none."""
    package, _, name = code.__module__.rpartition(".")
    return name if package == "medcode.codesets" else code.label.lower()
