"""Admission source: where a patient came from, one character of an institutional claim.

Only the format ships: the list is licensed by the National Uniform Billing Committee, and
its table is the user's to load.
Judged on the day of the transaction.

Source: NUBC, Official UB-04 Data Specifications Manual, form locator 15.

>>> admission_source.status("1"), admission_source.status("11")
(<Status.NOT_CHECKED: 'not_checked'>, <Status.MALFORMED: 'malformed'>)
"""

from __future__ import annotations

import re
from typing import final

from medcode.codesets.base import Code, CodeSet, JudgedOn

__all__ = ["AdmissionSource", "admission_source"]


@final
class AdmissionSource(Code):
    """An admission source."""

    __slots__ = ()

    label = "admission source"
    pattern = re.compile(r"[0-9A-Z]")
    expected = "one digit or letter"
    good = ("1", "D")
    bad = ("11", "-")


admission_source = CodeSet("admission_source", AdmissionSource, judged_on=JudgedOn.TRANSACTION)
