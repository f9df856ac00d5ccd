"""NCCI procedure-to-procedure edits: text with tabs or a workbook, with a preamble.

Columns: column 1, column 2, in existence before 1996, effective day, deletion day (`*` for none),
modifier indicator, rationale; the headings may take several rows. CMS publishes a table in parts
(-f1 to -f4), which belong in one command. The name tells the table (ccipra, ccioph) and the version:
30.2 is the third quarter of 2024. A file holds every pair since 1996 with its days.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

import attrs

from medcode.codesets import pairs
from medcode.codesets.hcpcs import Hcpcs
from medcode.codesets.loaders.common import LICENSED, Columns, dropped, header, quarter, read_day
from medcode.codesets.ncci import PTP
from medcode.codesets.pairs import PairRow
from medcode.codesets.store import day_number
from medcode.codesets.user import BuiltTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from medcode.codesets.loaders.common import Days, LoadOptions
    from medcode.codesets.loaders.input_file import InputFile

__all__ = ["load", "packed", "recognizes"]

COLUMNS = Columns(
    {
        "first": ("column1", "col1"),
        "second": ("column2", "col2"),
        "effective": ("effective",),
        "deleted": ("deletion", "deleted"),
        "indicator": ("modifier", "mod", "indicator"),
    },
    required=("first", "second", "deleted", "indicator"),
)
FIRST_DAY = date(1996, 1, 1)  # of NCCI
BEGINNING = day_number(FIRST_DAY)
INDICATORS = frozenset({"0", "1", "9"})
NO_DAY = frozenset({"*", "NA"})
VERSION = re.compile(r"v(\d\d)([0-3])r\d", re.IGNORECASE)
VERSION_OF_2000 = 6  # version 6.x
USUAL_PARTS = 4
PART = re.compile(r"-f(\d)\b", re.IGNORECASE)
WORDS = {
    "ptp_practitioner": re.compile("ccipra|practitioner", re.IGNORECASE),
    "ptp_outpatient": re.compile("ccioph|outpatient|hospital", re.IGNORECASE),
}


def recognizes(file: InputFile) -> bool:
    """Return whether the file has the headings."""
    return COLUMNS.are_in(file)


def load(files: Sequence[InputFile], options: LoadOptions) -> Iterator[BuiltTable]:
    """Build one table of all parts of a table, for each table there is."""
    kinds = [_kind(file) or options.set for file in files]
    for kind in dict.fromkeys(kinds):
        parts = [file for file, of in zip(files, kinds, strict=True) if of == kind]
        if kind not in PTP:
            raise parts[0].fault(
                None, f"which pairs these are is not known: add --set {' or --set '.join(PTP)}"
            )
        _complete(parts)
        days, edition = _days(parts[0]), _edition(parts[0])
        about = header(parts, options, days, name=kind, edition=edition, publisher="CMS", license=LICENSED)
        made = packed(about, chain.from_iterable(map(_rows, parts)))
        if 1 < len(parts) < USUAL_PARTS:
            note = f"{len(parts)} parts loaded; CMS publishes a table in {USUAL_PARTS}"
            made = attrs.evolve(made, notes=(*made.notes, note))
        yield made


def packed(about: dict[str, Any], rows: Iterable[PairRow]) -> BuiltTable:
    """Build the table file of pairs."""
    start, end = about["coverage"]
    listed = 0

    def counted() -> Iterator[PairRow]:
        nonlocal listed
        for row in rows:
            listed += 1
            yield row

    data = pairs.pack(about, counted())
    kept = pairs.unpack(data, about["name"]).release.rows
    return BuiltTable(about["name"], (start, end), kept, data, dropped(listed - kept))


def _kind(file: InputFile) -> str:
    return next((kind for kind, words in WORDS.items() if file.search_name(words)), "")


def _complete(parts: Sequence[InputFile]) -> None:
    """Raise LoadError for some parts of a table without the others: a missing pair must not pass for no pair."""
    numbers = [int(found[1]) for file in parts if (found := file.search_name(PART))]
    if numbers and (len(numbers) < 2 or sorted(numbers) != [*range(1, len(numbers) + 1)]):  # noqa: PLR2004  # one part is no table
        here = ", ".join(f"f{number}" for number in sorted(numbers))
        raise parts[0].fault(
            None, f"the table has several parts and only {here} is here: load all of them together"
        )


def _rows(file: InputFile) -> Iterator[PairRow]:
    wire = cache(Hcpcs.normal)  # few differ among millions
    for line, row in COLUMNS.rows(file):
        first, second = wire(row["first"]), wire(row["second"])
        if first is None or second is None:
            field = "first" if first is None else "second"
            raise COLUMNS.fault(file, line, field, f"{row[field][:20]!r} is not in HCPCS format")
        if row["indicator"] not in INDICATORS:
            reason = f"the modifier indicator is {row['indicator'][:20]!r}, not 0, 1 or 9"
            raise COLUMNS.fault(file, line, "indicator", reason)
        effective, deleted = (
            _day(file, line, field, row.get(field, "")) for field in ("effective", "deleted")
        )
        yield PairRow(first, second, row["indicator"], effective or BEGINNING, deleted)


def _day(file: InputFile, line: int, field: str, text: str) -> int | None:
    """Read a day as a table writes it."""
    try:
        return _day_number(text)
    except ValueError as error:
        raise COLUMNS.fault(file, line, field, str(error)) from None


@cache  # few differ among millions
def _day_number(text: str) -> int | None:
    found = None if text in NO_DAY else read_day(text)
    return None if found is None else day_number(found)


def _edition(file: InputFile) -> str:
    found = file.search_name(VERSION)
    return f"v{found[1]}.{found[2]}" if found else ""


def _days(file: InputFile) -> Days:
    if not (found := file.search_name(VERSION)):
        return FIRST_DAY, None
    _, end = quarter(2000 + int(found[1]) - VERSION_OF_2000, 1 + 3 * int(found[2]))
    return FIRST_DAY, end
