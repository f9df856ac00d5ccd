"""ICD-10-CM conversion tables: which code took the place of which, text with tabs or a workbook.

Columns: the current code, the day it took effect, and the code or codes assigned before. Lines with a
title precede the headings. The day is a date, or the year of an October. Several codes before are
joined by commas, semicolons or `and`, and may be a range such as H02.101-H02.106; `None` and words such
as `a code from categories T36-T50` name no code, and their lines are counted. A table holds every
conversion since 2015; its name has the fiscal year.

Source: CMS and NCHS, ICD-10-CM Conversion Table.
"""

from __future__ import annotations

import re
from array import array
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from medcode.codesets import store
from medcode.codesets.icd10cm import Icd10Cm, icd10cm
from medcode.codesets.loaders.common import PUBLIC, Columns, dropped, header, read_day
from medcode.codesets.loaders.icd10_order import edition, fiscal_year
from medcode.codesets.succession import FIRST_DAY, OFFICIAL, TABLE
from medcode.codesets.user import BuiltTable
from medcode.numbers import whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.codesets.loaders.common import LoadOptions
    from medcode.codesets.loaders.input_file import InputFile

__all__ = ["load", "recognizes"]

COLUMNS = Columns(
    {
        "new": ("currentcode",),
        "day": ("effective",),
        "old": ("previouscode",),
    },
    required=("new", "day", "old"),
)
OCTOBER = re.compile(r"20[0-9]{2}")
SEPARATOR = re.compile(r"[,;&\n]|\band\b|\bor\b", re.IGNORECASE)
LONGEST_TAIL = 3
"""A range names at most a thousand codes, as H02.101-106 does six: a line must not cost more than a table."""
RANGE = re.compile(r"(\S+)\s*[-\u2013]\s*(\S+)")
IN_WORDS = re.compile(r"none|nodx|.*\b(codes?|categor(?:y|ies))\b.*", re.IGNORECASE | re.DOTALL)


def recognizes(file: InputFile) -> bool:
    """Return whether the file has the headings."""
    return COLUMNS.are_in(file)


def load(files: Sequence[InputFile], options: LoadOptions) -> Iterator[BuiltTable]:
    """Build a table of each file."""
    for file in files:
        in_words: list[int] = []
        listed = list(_rows(file, in_words))
        rows = sorted(set(listed))
        if not rows:
            raise file.fault(None, "it names no conversion of ICD-10-CM codes")
        _, end = fiscal_year(file)
        about = header(
            [file],
            options,
            (FIRST_DAY, end),
            name=TABLE,
            edition=edition(file),
            publisher="CMS",
            license=PUBLIC,
        )
        days = sorted({day for _, _, day in rows})
        columns: dict[str, Sequence[str] | array[int]] = {
            "old": [old for old, _, _ in rows],
            "new": [new for _, new, _ in rows],
            "day": array("H", (days.index(day) for _, _, day in rows)),
            "origin": array("H", [OFFICIAL] * len(rows)),
        }
        start, end = about["coverage"]
        data = store.pack({**about, "days": [store.day_number(day) for day in days]}, columns)
        notes = (*_notes(in_words), *dropped(len(listed) - len(rows)))
        yield BuiltTable(TABLE, (start, end), len(rows), data, notes)


def _rows(file: InputFile, in_words: list[int]) -> Iterator[tuple[str, str, date]]:
    """Yield old code, new code and day; add the numbers of the lines that name no older code."""
    for line, row in COLUMNS.rows(file):
        new = Icd10Cm.normal(row["new"])
        if new is None:
            raise COLUMNS.fault(file, line, "new", Icd10Cm.format_error(row["new"]))
        if IN_WORDS.fullmatch(row["old"]) or not row["old"]:
            in_words.append(line)
            continue
        day = _day(file, line, row["day"], new)
        parts = filter(None, (part.strip(" \"'") for part in SEPARATOR.split(row["old"])))
        for old in chain.from_iterable(_codes(file, line, part) for part in parts):
            if old != new:
                yield old, new, day


def _day(file: InputFile, line: int, text: str, new: str) -> date:
    """Return the day of a conversion: as written, else that of the new code's beginning."""
    if OCTOBER.fullmatch(text):
        return date(int(text), 10, 1)
    try:
        found = read_day(text)
    except ValueError as error:
        raise COLUMNS.fault(file, line, "day", str(error)) from None
    if found is None and new in icd10cm:
        found = icd10cm[new].start
    if found is None:
        reason = f"the day on which {Icd10Cm.trusted(new).dotted} took effect is missing"
        raise COLUMNS.fault(file, line, "day", reason)
    return found


def _codes(file: InputFile, line: int, text: str) -> Sequence[str]:
    """Return the code that text names, or the codes of a range, whose end may be short, as in H02.101-106."""
    if wire := Icd10Cm.normal(text):
        return [wire]
    ends = RANGE.fullmatch(text)
    first = Icd10Cm.normal(ends[1]) if ends else None
    if not ends or first is None:
        raise COLUMNS.fault(file, line, "old", Icd10Cm.format_error(text))
    written = ends[2].replace(".", "")
    last = written if len(written) >= len(first) else first[: -len(written)] + written
    same = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    tails = first[same:], last[same:]
    low, high = (whole(tail, LONGEST_TAIL) for tail in tails)
    if len(first) != len(last) or low is None or high is None or low > high:
        raise COLUMNS.fault(file, line, "old", f"{text[:40]!r} is not a range of codes")
    return [f"{first[:same]}{number:0{len(tails[0])}}" for number in range(low, high + 1)]


def _notes(lines: Sequence[int]) -> tuple[str, ...]:
    if not lines:
        return ()
    shown = ", ".join(map(str, lines[:10])) + (", …" if len(lines) > 10 else "")  # noqa: PLR2004  # enough to look at
    return (f"{len(lines):,} lines name no older code, or only in words: {shown}",)
