"""From text to claims, one segment at a time.

A `Session` follows interchange, group and transaction set, finds the guide of each set and
walks it. What goes through it can be built into claims, checked, or both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims.x12.builder import ClaimBuilder
from medcode.claims.x12.lexer import lex
from medcode.claims.x12.registry import bound_to
from medcode.claims.x12.source import chunks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medcode.claims.model.claim import Claim
    from medcode.claims.x12.lexer import RawSegment
    from medcode.claims.x12.source import Source
    from medcode.claims.x12.walker import Node, Walker

__all__ = ["ClaimReader", "iter_claims"]

_ST03 = 3
_GS08 = 8


class ClaimReader:
    """Takes in raw segments and gives claims."""

    def __init__(self) -> None:
        self._walker: Walker | None = None
        self._convention = ""
        self._position = 0
        self._node: Node
        self._builder: ClaimBuilder

    def accept(self, segment: RawSegment) -> Claim | None:
        """Take in the next segment; give the claim it ends, if it ends one."""
        elements = segment.elements
        if not elements:
            return None
        id_ = elements[0]
        if id_ == "ST":
            return self._start(segment)
        walker = self._walker
        if walker is None or id_ in {"GS", "ISA", "IEA", "GE"}:
            if id_ == "GS":
                self._convention = elements[_GS08] if len(elements) > _GS08 else ""
            return None
        step = walker.step(self._node, elements, segment.delimiters.component)
        self._node = step.node
        self._position += 1
        claim = self._builder.accept(step, segment, self._position)
        if id_ == "SE":
            self._walker = None
        return claim  # type: ignore[return-value]  # the guide's own class of claim

    def _start(self, segment: RawSegment) -> None:
        elements = segment.elements
        convention = elements[_ST03] if len(elements) > _ST03 else self._convention
        bound = bound_to(convention)
        self._walker = bound.walker if bound else None
        if bound:
            self._node = bound.walker.start
            self._position = 1
            self._builder = ClaimBuilder(bound)


def read_claims(segments: Iterable[RawSegment]) -> Iterator[Claim]:
    """Give the claims of a run of segments as each is whole."""
    reader = ClaimReader()
    for segment in segments:
        if claim := reader.accept(segment):
            yield claim


def iter_claims(source: Source) -> Iterator[Claim]:
    """Read the claims of a file, path or text one by one; memory does not grow with the file."""
    return read_claims(lex(chunks(source)))
