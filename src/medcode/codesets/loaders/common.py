"""What the loaders share: the options of a load, days and columns, lists of codes."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

import attrs

from medcode.codesets import code_set
from medcode.codesets.store import day_number
from medcode.codesets.user import Entry, code_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from medcode.codesets.code import Code
    from medcode.codesets.loaders.input_file import InputFile
    from medcode.codesets.user import BuiltTable

    Days = tuple[date | None, date | None]

__all__ = ["Layout", "Listing", "LoadOptions", "header", "normal", "read_day", "table_rows"]

PUBLIC = "public domain (US government work)"
LICENSED = "licensed; for the holder of the license alone"
DAYS = (
    (re.compile(r"(\d{4})-?(\d\d)-?(\d\d)"), "ymd"),
    (re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})"), "mdy"),
)
SERIAL = re.compile(r"[1-9]\d{4}")  # a day as a workbook keeps it, counted from the end of 1899
EXCEL_BEGINS = date(1899, 12, 30)
PREAMBLE = 60  # rows in which the headings are looked for
QUARTER = 3  # months
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
    """Read a day as 20260105, 2026-01-05 or 1/5/2026; None for blank text, ValueError for any other.

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
            return date(parts["y"], parts["m"], parts["d"])
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
        "source": [file.origin for file in files],
    }


def columns(row: Sequence[str], fields: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Find the columns of a row of headings: for each field the first that begins with one of its words."""
    headings = [normal(cell) for cell in row]
    found = {}
    for field, words in fields.items():
        places = (at for word in words for at, heading in enumerate(headings) if heading.startswith(word))
        if (place := next(places, None)) is not None:
            found[field] = place
    return found


def table_rows(
    file: InputFile, fields: Mapping[str, Sequence[str]], required: Sequence[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows below the headings, each as its fields by name; nothing if there are no headings.

    Headings may continue over several rows, whose first cell is then empty.
    """
    places: dict[str, int] = {}
    begun = False
    for count, (line, row) in enumerate(file.rows()):
        if not places:
            if set(required) <= set(found := columns(row, fields)):
                places = found
            elif count > PREAMBLE:
                return
            continue
        if not any(cell.strip() for cell in row) or not (begun or row[0].strip()):
            continue
        begun = True
        yield line, {name: row[at].strip() if at < len(row) else "" for name, at in places.items()}


def has_columns(file: InputFile, fields: Mapping[str, Sequence[str]], required: Sequence[str]) -> bool:
    """Return whether a file has such headings, and a row below them."""
    return next(table_rows(file, fields, required), None) is not None


class Listing:
    """The codes of one set as a file lists them; each fault names its line."""

    def __init__(self, file: InputFile, name: str) -> None:
        self.file = file
        self.name = name
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
            raise self.file.fault(line, self.code_type.format_error(code))
        try:
            start, end = map(read_day, days)
        except ValueError as error:
            raise self.file.fault(line, str(error)) from None
        if start and end and end < start:
            raise self.file.fault(line, f"{wire} ends on {end}, before it begins on {start}")
        entry = Entry(wire, " ".join(title.split()), start, end, billable)
        before, same = self._seen.setdefault((wire, start), (line, entry))
        if before == line:
            self.entries.append(entry)
        elif same == entry:
            self.duplicates += 1
        else:
            raise self.file.fault(line, f"{wire} is already on line {before}, with other values")

    def made(self, options: LoadOptions, days: Days = (None, None), **about: str) -> BuiltTable:
        """Build the table; refuse a list far shorter than the one it would stand for."""
        if not self.entries:
            raise self.file.fault(None, f"it lists no {self.code_type.label} code")
        listed, known = len(self.entries), len(code_set(self.name))
        if not options.partial and listed < SHORTEST_SHARE * known:
            what = f"it lists {listed:,} codes; the {self.code_type.label} table has {known:,}"
            raise self.file.fault(None, f"{what}: add --partial if it is a part of the set")
        full = header([self.file], options, days, name=self.name, **about)
        if not any(not entry.billable for entry in self.entries):
            full["without_headings"] = True
        return attrs.evolve(code_table(full, self.entries), notes=self._notes())

    def _notes(self) -> tuple[str, ...]:
        rows = "row" if self.duplicates == 1 else "rows"
        return (f"{self.duplicates:,} duplicate {rows} dropped",) if self.duplicates else ()
