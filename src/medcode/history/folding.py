"""Codes of any year under the codes of today: what became of a code, and what problem it belongs to.

A code that was split, renamed or retired has successors; an ICD-9-CM diagnosis has counterparts in the
General Equivalence Mappings. Both are followed until every code is billable on the day asked for. Where
they are several, the nearest heading above all of them is the most that can be said.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import attrs

from medcode.claims.model.base import PHI
from medcode.codesets.concept import Status
from medcode.codesets.crosswalk import to_icd10cm
from medcode.codesets.icd9cm import Icd9Cm
from medcode.codesets.icd10cm import Icd10Cm, icd10cm
from medcode.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from medcode.history.event import CodedEvent

__all__ = ["Current", "Folding", "Problem", "current"]


@attrs.frozen
class Current:
    """A diagnosis in the codes of a day.

    `codes` are billable on the day, or the code itself where nothing succeeds it. `heading` is the one
    code, or the nearest heading above all of them; None where they have none in common. `exact` is
    False where a mapping is approximate, needs several codes together, or leaves a choice.
    """

    codes: tuple[str, ...]
    heading: str | None
    exact: bool


@attrs.frozen(repr=False)
class Problem:
    """The diagnoses of a history that are one problem in the codes of a day.

    `code` is today's code or heading, `coded_as` the codes as they were documented. `exact` is False
    where a code was split or mapped, so that the heading is the most that can be said. `first` and
    `last` are the first and last documented day.
    """

    code: str
    title: str | None
    coded_as: tuple[str, ...]
    exact: bool
    first: date | None = attrs.field(metadata=PHI)
    last: date | None = attrs.field(metadata=PHI)
    events: tuple[CodedEvent, ...]

    def __repr__(self) -> str:
        """Show the codes without days."""
        shown = self.code.dotted if isinstance(self.code, Icd10Cm) else self.code
        return f"<Problem {shown} {self.title!r}: {len(self.events)} events>"


class Folding:
    """What became of codes by a day, each worked out once, and the problems that they make up."""

    def __init__(self, day: date) -> None:
        # By type and text: V10.0 is a code of ICD-9-CM and another of ICD-10-CM.
        self._known: Memo[tuple[type, str], Current] = Memo(lambda key: current(key[1], day), most=100_000)

    def current(self, code: str) -> Current:
        """Return a diagnosis in the codes of the day."""
        return self._known[type(code), code]

    def problems(self, diagnoses: Iterable[CodedEvent]) -> tuple[Problem, ...]:
        """Return diagnoses grouped by today's code or heading, in the order in which they come first."""
        grouped: defaultdict[tuple[type, str], list[CodedEvent]] = defaultdict(list)
        for event in diagnoses:
            code = self.current(event.code).heading or event.code
            grouped[type(code), code].append(event)
        return tuple(self._problem(code, events) for (_, code), events in grouped.items())

    def _problem(self, code: str, events: list[CodedEvent]) -> Problem:
        title = icd10cm[code].title if isinstance(code, Icd10Cm) and code in icd10cm else events[0].title
        return Problem(
            code,
            title,
            tuple(dict.fromkeys(event.code for event in events)),
            all(self.current(event.code).exact for event in events),
            min((event.start for event in events if event.start), default=None),
            max((event.end for event in events if event.end), default=None),
            tuple(events),
        )


def current(code: str, day: date) -> Current:
    """Return a diagnosis in the ICD-10-CM codes of a day.

    >>> from datetime import date
    >>> current(Icd10Cm("M54.5"), date(2025, 10, 1)).heading
    Icd10Cm('M54.5')
    >>> current(Icd9Cm("401.9"), date(2025, 10, 1))
    Current(codes=(Icd10Cm('I10'),), heading=Icd10Cm('I10'), exact=False)
    """
    if isinstance(code, Icd10Cm):
        return _settled(code, _on(code, day), exact=True)
    if not isinstance(code, Icd9Cm):
        return Current((code,), code, exact=True)
    entries = [entry for entry in to_icd10cm(code) if entry.target is not None]
    found = {target: None for entry in entries for target in _on(Icd10Cm(str(entry.target)), day)}
    exact = len(found) == 1 and not any(entry.approximate or entry.combination for entry in entries)
    return _settled(code, tuple(found), exact=exact)


def _on(code: Icd10Cm, day: date) -> tuple[Icd10Cm, ...]:
    """Return the code itself while it is billable or nothing succeeds it, else what succeeds it on the day."""
    if code not in icd10cm or icd10cm.status(code, day) is Status.BILLABLE:
        return (code,)
    return icd10cm.successors(code, on=day) or (code,)


def _settled(code: str, found: tuple[Icd10Cm, ...], *, exact: bool) -> Current:
    if len(found) == 1:
        return Current(found, found[0], exact)
    if not found:
        return Current((code,), code, exact=False)
    return Current(found, _common(found), exact=False)


def _common(codes: tuple[Icd10Cm, ...]) -> Icd10Cm | None:
    """Return the nearest heading above all of the codes."""
    above = [set(icd10cm.ancestors(code)) for code in codes]
    shared = set.intersection(*above)
    return next((each for each in icd10cm.ancestors(codes[0]) if each in shared), None)
