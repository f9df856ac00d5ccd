"""The files of lists, and their texts."""

from __future__ import annotations

import codecs
import json
import os
import stat
from typing import TYPE_CHECKING

import attrs

from medcode.lint.find import SUFFIXES
from medcode.lint.pragma import Misread
from medcode.toml_lines import toml_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

__all__ = ["LARGEST", "Text", "listed", "read", "text_of"]

LARGEST = 1 << 25  # bytes; a larger file is no list
_MARKS = {  # what a file may begin with, and how the rest is written
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",  # begins as the next one does
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
    codecs.BOM_UTF32_BE: "utf-32-be",
}
_SKIPPED = frozenset({"node_modules", "__pycache__", "site-packages"})


@attrs.frozen
class Text:
    """The text of a file, and how it is written: its encoding and the mark it begins with."""

    text: str
    encoding: str = "utf-8"
    mark: bytes = b""
    data: bytes = attrs.field(default=b"", repr=False, eq=False)

    def bytes_of(self, text: str) -> bytes:
        """Write another text as this one was. Raises Misread where this one could not be written as it was.

        Some encodings have several ways to write a text, and Python writes one of them.
        """
        if self._encoded(self.text) != self.data:
            raise Misread(f"could not be written back as it is in {self.encoding.upper()}")
        return self._encoded(text)

    def _encoded(self, text: str) -> bytes:
        return self.mark + text.encode(self.encoding)


def read(path: Path, encoding: str = "utf-8") -> Text:
    """Read the file of a list. Raises Misread, with the reason, if it cannot be used."""
    try:
        return text_of(_bytes(path), path, encoding)
    except OSError as error:
        raise Misread(error.strerror or type(error).__name__) from None


def text_of(data: bytes, path: Path, encoding: str = "utf-8") -> Text:
    """Read the bytes of a list; the ending of its path says its format. Raises Misread if it cannot be used."""
    if len(data) > LARGEST:
        raise Misread(f"too large for a code list: over {LARGEST >> 20} MB")
    mark = next((mark for mark in _MARKS if data.startswith(mark)), b"")
    encoding = _MARKS.get(mark, encoding)
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        raise Misread(f"not {encoding.upper()} text", _line(data, error.start)) from None
    _understood(text, path.suffix.lower())
    return Text(text, encoding, mark, data)


def _bytes(path: Path) -> bytes:
    if not stat.S_ISREG(path.stat().st_mode):
        raise Misread("not a regular file")
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _line(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1


def _understood(text: str, suffix: str) -> None:
    """Raise Misread if a JSON or TOML file cannot be parsed."""
    try:
        if suffix == ".json":
            json.loads(text)
        elif suffix == ".toml":
            toml_table(text)
    except (ValueError, RecursionError) as error:
        raise Misread(f"not valid {suffix[1:].upper()}", getattr(error, "lineno", None)) from None


def listed(paths: Iterable[Path], wanted: Callable[[Path], bool]) -> Iterator[tuple[Path, str | None]]:
    """Yield files, and the code lists in folders that `wanted` accepts.

    What cannot be gone into comes with the reason. Hidden folders and those of tools are passed over, and
    so are links, but for those that lead nowhere or in a circle: these are named.
    """
    seen = set()
    for path in paths:
        found = list(_below(path, wanted)) if path.is_dir() else [(path, None)]
        for each, why in found or [(path, "no code list in this folder")]:
            if each not in seen:
                seen.add(each)
                yield each, why


def _below(folder: Path, wanted: Callable[[Path], bool]) -> Iterator[tuple[Path, str | None]]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield folder, error.strerror
        return
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith(".") or entry.name in _SKIPPED or not wanted(path):
            continue
        if entry.is_symlink():
            if why := _astray(path):
                yield path, why
        elif entry.is_dir():
            yield from _below(path, wanted)
        elif path.suffix.lower() in SUFFIXES:
            yield path, None


def _astray(link: Path) -> str | None:
    """Return why a link cannot be followed, or None."""
    try:
        link.stat()
    except OSError as error:
        return f"a broken link: {error.strerror}"
    return "a link to a folder that contains it" if link.resolve() in link.absolute().parents else None
