"""From written elements to text, with the delimiters guarded.

Until here a component separator is a character that no data may hold, so data that holds a
delimiter is found and never becomes structure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from medcode.claims.x12.checker import finding
from medcode.claims.x12.guides import guide
from medcode.claims.x12.lexer import Run
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
    from medcode.claims.x12.lexer import Delimiters
    from medcode.claims.x12.walker import Node
    from medcode.findings import Finding

__all__ = ["misplaced", "write"]

_REMEMBERED = 10_000


def write(claims: Iterable[Claim], envelope: Envelope) -> Iterator[tuple[Run, list[Finding]]]:
    """Give the segments of an interchange run by run, each with what is wrong with its data as such."""
    marks = envelope.delimiters
    end = marks.segment + envelope.line_end
    text_of = _Texts(marks)
    offset = position = 0
    for run in write_transactions(claims, envelope, _bound):
        if run[0][1][0] == "ST":
            position = 0
        findings: list[Finding] = []
        texts = [text_of(elements) for _, elements in run]
        if None in texts:
            for place, (node, elements) in enumerate(run, position + 1):
                findings += _faults(node, elements, str(marks), place)
            texts = [text_of.regardless(elements) for _, elements in run]
        yield Run(texts, end, offset, marks), findings
        position += len(texts)
        offset += sum(map(len, texts)) + len(end) * len(texts)


class _Texts:
    """Joins elements to the text of a segment; those that are alike are joined and judged once."""

    def __init__(self, marks: Delimiters) -> None:
        self._marks = marks
        self._barred = re.compile(
            "[" + re.escape(marks.segment + marks.component + marks.repetition + MARK) + "]"
        )
        self._known: dict[tuple[str, ...], str] = {}

    def __call__(self, elements: list[str]) -> str | None:
        """Give the text of a segment; None where its data holds a delimiter or a mark."""
        key = tuple(elements)
        text = self._known.get(key)
        if text is None and self._is_clean(elements):
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            text = self._known[key] = self.regardless(elements)
        return text

    def regardless(self, elements: list[str]) -> str:
        """Give the text of a segment, whatever its data holds."""
        joined = self._marks.element.join(elements)
        return joined.replace(COMPONENT, self._marks.component).replace(MARK, "")

    def _is_clean(self, elements: list[str]) -> bool:
        joined = self._marks.element.join(elements)
        if elements[0] == "ISA":  # which names the delimiters
            return True
        return not self._barred.search(joined) and joined.count(self._marks.element) == len(elements) - 1


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
