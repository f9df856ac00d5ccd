"""First segments of loops that come twice in a row, or after the segment that they belong before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from medcode.claims.x12.validate.missing import is_missing
from medcode.claims.x12.validate.rules import finding

if TYPE_CHECKING:
    from medcode.claims.x12.guides.nodes import LoopNode
    from medcode.claims.x12.parse.moves import Transition
    from medcode.claims.x12.text.lexer import RawSegment
    from medcode.claims.x12.validate.log import Entry

__all__ = ["LoopOpeners", "Lost", "reclaims"]


class Lost(NamedTuple):
    """A loop whose first segment is lost, and the segment that showed it with its position."""

    loop: LoopNode
    segment: RawSegment
    position: int


class LoopOpeners:
    """What opened the last loop; `lost` is the last loop of which that is missing."""

    def __init__(self, reopened: frozenset[str]) -> None:
        self.lost: Lost | None = None
        self._reopened = reopened
        self._last = "", 0

    @property
    def is_lost(self) -> bool:
        """Whether no loop has begun since the one whose first segment is lost, and may come late."""
        return self.lost is not None and self.lost.position >= self._last[1]

    def begin(self, text: str, position: int) -> None:
        """Note the first segment of a loop that another one gives way to."""
        self._last = text, position

    def repeats(self, transition: Transition, text: str, position: int) -> str:
        """Return the rule that a segment breaks by opening its loop right after itself; empty if it does not.

        The loop then goes on, but a unit begins anew. Of a unit that is `reopened`, what the one before lacks is found.
        """
        loop, last = transition.node.loop, self._last
        self._last = text, position
        if loop.is_unit and loop.loop.id in self._reopened:
            return ""
        is_empty = transition.closes == transition.opens == (loop,) and transition.node is loop.opener
        if not is_empty or last != (text, position - 1) or len(loop.required) == 1:
            return ""
        return "loop-too-often" if loop.loop.repeat == 1 else "segment-too-often"

    def late(
        self, transition: Transition, segment: RawSegment, position: int, held: list[dict[Any, list[Any]]]
    ) -> Lost | None:
        """Return the loop that a segment opens after the one before it has shown it to be lost: that one came too early.

        `held` counts what each open loop holds. A line whose number is the next one is another line.
        """
        lost = self.lost
        if lost is None or transition.opens != (lost.loop,) or lost.position + 1 != position:
            return None
        opener = lost.loop.opener
        count = held[-2 - transition.closes.index(lost.loop)][lost.loop][0]  # the loop before this one is it
        is_line = opener.is_counted and not (lost.loop.is_level or lost.loop.is_unit)
        is_other = transition.node is not opener or (is_line and segment.elements[1:2] != [str(count)])
        return None if is_other else lost


def reclaims(misplaced: tuple[Entry, str, int] | None, loop: LoopNode, position: int, unit: int) -> bool:
    """Whether what was just found out of order belongs to a loop whose first segment is lost, which then is the finding.

    So it is with the CAS of a claim whose CLP is lost: the lines of the claim before have one as well.
    """
    entry, id_, at = misplaced or (None, "", 0)
    if not entry or at + 1 != position or id_ not in {each.opener.use.id for each in loop.inside()}:
        return False
    use = loop.opener.use
    location = attrs.evolve(entry.finding.location, loop=loop.loop.id, segment=use.id)
    entry.finding = finding(
        "segment-missing", is_missing(use), location, "Add it.", unit if loop.in_unit else None
    )
    return True
