"""The table of a code set of your own: a CSV file beside its module.

Columns, in any order and case: `code`, and perhaps `title`, `start`, `end` and `billable` (no for a
heading). Days are ISO dates; a code without a first day has always been valid, one without a last day
still is. A code may have several rows, whose days do not overlap; the last of its titles holds.
"""

from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING

from medcode.codesets import store, user
from medcode.errors import TableError
from medcode.files import opened_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from medcode.codesets.code import Code
    from medcode.codesets.store import RawTable

__all__ = ["csv_table", "is_billable"]

BILLABLE = {
    **dict.fromkeys(("", "1", "y", "yes", "true"), True),
    **dict.fromkeys(("0", "n", "no", "false"), False),
}


def csv_table(name: str, code_type: type[Code], path: Path) -> RawTable:
    """Read a CSV as a table. Raises TableError, with file, line and reason, for a row that cannot be one."""
    spans: dict[str, list[tuple[date, date, user.Entry]]] = {}
    for line, row in _rows(path):
        try:
            _add(spans, _entry(code_type, row))
        except ValueError as error:
            raise TableError(f"{path}:{line}: {error}") from None
    if not spans:
        raise TableError(f"{path}: it lists no {code_type.label} code")
    about = {
        "name": name,
        "publisher": "own",
        "edition": path.name,
        "license": "own",
        "coverage": [None, None],
    }
    entries = [entry for of_code in spans.values() for _, _, entry in of_code]
    return store.unpack(user.code_table(about, entries).data, name)


def is_billable(text: str) -> bool:
    """Read a cell that tells a code, also by no word, from a heading. Raises ValueError for any other word.

    >>> is_billable("Y"), is_billable(""), is_billable("No")
    (True, True, False)
    """
    if (word := text.strip().lower()) not in BILLABLE:
        raise ValueError(f"billable is {text[:20]!r}, not yes or no")
    return BILLABLE[word]


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows that are not blank, each with its line."""
    try:
        with opened_text(path, newline="") as file:
            rows = csv.reader(file, strict=True)
            headings = [cell.strip().lower() for cell in next(rows, ())]
            if "code" not in headings:
                raise TableError(f"{path}:1: a column named code is missing")
            if twice := next(
                (heading for heading in headings if heading and headings.count(heading) > 1), None
            ):
                raise TableError(f"{path}:1: two columns are named {twice[:20]}")
            for cells in rows:
                row = {
                    heading: " ".join(cell.split())
                    for heading, cell in zip(headings, cells, strict=False)
                    if heading
                }
                if any(row.values()):
                    yield rows.line_num, row
    except OSError as error:
        raise TableError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise TableError(f"{path}: not UTF-8 text") from None
    except csv.Error as error:
        raise TableError(f"{path}:{rows.line_num}: commas and quotes do not match: {error}") from None


def _entry(code_type: type[Code], row: dict[str, str]) -> user.Entry:
    start, end = (_day(key, row.get(key, "")) for key in ("start", "end"))
    billable = is_billable(row.get("billable", ""))
    return user.Entry(str(code_type(row["code"])), row.get("title", ""), start, end, billable)


def _day(heading: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError(f"{heading} is {text[:20]!r}, not a date such as 2026-10-01") from None


def _add(spans: dict[str, list[tuple[date, date, user.Entry]]], entry: user.Entry) -> None:
    """Add an entry to those of its code, a repeated one but once; raise ValueError where their days overlap."""
    first, last = entry.start or date.min, entry.end or date.max
    if last < first:
        raise ValueError(f"{entry.code} ends on {last}, before it begins on {first}")
    of_code = spans.setdefault(entry.code, [])
    for start, end, other in of_code:
        if other == entry:
            return
        if first <= end and start <= last:
            raise ValueError(f"{entry.code} is in another row with other values on the same days")
    of_code.append((first, last, entry))
