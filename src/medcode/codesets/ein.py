"""EIN: the number by which the tax office knows an employer.

Nine digits; people write a dash after the second, a claim none.

Source: Internal Revenue Service, Publication 1635; X12 005010X222A1, REF*EI.

>>> Ein("10-1234567") == "101234567"
True
"""

from __future__ import annotations

import re
from typing import final

from medcode.codesets.base import Code, CodeSet, JudgedOn

__all__ = ["Ein", "ein"]


@final
class Ein(Code):
    """An employer identification number.

    >>> Ein("101234567")
    Ein('10-1234567')
    """

    __slots__ = ()

    label = "EIN"
    format_only = True
    pattern = re.compile(r"[0-9]{2}-?[0-9]{7}")
    expected = "nine digits, a dash after the second for people"
    good = ("10-1234567", "101234567")
    bad = ("1-01234567", "12345678")

    @classmethod
    def wire(cls, text: str) -> str | None:
        """Return the nine digits; None for text that is not in the format."""
        wire = super().wire(text)
        return None if wire is None else wire.replace("-", "")

    @property
    def dotted(self) -> str:
        """The number with its dash."""
        return f"{self[:2]}-{self[2:]}"


ein = CodeSet("ein", Ein, judged_on=JudgedOn.TRANSACTION)
