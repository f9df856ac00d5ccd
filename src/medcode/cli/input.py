"""Where a command reads its input: files, pipes, and standard input as `-`."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import TYPE_CHECKING

from medcode.files import is_held, is_left

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from typing import IO

__all__ = ["on_disk"]

_PREFIX, _NAME = "medcode-", "input"


@contextmanager
def on_disk(file: str) -> Iterator[Path]:
    """Yield the path of a file; a pipe is first copied to a temporary file that only this user can read.

    So it can be read twice and by several processes, and however long it is, memory does not grow.
    """
    source = Path(file)
    if file != "-" and not source.is_fifo():
        yield source
        return
    _sweep(Path(gettempdir()))
    with TemporaryDirectory(prefix=_PREFIX) as folder:
        path = Path(folder, _NAME)
        with open(path, "xb", opener=partial(os.open, mode=0o600)) as held:
            is_held(held)  # until the command ends: so the next one knows that it is no leftover
            with _opened(source) as given:
                shutil.copyfileobj(given, held)
            held.flush()
            yield path


def _sweep(place: Path) -> None:
    """Remove what commands of this user that were killed have left of their input."""
    for folder in place.glob(f"{_PREFIX}*"):
        try:
            is_own = folder.lstat().st_uid == os.getuid() and not folder.is_symlink()
        except (OSError, AttributeError):  # gone meanwhile; Windows has no user ids
            continue
        if is_own and [each.name for each in folder.iterdir()] == [_NAME] and is_left(folder / _NAME):
            shutil.rmtree(folder, ignore_errors=True)


def _opened(source: Path) -> AbstractContextManager[IO[bytes]]:
    return nullcontext(sys.stdin.buffer) if str(source) == "-" else source.open("rb")
