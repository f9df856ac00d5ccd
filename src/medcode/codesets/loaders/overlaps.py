"""Rows of a list whose days overlap those of another row of the same code."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from medcode.codesets.loaders.faults import LoadError
    from medcode.codesets.user import Entry

__all__ = ["overlapping"]


def overlapping(
    rows: Iterable[tuple[int, Entry]], fault: Callable[[int, str, str], LoadError]
) -> tuple[str, ...]:
    """Return the note on overlapping rows, each with its line; none without any.

    Raises the fault where, on the same day, one row has the code as billable and another as a heading.
    """
    by_code: dict[str, list[tuple[int, Entry]]] = {}
    for line, entry in rows:
        by_code.setdefault(entry.code, []).append((line, entry))
    found: list[tuple[int, int, str]] = []
    for code, of_code in by_code.items():
        reach: dict[bool, tuple[date, int]] = {}  # how far billable rows, and headings, go so far
        for line, entry in sorted(of_code, key=lambda row: row[1].start or date.min):
            start, end = entry.start or date.min, entry.end or date.max
            for billable, (last, other) in reach.items():
                if start > last:
                    continue
                before, after = sorted((other, line))
                if billable != entry.billable:
                    reason = f"{code} is a heading and billable on the same days: lines {before} and {after}"
                    raise fault(after, "code", reason)
                found.append((after, before, code))
            reach[entry.billable] = max((end, line), reach.get(entry.billable, (end, line)))
    if not found:
        return ()
    after, before, code = min(found)
    return (
        f"{len(found):,} overlapping {'row' if len(found) == 1 else 'rows'} joined, the first {code} on lines {before} and {after}",
    )
