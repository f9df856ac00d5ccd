"""The Medicare Code Editor: CMS's checks of the codes of an inpatient stay.

It looks at a stay as the discharge date demands: the codes, flags, ages and rules of that day.

Source: CMS, Definitions of Medicare Code Edits, v44.0, and the editions before it.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from medcode.codesets.discharge_status import discharge_status
from medcode.codesets.icd9cm import icd9cm
from medcode.codesets.icd9cm_procedures import icd9cm_procedures
from medcode.codesets.icd10cm import icd10cm
from medcode.codesets.icd10pcs import icd10pcs
from medcode.edits.mce.coverage import Case, coverage_edit
from medcode.edits.mce.marks import INVALID, marks_on
from medcode.edits.mce.stay import StayResult

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medcode.codesets.base import CodeSet
    from medcode.codesets.timeline import Table
    from medcode.edits.mce.marks import Marks
    from medcode.edits.mce.stay import Stay

__all__ = ["FIRST_DAY", "ICD10_BEGINS", "MedicareCodeEditor"]

FIRST_DAY = date(2000, 1, 1)
ICD10_BEGINS = date(2015, 10, 1)
LAST_SEX_EDIT = date(2024, 9, 30)
OLDEST = 124
DIED = "20"
LONG_VENTILATION = 4  # days: more than 96 hours on a ventilator need a longer stay
NO_FLAGS: frozenset[str] = frozenset()


class Codes:
    """One code set on one day, made ready: from a code to its wire form and its marks."""

    __slots__ = ("_normal", "lookup", "marks")

    def __init__(self, code_set: CodeSet[Any], day: date) -> None:
        table = code_set.table
        self.marks = marks_on(table, day)
        self.lookup = table.lookup
        self._normal = code_set.code_type.normal

    def look_up(self, codes: Sequence[str]) -> list[tuple[str, Marks | None]]:
        """Return the wire form and the marks of each code; None where there is nothing to look at."""
        marks, get = self.marks, self.lookup.get
        return [
            (code, marks[number])
            if "." not in code and (number := get(code)) is not None
            else self._unusual(code)
            for code in codes
        ]

    def _unusual(self, code: str) -> tuple[str, Marks | None]:
        """Look up a text that is not a code in wire form."""
        plain = code.strip().upper().replace(".", "")
        wire = None if plain == code else self._normal(code)
        number = None if wire is None else self.lookup.get(wire)
        return plain, INVALID if number is None else self.marks[number]


@attrs.frozen
class Rules:
    """All that a discharge date decides; the same for every day of a stretch without a change."""

    diagnoses: Codes
    procedures: Codes
    statuses: frozenset[str]
    sex_must_be_known: bool
    made_of: tuple[tuple[CodeSet[Any], Table], ...]

    @property
    def are_stale(self) -> bool:
        """Whether a code set has other tables now than those the rules are made of."""
        return any(code_set.table is not table for code_set, table in self.made_of)


class MedicareCodeEditor:
    """CMS's Medicare Code Editor, for discharges from 2000-01-01 to the end of the tables.

    One editor may serve any number of stays, from any number of threads.

    >>> from medcode.edits.mce import Stay
    >>> stay = Stay(discharge_date=date(2024, 9, 30), age=8, sex="M", principal="O80", discharge_status="01")
    >>> MedicareCodeEditor().edit(stay).by_code
    (('O80', ('AGE_CONFLICT', 'SEX_CONFLICT')),)
    """

    def __init__(self) -> None:
        self._by_day: dict[date, Rules] = {}
        self._by_stretch: dict[tuple[int, ...], Rules] = {}

    def edit(self, stay: Stay) -> StayResult:
        """Return the edits that a stay meets; ValueError for a discharge outside of the tables."""
        rules = self._by_day.get(stay.discharge_date)
        if rules is None or rules.are_stale:
            rules = self._on(stay.discharge_date)
        return _Edit(stay, rules).result()

    def covers(self, day: date) -> bool:
        """Whether the tables cover a discharge on a day."""
        return FIRST_DAY <= day <= self.last_day

    @cached_property
    def last_day(self) -> date:
        """The last discharge that the shipped tables cover; a user's own releases have no flags of the editor."""
        return min(end for each in (icd10cm, icd10pcs) if (end := each.releases[-1].end))

    def _on(self, day: date) -> Rules:
        if not self.covers(day):
            raise ValueError(
                f"the Medicare Code Editor covers discharges from {FIRST_DAY} to {self.last_day}"
            )
        pair = (icd10cm, icd10pcs) if day >= ICD10_BEGINS else (icd9cm, icd9cm_procedures)
        diagnoses, procedures = pair
        stretch = (
            id(diagnoses.table.flag_masks[day]),
            id(procedures.table.flag_masks[day]),
            id(discharge_status.table.statuses[day]),
        )
        rules = self._by_stretch.get(stretch) or made((*pair, discharge_status), day)
        self._by_stretch[stretch] = self._by_day[day] = rules
        return rules


def made(sets: Sequence[CodeSet[Any]], day: date) -> Rules:
    """Make the rules of the stretch that a day is in; the days at which rules change begin stretches."""
    made_of = tuple((code_set, code_set.table) for code_set in sets)
    diagnoses, procedures = (Codes(code_set, day) for code_set in sets[:2])
    statuses = frozenset(map(str, discharge_status.as_of(day)))
    return Rules(diagnoses, procedures, statuses, day <= LAST_SEX_EDIT, made_of)


class _Edit:
    """One stay on its way through the editor."""

    __slots__ = (
        "by_code",
        "counts",
        "first",
        "first_flags",
        "places",
        "rules",
        "secondary_flags",
        "sex",
        "stay",
    )

    def __init__(self, stay: Stay, rules: Rules) -> None:
        self.stay = stay
        self.rules = rules
        self.counts: dict[str, int] = {}
        self.by_code: list[tuple[str, tuple[str, ...]]] = []
        self.places: list[int] = []
        self.sex = stay.sex if stay.sex in ("M", "F") else "U"
        self.first = ""
        self.first_flags = NO_FLAGS
        self.secondary_flags: list[frozenset[str]] = []

    def result(self) -> StayResult:
        """Check everything, in claim order."""
        self._patient()
        self._principal()
        self._secondary()
        self._procedures()
        return StayResult(self.counts, tuple(self.by_code), self._admitting(), tuple(self.places))

    def _count(self, name: str) -> None:
        self.counts[name] = self.counts.get(name, 0) + 1

    def _meets(self, place: int, code: str, names: Sequence[str]) -> None:
        if names:
            self.places.append(place)
            self.by_code.append((code, tuple(names)))
            for name in names:
                self._count(name)

    def _patient(self) -> None:
        age = self.stay.age
        if age is None or not 0 <= age <= OLDEST:
            self._count("INVALID_AGE")
        if self.sex == "U" and self.rules.sex_must_be_known:
            self._count("INVALID_SEX")
        if self.stay.discharge_status not in self.rules.statuses:
            self._count("INVALID_DISCHARGE_STATUS")

    def _admitting(self) -> tuple[str, ...]:
        if not self.stay.admitting:
            return ()
        ((_, marks),) = self.rules.diagnoses.look_up((self.stay.admitting,))
        if marks is INVALID:
            self._count("INVALID_ADMIT_DX")
            return ("INVALID_ADMIT_DX",)
        names = marks.common(self.stay.age, self.sex) if marks else ()
        return tuple(name for name in names if name in CONFLICTS)

    def _principal(self) -> None:
        ((self.first, marks),) = self.rules.diagnoses.look_up((self.stay.principal,))
        if marks is INVALID:
            self._meets(0, self.first, ("INVALID_CODE",))
        elif marks:
            self.first_flags = marks.flags
            self._meets(0, self.first, [*self._as_principal(marks), *marks.common(self.stay.age, self.sex)])

    def _as_principal(self, marks: Marks) -> list[str]:
        names = list(marks.principal)
        if "reqsdx" in marks.flags:
            names = [name for name in names if name != "UNACCEPTABLE_PDX"]
            names += [] if self.stay.secondary else ["REQUIRES_SDX"]
        if self.stay.discharge_status == DIED:
            names = [name for name in names if name != "NONSPECIFIC_PDX"]
        return names

    def _secondary(self) -> None:
        first = self.first
        for place, (wire, marks) in enumerate(self.rules.diagnoses.look_up(self.stay.secondary), 1):
            if marks is None and wire != first:
                continue
            names = ["DUPLICATE_OF_PDX"] if wire == first else []
            if marks is INVALID:
                names.append("INVALID_CODE")
            elif marks:
                self.secondary_flags.append(marks.flags)
                names += marks.common(self.stay.age, self.sex)
            self._meets(place, wire, names)

    def _procedures(self) -> None:
        found = self.rules.procedures.look_up(self.stay.procedures)
        case: Case | None = None
        for place, (wire, marks) in enumerate(found, len(self.stay.secondary) + 1):
            if marks is INVALID:
                self._meets(place, wire, ("INVALID_CODE",))
            elif marks:
                names = marks.common(self.stay.age, self.sex)
                if marks.by_case:
                    case = case or self._case([each.flags for _, each in found if each])
                    names += case_edits(marks.flags, case)
                self._meets(place, wire, names)
        if "mdc08" in self.first_flags and are_bilateral(found):
            self._count("BILATERAL")

    def _case(self, flags: Sequence[frozenset[str]]) -> Case:
        secondary = NO_FLAGS.union(*self.secondary_flags)
        return Case(
            day=self.stay.discharge_date,
            age=self.stay.age,
            diagnoses=self.first_flags | secondary,
            secondary=secondary,
            procedures=NO_FLAGS.union(*flags),
            length_of_stay=self.stay.length_of_stay,
            other_operations=any("or_indic" in each and "nonspecific" not in each for each in flags),
        )


def are_bilateral(found: Sequence[tuple[str, Marks | None]]) -> bool:
    """Whether two different joint procedures are among those found."""
    return len({wire for wire, marks in found if marks and "bilateral" in marks.flags}) > 1


CONFLICTS = frozenset({"AGE_CONFLICT", "SEX_CONFLICT"})


def case_edits(flags: frozenset[str], case: Case) -> list[str]:
    """Return the names of the edits of a procedure that depend on the rest of the stay."""
    coverage = coverage_edit(flags, case)
    names = [coverage] if coverage else []
    if flags & {"vagdel", "csect"} and "delout" not in case.secondary:
        names.append("QUESTIONABLE_OBSTETRIC_ADMISSION")
    if "los" in flags and case.length_of_stay is not None and case.length_of_stay <= LONG_VENTILATION:
        names.append("INCONSISTENT_WITH_LENGTH_OF_STAY")
    if "nonspecific" in flags and not case.other_operations:
        names.append("NONSPECIFIC_OR")
    return names
