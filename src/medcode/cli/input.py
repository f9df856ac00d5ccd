"""Where a command's input comes from: files, and the standard input as `-`."""

from __future__ import annotations

import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["on_disk"]


@contextmanager
def on_disk(file: str) -> Iterator[Path]:
    """Give the path of a file; the standard input is put into one, for this time and for this user alone.

    So it can be read twice and by several processes, and however long it is, memory does not grow.
    """
    if file != "-":
        yield Path(file)
        return
    with TemporaryDirectory(prefix="medcode-") as folder:
        path = Path(folder, "input")
        with path.open("wb") as held:
            shutil.copyfileobj(sys.stdin.buffer, held)
        yield path
