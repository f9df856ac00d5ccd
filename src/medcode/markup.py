"""Small tables for a notebook."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["html_table", "visible"]


def html_table(
    caption: str, heads: Sequence[str], rows: Iterable[Sequence[object]], *, named: bool = False
) -> str:
    """Write a table as HTML; every text is escaped, None is left blank. `named` rows begin with their name.

    >>> html_table("Codes", ["code"], [["<I10>"]])
    '<table><caption>Codes</caption><tr><th>code</th></tr><tr><td>&lt;I10&gt;</td></tr></table>'
    """
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    body = "".join(f"<tr>{''.join(_cells(row, named=named))}</tr>" for row in rows)
    return f"<table><caption>{escape(caption)}</caption>{f'<tr>{head}</tr>' if head else ''}{body}</table>"


def _cells(row: Sequence[object], *, named: bool) -> Iterator[str]:
    values = iter(row)
    if named:
        yield f'<th scope="row">{escape(str(next(values)))}</th>'
    yield from map(_cell, values)


def _cell(value: object) -> str:
    return f"<td>{'' if value is None else escape(str(value))}</td>"


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
