"""From text to segments: delimiters are found, text is cut, nothing is lost.

The lexer knows no guide and does no I/O. A segment keeps the text it was cut from, white space
before it included, so that joining the pieces gives the text back, character for character.

>>> segments = list(lex(["ST*837*0021~BHT*0019*00~"]))
>>> [segment.elements for segment in segments]
[['ST', '837', '0021'], ['BHT', '0019', '00']]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import attrs

from medcode.errors import X12Error

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

__all__ = ["BLANK", "DEFAULT_DELIMITERS", "Delimiters", "RawSegment", "Run", "lex", "runs"]

BLANK = " \t\r\n\v\f\ufeff\x1a\x00"
"""What may stand between segments: white space, and the marks of a start and an end of a file."""

_ISA = ("ISA", "isa")
_HEAD = 4096
_LONGEST_SEGMENT = 1 << 20
_SEPARATORS_IN_ISA = 16


@attrs.frozen
class Delimiters:
    """The four characters that structure an interchange."""

    element: str = "*"
    component: str = ":"
    repetition: str = "^"
    segment: str = "~"

    def __str__(self) -> str:
        """Give the four in the order element, component, repetition, segment."""
        return self.element + self.component + self.repetition + self.segment


DEFAULT_DELIMITERS = Delimiters()


class RawSegment(NamedTuple):
    """A segment as it stands in the text.

    `text` is the piece with any blanks before it; `end` the terminator after it, empty where
    the text ends without one; `offset` counts characters from the start of the text to the
    segment's id. Blanks and foreign text between segments come as a segment without elements.
    """

    elements: list[str]
    text: str
    end: str
    offset: int
    delimiters: Delimiters


class Run(NamedTuple):
    """Pieces of text in a row that end alike: each is a segment with any blanks before it.

    `offset` counts characters from the start of the text to the first of them. Text that is not
    X12 is a run of its own, `foreign`.
    """

    pieces: list[str]
    end: str
    offset: int
    delimiters: Delimiters
    foreign: bool = False

    @property
    def text(self) -> str:
        """The text that was cut."""
        return self.end.join([*self.pieces, ""])

    def segment(self, piece: str, offset: int) -> RawSegment:
        """Cut a piece, which starts at the offset, into its elements."""
        body = piece.lstrip(BLANK)
        if self.foreign or not (body or self.end):
            return RawSegment([], piece, self.end, offset, self.delimiters)
        elements = body.split(self.delimiters.element)
        return RawSegment(elements, piece, self.end, offset + len(piece) - len(body), self.delimiters)


def isa_delimiters(head: str) -> Delimiters | None:
    """Read the delimiters off an ISA segment; None where `head` does not hold a usable one.

    ISA is of fixed width, but files with trimmed fields exist: the sixteen separators are
    counted, and what follows them is ISA16 and the terminator.
    """
    element = head[3:4]
    fields = head.split(element, _SEPARATORS_IN_ISA) if element else []
    if len(fields) <= _SEPARATORS_IN_ISA or len(fields[-1]) < len(":~"):
        return None
    repetition = fields[11][:1]
    if repetition in {"", element} or repetition.isalnum():
        repetition = DEFAULT_DELIMITERS.repetition
    component, segment = fields[-1][0], fields[-1][1]
    distinct = len({element, component, segment}) == len("*:~")
    return Delimiters(element, component, repetition, segment) if distinct and not segment.isalnum() else None


_BARE = re.compile(r"(?:GS|ST|TA1)([^A-Za-z0-9 \r\n])", re.IGNORECASE)
_AFTER = r"(?i)([^A-Za-z0-9 {0}])\s*(?:ST|BHT|BPR|AK1|GS|HL|TA1){0}"


def bare_delimiters(head: str) -> Delimiters | None:
    """Infer the delimiters of a text that starts with GS, ST or TA1; None where it is not X12."""
    start = _BARE.match(head)
    if start is None:
        return None
    element = start[1]
    following = re.search(_AFTER.format(re.escape(element)), head)
    segment = following[1] if following else "~"
    component = ">" if re.search(r"\WHC>|\d>[AB]>\d", head) else DEFAULT_DELIMITERS.component
    return Delimiters(element, component, DEFAULT_DELIMITERS.repetition, segment)


def lex(chunks: Iterable[str]) -> Iterator[RawSegment]:
    """Cut a text, given in chunks of any size, into its segments.

    Each ISA sets the delimiters anew. Joining `text` and `end` of all segments gives the text
    back. Raises `X12Error` where the text does not start as X12 does, or where a megabyte
    holds no end of a segment.
    """
    for run in runs(chunks):
        offset = run.offset
        for piece in run.pieces:
            yield run.segment(piece, offset)
            offset += len(piece) + len(run.end)


def runs(chunks: Iterable[str]) -> Iterator[Run]:
    """Cut a text as `lex` does, but only where segments end: a reader may know many a piece by sight."""
    source = iter(chunks)
    buffer, offset, delimiters = "", 0, None
    more = True
    while more or buffer:
        buffer, more = _fill(buffer, source)
        if delimiters is None or buffer.lstrip(BLANK).startswith(_ISA):
            foreign, delimiters = _delimiters(buffer, delimiters)
            if foreign:
                yield Run([buffer[:foreign]], "", offset, delimiters, foreign=True)
                buffer, offset = buffer[foreign:], offset + foreign
        buffer, offset = yield from _cut(buffer, offset, delimiters, last=not more)


def _fill(buffer: str, source: Iterator[str]) -> tuple[str, bool]:
    parts, size = [buffer], 0
    for chunk in source:
        parts.append(chunk)
        size += len(chunk)
        if size >= _HEAD:
            return "".join(parts), True
    return "".join(parts), False


def _delimiters(buffer: str, known: Delimiters | None) -> tuple[int, Delimiters]:
    """Find where X12 starts in the buffer, and its delimiters."""
    start = len(buffer) - len(buffer.lstrip(BLANK))
    head = buffer[start : start + _HEAD]
    found = isa_delimiters(head) if head.startswith(_ISA) else bare_delimiters(head)
    if found or known:
        return 0, found or known or DEFAULT_DELIMITERS
    later = head.upper().find("ISA", 1)
    found = isa_delimiters(head[later:]) if later > 0 else None
    if found is None and head.startswith(_ISA):
        raise X12Error("ISA names no delimiters: it has not its sixteen elements and a terminator")
    if found is None:
        raise X12Error("this is not X12: it starts with none of ISA, GS, ST and TA1")
    return start + later, found


def _cut(
    buffer: str, offset: int, delimiters: Delimiters, *, last: bool
) -> Generator[Run, None, tuple[str, int]]:
    """Yield the whole segments of the buffer up to the next ISA; give back the rest and its offset."""
    end = delimiters.segment
    another = re.search(rf"{re.escape(end)}(?=[{BLANK}]*(?:ISA|isa))", buffer)
    pieces = buffer[: another.end() if another else None].split(end)
    rest = pieces.pop()
    if pieces:
        yield Run(pieces, end, offset, delimiters)
    if another:
        return buffer[another.end() :], offset + another.end()
    offset += len(buffer) - len(rest)
    if len(rest) > _LONGEST_SEGMENT:
        raise X12Error(f"no segment ends within {_LONGEST_SEGMENT:,} characters of offset {offset}")
    if not last:
        return rest, offset
    if rest:
        yield Run([rest], "", offset, delimiters)
    return "", offset + len(rest)
