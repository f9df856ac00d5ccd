"""Claim status code: what exactly a 277 or 277CA says about a claim.

A number of up to three digits. The list belongs to X12 and is the user's to load. Judged on the day of the
transaction.

Source: X12, external code list 508.

>>> status_code.status("562"), status_code.status("A7")
(<Status.NOT_CHECKED: 'not_checked'>, <Status.MALFORMED: 'malformed'>)
"""

from __future__ import annotations

import re
from typing import final

from medcode.codesets.base import Code, CodeSet, JudgedOn

__all__ = ["StatusCode", "status_code"]


@final
class StatusCode(Code):
    """A claim status code."""

    __slots__ = ()

    label = "claim status code"
    pattern = re.compile(r"0|[1-9][0-9]{0,2}")
    expected = "a number of up to three digits"
    good = ("0", "20", "562")
    bad = ("A7", "020", "1000", "-1")


status_code = CodeSet("status_code", StatusCode, judged_on=JudgedOn.TRANSACTION)
