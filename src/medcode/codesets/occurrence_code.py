"""Occurrence code: an event of a day, or of a span of days, that bears on an institutional claim.

Two digits or letters. Only the format ships: the list is licensed by the National Uniform Billing Committee, and
its table is the user's to load.
Judged on the day of the transaction.

Source: NUBC, Official UB-04 Data Specifications Manual, form locators 31 to 36.

>>> occurrence_code.status("11"), occurrence_code.status("111")
(<Status.NOT_CHECKED: 'not_checked'>, <Status.MALFORMED: 'malformed'>)
"""

from __future__ import annotations

import re
from typing import final

from medcode.codesets.base import Code, CodeSet, JudgedOn

__all__ = ["OccurrenceCode", "occurrence_code"]


@final
class OccurrenceCode(Code):
    """An occurrence code."""

    __slots__ = ()

    label = "occurrence code"
    pattern = re.compile(r"[0-9A-Z]{2}")
    expected = "two digits or letters"
    good = ("11", "A1")
    bad = ("1",)


occurrence_code = CodeSet("occurrence_code", OccurrenceCode, judged_on=JudgedOn.TRANSACTION)
