"""Claim adjustment group: who bears an amount that was not paid.

Two letters, in front of the reason in every CAS segment. Judged on the day of the transaction.

Source: X12, data element 1033; the titles are our own words.

>>> adjustment_group["PR"].title
'for the patient to pay'
"""

from __future__ import annotations

import re
from typing import final

from medcode.codesets.base import Code, CodeSet, JudgedOn

__all__ = ["AdjustmentGroup", "adjustment_group"]


@final
class AdjustmentGroup(Code):
    """A claim adjustment group code."""

    __slots__ = ()

    label = "claim adjustment group"
    pattern = re.compile(r"[A-Z]{2}")
    expected = "two letters"
    good = ("CO", "PR")
    bad = ("C", "COO")


adjustment_group = CodeSet(
    "adjustment_group",
    AdjustmentGroup,
    table="adjustment_group",
    titles="adjustment_group",
    judged_on=JudgedOn.TRANSACTION,
)
