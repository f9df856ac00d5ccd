"""What an edit may require to be known of a claim: where it is, and what to answer where it is missing.

A missing requirement of the claim is the whole answer. A requirement of lines may be missing on some of them:
an edit that looks at each line by itself judges the others and reports those it could not judge; one that adds
the lines up judges none.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

import attrs

from medcode.codesets.code import Malformed
from medcode.edits.setting import INSTITUTIONAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from medcode.claims.model.claim import Claim
    from medcode.edits.context import Context
    from medcode.edits.setting import Setting

__all__ = ["LINE_REQUIREMENTS", "REQUIREMENTS", "LineRequirement", "Requirement", "lacking", "missing"]


@attrs.frozen
class Requirement:
    """One requirement: its path in the claim, its name in words, and how to read it."""

    path: str
    words: str
    read: Callable[[Context[Claim]], object] = attrs.field(repr=False)

    @property
    def message(self) -> str:
        """Return what is missing and what to do."""
        return f"Not checked: the claim has no usable {self.words}. Set {self.path}."


@attrs.frozen
class LineRequirement:
    """One requirement of lines: its field and its name in words; `together` where all lines must have it."""

    field: str
    words: str
    together: bool = False

    def places(self, context: Context[Claim]) -> Iterator[tuple[str, str]]:
        """Yield the path of each line that lacks it, and what to do."""
        for number, line in enumerate(context.claim.lines):
            value = getattr(line, self.field)
            if isinstance(value, Malformed) or (self.field == DATED and is_undated(context, number)):
                path = f"lines[{number}].{self.field}"
                yield path, f"Not checked: line {number + 1} has no usable {self.words}. Set {path}."


DATED = "service_date"

REQUIREMENTS = {
    name: Requirement(path, words, attrgetter(reads))
    for name, path, words, reads in (
        ("birth_date", "patient.birth_date", "birth date of the patient", "claim.patient.birth_date"),
        ("sex", "patient.sex", "sex of the patient", "claim.patient.sex"),
        ("day", "lines[0].service_date", "date of service", "day"),
        ("discharge", "statement_dates", "through date", "day"),
    )
}

LINE_REQUIREMENTS = {
    "charges": LineRequirement("charge", "charge"),
    "total": LineRequirement("charge", "charge", together=True),
    "quantities": LineRequirement("quantity", "quantity"),
    "days": LineRequirement(DATED, "date of service"),
}

OF_INSTITUTIONS = {"day": ("discharge",)}
OF_PRACTITIONERS = {"day": ("day", "days")}
"""What has another name on the claim of an institution; the day of any other claim is that of its lines."""


def lacking(
    wanted: tuple[str, ...], setting: Setting, missing: tuple[str, ...]
) -> Requirement | tuple[LineRequirement, ...]:
    """Return the first requirement of an edit that claims of a setting lack, else those that lines lack.

    >>> from medcode.edits.setting import Setting
    >>> lacking(("day",), Setting.INPATIENT, ("day", "discharge")).path
    'statement_dates'
    """
    other = OF_INSTITUTIONS if setting in INSTITUTIONAL else OF_PRACTITIONERS
    names = [name for each in wanted for name in other.get(each, (each,)) if name in missing]
    for name in names:
        if name in REQUIREMENTS:
            return REQUIREMENTS[name]
    return tuple([LINE_REQUIREMENTS[name] for name in dict.fromkeys(names)])


def missing(context: Context[Claim]) -> tuple[str, ...]:
    """Return the names of all requirements that a claim does not meet."""
    lines = context.claim.lines
    lacks = [name for name, read in READ if (value := read(context)) is None or isinstance(value, Malformed)]
    for names, read in READ_OF_LINES:
        if Malformed in map(type, map(read, lines)):
            lacks += names
    if None in context.line_days and "days" not in lacks and not context.is_institutional:
        lacks.append("days")
    return tuple(lacks)


READ = tuple([(name, need.read) for name, need in REQUIREMENTS.items()])
READ_OF_LINES = tuple(
    [
        (tuple([name for name, need in LINE_REQUIREMENTS.items() if need.field == field]), attrgetter(field))
        for field in dict.fromkeys(need.field for need in LINE_REQUIREMENTS.values())
    ]
)
"""The requirements that each field of the lines is read for: every claim is asked."""


def is_undated(context: Context[Claim], number: int) -> bool:
    """Whether the day of a line is unknown; lines of an institution need none."""
    return context.line_days[number] is None and not context.is_institutional
