"""Texts and the names they stand under, in JSON, TOML, Python, R and SQL.

A file is read as text and never parsed into values, so that every code keeps its place and the rest stays
as it is. A name holds for what is given to it: to the end of its bracket, its item or its statement.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from medcode.lint.dialects import AFTER, DIALECTS
from medcode.lint.names import SYSTEM, below, joined
from medcode.lint.words import CODE

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["scanned_texts"]

_IS_NAME = re.compile(rf"(?:\s*[\])](?>\s*(?=::|\.))?+)?(?:{AFTER})", re.IGNORECASE)
"""A closing bracket, blanks where what follows has none of its own, and what stands behind a name."""
_ALIAS = re.compile(r"\s+AS\s+(\w+)", re.IGNORECASE)
_QUOTES = ('"""', "'''")

Found = tuple[int, str, str]


def scanned_texts(text: str, suffix: str) -> Iterator[Found]:
    """Yield each text of a file with its offset and name.

    >>> list(scanned_texts('DX = ["I10", "I11"]  # "I12"', ".py"))
    [(7, 'I10', '/DX'), (14, 'I11', '/DX')]
    >>> list(scanned_texts("select 1 where t.icd10 in ('I10') and x = 'a'", ".sql"))
    [(28, 'I10', '/t/icd10'), (43, 'a', '/x')]
    """
    scan = _Scan(text)
    for found in DIALECTS[suffix].finditer(text):
        kind = found.lastgroup
        if kind == "text":
            yield from scan.text_at(found)
        elif kind in _CHANGES:
            _CHANGES[kind](scan, found)
        elif kind == "between":
            yield found.start("low"), f"{found['low']}-{found['high']}", scan.label
            scan.stop(found)


class _Scan:
    """The names that hold at one place of a text: of each open bracket, and of the item within it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._outer = [""]  # the name of what each open bracket is given to, and of the code system within it
        self._given = [""]  # the same without the system
        self.label = ""  # the name of the item at hand
        self._name_end = -1  # where it stands
        self._columns: list[str] = []  # of an INSERT, and which is next
        self._column = 0

    def text_at(self, found: re.Match[str]) -> Iterator[Found]:
        """Yield a text, unless what follows makes it a name."""
        raw = found["text"]
        width = 3 if raw.startswith(_QUOTES) and len(raw) > 5 else 1  # noqa: PLR2004  # two triple quotes
        content = raw[width:-width]
        if _IS_NAME.match(self._text, found.end()):
            if CODE.fullmatch(content):  # codes may be keys themselves
                yield found.start() + width, content, self._outer[-1]
                content = "title"
            self._named(content.replace("/", " "), found.end())
        elif SYSTEM.fullmatch(self.label.rpartition("/")[2]):
            self._outer[-1] = self.label = joined(self._given[-1], content)
        elif "\\" not in content:
            alias = _ALIAS.match(self._text, found.end())
            yield found.start() + width, content, alias[1] if alias else self.label

    def name(self, found: re.Match[str]) -> None:
        """Start a name: what follows is assigned to it; `table.column` is a name within a name."""
        self._named(re.sub(r"[.$]", "/", found["name"]), found.end())

    def _named(self, name: str, end: int) -> None:
        self.label = below(self._outer[-1], name)
        self._name_end = end

    def open(self, _: re.Match[str]) -> None:
        """Open a bracket: the current name holds within it."""
        self._outer.append(self.label)
        self._given.append(self.label)
        self._next_column(0)

    def close(self, found: re.Match[str]) -> None:
        """Close a bracket; a name at its end, as in `row["dx"] == "I10"`, still holds."""
        if len(self._outer) > 1:
            outer = self._outer.pop()
            self._given.pop()
            self.label = self.label if found.start() == self._name_end else outer

    def comma(self, found: re.Match[str]) -> None:
        """Start the next item; a comma outside brackets has no effect."""
        if len(self._outer) > 1:
            self.stop(found)
            self._next_column(self._column + 1)

    def stop(self, found: re.Match[str]) -> None:
        """End the current name, and after a statement the columns of an INSERT."""
        self.label = self._outer[-1]
        if found[0] == ";":
            self._columns = []

    def newline(self, found: re.Match[str]) -> None:
        """End a statement, unless a bracket is open."""
        if len(self._outer) == 1:
            self.stop(found)

    def table(self, found: re.Match[str]) -> None:
        """Start a TOML table, unless a bracket is open."""
        if len(self._outer) == 1:
            self._outer[0] = self._given[0] = self.label = found["table_name"].strip()

    def insert(self, found: re.Match[str]) -> None:
        """Remember the columns of the rows that follow."""
        self._columns = [name.strip(' "`\r\n\t') for name in found["columns"].split(",")]

    def _next_column(self, column: int) -> None:
        self._column = column
        if self._columns and len(self._outer) == 2:  # noqa: PLR2004  # in a row
            self._outer[-1] = self._given[-1] = self.label = (
                self._columns[column] if column < len(self._columns) else ""
            )


_CHANGES = {
    "name": _Scan.name,
    "open": _Scan.open,
    "close": _Scan.close,
    "comma": _Scan.comma,
    "stop": _Scan.stop,
    "newline": _Scan.newline,
    "table": _Scan.table,
    "insert": _Scan.insert,
}
