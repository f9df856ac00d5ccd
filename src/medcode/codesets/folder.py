"""The folder of the user's own releases: where it is, what it holds, and how a file gets into it whole.

One file is one release of one table, called after the table and the days it covers, so a release that
is added again takes the place of its old self and touches no other. A file is written beside its
place, forced to disk and then renamed: readers see the old release or the new one, and writers at work
at the same time cannot mix theirs up. What a killed writer left is removed by the next one of the same user. Whoever may
read the folder may read its releases.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import stat
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medcode.codesets.store import SUFFIX
from medcode.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["VARIABLE", "data_folder", "file_name", "header_of", "stored", "write"]

VARIABLE = "MEDCODE_DATA"
UNFINISHED = ".unfinished"
ABANDONED = 3600  # seconds; no writer takes that long
OPEN = "open"  # for a first or last day that is not known
LONGEST_HEADER = 1 << 24
_LEFT = re.compile(rf".+-.+-.+{re.escape(SUFFIX)}\.\w+{re.escape(UNFINISHED)}", re.ASCII)
"""What a file for a time is called: the release, then what makes its name one of its own."""


def data_folder() -> Path:
    """Return the folder: MEDCODE_DATA, else the place that the platform has for a user's data.

    The folder need not be there yet.
    """
    if own := os.environ.get(VARIABLE):
        return Path(own)
    return _platform_folder(sys.platform) / "medcode"


def _platform_folder(platform: str) -> Path:
    home = Path.home()
    if platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    if platform == "darwin":
        return home / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")


def stored(name: str = "*") -> list[Path]:
    """Return the files of a table, or of all, those of the latest days first."""
    folder = data_folder()
    found = folder.glob(f"{name}-*-*{SUFFIX}") if folder.is_dir() else ()
    return sorted(found, key=_days, reverse=True)


def _days(path: Path) -> tuple[str, str, str]:
    name, start, end = path.name.removesuffix(SUFFIX).rsplit("-", 2)
    return ("" if start == OPEN else start), end, name  # the word sorts behind all digits


def file_name(name: str, coverage: tuple[int | None, int | None]) -> str:
    """Name the file of a release.

    >>> file_name("drg", (20251001, None))
    'drg-20251001-open.table'
    """
    start, end = (str(day or OPEN) for day in coverage)
    return f"{name}-{start}-{end}{SUFFIX}"


def header_of(path: Path) -> Mapping[str, Any]:
    """Read the header of a table file. Raises TableError for any other file."""
    with path.open("rb") as file:
        line = file.readline(LONGEST_HEADER)
    try:
        header: dict[str, Any] = json.loads(line)
        return {**header, "coverage": tuple(header["coverage"])}
    except (ValueError, KeyError, TypeError):
        raise TableError(f"{path}: not a medcode table file") from None


def write(name: str, data: bytes) -> Path:
    """Write a file to the folder, whole or not at all, and return its path."""
    folder = data_folder()
    folder.mkdir(parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(UNFINISHED, f"{name}.", folder)
    try:
        with os.fdopen(handle, "wb") as file:
            _sweep(folder, os.fstat(handle))
            _share(folder, Path(unfinished))
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        target = folder / name
        Path(unfinished).replace(target)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
    _settle(folder)
    return target


def _sweep(folder: Path, made: os.stat_result) -> None:
    """Remove what killed writers of the same user left behind.

    Old is what is older than a file just made: a network drive keeps its own clock, so the machine's would
    call a file old that another machine is writing.
    """
    for path in folder.glob(f"*{UNFINISHED}"):
        with contextlib.suppress(FileNotFoundError):  # its writer has just finished
            about = path.lstat()
            is_own = (
                _LEFT.fullmatch(path.name) and about.st_uid == made.st_uid and stat.S_ISREG(about.st_mode)
            )
            if is_own and made.st_mtime - about.st_mtime > ABANDONED:
                path.unlink()


def _share(folder: Path, path: Path) -> None:
    """Let those read a file who may read its folder; a file made for a time is its owner's alone."""
    around = folder.stat()
    if hasattr(os, "chown"):  # not on Windows
        with contextlib.suppress(PermissionError):  # the user is not a member of the group
            os.chown(path, -1, around.st_gid)
    path.chmod(stat.S_IRUSR | stat.S_IWUSR | (around.st_mode & (stat.S_IRGRP | stat.S_IROTH)))


def _settle(folder: Path) -> None:
    """Force the new name to disk too, where the platform lets a folder be opened."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
