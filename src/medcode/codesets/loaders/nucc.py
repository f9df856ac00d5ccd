"""NUCC's taxonomy of providers: text with commas, half a year.

Columns: Code, Grouping, Classification, Specialization, Definition, Notes, Display Name, Section. The
name tells the version: nucc_taxonomy_251 is 25.1, of July 2025.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from medcode.codesets.loaders.common import Listing, has_columns, quarter, table_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.codesets.loaders.common import Days, Told
    from medcode.codesets.loaders.source import Source
    from medcode.codesets.user import Made

__all__ = ["load", "recognises"]

COLUMNS = {
    "code": ("code",),
    "grouping": ("grouping",),
    "classification": ("classification",),
    "specialization": ("specialization",),
    "display": ("displayname",),
}
REQUIRED = ("code", "grouping", "classification")
VERSION = re.compile(r"taxonomy_?(\d\d)([01])", re.IGNORECASE)
HALF_A_YEAR = 6


def recognises(source: Source) -> bool:
    """Look for the headings."""
    return has_columns(source, COLUMNS, REQUIRED)


def load(sources: Sequence[Source], told: Told) -> Iterator[Made]:
    """Make a table of each file."""
    for source in sources:
        listing = Listing(source, "taxonomy")
        for line, row in table_rows(source, COLUMNS, REQUIRED):
            parts = filter(None, (row["classification"], row.get("specialization")))
            listing.add(line, row["code"], row.get("display") or ", ".join(parts))
        licence = "copyright American Medical Association; see NUCC's terms"
        yield listing.made(told, _days(source), edition=_edition(source), publisher="NUCC", licence=licence)


def _edition(source: Source) -> str:
    found = source.told(VERSION)
    return f"{found[1]}.{found[2]}" if found else ""


def _days(source: Source) -> Days:
    if not (found := source.told(VERSION)):
        return None, None
    return quarter(2000 + int(found[1]), 1 + HALF_A_YEAR * int(found[2]), HALF_A_YEAR)
