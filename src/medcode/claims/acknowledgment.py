"""What a receiver says about the structure of a file: TA1 about an interchange, 999 about a group.

>>> answer = InterchangeAnswer(control_number="000000001", decision="R", reason="023")
>>> answer.accepted, answer
(False, InterchangeAnswer(control_number=…, decision='R', reason='023'))

Source: ASC X12 005010X231A1 and the interchange control structures 00501 (facts only).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

import attrs

from medcode.claims.model.base import PHI, Clock, Part, all_of, optional_clock, part, texts
from medcode.codesets.base import Malformed

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "Answer",
    "ElementError",
    "GroupAnswer",
    "InterchangeAnswer",
    "Reference",
    "SegmentError",
    "SetResult",
    "Trigger",
]

Count: TypeAlias = int | Malformed
"""A whole number; `Malformed` where the text is not one."""

_ACCEPTED = frozenset("AE")


@part(kw_only=True)
class Trigger(Part):
    """CTX of a situation: the segment that makes what is in error due, or rules it out, and its element."""

    segment: str
    position: Count | None = None
    loop: str | None = None
    element: Count | None = None
    component: Count | None = None
    repetition: Count | None = None
    data_element: str | None = None
    component_data_element: str | None = None


def _triggers(values: Iterable[Trigger]) -> tuple[Trigger, ...]:
    """Return triggers as a tuple, in order."""
    return all_of(Trigger, values)


@part(kw_only=True)
class Reference(Part):
    """CTX of a business unit: the name of the number that says what is in error, such as CLM01, and the number."""

    name: str
    value: str = attrs.field(metadata=PHI)


def _references(values: Iterable[Reference]) -> tuple[Reference, ...]:
    """Return references as a tuple, in order."""
    return all_of(Reference, values)


@part(kw_only=True)
class ElementError(Part):
    """IK4: an element in error, counted as X12 does, with its code (IK403) and its number in the standard.

    `data` is what the receiver repeats of it (IK404).
    """

    element: Count | None = None
    component: Count | None = None
    repetition: Count | None = None
    data_element: str | None = None
    code: str
    data: str | None = attrs.field(default=None, metadata=PHI)
    triggers: tuple[Trigger, ...] = attrs.field(default=(), converter=_triggers)


def _element_errors(values: Iterable[ElementError]) -> tuple[ElementError, ...]:
    """Return errors of elements as a tuple, in order."""
    return all_of(ElementError, values)


@part(kw_only=True)
class SegmentError(Part):
    """IK3: a segment in error, its place, its code (IK304), and the elements in error.

    `position` counts within the transaction set, ST is 1. `references` are the numbers that say
    what it is about, `triggers` the segments whose situation it comes from.
    """

    segment: str
    position: Count | None = None
    loop: str | None = None
    code: str
    triggers: tuple[Trigger, ...] = attrs.field(default=(), converter=_triggers)
    references: tuple[Reference, ...] = attrs.field(default=(), converter=_references)
    elements: tuple[ElementError, ...] = attrs.field(default=(), converter=_element_errors)


def _segment_errors(values: Iterable[SegmentError]) -> tuple[SegmentError, ...]:
    """Return errors of segments as a tuple, in order."""
    return all_of(SegmentError, values)


@part(kw_only=True)
class SetResult(Part):
    """AK2 to IK5: what became of one transaction set (IK501: A, E, R …), and why."""

    kind: str
    control_number: str = attrs.field(metadata=PHI)
    convention: str | None = None
    decision: str
    reasons: tuple[str, ...] = attrs.field(default=(), converter=texts)
    errors: tuple[SegmentError, ...] = attrs.field(default=(), converter=_segment_errors)

    @property
    def accepted(self) -> bool:
        """Whether the set goes on to be processed."""
        return self.decision in _ACCEPTED


def _set_results(values: Iterable[SetResult]) -> tuple[SetResult, ...]:
    """Return results of sets as a tuple, in order."""
    return all_of(SetResult, values)


@part(kw_only=True)
class Answer(Part):
    """A TA1 or a 999; `extras` are segments that the guide has no place for."""

    guide: ClassVar[str]

    control_number: str = attrs.field(metadata=PHI)
    decision: str
    extras: tuple[str, ...] = attrs.field(default=(), converter=texts, metadata=PHI)
    origin: Any = attrs.field(default=None, eq=False, repr=False, metadata=PHI)

    @property
    def accepted(self) -> bool:
        """Whether what is answered goes on to be processed."""
        return self.decision in _ACCEPTED


@part(kw_only=True)
class GroupAnswer(Answer):
    """A 999: what became of a group (AK901: A, E, P in part, R …) and of each of its sets.

    `included` is how many sets the group says it has, `received` how many came, `taken` how many
    were accepted.
    """

    guide: ClassVar[str] = "005010X231A1"

    kind: str
    convention: str | None = None
    included: Count | None = None
    received: Count | None = None
    taken: Count | None = None
    reasons: tuple[str, ...] = attrs.field(default=(), converter=texts)
    sets: tuple[SetResult, ...] = attrs.field(default=(), converter=_set_results)


@part(kw_only=True)
class InterchangeAnswer(Answer):
    """TA1: what became of an interchange (TA104: A, E, R) and its code (TA105; 000 is no error).

    `date`, as YYMMDD, and `time` are those of the interchange (ISA09 and ISA10).
    """

    guide: ClassVar[str] = "TA1"

    date: str | None = None
    time: Clock | None = attrs.field(default=None, converter=optional_clock)
    reason: str
