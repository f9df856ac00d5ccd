"""X12 and code columns in Apache Spark: a data source, and functions of columns. Needs the extra `spark`.

`register(session)` adds the format `x12`, for files that Python can open; `read` and `check` take a column
with a file in each cell, for storage that it cannot. All of it is Arrow batches in and out of pure functions
(`medcode.frames.batches`), so that Structured Streaming runs it as well. Spark's workers need the Python that has
medcode: set PYSPARK_PYTHON to `sys.executable`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

try:
    from pyspark.sql import functions
    from pyspark.sql.datasource import DataSource, DataSourceReader, InputPartition
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema
except ImportError as error:  # pragma: no cover  # its own session has it
    raise ImportError("medcode.spark needs pyspark 4.1 or newer: pip install 'medcode[spark]'") from error

from medcode import frames
from medcode.frames.batches import check_batches, read_batches, schema_of
from medcode.frames.files import findings
from medcode.frames.ranges import Range, ranges_of
from medcode.frames.x12 import files_of, read_range

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyspark.sql import Column, DataFrame, SparkSession

__all__ = ["X12DataSource", "check", "read", "register", "status"]

_SIZE = 32_000_000
"""Bytes of a file that one task reads."""


def register(session: SparkSession) -> None:
    """Add the format `x12`: `session.read.format("x12").option("table", "lines").load(path)`.

    Options: `table` is one of `frames.TABLES` or `findings` (default: claims); `phi` false leaves out what identifies
    a person; `edits` true makes `findings` those of `scrub`; `size` is how many bytes of a file a task reads. A
    path is a file, a folder or a pattern that Python can open on every worker. A time of day is text, such as 08:30:00:
    Spark writes no columns of its type TIME.
    """
    session.dataSource.register(X12DataSource)


class X12DataSource(DataSource):  # type: ignore[misc]  # pyspark is not there where types are checked
    """X12 files as one of the tables of `medcode.frames`."""

    @classmethod
    def name(cls) -> str:
        """Return the name of the format."""
        return "x12"

    @property
    def table(self) -> str:
        """The table that is read."""
        return str(self.options.get("table", "claims"))

    @property
    def phi(self) -> bool:
        """Whether columns that identify a person are read."""
        return not _is(self.options.get("phi", "true"), "false")

    def schema(self) -> Any:
        """Return the schema of the table."""
        return _spark_schema(schema_of(self.table, phi=self.phi))

    def reader(self, schema: Any) -> X12Reader:
        """Return what reads the files."""
        del schema
        path = self.options.get("path")
        if not path:
            raise ValueError("the format x12 needs a path: load(path)")
        edits = _is(self.options.get("edits", "false"), "true")
        return X12Reader(path, self.table, int(self.options.get("size", _SIZE)), phi=self.phi, edits=edits)


def _is(text: str, word: str) -> bool:
    return text.strip().lower() == word


class X12Partition(InputPartition):  # type: ignore[misc]  # as above
    """A part of a file, or a whole one."""

    def __init__(self, part: Range) -> None:
        super().__init__(part.file)
        self.part = part


class X12Reader(DataSourceReader):  # type: ignore[misc]  # as above
    """Reads one table of X12 files, a part of a file in each task."""

    def __init__(self, path: str, table: str, size: int, *, phi: bool, edits: bool) -> None:
        self.path, self.table, self.size, self.phi, self.edits = path, table, size, phi, edits

    def partitions(self) -> Sequence[X12Partition]:
        """Return the parts of the files; findings are of whole files."""
        files = files_of(self.path)
        if self.table == "findings":
            return [X12Partition(Range(str(file))) for file in files]
        return [X12Partition(part) for file in files for part in ranges_of(file, self.size)]

    def read(self, partition: Any) -> Iterator[pa.RecordBatch]:
        """Yield the rows of a part."""
        if self.edits and self.table == "findings":
            yield from _fitting(findings(partition.part.file).to_batches())
            return
        for batch in read_range(partition.part, phi=self.phi):
            if self.table in batch:
                yield from _fitting(batch[self.table].to_batches())


def _spark_schema(schema: pa.Schema) -> Any:
    """Return the schema that Spark has for one of Arrow; a time of day is text, for Spark writes no times to files."""
    fields = [field.with_type(pa.string()) if pa.types.is_time(field.type) else field for field in schema]
    return from_arrow_schema(pa.schema(fields))


def _fitting(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield batches with the types that Spark has for theirs."""
    for batch in batches:
        columns = [_text_of(column) if pa.types.is_time(column.type) else column for column in batch.columns]
        fitting = pa.RecordBatch.from_arrays(columns, names=batch.schema.names)
        yield fitting.cast(to_arrow_schema(_spark_schema(batch.schema)))


def _text_of(times: pa.Array) -> pa.Array:
    """Return times of day as text, such as 08:30:00."""
    return pc.replace_substring_regex(times.cast(pa.string()), r"\.0+$", "")


def read(
    df: DataFrame,
    table: str = "claims",
    column: str = "content",
    name: str | None = None,
    *,
    phi: bool = True,
) -> DataFrame:
    """Return one table of the X12 files in a column of text or binary, a file in each cell.

    `name` is the column with the files' names (default: `path`, if there is one, as `binaryFile` has it). Raises
    ValueError for an unknown table and for a column that is missing, TypeError for one of another type.
    """
    named = _checked(df, column, name)
    schema = _spark_schema(schema_of(table, phi=phi))

    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return _fitting(read_batches(batches, column, table, named, phi=phi))

    return _needed(df, column, named).mapInArrow(work, schema)


def check(df: DataFrame, column: str = "content", name: str | None = None, **options: Any) -> DataFrame:
    """Return what `scrub` finds in the X12 files in a column, as `read` takes it; `options` are those of `scrub`."""
    named = _checked(df, column, name)
    schema = _spark_schema(schema_of("findings"))

    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return _fitting(check_batches(batches, column, named, options))

    return _needed(df, column, named).mapInArrow(work, schema)


def _needed(df: DataFrame, column: str, name: str | None) -> DataFrame:
    return df.select(column, name) if name else df.select(column)


def _checked(df: DataFrame, column: str, name: str | None) -> str | None:
    """Check the columns before any work, and return that of the names."""
    types = dict(df.dtypes)
    name = name or ("path" if "path" in types else None)
    for needed in filter(None, (column, name)):
        if needed not in types:
            raise ValueError(f"there is no column {needed}; there are {', '.join(types)}")
    if types[column] not in {"string", "binary"}:
        raise TypeError(f"{column} must be a column of string or binary, not {types[column]}")
    return name


def status(codes: Column | str, on: Column | str | date | None = None, code_set: str = "icd10cm") -> Column:
    """Return the status of each code on its day as a column of text; `frames.status` says what it may be.

    `on` is a column, its name, a date, or None for today.
    """
    column = functions.col(codes) if isinstance(codes, str) else codes
    if on is None or isinstance(on, date):

        def judge(codes: pa.Array) -> pa.Array:
            return frames.status(codes, on, code_set=code_set).dictionary_decode()

        return functions.arrow_udf(judge, "string")(column)

    def judge_on(codes: pa.Array, days: pa.Array) -> pa.Array:
        return frames.status(codes, days, code_set=code_set).dictionary_decode()

    days = functions.col(on) if isinstance(on, str) else on
    return functions.arrow_udf(judge_on, "string")(column, days)
