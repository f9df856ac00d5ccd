"""What a code set has loaded: its table, and the titles of its codes as they stood on each day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from medcode.codesets.timeline import SPELLINGS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from medcode.codesets.base import CodeSet
    from medcode.codesets.store import RawTable
    from medcode.codesets.timeline import Table

__all__ = ["LATER_TITLE", "NO_TITLE", "Loaded"]

Title: TypeAlias = "str | Sequence[tuple[date, str]]"
LATER_TITLE = "the title of a later release; that of the day is not known"
NO_TITLE = "no title: the sources of the shipped titles lack it; the publisher's file of the year has it"


class Loaded:
    """A table and its titles; concepts keep reading theirs after the set has been loaded anew.

    `titles` is empty until a title is asked for; then it maps each code in wire form, and other spellings that
    were asked for, to its title, or to all its titles, each with its last day, oldest first. `earlier` holds the
    titles that codes had before the newest one; the titles are those of the day from `since` on.
    """

    def __init__(
        self,
        code_set: CodeSet[Any],
        table: Table,
        titles: RawTable | None,
        earlier: Mapping[str, Sequence[tuple[date, str]]],
        since: date | None,
    ) -> None:
        self.code_set = code_set
        self.table = table
        self.titles: dict[str, Title] = {}
        self._raw = titles
        self._earlier = earlier
        self._since = since

    def title(self, text: str, day: date) -> str | None:
        """Return the title of a code as of a day, or the oldest known after it; its spelling is kept."""
        if self._raw is None:
            return None
        titles = self.titles or self._read(self._raw)
        found = titles.get(text)
        if found is None:
            found = titles[self.wire(text)]
            if len(titles) < (1 + SPELLINGS) * len(self.table.codes) and type(text) is str:
                titles[text] = found
        if isinstance(found, str):
            return found or None
        return next(title for until, title in found if day <= until) or None

    def wire(self, text: str) -> str:
        """Return the wire form of a text that names a code of the table."""
        wire = text.replace(".", "")  # usually enough
        return wire if self.table.row(wire) is not None else self.code_set.code_type.normal(text) or text

    def _read(self, raw: RawTable) -> dict[str, Title]:
        titles: dict[str, Title] = dict(zip(self.table.codes, raw.texts("title"), strict=True))
        for code in titles.keys() & self._earlier.keys():
            newest = cast("str", titles[code])
            titles[code] = (*self._earlier[code], (date.max, newest))
        self.titles = titles  # whole, for others may read it meanwhile
        return titles

    def note(self, code: str, day: date) -> str | None:
        """Return what is to be known of a title: that it was composed, is a later one, or that there is none."""
        row = self.table.row(code)
        if self._raw is not None and row is not None and "note" in self._raw.columns:
            notes: Sequence[str] = self._raw.header["notes"]
            if note := notes[self._raw.numbers("note")[row]]:
                return note
        if self._raw is not None and row is not None and not self.title(code, day):
            return NO_TITLE
        later = self._since is not None and day < self._since
        return LATER_TITLE if later and self.title(code, day) else None
