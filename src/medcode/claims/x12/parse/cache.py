"""A segment at its place in the guide, with what has been worked out about it.

Texts recur: the same payer, the same doctor, the same service on the same day. What a text means
at its place is worked out once and remembered for as long as a transmission is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from medcode.claims.x12.guides.nodes import HIERARCHY
from medcode.claims.x12.text.lexer import BLANK

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.claims.x12.codec.element_map import Positions
    from medcode.claims.x12.codec.segment import Record
    from medcode.claims.x12.guides.nodes import Node
    from medcode.claims.x12.parse.moves import Transition
    from medcode.claims.x12.text.lexer import RawSegment

__all__ = ["MatchedSegment", "NextSegments", "SegmentCache", "Store", "in_part", "keep_nothing"]

_PER_NODE, _IN_ALL, _SEEN = 1_000, 8_000, 8_000
"""How many texts are remembered after one node, and after all; how many are known to have been seen."""

_NEVER_CACHED = frozenset({HIERARCHY, "SE"})
"""Segments that hardly recur, or end a set; the opener of a unit is the third such kind."""


class MatchedSegment:
    """A segment after another: its transition, its texts, and what they are found to be.

    `right` says whether the texts keep to the guide, `values` what they are to the model, `store`
    adds those to a record, and `positions` notes which elements hold them; each is worked out by who first asks.
    `next_segments` are those known to follow; `blanks` come before the id.
    """

    __slots__ = (
        "blanks",
        "next_segments",
        "node",
        "positions",
        "right",
        "segment",
        "store",
        "transition",
        "values",
    )

    def __init__(self, transition: Transition, segment: RawSegment, next_segments: NextSegments) -> None:
        self.transition = transition
        self.segment = segment
        self.next_segments = next_segments
        self.node: Node = transition.node
        text = segment.text
        self.blanks = len(text) - len(text.lstrip(BLANK)) if text[:1] in BLANK else 0
        self.right: bool | None = None
        self.values: Any = None
        self.store: Store | None = None
        self.positions: Positions = None


Store: TypeAlias = "Callable[[dict[str, Any], Any], bool]"
"""Adds the values of a segment to a record; False where the record has no place for all that it holds."""

NextSegments: TypeAlias = dict[str, MatchedSegment]
"""What may follow a node, by its text."""


class SegmentCache:
    """What was matched after each node, by its text; so much of it that memory stays flat."""

    def __init__(self) -> None:
        self._after: dict[Node, NextSegments] = {}
        self._room = _IN_ALL
        self._seen: set[int] = set()

    def match(self, transition: Transition, segment: RawSegment, known: NextSegments) -> MatchedSegment:
        """Match a segment, and remember it among the `known` if it is right and comes again."""
        node = transition.node
        matched = MatchedSegment(transition, segment, self.after(node))
        is_cached = transition.right and not node.begins_unit and segment.elements[0] not in _NEVER_CACHED
        if is_cached and self._seen_before(segment.text):
            if len(known) >= _PER_NODE:
                self._room += len(known)
                known.clear()
            if not self._room:
                self._forget()
            self._room -= segment.text not in known
            known[segment.text] = matched
        return matched

    def after(self, node: Node) -> NextSegments:
        """Return what is known to follow a node."""
        known = self._after.get(node)
        if known is None:
            known = self._after[node] = {}
        return known

    def _seen_before(self, text: str) -> bool:
        """Whether a text has been seen before; most names, streets and numbers occur once."""
        sign = hash(text)
        if sign in self._seen:
            return True
        if len(self._seen) >= _SEEN:
            self._seen.clear()
        self._seen.add(sign)
        return False

    def _forget(self) -> None:
        for known in self._after.values():
            known.clear()
        self._room = _IN_ALL


def keep_nothing(record: Record, values: Any) -> bool:
    """Keep nothing of a segment that only opens, counts or closes."""
    del record, values
    return True


def in_part(store: Store) -> Store:
    """Keep the values of a segment that holds more than those."""

    def keep(record: Record, values: Any) -> bool:
        store(record, values)
        return False

    return keep
