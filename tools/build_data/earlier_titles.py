"""Builds tables of the titles that codes had before the one of the newest release."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

from medcode.codesets.store import pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def earlier_titles(header: Mapping[str, object], rows: Iterable[tuple[str, int, str]]) -> bytes:
    """Return a table file; a row is a code, the last day of a title (YYYYMMDD), and the title."""
    ordered = sorted(rows)
    days = sorted({day for _, day, _ in ordered})
    columns: dict[str, Any] = {
        "code": [code for code, _, _ in ordered],
        "until": array("H", (days.index(day) for _, day, _ in ordered)),
        "title": [title for _, _, title in ordered],
    }
    return pack({**header, "coverage": [None, None], "days": days}, columns)
