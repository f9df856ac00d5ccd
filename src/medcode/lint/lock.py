"""A lock file: the date and the tables of a result, so that it can be reproduced.

It names, for each code set that was asked, its releases with their hashes. It is TOML, one table a release.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import attrs

from medcode.codesets import CODE_SETS, store
from medcode.codesets.icd10cm import icd10cm
from medcode.errors import MedcodeError
from medcode.toml_lines import toml_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["Lock", "LockError"]

NAME = "medcode.lock"
_VERSION = 1


class LockError(MedcodeError, ValueError):
    """A lock file cannot be used, or the tables differ from those it pins."""


@attrs.frozen
class Pin:
    """One release of a code set's table."""

    set: str
    name: str
    edition: str
    publisher: str
    sha256: str


@attrs.frozen
class Lock:
    """A date and the releases of the tables in use."""

    on: date
    pins: tuple[Pin, ...] = ()

    @classmethod
    def of(cls, on: date, code_sets: Iterable[str]) -> Lock:
        """Pin the tables of code sets as they are now."""
        return cls(on, tuple(pin for name in sorted(code_sets) for pin in _pins(name)))

    @classmethod
    def load(cls, path: Path) -> Lock:
        """Read a lock file. Raises LockError if it is not one."""
        try:
            given = toml_table(path.read_text(encoding="utf-8"))
            pins = tuple(Pin(**table) for table in given.get("table", ()))
        except OSError as error:
            raise LockError(f"{path}: {error.strerror}; create it with `medcode lint --lock`") from None
        except (ValueError, TypeError):
            raise LockError(f"{path}: not a lock file of medcode") from None
        if given.get("version") != _VERSION or type(given.get("on")) is not date:
            raise LockError(f"{path}: not a lock file of this version of medcode")
        return cls(given["on"], pins)

    def __str__(self) -> str:
        """Return the text of the file."""
        lines = [
            "# Written by `medcode lint --lock`: the date and the tables in use.",
            f"version = {_VERSION}",
            f"on = {self.on}",
        ]
        for pin in self.pins:
            lines += [
                "",
                "[[table]]",
                *(f"{name} = {_quoted(text)}" for name, text in attrs.asdict(pin).items()),
            ]
        return "\n".join(lines) + "\n"

    def differences(self, code_sets: Iterable[str]) -> Iterator[str]:
        """Yield how the tables of each code set in use differ from the pinned ones."""
        for name in sorted(code_sets):
            locked = [pin for pin in self.pins if pin.set == name]
            here = list(_pins(name))
            if not locked:
                yield f"{name} is not in the lock file"
            elif [pin.sha256 for pin in locked] != [pin.sha256 for pin in here]:
                yield f"{name} is {_editions(here)}, but the lock file has {_editions(locked)}"


def _pins(name: str) -> Iterator[Pin]:
    """Pin the releases of a code set, and the table of successors where it has one."""
    releases = CODE_SETS[name].releases
    if name == icd10cm.name:
        releases = (*releases, store.shipped("icd10cm_successors").release)
    for release in releases:
        yield Pin(name, release.name, release.edition, release.publisher, release.sha256)


def _editions(pins: Iterable[Pin]) -> str:
    return " and ".join(f"{pin.name} {pin.edition} ({pin.sha256[:12]})" for pin in pins) or "without a table"


def _quoted(text: Any) -> str:
    escaped = str(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
