"""The order file of ICD-10-CM or ICD-10-PCS: every code and heading of a fiscal year, in its order.

Fixed columns: a number (1-5), the code (7-13), 0 for a heading or 1 for a code (15), a short title
(17-76) and the long title (from 78). The file's name tells the fiscal year, and the April release.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from medcode.codesets.loaders.common import PUBLIC, Listing, misfit, mostly

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.codesets.loaders.common import Days, LoadOptions
    from medcode.codesets.loaders.input_file import InputFile
    from medcode.codesets.user import BuiltTable

__all__ = ["edition", "fiscal_year", "listing_of", "load", "recognizes"]

CODE, KIND, TITLE = slice(6, 13), 14, slice(77, None)
LINE = re.compile(r"[0-9]{5} (?=.{7} [01] )[0-9A-Z]{3,7} +[01] .{61}.+")
FIELDS = (
    (1, 6, "[0-9]{5} "),
    (7, 14, "(?=.{8})[0-9A-Z]{3,7} +"),
    (15, 16, "[01] "),
    (17, 77, ".{61}"),
    (78, 10_000, ".+"),
)
FISCAL = re.compile(r"FY[ _-]?(?:20)?(\d\d)(?!\d)", re.IGNORECASE)
YEAR = re.compile(r"(?<!\d)20(\d\d)(?!\d)")
MONTH = re.compile(r"(?<![a-z])(?P<month>jan|apr)", re.IGNORECASE)
DATED = re.compile(
    r"(?P<month>jan|apr)[a-z]*[ _-]?(?:20)?(?P<year>\d\d)(?!\d|[ _-]*20\d\d)", re.IGNORECASE
)  # CodesApr23, but not April-01-2025
STARTS = {"jan": 1, "apr": 4}  # October's release is that of the fiscal year


def recognizes(file: InputFile) -> bool:
    """Return whether most of the first lines fit."""
    return mostly(file.lines, LINE)


def load(files: Sequence[InputFile], options: LoadOptions) -> Iterator[BuiltTable]:
    """Build a table of each file."""
    for file in files:
        first = next(line[CODE] for line in file.lines if LINE.fullmatch(line))
        listing = listing_of(file, first, CODE.start + 1)
        for number, line in enumerate(file.lines, 1):
            if not line.strip():
                continue
            if not LINE.fullmatch(line):
                raise file.fault(number, "not a line of an order file", misfit(line, FIELDS))
            code, billable = line[CODE].rstrip(), line[KIND] == "1"
            if billable or listing.name == "icd10cm":  # the headings of PCS are no codes
                listing.add(number, code, line[TITLE], billable=billable)
        yield listing.made(options, fiscal_year(file), edition=edition(file), publisher="CMS", license=PUBLIC)


def listing_of(file: InputFile, first: str, column: int) -> Listing:
    """Return an empty list of the set of the first code, which begins at a column: PCS begins with section 0."""
    return Listing(file, "icd10pcs" if first[:1].isdigit() else "icd10cm", {"code": column}.get)


def edition(file: InputFile) -> str:
    """Name the fiscal year that a file's name tells."""
    year = _year(file)
    return f"FY{year}" if year else ""


def fiscal_year(file: InputFile) -> Days:
    """Return the days that a file's name tells: a fiscal year, from January or April if the name says so."""
    if not (year := _year(file)):
        return None, None
    if month := file.search_name(DATED) or file.search_name(MONTH):
        return date(year, STARTS[month["month"].lower()], 1), date(year, 9, 30)
    return date(year - 1, 10, 1), date(year, 9, 30)


def _year(file: InputFile) -> int | None:
    """Return the year in a file's name, one marked as fiscal before any other."""
    if dated := file.search_name(DATED):
        return 2000 + int(dated["year"])
    found = file.search_name(FISCAL) or file.search_name(YEAR)
    return 2000 + int(found[1]) if found else None
