"""Columns from anywhere as Arrow: text and days, whatever library holds them.

Anything with the Arrow PyCapsule interface is taken (polars, pandas, DuckDB, nanoarrow and pyarrow
itself), and plain lists. A column of a wrong type is refused before any work is done, by its name.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

__all__ = ["CodeColumn", "Column", "DayColumn", "called", "is_column", "objects_of", "one_day", "read_column"]

Column: TypeAlias = "Any"
"""Anything with the Arrow PyCapsule interface, or a list of Python values."""

LONG = 500_000
"""Rows of a column that is looked up among the known codes first."""

_EPOCH = date(1970, 1, 1).toordinal()


def is_column(value: object) -> bool:
    """Whether a value is a column rather than a single value."""
    return (
        hasattr(value, "__arrow_c_stream__")
        or hasattr(value, "__arrow_c_array__")
        or isinstance(value, list | tuple | np.ndarray)
        or hasattr(value, "__array__")
    )


def called(values: Column, name: str) -> str:
    """Return how a column is called in messages: its own name beside that of the argument, where it has one.

    >>> called(["E11.9"], "codes")
    'codes'
    """
    own = getattr(values, "name", None)
    return f"{name} (column {own!r})" if isinstance(own, str) and own not in {"", name} else name


def objects_of(values: Column) -> list[Any] | tuple[Any, ...] | None:
    """Return the Python values of a list, or of a column of pandas that holds objects; None for any other column."""
    if isinstance(values, list | tuple):
        return values
    return list(values) if getattr(values, "dtype", None) == np.dtype(object) else None


def read_column(values: Column, name: str) -> pa.ChunkedArray:
    """Return a column as an Arrow chunked array; TypeError, naming it, for anything that is not one column.

    >>> read_column(["E11.9", None], "codes").null_count
    1
    """
    if isinstance(values, str | bytes) or not is_column(values):
        raise TypeError(f"{name} must be a column or a list, not {type(values).__name__}")
    if isinstance(values, pa.ChunkedArray):
        return values
    name = called(values, name)
    if (objects := objects_of(values)) is not None:
        values = objects
    if hasattr(values, "__arrow_c_stream__"):
        column = pa.chunked_array(values)
    else:
        try:
            found = pa.array(values, from_pandas=True)
        except (pa.ArrowInvalid, pa.ArrowTypeError):
            raise TypeError(f"{name} must be a column of one type; its values have several") from None
        column = found if isinstance(found, pa.ChunkedArray) else pa.chunked_array([found])
    if pa.types.is_struct(column.type):
        raise TypeError(f"{name} must be one column, not a table of {column.type.num_fields}")
    return column


class CodeColumn:
    """A column of codes: its distinct texts, and for each row the number of its text.

    `numbers` is the count of `texts` where the row is null, so that one more answer, null, can
    stand at that place of whatever is looked up. `known` are codes that most rows are expected to
    hold: a long column is first looked up among them, which costs half of finding its distinct
    texts. They then begin `texts`, whether a row holds them or not.
    """

    def __init__(self, values: Column, name: str = "codes", known: Sequence[str] = ()) -> None:
        column = read_column(values, name)
        name = called(values, name)
        kind = column.type
        self.texts: list[str | None] = []
        self.known = 0
        if known and len(column) > LONG and (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
            self.texts += known
            self.known = len(known)
            self.numbers = self._look_up(column, pa.array(known, kind), name)
        else:
            self.numbers = self._encode(column, name)

    def _encode(self, column: pa.ChunkedArray, name: str) -> NDArray[Any]:
        """Return the number of each row's text, its distinct texts added to those that are there already."""
        encoded = _encoded(column, name)
        before = len(self.texts)
        self.texts += encoded.dictionary.to_pylist()
        indices = encoded.indices
        self.has_null = bool(indices.null_count)
        if self.has_null:
            indices = indices.fill_null(len(self.texts) - before)
        numbers: NDArray[Any] = indices.to_numpy(zero_copy_only=False)
        return numbers + np.int32(before) if before else numbers

    def _look_up(self, column: pa.ChunkedArray, known: pa.Array, name: str) -> NDArray[Any]:
        found = pc.index_in(column, value_set=known).combine_chunks()
        self.has_null = False
        if not found.null_count:
            whole: NDArray[Any] = found.to_numpy()
            return whole
        numbers: NDArray[Any] = found.fill_null(0).to_numpy(zero_copy_only=False).copy()
        missed = found.is_null()
        numbers[missed.to_numpy(zero_copy_only=False)] = self._encode(column.filter(missed), name)
        return numbers

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.numbers)


def _encoded(column: pa.ChunkedArray, name: str) -> pa.DictionaryArray:
    """Return one dictionary array of a column of text, which may be dictionaries already."""
    kind = column.type
    if pa.types.is_null(kind):
        column, kind = column.cast(pa.string()), pa.string()
    text = kind.value_type if pa.types.is_dictionary(kind) else kind
    if pa.types.is_string_view(text):
        column, text = column.cast(pa.large_string()), pa.large_string()
        kind = column.type
    if not (pa.types.is_string(text) or pa.types.is_large_string(text)):
        raise TypeError(f"{name} must be a column of text, not {kind}")
    if not pa.types.is_dictionary(kind):
        column = pc.dictionary_encode(column)
    if not column.num_chunks:
        return pa.DictionaryArray.from_arrays(pa.array([], pa.int32()), pa.array([], text))
    return column.unify_dictionaries().combine_chunks()


_FORMS = ("%Y-%m-%d", "%Y%m%d", "%m/%d/%Y")
"""How days are written in columns of texts."""


class DayColumn:
    """A column of days as numbers since 1970-01-01; `missing` marks the nulls, None where there are none."""

    def __init__(self, values: Column, name: str = "on") -> None:
        column = read_column(values, name)
        kind = column.type
        if pa.types.is_timestamp(kind):
            column = (pc.local_timestamp(column) if kind.tz else column).cast(pa.date32(), safe=False)
        elif pa.types.is_date64(kind) or pa.types.is_null(kind):
            column = column.cast(pa.date32())
        elif pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
            column = _days(column.cast(pa.string()), called(values, name))
        elif not pa.types.is_date32(kind):
            raise TypeError(f"{called(values, name)} must be a date or a column of dates, not {kind}")
        days = column.combine_chunks().cast(pa.int32())
        self.missing: NDArray[Any] | None = None
        if days.null_count:
            self.missing = days.is_null().to_numpy(zero_copy_only=False)
            days = days.fill_null(0)
        self.days: NDArray[Any] = days.to_numpy(zero_copy_only=False)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.days)

    def periods(self, starts: Iterable[date]) -> NDArray[Any]:
        """Return for each row how many of the sorted `starts` are on its day or before."""
        edges = np.array([start.toordinal() - _EPOCH for start in starts], dtype=np.int64)
        if not len(self.days):
            return np.zeros(0, dtype=np.int64)
        first, last = int(self.days.min()), int(self.days.max())
        if last - first > 4 * len(self.days) + 40_000:  # few rows over many years: search for each
            return np.searchsorted(edges, self.days, side="right")
        by_day = np.searchsorted(edges, np.arange(first, last + 1), side="right")
        found: NDArray[Any] = by_day.astype(np.int32)[self.days - first]
        return found


def _days(texts: pa.ChunkedArray, called: str) -> pa.ChunkedArray:
    """Return the days that texts are, an empty one none. Raises ValueError, with its row, for what is not a date."""
    read = [pc.strptime(texts, form, unit="s", error_is_null=True) for form in _FORMS]
    days = pc.coalesce(*read).cast(pa.date32())
    wrong = pc.and_(pc.is_null(days), pc.not_equal(pc.fill_null(texts, ""), ""))
    if (row := pc.index(wrong, True).as_py()) >= 0:
        raise ValueError(
            f"{called} must be dates such as 2026-01-05, 20260105 or 01/05/2026; row {row} is not"
        )
    return days


def one_day(value: object) -> date:
    """Return a single day; TypeError for what is neither that nor a column."""
    if isinstance(value, datetime):
        value = value.date()
    if not isinstance(value, date):
        raise TypeError(f"on must be a date or a column of dates, not {type(value).__name__}")
    return value
