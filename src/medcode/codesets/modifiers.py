"""Modifiers: two characters behind a procedure that say how, where or why it was done.

Level II modifiers are CMS's and have a letter; those of CPT belong to the AMA, and only their format
ships. The table names Level II modifiers unchanged since 1 January 2015 or begun
since, by no means all: one that it does not hold is NOT_CHECKED until a release of HCPCS is loaded.
Judged on the day of service.

Source: CMS, HCPCS Level II modifiers; the titles are our own words.

>>> modifiers["LT"].title, modifiers.status("25")
('left side', <Status.NOT_CHECKED: 'not_checked'>)
"""

from __future__ import annotations

import re
from typing import final

from medcode.codesets.base import Code, CodeSet

__all__ = ["Modifier", "modifiers"]


@final
class Modifier(Code):
    """A modifier of a procedure code."""

    __slots__ = ()

    label = "modifier"
    pattern = re.compile(r"[0-9A-Z]{2}")
    expected = "two letters or digits"
    good = ("25", "LT", "XE", "P1", "1P")
    bad = ("2", "259", "L-")


modifiers = CodeSet("modifiers", Modifier, table="modifiers", titles="modifiers")
