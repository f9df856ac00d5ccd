"""Where text comes from: a path, a text, bytes, an open file.

Bytes are UTF-8 and, where they cannot be, Latin-1; either way every byte is kept.
"""

from __future__ import annotations

import codecs
import re
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Source", "chunks", "decode", "is_text"]

Source: TypeAlias = str | bytes | Path | IO[str] | IO[bytes]
"""A path, a text, bytes, or a file open for reading."""

_SIZE = 1 << 16
_LONGEST_PATH = 4096
_IN_NO_PATH = re.compile(r"[\r\n\0]")
_START = re.compile(r"[\s\ufeff\x00]*(?:ISA|GS|ST|TA1)[^\w \r\n./\\-]", re.IGNORECASE)


def is_text(source: str) -> bool:
    """Tell a text from a path: a text starts as X12 does, or is what no path can be."""
    return (
        not 0 < len(source) <= _LONGEST_PATH or bool(_START.match(source)) or bool(_IN_NO_PATH.search(source))
    )


def decode(raw: bytes) -> tuple[str, str]:
    """Give the text of bytes, and the encoding that turns it back into them."""
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return raw.decode("latin-1"), "latin-1"


def chunks(source: Source) -> Iterator[str]:
    """Give the text of a source piece by piece. Raises OSError where a path cannot be read."""
    if isinstance(source, str) and is_text(source):
        yield from (source[at : at + _SIZE] for at in range(0, len(source), _SIZE))
    elif isinstance(source, bytes):
        yield from _decoded(source[at : at + _SIZE] for at in range(0, len(source), _SIZE))
    elif isinstance(source, (str, Path)):
        with Path(source).open("rb") as file:
            yield from _decoded(iter(lambda: file.read(_SIZE), b""))
    else:
        yield from _of_file(source)


def _of_file(file: IO[str] | IO[bytes]) -> Iterator[str]:
    first = file.read(_SIZE)
    blocks: Iterator[Any] = chain([first], iter(lambda: file.read(_SIZE), first[:0]))
    yield from blocks if isinstance(first, str) else _decoded(blocks)


def _decoded(blocks: Iterable[bytes]) -> Iterator[str]:
    """Decode as UTF-8 until a byte cannot be, and from there on as Latin-1."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    utf8 = True
    for block in blocks:
        if utf8:
            pending = decoder.getstate()[0]
            try:
                yield decoder.decode(block)
                continue
            except UnicodeDecodeError:
                utf8 = False
                block = pending + block  # noqa: PLW2901  # what the decoder held back belongs to it
        yield block.decode("latin-1")
    if utf8 and (held := decoder.getstate()[0]):
        yield held.decode("latin-1")
