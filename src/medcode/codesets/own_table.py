"""The table of a code set of your own: a CSV file beside its module.

Columns: `code`, and perhaps `title`, `start`, `end` and `billable` (no for a heading). Days are ISO
dates; a code without a first day has always been valid, one without a last day still is.
"""

from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING

from medcode.codesets import store, user
from medcode.errors import TableError

if TYPE_CHECKING:
    from pathlib import Path

    from medcode.codesets.code import Code
    from medcode.codesets.store import RawTable

__all__ = ["csv_table"]

NO = frozenset({"0", "n", "no", "false"})


def csv_table(name: str, code_type: type[Code], path: Path) -> RawTable:
    """Read a CSV as a table. Raises TableError, with file, line and reason, for a row that cannot be one."""
    entries = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if "code" not in (rows.fieldnames or ()):
            raise TableError(f"{path}:1: a column named code is missing")
        for row in rows:
            try:
                entries.append(
                    _entry(code_type, {key: (value or "").strip() for key, value in row.items() if key})
                )
            except ValueError as error:
                raise TableError(f"{path}:{rows.line_num}: {error}") from None
    about = {
        "name": name,
        "publisher": "own",
        "edition": path.name,
        "license": "own",
        "coverage": [None, None],
    }
    return store.unpack(user.code_table(about, entries).data, name)


def _entry(code_type: type[Code], row: dict[str, str]) -> user.Entry:
    start, end = (date.fromisoformat(row[key]) if row.get(key) else None for key in ("start", "end"))
    billable = row.get("billable", "").lower() not in NO
    return user.Entry(str(code_type(row["code"])), row.get("title", ""), start, end, billable)
