"""What an edit may need to know of a claim: how to find it, and what to do where it is not there."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

import attrs

from medcode.codesets.code import Malformed
from medcode.edits.setting import INSTITUTIONAL

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.edits.context import Context
    from medcode.edits.setting import Setting

__all__ = ["NEEDS", "Need", "missing", "need"]


@attrs.frozen
class Need:
    """One thing needed: its path in the claim, its name in words, and how to read it."""

    path: str
    words: str
    read: Callable[[Any], Any] = attrs.field(repr=False)

    def absent(self, context: Context) -> bool:
        """Say whether the claim lacks it, or holds it in a form that cannot be read."""
        value = self.read(context)
        return value is None or isinstance(value, Malformed)

    @property
    def message(self) -> str:
        """Say what is missing and how to mend it."""
        return f"Not checked: the claim has no usable {self.words}. Give {self.path}."


NEEDS = {
    name: Need(path, words, attrgetter(reads))
    for name, path, words, reads in (
        ("birth_date", "patient.birth_date", "birth date of the patient", "claim.patient.birth_date"),
        ("sex", "patient.sex", "sex of the patient", "claim.patient.sex"),
        ("day", "lines[0].service_date", "date of service", "day"),
        ("discharge", "statement_dates", "through date", "day"),
    )
}


OF_INSTITUTIONS = {"day": "discharge"}
"""What goes by another name on the claim of an institution."""


def need(name: str, setting: Setting) -> Need:
    """Give a need as claims of a setting tell it.

    >>> from medcode.edits.setting import Setting
    >>> need("day", Setting.PROFESSIONAL).path, need("day", Setting.INPATIENT).path
    ('lines[0].service_date', 'statement_dates')
    """
    return NEEDS[OF_INSTITUTIONS.get(name, name) if setting in INSTITUTIONAL else name]


def missing(context: Context) -> tuple[str, ...]:
    """Name what a claim lacks of all that edits may need."""
    return tuple([name for name, need in NEEDS.items() if need.absent(context)])
