"""The tables of ICD-10-PCS as XML: each row is every combination of its values.

The tables hold no titles of codes. The element `version` tells the fiscal year.
"""

from __future__ import annotations

from datetime import date
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from medcode.codesets.loaders.common import PUBLIC, Listing
from medcode.codesets.loaders.input_file import line_of
from medcode.numbers import whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from medcode.codesets.loaders.common import Days, LoadOptions
    from medcode.codesets.loaders.input_file import InputFile
    from medcode.codesets.user import BuiltTable

__all__ = ["load", "recognizes"]

ROOT = "ICD10PCS.tabular"
MOST_CODES = 400_000
CHARACTERS = 7  # of a code: an axis for each


def recognizes(file: InputFile) -> bool:
    """Return whether the root element fits."""
    return f"<{ROOT}" in file.text[:2000] and file.xml.tag == ROOT


def load(files: Sequence[InputFile], options: LoadOptions) -> Iterator[BuiltTable]:
    """Build a table of each file."""
    for file in files:
        listing, expanded = Listing(file, "icd10pcs"), 0
        for table in file.xml.iterfind("pcsTable"):
            head = _values(table)
            for row in table.iterfind("pcsRow"):
                axes = [*head, *_values(row)]
                if len(axes) != CHARACTERS:
                    raise file.fault(line_of(row), f"the row has {len(axes)} axes, not {CHARACTERS}")
                expanded += prod(map(len, axes))
                if expanded > MOST_CODES:
                    reason = f"the rows make more than {MOST_CODES:,} codes; ICD-10-PCS has fewer than 80,000"
                    raise file.fault(line_of(row), reason)
                for code in product(*axes):
                    listing.add(line_of(row), "".join(code))
        yield listing.made(options, _days(file), publisher="CMS", license=PUBLIC)


def _values(element: _Element) -> list[list[str]]:
    axes = element.iterfind("axis")
    return [[label.get("code", "") for label in axis.iterfind("label")] for axis in axes]


def _days(file: InputFile) -> Days:
    version = (file.xml.findtext("version") or "").strip()
    year = whole(version, most=4)
    if not year or year == 1:
        return None, None
    return date(year - 1, 10, 1), date(year, 9, 30)
