"""A code of a claim, looked up in its code set on the day that it is judged on."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from medcode.codesets.base import Status
from medcode.codesets.code import Malformed
from medcode.codesets.icd9cm import Icd9Cm, icd9cm
from medcode.codesets.icd9cm_procedures import Icd9CmProcedure, icd9cm_procedures
from medcode.codesets.icd10cm import icd10cm
from medcode.codesets.icd10pcs import Icd10Pcs, icd10pcs

if TYPE_CHECKING:
    from datetime import date

    from medcode.codesets.base import CodeSet

__all__ = ["JudgedCode", "judge"]

SETS: dict[type[str], CodeSet[Any]] = {
    Icd9Cm: icd9cm,
    Icd10Pcs: icd10pcs,
    Icd9CmProcedure: icd9cm_procedures,
}


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


def judge(path: str, code: str, day: date, otherwise: CodeSet[Any] = icd10cm) -> JudgedCode:
    """Look a code up in the set of its type on a day; what is malformed was meant for `otherwise`."""
    if isinstance(code, Malformed):
        return JudgedCode(path, code, day, otherwise, Status.MALFORMED, frozenset())
    code_set = SETS.get(type(code), icd10cm)
    table = code_set.table
    number = table.lookup[code]
    flags = flag_names(table.flag_names, table.flag_masks[day][number])
    return JudgedCode(path, code, day, code_set, table.statuses[day][number], flags)


@lru_cache(maxsize=4096)
def flag_names(names: tuple[str, ...], mask: int) -> frozenset[str]:
    """Give the names of the flags whose bits are set."""
    return frozenset(name for bit, name in enumerate(names) if mask >> bit & 1)
