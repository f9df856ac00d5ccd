"""NCCI add-on codes: a workbook, or text with tabs or commas, under CMS's headings.

Columns, by their headings in any order: Primary_Code (CCCCC where the contractor defines it), Add_On_Code,
the days on which the edit begins and ends, and AOC_Edit_Type (1, 2 or 3). Days are Julian: 2013091
is the 91st day of 2013. CMS's other form, text in fixed columns, is in the same archive as the
workbook and not read. The name has the year and quarter, as AOC_V2024Q2-MCR.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from medcode.codesets.hcpcs import Hcpcs
from medcode.codesets.loaders.common import LICENSED, Columns, header, quarter
from medcode.codesets.loaders.ptp import packed
from medcode.codesets.ncci import BY_CONTRACTOR
from medcode.codesets.pairs import PairRow
from medcode.codesets.store import day_number
from medcode.numbers import whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.codesets.loaders.common import Days, LoadOptions
    from medcode.codesets.loaders.input_file import InputFile
    from medcode.codesets.user import BuiltTable

__all__ = ["julian", "load", "recognizes"]

COLUMNS = Columns(
    {
        "primary": ("primary",),
        "add_on": ("addon",),
        "kind": ("aocedittype", "type"),
        "start": ("aocediteff",),
        "end": ("aoceditdel", "aocdeldt"),
    },
    required=("primary", "add_on", "kind"),
)
KINDS = frozenset("123")
JULIAN = 7  # digits: the year and the day in it
BEGINNING = date(2013, 4, 1)  # of the add-on code edits
VERSION = re.compile(r"V(20\d\d)Q([1-4])", re.IGNORECASE)


def recognizes(file: InputFile) -> bool:
    """Return whether the file has the headings."""
    return COLUMNS.are_in(file)


def load(files: Sequence[InputFile], options: LoadOptions) -> Iterator[BuiltTable]:
    """Build a table of each file."""
    for file in files:
        found = file.search_name(VERSION)
        edition = f"{found[1]}Q{found[2]}" if found else ""
        about = header(
            [file],
            options,
            _days(file),
            name="add_on",
            edition=edition,
            publisher="CMS",
            license=LICENSED,
        )
        yield packed(about, _rows(file))


def julian(text: str) -> date | None:
    """Read a year and the day in it; None if it is empty, ValueError if it is not one.

    >>> julian("2013091")
    datetime.date(2013, 4, 1)
    """
    if not text.strip("0 "):
        return None
    year, number = (whole(part) for part in (text[:4], text[4:]))
    if len(text) == JULIAN and year and number and number <= date(year, 12, 31).timetuple().tm_yday:
        return date.fromordinal(date(year, 1, 1).toordinal() + number - 1)
    raise ValueError(f"{text[:20]!r} is not a Julian date such as 2013091")


def _rows(file: InputFile) -> Iterator[PairRow]:
    for line, row in COLUMNS.rows(file):
        add_on, primary = _code(row["add_on"]), _code(row["primary"])
        if add_on is None or primary is None:
            field = "add_on" if add_on is None else "primary"
            raise COLUMNS.fault(file, line, field, f"{row[field][:20]!r} is not in HCPCS format")
        if row["kind"] not in KINDS:
            raise COLUMNS.fault(file, line, "kind", f"the type is {row['kind'][:20]!r}, not 1, 2 or 3")
        start, end = (_day(file, line, field, row.get(field, "")) for field in ("start", "end"))
        yield PairRow(
            add_on, primary, row["kind"], day_number(start or BEGINNING), day_number(end) if end else None
        )


def _day(file: InputFile, line: int, field: str, text: str) -> date | None:
    try:
        return julian(text)
    except ValueError as error:
        raise COLUMNS.fault(file, line, field, str(error)) from None


def _code(text: str) -> str | None:
    return BY_CONTRACTOR if text.upper() == BY_CONTRACTOR else Hcpcs.normal(text)


def _days(file: InputFile) -> Days:
    if not (found := file.search_name(VERSION)):
        return BEGINNING, None
    _, end = quarter(int(found[1]), 3 * int(found[2]) - 2)
    return BEGINNING, end
