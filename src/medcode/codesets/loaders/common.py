"""What the loaders share: the options of a load, days and columns, lists of codes."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

import attrs

from medcode.codesets import clock, code_set
from medcode.codesets.loaders.overlaps import overlapping
from medcode.codesets.ncci import MUE, PTP
from medcode.codesets.store import day_number
from medcode.codesets.user import Entry, code_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from medcode.codesets.code import Code
    from medcode.codesets.loaders.faults import LoadError
    from medcode.codesets.loaders.input_file import InputFile, Row
    from medcode.codesets.user import BuiltTable

    Days = tuple[date | None, date | None]

__all__ = [
    "Columns",
    "Layout",
    "Listing",
    "LoadOptions",
    "dropped",
    "header",
    "misfit",
    "normal",
    "read_day",
    "whole",
]

PUBLIC = "public domain (US government work)"
LICENSED = "licensed; for the holder of the license alone"
DAYS = (
    (re.compile(r"(\d{4})-?(\d\d)-?(\d\d)", re.ASCII), "ymd"),
    (re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d\d)", re.ASCII), "mdy"),
)
CENTURY = 100
TURN = 70  # years of two digits: 70 to 99 are of the last century
SERIAL = re.compile(r"[1-9]\d{4}", re.ASCII)  # a day as a workbook keeps it, counted from the end of 1899
EXCEL_BEGINS = date(1899, 12, 30)
LOOKED_AT = 20  # lines by which a layout is known
PREAMBLE = 60  # rows in which the headings are looked for
QUARTER = 3  # months
PERIODS = {  # the month in which a year of releases begins, and the months of one release
    **dict.fromkeys(("icd10cm", "icd10pcs", "drg", "poa_exempt"), (10, 12)),
    **dict.fromkeys(("hcpcs", "modifiers", *PTP, *MUE, "add_on"), (1, 3)),
    **dict.fromkeys(("cpt", "cdt", "pprrvu"), (1, 12)),
    "taxonomy": (1, 6),
    **dict.fromkeys(("adjustment_reason", "remark"), (3, 4)),
    **dict.fromkeys(("revenue", "bill_type", "condition_code", "occurrence_code", "value_code"), (7, 12)),
}
LONGEST_TITLE = 10_000  # characters; the longest of HCPCS has 4,500
SHORTEST_SHARE = 0.5  # of the codes ever in the table in use; less is taken for another list, or a part


@attrs.frozen(kw_only=True)
class LoadOptions:
    """What the user states about a file: its set, the days it covers, whether it is only a part of the set."""

    set: str | None = None
    start: date | None = None
    end: date | None = None
    edition: str | None = None
    partial: bool = False


class Layout(Protocol):
    """One official layout, a module: how it is known, and how tables are made of files in it."""

    __name__: str

    def recognizes(self, file: InputFile) -> bool:
        """Return whether a file has this layout."""

    def load(self, files: Sequence[InputFile], options: LoadOptions) -> Iterator[BuiltTable]:
        """Build tables of files that belong together."""


def read_day(text: str) -> date | None:
    """Read a day as 20260105, 2026-01-05, 1/5/2026 or 1/5/26; None for blank text, ValueError for any other.

    >>> read_day("20240701"), read_day("7/1/2024") == read_day("2024-07-01"), read_day(" ")
    (datetime.date(2024, 7, 1), True, None)
    """
    if not (text := text.strip()):
        return None
    if SERIAL.fullmatch(text):
        return EXCEL_BEGINS + timedelta(days=int(text))
    for pattern, order in DAYS:
        if match := pattern.fullmatch(text):
            parts = dict(zip(order, map(int, match.groups()), strict=True))
            year = parts["y"]
            if year < CENTURY:
                year += 1900 if year >= TURN else 2000
            return date(year, parts["m"], parts["d"])
    raise ValueError(f"{text[:20]!r} is not a date")


def normal(heading: str) -> str:
    r"""Return a heading in lower-case letters and digits alone.

    >>> normal("HCPCS/ CPT Code")
    'hcpcscptcode'
    """
    return re.sub(r"[^a-z0-9]", "", heading.lower())


def quarter(year: int, month: int, months: int = QUARTER) -> Days:
    """Return the days of a quarter, or of more months, that begins with a month."""
    years, rest = divmod(month - 1 + months, 12)
    return date(year, month, 1), date(year + years, rest + 1, 1) - timedelta(days=1)


def header(
    files: Sequence[InputFile], options: LoadOptions, days: Days = (None, None), **about: str
) -> dict[str, Any]:
    """Return the header of a table; `days` are those in the file or its name, which the options override."""
    start, end = options.start or days[0], options.end or days[1]
    assumed = end is None
    if assumed:
        end = period_end(about["name"], options.start or (clock.today() if days[0] else None))
    if start is None:
        raise files[0].fault(None, "the days it covers are not known: add --from and --to")
    if end is not None and end < start:
        raise files[0].fault(None, f"it would end on {end}, before it begins on {start}")
    edition = options.edition or about.get("edition") or str(start)
    return {
        **about,
        "edition": edition,
        "coverage": [day_number(start), None if end is None else day_number(end)],
        "partial": options.partial,
        "end_assumed": assumed and end is not None,
        "source": [file.origin for file in files],
    }


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


@attrs.frozen
class Columns:
    """The columns of a table: for each field, the words that its heading may begin with.

    The `required` ones tell the table from others.
    """

    fields: Mapping[str, Sequence[str]]
    required: Sequence[str]

    def rows(self, file: InputFile) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield the rows below the headings, each as its fields by name. Raises LoadError if there are none.

        Headings may continue over several rows, where the column of the first field is then empty.
        """
        rows = file.rows()
        places = self._heading(rows)
        first = places.get(self.required[0], 0)
        begun = False
        for line, row in rows:
            if not any(cell.strip() for cell in row) or not (
                begun or "".join(row[first : first + 1]).strip()
            ):
                continue
            begun = True
            yield line, {name: row[at].strip() if at < len(row) else "" for name, at in places.items()}
        if not begun:
            raise file.fault(None, "the headings are there, but no row below them")

    def are_in(self, file: InputFile) -> bool:
        """Whether a file has such headings."""
        return bool(self._heading(file.rows()))

    def number(self, file: InputFile, field: str) -> int | None:
        """Return the number of a field's column, from 1; None where the file has no such column."""
        at = self._heading(file.rows()).get(field)
        return None if at is None else at + 1

    def fault(self, file: InputFile, line: int, field: str, reason: str) -> LoadError:
        """Build the error for a field of a row."""
        return file.fault(line, reason, self.number(file, field))

    def _heading(self, rows: Iterator[Row]) -> dict[str, int]:
        """Return the columns by their headings, the rows read up to them; empty if the first rows have none."""
        for _, row in islice(rows, PREAMBLE):
            if set(self.required) <= set(found := self._found(row)):
                return found
        return {}

    def _found(self, row: Sequence[str]) -> dict[str, int]:
        """Return for each field the first column whose heading begins with one of its words."""
        headings = [normal(cell) for cell in row]
        found = {}
        for field, words in self.fields.items():
            places = (at for word in words for at, heading in enumerate(headings) if heading.startswith(word))
            if (place := next(places, None)) is not None:
                found[field] = place
        return found


def misfit(line: str, fields: Sequence[tuple[int, int, str]]) -> int:
    """Return the place of the first field of a line in fixed columns that does not fit; the line's end if each does.

    A field is its first and last character, counted from 1, and its pattern.

    >>> misfit("00001 A0+", ((1, 5, "[0-9]+"), (7, 9, "[A-Z0-9]+")))
    7
    >>> misfit("00001 A00", ((1, 5, "[0-9]+"), (7, 9, "[A-Z0-9]+")))
    10
    """
    for first, last, pattern in fields:
        if not re.fullmatch(pattern, line[first - 1 : last]):
            return first
    return len(line) + 1


def mostly(lines: Sequence[str], pattern: re.Pattern[str]) -> bool:
    """Return whether at least half of the first lines, and one of them, are of a layout in fixed columns."""
    first = [line.rstrip() for line in lines[:LOOKED_AT] if line.strip()]
    return 0 < len(first) <= 2 * sum(bool(pattern.fullmatch(line)) for line in first)


def whole(file: InputFile, options: LoadOptions, listed: int, known: int, what: str) -> None:
    """Raise LoadError for a list far shorter than the `known` one whose place it would take."""
    if not options.partial and listed < SHORTEST_SHARE * known:
        reason = f"it lists {listed:,} {what} has {known:,}: add --partial if it is a part of it"
        raise file.fault(None, reason)


def dropped(duplicates: int) -> tuple[str, ...]:
    """Return the note on rows that repeat another one; none without any."""
    return (f"{duplicates:,} duplicate {'row' if duplicates == 1 else 'rows'} dropped",) if duplicates else ()


def _nowhere(_field: str) -> None:
    return None


class Listing:
    """The codes of one set as a file lists them; each fault names its line and column.

    `column` returns the number of the column with the `code`, its `start` or `end`; without it there are none, as in
    XML.
    """

    def __init__(self, file: InputFile, name: str, column: Callable[[str], int | None] = _nowhere) -> None:
        self.file = file
        self.name = name
        self.column = column
        self.entries: list[Entry] = []
        self.duplicates = 0
        self._seen: dict[tuple[str, date | None], tuple[int, Entry]] = {}

    @cached_property
    def code_type(self) -> type[Code]:
        """The type of the codes."""
        return code_set(self.name).code_type

    def add(
        self,
        line: int,
        code: str,
        title: str = "",
        days: tuple[str, str] = ("", ""),
        *,
        billable: bool = True,
    ) -> None:
        """Add a code; its first and last day are read by `read_day`. A row that repeats another is counted."""
        wire = self.code_type.normal(code)
        if wire is None:
            raise self._fault(line, "code", self.code_type.format_error(code))
        start, end = (self._day(line, field, day) for field, day in zip(("start", "end"), days, strict=True))
        if start and end and end < start:
            raise self._fault(line, "end", f"{wire} ends on {end}, before it begins on {start}")
        if len(title) > LONGEST_TITLE:  # one text may be the title of many codes
            reason = f"the title has {len(title):,} characters; the limit is {LONGEST_TITLE:,}"
            raise self._fault(line, "title", reason)
        entry = Entry(wire, " ".join(title.split()), start, end, billable)
        before, same = self._seen.setdefault((wire, start), (line, entry))
        if before == line:
            self.entries.append(entry)
        elif same == entry:
            self.duplicates += 1
        else:
            raise self._fault(line, "code", f"{wire} is already on line {before}, with other values")

    def _day(self, line: int, field: str, text: str) -> date | None:
        try:
            return read_day(text)
        except ValueError as error:
            raise self._fault(line, field, str(error)) from None

    def _fault(self, line: int, field: str, reason: str) -> LoadError:
        return self.file.fault(line, reason, self.column(field))

    def made(self, options: LoadOptions, days: Days = (None, None), **about: str) -> BuiltTable:
        """Build the table; refuse a list far shorter than the one it would stand for."""
        if not self.entries:
            raise self.file.fault(None, f"it lists no {self.code_type.label} code")
        known = len(code_set(self.name))
        whole(self.file, options, len(self.entries), known, f"codes; the {self.code_type.label} table")
        full = header([self.file], options, days, name=self.name, **about)
        if not any(not entry.billable for entry in self.entries):
            full["without_headings"] = True
        notes = (*dropped(self.duplicates), *overlapping(self._seen.values(), self._fault))
        return attrs.evolve(code_table(full, self.entries), notes=notes)
