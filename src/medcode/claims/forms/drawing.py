"""A sheet drawn on pages of letter size: rectangles and texts with their places, in points from the top left.

`svg` and `pdf` write the same pages. A claim with more lines than a page has room for goes on on further pages, each with
the boxes around; notes follow below the last of them, and on further pages.
"""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from medcode.claims.forms.widths import width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from medcode.claims.forms.layouts import Box
    from medcode.claims.forms.sheet import Cell, Sheet

__all__ = ["HEIGHT", "WIDTH", "Mark", "Page", "Rectangle", "Text", "pages"]

WIDTH, HEIGHT, MARGIN = 612.0, 792.0, 28.0
_ACROSS = WIDTH - 2 * MARGIN
_LABEL, _VALUE, _SMALLEST = 5.5, 8.0, 5.0
_LINE, _TOP, _PAD = 9.5, 8.0, 2.5
_NOTE = 90  # characters a line of a note
_STEP = 12.0  # from one line of the notes to the next


class Rectangle(NamedTuple):
    """A box; `kind` is box, empty, wrong or head."""

    x: float
    y: float
    width: float
    height: float
    kind: str = "box"


class Text(NamedTuple):
    """A line of text by the left end of its baseline; `kind` is label, value, mark or title."""

    x: float
    y: float
    size: float
    text: str
    kind: str = "value"


Mark = Rectangle | Text
Page = tuple[Mark, ...]


def pages(sheet: Sheet) -> tuple[Page, ...]:
    """Return the pages of a sheet."""
    step = sheet.layout.per_page
    chunks = [sheet.lines[at : at + step] for at in range(0, len(sheet.lines), step)] or [()]
    drawn: list[Page] = []
    notes: list[str] = []
    end = 0.0
    for number, chunk in enumerate(chunks, 1):
        marks, cut, end = _page(
            sheet,
            chunk,
            f"{sheet.layout.name}, page {number} of {len(chunks)}",
            first_line=(number - 1) * step,
        )
        drawn.append(marks)
        notes += cut
    below, *further = _noted([*sheet.notes, *dict.fromkeys(notes)], end)
    return (*drawn[:-1], drawn[-1] + below, *further)


def _page(
    sheet: Sheet, chunk: Sequence[Sequence[Cell]], title: str, first_line: int
) -> tuple[Page, list[str], float]:
    """Return one page, the texts that were cut on it, and where its boxes end."""
    marks: list[Mark] = [Text(MARGIN, MARGIN - 6, 9, title, "title")]
    cut: list[str] = []
    y = MARGIN
    for row in sheet.above:
        y = _row(row, y, marks, cut)
    y = _head(sheet.layout.columns, y, marks)
    for number in range(sheet.layout.per_page):
        if number < len(chunk):
            y = _row(chunk[number], y, marks, cut, label=str(first_line + number + 1))
        else:
            y = _row([_blank(box) for box in sheet.layout.columns], y, marks, cut, label="")
    for row in sheet.below:
        y = _row(row, y, marks, cut)
    return tuple(marks), cut, y


def _blank(box: Box) -> Cell:
    from medcode.claims.forms.sheet import Cell

    return Cell(box)


def _head(columns: Iterable[Box], y: float, marks: list[Mark]) -> float:
    """Draw the names of the columns."""
    for x, across, box in _places(columns):
        marks.append(Rectangle(x, y, across, _TOP + 2, "head"))
        marks.append(
            Text(x + _PAD, y + 7, _LABEL, _fitting(f"{box.number} {box.name}", across, _LABEL), "label")
        )
    return y + _TOP + 2


def _row(
    cells: Sequence[Cell], y: float, marks: list[Mark], cut: list[str], *, label: str | None = None
) -> float:
    """Draw boxes beside one another; return where the next row begins. A `label` is the number of a service line."""
    is_line = label is not None
    top = 1.5 if is_line else _TOP
    height = top + max(cell.box.height for cell in cells) * _LINE + _PAD
    for at, (x, across, box) in enumerate(_places(cell.box for cell in cells)):
        cell = cells[at]
        kind = "empty" if cell.empty else "wrong" if cell.wrong or cell.marks else "box"
        marks.append(Rectangle(x, y, across, height, kind))
        if label and at == 0:
            marks.append(Text(x - 11, y + 8, _LABEL, label, "label"))
        if not is_line:
            name = " ".join(filter(None, (box.number, box.name)))
            marks.append(Text(x + _PAD, y + 6.5, _LABEL, _fitting(name, across - 2 * _PAD, _LABEL), "label"))
        if cell.marks:
            marks.append(Text(x + across - width(cell.numbers, 6) - 3, y + 6.5, 6, cell.numbers, "mark"))
        if cell.empty and not cell.lines:
            marks.append(Text(x + _PAD, y + top + 7.5, 7, "missing", "mark"))
        _fill(cell, Rectangle(x, y + top, across, height), marks, cut)
    return y + height


def _fill(cell: Cell, place: Rectangle, marks: list[Mark], cut: list[str]) -> None:
    """Write the lines of a box, smaller if they are wide; what is still too wide is cut and noted."""
    room = place.width - 2 * _PAD
    for number, line in enumerate(cell.lines):
        size = max(_SMALLEST, min(_VALUE, _VALUE * room / max(width(line, _VALUE), 0.1)))
        shown = _fitting(line, room, size)
        if shown != line:
            cut.append(f"In full, box {cell.box.number or cell.box.name}: {line}")
        marks.append(Text(place.x + _PAD, place.y + 7.5 + number * _LINE, size, shown))


def _fitting(text: str, room: float, size: float) -> str:
    """Return a text, cut where it is wider than its room."""
    if width(text, size) <= room + 0.01:
        return text
    end = len(text)
    while end and width(text[:end] + "…", size) > room:
        end -= 1
    return text[:end] + "…"


def _places(boxes: Iterable[Box]) -> Iterator[tuple[float, float, Box]]:
    """Yield the left edge and the width of each box of a row; the widths fill the page."""
    row = [*boxes]
    whole = sum(box.width for box in row)
    x = MARGIN
    for box in row:
        across = _ACROSS * box.width / whole
        yield x, across, box
        x += across


def _noted(notes: Sequence[str], end: float) -> Iterator[Page]:
    """Yield notes (findings, what is missing, and what found no room): what fits below the boxes, then whole pages."""
    lines = [line for note in notes for line in wrap(note, _NOTE, subsequent_indent="    ") or [""]]
    top = end + 2 * _STEP
    room = max(int((HEIGHT - MARGIN - top) / _STEP) - 1, 0)
    yield _listed(lines[:room], top) if lines[:room] else ()
    each = int((HEIGHT - 2 * MARGIN) / _STEP)
    for at in range(room, len(lines), each):
        yield _listed(lines[at : at + each], MARGIN - 6)


def _listed(lines: Sequence[str], top: float) -> Page:
    """Return lines of notes below their title."""
    texts = (Text(MARGIN, top + 6 + _STEP * number, 9, line) for number, line in enumerate(lines, 1))
    return Text(MARGIN, top, 9, "Notes", "title"), *texts
