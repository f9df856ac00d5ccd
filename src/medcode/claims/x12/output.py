"""From written elements to text, with the delimiters guarded.

Until here a component separator is a character that no data may hold, so data that holds a
delimiter is found and never becomes structure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims.x12.checker import finding
from medcode.claims.x12.guides import guide
from medcode.claims.x12.lexer import RawSegment
from medcode.claims.x12.places import places, unplaced
from medcode.claims.x12.registry import bound_to
from medcode.claims.x12.values import COMPONENT, MARK
from medcode.claims.x12.writer import write_transactions
from medcode.findings import Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medcode.claims.model.claim import Claim
    from medcode.claims.x12.envelope import Envelope
    from medcode.claims.x12.frames import Bound
    from medcode.claims.x12.walker import Node
    from medcode.findings import Finding

__all__ = ["misplaced", "write"]


def write(claims: Iterable[Claim], envelope: Envelope) -> Iterator[tuple[RawSegment, list[Finding]]]:
    """Give each segment of an interchange with what is wrong with its data as such."""
    marks = envelope.delimiters
    end = marks.segment + envelope.line_end
    offset = position = 0
    for node, elements in write_transactions(claims, envelope, _bound):
        position = 1 if elements[0] == "ST" else position + 1
        joined = marks.element.join(elements)
        findings: list[Finding] = []
        if elements[0] != "ISA" and (
            joined.count(marks.element) != len(elements) - 1
            or marks.segment in joined
            or marks.component in joined
            or marks.repetition in joined
            or MARK in joined
        ):
            findings = list(_faults(node, elements, str(marks), position))
        text = joined.replace(COMPONENT, marks.component).replace(MARK, "")
        yield RawSegment(text.split(marks.element), text, end, offset, marks), findings
        offset += len(text) + len(end)


def misplaced(claim: Claim, envelope: Envelope, number: int) -> Iterator[Finding]:
    """Find the values of the claim of that number that the guide has no place for, and that would be lost."""
    where = places(guide(envelope.convention or claim.guide), type(claim))
    for path in unplaced(claim, where):
        message = "The guide has no place for this value, and it would be lost."
        yield finding("value-without-place", message, Location(path=path), "Leave it out.", number)


def _bound(convention: str) -> Bound:
    bound = bound_to(convention)
    assert bound  # noqa: S101  # every class of claim names its guide
    return bound


def _faults(node: Node | None, elements: list[str], marks: str, position: int) -> Iterator[Finding]:
    loop = node.loop.loop.id if node else None
    for number, text in enumerate(elements[1:], 1):
        location = Location(loop=loop, segment=elements[0], element=number, position=position)
        if any(mark in text for mark in marks):
            message = "The value holds a delimiter, and X12 has no way to escape one."
            yield finding("delimiter-in-data", message, location, "Remove it, or choose other delimiters.")
        if MARK in text:
            message = "The value is not what belongs here."
            yield finding("malformed-value", message, location, "Give a value of the right form.")
