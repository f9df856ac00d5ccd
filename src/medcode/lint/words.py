"""Codes among the words of a cell, a string or a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["CERTAIN", "CODE", "attempted", "codes_in", "like_a_code", "missing"]

CERTAIN = re.compile(r"(?!V[0-9]{2}\.[0-9]{1,2}$)[A-Z][0-9][0-9A-Z]\.(?:[0-9A-Z]{1,4}|[0-9A-Z]{0,3}[-%*])")
"""Only ICD-10-CM looks like this; V12.3 may be of ICD-9-CM."""

CODE = re.compile(r"[A-Z][0-9][0-9A-Z](\.?[0-9A-Z]{1,4})?|[0-9][0-9A-Z]{2,6}(\.[0-9]{1,2})?", re.IGNORECASE)
"""What a key that is a code looks like."""

_WORD = re.compile(r"[^\s,;|]+")
_LIKE_A_CODE = re.compile(r"(?=[^0-9]{0,12}[0-9])[0-9A-Za-z][0-9A-Za-z.]{0,11}(?:[-%*]|-[0-9A-Za-z.]{2,12})?")
_RANGE = re.compile(r"([0-9A-Za-z][0-9A-Za-z.]{1,11})\s*[-–]\s*([0-9A-Za-z][0-9A-Za-z.]{1,11})")  # noqa: RUF001  # people type this dash
_ATTEMPT = re.compile(r"(?=[^0-9]*[0-9])[0-9A-Za-z.]{2,12}")
_NOTHING = frozenset({"", "-", ".", "na", "n/a", "nan", "none", "null", "nil", "unknown", "?"})


def codes_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield the codes that a text begins with, each with its offset; otherwise the whole text.

    >>> list(codes_in("E11.9, I20-I25")), list(codes_in(" I10 Hypertension")), list(codes_in("none here"))
    ([(0, 'E11.9'), (7, 'I20-I25')], [(1, 'I10')], [(0, 'none here')])
    """
    bare = text.strip()
    start = text.index(bare)
    if _LIKE_A_CODE.fullmatch(bare) or _RANGE.fullmatch(bare):
        yield start, bare
        return
    nothing_yet = True
    for found in _WORD.finditer(text):
        if not _LIKE_A_CODE.fullmatch(found[0]):
            break
        yield found.start(), found[0]
        nothing_yet = False
    if nothing_yet:
        yield start, bare


def like_a_code(word: str) -> bool:
    """Whether a word may be a code or a pattern: letters and digits, at least one of these."""
    return _LIKE_A_CODE.fullmatch(word) is not None


def attempted(text: str) -> bool:
    """Whether a text looks like a mistyped code: a few letters and digits."""
    return _ATTEMPT.fullmatch(text) is not None


def missing(text: str) -> bool:
    """Whether a text means a missing value, such as `NULL`."""
    return text.lower() in _NOTHING
