"""What a code set has loaded: its table, and the titles of its codes as they stood on each day."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from medcode.codesets.store import RawTable
    from medcode.codesets.timeline import Table

__all__ = ["LATER_TITLE", "NO_TITLE", "Loaded"]

LATER_TITLE = "the title of a later release; that of the day is not known"
NO_TITLE = "no title: the sources of the shipped titles lack it; the publisher's file of the year has it"


class Loaded:
    """A table and its titles; concepts keep reading theirs after the set has been loaded anew.

    `earlier` holds the titles that codes had before the newest one, each with its last day, oldest first;
    the titles are those of the day from `since` on.
    """

    def __init__(
        self,
        table: Table,
        titles: RawTable | None,
        earlier: Mapping[str, Sequence[tuple[date, str]]],
        since: date | None,
    ) -> None:
        self.table = table
        self._raw = titles
        self._earlier = earlier
        self._since = since

    @cached_property
    def titles(self) -> Mapping[str, str | Sequence[tuple[date, str]]]:
        """The title of each code in wire form, or all its titles, each with its last day, oldest first."""
        if self._raw is None:
            return {}
        titles: dict[str, Any] = dict(zip(self.table.codes, self._raw.texts("title"), strict=True))
        for code in titles.keys() & self._earlier.keys():
            titles[code] = (*self._earlier[code], (date.max, titles[code]))
        return titles

    def title(self, code: str, day: date) -> str | None:
        """Return the title of a code in wire form as of a day, or the oldest known after it."""
        found = self.titles.get(code)
        if found is None or isinstance(found, str):
            return found or None
        return next(title for until, title in found if day <= until) or None

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
