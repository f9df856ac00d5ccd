"""From written elements to text, with the delimiters guarded.

Until here a component separator is a character that no data may hold, so data that contains a
delimiter is found and never becomes structure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from medcode.claims.x12.codec.compiled import compiled_for
from medcode.claims.x12.codec.coverage import coverage, uncovered
from medcode.claims.x12.text.lexer import Run
from medcode.claims.x12.text.spelling import END, as_sent
from medcode.claims.x12.text.values import COMPONENT, MARK
from medcode.claims.x12.validate.rules import finding
from medcode.findings import Location
from medcode.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medcode.claims.model.base import Part
    from medcode.claims.x12.codec.coverage import GuideCoverage
    from medcode.claims.x12.guides.nodes import Node
    from medcode.claims.x12.text.envelope import Envelope
    from medcode.claims.x12.text.lexer import Delimiters
    from medcode.claims.x12.write.order import Stretch
    from medcode.claims.x12.write.units import UnitText
    from medcode.findings import Finding

__all__ = ["Piece", "unplaced_in_header", "unplaced_values", "write"]


_LETTER = "X"
"""Stands for a delimiter in data while the text that holds it, which is refused, is judged for what else is wrong."""


class Piece:
    """A stretch of what is written, or its last segment or those before: its text, and what is wrong with its data.

    `unit` is what it was written as at once, where it was.
    """

    __slots__ = ("_of", "_stretch", "findings", "record", "run", "unit")

    def __init__(
        self,
        run: Run,
        stretch: Stretch,
        findings: list[Finding],
        of: slice = slice(None),
        *,
        unit: UnitText | None = None,
    ) -> None:
        self.run = run
        self.record = stretch.record
        self.findings = findings
        self.unit = unit
        self._stretch = stretch
        self._of = of

    @property
    def nodes(self) -> list[Node | None]:
        """The places of the segments in the guide; those of the envelope have none."""
        return [node for node, _ in self._stretch.rows[self._of]]

    @property
    def depth(self) -> int:
        """How deep in the set the level is that begins with it; 0 for anything else."""
        return self._stretch.depth

    @property
    def is_apart(self) -> bool:
        """Whether it is of the envelope, outside of any set."""
        return self.unit is None and self._stretch.rows[0][0] is None

    @property
    def begins_set(self) -> bool:
        """Whether a set begins with it."""
        first = None if self.unit else self._stretch.rows[self._of][0][0]
        return first is not None and first.begins_set

    @property
    def ends_set(self) -> bool:
        """Whether a set ends with it."""
        last = None if self.unit else self._stretch.rows[self._of][-1][0]
        return last is not None and last.use.id == "SE"


def write(stretches: Iterable[Stretch], envelope: Envelope) -> Iterator[Piece]:
    """Yield the text of an interchange stretch by stretch, with the delimiters of its envelope."""
    marks, spelled = envelope.delimiters, envelope.spelled
    end = marks.segment + envelope.line_end
    text_of = _Texts(marks)
    offset = position = 0
    gaps = _Gaps(envelope)
    for stretch in stretches:
        unit = stretch.unit
        if unit and (text := end.join(unit.texts)) and is_cut_as_joined(text, unit, stretch.more, marks):
            run = Run(unit.texts, end, offset, marks, whole=text + end)
            yield Piece(run, stretch, [], unit=unit)
            position += stretch.size
            offset += len(run.whole)
            continue
        first, _ = stretch.rows[0]
        if first and first.begins_set:
            position = 0
        findings: list[Finding] = []
        rows = [elements for _, elements in stretch.rows]
        if spelled:
            rows = [as_sent(row, spelled[row[0]]) if row[0] in spelled else row for row in rows]
        texts = text_of(rows)
        if texts is None:
            for place, (node, elements) in enumerate(stretch.rows, position + 1):
                findings += _faults(node, elements, str(marks), place)
            texts = [text_of.guarded(elements) for elements in rows]
        texts[0] = gaps.before(rows[0][0]) + texts[0]
        last = marks.segment + gaps.after(rows[-1][0])
        part = slice(None)
        if last != end:  # only the last segment of a stretch is followed by anything else
            several = Run(texts[:-1], end, offset, marks)
            offset += len(several.text)
            if several.pieces:
                yield Piece(several, stretch, findings, slice(-1))
                findings = []
            texts, part = texts[-1:], slice(-1, None)
        run = Run(texts, last, offset, marks)
        yield Piece(run, stretch, findings, part)
        position += len(rows)
        offset += sum(map(len, texts)) + len(last) * len(texts)


class _Gaps:
    """The white space between the segments of an envelope, where any of it is not the line end of the others.

    It stands before a segment that opens or closes a layer, so what comes before that ends with its terminator alone.
    """

    def __init__(self, envelope: Envelope) -> None:
        self._before = {id_: texts[0] for id_, texts in envelope.spelled.items() if 0 in texts}
        self._line_end = envelope.line_end

    def before(self, id_: str) -> str:
        """Return what to write before the first segment of a stretch."""
        is_opening = bool(self._before) and id_ in _OPENING
        return self._before.get(id_, self._line_end if is_opening else "")

    def after(self, id_: str) -> str:
        """Return what to write after the last segment of a stretch."""
        if id_ == "IEA":
            return self._before.get(END, self._line_end)
        return "" if self._before and id_ in _CLOSING else self._line_end


_OPENING = frozenset({"GS", "ST", "GE", "IEA", "TA1"})
_CLOSING = frozenset({"ISA", "GS", "SE", "GE", "TA1"})


def is_cut_as_joined(text: str, unit: UnitText, more: int, marks: Delimiters) -> bool:
    """Whether the joined texts of a unit hold no delimiters and marks but those between; `more` elements are besides those it knows of."""
    return (
        text.count(marks.element) == unit.elements + more
        and text.count(marks.component) == unit.components
        and text.count(marks.segment) == len(unit.texts) - 1
        and marks.repetition not in text
        and MARK not in text
        and COMPONENT not in text
    )


class _Texts:
    """Joins elements to texts of segments, and knows whether those can be cut again as they were joined."""

    def __init__(self, marks: Delimiters) -> None:
        self._element = marks.element
        self._component = marks.component
        self._segment = marks.segment
        self._repetition = marks.repetition
        self._letters = str.maketrans(dict.fromkeys(str(marks), _LETTER))

    def __call__(self, rows: list[list[str]]) -> list[str] | None:
        """Return the texts of segments; None if their data contains a delimiter or a mark."""
        if rows[0][0] == "ISA":  # two of its elements say what the delimiters are
            data = [rows[0][:11] + rows[0][12:16]]
            return self._joined(data) and [self.regardless(row) for row in rows]
        return self._joined(rows)

    def _joined(self, rows: list[list[str]]) -> list[str] | None:
        element, segment = self._element, self._segment
        text = segment.join([element.join(row) for row in rows])
        is_cut_as_joined = (
            text.count(element) == sum(map(len, rows)) - len(rows)
            and text.count(segment) == len(rows) - 1
            and self._component not in text
            and self._repetition not in text
            and MARK not in text
        )
        return text.replace(COMPONENT, self._component).split(segment) if is_cut_as_joined else None

    def guarded(self, elements: list[str]) -> str:
        """Return the text of a segment with a letter for each delimiter in its data, so that it is cut as it was joined."""
        named = _named_in(elements)
        return self.regardless(
            [
                text if number in named else text.translate(self._letters)
                for number, text in enumerate(elements)
            ]
        )

    def regardless(self, elements: list[str]) -> str:
        """Return the text of a segment, whatever its data contains."""
        return self._element.join(elements).replace(COMPONENT, self._component).replace(MARK, "")


def unplaced_values(record: Part, envelope: Envelope, number: int) -> Iterator[Finding]:
    """Yield the values of the record of that number that the guide has no element for, and that would be lost."""
    yield from _unplaced(uncovered(record, _COVERAGES[type(record), envelope.convention]), number)


_COVERAGES: Memo[tuple[type[Part], str | None], GuideCoverage] = Memo(
    lambda of: coverage(compiled_for(*of)), most=100
)


def unplaced_in_header(record: Part, envelope: Envelope) -> Iterator[Finding]:
    """Yield the values of an envelope that the header of a set of such records has no element for."""
    compiled = compiled_for(type(record), envelope.convention)
    named = compiled.kind and compiled.kind.header
    if named and "submitter" in attrs.fields_dict(named):
        header = envelope.header(record, named)
        yield from _unplaced(uncovered(header, coverage(compiled, header=True)), None)
    else:
        yield from _unplaced(("submitter",), None)


def _unplaced(paths: Iterable[str], number: int | None) -> Iterator[Finding]:
    for path in paths:
        message = "The guide has no element for this value, so it would be lost."
        yield finding("value-without-place", message, Location(path=path), "Remove it.", number)


def _named_in(elements: list[str]) -> tuple[int, ...]:
    """Return the numbers of the elements that say what the delimiters are: two of ISA."""
    return (11, 16) if elements[0] == "ISA" else ()


def _faults(node: Node | None, elements: list[str], marks: str, position: int) -> Iterator[Finding]:
    loop = node.loop.loop.id if node else None
    named = _named_in(elements)
    for number, text in enumerate(elements[1:], 1):
        location = Location(loop=loop, segment=elements[0], element=number, position=position)
        if number not in named and any(mark in text for mark in marks):
            message = "The value contains a delimiter, which X12 cannot escape."
            yield finding("delimiter-in-data", message, location, "Remove it, or choose other delimiters.")
        if MARK in text:
            message = "The value is not in the format of this element, or its check digit is wrong."
            yield finding("malformed-value", message, location, "Correct the value.")
