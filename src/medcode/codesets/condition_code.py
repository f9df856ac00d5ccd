"""Condition code: what is special about an institutional claim.

Two digits or letters. Only the format ships: the list is licensed by the National Uniform Billing Committee, and
its table is the user's to load.
Judged on the day of the transaction.

Source: NUBC, Official UB-04 Data Specifications Manual, form locators 18 to 28.

>>> condition_code.status("45"), condition_code.status("4")
(<Status.NOT_CHECKED: 'not_checked'>, <Status.MALFORMED: 'malformed'>)
"""

from __future__ import annotations

import re
from typing import final

from medcode.codesets.base import Code, CodeSet, JudgedOn

__all__ = ["ConditionCode", "condition_code"]


@final
class ConditionCode(Code):
    """A condition code."""

    __slots__ = ()

    label = "condition code"
    pattern = re.compile(r"[0-9A-Z]{2}")
    expected = "two digits or letters"
    good = ("45", "A6")
    bad = ("4", "455")


condition_code = CodeSet("condition_code", ConditionCode, judged_on=JudgedOn.TRANSACTION)
