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

    from medcode.codesets.loaders.common import Days, LoadOptions
    from medcode.codesets.loaders.input_file import InputFile
    from medcode.codesets.user import BuiltTable

__all__ = ["load", "recognizes"]

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


def recognizes(file: InputFile) -> bool:
    """Return whether the file has the headings."""
    return has_columns(file, COLUMNS, REQUIRED)


def load(files: Sequence[InputFile], options: LoadOptions) -> Iterator[BuiltTable]:
    """Build a table of each file."""
    for file in files:
        listing = Listing(file, "taxonomy")
        for line, row in table_rows(file, COLUMNS, REQUIRED):
            parts = filter(None, (row["classification"], row.get("specialization")))
            listing.add(line, row["code"], row.get("display") or ", ".join(parts))
        terms = "copyright American Medical Association; see NUCC's terms"
        yield listing.made(options, _days(file), edition=_edition(file), publisher="NUCC", license=terms)


def _edition(file: InputFile) -> str:
    found = file.search_name(VERSION)
    return f"{found[1]}.{found[2]}" if found else ""


def _days(file: InputFile) -> Days:
    if not (found := file.search_name(VERSION)):
        return None, None
    return quarter(2000 + int(found[1]), 1 + HALF_A_YEAR * int(found[2]), HALF_A_YEAR)
