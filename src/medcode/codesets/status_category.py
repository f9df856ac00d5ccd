"""Claim status category: how far a claim has come, as a 277 or 277CA says it.

A letter and a number, sometimes with a letter after it. The list belongs to X12 and is the user's to load. Judged on
the day of the transaction.

Source: X12, external code list 507.

>>> status_category.status("A7"), status_category.status("562")
(<Status.NOT_CHECKED: 'not_checked'>, <Status.MALFORMED: 'malformed'>)
"""

from __future__ import annotations

import re
from typing import final

from medcode.codesets.base import Code, CodeSet, JudgedOn

__all__ = ["StatusCategory", "status_category"]


@final
class StatusCategory(Code):
    """A claim status category code."""

    __slots__ = ()

    label = "claim status category"
    pattern = re.compile(r"[A-Z][0-9]{1,2}[A-Z]?|RQ")
    expected = "a letter and a number"
    good = ("A0", "A8", "F3F", "R16", "RQ")
    bad = ("562", "A", "AA", "A123")


status_category = CodeSet("status_category", StatusCategory, judged_on=JudgedOn.TRANSACTION)
