"""The edits by their id: each loaded when it is first asked for, those of the user among them.

A package adds edits by an entry point of the group `medcode.edits` that names an `Edit` class, an
edit, or a list of either; a program by `EDITS.add`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from importlib import import_module
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

from medcode.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.base import Edit

__all__ = ["Registry", "edit"]

GROUP = "medcode.edits"

_STRUCTURE = re.compile(r"X\d+")


class Registry(Mapping[str, "Edit[Any]"]):
    """From id to edit, in the order in which edits run.

    A line of it is `module:name` below `medcode.edits`, for a class or an edit made of one. `version`
    counts its changes.
    """

    def __init__(self, lines: Mapping[str, str]) -> None:
        self._lines: dict[str, str] = dict(lines)
        self._loaded: dict[str, Edit[Any]] = {}
        self.version = 0

    def __getitem__(self, name: str) -> Edit[Any]:
        """Give the edit of an id; KeyError if there is none."""
        line = self._known[name]
        if name not in self._loaded:
            module, _, attribute = line.partition(":")
            self._loaded[name] = made(getattr(import_module(f"medcode.edits.{module}"), attribute), name)
        return self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        """Go through the ids."""
        return iter(self._known)

    def __len__(self) -> int:
        """Count the edits."""
        return len(self._known)

    def add(self, new: Edit[Any] | type[Edit[Any]]) -> Edit[Any]:
        """Add an edit of the user's own; ValueError if its id is taken by another."""
        added = made(new, None)
        if added.id in self._known:
            raise ValueError(f"there is an edit {added.id} already")
        self._known[added.id] = ""
        self._loaded[added.id] = added
        self.version += 1
        return added

    def remove(self, name: str) -> None:
        """Take an edit out; KeyError if there is none of that id."""
        del self._known[name]
        self._loaded.pop(name, None)
        self.version += 1

    def named(self, name: str) -> Edit[Any]:
        """Give the edit of an id or a name, in any case; ValueError, with the nearest, if there is none.

        >>> from medcode.edits import EDITS
        >>> EDITS.named("claim-total").id
        'CLM02'
        """
        if name.upper() in self:
            return self[name.upper()]
        names = {each.name: each for each in self.values()}
        if name.lower() in names:
            return names[name.lower()]
        raise ValueError(f"no edit is called {name!r}{self.nearest(name)}")

    def nearest(self, name: str) -> str:
        """Give a hint at the names most like one that does not exist."""
        if _STRUCTURE.fullmatch(name.upper()):
            return "; ids such as X057 are rules of structure: medcode.claims.x12 judges and explains them"
        return did_you_mean(name, [*self, *(each.name for each in self.values())])

    @cached_property
    def _known(self) -> dict[str, str]:
        for point in entry_points(group=GROUP):
            for each in several(point.load()):
                added = made(each, None)
                self._lines[added.id] = ""
                self._loaded[added.id] = added
        return self._lines


def several(loaded: Any) -> list[Any]:
    """Take what an entry point gives: one edit or a list of them."""
    return list(loaded) if isinstance(loaded, (list, tuple)) else [loaded]


def made(found: Any, name: str | None) -> Edit[Any]:
    """Give an edit for an edit, a class of one, or a table of several by id."""
    if isinstance(found, Mapping):
        found = found[name]
    new: Edit[Any] = found() if isinstance(found, type) else found
    return new


def edit(name: str) -> Edit[Any]:
    """Give the edit of an id; KeyError if there is none."""
    from medcode.edits import EDITS

    return EDITS[name]
