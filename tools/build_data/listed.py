"""Builds small tables from lists written by hand: code, first day if it has one, title."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from medcode.codesets.store import pack

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def listed_table(header: Mapping[str, object], first: int, text: str) -> bytes:
    """Return a table file; a line is a code, perhaps its first day as `@20150101`, and its title."""
    rows = sorted(_row(line, first) for line in text.strip().splitlines())
    starts = sorted({start for _, start, _ in rows})
    columns: dict[str, Sequence[str] | array[int]] = {
        "code": [code for code, _, _ in rows],
        "profile": array("H", (starts.index(start) for _, start, _ in rows)),
        "title": [title for _, _, title in rows],
    }
    profiles = [[(start, None, 1, 0)] for start in starts]
    return pack({**header, "coverage": [first, None], "profiles": profiles}, columns)


def _row(line: str, first: int) -> tuple[str, int, str]:
    code, _, title = line.partition(" ")
    if title.startswith("@"):
        start, _, title = title[1:].partition(" ")
        return code, int(start), title
    return code, first, title
