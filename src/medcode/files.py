"""Files that are written completely or not at all."""

from __future__ import annotations

import errno
import os
import re
import stat
from contextlib import contextmanager, suppress
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["contents", "is_held", "is_left", "opened", "opened_text", "replacing"]

_MINUTE = 60


@contextmanager
def replacing(path: str | Path) -> Iterator[IO[bytes]]:
    """Open a file for writing that replaces the one at a path when everything is written.

    Until then, and for good where an error ends the writing, the path stays as it was. A link stays
    a link, and its target is replaced. A file that was there keeps its owner, permissions and extended
    attributes, and nobody else may read what is being written; a new one has the usual ones. What is no regular
    file, such as a pipe or a device, is written to as it is. Raises OSError, which names the path, where that cannot
    be written, and where a file would not stay what it is: it may not be written to, it has other hard links, or its
    owner cannot be kept.
    """
    given = Path(path)
    if given.exists() and not given.is_file():
        with given.open("wb") as device:
            yield device
        return
    target = Path(os.path.realpath(given))
    if target.is_symlink():  # what links lead to is no link, unless they go in a circle
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    beside = target.with_name(f".{target.name}.{os.urandom(8).hex()}")
    try:  # from before the file is there: a signal may end the work between any two steps
        with _opened(target, beside, str(path)) as file:
            is_held(file)
            yield file
        beside.replace(target)
    finally:
        with suppress(OSError):  # it may never have been there, nor its folder
            beside.unlink()


def _opened(target: Path, beside: Path, given: str) -> IO[bytes]:
    """Open a new file that can take the place of another one; an error names the path that was given."""
    try:
        before = _replaceable(target)
        _sweep(target)
        mode = 0o666 if before is None else stat.S_IMODE(before.st_mode)
        file = open(beside, "xb", opener=partial(os.open, mode=mode))  # noqa: SIM115  # the caller closes it
        try:
            if before is not None:
                _keep(target, before, beside)
        except BaseException:
            file.close()
            raise
    except OSError as error:
        error.filename = given
        raise
    return file


def _replaceable(target: Path) -> os.stat_result | None:
    """Return what is known of a file that may be replaced; None where there is no file."""
    if not target.exists():
        return None
    about = target.stat()
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    if about.st_nlink > 1:
        raise OSError(
            errno.EMLINK, f"it has {about.st_nlink} hard links, and the others would keep the old text"
        )
    return about


def _keep(target: Path, before: os.stat_result, beside: Path) -> None:
    """Copy the owner, permissions and extended attributes of a file to the one that is to replace it."""
    about = beside.stat()
    if (about.st_uid, about.st_gid) != (before.st_uid, before.st_gid):
        try:
            os.chown(beside, before.st_uid, before.st_gid)
        except PermissionError as error:
            error.strerror = "its owner or group would change, and only they may write it"
            raise
    beside.chmod(stat.S_IMODE(before.st_mode))  # after the owner, whose change takes rights away
    if not hasattr(os, "listxattr"):  # Linux alone has the functions
        return
    for name in os.listxattr(target):
        value = os.getxattr(target, name)
        if name not in os.listxattr(beside) or os.getxattr(beside, name) != value:
            os.setxattr(beside, name, value)


def opened(path: str | Path) -> IO[bytes]:
    """Open a file or a pipe to read its bytes; raise OSError for a device, which may never end.

    >>> opened("/dev/zero")  # doctest: +SKIP
    Traceback (most recent call last):
    ...
    OSError: [Errno 22] a device, not a file: '/dev/zero'
    """
    file = Path(path).open("rb")  # noqa: SIM115  # the caller closes it
    found = os.fstat(file.fileno())
    is_character = (
        stat.S_ISCHR(found.st_mode) and not file.isatty() and found.st_rdev != Path(os.devnull).stat().st_rdev
    )
    if is_character or stat.S_ISBLK(found.st_mode):
        file.close()
        raise OSError(errno.EINVAL, "a device, not a file", str(path))
    return file


def contents(path: str | Path) -> bytes:
    """Return the bytes of a file or a pipe; raise OSError for a device."""
    with opened(path) as file:
        return file.read()


def opened_text(path: str | Path, encoding: str = "utf-8-sig", newline: str | None = None) -> IO[str]:
    """Open a file or a pipe to read its text; raise OSError for a device."""
    return TextIOWrapper(opened(path), encoding, newline=newline)


def is_held(file: IO[bytes]) -> bool:
    """Lock a file until it is closed, and return whether it is locked; what a process that was killed leaves is not."""
    try:
        import fcntl
    except ImportError:  # pragma: no cover  # Windows, where an open file cannot be removed anyway
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def is_left(path: Path) -> bool:
    """Whether a file is of a process that was killed: nobody holds it, and it was not made just now."""
    try:
        with path.open("rb") as file:
            about = os.fstat(file.fileno())
            is_new = about.st_size == 0 and _now_beside(path) - about.st_mtime < _MINUTE
            return not is_new and is_held(file)
    except OSError:
        return False


def _now_beside(path: Path) -> float:
    """Return the time by the clock of the file system, which need not agree with the machine's: that of a fresh file."""
    import tempfile  # seldom needed, and it loads much

    with tempfile.TemporaryFile(dir=path.parent) as fresh:
        return os.fstat(fresh.fileno()).st_mtime


def _sweep(target: Path) -> None:
    """Remove what a process that was killed left of its writing to a path."""
    own = re.compile(rf"\.{re.escape(target.name)}\.[0-9a-f]{{16}}")
    try:
        found = [each for each in target.parent.iterdir() if own.fullmatch(each.name)]
    except OSError:  # a folder that may be written to, but not listed
        return
    for each in found:
        if is_left(each):
            each.unlink(missing_ok=True)
