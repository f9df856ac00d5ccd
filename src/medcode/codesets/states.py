"""States: the two letters of a US state, territory or military post in an address.

Judged on the day of the transaction.

Source: United States Postal Service, Publication 28, appendix B.

>>> states["NE"].title, "XX" in states
('Nebraska', False)
"""

from __future__ import annotations

import re
from typing import final

from medcode.codesets.base import Code, CodeSet, JudgedOn

__all__ = ["State", "states"]


@final
class State(Code):
    """A US state, territory or military post."""

    __slots__ = ()

    label = "US state"
    pattern = re.compile(r"[A-Z]{2}")
    expected = "two letters"
    good = ("NE", "pr")
    bad = ("N", "NEB", "N1")


states = CodeSet("states", State, table="states", titles="states", judged_on=JudgedOn.TRANSACTION)
