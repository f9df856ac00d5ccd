"""Reads the tables of the Integrated Outpatient Code Editor out of the pyoce package's database.

A row of the database is valid for a range of the editor's versions; a version is a quarter. Rows are
marshaled dictionaries. The package needs Python 3.12.
"""

from __future__ import annotations

import lzma
import marshal
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lmdb
from tools.build_data.sources import Source
from tools.build_data.tables import Stretch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

OCE = Source(
    "pyoce", "0.1.0", "pyoce/data/pyoce.mdb.xz",
    "328245a2d097741f4735b3e454f6765e89f7ca9b9c51d8d9eca489d7431d0dab",
    "CMS", "Integrated Outpatient Code Editor v20.2-v27.1: HCPCS codes, short descriptors and modifiers by quarter",
)  # fmt: skip
FIRST, LAST = 20190701, 20260630  # the last version names no end of its own: it is one quarter
MOST_TABLES = 100

Row = tuple[str, int, int, dict[str, Any]]
"""A code, the first and the last version that the row is valid for, and its fields."""


@cache
def _databases() -> Path:
    folder = Path(tempfile.mkdtemp())
    path = folder / "pyoce.mdb"
    path.write_bytes(lzma.decompress(OCE.data()))
    return path


def rows(name: str) -> list[Row]:
    """Return the rows of one table."""
    path = str(_databases())
    found = []
    with lmdb.open(path, readonly=True, lock=False, subdir=False, max_dbs=MOST_TABLES) as environment:
        table = environment.open_db(name.encode(), create=False)
        with environment.begin(db=table) as transaction:
            for key, value in transaction.cursor():
                code, *versions = bytes(key).decode().split("|")
                first, last = (int(versions[0]), int(versions[-1])) if versions else (0, 0)
                found.append((code, first, last, marshal.loads(value)))  # noqa: S302  # nosec B302  # its hash was checked
    return found


@cache
def quarters() -> Mapping[int, tuple[int, int]]:
    """Return the first and the last day of each version."""
    days = {
        row["version"]: (row["date_started"], row["date_ended"]) for _, _, _, row in rows("version_range")
    }
    return {version: (start, min(end, LAST)) for version, (start, end) in days.items()}


def history(versions: Iterable[tuple[int, int, dict[str, Any]]]) -> tuple[Stretch, ...]:
    """Return the days on which a code was valid, given its rows; neighboring quarters are joined.

    A row may name the day in its first quarter on which the code began, and the day on which it ended.
    """
    joined: list[Stretch] = []
    after = 0
    for first, last, row in sorted(versions, key=lambda each: each[:2]):
        start = max(quarters()[first][0], row.get("date_approved") or 0)
        end = min(quarters()[last][1], row.get("date_terminated") or LAST)
        if start > end:
            continue
        if joined and first == after and start == quarters()[first][0]:
            joined[-1] = Stretch(joined[-1].start, end, billable=True)
        else:
            joined.append(Stretch(start, end, billable=True))
        after = last + 1 if end == quarters()[last][1] else 0
    return tuple(joined)


def titles(versions: Sequence[tuple[int, int, str]]) -> list[tuple[int, str]]:
    """Return the titles of a code, given its rows, each with its last day, oldest first."""
    found: list[tuple[int, str]] = []
    for _, last, title in sorted(versions):
        if found and found[-1][1] == title:
            found.pop()
        found.append((quarters()[last][1], title))
    return found
