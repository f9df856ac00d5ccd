"""A session that is shown what was written, and can be told that levels and records are right without being shown them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from medcode.claims.x12.codec.compiled import compiled_small
from medcode.claims.x12.parse.session import Session, WholeSetJudge
from medcode.claims.x12.parse.units import UnitJudge, shapes_of
from medcode.claims.x12.units.shapes import Branch, End, UnitKind

if TYPE_CHECKING:
    from medcode.claims.x12.parse.session import Judge
    from medcode.claims.x12.text.lexer import Delimiters, RawSegment, Run
    from medcode.claims.x12.units.shapes import Shape, Shapes

__all__ = ["WrittenSession"]

_KNOWN = 4_096
"""For how many kinds of levels and records it is known what shapes they have."""


@runtime_checkable
class SkippingJudge(UnitJudge, Protocol):
    """A judge of units that need not be shown all of them."""

    def is_quiet(self, units: list[tuple[Shape, Run]]) -> bool:
        """Whether the rules between segments have nothing to find in levels that are right, and the record below them."""

    def skip(self, levels: int, records: int) -> None:
        """Count levels and records that are right and are not shown."""


class WrittenSession(Session):
    """A session that builds nothing, and knows of the next level or record whether it is certainly right."""

    _skipping: SkippingJudge
    _shapes: Shapes

    def __init__(self, judge: Judge | None = None) -> None:
        super().__init__(judge=judge)
        self._likely: dict[tuple[object, Shape], list[Shape]] = {}

    def _start(self, segment: RawSegment, convention: str) -> None:
        super()._start(segment, convention)
        found, judge = compiled_small(convention), self._set_judge
        assert found and isinstance(judge, WholeSetJudge)  # noqa: S101, PT018  # of what is written it is
        self._shapes = shapes_of(found)
        of_units = judge.unit_judge(found)
        assert isinstance(of_units, SkippingJudge)  # noqa: S101  # likewise
        self._skipping = of_units

    def right_shapes(self, run: Run, written: object, after: Shape | None) -> list[Shape] | None:
        """Return the shapes of the pieces of a whole level or record that is certainly right, and as one before it was.

        It follows a shape or, without one, the last segment. None for any other. `written` identifies the uses that the run
        was written by. The shapes found the last time, for the same uses after the same shape, are tried first.
        """
        if after is None:
            return self._found(run, None)
        likely = self._likely.get((written, after))
        if likely and self._are_right(likely, run):
            return likely
        found = self._found(run, after)
        if found:
            if len(self._likely) >= _KNOWN:
                self._likely.clear()
            self._likely[written, after] = found
        return found

    def _are_right(self, units: list[Shape], run: Run) -> bool:
        """Whether pieces are certainly right as units of these shapes."""
        judge, texts, marks = self._skipping, run.pieces, self._actual or run.delimiters
        at = 0
        for number, shape in enumerate(units):
            stop = at + shape.size
            if not judge.accepts(shape, texts[at:stop], number, marks):
                return False
            at = stop
        return at == len(texts) and judge.fits(units)

    def _found(self, run: Run, after: Shape | None) -> list[Shape] | None:
        """Follow the pieces from what is before them; return their shapes if they are certainly right."""
        judge, texts, marks = self._skipping, run.pieces, self._actual or run.delimiters
        root = self._root(texts[0].split(marks.element), after, marks)
        units: list[Shape] = []
        at = 0
        while root and (guess := root.guess):
            stop = at + guess.size
            is_whole = stop <= len(texts)
            if not (is_whole and judge.accepts(guess, texts[at:stop], len(units), marks)):
                return None
            units.append(guess)
            if stop == len(texts):
                return units if judge.fits(units) else None
            found = guess[texts[stop].partition(marks.element)[0]]
            root = found.root if found.__class__ is End and found.kind is UnitKind.LINE else None
            at = stop
        return None

    def _root(self, opener: list[str], after: Shape | None, marks: Delimiters) -> Shape | None:
        """Return the shape that a level or record begins with."""
        if after is None:
            assert self._walker  # noqa: S101  # a set has begun
            return self._shapes.root(self._walker.step(self._last.node, opener, marks))
        found: Any = after[opener[0]]
        if found.__class__ is Branch:
            found = found.find(opener, marks.component)
        return found.root if found.__class__ is End else None

    def is_quiet(self, units: list[tuple[Shape, Run]]) -> bool:
        """Whether the rules between segments have nothing to find in levels that are right, and the record below them."""
        return self._skipping.is_quiet(units)

    def skip(self, segments: int, levels: int, records: int) -> None:
        """Count what is right, and was neither taken nor will be."""
        self._position += segments
        self._skipping.skip(levels, records)
