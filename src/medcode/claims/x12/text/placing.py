"""The line and column of findings: from their offset, in one more pass over the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from medcode.claims.x12.text.source import chunks
from medcode.moved import put_on_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from medcode.findings import Finding

__all__ = ["placed"]

_BLANKS = re.compile(r"[\s\ufeff\x00\x1a]*")


def placed(lists: Iterable[Sequence[Finding]], source: str | bytes | Path) -> tuple[tuple[Finding, ...], ...]:
    """Return findings that nobody has been given yet, with line and column where they have an offset."""
    given = tuple(map(tuple, lists))
    at = [found.location for findings in given for found in findings if found.location.offset is not None]
    places = _places({each.offset for each in at if each.offset is not None}, source)
    for each in at:
        put_on_line(each, *places[cast("int", each.offset)])
    return given


def _places(offsets: set[int], source: str | bytes | Path) -> dict[int, tuple[int, int]]:
    """Find line and column of offsets, or of what comes after the blanks there, reading the text once more."""
    places: dict[int, tuple[int, int]] = {}
    line, line_start, chunk_start = 1, 0, 0
    wanted = sorted(offsets, reverse=True)
    for chunk in chunks(source) if wanted else ():
        at = 0
        while wanted and (begin := _after_blanks(chunk, wanted[-1] - chunk_start)) < len(chunk):
            line += chunk.count("\n", at, begin)
            line_start = _after_newline(chunk, begin, chunk_start, line_start)
            at = begin
            places[wanted.pop()] = line, chunk_start + at - line_start + 1
        line += chunk.count("\n", at)
        line_start = _after_newline(chunk, len(chunk), chunk_start, line_start)
        chunk_start += len(chunk)
    return places | dict.fromkeys(wanted, (line, chunk_start - line_start + 1))


def _after_blanks(chunk: str, at: int) -> int:
    blanks = _BLANKS.match(chunk, max(at, 0))
    assert blanks  # noqa: S101  # the pattern fits everywhere
    return blanks.end()


def _after_newline(chunk: str, end: int, chunk_start: int, line_start: int) -> int:
    """Return the offset of the start of the line at a place in a chunk."""
    newline = chunk.rfind("\n", 0, end)
    return line_start if newline < 0 else chunk_start + newline + 1
