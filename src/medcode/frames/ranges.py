"""Big files in parts, cut where a transaction set begins, so that several readers can share one.

The cut is found by a scan for the segments of the envelope and for those that begin a claim, so that each
part knows how many sets and claims come before it. Files of other sets than 837 and 835, and whatever does
not look as it should, stay whole.
"""

from __future__ import annotations

import re
from itertools import pairwise
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from medcode.claims.x12.text.source import not_utf8

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Range", "ranges_of"]

_TERMINATOR = 105
"""Where ISA, whose elements have fixed widths, ends: at the terminator of the segments."""

_BLOCK = 1 << 20

_COUNTED: Mapping[str, str] = {"837": "claim", "835": "remittance"}
"""The sets that can be told apart by a scan, and what their records are counted by."""


@attrs.frozen
class Range:
    """A part of a file: its sets, in bytes from `start` to `end`, below the ISA and GS of `head`.

    `before` counts the sets and records that come before it. A whole file begins at 0 and ends at None.
    """

    file: str
    start: int = 0
    end: int | None = None
    head: bytes = attrs.field(default=b"", repr=False)
    encoding: str = "utf-8"
    before: Mapping[str, int] = attrs.field(factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole file."""
        return self.end is None

    @property
    def is_first(self) -> bool:
        """Whether it is the first of several parts."""
        return not self.is_whole and not self.before["transaction"]

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return Path(self.file).stat().st_size if self.end is None else self.end - self.start

    def text(self) -> str:
        """Return the text of a part: its ISA and GS, then its sets. Raises OSError if it cannot be read."""
        assert self.end is not None  # noqa: S101  # a whole file is read by its path
        with Path(self.file).open("rb") as file:
            file.seek(self.start)
            return (self.head + file.read(self.end - self.start)).decode(self.encoding)


def ranges_of(file: Path, size: int) -> list[Range]:
    """Return a file in parts of about `size` bytes each; whole if it is smaller, or cannot be cut.

    Raises OSError for a file that cannot be read.
    """
    whole = [Range(str(file))]
    if file.stat().st_size <= size:
        return whole
    with file.open("rb") as opened, mmap(opened.fileno(), 0, access=ACCESS_READ) as raw:
        sets = list(_sets(raw))
        if not sets or any(each is None for each in sets):
            return whole
        blocks = (raw[at : at + _BLOCK] for at in range(0, len(raw), _BLOCK))
        encoding = "utf-8" if not_utf8(blocks) is None else "latin-1"
        return list(_ranges(str(file), raw, [each for each in sets if each], encoding, size))


@attrs.frozen
class _Set:
    """A transaction set: where it begins, the ISA and GS above it, and what its records are counted by."""

    start: int
    isa: tuple[int, int]
    gs: tuple[int, int]
    counted: str
    claims: int


def _sets(raw: mmap) -> Iterator[_Set | None]:
    """Yield the sets of a file; None for one that cannot be read apart from the others."""
    begin = re.match(rb"(?:\xef\xbb\xbf)?\s*ISA", raw)
    if not begin or len(raw) < begin.end() + _TERMINATOR:
        return
    start = begin.end() - 3
    element, end = raw[start + 3 : start + 4], raw[start + _TERMINATOR : start + _TERMINATOR + 1]
    e, t = re.escape(element), re.escape(end)
    segment = re.compile(
        rb"(?:\A(?:\xef\xbb\xbf)?|%s)\s*(?:((?i:ISA))[^A-Za-z0-9]|((?i:GS|ST|CLM|TA1))%s([^%s%s]*))"
        % (t, e, e, t)
    )
    isa = gs = (0, 0)
    current: _Set | None = None
    for found in segment.finditer(raw):
        id_ = (found[1] or found[2]).upper()
        at = found.start(1) if found[1] else found.start(2)
        if id_ == b"CLM":
            current = current and attrs.evolve(current, claims=current.claims + 1)
            continue
        if current:
            yield current
            current = None
        until = raw.find(end, at) + 1
        if id_ == b"ISA":
            isa, gs = (at if isa[1] else 0, until), (0, 0)  # the first with the mark before it
            if raw[at + 3 : at + 4] != element or raw[at + _TERMINATOR : at + _TERMINATOR + 1] != end:
                yield None
        elif id_ == b"GS":
            gs = found.start() + 1, until  # with the line end before it
        elif id_ == b"ST" and (counted := _COUNTED.get(found[3].decode("latin-1"))) and gs[1]:
            current = _Set(found.start() + 1, isa, gs, counted, 0)  # as well
        else:
            yield None
    if current:
        yield current


def _ranges(file: str, raw: mmap, sets: list[_Set], encoding: str, size: int) -> Iterator[Range]:
    """Yield runs of sets below the same ISA and GS, of about `size` bytes; what is after them does no harm."""
    before = {"transaction": 0, "claim": 0, "remittance": 0, "interchange": 0, "group": 0}
    first = sets[0]
    taken = dict(before)
    for each, following in pairwise([*sets, None]):
        assert each  # noqa: S101  # only what follows the last is None
        taken["transaction"] += 1
        taken[each.counted] += each.claims if each.counted == "claim" else 1
        end = following.start if following else len(raw)
        if following is None or following.gs != first.gs or end - first.start >= size:
            head = raw[slice(*first.isa)] + raw[slice(*first.gs)]
            yield Range(file, first.start, end, head, encoding, dict(before))
            if following:
                taken["interchange"] += following.isa != first.isa
                taken["group"] += following.gs != first.gs
                before, first = dict(taken), following
