"""Value code: what an amount beside it on an institutional claim means.

Two digits or letters. Only the format ships: the list is licensed by the National Uniform Billing Committee, and
its table is the user's to load.
Judged on the day of the transaction.

Source: NUBC, Official UB-04 Data Specifications Manual, form locators 39 to 41.

>>> value_code.status("A0"), value_code.status("A")
(<Status.NOT_CHECKED: 'not_checked'>, <Status.MALFORMED: 'malformed'>)
"""

from __future__ import annotations

import re
from typing import final

from medcode.codesets.base import Code, CodeSet, JudgedOn

__all__ = ["ValueCode", "value_code"]


@final
class ValueCode(Code):
    """A value code."""

    __slots__ = ()

    label = "value code"
    pattern = re.compile(r"[0-9A-Z]{2}")
    expected = "two digits or letters"
    good = ("45", "A0")
    bad = ("4", "455")


value_code = CodeSet("value_code", ValueCode, judged_on=JudgedOn.TRANSACTION)
