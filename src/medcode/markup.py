"""Small tables for a notebook."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["STYLE", "grouped_table", "html_table", "visible"]

STYLE = (
    "<style>table.medcode{border-collapse:collapse;margin:.5em 0;overflow-wrap:break-word}"
    "table.medcode caption{text-align:left;font-weight:bold;padding:.2em 0;color:inherit}"
    "table.medcode th,table.medcode td{text-align:left;vertical-align:top;padding:.2em .6em;border-bottom:1px solid #8886;"
    "white-space:normal;max-width:40em}</style>"
)
"""The style of tables; the colors are those of the page around, light or dark."""


def html_table(
    caption: str, heads: Sequence[str], rows: Iterable[Sequence[object]], *, named: bool = False
) -> str:
    """Write a table as HTML; every text is escaped, None is left blank. `named` rows begin with their name.

    >>> html_table("Codes", ["code"], [["<I10>"]]).removeprefix(STYLE)
    '<table class="medcode"><caption>Codes</caption><tr><th scope="col">code</th></tr><tr><td>&lt;I10&gt;</td></tr></table>'
    """
    body = "".join(_row(row, named=named) for row in rows)
    return f'{STYLE}<table class="medcode"><caption>{_text(caption)}</caption>{_head(heads)}{body}</table>'


def grouped_table(
    caption: str, heads: Sequence[str], groups: Iterable[tuple[str, Sequence[Sequence[object]]]]
) -> str:
    """Write a table whose rows are in groups, each below its name.

    >>> grouped_table("Findings", ["rule"], [("Claim 1", [["CLM02"]])]).partition("</caption>")[2]
    '<tr><th scope="col">rule</th></tr><tbody><tr><th colspan="1" scope="rowgroup">Claim 1</th></tr><tr><td>CLM02</td></tr></tbody></table>'
    """
    body = "".join(
        f'<tbody><tr><th colspan="{len(heads)}" scope="rowgroup">{_text(name)}</th></tr>'
        f"{''.join(map(_row, rows))}</tbody>"
        for name, rows in groups
    )
    return f'{STYLE}<table class="medcode"><caption>{_text(caption)}</caption>{_head(heads)}{body}</table>'


def _head(heads: Sequence[str]) -> str:
    cells = "".join(f'<th scope="col">{_text(text)}</th>' for text in heads)
    return f"<tr>{cells}</tr>" if cells else ""


def _row(row: Sequence[object], *, named: bool = False) -> str:
    return f"<tr>{''.join(_cells(row, named=named))}</tr>"


def _cells(row: Sequence[object], *, named: bool) -> Iterator[str]:
    values = iter(row)
    if named:
        yield f'<th scope="row">{_text(next(values))}</th>'
    yield from map(_cell, values)


def _cell(value: object) -> str:
    return f"<td>{'' if value is None else _text(value)}</td>"


def _text(value: object) -> str:
    return escape(visible(str(value)))


def visible(text: str) -> str:
    r"""Return a text with its control characters written as escapes, which XML cannot hold and no reader shows.

    >>> visible("a\x00b\x1b")
    'a\\x00b\\x1b'
    """
    if text.isprintable():
        return text
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode("ascii") for each in text
    )
