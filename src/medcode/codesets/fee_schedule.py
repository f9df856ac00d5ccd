"""Payment indicators of the Medicare Physician Fee Schedule, of the user's own release.

Source: CMS, PFS Relative Value Files (PPRRVU).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import attrs

from medcode.codesets import store
from medcode.codesets.releases import Releases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from medcode.codesets.concept import Release

__all__ = ["INDICATORS", "FeeSchedule", "Indicators", "indicators", "schedule_of", "schedules"]

INDICATORS = {
    "status": 3,
    "pctc": 13,
    "global_days": 14,
    "multiple": 18,
    "bilateral": 19,
    "assistant": 20,
    "co_surgeons": 21,
    "team": 22,
}
"""Each indicator with its column, counted from 0, in the PPRRVU file."""


class Indicators(NamedTuple):
    """The indicators of a code, as CMS writes them."""

    status: str
    pctc: str
    global_days: str
    multiple: str
    bilateral: str
    assistant: str
    co_surgeons: str
    team: str


@attrs.frozen(eq=False)
class FeeSchedule:
    """One release of the schedule: its rows by code and modifier, as `77067-` and `77067-26`.

    >>> from datetime import date
    >>> from medcode.codesets.concept import Release
    >>> days = date(2026, 1, 1), date(2026, 12, 31)
    >>> release = Release("pprrvu", "CMS", "2026", *days, "licensed", 1, "")
    >>> schedule = FeeSchedule(release, {"77067-": Indicators("A", "1", "XXX", "0", "2", "0", "0", "0")})
    >>> schedule.get("77067", "26").pctc, schedule.get("77065"), schedule_of([schedule], date(2027, 1, 1))
    ('1', None, None)
    """

    release: Release
    rows: Mapping[str, Indicators] = attrs.field(repr=False)

    def get(self, code: str, modifier: str = "") -> Indicators | None:
        """Return the indicators of a code, in wire form; those of the whole where the part has none of its own."""
        return self.rows.get(f"{code}-{modifier}") or self.rows.get(f"{code}-")

    def __str__(self) -> str:
        """Name the release, its days and its gaps."""
        of = self.release
        return f"{of.edition}, {of.start} to {of.end}, {len(self.rows):,} rows{', trimmed' * of.partial}"


def schedules() -> tuple[FeeSchedule, ...]:
    """Return the releases of the user's folder, newest first: of those that cover a day the first one counts."""
    return _SCHEDULES.of("pprrvu")


def schedule_of(known: Iterable[FeeSchedule], on: date) -> FeeSchedule | None:
    """Return the first of several releases that covers a day; a later one of the year takes an earlier one's place."""
    return next((each for each in known if each.release.covers(on)), None)


def indicators(code: str, on: date, modifier: str = "") -> Indicators | None:
    """Return the indicators of a code, in wire form, on a day; None without a table or a row.

    `modifier` is 26 or TC for the rows of a component; a code without such a row has that of the whole.

    >>> from datetime import date
    >>> indicators("G0101", date(2026, 1, 5)) is None
    True
    """
    found = schedule_of(schedules(), on)
    return found.get(code, modifier) if found else None


class StoredRows(Mapping[str, Indicators]):
    """The rows of a file of the user's folder, read when the first is asked for."""

    def __init__(self, path: Path, count: int) -> None:
        self._path = path
        self._count = count

    @cached_property
    def _rows(self) -> Mapping[str, Indicators]:
        raw = store.read(self._path)
        columns = (raw.texts(name) for name in INDICATORS)
        rows = (Indicators(*values) for values in zip(*columns, strict=True))
        return dict(zip(raw.texts("code"), rows, strict=True))

    def __getitem__(self, key: str) -> Indicators:
        """Return a row; KeyError if there is none."""
        return self._rows[key]

    def __iter__(self) -> Iterator[str]:
        """Yield the keys, sorted."""
        return iter(self._rows)

    def __len__(self) -> int:
        """Count the rows, without reading them."""
        return self._count


def _ready(path: Path, release: Release) -> FeeSchedule:
    return FeeSchedule(release, StoredRows(path, release.rows))


_SCHEDULES = Releases(_ready)
