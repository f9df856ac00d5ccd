"""MS-DRG: the group that Medicare pays an inpatient stay by.

Three digits. The list changes each 1 October, and perhaps in April; the table holds versions 36 to
43.1 of the grouper, discharges from 2018-10-01 to 2026-09-30, with the titles of each version. Judged
on the day of discharge.

Source: CMS, MS-DRG Definitions Manual.

>>> from datetime import date
>>> drg.concept("470", date(2026, 4, 1)).title
'Major Hip and Knee Joint Replacement or Reattachment of Lower Extremity without MCC'
>>> drg.status("291", date(2026, 4, 1)), drg.status("47", date(2026, 4, 1))
(<Status.BILLABLE: 'billable'>, <Status.MALFORMED: 'malformed'>)
"""

from __future__ import annotations

import re
from typing import final

from medcode.codesets.base import Code, CodeSet

__all__ = ["MsDrg", "drg"]


@final
class MsDrg(Code):
    """A Medicare severity diagnosis related group."""

    __slots__ = ()

    label = "MS-DRG"
    pattern = re.compile(r"(?!000)[0-9]{3}")
    expected = "three digits, not 000"
    good = ("001", "470", "999")
    bad = ("000", "47", "4700")


drg = CodeSet("drg", MsDrg, table="drg", titles="drg_titles", earlier_titles="drg_earlier_titles")
