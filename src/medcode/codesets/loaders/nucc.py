"""NUCC's taxonomy of providers: text with commas, half a year.

Columns: Code, Grouping, Classification, Specialization, Definition, Notes, Display Name, Section. The
name tells the version: nucc_taxonomy_251 is 25.1, of July 2025.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from medcode.codesets.loaders.common import Columns, Listing, quarter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.codesets.loaders.common import Days, LoadOptions
    from medcode.codesets.loaders.input_file import InputFile
    from medcode.codesets.user import BuiltTable

__all__ = ["load", "recognizes"]

COLUMNS = Columns(
    {
        "code": ("code",),
        "grouping": ("grouping",),
        "classification": ("classification",),
        "specialization": ("specialization",),
        "display": ("displayname",),
    },
    required=("code", "grouping", "classification"),
)
VERSION = re.compile(r"taxonomy_?(\d\d)([01])", re.IGNORECASE)
HALF_A_YEAR = 6


def recognizes(file: InputFile) -> bool:
    """Return whether the file has the headings."""
    return COLUMNS.are_in(file)


def load(files: Sequence[InputFile], options: LoadOptions) -> Iterator[BuiltTable]:
    """Build a table of each file."""
    for file in files:
        listing = Listing(file, "taxonomy", partial(COLUMNS.number, file))
        for line, row in COLUMNS.rows(file):
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
