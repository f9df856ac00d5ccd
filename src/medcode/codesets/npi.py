"""NPI: who gave the care, by number.

Ten digits, the first a 1 or a 2, the last a check digit: the Luhn formula over 80840 and the
number. No table ships; whether a number was ever given out is for the NPPES registry to say.
Judged on the day of the transaction.

Source: CMS, National Provider Identifier check digit; 45 CFR 162.406.

>>> Npi.is_valid("1234567893"), Npi.is_valid("7778889999")
(True, False)
>>> npi.status("1234567893"), npi.status("1234567890")
(<Status.NOT_CHECKED: 'not_checked'>, <Status.MALFORMED: 'malformed'>)
"""

from __future__ import annotations

import re
from typing import final

from medcode.codesets.base import Code, CodeSet, JudgedOn
from medcode.errors import InvalidCheckDigit

__all__ = ["PREFIX_SUM", "Npi", "check_digit", "npi"]

PREFIX_SUM = 24  # what the card issuer prefix 80840 adds to the Luhn sum
DOUBLED = bytes.maketrans(b"0123456789", b"0246813579")  # twice a digit, its own digits added


@final
class Npi(Code):
    """A National Provider Identifier.

    >>> Npi("1234567893")
    Npi('1234567893')
    >>> Npi("1234567890")
    Traceback (most recent call last):
        ...
    medcode.errors.InvalidCheckDigit: the check digit of NPI 1234567890 should be 3
    """

    __slots__ = ()

    label = "NPI"
    format_only = True
    pattern = re.compile(r"[12][0-9]{9}")
    expected = "ten digits, the first a 1 or a 2"
    good = ("1234567893",)
    bad = ("1234567890", "9876543210", "7778889999", "123456789")

    @classmethod
    def verify(cls, wire: str) -> None:
        """Raise InvalidCheckDigit unless the last digit fits the nine before it."""
        if wire[-1] != (digit := check_digit(wire[:-1])):
            raise InvalidCheckDigit(f"the check digit of NPI {wire} should be {digit}")


def check_digit(first_nine: str) -> str:
    """Return the tenth digit that belongs to the first nine of an NPI.

    >>> check_digit("123456789")
    '3'
    """
    digits = first_nine.encode()  # each 48 more than the digit, or in all 432
    return str(-(PREFIX_SUM + sum(digits[::2].translate(DOUBLED)) + sum(digits[1::2]) - 432) % 10)


npi = CodeSet("npi", Npi, judged_on=JudgedOn.TRANSACTION)
