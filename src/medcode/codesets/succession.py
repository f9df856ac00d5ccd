"""Successors and predecessors of ICD-10-CM codes: the official conversions, and the dates.

The conversion tables of CMS name the code that was used before a new one, also where the old code
lived on. Where they have no entry the dates decide: a code that begins the day after its heading ceased
to be billable succeeds it.

Source: CMS and NCHS, ICD-10-CM conversion tables; dates of the Medicare Code Editor.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import attrs

from medcode.codesets import folder, store
from medcode.codesets.concept import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from medcode.codesets.base import CodeSet
    from medcode.codesets.store import RawTable

__all__ = ["FIRST_DAY", "OFFICIAL", "TABLE", "Conversion", "Succession"]

TABLE = "icd10cm_successors"
FIRST_DAY = date(2015, 10, 1)  # of ICD-10-CM
OFFICIAL = 0  # the origin of a row; the others are inferred from dates


@attrs.frozen(order=True)
class Conversion:
    """The new code replaces the old one from the day on; `official` or inferred from dates."""

    old: str
    new: str
    day: date
    official: bool


class Succession:
    """All conversions, both ways."""

    def __init__(self, code_set: CodeSet[Any]) -> None:
        self._code_set = code_set
        own = {row for path in folder.stored(TABLE) for row in _conversions(store.read(path))}
        named = {(row.old, row.day) for row in own}  # the user's official rows, in place of a guess by dates
        shipped = (
            row
            for row in _conversions(store.shipped(TABLE))
            if row.official or (row.old, row.day) not in named
        )
        release = code_set.table.release
        self._last_day = (release and release.end) or date.max
        self.conversions = tuple(sorted(own.union(shipped)))
        self._after = _grouped((row.old, row) for row in self.conversions)
        self._before = _grouped((row.new, row) for row in self.conversions)

    def successors(self, wire: str, on: date | None) -> Sequence[str]:
        """Return the codes that took over when a code ended; with a day, those billable on it, as far as the table goes."""
        direct = self._direct(wire)
        if on is None:
            return direct
        on = min(self._code_set.day(on), self._last_day)
        found: dict[str, None] = {}
        waiting = list(direct)
        while waiting:
            code = waiting.pop(0)
            if self._code_set.status(code, on) is Status.BILLABLE:
                found[code] = None
            else:
                waiting += self._direct(code)
        return sorted(found)

    def predecessors(self, wire: str) -> Sequence[str]:
        """Return the codes used before a code began."""
        start, _ = self._life(wire)
        return sorted({row.old for row in self._before.get(wire, ()) if row.day == start})

    def _direct(self, wire: str) -> Sequence[str]:
        _, end = self._life(wire)
        if end is None:
            return ()
        return sorted({row.new for row in self._after.get(wire, ()) if row.day == end + timedelta(days=1)})

    def _life(self, wire: str) -> tuple[date, date | None]:
        table = self._code_set.table
        return table.life(table.lookup[wire])


def _conversions(raw: RawTable) -> Iterator[Conversion]:
    days = [store.day(number) for number in raw.header["days"]]
    numbers, origins = raw.numbers("day"), raw.numbers("origin")
    for old, new, day, origin in zip(raw.texts("old"), raw.texts("new"), numbers, origins, strict=True):
        yield Conversion(old, new, days[day], origin == OFFICIAL)


def _grouped(pairs: Iterator[tuple[str, Conversion]]) -> Mapping[str, Sequence[Conversion]]:
    grouped: dict[str, list[Conversion]] = {}
    for code, row in pairs:
        grouped.setdefault(code, []).append(row)
    return grouped
