"""Where text comes from: a path, a text, bytes, an open file.

Bytes are UTF-8 or, where any of them cannot be, Latin-1. That is decided once for the whole source, so
that every way of reading gives the same text.
"""

from __future__ import annotations

import codecs
import re
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Source", "chunks", "decode", "is_text", "read_source"]

Source: TypeAlias = str | bytes | bytearray | memoryview | Path | IO[str] | IO[bytes]
"""A path, a text, bytes, or a file open for reading."""

_SIZE = 1 << 16
_LONGEST_PATH = 4096
_LONGEST_NAME = 255  # bytes of one part of a path, on every usual file system
_IN_NO_NAME = re.compile(r"[*|\x00-\x1f\x7f]")
_START = re.compile(
    r"""
    [\s\ufeff\x00]* (?:ISA|GS|ST|TA1) [^\w\s./\\-]  # a text begins with a segment of the envelope
    | .* ISA ([^\w\s]) 0[03] \1                     # or has an ISA after a mark: a quote, a name, a label
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)


def is_text(source: str) -> bool:
    """Whether a str is X12 text rather than a path: it has X12's punctuation, or cannot be a file's name.

    Text must never be opened as a path: the error of the system would show the patient's data in it.

    >>> is_text("claims/2026-01.837"), is_text("ISA*00*"), is_text("a.837~"), is_text("x" * 300)
    (False, True, False, True)
    """
    return (
        not 0 < len(source) <= _LONGEST_PATH
        or bool(_IN_NO_NAME.search(source))
        or bool(_START.match(source))
        or any(len(part.encode("utf-8", "replace")) > _LONGEST_NAME for part in re.split(r"[/\\]", source))
    )


def decode(raw: bytes | bytearray | memoryview) -> tuple[str, str]:
    """Return the text of bytes, and the encoding that turns it back into them."""
    try:
        return codecs.decode(raw, "utf-8"), "utf-8"
    except UnicodeDecodeError:
        return codecs.decode(raw, "latin-1"), "latin-1"


def chunks(source: Source) -> Iterator[str]:
    """Yield the text of a source piece by piece.

    Raises OSError for a path that cannot be read, which names the path only if it was given as one;
    TypeError for anything that is not a source.
    """
    if isinstance(source, str) and is_text(source):
        yield from (source[at : at + _SIZE] for at in range(0, len(source), _SIZE))
    elif isinstance(source, (bytes, bytearray, memoryview)):
        whole = memoryview(source).cast("B")
        encoding = _encoding(whole[at : at + _SIZE] for at in range(0, len(whole), _SIZE))
        yield from _decoded((whole[at : at + _SIZE] for at in range(0, len(whole), _SIZE)), encoding)
    elif isinstance(source, (str, Path)):
        with _opened(source) as file:
            encoding = _encoding(_blocks(file)) if file.seekable() else ""
            if encoding:
                file.seek(0)
            yield from _decoded(_blocks(file), encoding)
    elif hasattr(source, "read"):
        yield from _of_file(source)
    else:
        raise _no_source(source)


def read_source(source: Source) -> str | bytes | bytearray | memoryview:
    """Return a source as a whole: a text as it is, anything else as its bytes. Raises as `chunks`."""
    if isinstance(source, (bytes, bytearray, memoryview)) or (isinstance(source, str) and is_text(source)):
        return source
    if isinstance(source, (str, Path)):
        with _opened(source) as file:
            return file.read()
    if hasattr(source, "read"):
        return source.read()
    raise _no_source(source)


def _no_source(source: object) -> TypeError:
    return TypeError(f"X12 must be a path, text, bytes or an open file, not {type(source).__name__}")


def _opened(path: str | Path) -> IO[bytes]:
    try:
        return Path(path).open("rb")
    except OSError as error:
        if isinstance(path, Path):
            raise
        raise type(error)(error.errno, error.strerror) from None  # a str may be text that looks like a name


def _blocks(file: IO[Any]) -> Iterator[Any]:
    while block := file.read(_SIZE):
        yield block


def _of_file(file: IO[str] | IO[bytes]) -> Iterator[str]:
    first = file.read(_SIZE)
    blocks: Iterator[Any] = chain([first], _blocks(file))
    yield from blocks if isinstance(first, str) else _decoded(blocks, "")


def _encoding(blocks: Iterable[bytes | memoryview]) -> str:
    """Return the encoding of bytes: UTF-8 if all of them are, else Latin-1."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for block in blocks:
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"


def _decoded(blocks: Iterable[bytes | memoryview], encoding: str) -> Iterator[str]:
    """Decode bytes; where the encoding is not known, as ASCII until it must be.

    A pipe cannot be read twice, so from its first byte that is not ASCII on it is held in memory.
    """
    held: list[bytes] = []
    decoder = codecs.getincrementaldecoder(encoding or "utf-8")()
    for block in blocks:
        if encoding:
            yield decoder.decode(block)
        elif held or not bytes(block).isascii():
            held.append(bytes(block))
        else:
            yield bytes(block).decode("ascii")
    if held:
        text, _ = decode(b"".join(held))
        yield from (text[at : at + _SIZE] for at in range(0, len(text), _SIZE))
