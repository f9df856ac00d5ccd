"""Type of bill: the place, the kind of care and the frequency of an institutional claim.

UB-04 writes four characters with a zero in front (0131); X12 splits them, place and care in CLM05-1
(13), the frequency in CLM05-3 (1), an A between to say which code set this is. Only the format ships:
the list is licensed by the National Uniform Billing Committee, and its table is the user's to load.
Judged on the day of the transaction.

Source: NUBC, Official UB-04 Data Specifications Manual, form locator 4; X12 005010X223A2, CLM05.

>>> bill_type.status("0131"), bill_type.status("1310")
(<Status.NOT_CHECKED: 'not_checked'>, <Status.MALFORMED: 'malformed'>)
"""

from __future__ import annotations

import re
from typing import Self, final

from medcode.codesets.base import Code, CodeSet, JudgedOn

__all__ = ["BillType", "bill_type"]


@final
class BillType(Code):
    """A type of bill in the four characters of UB-04.

    >>> BillType("131"), BillType("13:A:1").facility, BillType("0131").frequency
    (BillType('0131'), '13', '1')
    >>> BillType.of("14", "1").clm05
    ('14', 'A', '1')
    """

    __slots__ = ()

    label = "type of bill"
    pattern = re.compile(r"0?[1-9][1-9][0-9A-Z]|[1-9][1-9]:A:[0-9A-Z]")
    expected = "two digits and a digit or letter, with a zero in front, or X12's 13:A:1"
    good = ("0131", "131", "033X", "13:A:1", "14:A:1", "0117")
    bad = ("0031", "1310", "13:B:1", "13A1", "0101")

    @classmethod
    def wire(cls, text: str) -> str | None:
        """Return the four characters; None for text that is not in the format."""
        wire = super().wire(text)
        return None if wire is None else wire.replace(":A:", "").zfill(4)

    @classmethod
    def of(cls, facility: str, frequency: str) -> Self:
        """Build it of what X12 carries: CLM05-1 and CLM05-3."""
        return cls(f"{facility}:A:{frequency}")

    @property
    def facility(self) -> str:
        """The place and the kind of care: CLM05-1."""
        return self[1:3]

    @property
    def frequency(self) -> str:
        """The frequency: CLM05-3."""
        return self[3]

    @property
    def clm05(self) -> tuple[str, str, str]:
        """The three parts of CLM05."""
        return self.facility, "A", self.frequency


bill_type = CodeSet("bill_type", BillType, judged_on=JudgedOn.TRANSACTION)
