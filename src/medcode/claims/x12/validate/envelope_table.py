"""What each element of ISA and GS must be, and how long the counts in their trailers may be.

Source: ASC X12 interchange control structures 00501 and their use in the 005010 guides (facts only).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from medcode.claims.x12.guides.groups import GROUPS
from medcode.claims.x12.text.values import read_date
from medcode.codesets.base import Malformed

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["COUNT_DIGITS", "HEADERS", "Row"]


class Row(NamedTuple):
    """One element of a header: its rule, whether a text is right, and what is required, in words."""

    number: int
    rule: str
    fits: Callable[[str], object]
    required: str


COUNT_DIGITS = {"ISA": 5, "GS": 6, "ST": 10}
"""How many digits the count in the trailer of a header has at most: IEA01, GE01, SE01."""


def _pattern(text: str) -> Callable[[str], object]:
    return re.compile(text, re.ASCII | re.DOTALL).fullmatch


def _one_of(*codes: str) -> tuple[Callable[[str], object], str]:
    return frozenset(codes).__contains__, f"{'one of ' if len(codes) > 1 else ''}{', '.join(codes)}"


def _wide(low: int, high: int) -> tuple[Callable[[str], object], str]:
    counted = str(low) if low == high else f"{low} to {high}"
    padded = ", padded with spaces" if low == high else ""
    return _pattern(f".{{{low},{high}}}"), f"{counted} characters{padded}"


def _is_day(text: str) -> bool:
    return not isinstance(read_date("D8", text), Malformed)


def _is_short_day(text: str) -> bool:
    return _is_day(f"20{text}")


_MINUTE = r"(?:[01]\d|2[0-3])[0-5]\d"
_PARTNERS = _one_of("01", "14", "20", "27", "28", "29", "30", "33", "ZZ")

HEADERS = {
    "ISA": (
        Row(1, "interchange-authorization-qualifier", *_one_of("00", "03")),
        Row(2, "interchange-header-element", *_wide(10, 10)),
        Row(3, "interchange-security-qualifier", *_one_of("00", "01")),
        Row(4, "interchange-header-element", *_wide(10, 10)),
        Row(5, "interchange-sender-qualifier", *_PARTNERS),
        Row(6, "interchange-header-element", *_wide(15, 15)),
        Row(7, "interchange-receiver-qualifier", *_PARTNERS),
        Row(8, "interchange-header-element", *_wide(15, 15)),
        Row(9, "interchange-date", _is_short_day, "a date, YYMMDD"),
        Row(10, "interchange-time", _pattern(_MINUTE), "a time, HHMM"),
        Row(12, "interchange-version", *_one_of("00501")),
        Row(13, "interchange-control-number", _pattern(r"\d{9}"), "a number of nine digits"),
        Row(14, "interchange-acknowledgment-request", *_one_of("0", "1")),
        Row(15, "interchange-usage", *_one_of("P", "T")),
        Row(16, "interchange-header-element", _pattern("."), "one character"),
    ),
    "GS": (
        Row(1, "group-header-element", *_one_of(*GROUPS)),
        Row(2, "group-header-element", *_wide(2, 15)),
        Row(3, "group-header-element", *_wide(2, 15)),
        Row(4, "group-header-element", _is_day, "a date, CCYYMMDD"),
        Row(5, "group-header-element", _pattern(rf"{_MINUTE}(?:[0-5]\d\d{{0,2}})?"), "a time, HHMM"),
        Row(6, "group-control-number", _pattern(r"\d{1,9}"), "a number of one to nine digits"),
        Row(7, "group-header-element", *_one_of("X")),
        Row(8, "group-version-unsupported", _pattern("005010.*"), "005010 and the guide"),
    ),
}
"""The elements of ISA and GS in their order; the repetition separator (ISA11) is checked with the delimiters."""
