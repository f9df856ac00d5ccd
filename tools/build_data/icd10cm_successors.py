"""Builds `icd10cm_successors`: which ICD-10-CM codes took over from which, and when.

The official conversion tables name, for a new code, the code that was used before it. Beside them
the dates speak: a code that begins the day after its heading ceased to be billable succeeds it, and
so does one that fills the placeholders of a code with a 7th character.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_left
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from tools.build_data import sources
from tools.build_data.mce import entry, mce_table

from medcode.codesets.store import pack

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCES = (sources.MCE,)
HEADER = {
    "name": "icd10cm_successors",
    "publisher": "CMS and NCHS",
    "edition": "conversion tables FY2023-FY2026, dates of MCE v44.0",
    "license": "public domain (US government work)",
    "coverage": [20151001, 20270331],
}
START = struct.calcsize("<3I4I")  # magic, number of years, start; the years
ROW = struct.Struct("<8s8sIHB")  # one code, the other, first day of the newer, pair, 1 for older to newer
SEVEN = 7  # characters of a code with a 7th character; only those have placeholders
OFFICIAL, INFERRED = 0, 1


def build() -> dict[str, bytes]:
    """Return the table file."""
    pairs = dict.fromkeys(inferred(), INFERRED) | {pair: OFFICIAL for pair in official() if holds(*pair)}
    days = sorted({day for _, _, day in pairs})
    rows = sorted(pairs)
    columns: dict[str, Any] = {
        "old": [old for old, _, _ in rows],
        "new": [new for _, new, _ in rows],
        "day": array("H", (days.index(day) for _, _, day in rows)),
        "origin": array("H", (pairs[row] for row in rows)),
    }
    return {"icd10cm_successors": pack({**HEADER, "days": days}, columns)}


@cache
def official() -> frozenset[tuple[str, str, int]]:
    """Return the pairs of the conversion tables: old code, new code, first day of the new one."""
    data = entry("icd10cm_conversions")
    found = set()
    for one, other, day, _, forward in ROW.iter_unpack(data[START:]):
        old, new = (one, other) if forward else (other, one)
        found.add((_text(old), _text(new), day))
    return frozenset(found)


def holds(old: str, new: str, day: int) -> bool:
    """Return whether the dates bear a pair out: the new code begins on the day, the old was there before."""
    codes = mce_table("mce_i10dx_master").codes
    begins = any(row.start == day for row in codes.get(new, ()))
    was = any(row.start < day and row.end >= before(day) for row in codes.get(old, ()))
    return begins and was


def inferred() -> Iterator[tuple[str, str, int]]:
    """Return the pairs that the dates alone show."""
    table = mce_table("mce_i10dx_master")
    codes = sorted(table.codes)
    firsts = {code: dated[0].start for code, dated in table.codes.items()}
    for old, dated in table.codes.items():
        day = after(dated[-1].end)
        if dated[-1].end == table.last:
            continue
        stem = old.partition("X")[0] if len(old) == SEVEN else old
        for new in codes[bisect_left(codes, stem) : bisect_left(codes, stem + "~")]:
            if new != old and firsts[new] == day and (stem == old or _fills(new, old)):
                yield old, new, day


def _fills(new: str, old: str) -> bool:
    """Return whether a code is an old one of seven characters whose placeholders X are filled."""
    return len(new) == SEVEN and all(b in (a, "X") for a, b in zip(new, old, strict=True))


def before(day: int) -> int:
    """Return the day before, both as YYYYMMDD."""
    return _shifted(day, -1)


def after(day: int) -> int:
    """Return the day after, both as YYYYMMDD."""
    return _shifted(day, 1)


@cache
def _shifted(day: int, days: int) -> int:
    moved = date(day // 10000, day // 100 % 100, day % 100) + timedelta(days=days)
    return moved.year * 10000 + moved.month * 100 + moved.day


def _text(data: bytes) -> str:
    """Take the code; where the official table names two in one cell, the first is all that is left."""
    return (data.rstrip(b"\0").decode("ascii").split() or [""])[0]
