"""Where text comes from: a path, a text, bytes, an open file.

Bytes are UTF-8 or, where any of them cannot be, Latin-1. That is decided once for the whole source, so
that every way of reading gives the same text.
"""

from __future__ import annotations

import codecs
import os
import re
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeAlias

from medcode.files import opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Chunks", "Source", "chunks", "decode", "is_text", "kept", "not_utf8", "read_source"]

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
        or not _is_encodable(source)
    )


def _is_encodable(name: str) -> bool:
    """Whether the system can be asked for a file of a name; the error it would raise holds the whole text."""
    try:
        os.fsencode(name)
    except UnicodeEncodeError:
        return False
    return True


def decode(raw: bytes | bytearray | memoryview) -> tuple[str, str]:
    """Return the text of bytes, and the encoding that turns it back into them."""
    try:
        return codecs.decode(raw, "utf-8"), "utf-8"
    except UnicodeDecodeError:
        return codecs.decode(raw, "latin-1"), "latin-1"


def not_utf8(raw: Iterable[bytes | memoryview]) -> int | None:
    """Return the offset of the first byte that cannot be UTF-8, of bytes that come in blocks; None if all can.

    >>> not_utf8([b"M", bytes([0xC3]), bytes([0xBC, 0xFC])]), not_utf8([b"OK"])
    (3, None)
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    offset = 0
    for block in chain(raw, [b""]):
        pending = len(decoder.getstate()[0])
        try:
            decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            return offset - pending + error.start
        offset += len(block)
    return None


class Chunks:
    """The text of a source, piece by piece. `latin1_from` is the offset of the byte for which it was read as Latin-1."""

    def __init__(self, source: Source) -> None:
        self.latin1_from: int | None = None
        self._pieces = self._of(source)

    def __iter__(self) -> Iterator[str]:
        """Iterate over the pieces, once."""
        return self._pieces

    def _of(self, source: Source) -> Iterator[str]:
        if isinstance(source, str) and is_text(source):
            yield from (source[at : at + _SIZE] for at in range(0, len(source), _SIZE))
        elif isinstance(source, (bytes, bytearray, memoryview)):
            whole = memoryview(source).cast("B")
            self.latin1_from = not_utf8(whole[at : at + _SIZE] for at in range(0, len(whole), _SIZE))
            yield from self._decoded(whole[at : at + _SIZE] for at in range(0, len(whole), _SIZE))
        elif isinstance(source, (str, Path)):
            with _opened(source) as file:
                yield from self._of_file(file, again=file.seekable())
        elif hasattr(source, "read"):
            yield from self._of_file(source, again=False)
        else:
            raise _no_source(source)

    def _of_file(self, file: IO[Any], *, again: bool) -> Iterator[str]:
        if again:
            self.latin1_from = not_utf8(_blocks(file))
            file.seek(0)
            yield from self._decoded(_blocks(file))
            return
        first = file.read(_SIZE)
        blocks = chain([first], _blocks(file))
        yield from blocks if isinstance(first, str) else self._once(blocks)

    def _decoded(self, blocks: Iterable[bytes | memoryview]) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder("utf-8" if self.latin1_from is None else "latin-1")()
        for block in blocks:
            yield decoder.decode(block)

    def _once(self, blocks: Iterable[bytes]) -> Iterator[str]:
        """Decode what cannot be read twice: as ASCII while it is; from the first other byte on it is held in memory."""
        held: list[bytes] = []
        size = 0
        for block in blocks:
            if held or not block.isascii():
                held.append(block)
            else:
                size += len(block)
                yield block.decode("ascii")
        rest = b"".join(held)
        text, _ = decode(rest)
        at = not_utf8([rest])
        self.latin1_from = None if at is None else size + at
        yield from (text[at : at + _SIZE] for at in range(0, len(text), _SIZE))


def chunks(source: Source) -> Chunks:
    """Return the text of a source piece by piece.

    Raises, when it is read, OSError for a path that cannot be read, which names the path only if it was given
    as one; TypeError for anything that is not a source.
    """
    return Chunks(source)


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


def kept(source: bytearray | memoryview | IO[str] | IO[bytes]) -> str | bytes:
    """Return what an open file or other bytes hold, as a source that can be read again and sent to other processes.

    >>> kept(bytearray(b"ISA*00*"))
    b'ISA*00*'
    """
    held = source if isinstance(source, (bytearray, memoryview)) else source.read()
    if isinstance(held, str):
        return held if is_text(held) else held.encode()  # what a file says is never a path
    return bytes(held)


def _no_source(source: object) -> TypeError:
    return TypeError(f"X12 must be a path, text, bytes or an open file, not {type(source).__name__}")


def _opened(path: str | Path) -> IO[bytes]:
    try:
        return opened(path)
    except OSError as error:
        if isinstance(path, Path):
            raise
        raise type(error)(error.errno, error.strerror) from None  # a str may be text that looks like a name


def _blocks(file: IO[Any]) -> Iterator[Any]:
    while block := file.read(_SIZE):
        yield block
