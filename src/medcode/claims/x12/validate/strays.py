"""Segments without a place: one finding for those in a row, and what they may be the cause or the rest of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims.x12.validate.log import Run
from medcode.claims.x12.validate.missing import is_missing
from medcode.claims.x12.validate.rules import finding
from medcode.claims.x12.validate.unplaced import unplaced
from medcode.findings import Location

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.claims.x12.guides.nodes import LoopNode
    from medcode.claims.x12.parse.moves import Transition
    from medcode.claims.x12.parse.walker import Walker
    from medcode.claims.x12.text.lexer import RawSegment
    from medcode.claims.x12.validate.log import Entry

__all__ = ["Strays"]

_MISNAMED = frozenset({"segment-unrecognized", "element-code"})
"""The rules of a segment without a place that may be another one with a wrong id or qualifier."""


class Strays:
    """The segments of a set that have no place; `before` are those in a row right before the current segment."""

    def __init__(self, walker: Walker, say: Callable[..., Entry]) -> None:
        self.before: Run | None = None
        self._walker = walker
        self._say = say
        self._run: Run | None = None
        self.groups: dict[LoopNode, set[int]] = {}
        """The groups of each open loop in which one may be another with a wrong id."""
        self._at: dict[str, int] = {}
        self._adrift: tuple[Run, LoopNode, int] | None = None
        """Those where a unit, such as a claim, should have begun, and its first segment may be lost."""

    @property
    def are_misnamed(self) -> bool:
        """Whether the last ones may be others with a wrong id or qualifier."""
        return self._run is not None and self._run.rule in _MISNAMED

    def accept(self, segment: RawSegment, transition: Transition, position: int) -> None:
        """Find that a segment has no place; of some in a row, only the first, which the others may belong to."""
        if segment.elements == [""]:
            self._say("segment-empty", "The segment is empty.", "Remove the extra terminator.")
            return
        about = unplaced(self._walker, segment, transition, in_run=self._run is not None)
        if about is None:
            assert self._run  # noqa: S101  # else there is something to say
            self._run.follow(segment.elements[0])
            return
        if transition.lost and self._run and self._run.rule == "segment-out-of-order":
            self._run.turn(
                about.rule, about.message, transition.lost[0].loop.id, transition.lost[0].opener.use.id
            )
            self._run.follow(segment.elements[0])
            return
        node, entry = transition.node, self._say(about.rule, about.message, about.fix, **about.place)
        self._run = Run(about.rule, about.message, entry, segment.elements[0])
        if unit := self._walker.adrift.get(node):
            self._adrift = self._run, unit, position
        if about.rule in _MISNAMED:
            self.groups.setdefault(node.loop, set()).add(node.group)
            self._at[node.loop.loop.id] = position

    def end(self) -> None:
        """Note that a segment has a place."""
        self.before, self._run = self._run, None

    def begin_unit(self) -> None:
        """Note that a unit begins, so that nothing is left of one that has not."""
        self._adrift = None

    def explain(self, loop: str, id_: str, after: int = 0) -> bool:
        """Whether a segment that is due is one with a wrong id, or the first of a unit that left the others adrift.

        Its being missing is the one finding then.
        """
        if after and self._at.pop(loop, 0) > after:
            return True
        if self._adrift is None:
            return False
        run, unit, position = self._adrift
        use = unit.opener.use
        if (loop, id_) != (unit.loop.id, use.id) or position < after:
            return False
        run.belong_to(
            finding("segment-missing", is_missing(use), Location(loop=loop, segment=id_), "Add it.")
        )
        return True
