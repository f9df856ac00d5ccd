"""Payment indicators of the Medicare Physician Fee Schedule: the PPRRVU file, text with commas.

Some ten rows of titles and headings, then a row for each code and modifier. Read are the status, the
indicators of professional and technical component, global days, multiple procedures, both sides,
assistant, co-surgeons and team. The name tells the year and the first month: PPRRVU24_JUL.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from medcode.codesets import store
from medcode.codesets.fee_schedule import INDICATORS
from medcode.codesets.hcpcs import Hcpcs
from medcode.codesets.loaders.common import LICENSED, header, normal
from medcode.codesets.user import BuiltTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.codesets.loaders.common import Days, LoadOptions
    from medcode.codesets.loaders.input_file import InputFile

__all__ = ["load", "recognizes"]

CODE, MODIFIER = 0, 1
WORDS = ("hcpcs", "mod", "description")  # the last row of the headings begins so
VALUE = re.compile(r"[A-Z0-9+]{0,3}")
WIDTH = 24  # columns up to those that are read
NAME = re.compile(r"PPRRVU(?:20)?(\d\d)[_-]?(JAN|APR|JUL|OCT)?", re.IGNORECASE)
MONTHS = {"JAN": 1, "APR": 4, "JUL": 7, "OCT": 10}
LOOKED_AT = 20


def recognizes(file: InputFile) -> bool:
    """Return whether the file has the last row of the headings."""
    return any(_is_heading(row) for (_, row), _ in zip(file.rows(), range(LOOKED_AT), strict=False))


def load(files: Sequence[InputFile], options: LoadOptions) -> Iterator[BuiltTable]:
    """Build a table of each file."""
    for file in files:
        about = header([file], options, _days(file), name="pprrvu", publisher="CMS", license=LICENSED)
        rows = dict(_rows(file))
        keys = sorted(rows)
        columns = {name: [rows[key][at] for key in keys] for at, name in enumerate(INDICATORS)}
        start, end = about["coverage"]
        yield BuiltTable("pprrvu", (start, end), len(keys), store.pack(about, {"code": keys, **columns}))


def _is_heading(row: Sequence[str]) -> bool:
    return tuple(normal(cell) for cell in row[: len(WORDS)]) == WORDS and len(row) > WIDTH


def _rows(file: InputFile) -> Iterator[tuple[str, tuple[str, ...]]]:
    begun = False
    for line, row in file.rows():
        if not begun or not any(cell.strip() for cell in row):
            begun = begun or _is_heading(row)
            continue
        code = Hcpcs.normal(row[CODE])
        if len(row) <= WIDTH:
            raise file.fault(line, f"the row has {len(row)} columns, fewer than {WIDTH + 1}", len(row) + 1)
        if code is None:
            raise file.fault(line, f"{row[CODE][:20]!r} is not in HCPCS format", CODE + 1)
        key = f"{code}-{row[MODIFIER].strip().upper()}"
        yield key, tuple(_value(file, line, row, at) for at in INDICATORS.values())


def _value(file: InputFile, line: int, row: Sequence[str], at: int) -> str:
    """Return an indicator, or global days such as 090: at most three letters or digits."""
    value = row[at].strip()
    if not VALUE.fullmatch(value):
        raise file.fault(line, f"{value[:20]!r} is not an indicator of the fee schedule", at + 1)
    return value


def _days(file: InputFile) -> Days:
    if not (found := file.search_name(NAME)):
        return None, None
    year = 2000 + int(found[1])
    return date(year, MONTHS[(found[2] or "JAN").upper()], 1), date(year, 12, 31)
