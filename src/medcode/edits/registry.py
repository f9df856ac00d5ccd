"""The edits by id: each loaded when it is first used, the user's own among them.

A package adds edits by an entry point of the group `medcode.edits` that names an `Edit` class, an
edit, or a list of either; a program adds one by `EDITS.add`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING

from medcode.edits.base import Edit
from medcode.edits.features import is_feature, words
from medcode.edits.setting import Setting
from medcode.findings import Severity, Source
from medcode.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.base import AnyEdit

__all__ = ["Registry", "edit"]

GROUP = "medcode.edits"
ID = re.compile(r"[A-Z]{2,8}\d{2,3}")
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SNIP_TYPES = range(1, 8)

_STRUCTURE = re.compile(r"X\d+")


class Registry(Mapping[str, "AnyEdit"]):
    """From id to edit, in the order in which edits run.

    A value of `lines` is `module:name` below `medcode.edits`, for a class of an edit, an edit, or a table
    of edits by id. `version` counts the changes.
    """

    def __init__(self, lines: Mapping[str, str]) -> None:
        self._lines: dict[str, str] = dict(lines)
        self._loaded: dict[str, AnyEdit] = {}
        self.version = 0

    def __getitem__(self, name: str) -> AnyEdit:
        """Return the edit of an id; KeyError if there is none."""
        line = self._known[name]
        if name not in self._loaded:
            module, _, attribute = line.partition(":")
            found = getattr(import_module(f"medcode.edits.{module}"), attribute)
            self._loaded[name] = instance(found[name] if isinstance(found, Mapping) else found)
        return self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the ids."""
        return iter(self._known)

    def __len__(self) -> int:
        """Count the edits."""
        return len(self._known)

    def add(self, new: AnyEdit | type[AnyEdit]) -> AnyEdit:
        """Add an edit of the user's own.

        Raises TypeError for what is no edit, and ValueError for an edit without id, name, source or SNIP
        type, or with the id or name of another; the registry is then as it was before.
        """
        added = complete(instance(new))
        if added.id in self._known:
            raise ValueError(f"an edit {added.id} already exists")
        if added.name in {each.name for each in self.values()}:
            raise ValueError(f"an edit named {added.name} already exists")
        self._known[added.id] = ""
        self._loaded[added.id] = added
        self.version += 1
        return added

    def remove(self, name: str) -> None:
        """Remove the edit of an id; KeyError if there is none."""
        del self._known[name]
        self._loaded.pop(name, None)
        self.version += 1

    def named(self, name: str) -> AnyEdit:
        """Return the edit of an id or a name, in any case. Raises ValueError, with the nearest names, for none.

        >>> from medcode.edits import EDITS
        >>> EDITS.named("claim-total").id
        'CLM02'
        """
        if name.upper() in self:
            return self[name.upper()]
        names = {each.name: each for each in self.values()}
        if name.lower() in names:
            return names[name.lower()]
        raise ValueError(f"unknown edit {name!r}{self.nearest(name)}")

    def nearest(self, name: str) -> str:
        """Return a hint at the names most like an unknown one."""
        if _STRUCTURE.fullmatch(name.upper()):
            return "; ids such as X057 are rules of structure: medcode.claims.x12 judges and explains them"
        return did_you_mean(name, [*self, *(each.name for each in self.values())])

    @cached_property
    def _known(self) -> dict[str, str]:
        from importlib.metadata import entry_points  # a tenth of the time that an import of the edits takes

        found: dict[str, AnyEdit] = {}
        for point in entry_points(group=GROUP):
            loaded = point.load()
            for each in loaded if isinstance(loaded, (list, tuple)) else [loaded]:
                added = complete(instance(each))
                found[added.id] = added
        self._loaded.update(found)
        self._lines.update(dict.fromkeys(found, ""))
        return self._lines


def instance(found: object) -> AnyEdit:
    """Return an edit, made where a class is given. Raises TypeError for anything else."""
    made = found() if isinstance(found, type) and issubclass(found, Edit) else found
    if not isinstance(made, Edit):
        raise TypeError(f"expected an Edit or a subclass of it, not {found!r}"[:200])
    return made


def complete(added: AnyEdit) -> AnyEdit:
    """Return an edit that has all that the engine and the documentation need. Raises ValueError for another."""
    kind = type(added).__name__
    wrong = [
        f"{field} must be {expected}"
        for field, expected, is_right in (
            ("id", "capital letters and digits, such as OWN01", _fits(ID, added, "id")),
            ("name", "lower-case words with hyphens, such as no-house-calls", _fits(NAME, added, "name")),
            ("source", "a Source", isinstance(getattr(added, "source", None), Source)),
            ("snip", "1 to 7", getattr(added, "snip", None) in SNIP_TYPES),
            ("severity", "a Severity", isinstance(added.severity, Severity)),
            ("applies_to", "a feature or a field of a claim", all(map(is_feature, words(added.applies_to)))),
            ("settings", "one Setting or more", bool(added.settings) and set(added.settings) <= set(Setting)),
        )
        if not is_right
    ]
    if wrong:
        raise ValueError(f"the edit {kind} cannot be registered: {'; '.join(wrong)}")
    return added


def _fits(pattern: re.Pattern[str], added: AnyEdit, field: str) -> bool:
    value = getattr(added, field, None)
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def edit(name: str) -> AnyEdit:
    """Return the edit of an id; KeyError if there is none."""
    from medcode.edits import EDITS

    return EDITS[name]
