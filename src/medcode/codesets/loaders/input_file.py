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

__all__ = ["Source", "sources"]

LARGEST = 1 << 29  # bytes of one file, and of all files of an archive together, unpacked
MOST_MEMBERS = 500
ARCHIVE = b"PK\x03\x04"
SPREADSHEET = "xl/workbook.xml"
UNREADABLE = (zipfile.BadZipFile, zlib.error, LZMAError, RuntimeError, EOFError, OSError, ValueError)
"""What the packings of an archive raise where a member is encrypted or damaged."""


@attrs.frozen(slots=False)
class Source:
    """A file or a member of an archive: its name and its bytes."""

    name: str
    data: bytes = attrs.field(repr=False)

    def fault(self, line: int | None, reason: str) -> LoadError:
        """Make the error for a line of this file, or for the whole of it."""
        return LoadError(self.name, line, reason)

    def told(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Look for what the file's own name tells, else the name of the archive that it came in."""
        *folders, own = re.split(r"[/\\]", self.name)
        archives = [folder for folder in folders if folder.lower().endswith(".zip")]
        return next(filter(None, map(pattern.search, (own, *archives[-1:]))), None)

    @property
    def origin(self) -> dict[str, str]:
        """What a table made of this file says of it."""
        return {"file": re.split(r"[/\\]", self.name)[-1], "sha256": hashlib.sha256(self.data).hexdigest()}

    @cached_property
    def text(self) -> str:
        """The file as text: UTF-8, else Windows-1252; empty if it is no text."""
        if b"\x00" in self.data:
            return ""
        for encoding in ("utf-8-sig", "cp1252"):
            try:
                return self.data.decode(encoding)
            except UnicodeDecodeError:
                continue
        return ""

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, without their ends."""
        return self.text.splitlines()

    def rows(self) -> Iterator[Row]:
        """Go through the rows of a table: a spreadsheet, or text with tabs or commas."""
        if self.is_spreadsheet:
            from medcode.codesets.loaders.spreadsheet import rows

            yield from rows(self)
        elif any("\t" in line for line in self.lines[:50]):
            yield from ((number, line.split("\t")) for number, line in enumerate(self.lines, 1))
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
            raise self.fault(line, f"the commas and quotes do not fit: {error}") from None

    @cached_property
    def is_spreadsheet(self) -> bool:
        """Whether this is an Excel workbook."""
        return self.data.startswith(ARCHIVE)

    @cached_property
    def xml(self) -> _Element:
        """The root of an XML file; refused if it has a document type, where entities would stand."""
        return xml_root(self, self.data)


def xml_root(source: Source, data: bytes) -> _Element:
    """Parse XML that is not trusted."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise source.fault(error.lineno, f"this is no sound XML: {error.msg}") from None
    about: Any = root.getroottree().docinfo
    if about.doctype:
        raise source.fault(None, "XML with a document type is refused")
    return root


def line_of(element: Any) -> int:
    """Give the line on which an element begins."""
    return element.sourceline or 0


def sources(path: Path) -> list[Source]:
    """Give a file, or the files in an archive; a workbook is an archive too and stays whole."""
    if path.stat().st_size > LARGEST:
        raise LoadError(str(path), None, "the file is too large")
    data = path.read_bytes()
    if not data.startswith(ARCHIVE):
        return [Source(str(path), data)]
    with opened(str(path), data) as archive:
        if SPREADSHEET in archive.namelist():
            return [Source(str(path), data)]
        members = [info.filename for info in archive.infolist() if not info.is_dir()]
        return [Source(f"{path}/{member}", content(str(path), archive, member)) for member in members]


def opened(name: str, data: bytes) -> zipfile.ZipFile:
    """Open an archive after a look at what it says of its members."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        raise LoadError(name, None, "the archive is damaged") from None
    members = archive.infolist()
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > LARGEST:
        raise LoadError(name, None, "the archive unpacks to too much")
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
