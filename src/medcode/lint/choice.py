"""What is looked for in files: the set of a column, the day, and what a file says of itself."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import attrs

from medcode.codesets import CODE_SETS

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Choice", "pragma"]

_COLUMNS = (  # what the name of a column, key or variable says of the codes in it; the first that fits
    (r"icd.?9", "icd9cm"),
    (r"pcs|icd.?10.?(p|proc|px)\b", "icd10pcs"),
    (r"icd.?10|(^|_)(dx|diag|diagnos[ei]s)", "icd10cm"),
    (r"(^|_)npis?($|_)", "npi"),
    (r"(^|_)pos($|_)|place.?of.?service", "place_of_service"),
)
_PRAGMA = re.compile(r"medcode:((?:\s*\w+=[\w-]+)+)")


@attrs.frozen
class Choice:
    """The day that codes are judged on, the set of all of them if that is known, and of columns by name."""

    on: date | None = None
    code_set: str | None = None
    columns: Mapping[str, str] = attrs.field(factory=dict)

    def set_of(self, label: str) -> str | None:
        """Tell the set of what stands under a label; None where the label says nothing."""
        name = label.lower()
        if name in self.columns:
            return self.columns[name]
        told = (code_set for pattern, code_set in _COLUMNS if re.search(pattern, name))
        return self.code_set or next(told, None)


def pragma(line: str, choice: Choice) -> Choice | None:
    """Take in what a line says of itself, such as `medcode: set=icd10cm on=2024-01-01`; None if nothing.

    Raises ValueError for a set or a day that is none.
    """
    found = _PRAGMA.search(line)
    if found is None:
        return None
    said = dict(pair.split("=", 1) for pair in found[1].split())
    if said.get("set", "icd10cm") not in CODE_SETS:
        raise ValueError(f"no code set is called {said['set']!r}")
    day = date.fromisoformat(said["on"]) if "on" in said else choice.on
    return attrs.evolve(choice, on=day, code_set=said.get("set", choice.code_set))
