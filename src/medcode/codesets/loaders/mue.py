"""NCCI medically unlikely edits: text with commas, whose headings go over several lines, or a workbook.

Columns: the code, the units for one service (the heading says which: practitioner, outpatient
hospital, DME supplier), the adjudication indicator as `3 Date of Service Edit: Clinical`, the
rationale. The name tells the first day of the quarter, as Eff_07-01-2024.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from medcode.codesets import store
from medcode.codesets.hcpcs import Hcpcs
from medcode.codesets.loaders.common import LICENSED, Columns, dropped, header, normal, quarter
from medcode.codesets.ncci import MUE
from medcode.codesets.user import BuiltTable
from medcode.numbers import whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.codesets.loaders.common import Days, LoadOptions
    from medcode.codesets.loaders.input_file import InputFile

__all__ = ["load", "recognizes"]

COLUMNS = Columns(
    {
        "code": ("hcpcs",),
        "units": (
            "practitionerservicesmue",
            "outpatienthospitalservicesmue",
            "dmesupplierservicesmue",
            "mueunits",
            "muevalue",
            "value",
        ),
        "mai": ("mueadjudication", "muemai", "mai", "indicator"),
    },
    required=("code", "units", "mai"),
)
SERVICES = (("practitioner", MUE[0]), ("outpatient", MUE[1]), ("dme", MUE[2]))
INDICATOR = re.compile(r"([123])(?:\s.*)?", re.DOTALL)  # words may follow
MONTH = r"0[1-9]|1[0-2]"
DAY = re.compile(  # 07-01-2024, 2024-07 or 2024Q3
    rf"(?P<month>{MONTH})-\d\d-(?P<year>20\d\d)|(?P<y>20\d\d)-(?P<m>{MONTH})|(?P<of>20\d\d)[ _-]?Q(?P<quarter>[1-4])",
    re.IGNORECASE,
)


def recognizes(file: InputFile) -> bool:
    """Return whether the file has the headings."""
    return COLUMNS.are_in(file)


def load(files: Sequence[InputFile], options: LoadOptions) -> Iterator[BuiltTable]:
    """Build a table of each file."""
    for file in files:
        about = header(
            [file], options, _days(file), name=_kind(file, options), publisher="CMS", license=LICENSED
        )
        yield _made(about, list(_rows(file)))


def _made(about: dict[str, Any], listed: Sequence[tuple[str, tuple[str, str]]]) -> BuiltTable:
    rows = dict(listed)
    codes = sorted(rows)
    columns = {"code": codes, "units": [rows[c][0] for c in codes], "mai": [rows[c][1] for c in codes]}
    start, end = about["coverage"]
    notes = dropped(len(listed) - len(codes))
    return BuiltTable(about["name"], (start, end), len(codes), store.pack(about, columns), notes)


def _kind(file: InputFile, options: LoadOptions) -> str:
    """Return the table, by the service in the headings or in the file's name."""
    text = " ".join(normal(cell) for _, row in _top(file) for cell in row)
    text += normal(file.origin["file"])
    found = next((kind for word, kind in SERVICES if word in text), options.set)
    if found not in MUE:
        raise file.fault(None, f"the service is not known: add --set with one of {', '.join(MUE)}")
    return found


def _top(file: InputFile) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows before the first code."""
    return takewhile(lambda numbered: not any(map(Hcpcs.is_valid, numbered[1][:1])), file.rows())


def _rows(file: InputFile) -> Iterator[tuple[str, tuple[str, str]]]:
    seen: dict[str, tuple[int, str, str]] = {}
    for line, row in COLUMNS.rows(file):
        code = Hcpcs.normal(row["code"])
        if code is None:
            raise COLUMNS.fault(file, line, "code", f"{row['code'][:20]!r} is not in HCPCS format")
        if whole(row["units"]) is None:
            raise COLUMNS.fault(file, line, "units", f"{row['units'][:20]!r} is not a number of units")
        if not (indicator := INDICATOR.fullmatch(row["mai"])):
            raise COLUMNS.fault(file, line, "mai", f"the indicator is {row['mai'][:20]!r}, not 1, 2 or 3")
        values = row["units"], indicator[1]
        before, *same = seen.setdefault(code, (line, *values))
        if (*same,) != values:
            raise COLUMNS.fault(file, line, "code", f"{code} is already on line {before}, with other values")
        yield code, values


def _days(file: InputFile) -> Days:
    if not (found := file.search_name(DAY)):
        return None, None
    if found["quarter"]:
        return quarter(int(found["of"]), 3 * int(found["quarter"]) - 2)
    return quarter(int(found["year"] or found["y"]), int(found["month"] or found["m"]))
