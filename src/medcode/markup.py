"""Small tables for a notebook."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["html_table", "visible"]


def html_table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write a table as HTML; every text is escaped, None is left blank.

    >>> html_table("Codes", ["code"], [["<I10>"]])
    '<table><caption>Codes</caption><tr><th>code</th></tr><tr><td>&lt;I10&gt;</td></tr></table>'
    """
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    body = "".join(f"<tr>{''.join(_cell(value) for value in row)}</tr>" for row in rows)
    return f"<table><caption>{escape(caption)}</caption><tr>{head}</tr>{body}</table>"


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
