"""MBI: the number by which Medicare knows a person.

Eleven characters: positions 2, 5, 8 and 9 are letters, 3 and 6 letters or digits, the others digits,
the first not 0; S, L, O, I, B and Z are never used. It identifies a person, so it is never shown.

Source: CMS, Understanding the Medicare Beneficiary Identifier Format.

>>> Mbi.is_valid("1EG4-TE5-MK73"), Mbi.is_valid("1SG4TE5MK73")
(True, False)
"""

from __future__ import annotations

import re
from typing import final

from medcode.codesets.base import Code, CodeSet, JudgedOn

__all__ = ["Mbi", "mbi"]

LETTER = "[AC-HJKMNP-RT-Y]"
EITHER = "[0-9AC-HJKMNP-RT-Y]"


@final
class Mbi(Code):
    """A Medicare Beneficiary Identifier; the dashes of the card are left out.

    >>> Mbi("1eg4-te5-mk73")
    Mbi('…')
    """

    __slots__ = ()

    label = "MBI"
    format_only = True
    private = True
    pattern = re.compile(rf"[1-9]{LETTER}{EITHER}[0-9](-?){LETTER}{EITHER}[0-9]\1{LETTER}{LETTER}[0-9]{{2}}")
    expected = "eleven letters and digits, each of its kind at its place"
    good = ("1EG4TE5MK73", "1EG4-TE5-MK73")
    bad = ("0EG4TE5MK73", "1SG4TE5MK73", "1EG4TE5MK7", "1EG4-TE5MK73")

    @classmethod
    def wire(cls, text: str) -> str | None:
        """Return the number without dashes; None for text that is not in the format."""
        wire = super().wire(text)
        return None if wire is None else wire.replace("-", "")


mbi = CodeSet("mbi", Mbi, judged_on=JudgedOn.TRANSACTION)
