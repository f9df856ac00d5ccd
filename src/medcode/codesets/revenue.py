"""Revenue code: the kind of service or place that a line of an institutional claim is for.

Four digits, the first 0 to 3; 0001 is the total. Only the format ships: the list is licensed by the National Uniform Billing Committee, and
its table is the user's to load.
Judged on the day of the transaction.

Source: NUBC, Official UB-04 Data Specifications Manual, form locator 42.

>>> revenue.status("0450"), revenue.status("4500")
(<Status.NOT_CHECKED: 'not_checked'>, <Status.MALFORMED: 'malformed'>)
"""

from __future__ import annotations

import re
from typing import final

from medcode.codesets.base import Code, CodeSet, JudgedOn

__all__ = ["Revenue", "revenue"]


@final
class Revenue(Code):
    """A revenue code."""

    __slots__ = ()

    label = "revenue code"
    pattern = re.compile(r"[0-3][0-9]{3}")
    expected = "four digits, the first 0 to 3"
    good = ("0001", "0450", "3101")
    bad = ("4500", "450", "045X")


revenue = CodeSet("revenue", Revenue, judged_on=JudgedOn.TRANSACTION)
