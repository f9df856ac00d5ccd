"""What an edit may need to know of a claim: how to find it, and what to do where it is not there.

A need of the claim that is not there is the whole answer. One of the lines may be there on some of them:
an edit that looks at each line by itself judges those, and says of the others that it could not; one that
puts the lines together judges none.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

import attrs

from medcode.codesets.code import Malformed
from medcode.edits.setting import INSTITUTIONAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from medcode.edits.context import Context
    from medcode.edits.setting import Setting

__all__ = ["NEEDS", "NEEDS_OF_LINES", "LineNeed", "Need", "lacking", "missing"]


@attrs.frozen
class Need:
    """One thing needed: its path in the claim, its name in words, and how to read it."""

    path: str
    words: str
    read: Callable[[Any], Any] = attrs.field(repr=False)

    @property
    def message(self) -> str:
        """Say what is missing and how to mend it."""
        return f"Not checked: the claim has no usable {self.words}. Give {self.path}."


@attrs.frozen
class LineNeed:
    """One thing needed of the lines: its field and its name in words; `together` where one line is too few."""

    field: str
    words: str
    together: bool = False

    def places(self, context: Context) -> Iterator[tuple[str, str]]:
        """Give the path of each line that lacks it, and say how to mend it."""
        for number, line in enumerate(context.claim.lines):
            value = getattr(line, self.field)
            if isinstance(value, Malformed) or (self.field == DATED and is_undated(context, number)):
                path = f"lines[{number}].{self.field}"
                yield path, f"Not checked: line {number + 1} has no usable {self.words}. Give {path}."


DATED = "service_date"

NEEDS = {
    name: Need(path, words, attrgetter(reads))
    for name, path, words, reads in (
        ("birth_date", "patient.birth_date", "birth date of the patient", "claim.patient.birth_date"),
        ("sex", "patient.sex", "sex of the patient", "claim.patient.sex"),
        ("day", "lines[0].service_date", "date of service", "day"),
        ("discharge", "statement_dates", "through date", "day"),
    )
}

NEEDS_OF_LINES = {
    "charges": LineNeed("charge", "charge"),
    "total": LineNeed("charge", "charge", together=True),
    "quantities": LineNeed("quantity", "quantity"),
    "days": LineNeed(DATED, "date of service"),
}

OF_INSTITUTIONS = {"day": ("discharge",)}
OF_PRACTITIONERS = {"day": ("day", "days")}
"""What goes by another name on the claim of an institution; and the day of any other is that of its lines."""


def lacking(
    wanted: tuple[str, ...], setting: Setting, missing: tuple[str, ...]
) -> Need | tuple[LineNeed, ...]:
    """Give the first of an edit's needs that claims of a setting lack; where it is there, those of lines.

    >>> from medcode.edits.setting import Setting
    >>> lacking(("day",), Setting.INPATIENT, ("day", "discharge")).path
    'statement_dates'
    """
    other = OF_INSTITUTIONS if setting in INSTITUTIONAL else OF_PRACTITIONERS
    names = [name for each in wanted for name in other.get(each, (each,)) if name in missing]
    for name in names:
        if name in NEEDS:
            return NEEDS[name]
    return tuple([NEEDS_OF_LINES[name] for name in dict.fromkeys(names)])


def missing(context: Context) -> tuple[str, ...]:
    """Name what a claim lacks of all that edits may need."""
    lines = context.claim.lines
    lacks = [name for name, read in READ if (value := read(context)) is None or isinstance(value, Malformed)]
    for names, read in READ_OF_LINES:
        if Malformed in map(type, map(read, lines)):
            lacks += names
    if None in context.line_days and "days" not in lacks and not context.is_institutional:
        lacks.append("days")
    return tuple(lacks)


READ = tuple([(name, need.read) for name, need in NEEDS.items()])
READ_OF_LINES = tuple(
    [
        (tuple([name for name, need in NEEDS_OF_LINES.items() if need.field == field]), attrgetter(field))
        for field in dict.fromkeys(need.field for need in NEEDS_OF_LINES.values())
    ]
)
"""The needs that each field of the lines is read for: this is asked of every claim."""


def is_undated(context: Context, number: int) -> bool:
    """Say whether nothing tells the day of a line: lines of an institution need not."""
    return context.line_days[number] is None and not context.is_institutional
