"""The releases of the user's folder, each made ready once for as long as its file stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from medcode.codesets import folder, store
from medcode.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from medcode.codesets.concept import Release

__all__ = ["Releases"]

T = TypeVar("T")


class Releases(Generic[T]):
    """The releases of the folder, made ready by a function of a file and its release.

    Only the header of a file is read here; the function should read rows only when they are needed.
    """

    def __init__(self, ready: Callable[[Path, Release], T]) -> None:
        self._ready = ready
        self._kept: Mapping[str, Mapping[tuple[Path, int, int], T]] = {}

    def of(self, name: str) -> tuple[T, ...]:
        """Return the releases of a table, those of the latest days first; what is gone is forgotten."""
        kept = self._kept.get(name, {})
        files = map(_as_it_is, folder.stored(name))
        found = {file: kept[file] if file in kept else self._made(file[0]) for file in files}
        self._kept = {**self._kept, name: found}
        return tuple(found.values())

    def _made(self, path: Path) -> T:
        header = folder.header_of(path)
        try:
            return self._ready(path, store.release_of(header, header["sha256"]))
        except (KeyError, TypeError, ValueError):
            raise TableError(f"{path}: not a medcode table file") from None


def _as_it_is(path: Path) -> tuple[Path, int, int]:
    """Return what identifies this version of a file."""
    about = path.stat()
    return path, about.st_ino, about.st_mtime_ns
