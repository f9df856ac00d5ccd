"""The levels of a hierarchy that others may stand below, by their number in HL01.

A file may have any number of levels, and memory stays flat: what is remembered are those that were
begun last or named last as a parent. In a file in order that is every parent still to be named,
however many stand below it.

>>> levels = Levels()
>>> levels.add("1", "provider")
>>> levels.parent("1"), levels.parent("2")
('provider', None)
"""

from __future__ import annotations

from typing import Generic, TypeVar

__all__ = ["Levels"]

L = TypeVar("L")

_REMEMBERED = 1_000


class Levels(Generic[L]):
    """The levels of one transaction set that can be parents."""

    def __init__(self) -> None:
        self._known: dict[str, L] = {}

    def add(self, number: str, level: L) -> None:
        """Remember a level as the latest of its number, and forget the one that was not named for longest."""
        self._known.pop(number, None)
        if len(self._known) >= _REMEMBERED:
            del self._known[next(iter(self._known))]
        self._known[number] = level

    def parent(self, number: str) -> L | None:
        """Give the level that a number names; None where there is none, or none that is remembered."""
        if number not in self._known:
            return None
        level = self._known[number] = self._known.pop(number)
        return level
