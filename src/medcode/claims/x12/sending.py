"""Claims written, and judged as they are written: what is wrong is told by claim and attribute.

The claims stand in the file in another order than they were given in, and share levels; the number
of a finding's claim is that of the claims given.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from typing import TYPE_CHECKING

import attrs

from medcode.claims.x12.naming import Naming
from medcode.claims.x12.output import misplaced, write
from medcode.claims.x12.registry import bound_for
from medcode.claims.x12.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from medcode.claims.model.claim import Claim
    from medcode.claims.x12.envelope import Envelope
    from medcode.claims.x12.output import Piece
    from medcode.claims.x12.walker import Node
    from medcode.findings import Finding

__all__ = ["sent"]


def sent(claims: Iterable[Claim], envelope: Envelope, *, check: bool) -> Iterator[tuple[str, list[Finding]]]:
    """Give the text of an interchange piece by piece, each with what has been found since the one before."""
    given = _Given(envelope, check=check)
    session = Session(build=False, check=True) if check else None
    for piece in write(given.pass_on(claims), envelope):
        given.note(piece)
        found = piece.findings
        if session:
            deque(session.take(piece.run), maxlen=0)
            found = _said_once(found, session.take_findings())
        yield piece.run.text, given.misplaced() + [given.named(each) for each in found]
    if session:
        session.finish()
        yield "", session.take_findings()


def _said_once(data: list[Finding], structure: list[Finding]) -> list[Finding]:
    """Leave out a malformed value where its structure says more, and a delimiter in one that is malformed."""
    if not data:
        return structure
    malformed = {_element(found) for found in data if found.name == "malformed-value"}
    explained = {_element(found) for found in structure}
    said = {"malformed-value": explained, "delimiter-in-data": malformed}
    return [found for found in data if _element(found) not in said[found.name]] + structure


def _element(found: Finding) -> tuple[int | None, int | None]:
    return found.location.position, found.location.element


class _Given:
    """The claims as they were given, and which of them stands where in the set that is being written."""

    def __init__(self, envelope: Envelope, *, check: bool) -> None:
        self._envelope = envelope
        self._check = check
        self._numbers: dict[int, int] = {}
        self._misplaced: list[Finding] = []
        self._guide = ""
        self._starts = [1]
        self._owners: list[int | None] = [None]
        self._pieces: deque[tuple[int, Piece]] = deque(maxlen=2)
        self._naming: tuple[Sequence[Node | None], Naming] | None = None

    def pass_on(self, claims: Iterable[Claim]) -> Iterator[Claim]:
        """Give claims on to the writer, numbered, noting the values that the guide has no place for."""
        for number, claim in enumerate(claims):
            self._numbers[id(claim)] = number
            if self._check:
                self._misplaced += misplaced(claim, self._envelope, number)
            yield claim

    def misplaced(self) -> list[Finding]:
        """Give the values without a place that were found since the last call."""
        found, self._misplaced = self._misplaced, []
        return found

    def note(self, piece: Piece) -> None:
        """Note whose the next stretch is; a set counts its segments anew, and its claims are others."""
        first = piece.nodes[0]
        if first is None or first.use.id == "ST":
            last = max((each for each in self._owners if each is not None), default=-1)
            self._numbers = {key: number for key, number in self._numbers.items() if number > last}
            self._starts, self._owners = [], []
            self._pieces.clear()
        start = self._starts[-1] + len(self._pieces[-1][1].nodes) if self._starts else 1
        self._starts.append(start)
        self._owners.append(self._numbers[id(piece.claim)] if piece.claim else None)
        self._pieces.append((start, piece))
        self._guide = piece.claim.guide if piece.claim else self._guide

    def named(self, found: Finding) -> Finding:
        """Give a finding the number of its claim, and the name of what it is about."""
        position = found.location.position
        if position is None or self._pieces[-1][1].nodes[0] is None:
            return found
        stretch = bisect_right(self._starts, position) - 1
        number = self._owners[stretch]
        if number is None and found.claim is not None:  # found where the set ends
            number = next((each for each in reversed(self._owners[:stretch]) if each is not None), None)
        if number is None:
            return attrs.evolve(found, claim=None)
        start = self._starts[stretch]
        nodes = next((piece.nodes for begun, piece in self._pieces if begun == start), [])
        if self._naming is None or self._naming[0] is not nodes:
            bound = bound_for(self._guide, self._envelope.convention or self._guide)
            self._naming = nodes, Naming(bound, nodes)
        path = self._naming[1].path(position - start, found.location)
        return attrs.evolve(found, claim=number, location=attrs.evolve(found.location, path=path))
