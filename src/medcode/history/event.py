"""One code of a patient on a day, and where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import attrs

from medcode.claims.model.base import PHI
from medcode.codesets import CODE_SETS
from medcode.codesets.base import Code, Malformed
from medcode.discreet import discreet

if TYPE_CHECKING:
    from datetime import date

__all__ = ["KINDS", "ROLES", "CodedEvent", "EventKind", "EventSource", "Person"]

EventKind: TypeAlias = Literal["diagnosis", "procedure", "drug"]
KINDS: tuple[EventKind, ...] = ("diagnosis", "procedure", "drug")

ROLES = ("principal", "admitting", "reason_for_visit", "external_cause", "other", "")
"""What a code was on its claim, the most telling first."""


@attrs.frozen(repr=False)
class Person:
    """Whose history it is: `key` tells patients apart, birth date and sex as far as they are known."""

    key: str = attrs.field(metadata=PHI)
    birth_date: date | None = attrs.field(default=None, metadata=PHI)
    sex: str | None = None

    def __repr__(self) -> str:
        """Show nothing of the person."""
        return "<Person …>"


@attrs.frozen(repr=False)
class EventSource:
    """Where an event comes from; equal sources are one.

    `document` is `professional`, `institutional` or `dental` for a claim, else the name of what held
    the code, such as a FHIR `Condition`. `number` is the claim control number or the id of the
    resource, `line` the service line from 1, `npi` the rendering or else the billing provider.
    """

    document: str
    number: str | None = attrs.field(default=None, metadata=PHI)
    line: int | None = None
    npi: str | None = None

    def __repr__(self) -> str:
        """Show what is no patient data."""
        line = f", line {self.line}" if self.line else ""
        return f"<EventSource {self.document}{line}>"


@attrs.frozen(repr=False)
class CodedEvent:
    """A diagnosis, procedure or drug code of a patient, the days it was documented for, and its sources.

    `code_set` is the registered name of its code set (`icd10cm`, `cpt`, `ndc` …), or the qualifier of
    a code that belongs to none. `start` and `end` are the first and last day, both None where no day
    is known. `role` says what a diagnosis was (`principal`, `admitting`, `reason_for_visit`,
    `external_cause`, else `other`), and is empty for procedures and drugs.
    """

    kind: EventKind
    code: str
    code_set: str
    start: date | None = attrs.field(default=None, metadata=PHI)
    end: date | None = attrs.field(default=None, metadata=PHI)
    role: str = ""
    modifiers: tuple[str, ...] = ()
    present_on_admission: str | None = None
    sources: tuple[EventSource, ...] = ()

    @property
    def title(self) -> str | None:
        """What the code meant on its day; None where no loaded table holds it."""
        if self.code_set not in CODE_SETS:
            return None
        codes = CODE_SETS[self.code_set]
        return codes.concept(self.code, self.start).title if self.code in codes else None

    def __repr__(self) -> str:
        """Show the code without its days; one of no code set, and a set that is none, only if it looks like a code."""
        shown = self.code.dotted if isinstance(self.code, Code) else discreet(self.code)
        if isinstance(self.code, Malformed):
            shown = f"malformed, {len(self.code)} characters"
        code_set = self.code_set if self.code_set in CODE_SETS else discreet(self.code_set)
        return f"<CodedEvent {self.kind} {code_set} {shown}>"
