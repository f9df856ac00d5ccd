"""The tables of CMS's Integrated Outpatient Code Editor, which the user holds and medcode does not ship.

They have CPT codes, revenue codes and NCCI pairs in them. `OceTables.installed` reads those of the
package `pyoce` (Apache-2.0), once; what it read is kept in the user's folder beside their own releases,
packed and with the hash of what it was made from, and answers from there.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from medcode.codesets import store
from medcode.edits.oce.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from medcode.codesets.concept import Release
    from medcode.codesets.pairs import Pairs
    from medcode.edits.oce.stored import Content

__all__ = [
    "ApcRow",
    "DevicePair",
    "DiagnosisRow",
    "HcpcsRow",
    "ModifierRow",
    "OceTables",
    "RevenueRow",
    "Version",
]


class Version(NamedTuple):
    """A quarterly version of the editor: CMS's internal number, its days and its name."""

    number: int
    start: date
    end: date
    name: str


class HcpcsRow(NamedTuple):
    """A HCPCS code in a version; `date_edit` is the edit that its dates belong to, 0 for none.

    The durations count the time of a program's service: 0 an hour, 1 to 3 a quarter, half and three
    quarters of one.
    """

    flags: int
    status: str
    apc: str | None
    lowest_age: int
    highest_age: int
    date_edit: int
    approved: date | None
    terminated: date | None
    php_duration: int
    iop_duration: int


class DiagnosisRow(NamedTuple):
    """A diagnosis in a version: its facts and the ages that it occurs at."""

    flags: int
    lowest_age: int
    highest_age: int


class ApcRow(NamedTuple):
    """A payment classification in a version; `imaging` numbers the composite it is of, 0 for none."""

    status: str
    amount: int
    imaging: int
    radiosurgery: bool


class ModifierRow(NamedTuple):
    """A modifier in a version, and the first day that it may be reported on."""

    flags: int
    activated: date | None


class RevenueRow(NamedTuple):
    """A revenue code in a version, and the status of a line that has no HCPCS code."""

    flags: int
    status: str | None


class DevicePair(NamedTuple):
    """A pass-through device and a procedure of it, and the first day that they go together, if there is one."""

    start: date | None


def _day(number: int) -> date | None:
    return store.day(number) if number else None


def _hcpcs(values: Sequence[Any]) -> HcpcsRow:
    flags, status, apc, low, high, edit, approved, terminated, php, iop = values
    return HcpcsRow(int(flags, 16), status, apc, low, high, edit, _day(approved), _day(terminated), php, iop)


def _diagnosis(values: Sequence[Any]) -> DiagnosisRow:
    return DiagnosisRow(*values)


def _apc(values: Sequence[Any]) -> ApcRow:
    return ApcRow(*values)


def _modifier(values: Sequence[Any]) -> ModifierRow:
    flags, activated = values
    return ModifierRow(flags, _day(activated))


def _revenue(values: Sequence[Any]) -> RevenueRow:
    flags, status = values
    return RevenueRow(int(flags, 16), status)


def _single(values: Sequence[Any]) -> Any:
    return values[0]


def _is_listed(_values: Sequence[Any]) -> bool:
    return True


@attrs.frozen(eq=False, slots=False)
class OceTables:
    """The tables of the editor's versions, ready to be asked.

    Every table is asked with a key in wire form and the number of a version. A pair's key is its two
    codes with a bar between them.

    `release` says where the tables are from and the days they cover: claims that begin on one of them
    can be edited.
    """

    content: Content = attrs.field(repr=False)

    @classmethod
    def installed(cls) -> OceTables:
        """Return the tables of the package `pyoce` that is installed beside medcode.

        The first call reads the package's own file, which takes some seconds, and keeps what it read
        in the user's folder (`MEDCODE_DATA`); later calls read that, unless the package changed.

        Raises TableError if the package or its data cannot be found or read. The package needs Python
        3.12; its data may lie on the path of any Python.
        """
        from medcode.edits.oce.source import installed

        return cls(installed())

    @property
    def release(self) -> Release:
        """Where the tables are from, the days they cover and their hash."""
        return self.content.release

    @cached_property
    def versions(self) -> tuple[Version, ...]:
        """The versions, the oldest first."""
        return tuple(
            Version(number, store.day(start), store.day(end), name)
            for number, start, end, name in self.content.header["versions"]
        )

    @cached_property
    def _starts(self) -> list[date]:
        return [version.start for version in self.versions]

    def version_on(self, day: date) -> Version | None:
        """Return the version whose days have a day among them."""
        place = bisect_right(self._starts, day)
        version = self.versions[place - 1] if place else None
        return version if version and day <= version.end else None

    def covers(self, day: date) -> bool:
        """Whether a claim that begins on a day can be edited."""
        return self.first_day <= day <= self.last_day

    @property
    def first_day(self) -> date:
        """The first day of the oldest version."""
        return self.versions[0].start

    @property
    def last_day(self) -> date:
        """The last day of the newest version, which is good for a quarter, whatever its own table says."""
        return self.release.end or self.versions[-1].end

    @cached_property
    def hcpcs(self) -> Rows[HcpcsRow]:
        """HCPCS codes."""
        return Rows(self.content.tables["hcpcs"], _hcpcs)

    @cached_property
    def diagnoses(self) -> Rows[DiagnosisRow]:
        """ICD-10-CM codes."""
        return Rows(self.content.tables["diagnosis"], _diagnosis)

    @cached_property
    def apcs(self) -> Rows[ApcRow]:
        """Ambulatory payment classifications."""
        return Rows(self.content.tables["apc"], _apc)

    @cached_property
    def ranks(self) -> Rows[int]:
        """Rank of a code among the comprehensive procedures; the lowest is primary."""
        return Rows(self.content.tables["rank"], _single)

    @cached_property
    def modifiers(self) -> Rows[ModifierRow]:
        """HCPCS modifiers."""
        return Rows(self.content.tables["modifier"], _modifier)

    @cached_property
    def revenue(self) -> Rows[RevenueRow]:
        """Revenue codes, without leading zeros."""
        return Rows(self.content.tables["revenue"], _revenue)

    @cached_property
    def imaging(self) -> Rows[str]:
        """The composite classification of a code of imaging."""
        return Rows(self.content.tables["imaging"], _single)

    @cached_property
    def off_campus(self) -> Rows[str]:
        """The classification that a code has instead in an off-campus department (section 603)."""
        return Rows(self.content.tables["off_campus"], _single)

    @cached_property
    def device_pairs(self) -> Rows[DevicePair]:
        """Pass-through device and procedure."""
        return Rows(self.content.tables["device_pair"], lambda values: DevicePair(_day(values[0])))

    @cached_property
    def pairs(self) -> dict[str, Rows[bool]]:
        """The tables that list pairs and say nothing more of them, by name."""
        return {
            name.removeprefix("pair:"): Rows(packed, _is_listed)
            for name, packed in self.content.tables.items()
            if name.startswith("pair:")
        }

    @property
    def ncci(self) -> Pairs:
        """NCCI pairs: column 1, column 2; indicator 1 allows a modifier."""
        return self.content.ncci

    def __str__(self) -> str:
        """Name the versions and their days."""
        first, last = self.versions[0], self.versions[-1]
        return f"IOCE v{first.name} to v{last.name}, {self.first_day} to {self.last_day}"
