"""Whole units at once: the fast way through a set, for what is plain.

Each level, record and line of a known shape is read by its generated function. The first thing that is not plain (a
step out of order, a segment too many, a text that is cut off) leaves its whole level or record to the session, which
goes on from where it begins as if it had read all before itself.
"""

from __future__ import annotations

from functools import cached_property, lru_cache, partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from medcode.claims.x12.parse.walker import walker_of
from medcode.claims.x12.text.lexer import BLANK
from medcode.claims.x12.units.reading import reading
from medcode.claims.x12.units.shapes import OVER, Branch, Fork, Shape, Shapes, UnitKind, sightings_before
from medcode.claims.x12.units.source import NotPlain
from medcode.claims.x12.units.stretch import Stretch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from medcode.claims.model.base import Part
    from medcode.claims.x12.codec.compiled import CompiledGuide
    from medcode.claims.x12.parse.builder import RecordBuilder
    from medcode.claims.x12.parse.cache import MatchedSegment
    from medcode.claims.x12.parse.walker import Transition, Walker
    from medcode.claims.x12.text.lexer import Delimiters, RawSegment, Run

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


def _nothing() -> None:
    """End nothing."""


class Pieces:
    """The pieces of a run on their way: which is next, its offset in the text, and by what it is cut.

    `is_whole` says that a unit which they hold is not cut off where they end.
    """

    def __init__(self, run: Run, *, is_whole: bool = False) -> None:
        self.is_whole = is_whole
        self.texts = run.pieces
        self.at = 0
        self.offset = run.offset
        self.end = len(run.end)
        self.delimiters = run.delimiters
        self._run = run

    @cached_property
    def is_tidy(self) -> bool:
        """Whether blanks and line ends stand nowhere but, one line end each, before pieces: nothing is wrapped or padded."""
        end = self._run.end
        text = end.join(["", *self.texts, ""])
        if f" {end}" in text or ("\t" in text and f"\t{end}" in text):
            return False
        feeds, returns = text.count("\n"), text.count("\r")
        if not (feeds or returns):
            return True
        if end in "\r\n":
            return feeds + returns == len(self.texts) + 1
        return (returns, feeds) in {(0, text.count(f"{end}\n")), (feeds, text.count(f"{end}\r\n"))}

    @property
    def rest(self) -> Run:
        """What is left."""
        return self._run._replace(pieces=self.texts[self.at :], offset=self.offset)

    def last(self) -> RawSegment:
        """Return the piece before the next one."""
        piece = self.texts[self.at - 1]
        return self._run.segment(piece, self.offset - len(piece) - self.end)


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

    def _units(  # noqa: C901, PLR0912, PLR0915  # one loop, with no calls in it that a segment would pay for
        self,
        pieces: Pieces,
        first: Shape,
        transition: Transition,
        leave: Callable[[], Part | None],
        marks: Delimiters,
    ) -> Iterator[Part]:
        """Read from a piece on that a transition to the `first` shape begins; `leave` ends what is open before it."""
        shapes, builder, judge = self._shapes, self._builder, self._judge
        before, sample = self._before or 0, self._shapes.sample
        element, component = marks.element, marks.component
        line_name, texts = shapes.line_name, pieces.texts
        cut_by = marks.element, component, pieces.end
        rest = islice(texts, pieces.at, None)
        shape, around, elements = first, None, next(rest).split(element)
        while True:  # a level or a record at a time
            root = shape
            is_record = root.kind is UnitKind.RECORD
            is_built = builder is not None and (not is_record or builder.holds_next)
            is_known, opener = True, elements
            values: Any = None
            lines: list[Any] = []
            units: list[Shape] = []
            start = end = pieces.at
            while True:  # a unit at a time
                begun, begin, segments = shape, end, [elements]
                guess, accepted = begun.guess, None
                if judge and is_known and guess is not None:  # most often it is as the one before was
                    guessed = texts[begin : begin + guess.size]
                    if len(guessed) == guess.size and judge.accepts(guess, guessed, len(units), marks):
                        shape = accepted = guess
                        next(islice(rest, guess.size - 1, guess.size - 1), None)  # those are passed over
                        if is_built:
                            segments = [text.split(element) for text in guessed]
                for piece in rest:  # a segment at a time
                    elements = piece.split(element)
                    found = shape[elements[0]]
                    if found.__class__ is not Shape:
                        if found.__class__ is Fork:
                            found = found[elements[1]] if len(elements) > 1 else None
                        elif found.__class__ is Branch:
                            found = found.find(elements, component)
                        if found is None:
                            found = shapes.learn(shape, elements, marks)
                        if found.__class__ is not Shape:
                            break
                    shape = found
                    segments.append(elements)
                else:
                    if not pieces.is_whole:
                        self.is_cut_off = True
                        return
                    found = OVER
                if found is None:
                    return
                if shape.samples and not _are_cut([texts[begin + at] for at in shape.samples], sample, marks):
                    return
                end = begin + shape.size
                if not shape.is_known:
                    shapes.sight(shape, before)
                    is_known = is_known and shape.is_known
                if is_known and judge and shape is not accepted:
                    is_known = judge.accepts(shape, texts[begin:end], len(units), marks)
                    begun.guess = shape if is_known else guess
                if is_built and is_known:
                    if shape.read is None:
                        shapes.make(shape)
                    try:
                        made = shape.read(segments, component) if shape.read else None
                    except (NotPlain, LookupError):
                        return
                    is_known = made is not None
                    if shape.kind is UnitKind.LINE:
                        lines.append(made)
                    else:
                        values = made
                units.append(shape)
                if found.kind is not UnitKind.LINE:
                    break
                shape = found.root
            if not is_known or (judge and not judge.fits(units)):
                return
            taken = texts[start:end]
            offset, position = pieces.offset, self.position + 1
            if judge:
                judge.take(units, taken, transition, (position, offset, pieces.end), marks)
            if self.last is None and (record := leave()):
                yield record
            size = end - start
            pieces.at = end
            pieces.offset += sum(map(len, taken)) + size * pieces.end
            self.position += size
            self.last, self._loop = shape, root.node.loop
            own = None
            if is_built and builder and (builder.keeps_origin or not is_record):
                own = Stretch(shapes.compiled, units, taken, offset, position, cut_by)
            if builder is None:
                pass
            elif own and not is_record:
                builder.add_level(root.node.loop, opener, values, own)
                around = None
            elif is_built:
                own = Stretch(shapes.compiled, units, taken, offset, position, cut_by)
                around = around or builder.around()
                if lines:
                    values[line_name] = tuple(lines)
                if record := builder.read_record(root.node.loop, values, around, own):
                    yield record
            else:
                builder.pass_record()
            if found.root is None:
                return
            shape, transition = found.root, found.transition


def _are_cut(texts: list[str], sample: Any, marks: Delimiters) -> bool:
    """Whether composites are certainly cut by the separator that is thought of, as far as segments of a unit show that."""
    cut = [text.split(marks.element) for text in texts]
    at = sample[1]
    return all(len(elements) > at and marks.component in elements[at] for elements in cut)
