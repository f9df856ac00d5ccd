"""Admission type: how urgent an admission was, one digit of an institutional claim.

Only the format ships: the list is licensed by the National Uniform Billing Committee, and
its table is the user's to load.
Judged on the day of the transaction.

Source: NUBC, Official UB-04 Data Specifications Manual, form locator 14.

>>> admission_type.status("3"), admission_type.status("0")
(<Status.NOT_CHECKED: 'not_checked'>, <Status.MALFORMED: 'malformed'>)
"""

from __future__ import annotations

import re
from typing import final

from medcode.codesets.base import Code, CodeSet, JudgedOn

__all__ = ["AdmissionType", "admission_type"]


@final
class AdmissionType(Code):
    """An admission type."""

    __slots__ = ()

    label = "admission type"
    pattern = re.compile(r"[1-9]")
    expected = "one digit, 1 to 9"
    good = ("1", "2", "3", "4", "5", "9")
    bad = ("0", "A", "11")


admission_type = CodeSet("admission_type", AdmissionType, judged_on=JudgedOn.TRANSACTION)
