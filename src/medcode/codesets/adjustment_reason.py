"""Claim adjustment reason code (CARC): why a payer paid an amount other than the charge.

A number, or a letter and a number. The list belongs to X12 and is the user's to load. Judged on
the day of the transaction.

Source: X12, external code list 139.

>>> adjustment_reason.status("45"), adjustment_reason.status("045")
(<Status.NOT_CHECKED: 'not_checked'>, <Status.MALFORMED: 'malformed'>)
"""

from __future__ import annotations

import re
from typing import final

from medcode.codesets.base import Code, CodeSet, JudgedOn

__all__ = ["AdjustmentReason", "adjustment_reason"]


@final
class AdjustmentReason(Code):
    """A claim adjustment reason code."""

    __slots__ = ()

    label = "claim adjustment reason (CARC)"
    pattern = re.compile(r"[1-9][0-9]{0,2}|[A-Z][0-9]{1,2}")
    expected = "a number of up to three digits, or a letter and one or two digits"
    good = ("1", "45", "253", "A1", "B7", "P14", "W3")
    bad = ("0", "045", "1000", "AA")


adjustment_reason = CodeSet("adjustment_reason", AdjustmentReason, judged_on=JudgedOn.TRANSACTION)
