"""A sheet as HTML for a browser: boxes that flow to the width of the screen, the service lines as a table."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from medcode.markup import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from medcode.claims.forms.sheet import Cell, Sheet

__all__ = ["as_html", "as_part"]

_MOST_LINES = 50  # in a notebook
_PAGE = """
:root { color-scheme: light dark; --text: #111; --page: #fff; }
@media (prefers-color-scheme: dark) { :root { --text: #eee; --page: #181818; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; color: var(--text); background: var(--page); }
h1, h2 { font-family: Helvetica, Arial, sans-serif; } h1 { font-size: 1.3rem; } h2 { font-size: 1.05rem; }
"""
_FORM = """
.medcode-form { font: 1rem/1.4 Helvetica, Arial, sans-serif; max-width: 60rem; overflow-wrap: anywhere; }
.medcode-form .row { display: flex; flex-wrap: wrap; margin: 0 0 -1px; }
.medcode-form dl.box { border: 1px solid #8889; box-sizing: border-box; margin: 0 -1px 0 0; padding: .15rem .35rem; min-width: 7rem;
  min-height: 2.6rem; }
.medcode-form dt { font-size: .75rem; font-weight: normal; margin: 0; } .medcode-form dd { margin: 0; white-space: pre-wrap; }
.medcode-form .empty { background: #f5a62340; } .medcode-form .wrong { background: #e5393540; }
.medcode-form .mark { font-weight: bold; font-size: .8rem; }
.medcode-form .lines { overflow-x: auto; margin: .5rem 0; }
.medcode-form .lines table { border-collapse: collapse; margin: 0; width: 100%; font-size: 1rem; }
.medcode-form .lines th, .medcode-form .lines td { border: 1px solid #8889; padding: .15rem .35rem; text-align: left;
  vertical-align: top; min-width: 2.5rem; }
.medcode-form .lines th { font-size: .75rem; font-weight: normal; background: #8882; }
.medcode-form p.title { font-weight: bold; margin: .5rem 0; } .medcode-form li { margin: .2rem 0; }
"""
# The colors are those of the page around, with tints that leave any text readable on light and on dark.


def as_html(title: str, sheets: Sequence[Sheet]) -> str:
    """Return sheets as one page. Every text is escaped, and nothing is loaded or run."""
    body = "".join(
        f'<h2>{_text(name)}</h2><div class="medcode-form">{_sheet(name, sheet, len(sheet.lines))}</div>'
        for name, sheet in _named(sheets)
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{_text(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_PAGE}{_FORM}</style></head>'
        f"<body><main><h1>{_text(title)}</h1>{body}</main></body></html>\n"
    )


def as_part(sheet: Sheet) -> str:
    """Return a sheet as a part of a page, such as a notebook, with at most 50 service lines."""
    count = len(sheet.lines)
    name = f"{sheet.layout.name}, {count} line{'s' * (count != 1)}"
    form = _sheet(sheet.layout.name, sheet, _MOST_LINES)
    return f'<style>{_FORM}</style><div class="medcode-form"><p class="title">{_text(name)}</p>{form}</div>'


def _named(sheets: Sequence[Sheet]) -> Iterator[tuple[str, Sheet]]:
    """Yield sheets with their names."""
    for number, sheet in enumerate(sheets, 1):
        of = f", claim {number} of {len(sheets)}" if len(sheets) > 1 else ""
        yield f"{sheet.layout.name}{of}", sheet


def _sheet(name: str, sheet: Sheet, most: int) -> str:
    head = "".join(
        f'<th scope="col">{_text(f"{box.number} {box.name}")}</th>' for box in sheet.layout.columns
    )
    rows = "".join(
        f'<tr><th scope="row">{at}</th>{"".join(map(_column, row))}</tr>'
        for at, row in enumerate(sheet.lines[:most], 1)
    )
    left = len(sheet.lines) - most
    more = f"<p>and {left} more line{'s' * (left != 1)}</p>" if left > 0 else ""
    notes = "".join(f"<li>{_text(note)}</li>" for note in sheet.notes)
    return (
        f'<section aria-label="{_text(name)}">{_rows(sheet.above)}'
        f'<div class="lines" tabindex="0" role="region" aria-label="Service lines of {_text(name)}"><table><thead><tr>'
        f'<th scope="col">line</th>{head}</tr></thead><tbody>{rows}</tbody></table>{more}</div>{_rows(sheet.below)}'
        + (f'<p class="title">Notes</p><ul>{notes}</ul>' if notes else "")
        + "</section>"
    )


def _rows(rows: Iterable[Sequence[Cell]]) -> str:
    return "".join(f'<div class="row">{"".join(map(_box, row))}</div>' for row in rows)


def _box(cell: Cell) -> str:
    name = " ".join(filter(None, (cell.box.number, cell.box.name)))
    return (
        f'<dl class="box{_kind(cell)}" style="flex:{cell.box.width} 1 {cell.box.width / 2:g}%">'
        f"<dt>{_text(name)}{''.join(_marks(cell))}</dt><dd>{_shown(cell)}</dd></dl>"
    )


def _column(cell: Cell) -> str:
    return f'<td class="{_kind(cell).strip()}">{_shown(cell)}{"".join(_marks(cell))}</td>'


def _kind(cell: Cell) -> str:
    return " empty" if cell.empty else " wrong" if cell.wrong or cell.marks else ""


def _marks(cell: Cell) -> Iterator[str]:
    """Yield what is to be said of a box, in words and not by its color alone."""
    if cell.marks:
        yield f' <span class="mark">finding {cell.numbers}</span>'
    if cell.empty and not cell.entries:
        yield ' <span class="mark">missing</span>'


def _shown(cell: Cell) -> str:
    return "<br>".join(map(_text, cell.lines))


def _text(text: str) -> str:
    return escape(visible(text))
