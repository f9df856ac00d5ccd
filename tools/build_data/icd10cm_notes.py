"""Builds `icd10cm_notes`: the chapters and blocks of ICD-10-CM, and the notes of the tabular list.

A row is one line of a note: its owner (a code in wire form, `block E08-E13` or `chapter 4`), its
kind and its text. The 7th characters of a code are rows too, `A=meaning`.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from tools.build_data import sources
from tools.build_data.tabular import fold

from medcode.codesets.store import pack

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCES = (sources.TABULAR_2026,)
HEADER = {
    "name": "icd10cm_notes",
    "publisher": "NCHS",
    "edition": "April 2026",
    "license": "public domain (US government work)",
    "coverage": [20260401, None],
}
KINDS = {  # element of the list: kind of the note
    "includes": "includes",
    "inclusionTerm": "inclusion_terms",
    "excludes1": "excludes1",
    "excludes2": "excludes2",
    "codeFirst": "code_first",
    "useAdditionalCode": "use_additional",
    "codeAlso": "code_also",
    "notes": "text",
    "sevenChrNote": "seventh_note",
}
SEVENTH = "seventh"


def build() -> dict[str, bytes]:
    """Return the table file."""
    root = ET.fromstring(sources.TABULAR_2026.data())  # noqa: S314  # nosec B314  # a file whose hash was just checked
    kinds = [*KINDS.values(), SEVENTH]
    rows = [row for chapter in root.iterfind("chapter") for row in _chapter_rows(chapter)]
    columns: dict[str, Any] = {
        "owner": [owner for owner, _, _ in rows],
        "kind": array("H", (kinds.index(kind) for _, kind, _ in rows)),
        "text": [text for _, _, text in rows],
    }
    header = {
        **HEADER,
        "kinds": kinds,
        "chapters": [_chapter(chapter) for chapter in root.iterfind("chapter")],
        "blocks": [_block(block) for block in root.iterfind("chapter/section")],
    }
    return {"icd10cm_notes": pack(header, columns)}


def _chapter(chapter: ET.Element) -> list[str]:
    """Return number, first and last category, and title."""
    title, _, span = fold(chapter.findtext("desc") or "").rpartition(" (")
    first, _, last = span.rstrip(")").partition("-")
    return [chapter.findtext("name") or "", first, last, title]


def _block(block: ET.Element) -> list[object]:
    """Return name, title and categories; a block of blocks has none of its own."""
    title = fold(block.findtext("desc") or "").rpartition(" (")[0]
    return [block.attrib["id"], title, [diag.findtext("name") for diag in block.iterfind("diag")]]


def _chapter_rows(chapter: ET.Element) -> Iterator[tuple[str, str, str]]:
    yield from _rows(f"chapter {chapter.findtext('name')}", chapter)
    for block in chapter.iterfind("section"):
        yield from _rows(f"block {block.attrib['id']}", block)
        for diag in block.iter("diag"):
            yield from _rows((diag.findtext("name") or "").replace(".", ""), diag)


def _rows(owner: str, element: ET.Element) -> Iterator[tuple[str, str, str]]:
    for child in element:
        for note in child.iterfind("note") if child.tag in KINDS else ():
            yield owner, KINDS[child.tag], fold(note.text or "")
        for extension in child.iterfind("extension"):
            yield owner, SEVENTH, f"{extension.attrib['char']}={fold(extension.text or '')}"
