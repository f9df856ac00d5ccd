"""JSON Schema of claims and submissions as plain data, drawn from the model itself.

A form, an editor or another language can check a visit by it before medcode sees it.

>>> from medcode.claims import ProfessionalClaim
>>> schema = json_schema(ProfessionalClaim)
>>> schema["required"][:3], schema["$defs"]["Address"]["required"]
(['control_number', 'billing_provider', 'subscriber'], ['line1'])
"""

from __future__ import annotations

import inspect
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs

from medcode.claims.model import Claim
from medcode.claims.model.base import DateRange
from medcode.claims.plain import KINDS
from medcode.claims.plain_types import AS_SENT, SHORT, fields_of
from medcode.codesets.code import Code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medcode.claims.model.fields import FieldType

__all__ = ["json_schema"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SCALARS: Mapping[type, dict[str, Any]] = {
    Code: {"type": "string"},
    str: {"type": "string"},
    int: {"type": "integer"},
    Decimal: {"type": ["string", "number"]},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    time: {"type": "string", "format": "time"},
    DateRange: {
        "type": "object",
        "properties": {"start": {"type": "string"}, "end": {"type": "string"}},
        "required": ["start", "end"],
        "additionalProperties": False,
    },
}

_AS_SENT = {
    "type": "object",
    "description": "A text that is kept as a file held it, though the field would convert it.",
    "properties": {AS_SENT: {"type": "string"}},
    "required": [AS_SENT],
    "additionalProperties": False,
}


def json_schema(cls: type) -> dict[str, Any]:
    """Return the JSON Schema of a class of the model, with its parts under `$defs`."""
    parts: dict[str, Any] = {}
    top = _part(cls, parts)
    return {"$schema": _DIALECT, "title": cls.__name__, **top, "$defs": dict(sorted(parts.items()))}


def _part(cls: type, parts: dict[str, Any]) -> dict[str, Any]:
    fields = fields_of(cls)
    converted = {field.name for field in attrs.fields(cls) if field.converter is not None}
    properties = {name: _field(kind, parts, as_sent=name in converted) for name, kind in fields.items()}
    if kinds := [kind for kind, each in KINDS.items() if each is cls]:
        properties["kind"] = {"enum": kinds}
    required = [field.name for field in attrs.fields(cls) if field.default is attrs.NOTHING]
    if cls in KINDS.values() and "professional" not in kinds:
        required.append("kind")
    return {
        "type": "object",
        "description": inspect.cleandoc(cls.__doc__ or "").partition("\n")[0],
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _field(kind: FieldType, parts: dict[str, Any], *, as_sent: bool) -> dict[str, Any]:
    one = _one(kind, parts)
    if as_sent and not kind.part and (kind.malformed or (str in kind.scalars and not kind.many)):
        one = {"anyOf": [one, _AS_SENT]}
    schema = {"type": "array", "items": one} if kind.many else one
    return {"anyOf": [schema, {"type": "null"}]} if kind.optional and not kind.many else schema


def _one(kind: FieldType, parts: dict[str, Any]) -> dict[str, Any]:
    if kind.part is Claim:
        return {"anyOf": [_reference(each, parts) for each in KINDS.values()]}
    if kind.part:
        whole = _reference(kind.part, parts)
        return {"anyOf": [{"type": "string"}, whole]} if kind.part in SHORT else whole
    choices = [_SCALARS[scalar] for scalar in kind.scalars]
    labels = " or ".join(code.label for code in kind.codes)
    schema = choices[0] if len(choices) == 1 else {"anyOf": choices}
    return {**schema, "description": labels} if labels else schema


def _reference(cls: type, parts: dict[str, Any]) -> dict[str, Any]:
    if cls.__name__ not in parts:
        parts[cls.__name__] = {}
        parts[cls.__name__] = _part(cls, parts)
    return {"$ref": f"#/$defs/{cls.__name__}"}
