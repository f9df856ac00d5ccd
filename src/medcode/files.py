"""Files that are written completely or not at all."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["replacing"]


@contextmanager
def replacing(path: str | Path) -> Iterator[IO[bytes]]:
    """Open a file for writing that replaces the one at a path when everything is written.

    Until then, and for good where an error ends the writing, the path stays as it was. A link stays
    a link, and its target is replaced. A file that was there keeps its permissions, and nobody else
    may read what is being written; a new one has the usual ones. What is no regular file, such as a
    pipe or a device, is written to as it is. Raises OSError, which names the path, where that cannot
    be written.
    """
    given = Path(path)
    if given.exists() and not given.is_file():
        with given.open("wb") as file:
            yield file
        return
    target = given.resolve()
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
    beside = target.with_name(f".{target.name}.{os.urandom(8).hex()}")
    try:
        file = open(beside, "xb", opener=partial(os.open, mode=0o666 if mode is None else mode))  # noqa: SIM115  # closed below
    except OSError as error:
        error.filename = str(path)
        raise
    try:
        with file:
            yield file
        if mode is not None:
            beside.chmod(mode)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
