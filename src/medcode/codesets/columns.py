"""Columns of other libraries, told by the module of their type, so that none of them is imported for it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["column_like", "column_values", "is_column"]

LIBRARIES = frozenset({"pandas", "polars", "pyarrow"})
READERS = ("to_pylist", "to_list", "tolist")  # the last for the bare arrays of pandas


def is_column(value: object) -> bool:
    """Return whether a value is a column of pandas, polars or pyarrow. Raises TypeError for a whole data frame."""
    if type(value).__module__.partition(".")[0] not in LIBRARIES:
        return False
    if hasattr(value, "columns"):
        raise TypeError(f"codes must be a column, not a {type(value).__name__}: pass one of its columns")
    return any(hasattr(value, name) for name in READERS)


def column_values(column: Any) -> list[Any]:
    """Return the values of a column."""
    values: list[Any] = next(getattr(column, name) for name in READERS if hasattr(column, name))()
    return values


def column_like(column: Any, values: Sequence[str | None]) -> Any:
    """Return a column of text of the same library, with the name and the index of another."""
    library = type(column).__module__.partition(".")[0]
    if library == "pandas":
        if hasattr(column, "index"):
            return type(column)(values, name=column.name, dtype=object, index=column.index)
        pandas = import_module("pandas")
        if hasattr(column, "name"):  # an index, of any kind
            return pandas.Index(values, name=column.name, dtype=object)
        return pandas.array(values, dtype="string")
    if library == "polars":
        return type(column)(column.name, values, dtype=str)  # of text also where all values are missing
    pyarrow = import_module("pyarrow")
    chunked = hasattr(column, "chunks")
    return pyarrow.chunked_array([values], "string") if chunked else pyarrow.array(values, "string")
