"""HCPCS Level II as CMS publishes it: the ANWEB file, text 320 columns wide or a workbook.

Fixed columns: the code (1-5; of a modifier, 4-5), a sequence number (6-10), the kind of record (11),
a piece of the long title (12-91), the short title (92-119), the day added (269-276), of the last
action (277-284) and of termination (285-292). Kind 3 begins a code and 7 a modifier; 4 and 8 go on
with the long title. Lines may precede the data. The workbook, or text with commas, has headings: HCPC, RECID, LONG
DESCRIPTION, ADD DT, TERM DT. The file's name tells the quarter, as HCPC2026_JAN_ANWEB.
"""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import attrs

from medcode.codesets.loaders.common import PUBLIC, Columns, Listing, misfit, quarter
from medcode.codesets.store import day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.codesets.loaders.common import Days, LoadOptions
    from medcode.codesets.loaders.input_file import InputFile
    from medcode.codesets.user import BuiltTable

__all__ = ["load", "recognizes"]

LINE = re.compile(r"[A-V0-9 ][A-Z0-9 ]{4}[0-9]{5}[3478].{80,}")
FIELDS = ((1, 5, "[A-V0-9 ][A-Z0-9 ]{4}"), (6, 10, "[0-9]{5}"), (11, 11, "[3478]"), (12, 91, ".{80}"))
KIND, CODE, MODIFIER = 10, slice(0, 5), slice(3, 5)
LONG, ADDED, ENDED = slice(11, 91), slice(268, 276), slice(284, 292)
PLACES = [{"code": first, "start": ADDED.start + 1, "end": ENDED.start + 1} for first in (1, 4)]
SHORTEST = 276  # a line that begins a code has its day at least
CODES, MODIFIERS, MORE = "3", "7", "48"
COLUMNS = Columns(
    {
        "code": ("hcpc",),
        "kind": ("recid",),
        "long": ("longdescription",),
        "start": ("adddt", "adddate", "dateadded"),
        "end": ("termdt", "termdate", "terminationdate"),
    },
    required=("code", "kind", "long"),
)
PREAMBLE = 60  # lines before the data, at most
NAME = re.compile(  # HCPC2026_JAN, HCPC26_JAN or july-2026
    r"(?:20|hcpcs?[_ -]*)(?P<year>\d\d)[_ -]*(?P<month>jan|apr|jul|oct)"
    r"|(?P<m>jan|apr|jul|oct)[a-z]*[_ -]*20(?P<y>\d\d)",
    re.IGNORECASE,
)
YEARLY = re.compile(r"HCPC(?:S)?[_ -]*(?:20)?(\d\d)(?!\d)", re.IGNORECASE)  # until 2019: HCPC18_CONTR_ANWEB
MONTHS = {"jan": 1, "apr": 4, "jul": 7, "oct": 10}


@attrs.define
class Record:
    """A code or modifier while its lines are read."""

    line: int
    kind: str
    code: str
    title: str
    days: tuple[str, str]


def recognizes(file: InputFile) -> bool:
    """Return whether one of the first lines fits, or the headings of the workbook are there."""
    return _in_fixed_columns(file) or COLUMNS.are_in(file)


def _in_fixed_columns(file: InputFile) -> bool:
    return any(map(LINE.fullmatch, file.lines[:PREAMBLE]))


def load(files: Sequence[InputFile], options: LoadOptions) -> Iterator[BuiltTable]:
    """Build two tables of each file: codes and modifiers."""
    for file in files:
        fixed = _in_fixed_columns(file)
        columns = [places.get if fixed else partial(COLUMNS.number, file) for places in PLACES]
        lists = {CODES: Listing(file, "hcpcs", columns[0]), MODIFIERS: Listing(file, "modifiers", columns[1])}
        for record in _records(file) if fixed else _rows(file):
            lists[record.kind].add(record.line, record.code, record.title, record.days)
        for listing in lists.values():
            if listing.entries or listing.name == "hcpcs":
                whole = listing.made(options, _days(file), publisher="CMS", license=PUBLIC)
                yield whole
                yield from _before(listing, options, whole)


def _before(listing: Listing, options: LoadOptions, whole: BuiltTable) -> Iterator[BuiltTable]:
    """Yield a partial table of the days before the quarter, for the codes that are older than it.

    The file gives each code its own first and last day, but not the codes that ended before it was made.
    """
    start = day(whole.coverage[0] or 0)
    starts = [entry.start for entry in listing.entries if entry.start and entry.start < start]
    if starts:
        earlier = attrs.evolve(options, start=min(starts), end=start - timedelta(days=1), partial=True)
        yield listing.made(earlier, publisher="CMS", license=PUBLIC)


def _records(file: InputFile) -> list[Record]:
    records: list[Record] = []
    begun = False
    for number, line in enumerate(file.lines, 1):
        begun = begun or bool(LINE.fullmatch(line))
        if not begun or not line.strip():
            continue
        if line[KIND : KIND + 1] in MORE:
            line = f"{line:<{LONG.stop}}"  # noqa: PLW2901  # an editor may have cut the blanks at its end
        if not LINE.fullmatch(line):
            raise file.fault(number, "not a line of an ANWEB file", misfit(line, FIELDS))
        if line[KIND] not in MORE:
            records.append(_begun(file, number, line))
        elif records:
            records[-1].title += line[LONG]
        else:
            raise file.fault(number, "a continuation line without a code before it", KIND + 1)
    return records


def _rows(file: InputFile) -> list[Record]:
    """Return the records of a workbook, a row each; a row may go on with the long title."""
    records: list[Record] = []
    for line, row in COLUMNS.rows(file):
        if row["kind"] in MORE and records:
            records[-1].title += f" {row['long']}"
        elif row["kind"] in (CODES, MODIFIERS):
            days = row.get("start", ""), row.get("end", "")
            records.append(Record(line, row["kind"], row["code"], row["long"], days))
        else:
            reason = f"the kind of record is {row['kind'][:20]!r}, not 3, 4, 7 or 8"
            raise COLUMNS.fault(file, line, "kind", reason)
    return records


def _begun(file: InputFile, number: int, line: str) -> Record:
    if len(line) < SHORTEST:
        raise file.fault(number, f"the line ends at column {len(line)}, before its dates", len(line) + 1)
    code = line[MODIFIER if line[KIND] == MODIFIERS else CODE]
    return Record(number, line[KIND], code, line[LONG], (line[ADDED], line[ENDED]))


def _days(file: InputFile) -> Days:
    if not (found := file.search_name(NAME)):
        yearly = file.search_name(YEARLY)
        return quarter(2000 + int(yearly[1]), 1, 12) if yearly else (None, None)
    return quarter(2000 + int(found["year"] or found["y"]), MONTHS[(found["month"] or found["m"]).lower()])
