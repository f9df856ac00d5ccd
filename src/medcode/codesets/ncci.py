"""NCCI: which codes are not paid together, how many units are likely, what an add-on code adds to.

Five kinds of table, all of them the user's to load, for they hold CPT codes: `ptp_practitioner` and
`ptp_outpatient` (procedure to procedure), `mue_practitioner`, `mue_outpatient` and `mue_supplier`
(medically unlikely edits), and `add_on`. Codes are in wire form. Without a table of the day, or where
a partial one lacks the code, there is no answer but NotLoaded: none is not the same as nothing found.

Source: CMS, National Correct Coding Initiative edits.

>>> from datetime import date
>>> find("ptp_practitioner", "A4301", "A4300", on=date(2026, 1, 5))
Traceback (most recent call last):
    ...
medcode.codesets.ncci.NotLoaded: no table ptp_practitioner covers 2026-01-05; ... medcode data add FILE...
"""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import attrs

from medcode.codesets import pairs, store
from medcode.codesets.releases import Releases
from medcode.errors import MedcodeError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from medcode.codesets.concept import Release
    from medcode.codesets.pairs import Pair, Pairs
    from medcode.codesets.user import BuiltTable

__all__ = [
    "KINDS",
    "AddOn",
    "Loaded",
    "NotLoaded",
    "Stored",
    "Unit",
    "Units",
    "find",
    "load",
    "primaries",
    "releases",
    "stored",
    "tables",
    "units",
]

PTP = ("ptp_practitioner", "ptp_outpatient")
MUE = ("mue_practitioner", "mue_outpatient", "mue_supplier")
KINDS = (*PTP, *MUE, "add_on")
T = TypeVar("T")
BY_CONTRACTOR = "CCCCC"  # in place of a primary code that the contractor defines


class NotLoaded(MedcodeError, LookupError):  # noqa: N818  # a state of affairs, not a fault
    """No loaded table can answer; the message names the command that loads one."""


class Unit(NamedTuple):
    """The most units that are likely, and how they are counted: by line (1) or day (2, 3)."""

    value: int
    mai: str


class AddOn(NamedTuple):
    """The type of an add-on code (1, 2 or 3) and its listed primary codes."""

    kind: str
    primaries: frozenset[str]


class Units:
    """A table of medically unlikely edits."""

    __slots__ = ("_rows", "release")

    def __init__(self, raw: store.RawTable) -> None:
        self.release = raw.release
        columns = (raw.texts(name) for name in ("code", "units", "mai"))
        self._rows: Mapping[str, Unit] = {
            code: Unit(int(value), mai) for code, value, mai in zip(*columns, strict=True)
        }

    def __iter__(self) -> Iterator[tuple[str, Unit]]:
        """Yield the codes and their rows, sorted."""
        return iter(self._rows.items())

    def get(self, code: str) -> Unit | None:
        """Return the row of a code, if it has one."""
        return self._rows.get(code)


@attrs.frozen(eq=False, slots=False)
class Stored:
    """A table of the user's folder: its release at once, its rows read when they are asked for."""

    path: Path
    release: Release

    @cached_property
    def pairs(self) -> Pairs:
        """The rows of a table of pairs or of add-on codes."""
        return pairs.read(self.path)

    @cached_property
    def units(self) -> Units:
        """The rows of a table of units."""
        return Units(store.read(self.path))

    @property
    def table(self) -> Pairs | Units:
        """The rows, of whichever kind they are."""
        return self.units if self.release.name in MUE else self.pairs


@attrs.frozen(eq=False, slots=False)
class Loaded(Stored):
    """A table that a loader built and nobody stored."""

    data: bytes = attrs.field(repr=False)

    @classmethod
    def of(cls, built: BuiltTable) -> Loaded:
        """Return the table; its rows are read when they are asked for."""
        header = json.loads(built.data.partition(b"\n")[0])
        return cls(Path(built.name), store.release_of(header, header["sha256"]), built.data)

    @cached_property
    def pairs(self) -> Pairs:
        """The rows of a table of pairs or of add-on codes."""
        return pairs.unpack(self.data, self.release.name)

    @cached_property
    def units(self) -> Units:
        """The rows of a table of units."""
        return Units(store.unpack(self.data, self.release.name))


def load(kind: str, on: date | None = None) -> Pairs | Units | None:
    """Return the newest table of a kind, or the newest that covers a day; None if there is none."""
    found = _covering(kind, on)
    return None if found is None else found.table


def releases(kind: str) -> tuple[Release, ...]:
    """Return the releases of a kind, newest first."""
    return tuple(table.release for table in stored(kind))


def tables(kind: str) -> tuple[Pairs | Units, ...]:
    """Return the tables of a kind, newest first, all of them read."""
    return tuple(table.table for table in stored(kind))


def stored(kind: str) -> tuple[Stored, ...]:
    """Return the tables of a kind, newest first, none of them opened yet."""
    return _STORED.of(kind)


_STORED = Releases(Stored)


def find(kind: str, column_1: str, column_2: str, on: date) -> Pair | None:
    """Return the PTP edit between two codes on a day: (indicator, effective, deleted), or None."""
    table = _of_day(kind, on)
    return _sure(table.release, table.pairs.find(column_1, column_2, on), column_1, column_2)


def units(code: str, service: str, on: date) -> Unit | None:
    """Return the units of a code by its service (practitioner, outpatient, supplier) on a day, or None."""
    table = _of_day(f"mue_{service}", on)
    return _sure(table.release, table.units.get(code), code)


def primaries(code: str, on: date) -> AddOn | None:
    """Return the type and the primary codes of an add-on code on a day; None for a code that is not an add-on."""
    table = _of_day("add_on", on)
    found = list(table.pairs.seconds(code, on))
    listed = frozenset(primary for primary, _ in found if primary != BY_CONTRACTOR)
    answer = AddOn(found[0][1].indicator, listed) if found else None
    return _sure(table.release, answer, code)


def _sure(release: Release, answer: T | None, *codes: str) -> T | None:
    if answer is None and release.partial:
        raise NotLoaded(f"{release.name} holds a part of its table, and nothing of {' and '.join(codes)}")
    return answer


def _of_day(kind: str, on: date) -> Stored:
    if (table := _covering(kind, on)) is None:
        raise NotLoaded(f"no table {kind} covers {on}; to load one: medcode data add FILE")
    return table


def _covering(kind: str, on: date | None) -> Stored | None:
    return next((table for table in stored(kind) if on is None or table.release.covers(on)), None)
