"""Codes as fields of pydantic models: read from text, written as text, described by their format.

pydantic calls this; nothing here is imported otherwise, and medcode does not need pydantic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from medcode.codesets.code import Code

__all__ = ["code_schema", "json_schema_of"]


def code_schema(cls: type[Code]) -> Any:
    """Return how pydantic reads a code: any text in its format, in the form that claims carry."""
    from pydantic_core import PydanticCustomError, core_schema

    def read(value: Any) -> Code:
        if not isinstance(value, str):
            raise PydanticCustomError("string_type", "Input should be a valid string")
        code = cls.parse(value)
        if not isinstance(code, cls):
            raise PydanticCustomError("code_format", "{reason}", {"reason": cls.why_not(value)})
        return code

    return core_schema.no_info_plain_validator_function(
        read, serialization=core_schema.plain_serializer_function_ser_schema(str)
    )


def json_schema_of(cls: type[Code]) -> dict[str, Any]:
    """Return the JSON Schema of a code: a text, its format in words, and examples."""
    found: dict[str, Any] = {
        "type": "string",
        "title": cls.label,
        "description": f"{cls.label} code: {cls.expected}",
    }
    return found | ({"examples": list(cls.good)} if cls.good and not cls.private else {})
