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
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    Row = tuple[int, list[str]]  # the line it begins on, and its fields

__all__ = ["InputFile", "input_files"]

LARGEST = 1 << 29  # bytes of one file, and of all files of an archive together, unpacked
MOST_MEMBERS = 500
MOST_ENTRIES = 10_000  # of an archive and all archives in it
HIGHEST_RATIO = 200  # of an archive's unpacked size to its own; tables of text come to 30
UNSUSPICIOUS = 1 << 24  # bytes that any archive may unpack to
MOST_ROWS = 3_000_000  # of one file; the largest of CMS's have some 700,000
LOOKED_AT = 50  # lines by which tabs or commas are known
LONGEST_ROW = 1 << 20  # characters
MOST_TAGS = 25_000_000  # of one file of XML, closing ones included; a row of a workbook has some 26
_QUOTED = re.compile(r'^"((?:[^"]|"")*)"$')
_LINE_END = re.compile(r"\r\n|\r|\n")  # those that editors count; a form feed is part of a line
ARCHIVE = (b"PK\x03\x04", b"PK\x05\x06")  # the second begins an empty one
UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # byte order marks, as Excel writes them in "Unicode text"
END_OF_DOS = "\x1a"  # the end of a file, as DOS wrote it
OTHERS = {
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"7z\xbc\xaf": "7-Zip",
    b"Rar!": "RAR",
    b"\xd0\xcf\x11\xe0": "Excel before 2007",
}
"""Packings that are not read, by their first bytes."""
MEMBER = b"PK\x01\x02"  # begins each entry of an archive's directory
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
    sheet: int = 0  # of a workbook of several filled sheets, from 1

    def fault(self, line: int | None, reason: str, column: int | None = None) -> LoadError:
        """Build the error for a place in this file, for a line of it, or for the whole."""
        return LoadError(self.place, line, reason, column)

    @property
    def place(self) -> str:
        """The name, with the sheet of a workbook of several."""
        return f"{self.name} sheet {self.sheet}" if self.sheet else self.name

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
        """The lines of a text that is no XML, without their ends. Raises LoadError for too many or one too long."""
        if self.is_xml:
            return []
        text = self.text.removesuffix("\n").removesuffix("\r")
        if text.count("\n") + text.count("\r") > 2 * MOST_ROWS:  # before a list of them is made
            raise self.fault(None, f"it has more than {MOST_ROWS:,} lines")
        lines = _LINE_END.split(text)
        if len(lines) > MOST_ROWS:
            raise self.fault(None, f"it has {len(lines):,} lines; the limit is {MOST_ROWS:,}")
        for number, line in enumerate(lines, 1):
            if len(line) > LONGEST_ROW:
                raise self._too_long(number)
        return lines

    def _too_long(self, line: int) -> LoadError:
        return self.fault(line, f"the row has more than {LONGEST_ROW:,} characters")

    @cached_property
    def is_xml(self) -> bool:
        """Whether the text begins as XML does."""
        return self.text[:1_000].lstrip().startswith("<")

    def rows(self) -> Iterator[Row]:
        """Yield the rows of a table: a spreadsheet, or text with tabs or commas; XML has none."""
        if self.is_xml:
            return
        if self.is_spreadsheet:
            from medcode.codesets.loaders.spreadsheet import rows

            yield from rows(self)
        elif self._is_tabbed:
            yield from ((number, _tabbed(line)) for number, line in enumerate(self.lines, 1))
        else:
            yield from self._comma_rows()

    @cached_property
    def _is_tabbed(self) -> bool:
        """Whether tabs, not commas, are between the cells; either may be in a text or a title too."""
        first = self.lines[:LOOKED_AT]
        tabbed = [line for line in first if "\t" in line]
        return len(tabbed) > sum("," in line for line in first if "\t" not in line)

    def _comma_rows(self) -> Iterator[Row]:
        line = held = 0

        def lines() -> Iterator[str]:  # quotes may join lines to one row
            nonlocal held
            for each in io.StringIO(self.text, newline=""):
                held += len(each)
                if held > LONGEST_ROW:
                    raise self._too_long(line + 1)
                yield each

        reader = csv.reader(lines(), strict=True)
        try:
            for fields in reader:
                yield line + 1, fields
                line, held = reader.line_num, 0
        except csv.Error as error:
            raise self.fault(line + 1, f"commas and quotes do not match: {error}") from None

    @cached_property
    def is_spreadsheet(self) -> bool:
        """Whether this is an Excel workbook; a document or a damaged archive is none."""
        if not self.data.startswith(ARCHIVE):
            return False
        try:
            with opened(self.name, self.data) as archive:
                return SPREADSHEET in archive.namelist()
        except LoadError:
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

    if (tags := data.count(b"<")) > MOST_TAGS:
        raise file.fault(None, f"it has {tags:,} tags of XML; the limit is {MOST_TAGS:,}")
    if b"<!DOCTYPE" in data:  # before its entities can grow; in other encodings the parser bounds them
        raise file.fault(None, "XML with a document type is refused")
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
    """Return a file, or the files in an archive and in the archives in it; of a workbook each filled sheet."""
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)  # a device would never end
    if len(data) > LARGEST:
        raise LoadError(str(path), None, f"the file is too large: the limit is {LARGEST:,} bytes")
    if packing := next((name for begin, name in OTHERS.items() if data.startswith(begin)), None):
        reason = f"files of {packing} are not read: unpack it, or save it as text, first"
        raise LoadError(str(path), None, reason)
    found = _unpacked(str(path), data, NESTED, _Measure(str(path)))
    return [each for file in found for each in _sheets(file)]


def _sheets(file: InputFile) -> Sequence[InputFile]:
    """Return a workbook as its filled sheets, if it has several, and any other file as it is."""
    if not file.is_spreadsheet:
        return (file,)
    from medcode.codesets.loaders.spreadsheet import filled

    numbers = filled(file)
    return (
        [attrs.evolve(file, sheet=number) for number in numbers] if max(numbers, default=1) > 1 else (file,)
    )


@attrs.define
class _Measure:
    """What an archive and the archives in it unpack to, all together."""

    name: str
    size: int = 0
    members: int = 0

    def add(self, size: int) -> None:
        """Count a member before it is unpacked. Raises LoadError for too many or too much."""
        self.size += size
        self.members += 1
        if self.size > LARGEST:
            reason = f"the archive unpacks to too much: more than {LARGEST:,} bytes"
            raise LoadError(self.name, None, reason)
        if self.members > MOST_MEMBERS:
            reason = f"the archive and those in it have more than {MOST_MEMBERS} members"
            raise LoadError(self.name, None, reason)


def _unpacked(name: str, data: bytes, depth: int, measure: _Measure) -> Iterator[InputFile]:
    """Yield a file, or the members of an archive; `depth` is how many archives within it are opened too."""
    with opened(name, data) if data.startswith(ARCHIVE) else nullcontext() as archive:
        if archive is None or SPREADSHEET in archive.namelist():
            yield InputFile(name, data)
            return
        for member in archive.infolist():
            if member.is_dir() or IGNORED.search(member.filename):
                continue
            measure.add(member.file_size)
            inner, unpacked = f"{name}/{member.filename}", content(name, archive, member.filename)
            if depth and inner.lower().endswith(".zip"):
                yield from _unpacked(inner, unpacked, depth - 1, measure)
            else:
                yield InputFile(inner, unpacked)


def opened(name: str, data: bytes) -> zipfile.ZipFile:
    """Open an archive, its declared sizes and paths checked."""
    entries = data.count(MEMBER)  # its own, and those of archives in it: counted before they are listed
    if entries > MOST_ENTRIES:
        raise LoadError(name, None, f"the archive has some {entries:,} members; the limit is {MOST_MEMBERS}")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except UNREADABLE:
        raise LoadError(name, None, "the archive is damaged") from None
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        reason = f"the archive has {len(members):,} members; the limit is {MOST_MEMBERS}"
        raise LoadError(name, None, reason)
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
