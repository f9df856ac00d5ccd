"""The registry of code sets: names in, code sets out, modules imported on first use."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

from medcode.errors import MedcodeError
from medcode.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medcode.codesets.base import CodeSet

__all__ = ["CodeSets", "Package", "UnknownSet"]


class UnknownSet(MedcodeError, KeyError):  # noqa: N818  # as UnknownCode
    """No code set has this name; the message has the nearest one."""

    def __init__(self, name: object, known: Iterable[str]) -> None:
        super().__init__(f"unknown set {name!r}{did_you_mean(str(name), known)}")

    def __str__(self) -> str:
        """Return the message itself; a KeyError would show its repr."""
        return str(self.args[0])


class CodeSets(Mapping[str, "CodeSet[Any]"]):
    """Code sets by name. The set `cpt` is the object `cpt` of the module `medcode.codesets.cpt`."""

    def __init__(self, *names: str) -> None:
        self._names = dict.fromkeys(names)

    def __getitem__(self, name: str) -> CodeSet[Any]:
        """Return a code set by its name; raise UnknownSet, a KeyError, for an unknown name."""
        if name not in self._names:
            raise UnknownSet(name, self._names)
        return cast("CodeSet[Any]", getattr(import_module(f"medcode.codesets.{name}"), name))

    def __contains__(self, name: object) -> bool:
        """Whether a code set has this name; no module is imported to find out."""
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        """Yield the names in alphabetical order."""
        return iter(self._names)

    def __len__(self) -> int:
        """Return the number of code sets."""
        return len(self._names)


class Package(ModuleType):
    """The type of the package `medcode.codesets`, in which a set's name always means the code set.

    Importing the submodule `medcode.codesets.cpt` makes Python bind the name `cpt` in the package to the
    module. This type binds it to the module's code set instead, so that `from medcode.codesets import cpt`
    means the same before and after.
    """

    CODE_SETS: Mapping[str, CodeSet[Any]]

    def __setattr__(self, name: str, value: object) -> None:
        """Bind a name; a code set's module is replaced by the code set."""
        if isinstance(value, ModuleType) and name in self.CODE_SETS:
            value = getattr(value, name)
        super().__setattr__(name, value)
