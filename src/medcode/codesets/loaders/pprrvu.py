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
from medcode.codesets.user import Made

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.codesets.loaders.common import Days, Told
    from medcode.codesets.loaders.source import Source

__all__ = ["load", "recognises"]

CODE, MODIFIER = 0, 1
WORDS = ("hcpcs", "mod", "description")  # the last row of the headings begins so
WIDTH = 24  # columns up to those that are read
NAME = re.compile(r"PPRRVU(?:20)?(\d\d)[_-]?(JAN|APR|JUL|OCT)?", re.IGNORECASE)
MONTHS = {"JAN": 1, "APR": 4, "JUL": 7, "OCT": 10}
LOOKED_AT = 20


def recognises(source: Source) -> bool:
    """Look for the last row of the headings."""
    return any(_is_heading(row) for (_, row), _ in zip(source.rows(), range(LOOKED_AT), strict=False))


def load(sources: Sequence[Source], told: Told) -> Iterator[Made]:
    """Make a table of each file."""
    for source in sources:
        about = header([source], told, _days(source), name="pprrvu", publisher="CMS", licence=LICENSED)
        rows = dict(_rows(source))
        keys = sorted(rows)
        columns = {name: [rows[key][at] for key in keys] for at, name in enumerate(INDICATORS)}
        start, end = about["coverage"]
        yield Made("pprrvu", (start, end), len(keys), store.pack(about, {"code": keys, **columns}))


def _is_heading(row: Sequence[str]) -> bool:
    return tuple(normal(cell) for cell in row[: len(WORDS)]) == WORDS and len(row) > WIDTH


def _rows(source: Source) -> Iterator[tuple[str, tuple[str, ...]]]:
    begun = False
    for line, row in source.rows():
        if not begun or not any(cell.strip() for cell in row):
            begun = begun or _is_heading(row)
            continue
        code = Hcpcs.normal(row[CODE])
        if code is None or len(row) <= WIDTH:
            raise source.fault(line, f"{row[CODE][:20]!r} is no code of HCPCS, or columns are missing")
        key = f"{code}-{row[MODIFIER].strip().upper()}"
        yield key, tuple(row[at].strip() for at in INDICATORS.values())


def _days(source: Source) -> Days:
    if not (found := source.told(NAME)):
        return None, None
    year = 2000 + int(found[1])
    return date(year, MONTHS[(found[2] or "JAN").upper()], 1), date(year, 12, 31)
