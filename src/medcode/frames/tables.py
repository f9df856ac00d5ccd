"""Tables from whatever library holds them, checked by name and type before any work is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

import pyarrow as pa

from medcode.frames.layout import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Tables", "checked"]

Tables: TypeAlias = Mapping[str, Any]
"""Tables by their names: pyarrow, or anything with the Arrow PyCapsule interface."""


def checked(tables: Tables, names: Iterable[str]) -> dict[str, pa.Table]:
    """Return the tables of some names with the columns and types of their schemas.

    Columns that the schema does not have are left out. Raises KeyError for a table that is missing,
    ValueError for a column that is missing or a key that is null, TypeError for one of another type; each by its name.
    """
    if not isinstance(tables, Mapping):
        raise TypeError(f"tables must be a mapping of names to tables, not {type(tables).__name__}")
    missing = [name for name in names if name not in tables]
    if missing:
        raise KeyError(f"missing tables: {', '.join(missing)}")
    found = {name: conform(tables[name], TABLES[name].schema(), name) for name in names}
    for name, table in found.items():
        key = TABLES[name].key
        if table.column(key).null_count:
            raise ValueError(f"{name}.{key} must not be null")
    return found


def conform(table: Any, schema: pa.Schema, name: str) -> pa.Table:
    """Return a table with the columns of a schema, in its order and of its types."""
    found = read_table(table, name)
    missing = [field.name for field in schema if field.name not in found.column_names]
    if missing:
        raise ValueError(f"{name} lacks the column {missing[0]}" + _more(missing))
    for field in schema:
        kind = found.column(field.name).type
        if not _is_like(kind, field.type):
            raise TypeError(f"{name}.{field.name} must be {field.type}, not {kind}")
    columns = [_cast(found.column(field.name), field.type, f"{name}.{field.name}") for field in schema]
    return pa.table(columns, schema=schema)


def read_table(table: Any, name: str) -> pa.Table:
    """Return a table as Arrow. Raises TypeError, naming it, for anything that is not one."""
    if isinstance(table, pa.Table):
        return table
    if not hasattr(table, "__arrow_c_stream__"):
        raise TypeError(
            f"{name} must be a table with the Arrow PyCapsule interface, not {type(table).__name__}"
        )
    return pa.table(table)


def _more(names: list[str]) -> str:
    return f" and {len(names) - 1} more" if names[1:] else ""


def _is_like(kind: pa.DataType, expected: pa.DataType) -> bool:
    """Whether values of a type are those of the expected one, perhaps held in another way."""
    types = pa.types
    if types.is_dictionary(kind):
        kind = kind.value_type
    if types.is_null(kind):
        return True
    if types.is_map(expected):
        return bool(types.is_map(kind) or _is_list(kind))
    if types.is_list(expected):
        return _is_list(kind) and _is_like(kind.value_type, expected.value_type)
    if types.is_struct(expected):
        return types.is_struct(kind) and all(
            kind.get_field_index(field.name) >= 0 and _is_like(kind.field(field.name).type, field.type)
            for field in expected
        )
    return any(family(kind) and family(expected) for family in _FAMILIES) or (
        types.is_integer(expected) and types.is_floating(kind)  # what pandas makes of integers with nulls
    )


def _is_list(kind: pa.DataType) -> bool:
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind))


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


_FAMILIES = (
    _is_text,
    pa.types.is_integer,
    pa.types.is_decimal,
    pa.types.is_date,
    pa.types.is_time,
    pa.types.is_boolean,
)


def _cast(column: pa.ChunkedArray, kind: pa.DataType, name: str) -> pa.ChunkedArray:
    """Return a column as the same values of another type, rebuilt where Arrow has no cast between them.

    Raises ValueError, naming the column, for a value that the type cannot hold.
    """
    if column.type == kind:
        return column
    try:
        return column.cast(kind)
    except (pa.ArrowNotImplementedError, pa.ArrowTypeError):
        return pa.chunked_array([pa.array(_plain(column, kind), kind)])
    except pa.ArrowInvalid:
        raise ValueError(f"{name} has a value that {kind} cannot hold") from None


def _plain(column: pa.ChunkedArray, kind: pa.DataType) -> list[Any]:
    """Return the values of a column; a map that is held as a list of pairs or structs, as pairs."""
    is_map = pa.types.is_map(kind)
    return [_pairs(value) if is_map and value else value for value in column.to_pylist()]


def _pairs(value: list[Any]) -> list[tuple[Any, ...]]:
    return [tuple(each.values() if isinstance(each, dict) else each) for each in value]
