"""Modifiers: two characters behind a procedure that say how, where or why it was done.

Level II modifiers are CMS's and begin with a letter; those of CPT belong to the AMA, and only their
format ships, so that they are NOT_CHECKED. The table holds Level II by quarter, from 2019-07-01 to
2026-06-30, and the pairs of letters for the origin and the destination of an ambulance trip. Judged on
the day of service.

Source: CMS, HCPCS Level II modifiers; the titles are our own words.

>>> from datetime import date
>>> day = date(2026, 5, 4)
>>> modifiers.concept("LT", day).title, modifiers.concept("RH", day).title
('left side', "ambulance trip from the patient's residence to a hospital")
>>> modifiers.status("25", day), modifiers.status("ZQ", day)
(<Status.NOT_CHECKED: 'not_checked'>, <Status.UNKNOWN: 'unknown'>)
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, final

from medcode.codesets.base import Code, CodeSet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.codesets.search import Text

__all__ = ["Modifier", "modifiers"]


PHYSICAL_STATUS = frozenset({"P1", "P2", "P3", "P4", "P5", "P6"})


@final
class Modifier(Code):
    """A modifier of a procedure code."""

    __slots__ = ()

    label = "modifier"
    pattern = re.compile(r"[0-9A-Z]{2}")
    expected = "two letters or digits"
    good = ("25", "LT", "XE", "P1", "1P")
    bad = ("2", "259", "L-")

    @classmethod
    def is_licensed(cls, wire: str) -> bool:
        """Return whether a modifier is CPT's: one that begins with a digit, or P1 to P6.

        >>> [Modifier.is_licensed(text) for text in ("25", "1P", "P3", "LT")]
        [True, True, True, False]
        """
        return wire[0].isdigit() or wire in PHYSICAL_STATUS


class Modifiers(CodeSet[Modifier]):
    """Modifiers; one that also stands for an ambulance trip is found by either meaning."""

    def texts(self) -> Iterator[Text]:
        """Yield the meanings, which a semicolon separates in the titles."""
        return chain.from_iterable(map(_meanings, super().texts()))

    def texts_of(self, code: str) -> Sequence[Text]:
        """Return the meanings of one code, as `texts` does."""
        return [meaning for title in super().texts_of(code) for meaning in _meanings(title)]


def _meanings(title: Text) -> Iterator[Text]:
    return (title._replace(text=text) for text in title.text.split("; "))


modifiers = Modifiers("modifiers", Modifier, table="modifiers", titles="modifiers_titles")
