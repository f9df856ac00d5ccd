"""Files as they come: text, a table in text, a spreadsheet, XML, or an archive of these.

Nothing is unpacked to disk, nothing is fetched, no entity is resolved, and what would grow beyond the
limits is refused before it does.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
import zlib
from contextlib import nullcontext
from functools import cached_property
from lzma import LZMAError
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from medcode.codesets.loaders.faults import LoadError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    Row = tuple[int, list[str]]  # the line it begins on, and its fields

__all__ = ["InputFile", "input_files"]

LARGEST = 1 << 29  # bytes of one file, and of all files of an archive together, unpacked
MOST_MEMBERS = 500
HIGHEST_RATIO = 200  # of an archive's unpacked size to its own; tables of text come to 30
UNSUSPICIOUS = 1 << 24  # bytes that any archive may unpack to
_QUOTED = re.compile(r'^"((?:[^"]|"")*)"$')
_LINE_END = re.compile(r"\r\n|\r|\n")  # those that editors count; a form feed is part of a line
ARCHIVE = b"PK\x03\x04"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # byte order marks, as Excel writes them in "Unicode text"
END_OF_DOS = "\x1a"  # the end of a file, as DOS wrote it
SPREADSHEET = "xl/workbook.xml"
NESTED = 2  # archives within one another that are opened
IGNORED = re.compile(r"(^|/)(__MACOSX/|\._|\.DS_Store$|Thumbs\.db$)")  # what a system adds to an archive
UNREADABLE = (zipfile.BadZipFile, zlib.error, LZMAError, RuntimeError, EOFError, OSError, ValueError)
"""What the packings of an archive raise where a member is encrypted or damaged."""


@attrs.frozen(slots=False)
class InputFile:
    """A file or a member of an archive: its name and its bytes."""

    name: str
    data: bytes = attrs.field(repr=False)

    def fault(self, line: int | None, reason: str, column: int | None = None) -> LoadError:
        """Build the error for a place in this file, for a line of it, or for the whole."""
        return LoadError(self.name, line, reason, column)

    def search_name(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Search the file's own name, else the name of the archive that it is in."""
        *folders, own = re.split(r"[/\\]", self.name)
        archives = [folder for folder in folders if folder.lower().endswith(".zip")]
        return next(filter(None, map(pattern.search, (own, *archives[-1:]))), None)

    @property
    def own_name(self) -> str:
        """The name without folders and archives."""
        return re.split(r"[/\\]", self.name)[-1]

    @property
    def origin(self) -> dict[str, str]:
        """What a table built from this file records of it."""
        return {"file": self.own_name, "sha256": hashlib.sha256(self.data).hexdigest()}

    @cached_property
    def text(self) -> str:
        """The file as text: UTF-16 by its mark, UTF-8, else Windows-1252; empty if it is not text."""
        marked = self.data.startswith(UTF_16)
        if (b"\x00" in self.data and not marked) or self.data.startswith(ARCHIVE):
            return ""
        for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
            try:
                return self.data.decode(encoding).removesuffix(END_OF_DOS)
            except UnicodeDecodeError:
                continue
        return ""

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, without their ends."""
        return _LINE_END.split(self.text.removesuffix("\n").removesuffix("\r"))

    def rows(self) -> Iterator[Row]:
        """Yield the rows of a table: a spreadsheet, or text with tabs or commas."""
        if self.is_spreadsheet:
            from medcode.codesets.loaders.spreadsheet import rows

            yield from rows(self)
        elif any("\t" in line for line in self.lines[:50]):
            yield from ((number, _tabbed(line)) for number, line in enumerate(self.lines, 1))
        else:
            yield from self._comma_rows()

    def _comma_rows(self) -> Iterator[Row]:
        reader = csv.reader(io.StringIO(self.text, newline=""), strict=True)
        line = 1
        try:
            for fields in reader:
                yield line, fields
                line = reader.line_num + 1
        except csv.Error as error:
            raise self.fault(line, f"commas and quotes do not match: {error}") from None

    @cached_property
    def is_spreadsheet(self) -> bool:
        """Whether this is an Excel workbook; a document or a damaged archive is none."""
        if not self.data.startswith(ARCHIVE):
            return False
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
                return SPREADSHEET in archive.namelist()
        except UNREADABLE:
            return False

    @cached_property
    def xml(self) -> _Element:
        """The root of an XML file; refused if it has a document type, which could define entities."""
        return xml_root(self, self.data.removesuffix(END_OF_DOS.encode()))


def _tabbed(line: str) -> list[str]:
    """Return the cells of a line with tabs, without the quotes that a program put around whole cells."""
    if '"' not in line:
        return line.split("\t")
    return [_QUOTED.sub(r"\1", cell).replace('""', '"') for cell in line.split("\t")]


def xml_root(file: InputFile, data: bytes) -> _Element:
    """Parse XML that is not trusted."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise file.fault(line, f"not well-formed XML: {error.msg}", column) from None
    about: Any = root.getroottree().docinfo
    if about.doctype:
        raise file.fault(None, "XML with a document type is refused")
    return root


def line_of(element: Any) -> int:
    """Return the line on which an element begins."""
    return element.sourceline or 0


def input_files(path: Path) -> list[InputFile]:
    """Return a file, or the files in an archive and in the archives in it; a workbook stays whole."""
    if path.stat().st_size > LARGEST:
        raise LoadError(str(path), None, "the file is too large")
    files, size = [], 0
    for file in _unpacked(str(path), path.read_bytes(), NESTED):
        files.append(file)
        size += len(file.data)
        if size > LARGEST:  # of archives within the archive, each of which is small enough
            raise LoadError(str(path), None, f"the archive unpacks to too much: more than {LARGEST:,} bytes")
    return files


def _unpacked(name: str, data: bytes, depth: int) -> Iterator[InputFile]:
    """Yield a file, or the members of an archive; `depth` is how many archives within it are opened too."""
    with opened(name, data) if data.startswith(ARCHIVE) else nullcontext() as archive:
        if archive is None or SPREADSHEET in archive.namelist():
            yield InputFile(name, data)
            return
        for member in archive.infolist():
            if member.is_dir() or IGNORED.search(member.filename):
                continue
            inner, unpacked = f"{name}/{member.filename}", content(name, archive, member.filename)
            if depth and inner.lower().endswith(".zip"):
                yield from _unpacked(inner, unpacked, depth - 1)
            else:
                yield InputFile(inner, unpacked)


def opened(name: str, data: bytes) -> zipfile.ZipFile:
    """Open an archive, its declared sizes and paths checked."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        raise LoadError(name, None, "the archive is damaged") from None
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise LoadError(
            name,
            None,
            f"the archive unpacks to too much: {len(members):,} members; the limit is {MOST_MEMBERS}",
        )
    size = sum(member.file_size for member in members)
    if size > min(LARGEST, max(UNSUSPICIOUS, HIGHEST_RATIO * len(data))):
        raise LoadError(name, None, f"the archive unpacks to too much: {size:,} bytes of {len(data):,}")
    for member in members:
        parts = Path(member.filename.replace("\\", "/")).parts
        if ".." in parts or member.filename.startswith(("/", "\\")) or ":" in member.filename:
            raise LoadError(name, None, "a member of the archive has a path that leads out of it")
    return archive


def content(name: str, archive: zipfile.ZipFile, member: str) -> bytes:
    """Read a member of an archive."""
    try:
        with archive.open(member) as file:
            return file.read(LARGEST)
    except UNREADABLE:
        raise LoadError(f"{name}/{member}", None, "it is encrypted or damaged") from None
