"""X12 in cells: batches of rows whose column has whole files, to batches of tables or findings.

Each function takes and yields Arrow record batches and depends on nothing else, so that it runs wherever
batches do: in `mapInArrow` of Spark, streaming or not, in a Flight server, in a loop.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from medcode import scrubbing
from medcode.errors import X12Error
from medcode.frames.found import findings_table, unreadable
from medcode.frames.x12 import read_source, schemas

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["check_batches", "read_batches", "schema_of"]


def schema_of(table: str, *, phi: bool = True) -> pa.Schema:
    """Return the schema of a table. Raises ValueError, naming those there are, for an unknown one."""
    known = schemas(phi=phi)
    if table not in known:
        raise ValueError(f"unknown table {table!r}; there are {', '.join(known)}")
    return known[table]


def read_batches(
    batches: Iterable[pa.RecordBatch], column: str, table: str, name: str | None = None, *, phi: bool = True
) -> Iterator[pa.RecordBatch]:
    """Yield the rows of one table, from a column of text or bytes with a file in each cell.

    `name` is the column of the files' names. Raises ValueError for a column that is missing and TypeError for
    one of another type. Null cells are passed over.

    >>> batch = pa.RecordBatch.from_pydict({"content": [b"ISA"]})
    >>> [each.num_rows for each in read_batches([batch], "content", "claims")]
    []
    """
    schema_of(table)
    for file, raw in _files(batches, column, name):
        for tables in read_source(raw, file or "", phi=phi):
            yield from _named(tables[table], file) if table in tables else ()


def check_batches(
    batches: Iterable[pa.RecordBatch],
    column: str,
    name: str | None = None,
    options: Mapping[str, Any] | None = None,
) -> Iterator[pa.RecordBatch]:
    """Yield the findings of `scrub` on a column of text or bytes with a file in each cell, as `read_batches` takes it.

    >>> batch = pa.RecordBatch.from_pydict({"path": ["a"], "content": [b"not X12"]})
    >>> [each.column("rule").to_pylist() for each in check_batches([batch], "content", "path")]
    [['FILE']]
    """
    for file, raw in _files(batches, column, name):
        try:
            found = scrubbing.scrub(raw, **(options or {})).findings
        except X12Error as error:
            found = (unreadable(error),)
        yield from findings_table(found, file).to_batches()


def _files(
    batches: Iterable[pa.RecordBatch], column: str, name: str | None
) -> Iterator[tuple[str | None, bytes]]:
    """Yield the name and bytes of each file; text is encoded, so that it is never taken for a path."""
    for batch in batches:
        for needed in filter(None, (column, name)):
            if needed not in batch.schema.names:
                raise ValueError(f"there is no column {needed}; there are {', '.join(batch.schema.names)}")
        cells = batch.column(column)
        if not any(kind(cells.type) for kind in _TEXTS):
            raise TypeError(f"{column} must be a column of text or bytes, not {cells.type}")
        names = batch.column(name).to_pylist() if name else [None] * len(cells)
        for file, cell in zip(names, cells, strict=True):
            raw = cell.as_py()
            if raw is not None:
                yield file, raw.encode() if isinstance(raw, str) else raw


_TEXTS = (
    pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view,
    pa.types.is_binary, pa.types.is_large_binary, pa.types.is_binary_view,
)  # fmt: skip


def _named(table: pa.Table, file: str | None) -> list[pa.RecordBatch]:
    """Return a table in batches, its file null where the cell had no name."""
    if file is None:
        table = table.set_column(0, table.schema.field(0), pa.nulls(table.num_rows, pa.string()))
    return [batch for batch in table.to_batches() if batch.num_rows]
