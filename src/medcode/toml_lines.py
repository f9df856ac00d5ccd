r"""The line of each value in a TOML text, which `tomllib` does not record.

>>> lines_of('npi = "1"\n[[lines]]\ncharge = 5\n[[lines]]\ncodes = ["a",\n"b"]')
{'npi': 1, 'lines[0]': 2, 'lines[0].charge': 3, 'lines[1]': 4, 'lines[1].codes': 5, 'lines[1].codes[0]': 5, 'lines[1].codes[1]': 6}
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Container

__all__ = ["TooDeep", "line_of", "lines_of", "place_of", "places_of", "toml_table"]

_GAP = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r"""[ \t]*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([\w-]+))[ \t]*""", re.ASCII)
_PART = r"""[ \t]*+(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')"""
_DEEP_KEY = re.compile(rf"(?m)(?:^|[\[{{,]){_PART}(?:[ \t]*+\.{_PART}){{100}}")
"""A key of more than a hundred parts, where a key may begin."""
_STEPS = 200
"""Parts by which a path is shortened until the text has it: further in is nothing that is looked for."""
_SCALAR = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}' r"|'''.*?'{3,5}" r'|"(?:[^"\\]|\\.)*"' r"|'[^']*'" r"|[^,\]}\n#]*", re.DOTALL
)


Place = tuple[int, int]
"""A line and a column, both from 1."""


class TooDeep(tomllib.TOMLDecodeError):
    """A TOML text is nested too deeply to be read."""

    def __init__(self) -> None:
        ValueError.__init__(self, "too deeply nested")


def toml_table(text: str, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """Parse a TOML text. Raises TOMLDecodeError for any other text, also for one that is nested too deeply to be read.

    >>> toml_table("x = " + "[" * 100_000)
    Traceback (most recent call last):
        ...
    medcode.toml_lines.TooDeep: too deeply nested
    """
    if _DEEP_KEY.search(text):  # each part of it costs tomllib as much as all before it
        raise TooDeep
    try:
        return tomllib.loads(text, parse_float=parse_float)
    except RecursionError:
        raise TooDeep from None


def lines_of(text: str) -> dict[str, int]:
    """Return the line (from 1) of every path in a valid TOML text."""
    return {path: line for path, (line, _) in places_of(text).items()}


def places_of(text: str) -> dict[str, Place]:
    r"""Return the line and column (from 1) of every path in a valid TOML text.

    >>> places_of('[a]\nb = 1\n"c\\u0041" = [5, 6]')
    {'a': (1, 2), 'a.b': (2, 1), 'a.cA': (3, 1), 'a.cA[0]': (3, 14), 'a.cA[1]': (3, 17)}
    """
    return _Scanner(text).places


def line_of(path: str, lines: dict[str, int]) -> int:
    """Return the line of a path or, where the text does not have it, of the table it belongs to."""
    return lines.get(_known(path, lines), 1)


def place_of(path: str, places: dict[str, Place]) -> Place:
    """Return the line and column of a path or, where the text does not have it, of the table it belongs to."""
    return places.get(_known(path, places), (1, 1))


def _known(path: str, paths: Container[str]) -> str:
    """Return the longest beginning of a path that the text has."""
    for _ in range(_STEPS):
        if path in paths:
            return path
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return ""


class _Scanner:
    """A scanner of text that `tomllib` has accepted, so it need not look for errors."""

    def __init__(self, text: str) -> None:
        self.text = text.replace("\r\n", "\n")
        self.at = self._counted_to = self._line_start = 0
        self._line = 1
        self.places: dict[str, Place] = {}
        self._counts: dict[str, int] = {}
        table = ""
        while not self._ends():
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)

    def _ends(self) -> bool:
        self._skip(_GAP)
        return self.at == len(self.text)

    def _skip(self, pattern: re.Pattern[str]) -> re.Match[str]:
        found = pattern.match(self.text, self.at)
        assert found  # noqa: S101  # the text is valid TOML
        self.at = found.end()
        return found

    def _sees(self, mark: str) -> bool:
        """Skip a mark if it comes next; return whether it did."""
        seen = self.text.startswith(mark, self.at)
        self.at += len(mark) if seen else 0
        return seen

    def _record(self, path: str, start: int) -> str:
        """Note where a path begins; what lies before is gone through once."""
        self._line += self.text.count("\n", self._counted_to, start)
        self._line_start = self.text.rfind("\n", self._counted_to, start) + 1 or self._line_start
        self._counted_to = start
        self.places.setdefault(path, (self._line, start - self._line_start + 1))
        return path

    def _keys(self) -> list[tuple[str, int]]:
        """Return the parts of a key, each with its place."""
        keys: list[tuple[str, int]] = []
        while not keys or self._sees("."):
            found = self._skip(_KEY)
            group = found.lastindex or 1
            escaped = group == 1 and "\\" in found[1]
            name = tomllib.loads(f'x = "{found[1]}"')["x"] if escaped else found[group]
            keys.append((name, found.start(group) - (group < 3)))  # noqa: PLR2004  # the third has no quotes
        return keys

    def _header(self) -> str:
        mark = "]]" if self._sees("[[") else "]"
        self.at += mark == "]"
        path, keys = "", self._keys()
        for number, (key, _) in enumerate(keys, 1):
            path = f"{path}.{key}".lstrip(".")
            if number == len(keys) and mark == "]]":
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path += f"[{self._counts[path]}]"
        self._sees(mark)
        return self._record(path, keys[0][1])

    def _pair(self, path: str) -> None:
        for key, start in self._keys():
            path = self._record(f"{path}.{key}".lstrip("."), start)
        self._sees("=")
        self._skip(_GAP)
        self._value(path)

    def _value(self, path: str) -> None:
        if self._sees("["):
            self._elements(path)
        elif self._sees("{"):
            while not self._closes("}"):
                self._pair(path)
        else:
            self._skip(_SCALAR)

    def _elements(self, path: str) -> None:
        number = 0
        while not self._closes("]"):
            self._value(self._record(f"{path}[{number}]", self.at))
            number += 1

    def _closes(self, mark: str) -> bool:
        self._skip(_GAP)
        self._sees(",")
        self._skip(_GAP)
        return self._sees(mark)
