"""What Medicare covers only sometimes: procedures that are non-covered, or covered under limits.

A flag of the procedure says which rule it is under; the rules look at the age and at the flags of
the other codes of the stay.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Case", "coverage_edit"]

NON_COVERED = "NON_COVERED"
LIMITED_COVERAGE = "LIMITED_COVERAGE"
PANCREAS_BY_TYPE_1 = date(2006, 4, 26)
OLDEST_LUMBAR_DISC = 60


@attrs.frozen
class Case:
    """The stay as these rules see it: its age and day, and the flags that any of its codes has."""

    day: date
    age: int | None
    diagnoses: frozenset[str]
    secondary: frozenset[str]
    procedures: frozenset[str]
    length_of_stay: int | None
    other_operations: bool

    def younger(self, than: int) -> bool:
        """Whether the patient is known to be younger; an impossible age is not."""
        return self.age is not None and 0 <= self.age < than


def _is_pancreas_covered(case: Case) -> bool:
    kidney_or_type_1 = "kidneyxp" in case.procedures or "diabtypeI" in case.diagnoses
    return kidney_or_type_1 or (case.day < PANCREAS_BY_TYPE_1 and {"ncov4", "ncov5"} <= case.diagnoses)


def _is_marrow_covered(case: Case) -> bool:
    if "ncov2" in case.diagnoses:
        return True
    young = (case.younger(78) and "ncov2agelt78", case.younger(64) and "ncov2agelt64")
    return any(flag in case.diagnoses for flag in young)


def _is_half_heart_or_trial(case: Case) -> bool:
    return not _is_whole_heart(case) or "clintrial" in case.diagnoses


def _is_whole_heart(case: Case) -> bool:
    return {"lcov_artheartxpa", "lcov_artheartxpb"} <= case.procedures


COVERED: dict[str, Callable[[Case], bool]] = {
    "noncovered": lambda _: False,
    "ncov_z302": lambda case: "ncov_z302" not in case.diagnoses,  # sterilization as the reason
    "ncov12agele60": lambda case: case.age is None or 0 <= case.age <= OLDEST_LUMBAR_DISC,
    "ncov45": _is_pancreas_covered,
    "ncov2": _is_marrow_covered,
    "ncov3": lambda case: "ncov3" in case.diagnoses,
    "ncov6": lambda case: "ncov6" not in case.diagnoses,
    "ncov7": lambda case: "ncov7" not in case.diagnoses,
    "ncov8": lambda case: "ncov9" in case.procedures and "ncov89" in case.diagnoses,
    "ncov13a": lambda case: "ncov13b" in case.procedures,
    "lcov_artheartxp": lambda case: "clintrial" in case.diagnoses,
    "lcov_artheartxpa": _is_half_heart_or_trial,
    "lcov_artheartxpb": _is_half_heart_or_trial,
}
"""For each flag of a procedure that may be non-covered: whether it is covered after all."""

LIMITED = {
    "lcov": LIMITED_COVERAGE,
    "lcov_artheartxp": LIMITED_COVERAGE,
    "lcov_lvrs": "LIMITED_COVERAGE_LVRS",
    "lcov_lungxp": "LIMITED_COVERAGE_LUNG_TRANSPLANT",
    "lcov_heartlungxp": "LIMITED_COVERAGE_COMBINATION_HEART_LUNG",
    "lcov_heartxp": "LIMITED_COVERAGE_HEART_TRANSPLANT",
    "lcov_heartsys": "LIMITED_COVERAGE_HEART_IMPLANT",
    "lcov_intxp": "LIMITED_COVERAGE_INTESTINE",
    "lcov_liverxp": "LIMITED_COVERAGE_LIVER",
    "lcov_pancreasxp": "LIMITED_COVERAGE_PANCREAS",
    "lcov_kidneyxp": "LIMITED_COVERAGE_KIDNEY",
}
"""For each flag of a procedure under limited coverage: CMS's name of the edit."""

HALF_HEARTS = frozenset({"lcov_artheartxpa", "lcov_artheartxpb"})


def coverage_edit(flags: frozenset[str], case: Case) -> str | None:
    """Return the names of the coverage edit that a procedure meets; a non-covered one is not limited as well."""
    if not all(COVERED[flag](case) for flag in flags & COVERED.keys()):
        return NON_COVERED
    if flags & HALF_HEARTS and _is_whole_heart(case):
        return LIMITED_COVERAGE
    return next((LIMITED[flag] for flag in flags & LIMITED.keys()), None)
