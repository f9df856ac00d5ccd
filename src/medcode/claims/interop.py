"""Claims as fields of pydantic models: read from plain data, written as plain data, described by their schema.

pydantic calls this; nothing here is imported otherwise, and medcode does not need pydantic.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from medcode.claims.schema import json_schema

if TYPE_CHECKING:
    from medcode.claims.model.claim import Claim

__all__ = ["claim_schema", "json_schema_of"]


def claim_schema(cls: type[Claim]) -> Any:
    """Return how pydantic reads a claim: a claim of the class, or plain data as `from_dict` takes it."""
    from pydantic_core import PydanticCustomError, core_schema

    def read(value: Any) -> Claim:
        if isinstance(value, cls):
            return value
        if not isinstance(value, Mapping):
            raise PydanticCustomError("claim_type", "Input should be a claim or an object")
        return cls.from_dict(value)

    def write(claim: Claim) -> dict[str, Any]:
        return claim.to_dict()

    return core_schema.no_info_plain_validator_function(
        read, serialization=core_schema.plain_serializer_function_ser_schema(write)
    )


def json_schema_of(cls: type[Claim]) -> dict[str, Any]:
    """Return the JSON Schema of a claim with its parts in place: references would mean another document."""
    schema = json_schema(cls)
    parts = schema.pop("$defs")
    schema.pop("$schema")

    def whole(value: Any) -> Any:
        if isinstance(value, dict):
            if "$ref" in value:
                return whole(parts[value["$ref"].removeprefix("#/$defs/")])
            return {key: whole(each) for key, each in value.items()}
        return [whole(each) for each in value] if isinstance(value, list) else value

    found: dict[str, Any] = whole(schema)
    return found
