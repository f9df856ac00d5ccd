"""A sheet as HTML for a browser: boxes that flow to the width of the screen, the service lines as a table."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from medcode.markup import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from medcode.claims.forms.sheet import Cell, Sheet

__all__ = ["as_html"]

_STYLE = """
:root { color-scheme: light dark; --text: #111; --page: #fff; --quiet: #555; --line: #777; --head: #eee; --empty: #fde8c8;
  --wrong: #fbdada; --mark: #a4000f; }
@media (prefers-color-scheme: dark) { :root { --text: #eee; --page: #181818; --quiet: #bbb; --line: #888; --head: #333;
  --empty: #4d3600; --wrong: #5a1a1f; --mark: #ff9a9a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; color: var(--text); background: var(--page);
  font: 1rem/1.4 Helvetica, Arial, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.3rem; } h2 { font-size: 1.05rem; }
.row { display: flex; flex-wrap: wrap; margin: 0 0 -1px; }
.box { border: 1px solid var(--line); margin: 0 -1px 0 0; padding: .15rem .35rem; min-width: 7rem; min-height: 2.6rem; }
dt, th { color: var(--quiet); font-size: .75rem; font-weight: normal; } dl { margin: 0; } dd { margin: 0; white-space: pre-wrap; }
.empty { background: var(--empty); } .wrong { background: var(--wrong); }
.mark { color: var(--mark); font-weight: bold; font-size: .8rem; }
.lines { overflow-x: auto; margin: .5rem 0; } table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid var(--line); padding: .15rem .35rem; text-align: left; vertical-align: top; white-space: nowrap; }
th { background: var(--head); color: var(--text); } li { margin: .2rem 0; }
"""


def as_html(title: str, sheets: Sequence[Sheet]) -> str:
    """Return sheets as one page. Every text is escaped, and nothing is loaded or run."""
    body = "".join(_sheet(number, sheet, len(sheets)) for number, sheet in enumerate(sheets, 1))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{_text(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>'
        f"<body><main><h1>{_text(title)}</h1>{body}</main></body></html>\n"
    )


def _sheet(number: int, sheet: Sheet, count: int) -> str:
    name = f"{sheet.layout.name}, claim {number} of {count}" if count > 1 else sheet.layout.name
    head = "".join(
        f'<th scope="col">{_text(f"{box.number} {box.name}")}</th>' for box in sheet.layout.columns
    )
    rows = "".join(
        f'<tr><th scope="row">{at}</th>{"".join(map(_column, row))}</tr>'
        for at, row in enumerate(sheet.lines, 1)
    )
    notes = "".join(f"<li>{_text(note)}</li>" for note in sheet.notes)
    return (
        f'<section aria-label="{_text(name)}"><h2>{_text(name)}</h2>{_rows(sheet.above)}'
        f'<div class="lines" tabindex="0" role="region" aria-label="Service lines of {_text(name)}"><table><thead><tr>'
        f'<th scope="col">line</th>{head}</tr></thead><tbody>{rows}</tbody></table></div>{_rows(sheet.below)}'
        + (f"<h3>Notes</h3><ul>{notes}</ul>" if notes else "")
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
