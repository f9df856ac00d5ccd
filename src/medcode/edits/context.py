"""One claim as the edits look at it: its setting, its days, and its codes each on the day it is judged.

A professional diagnosis is judged on the first day of each line that points to it; one that no line
points to, on the earliest line. An institutional claim is judged on its through date.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from medcode.codesets.base import Status
from medcode.codesets.code import Malformed
from medcode.codesets.icd9cm import Icd9Cm, icd9cm
from medcode.codesets.icd10cm import icd10cm
from medcode.edits.days import first_day
from medcode.edits.setting import Setting, setting_of
from medcode.edits.tables import NO_TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from medcode.codesets.base import CodeSet
    from medcode.edits.tables import Tables

__all__ = ["Context", "JudgedCode"]


class JudgedCode(NamedTuple):
    """A code of a claim: where it stands, the day it is judged on, and what its table says of it then."""

    path: str
    code: str
    day: date
    code_set: CodeSet[Any]
    status: Status
    flags: frozenset[str]

    @property
    def shown(self) -> str:
        """The code as people write it."""
        return str(getattr(self.code, "dotted", self.code))


class Context:
    """What an edit is told beside the claim: the day of the transaction, the user's tables, the claim's own days and codes."""

    def __init__(self, claim: Any, on: date, tables: Tables = NO_TABLES) -> None:
        self.claim = claim
        self.on = on
        self.tables = tables
        self.setting: Setting = setting_of(claim)

    @cached_property
    def line_days(self) -> tuple[date | None, ...]:
        """The first day of each line."""
        return tuple([first_day(line.service_date) for line in self.claim.lines])

    @cached_property
    def first_day(self) -> date | None:
        """The day care began: of a stay its admission, else the earliest line."""
        return min(filter(None, self.line_days), default=None)

    @cached_property
    def day(self) -> date | None:
        """The day the claim as a whole is judged on: of an institution the through date, else the earliest line."""
        return self.first_day

    @cached_property
    def age(self) -> int | None:
        """The patient's completed years on the day care began; None where that cannot be told."""
        return None if self.first_day is None else self.claim.patient.age(self.first_day)

    @cached_property
    def diagnoses(self) -> tuple[JudgedCode, ...]:
        """Each diagnosis on each day that it is judged on, in claim order; empty where no day is known."""
        return tuple(self._judged())

    def _judged(self) -> Iterator[JudgedCode]:
        days = self._pointed_days() if self.setting is Setting.PROFESSIONAL else {}
        for number, diagnosis in enumerate(self.claim.diagnoses):
            for day in days.get(number) or filter(None, (self.day,)):
                yield judge(f"diagnoses[{number}].code", diagnosis.code, day)

    def _pointed_days(self) -> dict[int, list[date]]:
        """From the place of a diagnosis to the days of the lines that point to it, each day once."""
        days: dict[int, list[date]] = {}
        for line, day in zip(self.claim.lines, self.line_days, strict=True):
            if day is None:
                continue
            for pointer in line.diagnosis_pointers:
                if isinstance(pointer, int) and day not in (known := days.setdefault(pointer - 1, [])):
                    known.append(day)
        return days


def judge(path: str, code: str, day: date) -> JudgedCode:
    """Look a diagnosis up in its code set on a day."""
    if isinstance(code, Malformed):
        return JudgedCode(path, code, day, icd10cm, Status.MALFORMED, frozenset())
    code_set: CodeSet[Any] = icd9cm if isinstance(code, Icd9Cm) else icd10cm
    table = code_set.table
    number = table.lookup[code]
    flags = flag_names(table.flag_names, table.flag_masks[day][number])
    return JudgedCode(path, code, day, code_set, table.statuses[day][number], flags)


@lru_cache(maxsize=4096)
def flag_names(names: tuple[str, ...], mask: int) -> frozenset[str]:
    """Give the names of the flags whose bits are set."""
    return frozenset(name for bit, name in enumerate(names) if mask >> bit & 1)
