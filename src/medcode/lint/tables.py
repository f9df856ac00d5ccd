"""Tables of text: the first line that is no comment names the columns.

Cells may be quoted, hold line ends and doubled quotes, and stand in columns parted by commas, semicolons,
tabs or bars.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import chain, repeat
from typing import TYPE_CHECKING

from medcode.lint.names import SYSTEM, guessed, joined, of_codes
from medcode.lint.words import CERTAIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["table_texts"]

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|$)")
_NOTE = re.compile(r"\s*#\s*medcode:.*")
_BARE_CODE = re.compile(r"[A-Za-z]?[0-9]{2,5}|[A-Za-z][0-9][0-9A-Za-z]{1,5}")
_QUOTED = re.compile(r'"[^"]*"')
_DELIMITERS = ",;\t|"

Cell = tuple[int, str]


def table_texts(text: str, delimiter: str | None = None) -> Iterator[tuple[int, str, str]]:
    r"""Yield each cell below the header with its offset and name; a delimiter of None is guessed from the header.

    >>> list(table_texts('icd10;note\nI10;"a; b"\n'))
    [(11, 'I10', 'icd10'), (16, 'a; b', 'note')]
    """
    records: Iterator[Iterable[Cell]] = _records(text, delimiter)
    head = list(next(records, ()))
    names = [cell.strip() for _, cell in head]
    if _no_names(names):
        records, names = chain([head], records), [""] * len(names)
    system = next((at for at, name in enumerate(names) if SYSTEM.fullmatch(name)), None)
    for record in records:
        cells, labels = record, names
        if system is not None:
            cells = list(record)
            labels = _of_system(names, cells, system)
        for (start, cell), label in zip(cells, chain(labels, repeat("")), strict=False):
            yield start, cell, label


def _no_names(names: Sequence[str]) -> bool:
    """Whether the first line of a table already has codes."""
    return any(map(CERTAIN.fullmatch, names)) or (
        len(names) == 1 and _BARE_CODE.fullmatch(names[0]) is not None
    )


def _of_system(names: list[str], cells: Sequence[Cell], system: int) -> list[str]:
    """Return the column names, with the row's code system for columns of codes."""
    told = cells[system][1] if system < len(cells) else ""
    named = names[: len(cells)]
    return [joined(told, name) if of_codes(name) and not guessed(name) else name for name in named]


def _records(text: str, delimiter: str | None) -> Iterator[Iterable[Cell]]:
    """Yield the rows; a line without quotes is split at the delimiter."""
    start, end = 0, len(text)
    cells: Iterable[Cell]
    while start < end:
        found = _LINE.match(text, start)
        assert found is not None  # noqa: S101  # it matches anything
        line = found[0].rstrip("\r\n")
        if not line.strip() or line.lstrip().startswith("#"):
            start = found.end()
            continue
        if delimiter is None:
            delimiter = max(_DELIMITERS, key=_QUOTED.sub("", line).count)
        if '"' in line:
            cells, start = _quoted(text, start, delimiter)
        else:
            cells, start = _split(line, start, delimiter), found.end()
        yield cells


def _split(line: str, start: int, delimiter: str) -> Iterator[Cell]:
    if "medcode:" in line:
        line = _NOTE.sub("", line)
    for cell in line.split(delimiter):
        yield start, cell
        start += len(cell) + 1


def _quoted(text: str, start: int, delimiter: str) -> tuple[list[Cell], int]:
    """Split a row with quotes; return its cells and the start of the next row."""
    cells = []
    end = delimiter
    while end == delimiter:
        found = _cell(delimiter).match(text, start)
        assert found is not None  # noqa: S101  # it matches anything
        inside = 1 if found[1] is not None else 2
        content = found[inside]
        cells.append((found.start(inside), _NOTE.sub("", content) if "medcode:" in content else content))
        start, end = found.end(), found[3]
    return cells, start


@cache
def _cell(delimiter: str) -> re.Pattern[str]:
    """Match a cell: its content if it is quoted, its content if not, and what ends it."""
    mark = re.escape(delimiter)
    quoted = r'[ ]*"([^"]*(?:""[^"]*)*)"'
    return re.compile(rf"(?:{quoted}[^{mark}\r\n]*|([^{mark}\r\n]*))({mark}|\r\n?|\n|$)")
