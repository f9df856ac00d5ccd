"""Prefixes and ranges, as lists have them: `E11.-`, `E11%`, `E11.x`, `I20-I25`."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from medcode.codesets.base import Status
from medcode.codesets.references import Reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from medcode.codesets.base import CodeSet
    from medcode.codesets.code import Code
    from medcode.codesets.timeline import Table

__all__ = ["Span", "begun", "covers", "span_of"]

_PREFIX = re.compile(r"([0-9A-Za-z][0-9A-Za-z.]*?)\.?(?:[-%*]|(?<=\.)[xX]+)")
_RANGE = re.compile(r"([0-9A-Za-z][0-9A-Za-z.]{1,8})\s*[-–]\s*([0-9A-Za-z][0-9A-Za-z.]{1,8})")  # noqa: RUF001  # people type this dash
_AFTER = "\U0010ffff"  # sorts behind whatever a key goes on with
_VALID = {Status.BILLABLE, Status.HEADER}

Span = tuple[str, str]


def span_of(text: str) -> Span | None:
    """Return the first and last prefix that a pattern covers, in wire form; None if it is not a pattern.

    >>> span_of("e11.6-"), span_of("I20-I25"), span_of("E11.9")
    (('E116', 'E116'), ('I20', 'I25'), None)
    """
    if between := _RANGE.fullmatch(text):
        return _wire(between[1]), _wire(between[2])
    prefix = _PREFIX.fullmatch(text)
    return (_wire(prefix[1]), _wire(prefix[1])) if prefix else None


def covers(code_set: CodeSet[Any], span: Span, day: date) -> bool:
    """Whether a span has a code that is valid on a day."""
    owner = code_set.owner(span[0])
    return any(_valid(owner, owner.table, day).within(span))


def begun(code_set: CodeSet[Any], span: Span, since: date, day: date) -> list[str]:
    """Return the codes of a span that are billable on a day but not on an earlier one."""
    owner = code_set.owner(span[0])
    return list(owner.in_order(_begun(owner, owner.table, since, day).within(span)))


class _Index:
    """Codes by their length and their place in the classification: a span costs what it has, not what its table has."""

    def __init__(self, codes: Iterable[str], code_type: type[Code]) -> None:
        self._code_type = code_type
        self._rows: dict[int, list[tuple[str, str]]] = {}
        for code in codes:
            self._rows.setdefault(len(code), []).append((code_type.sort_key(code), code))
        for rows in self._rows.values():
            rows.sort()

    def within(self, span: Span) -> Iterator[str]:
        """Yield the codes of a span."""
        reference = Reference(*span, None, self._code_type)
        first, last = self._code_type.range_keys(*span)
        for length, rows in self._rows.items():
            if length >= min(map(len, span)):
                near = range(bisect_left(rows, (first,)), bisect_left(rows, (last + _AFTER,)))
                yield from filter(reference.covers, (rows[at][1] for at in near))


@lru_cache(maxsize=8)
def _valid(code_set: CodeSet[Any], table: Table, day: date) -> _Index:
    statuses = table.statuses[day]
    return _Index(
        (code for code in table.codes if statuses[table.lookup[code]] in _VALID), code_set.code_type
    )


@lru_cache(maxsize=8)
def _begun(code_set: CodeSet[Any], table: Table, since: date, day: date) -> _Index:
    before, after = table.statuses[since], table.statuses[day]
    numbers = ((code, table.lookup[code]) for code in table.codes)
    return _Index(
        (
            code
            for code, number in numbers
            if after[number] is Status.BILLABLE and before[number] is not Status.BILLABLE
        ),
        code_set.code_type,
    )


def _wire(text: str) -> str:
    return text.replace(".", "").upper()
