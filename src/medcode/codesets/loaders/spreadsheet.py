"""A sheet of an Excel workbook, as rows of text: the first, or the one that the file names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from medcode.codesets.loaders.faults import LoadError
from medcode.codesets.loaders.input_file import content, opened, xml_root
from medcode.numbers import whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from medcode.codesets.loaders.input_file import InputFile

__all__ = ["filled", "rows"]

SHEET = re.compile(r"xl/worksheets/sheet([0-9]{1,4})\.xml")
STRINGS = "xl/sharedStrings.xml"
PLACE = re.compile(r"([A-Z]{1,3})[0-9]+")
FILLED = re.compile(rb"<(\w+:)?[vt][ >]")  # a value, or a text
WIDEST = 200  # columns; no table of ours comes near
LONGEST = 32_767  # characters of a cell, as in Excel; many cells may hold the same text


def rows(file: InputFile) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows, each with its number; a cell that is absent is empty."""
    with opened(file.name, file.data) as archive:
        names = archive.namelist()
        sheets = _sheets(names)
        if not sheets:
            raise file.fault(None, "not a workbook with a sheet")
        sheet = xml_root(file, content(file.name, archive, sheets[max(file.sheet - 1, 0)]))
        shared: list[str] = []
        if STRINGS in names:
            strings = xml_root(file, content(file.name, archive, STRINGS))
            shared = [_text(string) for string in strings.iterfind("{*}si")]
    for number, row in enumerate(sheet.iterfind("{*}sheetData/{*}row"), 1):
        line = whole(row.get("r") or str(number)) or number
        yield line, _fields(file, line, row, shared)


def filled(file: InputFile) -> Sequence[int]:
    """Return the numbers, from 1, of the sheets that are not empty; none of a workbook that is damaged."""
    try:
        with opened(file.name, file.data) as archive:
            sheets = enumerate(_sheets(archive.namelist()), 1)
            return [number for number, name in sheets if FILLED.search(content(file.name, archive, name))]
    except LoadError:
        return ()


def _sheets(names: Sequence[str]) -> Sequence[str]:
    """Return the members that are sheets, in the order of their numbers."""
    sheets = sorted((int(found[1]), name) for name in names if (found := SHEET.fullmatch(name)))
    return [name for _, name in sheets]


def _fields(file: InputFile, line: int, row: _Element, shared: Sequence[str]) -> list[str]:
    fields: list[str] = []
    for cell in row.iterfind("{*}c"):
        try:
            column = _column(cell.get("r") or "", len(fields))
            fields += [""] * (column + 1 - len(fields))
            fields[column] = _value(cell, shared)
            if len(fields[column]) > LONGEST:
                raise ValueError("too long")  # noqa: TRY301  # each fault of a cell is reported below
        except ValueError:
            raise file.fault(line, "a cell of the sheet cannot be read", len(fields)) from None
    return fields


def _column(place: str, following: int) -> int:
    """Return the number of a cell's column, from its place as `AB12` if it has one."""
    if not place:
        return following
    found = PLACE.fullmatch(place)
    number = 0
    for letter in found[1] if found else "":
        number = number * 26 + ord(letter) - ord("A") + 1
    if not 1 <= number <= WIDEST:
        raise ValueError("no such column")
    return number - 1


def _value(cell: _Element, shared: Sequence[str]) -> str:
    if cell.get("t") == "inlineStr":
        return _text(cell.find("{*}is"))
    value = cell.findtext("{*}v") or ""
    if cell.get("t") == "s":
        at = whole(value)
        if at is None or at >= len(shared):
            raise ValueError("no such string")
        return shared[at]
    return value.removesuffix(".0")


def _text(element: _Element | None) -> str:
    return "" if element is None else "".join(str(text.text or "") for text in element.iter("{*}t"))
