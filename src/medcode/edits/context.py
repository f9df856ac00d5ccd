"""One claim as the edits look at it: its setting, its days, and its codes each on the day it is judged.

A professional or dental diagnosis is judged on the first day of each line that points to it; one
that no line points to, on the earliest line. An institutional claim is judged on its through date.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from medcode.claims.model.diagnosis import Snodent
from medcode.edits.days import first_day, last_day
from medcode.edits.judged import judge
from medcode.edits.setting import INSTITUTIONAL, setting_of
from medcode.edits.tables import NO_TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from medcode.edits.judged import JudgedCode
    from medcode.edits.setting import Setting
    from medcode.edits.tables import Tables

__all__ = ["Context", "Shared"]


class Shared:
    """What the claims of a check share: `batch`, what edits remember of claims, and `memo`, what may be forgotten."""

    __slots__ = ("batch", "memo")

    def __init__(self) -> None:
        self.batch: dict[Any, int] = {}
        self.memo: dict[Any, Any] = {}


class Context:
    """What an edit is told beside the claim: the day of the transaction, the user's tables, days and codes.

    `number` counts the claims of a check from 0; `shared` is that of all of them. `line_days` is the first day
    of each line, or of the claim where a line names none; `first_day` the day care began: of a stay its
    admission, of an institution the from date, else the earliest line; `day` the one the claim as a
    whole is judged on: of an institution the through date, else the earliest line.
    """

    def __init__(
        self,
        claim: Any,
        on: date,
        tables: Tables = NO_TABLES,
        number: int = 0,
        shared: Shared | None = None,
    ) -> None:
        self.claim = claim
        self.on = on
        self.tables = tables
        self.number = number
        self.shared = shared or Shared()
        self.kept: dict[str, Any] = {}
        self.setting: Setting = setting_of(claim)
        self.is_institutional = self.setting in INSTITUTIONAL
        usual = first_day(getattr(claim, "service_date", None))
        self.line_days = tuple([first_day(line.service_date) or usual for line in claim.lines])
        if self.is_institutional:
            self.first_day = first_day(claim.admission) or first_day(claim.statement_dates)
            self.day = last_day(claim.statement_dates)
        else:
            self.first_day = self.day = min(filter(None, self.line_days), default=None)

    @cached_property
    def age(self) -> int | None:
        """The patient's completed years on the day care began; None where that cannot be told."""
        return None if self.first_day is None else self.claim.patient.age(self.first_day)

    @cached_property
    def codes(self) -> tuple[tuple[str, str], ...]:
        """The path and the code of each diagnosis, in claim order; external causes of an institution last."""
        if self.is_institutional:
            return tuple(self._institutional_codes())
        return tuple([(f"diagnoses[{n}].code", each.code) for n, each in enumerate(self.claim.diagnoses)])

    def _institutional_codes(self) -> Iterator[tuple[str, str]]:
        yield "principal_diagnosis.code", self.claim.principal_diagnosis.code
        for field in ("other_diagnoses", "external_causes"):
            for number, diagnosis in enumerate(getattr(self.claim, field)):
                yield f"{field}[{number}].code", diagnosis.code

    @cached_property
    def diagnoses(self) -> tuple[JudgedCode, ...]:
        """Each ICD diagnosis on each day that it is judged on, in claim order; empty where no day is known."""
        if self.day is None:
            return ()
        if self.is_institutional:
            return tuple([judge(path, code, self.day) for path, code in self.codes])
        pointed, usual = self._pointed_days(), [self.day]
        return tuple(
            judge(path, code, day)
            for number, (path, code) in enumerate(self.codes)
            if not isinstance(code, Snodent)
            for day in pointed.get(number, usual)
        )

    def _pointed_days(self) -> dict[int, list[date]]:
        """From the place of a diagnosis to the days of the lines that point to it, each day once."""
        days: dict[int, list[date]] = {}
        if all(day == self.day for day in self.line_days):
            return days
        for line, day in zip(self.claim.lines, self.line_days, strict=True):
            if day is None:
                continue
            for pointer in line.diagnosis_pointers:
                if isinstance(pointer, int) and day not in (known := days.setdefault(pointer - 1, [])):
                    known.append(day)
        return days

    @cached_property
    def reasons(self) -> tuple[tuple[str, str], ...]:
        """The path and the code of what an institution gives beside the diagnoses: why the patient came."""
        if not self.is_institutional:
            return ()
        admitting = self.claim.admitting_diagnosis
        first = [("admitting_diagnosis", admitting)] if admitting else []
        rest = [(f"reasons_for_visit[{n}]", code) for n, code in enumerate(self.claim.reasons_for_visit)]
        return (*first, *rest)

    @cached_property
    def procedures(self) -> tuple[tuple[str, str], ...]:
        """The path and the code of each inpatient procedure, in claim order."""
        if not self.is_institutional:
            return ()
        first = self.claim.principal_procedure
        rest = [
            (f"other_procedures[{n}].code", each.code) for n, each in enumerate(self.claim.other_procedures)
        ]
        return (("principal_procedure.code", first.code), *rest) if first else tuple(rest)

    @property
    def patient(self) -> str:
        """The field of the claim that holds the patient."""
        return "dependent" if self.claim.dependent else "subscriber"
