"""A segment at its place in the guide, with what has been worked out about it.

Texts recur: the same payer, the same doctor, the same service on the same day. What a text means
where it stands is worked out once and remembered for as long as a transmission is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from medcode.claims.x12.lexer import BLANK

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.claims.x12.lexer import RawSegment
    from medcode.claims.x12.seats import Held
    from medcode.claims.x12.walker import Node, Step

__all__ = ["Known", "Memory", "Placed", "Put"]

_REMEMBERED, _IN_ALL, _SEEN = 1_000, 8_000, 8_000
"""How many texts are remembered after one node, and after all; how many are known to have been seen."""

_VARIED = frozenset({"HL", "CLM", "SE"})
"""Segments that hardly recur, or are to be looked at each time."""


class Placed:
    """A segment after another: the move that it makes, its texts, and what they are found to be.

    `right` tells whether the texts keep to the guide, `values` what they are to the model, and `put`
    keeps them, `held` what is noted of where they stand; each is worked out by who first asks. `then`
    is what is known to follow; `blanks` stand before the id.
    """

    __slots__ = ("blanks", "held", "node", "put", "right", "segment", "step", "then", "values")

    def __init__(self, step: Step, segment: RawSegment, then: Known) -> None:
        self.step = step
        self.segment = segment
        self.then = then
        self.node: Node = step.node
        text = segment.text
        self.blanks = len(text) - len(text.lstrip(BLANK)) if text[:1] in BLANK else 0
        self.right: bool | None = None
        self.values: Any = None
        self.put: Put | None = None
        self.held: Held = None


Put: TypeAlias = "Callable[[dict[str, Any], Any], bool]"
"""Adds the values of a segment to a record; False where the record has no place for all that it says."""

Known: TypeAlias = dict[str, Placed]
"""What may follow a node, by its text."""


class Memory:
    """What was placed after each node, by its text; so much of it that memory stays flat."""

    def __init__(self) -> None:
        self._after: dict[Node, Known] = {}
        self._room = _IN_ALL
        self._seen: set[int] = set()

    def place(self, step: Step, segment: RawSegment, known: Known) -> Placed:
        """Place a segment, and remember it among the `known` if it stands right and comes again."""
        placed = Placed(step, segment, self.after(step.node))
        if step.right and segment.elements[0] not in _VARIED and self._seen_before(segment.text):
            if len(known) >= _REMEMBERED:
                self._room += len(known)
                known.clear()
            if not self._room:
                self._forget()
            self._room -= segment.text not in known
            known[segment.text] = placed
        return placed

    def after(self, node: Node) -> Known:
        """Give what is known to follow a node."""
        known = self._after.get(node)
        if known is None:
            known = self._after[node] = {}
        return known

    def _seen_before(self, text: str) -> bool:
        """Tell texts that come again from the many that never do: most names, streets and numbers."""
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
