"""A plain list of codes: text with commas or tabs, or a workbook, under headings.

The first column with codes is headed `code`, or after its set: hcpcs, cpt, cdt, carc, rarc, status category,
status code. Titles are
under title or description, first and last days under start and end (or effective and termination),
and `billable` may be no for a heading. Whoever holds a license of CPT or CDT brings the list so; the
January 2026 list of HCPCS, with codes and modifiers in one, is loaded so too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from medcode.codesets import CODE_SETS
from medcode.codesets.loaders.common import (
    LICENSED,
    PUBLIC,
    Listing,
    has_columns,
    normal,
    quarter,
    table_rows,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from medcode.codesets.loaders.common import LoadOptions
    from medcode.codesets.loaders.input_file import InputFile
    from medcode.codesets.user import BuiltTable

__all__ = ["load", "recognizes"]

COLUMNS = {
    "code": ("code", "hcpcs", "cpt", "cdt", "carc", "rarc", "statuscategory", "statuscode"),
    "title": ("title", "longdescription", "description", "shortdescription"),
    "start": ("start", "effective"),
    "end": ("end", "stop", "termination", "deactivation"),
    "billable": ("billable",),
}
REQUIRED = ("code", "title")
SETS = {
    "hcpcs": "hcpcs",
    "cpt": "cpt",
    "cdt": "cdt",
    "carc": "adjustment_reason",
    "rarc": "remark",
    "statuscategory": "status_category",
    "statuscode": "status_code",
}
MODIFIER = 2  # characters
OPEN = frozenset({"hcpcs", "modifiers", "icd10cm", "icd10pcs", "place_of_service", "drg"})
PERIODS = {  # the month in which a year of releases begins, and the months of one release
    **dict.fromkeys(("icd10cm", "icd10pcs", "drg"), (10, 12)),
    **dict.fromkeys(("hcpcs", "modifiers"), (1, 3)),
    **dict.fromkeys(("cpt", "cdt"), (1, 12)),
    "taxonomy": (1, 6),
    **dict.fromkeys(("adjustment_reason", "remark"), (3, 4)),
    **dict.fromkeys(("revenue", "bill_type", "condition_code", "occurrence_code", "value_code"), (7, 12)),
}
NO = frozenset({"0", "n", "no", "false"})


def recognizes(file: InputFile) -> bool:
    """Return whether the file has the headings."""
    return has_columns(file, COLUMNS, REQUIRED)


def load(files: Sequence[InputFile], options: LoadOptions) -> Iterator[BuiltTable]:
    """Build a table of each file; of a list of HCPCS another of its modifiers."""
    for file in files:
        name = options.set or _set_of(file)
        if name not in CODE_SETS or CODE_SETS[name].code_type.private:
            raise file.fault(None, "the code set is not known: add --set")
        lists = {name: Listing(file, name)}
        for line, row in table_rows(file, COLUMNS, REQUIRED):
            own = "modifiers" if name == "hcpcs" and len(row["code"]) == MODIFIER else name
            days = (row.get("start", ""), row.get("end", ""))
            billable = row.get("billable", "").lower() not in NO
            lists.setdefault(own, Listing(file, own)).add(
                line, row["code"], row["title"], days, billable=billable
            )
        for listing in lists.values():
            terms = PUBLIC if listing.name in OPEN else LICENSED
            end = None if options.end else period_end(listing.name, options.start)
            made = listing.made(
                attrs.evolve(options, end=options.end or end), publisher="user", license=terms
            )
            note = (
                f"no last day given: taken as {end}, the end of its publisher's period (--to says otherwise)"
            )
            yield attrs.evolve(made, notes=(*made.notes, note)) if end else made


def period_end(name: str, start: date | None) -> date | None:
    """Return the last day of the publisher's period that a day lies in; None where there is no such period.

    >>> from datetime import date
    >>> period_end("cpt", date(2026, 1, 1)), period_end("icd10cm", date(2025, 10, 1))
    (datetime.date(2026, 12, 31), datetime.date(2026, 9, 30))
    """
    if name not in PERIODS or start is None:
        return None
    first, months = PERIODS[name]
    begun = (start.month - first) % 12 // months * months  # months from the first to the period's beginning
    month = (first + begun - 1) % 12 + 1
    _, end = quarter(start.year - (month > start.month), month, months)
    return end


def _set_of(file: InputFile) -> str:
    """Return the name of the set, by the heading of the codes or the file's name."""
    heading = next((row for _, row in file.rows() if any(cell.strip() for cell in row)), [""])
    text = f"{normal(heading[0])} {normal(file.origin['file'])}"
    return next((name for word, name in SETS.items() if word in text), "")
