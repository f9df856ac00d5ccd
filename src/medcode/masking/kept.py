"""What of a known segment is kept: codes, amounts, counts and days of files, where a guide has them.

A value that stands where no guide has any, or that is not what its element holds, may be anything, and is masked.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from medcode.claims.x12.guides import GUIDES, codes_in_use, guide
from medcode.claims.x12.guides.dictionary import COMPOSITES, DATA_ELEMENTS, SEGMENTS
from medcode.claims.x12.guides.grammar import Composite, Segment, Usage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.x12.guides.dictionary import DataElement

__all__ = ["is_composite", "is_kept"]

_ENVELOPE = {"ISA": 16, "IEA": 2, "GS": 8, "GE": 2, "TA1": 5, "ST": 3, "SE": 2}
"""How many elements the segments around and at the ends of transaction sets have."""
_NUMBERS = frozenset({"R", "N0", "DT", "TM"})
_SHORT_CODE = 2
"""A code of more characters that no guide lists has a digit, which a name such as LEE has not."""
_WORDS = {"721": frozenset(SEGMENTS) | frozenset(_ENVELOPE), "100": frozenset({"CAD", "EUR", "MXN", "USD"})}
"""Codes of letters alone that guides do not list, by the data element: ids of segments, and currencies."""
_LONGEST = {"127": 10, "1271": 8}
"""The most characters of a code, by the data element, where X12 allows longer texts: a taxonomy, a diagnosis with its dot."""
_LONGEST_CODE = 15
"""The most of any other: the GTIN of a product has 14, the version of a guide 12."""


@cache
def _used() -> frozenset[tuple[str, int, int]]:
    """Return the elements that any guide uses, by segment and number; components by theirs, which is 0 for the element."""
    return frozenset(
        (part.id, *place)
        for names in GUIDES.values()
        for part in guide(names.split()[0]).root.walk()
        if isinstance(part, Segment)
        for place in _places(part)
    )


def _places(segment: Segment) -> Iterator[tuple[int, int]]:
    for number, row in enumerate(segment.elements, 1):
        if row.usage is Usage.NOT_USED:
            continue
        yield number, 0
        if isinstance(row, Composite):
            for at, each in enumerate(row.elements, 1):
                if each.usage is not Usage.NOT_USED:
                    yield number, at


def is_composite(segment: str, element: int) -> bool:
    """Whether an element is made of components."""
    return _number(segment, element) in COMPOSITES


def _number(segment: str, element: int) -> str:
    """Return the number of the data element or composite that an element is; empty if the segment has none there."""
    known = SEGMENTS.get(segment)
    return known.elements[element - 1] if known and element <= len(known.elements) else ""


def is_kept(segment: str, element: int, component: int, text: str) -> bool:
    """Whether a text is what a guide has at its place; `component` is 0 for a whole element.

    >>> is_kept("CLM", 2, 0, "125.5"), is_kept("CLM", 2, 0, "JANE DOE"), is_kept("REF", 3, 0, "JANE DOE")
    (True, False, False)
    """
    number = _number(segment, element)
    if number in COMPOSITES:
        component = component or 1  # a composite of one component has no separator
        number = "".join(COMPOSITES[number][component - 1 : component])
    is_used = (
        element <= _ENVELOPE[segment] and not component
        if segment in _ENVELOPE
        else (segment, element, component) in _used()
    )
    return is_used and (number not in DATA_ELEMENTS or _is_of(DATA_ELEMENTS[number], text))


def _is_of(data: DataElement, text: str) -> bool:
    """Whether a text may be a value of a data element: a number, a day, an hour, or a code."""
    if data.type in _NUMBERS:
        return not any(sign.isalpha() for sign in text)
    if text in codes_in_use().get(data.number, ()) or text in _WORDS.get(data.number, ()):
        return True
    is_code = len(text) <= _SHORT_CODE or any(sign.isdigit() for sign in text)
    is_word = not any(sign.isspace() for sign in text.strip())
    return is_code and is_word and len(text) <= min(data.maximum, _LONGEST.get(data.number, _LONGEST_CODE))
