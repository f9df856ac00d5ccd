"""From written elements to text, with the delimiters guarded.

Until here a component separator is a character that no data may hold, so data that holds a
delimiter is found and never becomes structure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from medcode.claims.x12.checker import finding
from medcode.claims.x12.lexer import Run
from medcode.claims.x12.places import places, unplaced
from medcode.claims.x12.registry import bound_for
from medcode.claims.x12.values import COMPONENT, MARK
from medcode.claims.x12.writer import write_transactions
from medcode.findings import Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medcode.claims.model.claim import Claim
    from medcode.claims.x12.envelope import Envelope
    from medcode.claims.x12.lexer import Delimiters
    from medcode.claims.x12.walker import Node
    from medcode.findings import Finding

__all__ = ["Piece", "misplaced", "write"]


class Piece(NamedTuple):
    """A stretch of what is written: its text, its places in the guide, its claim, and what is wrong with its data."""

    run: Run
    nodes: list[Node | None]
    claim: Claim | None
    findings: list[Finding]


def write(claims: Iterable[Claim], envelope: Envelope) -> Iterator[Piece]:
    """Give an interchange stretch by stretch."""
    marks = envelope.delimiters
    end = marks.segment + envelope.line_end
    text_of = _Texts(marks)
    offset = position = 0
    for stretch, claim in write_transactions(claims, envelope, bound_for):
        if stretch[0][1][0] == "ST":
            position = 0
        findings: list[Finding] = []
        texts = [text for _, elements in stretch if (text := text_of(elements)) is not None]
        if len(texts) < len(stretch):
            for place, (node, elements) in enumerate(stretch, position + 1):
                findings += _faults(node, elements, str(marks), place)
            texts = [text_of.regardless(elements) for _, elements in stretch]
        yield Piece(Run(texts, end, offset, marks), [node for node, _ in stretch], claim, findings)
        position += len(texts)
        offset += sum(map(len, texts)) + len(end) * len(texts)


class _Texts:
    """Joins elements to the text of a segment, and knows whether the text can be cut again as it was joined."""

    def __init__(self, marks: Delimiters) -> None:
        self._element = marks.element
        self._component = marks.component
        barred = marks.segment + marks.component + marks.repetition + MARK
        self._is_barred = re.compile(f"[{re.escape(barred)}]").search

    def __call__(self, elements: list[str]) -> str | None:
        """Give the text of a segment; None where its data holds a delimiter or a mark."""
        joined = self._element.join(elements)
        if joined.count(self._element) >= len(elements):
            return None
        data = self._element.join(elements[:11] + elements[12:16]) if elements[0] == "ISA" else joined
        return None if self._is_barred(data) else joined.replace(COMPONENT, self._component)

    def regardless(self, elements: list[str]) -> str:
        """Give the text of a segment, whatever its data holds."""
        return self._element.join(elements).replace(COMPONENT, self._component).replace(MARK, "")


def misplaced(claim: Claim, envelope: Envelope, number: int) -> Iterator[Finding]:
    """Find the values of the claim of that number that the guide has no place for, and that would be lost."""
    bound = bound_for(claim.guide, envelope.convention or claim.guide)
    where = places(bound.walker.guide, type(claim))
    for path in unplaced(claim, where):
        message = "The guide has no place for this value, and it would be lost."
        yield finding("value-without-place", message, Location(path=path), "Leave it out.", number)


def _faults(node: Node | None, elements: list[str], marks: str, position: int) -> Iterator[Finding]:
    loop = node.loop.loop.id if node else None
    named = {11, 16} if elements[0] == "ISA" else ()  # which say what the delimiters are
    for number, text in enumerate(elements[1:], 1):
        location = Location(loop=loop, segment=elements[0], element=number, position=position)
        if number not in named and any(mark in text for mark in marks):
            message = "The value holds a delimiter, and X12 has no way to escape one."
            yield finding("delimiter-in-data", message, location, "Remove it, or choose other delimiters.")
        if MARK in text:
            message = "The value has not the form that belongs here, or its check digit is wrong."
            yield finding("malformed-value", message, location, "Give a value of the right form.")
