"""The tables of the outpatient code editor for other edits: NCCI pairs of hospitals, add-on codes, ages, valid codes.

The editor's tables have no units, and no pairs of practitioners.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs

from medcode.edits.ncci.stored import StoredPairs
from medcode.edits.ncci.tables import AddOn, AddOnTable, PairTable
from medcode.edits.oce import flags
from medcode.edits.own.policy import OLDEST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from medcode.codesets.concept import Release
    from medcode.codesets.pairs import Pairs
    from medcode.edits.oce.tables import OceTables

__all__ = ["add_ons", "ages", "hospital_pairs", "is_in_force"]

KINDS = {flags.ADDON_TYPE_1: "1", flags.ADDON_TYPE_2: "2", flags.ADDON_TYPE_3: "3"}


@attrs.frozen
class Held:
    """Pairs with their release."""

    pairs: Pairs
    release: Release


def hospital_pairs(tables: OceTables) -> PairTable:
    """Return the NCCI pairs of hospitals over all versions."""
    release = tables.ncci.release
    return PairTable(str(tables), tables.first_day, tables.last_day, StoredPairs(Held(tables.ncci, release)))


def add_ons(tables: OceTables) -> tuple[AddOnTable, ...]:
    """Return the add-on codes, a table for each version, the newest first."""
    listed: dict[str, list[str]] = {}
    for key in tables.pairs["add_on"]:
        code, _, primary = key.partition("|")
        listed.setdefault(code, []).append(primary)
    last = tables.versions[-1]
    return tuple(
        AddOnTable(
            f"IOCE v{version.name}",
            version.start,
            tables.last_day if version is last else version.end,
            AddOns(tables, listed, version.number),
        )
        for version in reversed(tables.versions)
    )


class AddOns(Mapping[object, AddOn]):
    """The add-on codes of a version, made when they are asked for."""

    def __init__(self, tables: OceTables, listed: Mapping[str, list[str]], version: int) -> None:
        self._tables = tables
        self._listed = listed
        self._version = version

    def __getitem__(self, code: object) -> AddOn:
        """Return an add-on code with its primary codes; KeyError for any other code."""
        row = self._tables.hcpcs.at(str(code), self._version)
        kind = next((kind for flag, kind in KINDS.items() if row and row.flags & flag), None)
        if kind is None:
            raise KeyError(code)
        pairs = self._tables.pairs["add_on"]
        primaries = self._listed.get(str(code), ())
        held = (each for each in primaries if pairs.at(f"{code}|{each}", self._version) is not None)
        return AddOn(str(code), kind, frozenset(held))

    def __iter__(self) -> Iterator[object]:
        """Iterate over the codes that have primary codes."""
        return (code for code in self._listed if code in self)

    def __len__(self) -> int:
        """Count the codes that have primary codes."""
        return len(self._listed)


class Ages(Mapping[str, tuple[int, int]]):
    """The first and last age of each HCPCS code that has one, by the newest version."""

    def __init__(self, tables: OceTables) -> None:
        self._tables = tables
        self._version = tables.versions[-1].number

    def __getitem__(self, code: str) -> tuple[int, int]:
        """Return the ages of a code; KeyError for one of any age."""
        row = self._tables.hcpcs.at(code, self._version)
        if row is None or (row.lowest_age, row.highest_age) == (0, OLDEST):
            raise KeyError(code)
        return row.lowest_age, row.highest_age

    def __iter__(self) -> Iterator[str]:
        """Iterate over the codes."""
        return (code for code in self._tables.hcpcs if code in self)

    def __len__(self) -> int:
        """Count the codes."""
        return sum(1 for _ in self)


def ages(tables: OceTables) -> Ages:
    """Return the ages of procedures."""
    return Ages(tables)


def is_in_force(tables: OceTables, code: str, day: date) -> bool | None:
    """Whether a HCPCS or CPT code is valid on a day; None for a day that the tables do not cover."""
    version = tables.version_on(day) if tables.covers(day) else None
    return None if version is None else tables.hcpcs.at(code, version.number) is not None
