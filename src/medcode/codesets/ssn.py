"""SSN: a social security number, where a claim names a provider or a person by one.

Nine digits. Numbers with area 000, 666 or 900 to 999, group 00 or serial 0000 were never given out.
It identifies a person, so it is never shown.

Source: Social Security Administration, POMS RM 10201.035.

>>> Ssn.is_valid("219-09-9999"), Ssn.is_valid("666123456")
(True, False)
"""

from __future__ import annotations

import re
from typing import final

from medcode.codesets.base import Code, CodeSet, JudgedOn

__all__ = ["Ssn", "ssn"]


@final
class Ssn(Code):
    """A social security number; dashes are left out.

    >>> Ssn("219-09-9999") == "219099999"
    True
    """

    __slots__ = ()

    label = "SSN"
    format_only = True
    private = True
    pattern = re.compile(r"(?!000|666|9)[0-9]{3}(-?)(?!00)[0-9]{2}\1(?!0000)[0-9]{4}")
    expected = "nine digits of a number that could have been given out"
    good = ("219-09-9999", "219099999")
    bad = ("000-12-3456", "666123456", "900123456", "123006789", "123450000", "123-456789")

    @classmethod
    def wire(cls, text: str) -> str | None:
        """Return the number without dashes; None for text that is not in the format."""
        wire = super().wire(text)
        return None if wire is None else wire.replace("-", "")


ssn = CodeSet("ssn", Ssn, judged_on=JudgedOn.TRANSACTION)
