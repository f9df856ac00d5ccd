"""What the editor knows of a code on a day, made ready: which edits it can meet, and when."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import attrs

from medcode.codesets.base import Status
from medcode.edits.mce.ages import AGE_FLAGS, ages
from medcode.edits.mce.coverage import COVERED, LIMITED

if TYPE_CHECKING:
    from datetime import date

    from medcode.codesets.timeline import Table

__all__ = ["INVALID", "Marks", "marks_on"]

AS_PRINCIPAL = {
    "ecodepdx": "E_CODE_AS_PDX",
    "manifestation": "MANIFESTATION_AS_PDX",
    "unacceptable": "UNACCEPTABLE_PDX",
    "qadm": "QUESTIONABLE_ADMISSION",
    "nonspecific": "NONSPECIFIC_PDX",
}
"""Flags of a diagnosis that matter where it is the principal one."""

ANYWHERE = {
    "wrngproc": "WRONG_PROCEDURE_PERFORMED",
    "unspecified": "UNSPECIFIED",
    "msp": "MEDICARE_IS_SECONDARY_PAYER",
    "biopsy": "OPEN_BIOPSY",
}
"""Flags of a diagnosis or procedure that are an edit wherever it stands."""

BY_CASE = frozenset({*COVERED, *LIMITED, "los", "vagdel", "csect", "nonspecific"})
"""Flags of a procedure whose edit depends on the rest of the stay."""


@attrs.frozen
class Marks:
    """A flagged code: the edits it meets anywhere and as principal diagnosis, and its ages and sexes.

    `sexes` are those it conflicts with, the unknown one among them.
    """

    flags: frozenset[str]
    anywhere: tuple[str, ...] = ()
    principal: tuple[str, ...] = ()
    ages: tuple[tuple[int, int], ...] = ()
    sexes: str = ""
    by_case: bool = False

    def common(self, age: int | None, sex: str) -> list[str]:
        """Return the names of the edits that do not depend on where the code stands."""
        names = list(self.anywhere)
        if self.ages and age is not None and any(not low <= age <= high for low, high in self.ages):
            names.append("AGE_CONFLICT")
        if sex in self.sexes:
            names.append("SEX_CONFLICT")
        return names


INVALID = Marks(frozenset())
"""The marks of a code that could not be billed on the day; compared by identity."""


def marks_on(table: Table, day: date) -> list[Marks | None]:
    """Return the marks for each profile of a table on a day: None for a code without any.

    The numbers past the last profile, unknown and malformed, are invalid.
    """
    statuses, masks, names = table.statuses[day], table.flag_masks[day], table.flag_names
    return [_marks(status, mask, names, day) for status, mask in zip(statuses, masks, strict=True)]


def _marks(status: Status, mask: int, names: tuple[str, ...], day: date) -> Marks | None:
    if status is not Status.BILLABLE:
        return INVALID
    if not mask:
        return None
    flags = frozenset(name for bit, name in enumerate(names) if mask >> bit & 1)
    ranges = tuple(ages(flag, day) for flag in sorted(flags & AGE_FLAGS))
    return _of(flags, ranges)


@cache
def _of(flags: frozenset[str], ranges: tuple[tuple[int, int], ...]) -> Marks:
    male, female = "male" in flags, "female" in flags
    return Marks(
        flags,
        anywhere=tuple(ANYWHERE[flag] for flag in ANYWHERE if flag in flags),
        principal=tuple(AS_PRINCIPAL[flag] for flag in AS_PRINCIPAL if flag in flags),
        ages=ranges,
        sexes="F" * male + "M" * female + "U" * (male or female),
        by_case=bool(flags & BY_CASE),
    )
