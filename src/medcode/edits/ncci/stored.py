"""The published tables of the user's folder, NCCI's and the fee schedule, where `check` is not given others.

A table is opened when a claim has a day that it covers, and answers as it lies in memory. Of add-on
codes only the days since the last change are taken, on which every row holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

import attrs

from medcode.codesets import fee_schedule, ncci
from medcode.edits.ncci.tables import AddOn, AddOnTable, Pair, PairTable, UnitLimit, UnitTable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.codesets.concept import Release
    from medcode.codesets.ncci import Stored
    from medcode.codesets.pairs import Pairs
    from medcode.edits.tables import Tables

__all__ = ["arranged", "completed"]

FIELDS = (
    "ptp_practitioner",
    "ptp_outpatient",
    "mue_practitioner",
    "mue_outpatient",
    "mue_supplier",
    "add_on",
)


def completed(tables: Tables) -> Tables:
    """Fill in the published tables that are not given from the user's folder, as far as it has them."""
    empty = (name for name in FIELDS if not getattr(tables, name))
    found: dict[str, Any] = {name: tuple(map(arranged, _newest(name))) for name in empty}
    if not tables.fee_schedule:
        found["fee_schedule"] = fee_schedule.schedules()
    found = {name: stored for name, stored in found.items() if stored}
    return attrs.evolve(tables, **found) if found else tables


def _newest(name: str) -> tuple[Stored, ...]:
    """Return the tables of a kind; of those that hold all days since the beginning, the newest alone."""
    return ncci.stored(name) if name in ncci.MUE else ncci.stored(name)[:1]


def arranged(stored: Stored) -> PairTable | UnitTable | AddOnTable:
    """Return a table of the folder, or one just read, as the edits ask it."""
    release = stored.release
    if release.name == "add_on":
        return _add_ons(stored)
    about = (release.edition, *_days(release))
    whole = not release.partial
    if release.name in ncci.MUE:
        return UnitTable(*about, StoredUnits(stored), whole)
    return PairTable(*about, StoredPairs(stored), whole)


@lru_cache(maxsize=1)  # the newest alone is asked for
def _add_ons(stored: Stored) -> AddOnTable:
    table, (start, end) = stored.pairs, _days(stored.release)
    changes = {start}
    for _, _, pair in table:
        changes |= {pair.effective} | ({pair.deleted + timedelta(days=1)} if pair.deleted else set())
    since = max(day for day in changes if day <= end)
    rows: dict[object, AddOn] = {}
    for code in {code for code, _, _ in table}:
        listed = [(primary, pair) for primary, pair in table.seconds(code, since)]
        if listed:
            primaries = frozenset(primary for primary, _ in listed if primary != ncci.BY_CONTRACTOR)
            rows[code] = AddOn(code, listed[0][1].indicator, primaries)
    return AddOnTable(stored.release.edition, since, end, rows, not stored.release.partial)


def _days(release: Release) -> tuple[date, date]:
    return release.start or date.min, release.end or date.max


class HoldsPairs(Protocol):
    """What has a table of pairs and its release."""

    @property
    def pairs(self) -> Pairs:
        """The pairs."""
        ...

    @property
    def release(self) -> Release:
        """The release."""
        ...


class StoredPairs(Mapping[object, tuple[Pair, ...]]):
    """A table of pairs as a mapping from two codes to what ever held between them."""

    def __init__(self, stored: HoldsPairs) -> None:
        self._stored = stored

    def __getitem__(self, codes: object) -> tuple[Pair, ...]:
        """Return the pair's rows; KeyError if the table has none."""
        if not isinstance(codes, tuple):
            raise KeyError(codes)
        one, two = codes
        found = self._stored.pairs.intervals(one, two)
        rows = tuple(Pair(one, two, pair.indicator, pair.effective, pair.deleted) for pair in found)
        if not rows:
            raise KeyError(codes)
        return rows

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Go through the pairs, sorted, each once."""
        return iter(dict.fromkeys((one, two) for one, two, _ in self._stored.pairs))

    def __len__(self) -> int:
        """Count the rows, without opening the table."""
        return self._stored.release.rows


class StoredUnits(Mapping[object, UnitLimit]):
    """A table of units as a mapping from a code to its limit."""

    def __init__(self, stored: Stored) -> None:
        self._stored = stored

    def __getitem__(self, code: object) -> UnitLimit:
        """Return the limit of a code; KeyError if the table has none."""
        unit = self._stored.units.get(str(code))
        if unit is None:
            raise KeyError(code)
        return UnitLimit(str(code), unit.value, unit.mai)

    def __iter__(self) -> Iterator[str]:
        """Go through the codes, sorted."""
        return (code for code, _ in self._stored.units)

    def __len__(self) -> int:
        """Count the rows, without opening the table."""
        return self._stored.release.rows
