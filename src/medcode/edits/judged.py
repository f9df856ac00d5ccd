"""A code of a claim, looked up in its code set on the day that it is judged on."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from medcode.codesets.base import Status
from medcode.codesets.code import Code, Malformed
from medcode.codesets.icd9cm import Icd9Cm, icd9cm
from medcode.codesets.icd9cm_procedures import Icd9CmProcedure, icd9cm_procedures
from medcode.codesets.icd10cm import icd10cm
from medcode.codesets.icd10pcs import Icd10Pcs, icd10pcs

if TYPE_CHECKING:
    from datetime import date

    from medcode.codesets.base import CodeSet

__all__ = ["SETS", "JudgedCode", "judge", "shown", "told_of"]

SETS: dict[type[str], CodeSet[Any]] = {
    Icd9Cm: icd9cm,
    Icd10Pcs: icd10pcs,
    Icd9CmProcedure: icd9cm_procedures,
}


def shown(code: Code | Malformed | str) -> str:
    """Return a code as people write it, with its dot; a malformed text as it is.

    >>> from medcode import Icd10Cm
    >>> shown(Icd10Cm("E119")), shown(Malformed("E11..9"))
    ('E11.9', 'E11..9')
    """
    return code.dotted if isinstance(code, Code) else str(code)


class JudgedCode(NamedTuple):
    """A code of a claim: its path, the day it is judged on, and what its table says about it on that day."""

    path: str
    code: Code | Malformed
    day: date
    code_set: CodeSet[Any]
    status: Status
    flags: frozenset[str]

    @property
    def shown(self) -> str:
        """The code as people write it."""
        return shown(self.code)


def judge(path: str, code: Code | Malformed, day: date, otherwise: CodeSet[Any] = icd10cm) -> JudgedCode:
    """Look a code up in the set of its type on a day; a malformed text was meant for `otherwise`."""
    if isinstance(code, Malformed):
        return JudgedCode(path, code, day, otherwise, *told_of(code, day))
    return JudgedCode(path, code, day, SETS.get(type(code), icd10cm), *told_of(code, day))


def told_of(code: Code | Malformed, day: date) -> tuple[Status, frozenset[str]]:
    """Return what the table of a code's type says of it on a day: its status and its flags."""
    if isinstance(code, Malformed):
        return Status.MALFORMED, NO_FLAGS
    table = SETS.get(type(code), icd10cm).table
    number = table.lookup[code]
    mask = table.flag_masks[day][number]
    return table.statuses[day][number], flag_names(table.flag_names, mask) if mask else NO_FLAGS


NO_FLAGS: frozenset[str] = frozenset()


@lru_cache(maxsize=4096)
def flag_names(names: tuple[str, ...], mask: int) -> frozenset[str]:
    """Return the names of the flags whose bits are set."""
    return frozenset(name for bit, name in enumerate(names) if mask >> bit & 1)
