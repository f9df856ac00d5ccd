"""The tables of ICD-10-PCS as XML: each row stands for every combination of its values.

The tables hold no titles of codes. The element `version` tells the fiscal year.
"""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from medcode.codesets.loaders.common import PUBLIC, Listing
from medcode.codesets.loaders.source import line_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from medcode.codesets.loaders.common import Days, Told
    from medcode.codesets.loaders.source import Source
    from medcode.codesets.user import Made

__all__ = ["load", "recognises"]

ROOT = "ICD10PCS.tabular"


def recognises(source: Source) -> bool:
    """Look at the root."""
    return f"<{ROOT}" in source.text[:2000] and source.xml.tag == ROOT


def load(sources: Sequence[Source], told: Told) -> Iterator[Made]:
    """Make a table of each file."""
    for source in sources:
        listing = Listing(source, "icd10pcs")
        for table in source.xml.iterfind("pcsTable"):
            head = _values(table)
            for row in table.iterfind("pcsRow"):
                for code in product(*head, *_values(row)):
                    listing.add(line_of(row), "".join(code))
        yield listing.made(told, _days(source), publisher="CMS", licence=PUBLIC)


def _values(element: _Element) -> list[list[str]]:
    axes = element.iterfind("axis")
    return [[label.get("code", "") for label in axis.iterfind("label")] for axis in axes]


def _days(source: Source) -> Days:
    version = (source.xml.findtext("version") or "").strip()
    if not version.isdigit():
        return None, None
    return date(int(version) - 1, 10, 1), date(int(version), 9, 30)
