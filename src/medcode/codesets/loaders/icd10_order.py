"""The order file of ICD-10-CM or ICD-10-PCS: every code and heading of a fiscal year, in its order.

Fixed columns: a number (1-5), the code (7-13), 0 for a heading or 1 for a code (15), a short title
(17-76) and the long title (from 78). The file's name tells the fiscal year, and the April release.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from medcode.codesets.loaders.common import PUBLIC, Listing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.codesets.loaders.common import Days, Told
    from medcode.codesets.loaders.source import Source
    from medcode.codesets.user import Made

__all__ = ["edition", "fiscal_year", "listing_of", "load", "recognises"]

CODE, KIND, TITLE = slice(6, 13), 14, slice(77, None)
YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
APRIL = re.compile(r"(?<![a-z])apr", re.IGNORECASE)


def recognises(source: Source) -> bool:
    """Look at the first line."""
    return bool(source.lines) and _fits(source.lines[0])


def load(sources: Sequence[Source], told: Told) -> Iterator[Made]:
    """Make a table of each file."""
    for source in sources:
        listing = listing_of(source, source.lines[0][CODE].rstrip())
        for number, line in enumerate(source.lines, 1):
            if not line.strip():
                continue
            if not _fits(line):
                raise source.fault(number, "this is no line of an order file")
            code, billable = line[CODE].rstrip(), line[KIND] == "1"
            if billable or listing.name == "icd10cm":  # the headings of PCS are no codes
                listing.add(number, code, line[TITLE], billable=billable)
        yield listing.made(
            told, fiscal_year(source), edition=edition(source), publisher="CMS", licence=PUBLIC
        )


def listing_of(source: Source, first: str) -> Listing:
    """Begin the list of the set that the first code belongs to: PCS begins with section 0."""
    return Listing(source, "icd10pcs" if first[:1].isdigit() else "icd10cm")


def edition(source: Source) -> str:
    """Name the fiscal year that a file's name tells."""
    found = source.told(YEAR)
    return f"FY{found[0]}" if found else ""


def fiscal_year(source: Source) -> Days:
    """Give the days that a file's name tells: a fiscal year, from April if it says so."""
    if not (found := source.told(YEAR)):
        return None, None
    year = int(found[0])
    start = date(year, 4, 1) if source.told(APRIL) else date(year - 1, 10, 1)
    return start, date(year, 9, 30)


def _fits(line: str) -> bool:
    code, kind = line[:KIND], line[KIND : KIND + 2]
    return bool(re.fullmatch(r"\d{5} [0-9A-Z]{3,7} *", code)) and kind in {"0 ", "1 "} and bool(line[TITLE])
