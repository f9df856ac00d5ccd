"""The tables of ICD-10-PCS as XML: each row is every combination of its values.

The tables hold no titles of codes. The element `version` tells the fiscal year.
"""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from medcode.codesets.loaders.common import PUBLIC, Listing
from medcode.codesets.loaders.input_file import line_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from medcode.codesets.loaders.common import Days, LoadOptions
    from medcode.codesets.loaders.input_file import InputFile
    from medcode.codesets.user import BuiltTable

__all__ = ["load", "recognizes"]

ROOT = "ICD10PCS.tabular"


def recognizes(file: InputFile) -> bool:
    """Return whether the root element fits."""
    return f"<{ROOT}" in file.text[:2000] and file.xml.tag == ROOT


def load(files: Sequence[InputFile], options: LoadOptions) -> Iterator[BuiltTable]:
    """Build a table of each file."""
    for file in files:
        listing = Listing(file, "icd10pcs")
        for table in file.xml.iterfind("pcsTable"):
            head = _values(table)
            for row in table.iterfind("pcsRow"):
                for code in product(*head, *_values(row)):
                    listing.add(line_of(row), "".join(code))
        yield listing.made(options, _days(file), publisher="CMS", license=PUBLIC)


def _values(element: _Element) -> list[list[str]]:
    axes = element.iterfind("axis")
    return [[label.get("code", "") for label in axis.iterfind("label")] for axis in axes]


def _days(file: InputFile) -> Days:
    version = (file.xml.findtext("version") or "").strip()
    if not version.isdigit():
        return None, None
    return date(int(version) - 1, 10, 1), date(int(version), 9, 30)
