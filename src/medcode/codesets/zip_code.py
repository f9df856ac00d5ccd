"""ZIP code: where in the US an address is, five digits or nine.

Claims of the 005010 guides want all nine for the billing provider and the service facility.

Source: United States Postal Service, Publication 28.

>>> ZipCode("10001-2345") == "100012345", ZipCode("10001").plus4
(True, None)
"""

from __future__ import annotations

import re
from typing import final

from medcode.codesets.base import Code, CodeSet, JudgedOn

__all__ = ["ZipCode", "zip_code"]

FIVE = 5


@final
class ZipCode(Code):
    """A ZIP code with or without its last four digits.

    >>> ZipCode("100012345")
    ZipCode('10001-2345')
    """

    __slots__ = ()

    label = "ZIP code"
    format_only = True
    pattern = re.compile(r"[0-9]{5}(-?[0-9]{4})?")
    expected = "five digits, or nine with or without a dash after the fifth"
    good = ("10001", "10001-2345", "100012345")
    bad = ("1000", "10001-234", "1000123456")

    @classmethod
    def wire(cls, text: str) -> str | None:
        """Return the digits; None for text that is not in the format."""
        wire = super().wire(text)
        return None if wire is None else wire.replace("-", "")

    @property
    def dotted(self) -> str:
        """The code with its dash."""
        return f"{self[:FIVE]}-{self.plus4}" if self.plus4 else str(self)

    @property
    def plus4(self) -> str | None:
        """The last four of nine digits."""
        return self[FIVE:] or None


zip_code = CodeSet("zip_code", ZipCode, judged_on=JudgedOn.TRANSACTION)
