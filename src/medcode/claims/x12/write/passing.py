"""Levels and records that are right pass by the judge, which is shown what it needs to know of the set.

What is written by generated functions has its numbers and counts from the writer. Where the texts are certainly right as
well, nothing is to be found in a level with its records once the next level begins: it is left out, and only counted. What
is still open is kept, and shown before anything that the judge must see.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from medcode.claims.x12.units.shapes import Shape
    from medcode.claims.x12.write.session import WrittenSession
    from medcode.claims.x12.write.text import Piece

__all__ = ["Passing"]

_KNOWN = 4_096
"""For how many kinds of levels it is known that nothing is to be found in them."""


class _Passed:
    """How many segments, levels and records were left out at a place."""

    __slots__ = ("levels", "records", "segments")

    def __init__(self) -> None:
        self.segments = self.levels = self.records = 0

    def add(self, segments: int, levels: int, records: int) -> None:
        """Count more of them."""
        self.segments += segments
        self.levels += levels
        self.records += records


class _Open:
    """A level that is not closed yet: whether it was shown, whether anything came below it, and what of that was left out."""

    __slots__ = ("depth", "has_below", "passed", "piece", "shapes", "shown")

    def __init__(self, piece: Piece, shapes: list[Shape] | None) -> None:
        self.piece = piece
        self.depth = piece.depth
        self.shapes = shapes
        self.shown = shapes is None
        self.has_below = False
        self.passed = _Passed()


class Passing:
    """Passes the pieces of sets on to a session, but for those of which nothing is to be found."""

    def __init__(self, session: WrittenSession) -> None:
        self._session = session
        self._after: Shape | None = None
        self._open: list[_Open] = []
        self._records: list[tuple[Piece, list[Shape]]] = []
        self._passed = _Passed()
        self._quiet: dict[tuple[object, ...], bool] = {}

    def take(self, piece: Piece) -> None:
        """Take the next piece; what must be shown of those before it is shown first."""
        unit, after = piece.unit, self._after
        shapes = self._session.right_shapes(piece.run, unit.kinds, after) if unit else None
        if shapes is None:
            self._take_any(piece)
        elif piece.depth:
            self._take_level(piece, shapes)
        else:
            self._take_record(piece, shapes)
        self._after = shapes[-1] if shapes else None

    def end_batch(self) -> None:
        """Show what is open: what was shown before it may lack something, which is found by what follows."""
        self._flush()

    def _take_any(self, piece: Piece) -> None:
        self._flush()
        self._show(piece)
        if piece.depth:
            self._begin(_Open(piece, None))
        elif self._open:
            self._open[-1].has_below = True
        if piece.unit is None and piece.ends_set:
            self._open.clear()

    def _take_level(self, piece: Piece, shapes: list[Shape]) -> None:
        closed = [each for each in self._open if each.depth >= piece.depth]
        if closed and not self._is_quiet(closed):
            self._flush()
        self._begin(_Open(piece, shapes))

    def _take_record(self, piece: Piece, shapes: list[Shape]) -> None:
        if not self._open or self._open[-1].shown:
            self._flush()
            self._show(piece)
        else:
            self._records.append((piece, shapes))
            self._open[-1].has_below = True

    def _begin(self, level: _Open) -> None:
        """Begin a level, and leave out those that it closes, where they were not shown."""
        closed = _Passed()
        for piece, _ in self._records:
            closed.add(len(piece.run.pieces), 0, 1)
        self._records.clear()
        while self._open and self._open[-1].depth >= level.depth:
            last = self._open.pop()
            closed.add(last.passed.segments, last.passed.levels, last.passed.records)
            if not last.shown:
                closed.add(len(last.piece.run.pieces), 1, 0)
        around = self._open[-1].passed if self._open else self._passed
        around.add(closed.segments, closed.levels, closed.records)
        if self._open:
            self._open[-1].has_below = True
        self._open.append(level)

    def _is_quiet(self, closed: list[_Open]) -> bool:
        """Whether nothing is to be found in levels that are closed: they were not shown, and all is below them that must be."""
        if any(each.shown or not each.has_below for each in closed):
            return False
        units = [(each.piece, each.shapes or []) for each in closed] + self._records[:1]
        of_levels = [each.piece.unit and each.piece.unit.kinds for each in closed]
        key = (*of_levels, *[shapes[0].facts for _, shapes in units])
        known = self._quiet.get(key)
        if known is None:
            if len(self._quiet) >= _KNOWN:
                self._quiet.clear()
            known = self._quiet[key] = self._session.is_quiet(
                [(shapes[0], piece.run) for piece, shapes in units]
            )
        return known

    def _flush(self) -> None:
        """Show what is open and was not shown."""
        self._skip(self._passed)
        for level in self._open:
            if not level.shown:
                self._show(level.piece)
                level.shown = True
            self._skip(level.passed)
        for piece, _ in self._records:
            self._show(piece)
        self._records.clear()

    def _skip(self, passed: _Passed) -> None:
        if passed.segments:
            self._session.skip(passed.segments, passed.levels, passed.records)
            passed.segments = passed.levels = passed.records = 0

    def _show(self, piece: Piece) -> None:
        deque(self._session.take(piece.run), maxlen=0)
