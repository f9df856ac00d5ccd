"""Code sets in DuckDB: `register` adds functions over text columns and relations of the code tables.

>>> import duckdb
>>> from medcode.frames.duckdb import register
>>> connection = register(duckdb.connect())
>>> connection.sql("SELECT medcode_status('M54.5', DATE '2021-10-01', 'icd10cm')").fetchall()
[('header',)]
>>> connection.sql("SELECT title FROM icd10cm WHERE code = 'E119'").fetchall()
[('Type 2 diabetes mellitus without complications',)]

Needs duckdb and the extra `frames`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from medcode import frames
from medcode.codesets import code_set as code_set_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    import duckdb

__all__ = ["register"]

_TEXT = pa.string()


def register(
    connection: duckdb.DuckDBPyConnection,
    *code_sets: str,
    on: date | None = None,
    tables: Mapping[str, Any] | None = None,
) -> duckdb.DuckDBPyConnection:
    """Add the functions and, for each code set named (ICD-10-CM if none is), its table; return the connection.

    Functions, each over columns: `medcode_status(code, day, code_set)` and
    `medcode_normalize(code, code_set)` return text, `medcode_matches(code, day, value_set)` whether a code belongs to a
    value set of ICD-10-CM, such as 'E08-E13'; null where the code or the day is null. Tables:
    one for each code set, under its name, as it was on a day (`on`, default today): code, dotted,
    title, billable, start, end; and `tables`, such as those of `frames.read_x12`, under theirs.
    KeyError for an unknown code set.
    """
    for name in code_sets or ("icd10cm",):
        connection.register(name, pa.table(code_set_of(name).as_of(on)))
    for name, table in (tables or {}).items():
        connection.register(name, table)
    for name, function, columns, result in _FUNCTIONS:
        connection.create_function(  # type: ignore[call-overload]  # the texts are taken as well as the enums
            name, function, list(columns), result, type="arrow", null_handling="special"
        )
    return connection


def _status(codes: Any, days: Any, code_sets: Any) -> Any:
    return _by_name(
        (codes, days), code_sets, lambda name, parts: frames.status(*parts, code_set=name).cast(_TEXT)
    )


def _normalize(codes: Any, code_sets: Any) -> Any:
    return _by_name(
        (codes,), code_sets, lambda name, parts: frames.normalize(*parts, code_set=name).cast(_TEXT)
    )


def _matches(codes: Any, days: Any, value_sets: Any) -> Any:
    return _by_name(
        (codes, days), value_sets, lambda rules, parts: frames.matches(parts[0], rules, parts[1]), pa.bool_()
    )


def _by_name(
    columns: Sequence[pa.ChunkedArray],
    names: pa.ChunkedArray,
    ask: Callable[[str, Sequence[Any]], Any],
    kind: pa.DataType = _TEXT,
) -> Any:
    """Look up the rows by name of code set or value set; nearly every query has one name."""
    distinct = pc.unique(names).to_pylist()
    if len(distinct) == 1 and distinct[0] is not None:
        return ask(distinct[0], columns)
    found: list[Any] = [None] * len(names)
    for name in filter(None, distinct):
        rows = pc.indices_nonzero(pc.equal(names, name)).to_pylist()
        answers = ask(name, [column.take(rows) for column in columns]).to_pylist()
        for row, answer in zip(rows, answers, strict=True):
            found[row] = answer
    return pa.array(found, kind)


_FUNCTIONS = (
    ("medcode_status", _status, ("VARCHAR", "DATE", "VARCHAR"), "VARCHAR"),
    ("medcode_normalize", _normalize, ("VARCHAR", "VARCHAR"), "VARCHAR"),
    ("medcode_matches", _matches, ("VARCHAR", "DATE", "VARCHAR"), "BOOLEAN"),
)
