"""A transmission on its way through: segments in, records and findings out.

A `Session` follows interchange, group and transaction set, finds the guide of each set and walks it.
What goes through it is built into records, shown to a judge, or both; it knows neither what the
records are nor what the judge does.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import attrs

from medcode.claims.x12.codec.compiled import compiled, compiled_small
from medcode.claims.x12.guides import convention_of, conventions, guide, rivals_of
from medcode.claims.x12.guides.dictionary import MANDATORY
from medcode.claims.x12.parse.builder import RecordBuilder
from medcode.claims.x12.parse.cache import MatchedSegment, SegmentCache
from medcode.claims.x12.parse.misspelt import best_of
from medcode.claims.x12.parse.moves import Transition
from medcode.claims.x12.parse.shard import EVERY
from medcode.claims.x12.parse.units import Pieces, UnitReader, shapes_of
from medcode.claims.x12.parse.walker import walker_of
from medcode.claims.x12.text.lexer import is_wrapped, runs, unwrapped
from medcode.claims.x12.text.values import read_header_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medcode.claims.model.base import Part
    from medcode.claims.x12.codec.compiled import CompiledGuide
    from medcode.claims.x12.parse.cache import NextSegments
    from medcode.claims.x12.parse.shard import Shard
    from medcode.claims.x12.parse.units import UnitJudge
    from medcode.claims.x12.parse.walker import Walker
    from medcode.claims.x12.text.lexer import Delimiters, RawSegment, Run

__all__ = ["Judge", "Session", "SetJudge"]

_GS04, _GS08 = 4, 8
_BOUNDS = frozenset({"ISA", "GS", "ST", "GE", "IEA"})
_ENVELOPE = _BOUNDS | {"SE"}
_AT_END = (" ", "\t", "\r", "\n")
_ALONE = "TA1"  # outside any set: one that begins and ends with itself
_LONGEST_UNIT = 4_000
"""How many segments of a unit are held until its end comes; a longer one is read segment by segment."""


class SetJudge(Protocol):
    """What is shown the matched segments of one transaction set."""

    def accept(self, matched: MatchedSegment, offset: int, position: int) -> None:
        """Read the next segment, with its offset in the text and its position in the set."""


@runtime_checkable
class WholeSetJudge(SetJudge, Protocol):
    """One that can be shown whole levels and records as well; any other is shown each segment."""

    def unit_judge(self, compiled: CompiledGuide) -> UnitJudge:
        """Return what takes whole levels and records of the set."""


class Judge(Protocol):
    """What is shown a transmission: its envelope segment by segment, and each set that a guide reads."""

    def envelope(self, segment: RawSegment, inside: int) -> None:
        """Note a segment of the envelope, or one that no guide reads; so many were inside the set since the last."""

    def begin(self, walker: Walker) -> SetJudge:
        """Begin a set that the guide of the walker reads."""

    def end(self) -> None:
        """End the set that is open."""

    def unknown(self, convention: str, segment: RawSegment) -> None:
        """Note an ST whose convention no guide reads."""

    def separator(self, named: str, used: str, segment: RawSegment, element: int, position: int) -> None:
        """Note a composite that is cut by another separator than the one ISA16 names."""

    def finish(self, offset: int, *, terminated: bool) -> None:
        """End the transmission at the offset of its last segment."""


class Session:
    """Reads raw segments in their order; makes records of class `build` (None: none), shows all to a `judge`.

    A `shard` builds some of the records alone, where the others are built elsewhere.
    """

    def __init__(
        self, *, build: type[Part] | None = None, judge: Judge | None = None, shard: Shard = EVERY
    ) -> None:
        self._build, self._judge = build, judge
        self._shard = shard
        self._begun = 0
        self._set_judge: SetJudge | None = None
        self._builder: RecordBuilder | None = None
        self._walker: Walker | None = None
        self._units: UnitReader | None = None
        self._rest: Run | None = None
        self._sample: tuple[str, int, re.Pattern[str]] | None = None
        self._last: MatchedSegment
        self._cache = SegmentCache()
        self._next: NextSegments = {}
        self._marks: Delimiters | None = None
        self._gs08 = self._gs04 = ""
        self._made_on: date | None = None
        self._dated: RecordBuilder | None = None
        self._position = self._shown = self._offset = 0
        self._terminated = True
        self._in_set = False
        self._undecided: RawSegment | None = None
        self._actual: Delimiters | None = None

    def read(self, chunks: Iterable[str]) -> Iterator[Part]:
        """Read a whole text, given in chunks; yield each record as it ends, where records are built."""
        for run in runs(chunks):
            rest = self._rest
            if rest and (rest.end, rest.delimiters, False) == (run.end, run.delimiters, run.foreign):
                run = rest.followed_by(run)  # noqa: PLW2901  # what was left comes first
            elif rest:
                yield from self._take(rest, goes_on=False)
            yield from self._take(run, goes_on=True)
        if self._rest:
            yield from self._take(self._rest, goes_on=False)
        if record := self.cut_off():
            yield record
        self.finish()

    def take(self, run: Run) -> Iterator[Part]:
        """Read the next pieces of text, of which the last one ends a level or record if it is in one.

        Yield each record that ends in them, where records are built.
        """
        return self._take(run, goes_on=False, is_whole=True)

    def _take(self, run: Run, *, goes_on: bool, is_whole: bool = False) -> Iterator[Part]:
        """Read pieces of text; where others follow, a unit that they end in the midst of is left for then."""
        pieces = Pieces(run, is_whole=is_whole)
        texts, end = pieces.texts, len(pieces.end)
        self._rest = None
        while pieces.at < len(texts):
            units = self._units
            if (
                units
                and (goes_on or is_whole)
                and end
                and texts[pieces.at].startswith(units.openers)
                and pieces.is_tidy
            ):
                yield from self._take_units(units, pieces)
                if units.is_cut_off and len(texts) - pieces.at < _LONGEST_UNIT:
                    self._rest = pieces.rest
                    return
                if units.last is not None:
                    continue
            piece = texts[pieces.at]
            matched = self._next.get(piece)
            if matched and end:
                record = self._advance(matched, pieces.offset + matched.blanks)
            else:
                record = self.accept(run.segment(piece, pieces.offset))
            if record:
                yield record
            pieces.offset += len(piece) + end
            pieces.at += 1

    def _take_units(self, units: UnitReader, pieces: Pieces) -> Iterator[Part]:
        """Read whole levels and records, as far as they are plain, and go on from the last of them."""
        marks = self._actual or pieces.delimiters
        yield from units.read(pieces, self._last, self._position, marks)
        if units.last is not None:
            raw, node = pieces.last(), units.last.node
            self._last = MatchedSegment(Transition(node), raw, self._cache.after(node))
            self._next = self._last.next_segments
            self._offset, self._position = raw.offset, units.position

    def accept(self, segment: RawSegment) -> Part | None:
        """Read the next segment; return the record it ends, if it ends one and records are built."""
        if segment.text[-1:] in _AT_END or is_wrapped(segment):
            segment = unwrapped(segment)
        elements = segment.elements
        id_ = elements[0] if elements else ""
        if not id_.isupper() and id_.isascii() and id_.upper() != id_:  # a long s is no S
            segment = segment._replace(elements=[id_.upper(), *elements[1:]])
            id_ = id_.upper()
        self._prepare(id_, segment)
        if self._judge and (self._walker is None or id_ in _ENVELOPE or not elements):
            self._judge.envelope(segment, self._position - self._shown)
            self._shown = self._position
        self._offset = segment.offset
        self._terminated = bool(segment.end) or not elements or segment.delimiters.segment in "\r\n"
        if not elements:
            return None
        if self._sample and id_ == self._sample[0]:
            self._check_separator(segment, *self._sample[1:])
        if self._actual:
            segment = segment._replace(delimiters=self._actual)
        if id_ in _BOUNDS or (id_ == _ALONE and self._walker is None):
            return self._bounds(id_, segment)
        return self._content(id_, segment)

    @property
    def header(self) -> Part | None:
        """What has been read so far of the header of the open set; None for a guide without one."""
        return self._builder.header if self._builder else None

    @property
    def made_on(self) -> date | None:
        """The day on which the open set, or the one that ended last, was made: BHT04, else GS04; None where neither is a date."""
        if self._builder is not self._dated and self._builder:
            created = getattr(self._builder.header, "created_date", None)
            self._made_on = created if isinstance(created, date) else read_header_day(self._gs04)
            self._dated = self._builder
        return self._made_on

    def cut_off(self) -> Part | None:
        """Return the record that the end of the text has cut off: a remittance as far as it goes, a claim that is whole."""
        return self._builder.cut_off(self._last, terminated=self._terminated) if self._builder else None

    def finish(self) -> None:
        """End the transmission. A record that the end of the text has cut off is what `cut_off` returns."""
        if self._undecided:
            self._start(self._undecided, convention_of(self._undecided.elements, self._gs08))
        if self._judge:
            self._judge.finish(self._offset, terminated=self._terminated)

    def _content(self, id_: str, segment: RawSegment) -> Part | None:
        walker = self._walker
        if walker is None:
            return None
        last = self._last
        transition = walker.step(last.node, segment.elements, segment.delimiters, last.segment.elements)
        record = self._advance(self._cache.match(transition, segment, self._next), segment.offset)
        if id_ == "SE":
            record = self._close() or record
        return record

    def _advance(self, matched: MatchedSegment, offset: int) -> Part | None:
        """Advance to a matched segment."""
        self._last = matched
        self._next = matched.next_segments
        self._offset = offset
        self._position = position = self._position + 1
        if self._set_judge:
            self._set_judge.accept(matched, offset, position)
        if self._builder:
            return self._builder.accept(matched, offset, position)
        return None

    def _bounds(self, id_: str, segment: RawSegment) -> Part | None:
        """Begin or end a set; a set that its trailer does not end is ended by what comes after it."""
        record = self._close()
        elements = segment.elements
        if id_ == "ISA":
            self._actual, self._gs08 = None, ""
        elif id_ == "GS":
            self._gs08 = elements[_GS08] if len(elements) > _GS08 else ""
            self._gs04 = elements[_GS04] if len(elements) > _GS04 else ""
        elif id_ == "ST" and rivals_of(elements, self._gs08):
            self._undecided = segment
        elif id_ == "ST":
            self._start(segment, convention_of(elements, self._gs08))
        elif id_ == _ALONE:
            self._start(segment, _ALONE)
            record = self._close()
        return record

    def _check_separator(self, segment: RawSegment, element: int, sample: re.Pattern[str]) -> None:
        """Notice composites that are cut by another separator than ISA16 names, and read on as they are cut."""
        text, marks = "".join(segment.elements[element : element + 1]), segment.delimiters
        if (self._actual or marks).component in text or not (found := sample.match(text)):
            return
        used = found[1]
        self._actual = attrs.evolve(marks, component=used) if used != marks.component else None
        self._start_cache(self._actual or marks)
        if self._actual and self._judge:
            self._judge.separator(marks.component, used, segment, element, self._position + 1)

    def _close(self) -> Part | None:
        """End the open set; return the record that is still open in it."""
        record = self._builder.finish(self._last) if self._builder else None
        if self._judge and self._set_judge:
            self._judge.end()
        if self._builder:
            self._begun = self._builder.records
            _ = self.made_on  # remembered for the last record, which is returned when the set is gone
        self._set_judge = self._builder = self._walker = self._sample = self._units = None
        self._next = {}
        return record

    def _start_cache(self, marks: Delimiters) -> None:
        """Forget what was matched where other delimiters are used."""
        self._marks = marks
        self._cache = SegmentCache()

    def _prepare(self, id_: str, segment: RawSegment) -> None:
        """Begin a set whose ST needs the segment after it, or is lost."""
        if header := self._undecided:
            self._undecided = None
            self._start(header, best_of(rivals_of(header.elements, self._gs08), segment))
        if id_ in _ENVELOPE:
            self._in_set = id_ == "ST"
        elif not self._in_set:
            self._start_without_header(id_, segment)

    def _start_without_header(self, id_: str, segment: RawSegment) -> None:
        """Begin a set whose ST is lost, by the guide of its group, where its first mandatory segment comes."""
        if self._gs08 not in conventions():
            return
        found = guide(self._gs08)
        if id_ in MANDATORY.get(found.transaction, ()):
            self._in_set = True
            header = segment._replace(elements=["ST", found.transaction, "", found.id], text="")
            if self._judge:
                self._judge.envelope(header, 0)
            self._start(header, found.id)

    def _start(self, segment: RawSegment, convention: str) -> None:
        found = compiled(convention, self._build) if self._build else compiled_small(convention)
        if found is None:
            if self._judge:
                self._judge.unknown(convention, segment)
            return
        self._walker = walker = walker_of(found)
        if found.guide.sample:
            id_, element, pattern = found.guide.sample
            self._sample = id_, element, re.compile(pattern, re.ASCII)
        self._position = self._shown = 1
        if self._marks != segment.delimiters:
            self._start_cache(segment.delimiters)
        first = MatchedSegment(Transition(walker.start), segment, self._cache.after(walker.start))
        if not segment.text:  # nothing is wrong within a segment that is not there
            first.right = True
        self._last, self._next = first, first.next_segments
        if self._build and found.kind and issubclass(found.kind.model, self._build):
            self._builder = RecordBuilder(found, self._shard, self._begun)
            self._builder.accept(first, segment.offset, 1)
        if self._judge:
            self._set_judge = self._judge.begin(walker)
            self._set_judge.accept(first, segment.offset, 1)
        shapes = shapes_of(found)
        set_judge = self._set_judge
        if shapes.openers and (set_judge is None or isinstance(set_judge, WholeSetJudge)):
            judge = set_judge.unit_judge(found) if set_judge else None
            self._units = UnitReader(shapes, walker, self._builder, judge)
