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
from medcode.codesets.loaders.common import LICENSED, has_columns, header, normal, quarter, table_rows
from medcode.codesets.ncci import MUE
from medcode.codesets.user import Made

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.codesets.loaders.common import Days, Told
    from medcode.codesets.loaders.source import Source

__all__ = ["load", "recognises"]

COLUMNS = {
    "code": ("hcpcs",),
    "units": (
        "practitionerservicesmue",
        "outpatienthospitalservicesmue",
        "dmesupplierservicesmue",
        "mueunits",
    ),
    "mai": ("mueadjudication", "muemai"),
}
REQUIRED = tuple(COLUMNS)
SERVICES = (("practitioner", MUE[0]), ("outpatient", MUE[1]), ("dme", MUE[2]))
INDICATORS = frozenset("123")
MONTH = r"0[1-9]|1[0-2]"
DAY = re.compile(rf"(?P<month>{MONTH})-\d\d-(?P<year>20\d\d)|(?P<y>20\d\d)-(?P<m>{MONTH})")


def recognises(source: Source) -> bool:
    """Look for the headings."""
    return has_columns(source, COLUMNS, REQUIRED)


def load(sources: Sequence[Source], told: Told) -> Iterator[Made]:
    """Make a table of each file."""
    for source in sources:
        about = header(
            [source], told, _days(source), name=_kind(source, told), publisher="CMS", licence=LICENSED
        )
        yield _made(about, dict(_rows(source)))


def _made(about: dict[str, Any], rows: dict[str, tuple[str, str]]) -> Made:
    codes = sorted(rows)
    columns = {"code": codes, "units": [rows[c][0] for c in codes], "mai": [rows[c][1] for c in codes]}
    start, end = about["coverage"]
    return Made(about["name"], (start, end), len(codes), store.pack(about, columns))


def _kind(source: Source, told: Told) -> str:
    """Tell the service from the headings, or from the file's name."""
    text = " ".join(normal(cell) for _, row in _top(source) for cell in row)
    text += normal(source.origin["file"])
    found = told.set or next((kind for word, kind in SERVICES if word in text), "")
    if found not in MUE:
        raise source.fault(None, f"the service is not told: one of {', '.join(MUE)} must be said (--set)")
    return found


def _top(source: Source) -> Iterator[tuple[int, list[str]]]:
    """Go through the rows before the first code."""
    return takewhile(lambda numbered: not any(map(Hcpcs.is_valid, numbered[1][:1])), source.rows())


def _rows(source: Source) -> Iterator[tuple[str, tuple[str, str]]]:
    seen: dict[str, int] = {}
    for line, row in table_rows(source, COLUMNS, REQUIRED):
        code = Hcpcs.normal(row["code"])
        if code is None:
            raise source.fault(line, f"{row['code'][:20]!r} is no code of HCPCS")
        if not row["units"].isdigit() or row["mai"][:1] not in INDICATORS:
            raise source.fault(line, "units and an indicator of 1, 2 or 3 are wanted")
        if (before := seen.setdefault(code, line)) != line:
            raise source.fault(line, f"{code} is listed already, on line {before}")
        yield code, (row["units"], row["mai"][:1])


def _days(source: Source) -> Days:
    if not (found := source.told(DAY)):
        return None, None
    return quarter(int(found["year"] or found["y"]), int(found["month"] or found["m"]))
