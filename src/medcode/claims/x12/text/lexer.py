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

__all__ = [
    "BLANK",
    "DEFAULT_DELIMITERS",
    "Delimiters",
    "RawSegment",
    "Run",
    "is_wrapped",
    "lex",
    "name_of",
    "runs",
    "segment_id",
    "unwrapped",
]

BLANK = " \t\r\n\v\f\ufeff\x1a\x00"
"""What may stand between segments: white space, and the marks of a start and an end of a file."""

_INK = re.compile(f"[^{re.escape(BLANK)}]")
_ISA = ("ISA", "isa")
_HEAD = 4096
_LONGEST_SEGMENT = 1 << 20
_SEPARATORS_IN_ISA = 16
_WIDTHS = (2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1)
_WHOLE_ISA = re.compile(
    r"(?:ISA|isa)([^A-Za-z0-9 \r\n])"
    + "".join(rf".{{{width}}}\1" for width in _WIDTHS)
    + ".\\s*[^A-Za-z0-9 ]",
    re.DOTALL,
)
"""ISA as it should be: each element of its width, one separator between them, a terminator."""


def name_of(elements: list[str]) -> str:
    """Return a segment's id in upper case; a letter that is not ASCII is never taken for one that is.

    >>> name_of(["isa", "00"]), name_of(["\u017ft"]), name_of([])
    ('ISA', '\u017ft', '')
    """
    id_ = elements[0] if elements else ""
    return id_.upper() if id_.isascii() else id_


_ID = re.compile("[A-Z][A-Z0-9]{1,2}")


def segment_id(text: str) -> str | None:
    """Return the id that a segment starts with; None if it cannot be one, as it may be data gone astray.

    >>> segment_id("NM1"), segment_id("JANE")
    ('NM1', None)
    """
    return text if _ID.fullmatch(text) else None


@attrs.frozen
class Delimiters:
    """The four characters that structure an interchange."""

    element: str = "*"
    component: str = ":"
    repetition: str = "^"
    segment: str = "~"

    def __str__(self) -> str:
        """Return the four in the order element, component, repetition, segment."""
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
    X12 is a run of its own, `foreign`. `whole` is the text that was cut, where it is at hand.
    """

    pieces: list[str]
    end: str
    offset: int
    delimiters: Delimiters
    foreign: bool = False
    whole: str = ""

    @property
    def text(self) -> str:
        """The text that was cut."""
        return self.whole or self.end.join([*self.pieces, ""])

    def followed_by(self, run: Run) -> Run:
        """Return the pieces with those of the next run, which ends them alike."""
        return self._replace(pieces=self.pieces + run.pieces, whole=self.text + run.text)

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
    counted, and what follows them is ISA16 and the terminator. Blanks and line breaks between these two
    are none of them, unless a line break is all there is before the next segment. In a text that is wrapped at
    three characters a line break is before the first separator.
    """
    head = head[:3] + head[3:].lstrip("\r\n")
    element = head[3:4]
    fields = [] if element.isalnum() or element in " \r\n" else head.split(element, _SEPARATORS_IN_ISA)
    if len(fields) <= _SEPARATORS_IN_ISA or len(fields[-1]) < len(":~"):
        return None
    repetition = fields[11][:1]
    if repetition in {"", element} or repetition.isalnum():
        repetition = DEFAULT_DELIMITERS.repetition
    component, segment = _last_of_isa(fields[-1])
    distinct = len({element, component, segment}) == len("*:~")
    return Delimiters(element, component, repetition, segment) if distinct and not segment.isalnum() else None


def _last_of_isa(text: str) -> tuple[str, str]:
    r"""Return ISA16 and the terminator, which the rest of an ISA begins with.

    >>> _last_of_isa(":~GS"), _last_of_isa(":\nGS"), _last_of_isa(": ~GS"), _last_of_isa(": \nGS")
    ((':', '~'), (':', '\n'), (':', '~'), (':', '\n'))
    """
    text = text.lstrip("\r\n")
    component, after = text[0], text[1:]
    ink = after.lstrip(" \t\r\n")[:1]
    if ink and not ink.isalnum():
        return component, ink
    return component, (after.lstrip(" \t") or after)[0]


_BARE = re.compile(r"(?:GS|ST|TA1)([^A-Za-z0-9 \r\n])", re.IGNORECASE | re.ASCII)
_AFTER = r"(?ia)([^A-Za-z0-9 {0}])\s*(?:ST|BHT|BPR|AK1|GS|HL|TA1){0}"


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
        done, delimiters = yield from _cut(buffer, offset, delimiters, more=more)
        buffer, offset = buffer[done:], offset + done
        if buffer and not more:
            yield Run([buffer], "", offset, delimiters)
            buffer = ""


def _fill(buffer: str, source: Iterator[str]) -> tuple[str, bool]:
    parts, size = [buffer], 0
    for chunk in source:
        parts.append(chunk)
        size += len(chunk)
        if size >= _HEAD:
            return "".join(parts), True
    return "".join(parts), False


def _cut(
    buffer: str, offset: int, delimiters: Delimiters | None, *, more: bool
) -> Generator[Run, None, tuple[int, Delimiters]]:
    """Yield the whole segments of a buffer, one interchange after the other; give back how far they reach."""
    at, hits = 0, iter(_hits(buffer))
    while True:
        start, delimiters = _delimiters(buffer, at, delimiters)
        if start > at:
            yield Run([buffer[at:start]], "", offset + at, delimiters, foreign=True)
        stop = _stop(buffer, start, hits, delimiters.segment)
        whole = buffer[start:stop]
        pieces = whole.split(delimiters.segment)
        if len(buffer) > _LONGEST_SEGMENT:
            _within_limit(pieces, offset + start)
        rest = pieces.pop()
        if pieces:
            whole = whole[: len(whole) - len(rest)]
            yield Run(pieces, delimiters.segment, offset + start, delimiters, whole=whole)
        at = (len(buffer) if stop is None else stop) - len(rest)
        if stop is None:
            return at, delimiters
        if rest:
            yield Run([rest], "", offset + at, delimiters, foreign=True)
        at = stop
        if more and len(buffer) - at < _HEAD:
            return at, delimiters


def _within_limit(pieces: list[str], offset: int) -> None:
    """Raise X12Error where one of several pieces of text in a row is longer than any segment may be.

    So a text is refused alike whether it comes in blocks or as a whole.
    """
    for piece in pieces:
        if len(piece) > _LONGEST_SEGMENT:
            raise X12Error(f"no segment ends within {_LONGEST_SEGMENT:,} characters of offset {offset}")
        offset += len(piece) + 1


def _hits(buffer: str) -> list[int]:
    """Find every place where an interchange may begin."""
    return sorted(hit.start() for isa in _ISA if isa[0] in buffer for hit in re.finditer(isa, buffer))


def _delimiters(buffer: str, at: int, known: Delimiters | None) -> tuple[int, Delimiters]:
    """Find where X12 goes on in the buffer, and its delimiters, which an ISA sets anew."""
    start = _blanks_end(buffer, at)
    is_isa = buffer.startswith(_ISA, start)
    if known and not is_isa:
        return at, known
    head = buffer[start : start + _HEAD]
    found = isa_delimiters(head) if is_isa else bare_delimiters(head)
    if found or known:
        return at, found or known or DEFAULT_DELIMITERS
    for later in _hits(head):
        if found := isa_delimiters(head[later:]):
            return start + later, found
    if is_isa:
        raise X12Error("ISA names no delimiters: it does not have sixteen elements and a terminator")
    raise X12Error("this is not X12: it starts with none of ISA, GS, ST and TA1")


def _blanks_end(buffer: str, at: int) -> int:
    ink = _INK.search(buffer, at)
    return ink.start() if ink else len(buffer)


def _stop(buffer: str, start: int, hits: Iterator[int], end: str) -> int | None:
    """Find where the interchange ends that starts here: behind the terminator before the next ISA.

    An ISA of full width begins an interchange wherever it stands; what is before it was cut off.
    """
    for hit in hits:
        ink = hit
        while ink > start and buffer[ink - 1] in BLANK:
            ink -= 1
        if ink > start:
            terminator = buffer.find(end, ink - 1, hit)
            if terminator >= 0:
                return terminator + 1
            if _WHOLE_ISA.match(buffer, hit):
                return hit
    return None


def is_wrapped(segment: RawSegment) -> bool:
    """Whether lines break within a segment, as where they are wrapped at a fixed width."""
    text = segment.text
    at = max(text.rfind("\n"), text.rfind("\r"))
    return at >= 0 and bool(text[:at].strip(BLANK))


def unwrapped(segment: RawSegment) -> RawSegment:
    """Return a segment without line breaks within it and blanks at its end; its text stays as it came."""
    *before, last = [text.replace("\r", "").replace("\n", "") for text in segment.elements] or [""]
    return segment._replace(elements=[*before, last.rstrip(" \t")] if segment.elements else [])
