"""A plain list of codes: text with commas or tabs, or a workbook, under headings.

The first column with codes is headed `code`, or after its set: hcpcs, cpt, cdt, carc, rarc. Titles are
under title or description, first and last days under start and end (or effective and termination),
and `billable` may say no of a heading. Whoever holds a licence of CPT or CDT brings the list so; the
January 2026 list of HCPCS, with codes and modifiers in one, is loaded so too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.codesets import CODE_SETS
from medcode.codesets.loaders.common import LICENSED, PUBLIC, Listing, has_columns, normal, table_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.codesets.loaders.common import Told
    from medcode.codesets.loaders.source import Source
    from medcode.codesets.user import Made

__all__ = ["load", "recognises"]

COLUMNS = {
    "code": ("code", "hcpcs", "cpt", "cdt", "carc", "rarc"),
    "title": ("title", "longdescription", "description", "shortdescription"),
    "start": ("start", "effective"),
    "end": ("end", "stop", "termination", "deactivation"),
    "billable": ("billable",),
}
REQUIRED = ("code", "title")
SETS = {"hcpcs": "hcpcs", "cpt": "cpt", "cdt": "cdt", "carc": "adjustment_reason", "rarc": "remark"}
MODIFIER = 2  # characters
OPEN = frozenset({"hcpcs", "modifiers", "icd10cm", "icd10pcs", "place_of_service", "drg"})
NO = frozenset({"0", "n", "no", "false"})


def recognises(source: Source) -> bool:
    """Look for the headings."""
    return has_columns(source, COLUMNS, REQUIRED)


def load(sources: Sequence[Source], told: Told) -> Iterator[Made]:
    """Make a table of each file; of a list of HCPCS another of its modifiers."""
    for source in sources:
        name = told.set or _set_of(source)
        if name not in CODE_SETS or CODE_SETS[name].code_type.private:
            raise source.fault(None, "it does not tell which code set this is: say so (--set)")
        lists = {name: Listing(source, name)}
        for line, row in table_rows(source, COLUMNS, REQUIRED):
            own = "modifiers" if name == "hcpcs" and len(row["code"]) == MODIFIER else name
            days = (row.get("start", ""), row.get("end", ""))
            billable = row.get("billable", "").lower() not in NO
            lists.setdefault(own, Listing(source, own)).add(
                line, row["code"], row["title"], days, billable=billable
            )
        for listing in lists.values():
            licence = PUBLIC if listing.name in OPEN else LICENSED
            yield listing.made(told, publisher="user", licence=licence)


def _set_of(source: Source) -> str:
    """Tell the set from the heading of the codes, or from the file's name."""
    heading = next((row for _, row in source.rows() if any(cell.strip() for cell in row)), [""])
    text = f"{normal(heading[0])} {normal(source.origin['file'])}"
    return next((name for word, name in SETS.items() if word in text), "")
