"""FDA's NDC Directory: product.txt and package.txt, text with tabs.

The product file lists drugs by labeler and product, the package file their packages; both have the
first and last day of marketing. The directory changes every day and lacks drugs that are billed, so
both tables are partial: a drug that is not in them is NOT_CHECKED. It begins on the first day of
marketing in it, unless --from is given.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import attrs

from medcode.codesets.loaders.common import PUBLIC, Columns, Listing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.codesets.loaders.common import LoadOptions
    from medcode.codesets.loaders.input_file import InputFile
    from medcode.codesets.user import BuiltTable

__all__ = ["load", "recognizes"]

COLUMNS = Columns(
    {
        "package": ("ndcpackagecode",),
        "product": ("productndc",),
        "name": ("proprietaryname",),
        "suffix": ("proprietarynamesuffix",),
        "description": ("packagedescription",),
        "start": ("startmarketingdate",),
        "end": ("endmarketingdate",),
    },
    required=("product", "start"),
)
FIRST = date(1900, 1, 1)


def recognizes(file: InputFile) -> bool:
    """Return whether the file has the headings."""
    return COLUMNS.are_in(file)


def load(files: Sequence[InputFile], options: LoadOptions) -> Iterator[BuiltTable]:
    """Build a table of each file; packages are named by their product where its file is there too."""
    options = attrs.evolve(options, partial=True)
    rows_of = {file: list(COLUMNS.rows(file)) for file in files}
    names = {row["product"]: _name(row) for rows in rows_of.values() for _, row in rows if "name" in row}
    for file, rows in rows_of.items():
        packages = any("package" in row for _, row in rows)
        own = "package" if packages else "product"
        listing = Listing(file, "ndc" if packages else "ndc_product", partial(_column, file, own))
        for line, row in rows:
            title = row.get("description") or _name(row)
            named = ": ".join(filter(None, (names.get(row["product"]) if packages else "", title)))
            listing.add(line, row[own], named, (row["start"], row.get("end", "")))
        yield listing.made(options, (FIRST, None), publisher="FDA", license=PUBLIC)


def _column(file: InputFile, own: str, field: str) -> int | None:
    return COLUMNS.number(file, own if field == "code" else field)


def _name(row: dict[str, str]) -> str:
    return " ".join(filter(None, (row.get("name"), row.get("suffix"))))
