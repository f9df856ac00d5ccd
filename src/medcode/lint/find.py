"""Where codes stand in a text: CSV by its columns, anything else by its words, strings and keys.

A file is read as text and never parsed into values, so that every code keeps its line and column
and the rest of the file stays as it is.
"""

from __future__ import annotations

import csv
import re
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from medcode.lint.choice import pragma

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.lint.choice import Choice

__all__ = ["Place", "places"]

_CERTAIN = re.compile(r"[A-Z][0-9][0-9A-Z]\.[0-9A-Z]{1,4}", re.ASCII)  # only ICD-10-CM looks like this
_WORD = re.compile(r"[^\s,;|\"'()\[\]{}=:]+")
_STRING = re.compile(r""""([^"\\\n]*)"|'([^'\\\n]*)'""")
_LABEL = re.compile(
    r"""["']?([A-Za-z_][\w.]*)["']?\s*(?::|=|<-|\bNOT\s+IN\b|\bIN\b|\bLIKE\b)""", re.IGNORECASE
)
_BARE = re.compile(r"(?:^|[-:])\s+([A-Za-z0-9][\w.%*-]*)\s*(?:#.*)?$")
_COMMENT = re.compile(r"#.*|--.*|//.*")
_QUOTED = {".json", ".toml", ".py", ".sql", ".r"}
_YAML = {".yaml", ".yml"}
_KEYED = _QUOTED | _YAML
_TABLES = {".csv": ",", ".tsv": "\t"}


class Place(NamedTuple):
    """A text that may be a code: its line and column from 1, the name of its set, and what holds there."""

    text: str
    line: int
    column: int
    code_set: str
    choice: Choice


def places(text: str, name: str, choice: Choice) -> Iterator[Place]:
    """Go through the codes of a text, by the kind of file that its name tells.

    Raises ValueError for a comment that names a set or a day that is none.
    """
    suffix = PurePath(name).suffix.lower()
    lines = text.split("\n")
    finder = _table(lines, _TABLES[suffix]) if suffix in _TABLES else _labelled(lines, suffix)
    pragmas = _pragmas(lines, choice)
    sets: dict[tuple[int, str], str | None] = {}
    for word, line, column, label in finder:
        here = pragmas[line - 1]
        key = (id(here), label)
        code_set = sets[key] if key in sets else sets.setdefault(key, here.set_of(label))
        if code_set is None and _CERTAIN.match(word.upper()):
            code_set = "icd10cm"
        if code_set and word:
            yield Place(word, line, column, code_set, here)


def _pragmas(lines: list[str], choice: Choice) -> list[Choice]:
    """Give what holds on each line: what a line says of itself, else what was said on a line of its own."""
    held = []
    for line in lines:
        said = pragma(line, choice) if "medcode:" in line else None
        if said and not _COMMENT.sub("", line).strip():
            choice = said
        held.append(said or choice)
    return held


def _table(lines: list[str], delimiter: str) -> Iterator[tuple[str, int, int, str]]:
    """Go through the cells of a table whose first line that is no comment names its columns."""
    names: list[str] = []
    for number, line in enumerate(lines, 1):
        if line.lstrip().startswith("#"):
            continue
        bare = _COMMENT_AT_END.sub("", line) if "medcode:" in line else line
        cells = next(csv.reader([bare], delimiter=delimiter), [])
        if not names:
            names = [cell.strip() for cell in cells]
            continue
        at = 0
        for name, cell in zip(names, cells, strict=False):
            at = line.index(cell, at)
            yield cell.strip(), number, at + len(cell) - len(cell.lstrip()) + 1, name
            at += len(cell)


_COMMENT_AT_END = re.compile(r"\s*#\s*medcode:.*")


def _labelled(lines: list[str], suffix: str) -> Iterator[tuple[str, int, int, str]]:
    """Go through strings, or words, under the last name that was given to any."""
    label = ""
    for number, whole in enumerate(lines, 1):
        line = _COMMENT.sub(lambda found: " " * len(found[0]), whole)
        marks = {found.start(): found[1] for found in _LABEL.finditer(line)} if suffix in _KEYED else {}
        for start, word in _words(line, suffix):
            label = next((marks[at] for at in sorted(marks, reverse=True) if at < start), label)
            if word != label:
                yield word, number, start + 1, label
        label = next(reversed(marks.values()), label)


def _words(line: str, suffix: str) -> Iterator[tuple[int, str]]:
    if suffix in _KEYED:
        for found in _STRING.finditer(line):
            group = 1 if found[1] is not None else 2
            yield found.start(group), found[group]
        if suffix in _YAML and (bare := _BARE.search(line)):
            yield bare.start(1), bare[1]
    else:
        yield from ((found.start(), found[0]) for found in _WORD.finditer(line))
