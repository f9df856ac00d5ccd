"""Where a command reads its input: files, pipes, and standard input as `-`."""

from __future__ import annotations

import shutil
import sys
from contextlib import contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from typing import IO

__all__ = ["on_disk"]


@contextmanager
def on_disk(file: str) -> Iterator[Path]:
    """Yield the path of a file; a pipe is first copied to a temporary file that only this user can read.

    So it can be read twice and by several processes, and however long it is, memory does not grow.
    """
    source = Path(file)
    if file != "-" and not source.is_fifo():
        yield source
        return
    with TemporaryDirectory(prefix="medcode-") as folder:
        path = Path(folder, "input")
        with path.open("wb") as held, _opened(source) as given:
            shutil.copyfileobj(given, held)
        yield path


def _opened(source: Path) -> AbstractContextManager[IO[bytes]]:
    return nullcontext(sys.stdin.buffer) if str(source) == "-" else source.open("rb")
