"""From the place that a 999 names to the field of the claim model."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from medcode.claims.model import Claim
from medcode.claims.x12.codec.compiled import compiled
from medcode.claims.x12.codec.naming import Naming
from medcode.claims.x12.codec.route import nodes_of
from medcode.claims.x12.guides import convention_of
from medcode.claims.x12.parse.session import Session
from medcode.findings import Location

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medcode.claims.acknowledgment import ElementError, SegmentError
    from medcode.claims.ledger.reading import SetHead
    from medcode.claims.x12.guides.nodes import Node
    from medcode.claims.x12.parse.cache import MatchedSegment
    from medcode.claims.x12.parse.walker import Walker
    from medcode.claims.x12.text.lexer import RawSegment

__all__ = ["Places", "whole"]

_MISSING = {"3", "I7", "I8"}
"""Codes of IK304 that name a segment which is not there; the position is where it was expected."""


def whole(count: object) -> int | None:
    """Return a position of a 999, or None where it is no number."""
    return count if isinstance(count, int) else None


class _Nodes:
    """A judge that only notes what each segment of the set is."""

    def __init__(self) -> None:
        self.nodes: list[Node | None] = []

    def begin(self, walker: Walker) -> _Nodes:
        del walker
        return self

    def accept(self, matched: MatchedSegment, offset: int, position: int) -> None:
        del offset, position
        node = matched.node
        self.nodes.append(node if node.segment is not None else None)

    # What else a judge is shown says nothing of places.

    def envelope(self, segment: RawSegment, inside: int) -> None: ...

    def unknown(self, convention: str, segment: RawSegment) -> None: ...

    def separator(self, named: str, used: str, segment: RawSegment, element: int, position: int) -> None: ...

    def end(self) -> None: ...

    def finish(self, offset: int, *, terminated: bool) -> None: ...


class Places:
    """The segments of one claim, as they stand in the file that was sent, ready to be asked what a place is called."""

    def __init__(self, head: SetHead, text: str, positions: Sequence[int]) -> None:
        judge = _Nodes()
        deque(Session(build=Claim, judge=judge).read([head.whole(text)]), maxlen=0)
        self._nodes = judge.nodes[: head.positions + len(positions)]
        self._head = head.positions
        self._positions = {position: at for at, position in enumerate(positions, head.positions)}
        guide = compiled(convention_of(list(head.st), "".join(head.gs[8:9])), Claim)
        self._guide = guide
        self._naming = Naming(guide, self._nodes) if guide else None

    def holds(self, error: SegmentError) -> bool:
        """Whether a segment in error belongs to the claim, its levels or the head of its set."""
        return self._number(error) is not None

    def _number(self, error: SegmentError) -> int | None:
        """Return the number of the segment among those of the claim, counted from 0."""
        at = error.position
        if not isinstance(at, int):
            return None
        if at <= self._head:
            return at - 1
        if at not in self._positions and error.code in _MISSING:
            at -= 1  # it was expected after the last segment
        return self._positions.get(at)

    def path(self, error: SegmentError, element: ElementError | None = None) -> str | None:
        """Return the field that a segment, or an element of it, holds; None where the model has nothing of it."""
        number = self._number(error)
        node = None if number is None else self._node(number, error)
        if number is None or node is None or self._naming is None:
            return None
        where = Location(
            loop=node.loop.loop.id,
            segment=node.use.id,
            element=whole(element.element) if element else None,
            component=whole(element.component) if element else None,
        )
        path = self._naming.path(number, where)
        return f"header.{path}" if path and number < self._head else path

    def _node(self, number: int, error: SegmentError) -> Node | None:
        """Return what the segment in error is: the one at its place, else the nearest one of its name that could be there."""
        here = self._nodes[number] if number < len(self._nodes) else None
        if here is not None and here.use.id == error.segment and error.code not in _MISSING:
            return here
        before = self._nodes[number - 1] if 0 < number <= len(self._nodes) else None
        near = [loop for node in (before, here) if node for loop in node.loop.up()]
        assert self._guide is not None  # noqa: S101  # else nobody asks
        fits = [
            node
            for node in nodes_of(self._guide)
            if node.segment is not None
            and node.segment.id == error.segment
            and node.loop.loop.id.startswith(error.loop or "")
        ]
        fits.sort(key=lambda node: near.index(node.loop) if node.loop in near else len(near))
        return fits[0] if fits else None
