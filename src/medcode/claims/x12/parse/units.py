"""Whole units at once: the fast way through a set, for what is plain.

Each level, record and line of a known shape is read by its generated function. The first thing that is not plain (a
step out of order, a segment too many, a text that is cut off) leaves its whole level or record to the session, which
goes on from where it begins as if it had read all before itself.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, Any, Protocol

from medcode.claims.x12.parse.walker import walker_of
from medcode.claims.x12.text.lexer import BLANK
from medcode.claims.x12.units.reading import reading
from medcode.claims.x12.units.shapes import OVER, Branch, End, Fork, Shape, Shapes, UnitKind, sightings_before
from medcode.claims.x12.units.source import NotPlain, make_room
from medcode.claims.x12.units.stretch import Stretch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from medcode.claims.model.base import Part
    from medcode.claims.x12.codec.compiled import CompiledGuide
    from medcode.claims.x12.parse.builder import RecordBuilder
    from medcode.claims.x12.parse.cache import MatchedSegment
    from medcode.claims.x12.parse.moves import Transition
    from medcode.claims.x12.parse.walker import Walker
    from medcode.claims.x12.text.lexer import Delimiters, RawSegment, Run
    from medcode.claims.x12.units.layouts import Layout

    Whole = tuple[list[Shape], dict[str, Any], int, Any]
    """A level, or a record with its lines: its units, what is made of them, where it stops, what begins there."""

    Unit = tuple[Shape, list[list[str]]]
    """A unit: the shape that it ends at, and the elements of its segments."""

__all__ = ["Pieces", "UnitJudge", "UnitReader", "shapes_of"]


@lru_cache
def shapes_of(compiled: CompiledGuide) -> Shapes:
    """Return the shapes of a guide for one kind of record, made once."""
    return Shapes(compiled, walker_of(compiled), reading)


class UnitJudge(Protocol):
    """What is shown whole levels and records of one transaction set."""

    def accepts(self, shape: Shape, texts: list[str], number: int, marks: Delimiters) -> bool:
        """Whether the texts of a unit are certainly right, but for what its first one ends and counts.

        `number` is that of a line among the lines of its record.
        """

    def fits(self, units: list[Shape]) -> bool:
        """Whether a level, or a record with its lines, has what it must have, and no more lines than it may."""

    def take(
        self,
        units: list[Shape],
        pieces: list[str],
        transition: Transition,
        place: tuple[int, int, int],
        marks: Delimiters,
    ) -> None:
        """Note one that is right: the move to it; its position, its offset, and how many characters end a segment."""


@lru_cache(maxsize=32)
def _blank_before(end: str) -> Callable[[str], object]:
    """Return what finds a blank before what ends a segment: a pattern does so three times as fast as `in`."""
    return re.compile(f" {re.escape(end)}").search


_NO_LAYOUTS: Mapping[Shape, Layout] = {}


def _nothing() -> None:
    """End nothing."""


class Pieces:
    """The pieces of a run on their way: which is next, its offset in the text, and what ends each.

    `is_whole` says that a unit which they hold is not cut off where they end.
    """

    def __init__(self, run: Run, *, is_whole: bool = False) -> None:
        self.is_whole = is_whole
        self.texts = run.pieces
        self.at = 0
        self.offset = run.offset
        self.end = run.end
        self.delimiters = run.delimiters
        self._run = run

    @cached_property
    def is_tidy(self) -> bool:
        """Whether blanks and line ends stand nowhere but, one line end each, before pieces: nothing is wrapped or padded."""
        end = self.end
        text = end + self._run.text
        if _blank_before(end)(text) or ("\t" in text and f"\t{end}" in text):
            return False
        if not ("\n" in text or "\r" in text):
            return True
        feeds, returns = text.count("\n"), text.count("\r")
        if end in "\r\n":
            return feeds + returns == len(self.texts) + 1
        return (returns, feeds) in {(0, text.count(f"{end}\n")), (feeds, text.count(f"{end}\r\n"))}

    @property
    def rest(self) -> Run:
        """What is left."""
        return self._run._replace(pieces=self.texts[self.at :], offset=self.offset, whole="")

    def last(self) -> RawSegment:
        """Return the piece before the next one."""
        piece = self.texts[self.at - 1]
        return self._run.segment(piece, self.offset - len(piece) - len(self.end))


class UnitReader:
    """Reads units of one set for its builder.

    After `read`, `last` is the shape of the segment before the next piece, None if nothing was read;
    `is_cut_off` says that the pieces end before it is known what the next unit is.
    """

    def __init__(
        self, shapes: Shapes, walker: Walker, builder: RecordBuilder | None, judge: UnitJudge | None
    ) -> None:
        self.openers = shapes.openers
        self.position = 0
        self.last: Shape | None = None
        self.is_cut_off = False
        self._shapes = shapes
        self._walker = walker
        self._builder = builder
        self._judge = judge
        self._before = sightings_before()
        self._loop = shapes.compiled.root
        make_room()

    def read(self, pieces: Pieces, last: MatchedSegment, position: int, marks: Delimiters) -> Iterator[Part]:
        """Read levels and records from the next piece on, after the last segment; yield each record when its end has come.

        `position` counts the segments of the set before, `marks` are the delimiters in use.
        """
        self.last, self.is_cut_off, self.position = None, False, position
        builder = self._builder
        if self._before is None or (builder and builder.is_repeated):
            return
        elements = pieces.texts[pieces.at].lstrip(BLANK).split(marks.element)
        transition = self._walker.step(last.node, elements, marks)
        first = self._shapes.root(transition)
        if first is not None:
            leave = partial(builder.leave, transition, last) if builder else _nothing
            yield from self._units(pieces, first, transition, leave, marks)
        if builder and self.last is not None:
            builder.resume(self._loop, in_record=self.last.kind is not UnitKind.LEVEL)

    def _units(
        self,
        pieces: Pieces,
        shape: Shape,
        transition: Transition,
        leave: Callable[[], Part | None],
        marks: Delimiters,
    ) -> Iterator[Part]:
        """Read from a piece on that a transition to a shape begins; `leave` ends what is open before it."""
        builder, judge = self._builder, self._judge
        finder = _Finder(self._shapes, judge, pieces, marks, self._before or 0)
        compiled, texts, end = self._shapes.compiled, pieces.texts, pieces.end
        around = None
        while True:  # a level or a record at a time
            is_record = shape.kind is UnitKind.RECORD
            is_built = builder is not None and builder.holds_next
            whole = finder.whole(shape, is_built=is_built)
            if whole is None:
                self.is_cut_off = finder.is_cut_off
                return
            units, made, stop, after = whole
            taken = texts[pieces.at : stop]
            offset, position = pieces.offset, self.position + 1
            if judge:
                judge.take(units, taken, transition, (position, offset, len(end)), marks)
            if self.last is None and (record := leave()):
                yield record
            text = end.join(taken)
            pieces.at = stop
            pieces.offset = offset + len(text) + len(end)
            self.position += len(taken)
            self.last, loop = units[-1], shape.node.loop
            self._loop = loop
            if builder is None:
                pass
            elif is_record and not is_built:
                builder.pass_record()
            else:
                own = Stretch(compiled, units, text, offset, position, finder.cut_by)
                if is_record:
                    around = around or builder.around()
                    if record := builder.read_record(loop, made, around, own):
                        yield record
                else:  # which is made later if a record below it is
                    builder.add_level(loop, taken[0].split(marks.element), made if is_built else {}, own)
                    around = None
            if after.root is None:
                return
            shape, transition = after.root, after.transition


class _Finder:
    """Finds levels and records in pieces of text, and reads them."""

    def __init__(
        self, shapes: Shapes, judge: UnitJudge | None, pieces: Pieces, marks: Delimiters, before: int
    ) -> None:
        self.is_cut_off = False
        self.cut_by = marks.element, marks.component, pieces.end
        self._shapes = shapes
        self._judge = judge
        self._pieces = pieces
        self._texts = pieces.texts
        self._marks = marks
        self._layouts = shapes.layouts[self.cut_by]
        self._before = before

    def whole(  # noqa: C901, PLR0912  # no calls in it that each unit would pay for
        self, shape: Shape, *, is_built: bool
    ) -> Whole | None:
        """Return the level or record that begins with the next piece; None if it is not plain."""
        judge, texts, marks = self._judge, self._texts, self._marks
        element, joint, count = marks.element, marks.element + self._pieces.end, len(texts)
        layouts = self._layouts if is_built or not judge else _NO_LAYOUTS
        units: list[Shape] = []
        made: list[Any] = []
        is_known, stop = True, self._pieces.at
        found: Any
        while True:  # a unit at a time
            begun, start, value, found = shape, stop, None, None
            if layout := layouts.get(begun):  # most often it is as the one before was
                stop = start + layout.size
                try:
                    value = (layout.read if is_built else layout.fits)(
                        joint.join(texts[start:stop]).split(element)
                    )
                except (NotPlain, LookupError):
                    value = None
                shape = layout.shape
                if judge and value and not judge.accepts(shape, texts[start:stop], len(units), marks):
                    value = None
            elif judge and not is_built and (guess := begun.guess):
                stop = start + guess.size
                value = stop <= count and judge.accepts(guess, texts[start:stop], len(units), marks)
                shape = guess  # whose pattern has the separators of components where samples show them
            if value and stop < count:
                found = shape[texts[stop].partition(element)[0]]
                if found.__class__ is Branch:
                    found = found.find(texts[stop].split(element), marks.component)
            if found.__class__ is not End:  # as it is where a line follows
                likely, (shape, stop, found) = (
                    shape,
                    self._follow(*((shape, stop) if value else (begun, start + 1))),
                )
                value = value if shape is likely else None
                if found is None or (not value and shape.samples and not self._is_cut(shape, start)):
                    return None
                if not shape.is_known:
                    self._shapes.sight(shape, self._before)
                    is_known = is_known and shape.is_known
                if not value and is_known:
                    value = self._unit(begun, shape, texts[start:stop], len(units), is_built=is_built)
                    is_known = value is not None
            units.append(shape)
            made.append(value)
            if found.kind is not UnitKind.LINE:
                break
            shape = found.root
        if not is_known or (judge and not judge.fits(units)):
            return None
        if is_built and len(made) > 1:
            made[0][self._shapes.line_name] = tuple(made[1:])
        return units, made[0], stop, found

    def _unit(self, begun: Shape, shape: Shape, texts: list[str], number: int, *, is_built: bool) -> Any:
        """Return what a unit comes to that is not as the one before it; None if it is not right or not plain."""
        judge = self._judge
        if judge:
            if not judge.accepts(shape, texts, number, self._marks):
                return None
            begun.guess = shape
        return self._read(begun, shape, [*map(self._cut, texts)]) if is_built else True

    def _follow(self, shape: Shape, at: int) -> tuple[Shape, int, End | None]:
        """Follow the pieces from a shape on: return the last shape of its unit, where the next begins, and what that is."""
        texts, marks = self._texts, self._marks
        element = marks.element
        for place in range(at, len(texts)):
            elements = texts[place].split(element)
            found = shape[elements[0]]
            if found.__class__ is not Shape:
                if found.__class__ is Fork:
                    found = found[elements[1]] if len(elements) > 1 else None
                elif found.__class__ is Branch:
                    found = found.find(elements, marks.component)
                if found is None:
                    found = self._shapes.learn(shape, elements, marks)
                if found.__class__ is not Shape:
                    return shape, place, found
            shape = found
        self.is_cut_off = not self._pieces.is_whole
        return shape, len(texts), None if self.is_cut_off else OVER

    def _read(self, begun: Shape, shape: Shape, segments: list[list[str]]) -> Any:
        """Return what the function of a shape makes of a unit; None without a function, or if the unit is not plain."""
        if shape.read is None:
            self._shapes.make(shape)
        if not shape.read:
            return None
        try:
            made = shape.read(segments, self._marks.component)
        except (NotPlain, LookupError):
            return None
        self._layouts.sight(begun, shape, segments, self._before)
        return made

    def _cut(self, text: str) -> list[str]:
        return text.split(self._marks.element)

    def _is_cut(self, shape: Shape, start: int) -> bool:
        """Whether composites are certainly cut by the separator that is thought of, as far as segments of a unit show that."""
        for at in shape.samples:
            elements = self._texts[start + at].split(self._marks.element)
            _, place, _ = self._shapes.sample or ("", 0, "")
            if len(elements) <= place or self._marks.component not in elements[place]:
                return False
        return True
