"""Compact dated tables: one file each, read whole, checked against their hash, and loaded on first use.

A table file is one line of JSON, the header, and then the columns, joined and compressed. Text
columns are lines of text; number columns are little-endian arrays of two bytes a row. The header
names the release, the columns and the table's `profiles`: the few hundred distinct histories that
all its codes share. A row of a code table is a code and the number of its profile.

The same format serves the tables that ship with medcode and the releases a user adds.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zlib
from array import array
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import attrs

from medcode.codesets.concept import Release
from medcode.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = [
    "SUFFIX",
    "RawTable",
    "Span",
    "day",
    "day_number",
    "pack",
    "read",
    "release_of",
    "shipped",
    "shipped_release",
    "unpack",
]

FORMAT = 1
SUFFIX = ".table"
LARGEST = 1 << 27  # bytes of columns; a file that claims more is not one of ours


@attrs.frozen
class Span:
    """Days on which a code kept its kind and its flags; `end` None is open."""

    start: date
    end: date | None
    billable: bool
    flags: int = 0  # a bit for each name in the table's list of flags


@attrs.frozen
class RawTable:
    """What a table file holds: its header, its release and its columns by name."""

    header: Mapping[str, Any] = attrs.field(repr=False)
    release: Release
    columns: Mapping[str, Sequence[str] | array[int]] = attrs.field(repr=False)

    def texts(self, name: str) -> Sequence[str]:
        """Return a column of text, a string a row."""
        column = self.columns[name]
        assert not isinstance(column, array)  # noqa: S101  # the header's column types were just applied
        return column

    def numbers(self, name: str) -> array[int]:
        """Return a column of numbers."""
        column = self.columns[name]
        assert isinstance(column, array)  # noqa: S101  # as above
        return column

    def profiles(self) -> tuple[tuple[Span, ...], ...]:
        """Return the histories that the rows point to."""
        return tuple(tuple(_span(*fields) for fields in profile) for profile in self.header["profiles"])


def pack(header: Mapping[str, Any], columns: Mapping[str, Sequence[str] | array[int]]) -> bytes:
    """Write a table file; the same input gives the same bytes.

    `header` holds name, publisher, edition, license and coverage, and whatever else the table's
    reader needs; the rest is computed here.
    """
    parts = [_column_bytes(column) for column in columns.values()]
    data = b"".join(parts)
    payload = zlib.compress(data, 9)
    kinds = {name: "number" if isinstance(column, array) else "text" for name, column in columns.items()}
    full = {
        **header,
        "format": FORMAT,
        "rows": len(next(iter(columns.values()))),
        "columns": [[name, kinds[name], len(part)] for name, part in zip(columns, parts, strict=True)],
    }
    full["sha256"] = _digest(full, payload)
    return _canonical(full) + b"\n" + payload


def unpack(data: bytes, name: str) -> RawTable:
    """Read a table file; raise TableError, naming the table, for anything that is not whole and ours."""
    from medcode.logs import log

    try:
        table = _unpack(data)
    except (ValueError, KeyError, TypeError, AttributeError, zlib.error) as error:
        raise TableError(f"table {name} is damaged or of another format: {error}") from None
    log.debug("read table %s: %s", name, table.release.rows)
    return table


def read(path: Path) -> RawTable:
    """Read the table file at a path."""
    return unpack(path.read_bytes(), path.name.removesuffix(SUFFIX))


def shipped(name: str) -> RawTable:
    """Read a table that ships with medcode."""
    data = files("medcode.codesets").joinpath("data", name + SUFFIX).read_bytes()
    return unpack(data, name)


def shipped_release(name: str) -> Release:
    """Read of a table that ships with medcode which release it is, and no more."""
    with files("medcode.codesets").joinpath("data", name + SUFFIX).open("rb") as table:
        header = json.loads(table.readline())
    return release_of(header, header.pop("sha256"))


def _unpack(data: bytes) -> RawTable:
    line, _, payload = data.partition(b"\n")
    header = json.loads(line)
    if header.get("format") != FORMAT:
        raise ValueError(f"expected format {FORMAT}")
    sha256 = header.pop("sha256")
    if sha256 != _digest(header, payload):
        raise ValueError("its hash does not fit its contents")
    content = _inflate(payload, sum(size for _, _, size in header["columns"]))
    columns: dict[str, Sequence[str] | array[int]] = {}
    start = 0
    for name, kind, size in header["columns"]:
        columns[name] = _column(kind, content[start : start + size], header["rows"])
        start += size
    return RawTable(header, release_of(header, sha256), columns)


def _inflate(payload: bytes, size: int) -> bytes:
    if not 0 <= size <= LARGEST:
        raise ValueError("its columns are too large")
    content = zlib.decompressobj().decompress(payload, size + 1)
    if len(content) != size:
        raise ValueError("its columns do not have the declared length")
    return content


def _column_bytes(column: Sequence[str] | array[int]) -> bytes:
    if not isinstance(column, array):
        return "\n".join(column).encode()
    numbers = array("H", column)
    if sys.byteorder == "big":  # pragma: no cover  # no such machine at hand
        numbers.byteswap()
    return numbers.tobytes()


def _column(kind: str, content: bytes, rows: int) -> Sequence[str] | array[int]:
    column: Sequence[str] | array[int]
    if kind == "text":
        # The collector of garbage leaves tuples of texts alone.
        column = tuple(content.decode().split("\n")) if rows else ()
    else:
        column = array("H", content)
        if sys.byteorder == "big":  # pragma: no cover  # no such machine at hand
            column.byteswap()
    if len(column) != rows:
        raise ValueError(f"a column has {len(column)} rows, not {rows}")
    return column


def release_of(header: Mapping[str, Any], sha256: str) -> Release:
    """Return the release that a header tells of."""
    start, end = (_day(number) for number in header["coverage"])
    return Release(
        name=header["name"],
        publisher=header["publisher"],
        edition=header["edition"],
        start=start,
        end=end,
        license=header["license"],
        rows=header["rows"],
        sha256=sha256,
        partial=header.get("partial", False),
    )


def _canonical(header: Mapping[str, Any]) -> bytes:
    return json.dumps(header, sort_keys=True, separators=(",", ":")).encode()


def _digest(header: Mapping[str, Any], payload: bytes) -> str:
    return hashlib.sha256(_canonical(header) + payload).hexdigest()


def day(number: int) -> date:
    """Return the date that a table writes as YYYYMMDD.

    >>> day(20251001)
    datetime.date(2025, 10, 1)
    """
    return date(number // 10000, number // 100 % 100, number % 100)


def day_number(day: date) -> int:
    """Write a date as a table does, YYYYMMDD.

    >>> day_number(date(2025, 10, 1))
    20251001
    """
    return day.year * 10000 + day.month * 100 + day.day


def _day(number: int | None) -> date | None:
    return None if number is None else day(number)


def _span(start: int, end: int | None, billable: int, flags: int) -> Span:
    return Span(day(start), _day(end), bool(billable), flags)
