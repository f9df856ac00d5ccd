"""The registry of code sets: names in, code sets out, modules imported on first use.

Beside the sets of medcode it has those that installed packages name as entry points of the group
`medcode.codesets`; a name of medcode's own cannot be taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

from medcode.errors import MedcodeError, TableError
from medcode.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from importlib.metadata import EntryPoint

    from medcode.codesets.base import CodeSet

__all__ = ["CodeSets", "Package", "UnknownSet"]

GROUP = "medcode.codesets"
ALIASES = {  # what the trade calls a set whose name here is another
    "icd": "icd10cm",
    "dx": "icd10cm",
    "pcs": "icd10pcs",
    "icd9": "icd9cm",
    "ms-drg": "drg",
    "msdrg": "drg",
    "pos": "place_of_service",
    "carc": "adjustment_reason",
    "rarc": "remark",
    "tob": "bill_type",
    "hcpcs2": "hcpcs",
}


class UnknownSet(MedcodeError, KeyError):  # noqa: N818  # as UnknownCode
    """No code set has this name; the message has the nearest one."""

    def __init__(self, name: object, known: Iterable[str]) -> None:
        known = [*known]
        meant = ALIASES.get(str(name).lower())
        hint = f"; did you mean {meant}?" if meant in known else did_you_mean(str(name), known)
        super().__init__(f"unknown set {name!r}{hint}")

    def __str__(self) -> str:
        """Return the message itself; a KeyError would show its repr."""
        return str(self.args[0])


class CodeSets(Mapping[str, "CodeSet[Any]"]):
    """Code sets by name. The set `cpt` is the object `cpt` of the module `medcode.codesets.cpt`."""

    def __init__(self, *names: str) -> None:
        self.shipped = dict.fromkeys(names)

    @cached_property
    def installed(self) -> Mapping[str, EntryPoint]:
        """The entry points of other packages, by name."""
        from importlib.metadata import entry_points  # an eighth of the time that an import of medcode takes

        found = sorted(entry_points(group=GROUP), key=lambda point: point.name)
        return {point.name: point for point in found if point.name not in self.shipped}

    def __getitem__(self, name: str) -> CodeSet[Any]:
        """Return a code set by its name; raise UnknownSet, a KeyError, for an unknown name."""
        if name in self.shipped:
            return cast("CodeSet[Any]", getattr(import_module(f"medcode.codesets.{name}"), name))
        if name not in self.installed:
            raise UnknownSet(name, self)
        return _loaded(self.installed[name])

    def __contains__(self, name: object) -> bool:
        """Whether a code set has this name; no module is imported to find out."""
        return name in self.shipped or name in self.installed

    def __iter__(self) -> Iterator[str]:
        """Yield the names, those of other packages last."""
        return iter((*self.shipped, *self.installed))

    def __len__(self) -> int:
        """Return the number of code sets."""
        return len(self.shipped) + len(self.installed)


def _loaded(point: EntryPoint) -> CodeSet[Any]:
    from medcode.codesets.base import CodeSet

    found = point.load()
    if not isinstance(found, CodeSet) or found.name != point.name:
        raise TableError(f"entry point {point.name} = {point.value}: not a code set of this name")
    return found


class Package(ModuleType):
    """The type of the package `medcode.codesets`, in which a set's name always means the code set.

    Importing the submodule `medcode.codesets.cpt` makes Python bind the name `cpt` in the package to the
    module. This type binds it to the module's code set instead, so that `from medcode.codesets import cpt`
    means the same before and after.
    """

    CODE_SETS: CodeSets

    def __setattr__(self, name: str, value: object) -> None:
        """Bind a name; a code set's module is replaced by the code set."""
        if isinstance(value, ModuleType) and name in self.CODE_SETS.shipped:
            value = getattr(value, name)
        super().__setattr__(name, value)
