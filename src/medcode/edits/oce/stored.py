"""The file that the editor's tables are kept in: one line of JSON, the columns of each table, and the pairs.

It lies in the user's folder like the releases the user added, under the same rules: written whole or
not at all, for its owner alone to read, and checked against its hash whenever it is opened.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import attrs

from medcode.codesets import pairs, store
from medcode.edits.oce.rows import Packed, pack
from medcode.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from medcode.codesets.concept import Release
    from medcode.codesets.pairs import PairRow, Pairs
    from medcode.edits.oce.rows import Row

__all__ = ["FORMAT", "NAME", "Content", "packed", "unpacked"]

NAME = "oce"
FORMAT = 1
PUBLISHER = "CMS"
MONTHS_OF_QUARTER = 3
LICENSE = (
    "CPT codes: American Medical Association. Revenue codes: American Hospital Association. "
    "Made from the user's own copy; not to be passed on."
)


@attrs.frozen(eq=False)
class Content:
    """What the file holds: what it says of itself, its tables by name, and the NCCI pairs."""

    header: Mapping[str, Any] = attrs.field(repr=False)
    release: Release
    tables: Mapping[str, Packed] = attrs.field(repr=False)
    ncci: Pairs = attrs.field(repr=False)


def packed(
    versions: Iterable[tuple[int, int, int, str]],
    tables: Mapping[str, Iterable[Row]],
    ncci: Iterable[PairRow],
    *,
    source: str,
) -> bytes:
    """Return the bytes of the file; `source` is the hash of what the rows were read from."""
    ordered = sorted(versions)
    first, last = ordered[0], ordered[-1]
    about = {
        "name": NAME,
        "publisher": PUBLISHER,
        "edition": f"IOCE v{first[3]} to v{last[3]}",
        "license": LICENSE,
        "coverage": [first[1], min(last[2], store.day_number(_end_of_quarter(store.day(last[1]))))],
    }
    all_packed = {name: pack(rows) for name, rows in tables.items()}
    pairs_data = pairs.pack({**about, "name": f"{NAME}_ncci"}, ncci)
    columns = {name: table[2:] for name, table in all_packed.items()}
    payload = b"".join(column for own in columns.values() for column in own) + pairs_data
    header: dict[str, Any] = {
        **about,
        "format": FORMAT,
        "source": source,
        "versions": ordered,
        "rows": sum(table.rows for table in all_packed.values()),
        "tables": {
            name: {
                "profiles": table.profiles,
                "rows": table.rows,
                "sizes": [len(column) for column in table[2:]],
            }
            for name, table in all_packed.items()
        },
        "order": list(all_packed),
    }
    header["sha256"] = _digest(header, payload)
    return _line(header) + payload


def unpacked(data: bytes) -> Content:
    """Return what the bytes of a file hold; TableError for anything that is not whole and ours."""
    try:
        return _unpacked(memoryview(data))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise TableError(f"table {NAME} is damaged or of another format: {error}") from None


def _unpacked(data: memoryview) -> Content:
    end = bytes(data).index(b"\n") + 1
    header = json.loads(bytes(data[:end]))
    if header.get("format") != FORMAT:
        raise ValueError(f"format is {header.get('format')}, not {FORMAT}")
    sha256 = header.pop("sha256")
    if sha256 != _digest(header, data[end:]):
        raise ValueError("its hash does not fit its contents")
    tables: dict[str, Packed] = {}
    for name in header["order"]:
        about = header["tables"][name]
        columns = []
        for size in about["sizes"]:
            columns.append(bytes(data[end : end + size]))
            end += size
        tables[name] = Packed(about["profiles"], about["rows"], *columns)
    ncci = pairs.unpack(bytes(data[end:]), f"{NAME}_ncci")
    return Content(header, store.release_of(header, sha256), tables, ncci)


def _end_of_quarter(start: date) -> date:
    """Return the last day that a version is good for; the newest says itself that it has no end."""
    months = start.month - 1 + MONTHS_OF_QUARTER
    return date(start.year + months // 12, months % 12 + 1, 1) - timedelta(days=1)


def _line(header: Mapping[str, Any]) -> bytes:
    return json.dumps(header, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _digest(header: Mapping[str, Any], payload: bytes | memoryview) -> str:
    digest = hashlib.sha256(_line(header))
    digest.update(payload)
    return digest.hexdigest()
