"""Files that are there whole or not at all."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["replacing"]


@contextmanager
def replacing(path: str | Path) -> Iterator[IO[bytes]]:
    """Open a file to write what takes the place of the one at a path, once all of it is written.

    Until then, and for good where an error ends the writing, the path stays as it was. A link stays
    a link, and its target is replaced; a file that was there keeps its permissions. What is no
    regular file, such as a pipe or a device, is written to as it is. Raises OSError, which names the
    path, where that cannot be written.
    """
    target = Path(path).resolve()
    if target.exists() and not target.is_file():
        with target.open("wb") as file:
            yield file
        return
    mode = target.stat().st_mode if target.exists() else None
    beside = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
    try:
        file = beside.open("xb")
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
