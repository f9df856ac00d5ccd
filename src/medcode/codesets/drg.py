"""MS-DRG: the group that Medicare pays an inpatient stay by.

Three digits. The list changes each 1 October and is the user's to load. Judged on the day of
discharge.

Source: CMS, MS-DRG Definitions Manual.

>>> drg.status("470"), drg.status("47")
(<Status.NOT_CHECKED: 'not_checked'>, <Status.MALFORMED: 'malformed'>)
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


drg = CodeSet("drg", MsDrg)
