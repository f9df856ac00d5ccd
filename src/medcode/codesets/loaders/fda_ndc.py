"""FDA's NDC Directory: product.txt and package.txt, text with tabs.

The product file lists drugs by labeler and product, the package file their packages; both have the
first and last day of marketing. The directory changes every day and lacks drugs that are billed, so
both tables are partial: a drug that is not in them is NOT_CHECKED. It begins on the first day of
marketing that it tells, unless --from says otherwise.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import attrs

from medcode.codesets.loaders.common import PUBLIC, Listing, has_columns, table_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.codesets.loaders.common import Told
    from medcode.codesets.loaders.source import Source
    from medcode.codesets.user import Made

__all__ = ["load", "recognises"]

COLUMNS = {
    "package": ("ndcpackagecode",),
    "product": ("productndc",),
    "name": ("proprietaryname",),
    "suffix": ("proprietarynamesuffix",),
    "description": ("packagedescription",),
    "start": ("startmarketingdate",),
    "end": ("endmarketingdate",),
}
REQUIRED = ("product", "start")
FIRST = date(1900, 1, 1)


def recognises(source: Source) -> bool:
    """Look for the headings."""
    return has_columns(source, COLUMNS, REQUIRED)


def load(sources: Sequence[Source], told: Told) -> Iterator[Made]:
    """Make a table of each file; packages are named by their product where its file is there too."""
    told = attrs.evolve(told, partial=True)
    files = {source: list(table_rows(source, COLUMNS, REQUIRED)) for source in sources}
    names = {row["product"]: _name(row) for rows in files.values() for _, row in rows if "name" in row}
    for source, rows in files.items():
        packages = any("package" in row for _, row in rows)
        listing = Listing(source, "ndc" if packages else "ndc_product")
        for line, row in rows:
            title = row.get("description") or _name(row)
            named = ": ".join(filter(None, (names.get(row["product"]) if packages else "", title)))
            listing.add(
                line, row["package" if packages else "product"], named, (row["start"], row.get("end", ""))
            )
        yield listing.made(told, (FIRST, None), publisher="FDA", licence=PUBLIC)


def _name(row: dict[str, str]) -> str:
    return " ".join(filter(None, (row.get("name"), row.get("suffix"))))
