"""Remittance advice remark code (RARC): more about an adjustment, or about the claim.

M, MA or N and a number. The list is kept by CMS, published by X12, and is the user's to load.
Judged on the day of the transaction.

Source: X12, external code list 411.

>>> remark.status("MA130"), remark.status("X1")
(<Status.NOT_CHECKED: 'not_checked'>, <Status.MALFORMED: 'malformed'>)
"""

from __future__ import annotations

import re
from typing import final

from medcode.codesets.base import Code, CodeSet, JudgedOn

__all__ = ["Remark", "remark"]


@final
class Remark(Code):
    """A remittance advice remark code."""

    __slots__ = ()

    label = "remittance remark (RARC)"
    pattern = re.compile(r"MA(?:0[1-9]|[1-9][0-9]{1,2})|[MN][1-9][0-9]{0,2}")
    expected = "M or N and a number of up to three digits, or MA and one of two or three"
    good = ("M1", "MA01", "MA130", "N657")
    bad = ("MB1", "N0", "130", "M01")


remark = CodeSet("remark", Remark, judged_on=JudgedOn.TRANSACTION)
