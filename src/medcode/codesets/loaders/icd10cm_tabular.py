"""The tabular list of ICD-10-CM as XML: codes and headings as printed, 7th characters to be added.

A 7th character holds for all codes below the one that defines it; codes shorter than six are filled
with X. One exception, which the list states in words, is built in: in category S06, codes with the 6th
character 7 or 8 (death before regaining consciousness) take no D and no S.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.codesets.loaders.common import PUBLIC, Listing
from medcode.codesets.loaders.icd10_order import edition, fiscal_year
from medcode.codesets.loaders.input_file import line_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.etree import _Element

    from medcode.codesets.loaders.common import LoadOptions
    from medcode.codesets.loaders.input_file import InputFile
    from medcode.codesets.user import BuiltTable

__all__ = ["load", "recognizes"]

ROOT = "ICD10CM.tabular"
SIX = 6
FATAL, NOT_OF_THE_DEAD = ("7", "8"), ("D", "S")


def recognizes(file: InputFile) -> bool:
    """Return whether the root element fits."""
    return f"<{ROOT}" in file.text[:2000] and file.xml.tag == ROOT


def load(files: Sequence[InputFile], options: LoadOptions) -> Iterator[BuiltTable]:
    """Build a table of each file."""
    for file in files:
        listing = Listing(file, "icd10cm")
        for section in file.xml.iterfind("chapter/section"):
            for top in section.iterfind("diag"):
                _walk(top, {}, listing)
        yield listing.made(
            options, fiscal_year(file), edition=edition(file), publisher="NCHS", license=PUBLIC
        )


def _walk(diag: _Element, inherited: Mapping[str, str], listing: Listing) -> None:
    line = line_of(diag)
    seventh = _sevenths(diag) or inherited
    below = diag.findall("diag")
    code = (diag.findtext("name") or "").replace(".", "").strip()
    title = diag.findtext("desc") or ""
    listing.add(line, code, title, billable=not below and not seventh)
    for child in below:
        _walk(child, seventh, listing)
    if not below:
        stem = code.ljust(SIX, "X")
        for character, meaning in seventh.items():
            if not _is_excepted(stem, character):
                listing.add(line, stem + character, f"{title}, {meaning}")


def _sevenths(diag: _Element) -> dict[str, str]:
    found = diag.iterfind("sevenChrDef/extension")
    return {each.get("char", ""): each.text or "" for each in found}


def _is_excepted(stem: str, character: str) -> bool:
    return stem.startswith("S06") and stem[-1] in FATAL and character in NOT_OF_THE_DEAD
