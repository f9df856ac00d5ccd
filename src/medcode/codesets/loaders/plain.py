"""A plain list of codes: text with commas or tabs, or a workbook, under headings.

The first column with codes is headed `code`, or after its set, as `CPT Code` or `Revenue Code`. Titles are
under title or description, first and last days under start and end (or effective and termination),
and `billable` may be no for a heading. Whoever holds a license of CPT or CDT brings the list so; the
January 2026 list of HCPCS, with codes and modifiers in one, is loaded so too.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from medcode.codesets import CODE_SETS
from medcode.codesets.loaders.common import LICENSED, PUBLIC, Columns, Listing
from medcode.codesets.loaders.stated import WORDS, another, stated
from medcode.codesets.own_table import is_billable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.codesets.loaders.common import LoadOptions
    from medcode.codesets.loaders.input_file import InputFile
    from medcode.codesets.user import BuiltTable

__all__ = ["load", "recognizes"]

COLUMNS = Columns(
    {
        "code": ("code", *WORDS),
        "title": (
            "title",
            "name",
            "placeofservicename",
            "longdescription",
            "description",
            "shortdescription",
            "narrative",
        ),
        "start": ("start", "effective"),
        "end": ("end", "stop", "termination", "deactivation"),
        "billable": ("billable",),
    },
    required=("code", "title"),
)
MODIFIER = 2  # characters
OPEN = frozenset({"hcpcs", "modifiers", "icd10cm", "icd10pcs", "place_of_service", "drg"})


def recognizes(file: InputFile) -> bool:
    """Return whether the file has the headings."""
    return COLUMNS.are_in(file)


def load(files: Sequence[InputFile], options: LoadOptions) -> Iterator[BuiltTable]:
    """Build a table of each file; of a list of HCPCS another of its modifiers."""
    for file in files:
        name = options.set or next(iter(stated(file)), "")
        if name not in CODE_SETS or CODE_SETS[name].code_type.private:
            raise file.fault(None, "the code set is not known: add --set")
        column = partial(COLUMNS.number, file)
        lists = {name: Listing(file, name, column)}
        for line, row in COLUMNS.rows(file):
            own = "modifiers" if name == "hcpcs" and len(row["code"]) == MODIFIER else name
            days = (row.get("start", ""), row.get("end", ""))
            try:
                billable = is_billable(row.get("billable", ""))
            except ValueError as error:
                raise COLUMNS.fault(file, line, "billable", str(error)) from None
            lists.setdefault(own, Listing(file, own, column)).add(
                line, row["code"], row["title"], days, billable=billable
            )
        if reason := another(file, name, lists[name].entries):
            raise file.fault(None, reason)
        for listing in lists.values():
            terms = PUBLIC if listing.name in OPEN else LICENSED
            yield listing.made(options, publisher="user", license=terms)
