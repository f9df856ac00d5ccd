"""Acknowledgments that were received, as small objects: TA1 and 999.

Source: ASC X12 005010X231A1 and the interchange control structures 00501 (facts only).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from medcode.claims.model.base import PHI, Part, part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medcode.claims.x12.text.lexer import RawSegment
    from medcode.claims.x12.transmission import Transmission

__all__ = ["ElementError", "GroupAnswer", "InterchangeAnswer", "SegmentError", "SetResult", "answers"]

_ACCEPTED = frozenset("AE")
_LONGEST_NUMBER = 9


@part(kw_only=True)
class ElementError(Part):
    """IK4: an element in error, counted as X12 does, with its code (IK403) and its number in the standard."""

    element: int | None
    component: int | None = None
    repetition: int | None = None
    data_element: str | None = None
    code: str


@part(kw_only=True)
class SegmentError(Part):
    """IK3: a segment in error, where it stands, its code (IK304), and the elements in error.

    `position` counts within the transaction set, ST is 1. `references` are the numbers that say
    what it is about, such as `("CLM01", "26463774")`; `triggers` the segments whose situation it
    comes from, each with its position.
    """

    segment: str
    position: int | None
    loop: str | None = None
    code: str
    references: tuple[tuple[str, str], ...] = attrs.field(default=(), metadata=PHI)
    triggers: tuple[tuple[str, int | None], ...] = ()
    elements: tuple[ElementError, ...] = ()


@part(kw_only=True)
class SetResult(Part):
    """AK2 to IK5: what became of one transaction set (IK501: A, E, R …), and why."""

    kind: str
    control_number: str = attrs.field(metadata=PHI)
    convention: str | None = None
    decision: str = ""
    reasons: tuple[str, ...] = ()
    errors: tuple[SegmentError, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether the set goes on to be processed."""
        return self.decision in _ACCEPTED


@part(kw_only=True)
class GroupAnswer(Part):
    """A 999: what became of a group (AK901: A, E, P in part, R …) and of each of its sets."""

    kind: str
    control_number: str = attrs.field(metadata=PHI)
    convention: str | None = None
    decision: str = ""
    included: int | None = None
    received: int | None = None
    taken: int | None = None
    reasons: tuple[str, ...] = ()
    sets: tuple[SetResult, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether the group as a whole goes on to be processed."""
        return self.decision in _ACCEPTED


@part(kw_only=True)
class InterchangeAnswer(Part):
    """TA1: what became of an interchange (TA104: A, E, R) and its code (TA105; 000 is no error)."""

    control_number: str = attrs.field(metadata=PHI)
    decision: str
    reason: str

    @property
    def accepted(self) -> bool:
        """Whether the interchange was taken in."""
        return self.decision in _ACCEPTED


def answers(received: Transmission) -> tuple[InterchangeAnswer | GroupAnswer, ...]:
    """Read each TA1 and each 999 of a transmission, in the order they stand.

    >>> from medcode.claims import x12
    >>> answers(x12.loads("TA1*000000001*260105*0930*R*023~"))[0].accepted
    False
    """
    return tuple(_answers(received.segments))


def _answers(segments: Iterable[RawSegment]) -> Iterator[InterchangeAnswer | GroupAnswer]:
    run: list[list[str]] = []
    for segment in segments:
        id_, *texts = segment.elements or [""]
        if id_ == "TA1":
            number, _, _, decision, reason = _padded(texts, 5)
            yield InterchangeAnswer(control_number=number, decision=decision, reason=reason)
        elif id_ == "AK1":
            run = [segment.elements]
        elif run and id_ in {"AK9", "SE"}:
            yield _group([*run, segment.elements], segment.delimiters.component)
            run = []
        elif run:
            run.append(segment.elements)


def _group(run: list[list[str]], component: str) -> GroupAnswer:
    kind, control, convention = _padded(run[0][1:], 3)
    last = run[-1] if run[-1][0] == "AK9" else []
    decision, included, received, taken = _padded(last[1:], 4)
    return GroupAnswer(
        kind=kind,
        control_number=control,
        convention=convention or None,
        decision=decision,
        included=_number(included),
        received=_number(received),
        taken=_number(taken),
        reasons=tuple(filter(None, last[5:])),
        sets=tuple(_set(part, component) for part in _parts(run, "AK2")),
    )


def _set(run: list[list[str]], component: str) -> SetResult:
    kind, control, convention = _padded(run[0][1:], 3)
    end = next((elements for elements in run if elements[0] == "IK5"), [])
    return SetResult(
        kind=kind,
        control_number=control,
        convention=convention or None,
        decision="".join(end[1:2]),
        reasons=tuple(filter(None, end[2:])),
        errors=tuple(_segment(part, component) for part in _parts(run, "IK3")),
    )


def _segment(run: list[list[str]], component: str) -> SegmentError:
    id_, position, loop, code = _padded(run[0][1:], 4)
    contexts = [elements[1:] for elements in run if elements[0] == "CTX" and len(elements) > 1]
    return SegmentError(
        segment=id_,
        position=_number(position),
        loop=loop or None,
        code=code,
        references=tuple(
            (name, value) for name, _, value in (c[0].partition(component) for c in contexts) if value
        ),
        triggers=tuple((place[0], _number("".join(place[1:2]))) for _, *place in contexts if place),
        elements=tuple(_element(elements, component) for elements in run if elements[0] == "IK4"),
    )


def _element(elements: list[str], component: str) -> ElementError:
    place, data_element, code = _padded(elements[1:], 3)
    at, part, repetition = _padded(place.split(component), 3)
    return ElementError(
        element=_number(at),
        component=_number(part),
        repetition=_number(repetition),
        data_element=data_element or None,
        code=code,
    )


def _parts(run: list[list[str]], id_: str) -> Iterator[list[list[str]]]:
    """Cut a run of segments at each one with an id; what stands before the first is no part."""
    starts = [at for at, elements in enumerate(run) if elements[0] == id_]
    for start, end in pairwise([*starts, len(run)]):
        yield run[start:end]


def _padded(texts: list[str], count: int) -> list[str]:
    return [*texts, *[""] * count][:count]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else None
