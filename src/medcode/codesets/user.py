"""The user's own releases: made into table files, and merged over the tables that ship.

On a day that several releases cover the user's go before the shipped one, and among them the one
whose days begin latest. A partial release speaks only of the codes that it lists.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import attrs

from medcode.codesets import folder, store
from medcode.codesets.merging import layer, merge_releases, numbered
from medcode.codesets.store import day_number, pack

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from medcode.codesets.store import RawTable

__all__ = ["BuiltTable", "Entry", "add", "code_table", "headers", "merged"]


@attrs.frozen
class Entry:
    """A code as a file lists it; without a first day it is valid for as long as the file covers."""

    code: str
    title: str = ""
    start: date | None = None
    end: date | None = None
    billable: bool = True


@attrs.frozen
class BuiltTable:
    """A table that a loader built: its name, the days it covers, its bytes, and notes for the user."""

    name: str
    coverage: tuple[int | None, int | None]
    rows: int
    data: bytes = attrs.field(repr=False)
    notes: tuple[str, ...] = attrs.field(default=(), repr=False)


def code_table(header: Mapping[str, Any], entries: Iterable[Entry]) -> BuiltTable:
    """Build a code table of entries in any order; a code may have several intervals.

    TableError if the codes have more different histories than a table can number.

    >>> about = {"name": "drg", "publisher": "CMS", "edition": "v43", "license": "none"}
    >>> code_table({**about, "coverage": [20251001, 20260930]}, [Entry("470", "knee")])
    BuiltTable(name='drg', coverage=(20251001, 20260930), rows=1)
    """
    first: int = header["coverage"][0] or day_number(date.min)
    histories: dict[str, list[tuple[int, int | None, int, int]]] = {}
    titles: dict[str, str] = {}
    for entry in entries:
        start = day_number(entry.start) if entry.start else first
        span = (start, day_number(entry.end) if entry.end else None, int(entry.billable), 0)
        histories.setdefault(entry.code, []).append(span)
        titles[entry.code] = entry.title
    profiles: dict[tuple[Any, ...], int] = {}
    numbers: list[int] = []
    for code in sorted(histories):
        profile = tuple(sorted(set(histories[code]), key=lambda span: span[0]))
        numbers.append(profiles.setdefault(profile, len(profiles)))
    codes = sorted(histories)
    columns: dict[str, Sequence[str] | array[int]] = {
        "code": codes,
        "profile": numbered(header["name"], numbers, len(profiles)),
        "title": [titles[code] for code in codes],
    }
    data = pack({**header, "profiles": list(profiles)}, columns)
    return BuiltTable(header["name"], tuple(header["coverage"]), len(codes), data)


def add(made: Iterable[BuiltTable]) -> list[Path]:
    """Write tables to the user's folder and reload the code sets of this process; return the paths."""
    from medcode.codesets import CODE_SETS
    from medcode.logs import log

    made = list(made)
    for each in made:
        log.info("store release of %s: %d rows", each.name, each.rows)
    paths = [folder.write(folder.file_name(each.name, each.coverage), each.data) for each in made]
    for code_set in CODE_SETS.values():
        code_set.reload()
    return paths


def headers() -> list[tuple[Path, Mapping[str, Any]]]:
    """Return every release in the user's folder with what it says of itself."""
    return [(path, folder.header_of(path)) for path in sorted(folder.stored())]


def merged(name: str, table: str | None, titles: str | None) -> RawTable | None:
    """Return the user's releases of a set merged over its shipped table, or None if there are no releases."""
    layers = [layer(raw, raw) for raw in map(store.read, folder.stored(name))]
    if not layers:
        return None
    if table is not None:
        layers.append(layer(store.shipped(table), store.shipped(titles) if titles else None))
    return merge_releases(layers)
