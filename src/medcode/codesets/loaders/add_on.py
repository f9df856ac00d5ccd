"""NCCI add-on codes: a workbook, or text with tabs or commas, under CMS's headings.

Columns, by their headings in any order: Primary_Code (CCCCC where the contractor says), Add_On_Code,
the days on which the edit begins and ends, and AOC_Edit_Type (1, 2 or 3). Days are Julian: 2013091
is the 91st day of 2013. CMS's other form, text in fixed columns, is in the same archive as the
workbook and not read. The name tells the year and quarter, as AOC_V2024Q2-MCR.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from medcode.codesets.hcpcs import Hcpcs
from medcode.codesets.loaders.common import LICENSED, has_columns, header, quarter, table_rows
from medcode.codesets.loaders.ptp import packed
from medcode.codesets.ncci import BY_CONTRACTOR
from medcode.codesets.pairs import PairRow
from medcode.codesets.store import day_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.codesets.loaders.common import Days, Told
    from medcode.codesets.loaders.source import Source
    from medcode.codesets.user import Made

__all__ = ["julian", "load", "recognises"]

COLUMNS = {
    "primary": ("primarycode",),
    "add_on": ("addoncode",),
    "kind": ("aocedittype",),
    "start": ("aocediteff",),
    "end": ("aoceditdel",),
}
REQUIRED = ("primary", "add_on", "kind")
KINDS = frozenset("123")
BEGINNING = date(2013, 4, 1)  # of the add-on code edits
VERSION = re.compile(r"V(20\d\d)Q([1-4])", re.IGNORECASE)


def recognises(source: Source) -> bool:
    """Look for the headings."""
    return has_columns(source, COLUMNS, REQUIRED)


def load(sources: Sequence[Source], told: Told) -> Iterator[Made]:
    """Make a table of each file."""
    for source in sources:
        found = source.told(VERSION)
        edition = f"{found[1]}Q{found[2]}" if found else ""
        about = header(
            [source],
            told,
            _days(source),
            name="add_on",
            edition=edition,
            publisher="CMS",
            licence=LICENSED,
        )
        yield packed(about, _rows(source))


def julian(text: str) -> date | None:
    """Read a year and the day in it; None if it is empty, ValueError if it is none.

    >>> julian("2013091")
    datetime.date(2013, 4, 1)
    """
    if not text.strip("0 "):
        return None
    if not re.fullmatch(r"\d{7}", text):
        raise ValueError(f"{text[:20]!r} is no year with its day, as 2013091")
    return datetime.strptime(text, "%Y%j").date()  # noqa: DTZ007  # a day has no time zone


def _rows(source: Source) -> Iterator[PairRow]:
    for line, row in table_rows(source, COLUMNS, REQUIRED):
        add_on, primary = _code(row["add_on"]), _code(row["primary"])
        if add_on is None or primary is None:
            told = f"{row['add_on'][:20]} and {row['primary'][:20]} are not two codes of HCPCS"
            raise source.fault(line, told)
        if row["kind"] not in KINDS:
            raise source.fault(line, f"the type is {row['kind'][:20]!r}, not 1, 2 or 3")
        try:
            start, end = julian(row.get("start", "")) or BEGINNING, julian(row.get("end", ""))
        except ValueError as error:
            raise source.fault(line, str(error)) from None
        yield PairRow(add_on, primary, row["kind"], day_number(start), day_number(end) if end else None)


def _code(text: str) -> str | None:
    return BY_CONTRACTOR if text.upper() == BY_CONTRACTOR else Hcpcs.normal(text)


def _days(source: Source) -> Days:
    if not (found := source.told(VERSION)):
        return BEGINNING, None
    _, end = quarter(int(found[1]), 3 * int(found[2]) - 2)
    return BEGINNING, end
