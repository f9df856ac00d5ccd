"""Read the user's tables from TOML or CSV, and say by line what is wrong with them.

A TOML file has the sections below; a CSV file has coverage policies, one a row, with the same names as headings and
lists separated by blanks.

    single_dose = ["J0897"]                 # drugs in single-dose containers: JW or JZ on each line
    clia = ["80053"]                        # laboratory tests that need a CLIA number

    [procedure_ages]                        # also procedure_sex, procedure_places, procedure_drugs, revenue_procedures
    G0438 = "65-"

    [frequency]
    G0108 = "2 in 30 days"                  # or: 1 in 12 months, 1 in a lifetime

    [[policies]]
    name = "L12345"
    codes = ["G0108", "97110-97112"]
    start = 2026-01-01                      # and end, payers, excluded, places, modifiers, frequency
    diagnoses = ["E08", "E11.9"]
    ages = "18-75"
    sex = "F"

    [[payers]]
    payers = ["12345"]
    days = 90                               # or months; corrected_days for replacements
    required = ["references.prior_authorization", "lines[].rendering_provider"]
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medcode.codesets.hcpcs import Hcpcs
from medcode.codesets.loaders.faults import LoadError
from medcode.edits.limits import Frequency
from medcode.edits.own.fault import TableFault
from medcode.edits.own.paths import strayed
from medcode.edits.own.policy import OLDEST, PayerRules, Policy
from medcode.edits.tables import Tables
from medcode.files import opened_text
from medcode.suggest import did_you_mean
from medcode.toml_lines import place_of, places_of, toml_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

__all__ = ["TableFault", "read_tables"]

DIAGNOSIS = re.compile(r"[A-Z][0-9][0-9A-Z](\.?[0-9A-Z]{1,4})?", re.IGNORECASE)
AGES = re.compile(r"([0-9]{1,3})-([0-9]{1,3})?")
FREQUENCY = re.compile(r"([0-9]{1,5}) in (?:([0-9]{1,5}) (days|months)|a lifetime)")
PLACE, MODIFIER, REVENUE = re.compile(r"[0-9]{2}"), re.compile(r"[0-9A-Z]{2}"), re.compile(r"[0-9]{4}")
DRUG = re.compile(r"[0-9-]{5,13}")
LONGEST = 60  # characters that a message shows of a value
LARGEST = 99_999  # days or months
MOST_COLUMNS = 100  # a row has a value for each, also where it ends before
OUTSIDE = "another column"  # the name of what stands behind the last heading
TOML_PLACE = re.compile(r"at line ([0-9]+), column ([0-9]+)")


class Wrong(Exception):  # noqa: N818  # carries the reason to its line
    """A value that cannot be read, and why."""


def read_tables(*paths: Path | str) -> Tables:
    r"""Return the tables of one file or several. Raises TableFault with every fault, and OSError for an unreadable file.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "own.toml")
    ...     _ = path.write_text('[procedure_sex]\nG0103 = "M"\n')
    ...     read_tables(path).procedure_sex
    {'G0103': 'M'}
    """
    values: dict[str, Any] = {}
    faults: list[LoadError] = []
    for path in map(Path, paths):
        reader = Reader()
        try:
            with opened_text(path) as file:
                text = file.read()
            (reader.csv if path.suffix.lower() == ".csv" else reader.toml)(text)
        except (UnicodeDecodeError, tomllib.TOMLDecodeError, csv.Error) as error:
            place = TOML_PLACE.search(str(error))
            line, column = map(int, place.groups()) if place else (1, 1)
            reader.faults.append((line, column, f"cannot be read: {why(error)}"))
        if not reader.faults and not any(reader.values.values()):
            reader.faults.append((1, 1, "the file has no rows"))
        faults += [LoadError(path.name, line, said, column) for line, column, said in sorted(reader.faults)]
        for name, value in reader.values.items():
            held = values.get(name, type(value)())
            values[name] = {**held, **value} if isinstance(value, dict) else [*held, *value]
    if faults:
        raise TableFault(faults)
    return Tables(**values)


def why(error: Exception) -> str:
    """Return why a file cannot be read at all."""
    return "not UTF-8 text" if isinstance(error, UnicodeDecodeError) else str(error)


class Reader:
    """The values of one file, and its faults by line and column."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.faults: list[tuple[int, int, str]] = []
        self.places: dict[str, tuple[int, int]] = {}
        self.row_line = 0
        self.columns: list[str] = []

    def toml(self, text: str) -> None:
        """Read the sections of a TOML file."""
        data = toml_table(text)
        self.places = places_of(text)
        for name, value in data.items():
            if name in ROWS and isinstance(value, list):
                rows = [self.row(*ROWS[name], row, f"{name}[{at}]") for at, row in enumerate(value)]
                self.values[TABLE_OF.get(name, name)] = [row for row in rows if row is not None]
            elif name in LISTS and isinstance(value, list):
                self.values[name] = [*self.each(LISTS[name], value, name)]
            elif name in MAPPINGS and isinstance(value, dict):
                self.values[name] = self.mapping(name, value)
            else:
                known = (*ROWS, *LISTS, *MAPPINGS)
                what = "has another form" if name in known else f"is not a table{did_you_mean(name, known)}"
                self.fault(name, f"{name[:LONGEST]} {what}")

    def csv(self, text: str) -> None:
        """Read a CSV file of coverage policies."""
        rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        found = []
        self.columns = [*(rows.fieldnames or ())]
        if len(self.columns) > MOST_COLUMNS:
            raise csv.Error(f"more than {MOST_COLUMNS} columns")
        for row in rows:
            self.row_line = rows.line_num
            given = {str(key or OUTSIDE): value for key, value in row.items() if value}
            found.append(self.row(Policy, POLICY, given, ""))
        self.values["policies"] = [row for row in found if row is not None]

    def fault(self, path: str, message: str) -> None:
        """Note a fault at the place of a path, or at a row and column of a CSV file."""
        if self.row_line:
            key = path.rpartition(".")[2]
            column = self.columns.index(key) if key in self.columns else len(self.columns) * (key == OUTSIDE)
            self.faults.append((self.row_line, column + 1, message))
            return
        self.faults.append((*place_of(path, self.places), message))

    def row(
        self,
        made: Callable[..., object],
        fields: Mapping[str, Callable[[Any], Any]],
        row: object,
        at: str,
    ) -> Any:
        """Return a policy or a payer's rules; None, with its faults noted, for what is not one."""
        before = len(self.faults)
        if not isinstance(row, dict):
            self.fault(at, "a row must be a table of fields")
            return None
        values = {}
        for key, value in row.items():
            if key not in fields:
                self.fault(f"{at}.{key}", f"{key[:LONGEST]} is not a field{did_you_mean(key, fields)}")
                continue
            try:
                values[key] = fields[key](value)
            except Wrong as wrong:
                self.fault(f"{at}.{key}", f"{key[:LONGEST]}: {wrong}")
        for name in REQUIRED[made]:
            if name not in row:
                self.fault(f"{at}.{name}", f"{name} is missing")
        if values.get("start", date.min) > values.get("end", date.max):
            self.fault(f"{at}.end", "end is before start")
        if {"days", "months"} <= row.keys():
            self.fault(f"{at}.months", "the limit is in days or in months, not in both")
        if len(self.faults) == before and not DECIDING[made] & row.keys():
            self.fault(at, f"the row limits nothing: add {', '.join(sorted(DECIDING[made]))}")
        return made(**values) if len(self.faults) == before else None

    def mapping(self, name: str, value: dict[str, Any]) -> dict[str, Any]:
        """Return a table by code."""
        found = {}
        for key, each in value.items():
            try:
                found[KEYS.get(name, procedure)(key)] = MAPPINGS[name](each)
            except Wrong as wrong:
                self.fault(f"{name}.{key}", f"{key[:LONGEST]}: {wrong}")
        return found

    def each(self, read: Callable[[Any], Any], values: Iterable[Any], name: str) -> Iterator[Any]:
        """Yield the values of a list that can be read."""
        for at, value in enumerate(values):
            try:
                yield read(value)
            except Wrong as wrong:
                self.fault(f"{name}[{at}]", str(wrong))


def shown(value: object) -> str:
    """Return a value as a message shows it: its beginning, where it is long."""
    text = f"0x{value:x}" if isinstance(value, int) and abs(value) > LARGEST else repr(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def words(value: Any) -> list[str]:
    """Return a list of texts; one text is divided at its blanks."""
    found = value.split() if isinstance(value, str) else value
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found) or not found:
        raise Wrong(f"{shown(value)} must be a list of texts")
    return found


def fitting(pattern: re.Pattern[str], what: str) -> Callable[[Any], list[str]]:
    """Return the reader of a list of texts that each fit a pattern."""

    def read(value: Any) -> list[str]:
        for each in words(value):
            if not pattern.fullmatch(each):
                raise Wrong(f"{shown(each)} is not {what}")
        return words(value)

    return read


def procedure(value: Any) -> str:
    """Read a procedure code."""
    code = Hcpcs.normal(value) if isinstance(value, str) else None
    if code is None:
        raise Wrong(f"{shown(value)} is not a procedure code")
    return code


def procedures(value: Any) -> list[str]:
    """Read procedure codes and ranges of them."""
    for each in words(value):
        ends = [procedure(end) for end in each.split("-", 1)]
        if ends != sorted(ends):
            raise Wrong(f"{shown(each)} ends before it begins")
    return words(value)


def day(value: Any) -> date:
    """Read a date."""
    try:
        return value if type(value) is date else date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Wrong(f"{shown(value)} is not a date such as 2026-01-31") from None


def ages(value: Any) -> tuple[int, int]:
    """Read the first and the last age, such as `18-75` or `65-`."""
    found = AGES.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise Wrong(f"{shown(value)} is not a range of ages such as 18-75 or 65-")
    low, high = int(found[1]), int(found[2] or OLDEST)
    if low > high:
        raise Wrong(f"{shown(value)} ends before it begins")
    return low, high


def sex(value: Any) -> str:
    """Read a sex."""
    if value != "F" and value != "M":  # noqa: PLR1714  # it may be a list, which no set can hold
        raise Wrong(f"{shown(value)} is not F or M")
    return str(value)


def frequency(value: Any) -> Frequency:
    """Read a frequency, such as `2 in 30 days`."""
    found = FREQUENCY.fullmatch(value) if isinstance(value, str) else None
    if found is None or not all(map(int, filter(None, found.groups()[:2]))):
        raise Wrong(
            f"{shown(value)} is not a frequency such as 2 in 30 days, 1 in 12 months or 1 in a lifetime"
        )
    return Frequency(int(found[1]), **{found[3]: int(found[2])} if found[3] else {})


def number(value: Any) -> int:
    """Read a number of days or months."""
    if type(value) is not int or not 1 <= value <= LARGEST:
        raise Wrong(f"{shown(value)} is not a number from 1 to {LARGEST}")
    return value


def text(value: Any) -> str:
    """Read a text."""
    if not isinstance(value, str) or not value.strip():
        raise Wrong(f"{shown(value)} must be a text")
    return value


def required(value: Any) -> list[str]:
    """Read paths of a claim or of its lines, which some kind of claim has."""
    for path in words(value):
        step, fields = strayed(path)
        if step:
            raise Wrong(f"{shown(path)} is not a path of a claim{did_you_mean(step, fields)}")
    return words(value)


POLICY: dict[str, Callable[[Any], Any]] = {
    "name": text,
    "codes": procedures,
    "start": day,
    "end": day,
    "payers": words,
    "diagnoses": fitting(DIAGNOSIS, "a diagnosis or how one begins"),
    "excluded": fitting(DIAGNOSIS, "a diagnosis or how one begins"),
    "ages": ages,
    "sex": sex,
    "places": fitting(PLACE, "a place of service"),
    "modifiers": fitting(MODIFIER, "a modifier"),
    "frequency": frequency,
}
PAYER: dict[str, Callable[[Any], Any]] = {
    "payers": words,
    "days": number,
    "months": number,
    "corrected_days": number,
    "required": required,
}
ROWS: dict[str, tuple[Callable[..., object], dict[str, Callable[[Any], Any]]]] = {
    "policies": (Policy, POLICY),
    "payers": (PayerRules, PAYER),
}
REQUIRED: dict[Callable[..., object], tuple[str, ...]] = {Policy: ("name", "codes"), PayerRules: ("payers",)}
DECIDING: dict[Callable[..., object], frozenset[str]] = {
    Policy: frozenset(POLICY) - {"name", "codes", "start", "end", "payers"},
    PayerRules: frozenset(PAYER) - {"payers"},
}
"""The fields of a row of which it needs one to decide anything."""
TABLE_OF = {"payers": "payer_rules"}
LISTS = {"single_dose": procedure, "clia": procedure}
MAPPINGS: dict[str, Callable[[Any], Any]] = {
    "procedure_ages": ages,
    "procedure_sex": sex,
    "procedure_places": fitting(PLACE, "a place of service"),
    "procedure_drugs": fitting(DRUG, "a national drug code or how one begins"),
    "revenue_procedures": lambda value: [procedure(each) for each in words(value)],
    "frequency": frequency,
}


def revenue(value: str) -> str:
    """Read a revenue code."""
    if not REVENUE.fullmatch(value):
        raise Wrong(f"{shown(value)} is not a revenue code")
    return value


KEYS: dict[str, Callable[[Any], str]] = {"revenue_procedures": revenue}
