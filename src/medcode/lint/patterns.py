"""Prefixes and ranges, as lists have them: `E11.-`, `E11%`, `E11.x`, `I20-I25`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from medcode.codesets.base import Status
from medcode.codesets.references import Reference

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from medcode.codesets.base import CodeSet

__all__ = ["Span", "begun", "covers", "span_of"]

_PREFIX = re.compile(r"([0-9A-Za-z][0-9A-Za-z.]*?)\.?(?:[-%*]|(?<=\.)[xX]+)")
_RANGE = re.compile(r"([0-9A-Za-z][0-9A-Za-z.]{1,8})\s*[-–]\s*([0-9A-Za-z][0-9A-Za-z.]{1,8})")  # noqa: RUF001  # people type this dash
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
    return any(code_set.status(code, day) in _VALID for code in _within(code_set, span))


def begun(code_set: CodeSet[Any], span: Span, since: date, day: date) -> list[str]:
    """Return the codes of a span that are billable on a day but not on an earlier one."""
    table = code_set.table
    before, after = table.statuses[since], table.statuses[day]
    numbers = ((code, table.lookup[code]) for code in _within(code_set, span))
    return [
        code
        for code, number in numbers
        if after[number] is Status.BILLABLE and before[number] is not Status.BILLABLE
    ]


def _within(code_set: CodeSet[Any], span: Span) -> Sequence[str]:
    return code_set.owner(span[0]).named_by(Reference(*span, None, code_set.code_type))


def _wire(text: str) -> str:
    return text.replace(".", "").upper()
