"""The plain values that claims are made of: words, numbers, money, days.

Each is drawn as one whole number and written out, which is fast and shrinks to the smallest.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from hypothesis.strategies import SearchStrategy

__all__ = [
    "DAY",
    "charges",
    "days_until",
    "identifiers",
    "kept",
    "listed",
    "maybe",
    "money",
    "names",
    "numbers",
    "one_of",
    "some",
    "texts",
    "word",
    "words",
]

DAY = date(2026, 1, 5)
"""The day of care where none is named: every shipped table covers it, and it does not move with the calendar."""

P = ParamSpec("P")
T = TypeVar("T")

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ALPHANUMERIC = f"{LETTERS}0123456789"
LONG_WORD, SHORT_WORD = 20, 4
MARKS = ("-", "'", " ", "", "", "", "")


def kept(function: Callable[P, T]) -> Callable[P, T]:
    """Remember what a function returned for the same arguments: a strategy that is made once is drawn from faster."""
    return cast("Callable[P, T]", cache(function))


def written(number: int, marks: str) -> str:
    """Write a whole number in the digits that marks are.

    >>> written(0, LETTERS), written(27, LETTERS)
    ('A', 'BB')
    """
    digits = []
    while True:
        number, digit = divmod(number, len(marks))
        digits.append(marks[digit])
        if not number:
            return "".join(reversed(digits))


def one_of(values: Sequence[Any]) -> SearchStrategy[Any]:
    """Draw one of many values, the first when shrunk; no copy of them is made."""
    return st.integers(0, len(values) - 1).map(values.__getitem__)


@kept
def words(longest: int) -> SearchStrategy[str]:
    """Draw words of capital letters."""
    return st.integers(0, 26 ** min(longest, LONG_WORD) - 1).map(word)


def word(number: int) -> str:
    """Write a whole number as a word."""
    return written(number, LETTERS)


@kept
def names(longest: int = 35) -> SearchStrategy[str]:
    """Draw names in capital letters, such as a claim carries; the longer ones may have two words."""
    return st.integers(0, 26 ** min(longest - 1, LONG_WORD) - 1).map(name)


def name(number: int) -> str:
    """Write a whole number as a name.

    >>> name(0), name(26**5), name(26**5 + 5)
    ('A', 'BAAAAA', "BA'AAAF")
    """
    text = word(number)
    mark = MARKS[number % len(MARKS)] if len(text) > SHORT_WORD else ""
    return f"{text[:2]}{mark}{text[2:]}"


@kept
def texts(longest: int = 80) -> SearchStrategy[str]:
    """Draw a few words, for notes and descriptions."""
    return st.lists(words(longest // 5), min_size=1, max_size=4).map(" ".join)


@kept
def identifiers(shortest: int = 2, longest: int = 20) -> SearchStrategy[str]:
    """Draw identifiers of capital letters and digits."""
    return st.integers(0, 36**longest - 1).map(
        lambda number: written(number, ALPHANUMERIC).rjust(shortest, "A")
    )


@kept
def numbers(width: int, low: int = 0, high: int | None = None) -> SearchStrategy[str]:
    """Draw numbers written with so many digits."""
    return st.integers(low, high or 10**width - 1).map(lambda number: f"{number:0{width}}")


@kept
def money(most: int = 99_999) -> SearchStrategy[Decimal]:
    """Draw amounts in US dollars and cents, more than nothing."""
    return st.integers(1, most * 100).map(lambda cents: Decimal(cents).scaleb(-2))


@kept
def charges() -> SearchStrategy[Decimal]:
    """Draw what a service may cost, in US dollars."""
    return money(9_999)


@kept
def days_until(on: date, most: int = 60) -> SearchStrategy[date]:
    """Draw days up to a day, that day when shrunk."""
    return st.integers(0, most).map(lambda days: on - timedelta(days))


@kept
def listed(strategy: SearchStrategy[Any], most: int = 2) -> SearchStrategy[tuple[Any, ...]]:
    """Draw a tuple of one or a few different values."""
    return st.lists(strategy, min_size=1, max_size=most, unique=True).map(tuple)


def some(table: Mapping[str, SearchStrategy[Any]], most: int = 3) -> SearchStrategy[dict[str, Any]]:
    """Draw a few entries of a table of strategies, drawn; none of them when shrunk."""
    entries = list(table)
    return entries_of(table, st.lists(one_of(entries), max_size=most, unique=True))


@st.composite
def entries_of(
    draw: st.DrawFn, table: Mapping[str, SearchStrategy[Any]], chosen: SearchStrategy[list[str]]
) -> dict[str, Any]:
    """Draw the entries of a table that are chosen."""
    return {entry: draw(table[entry]) for entry in draw(chosen)}


def maybe(text: str, most: int = 99) -> SearchStrategy[str | None]:
    """Draw nothing, or a text with a number in it."""
    return st.integers(0, most).map(lambda number: text.format(number) if number else None)
