"""CDT: what a dentist did; the D codes of HCPCS.

D and four digits. The codes belong to the American Dental Association: only their format ships, and a
licensed list is the user's to load. Judged on the day of service.

Source: ADA, Current Dental Terminology; 45 CFR 162.1002.

>>> cdt.status("D0120"), cdt.status("0120")
(<Status.NOT_CHECKED: 'not_checked'>, <Status.MALFORMED: 'malformed'>)
"""

from __future__ import annotations

import re
from typing import final

from medcode.codesets.base import CodeSet
from medcode.codesets.hcpcs import Hcpcs

__all__ = ["Cdt", "cdt"]


@final
class Cdt(Hcpcs):
    """A code of CDT."""

    __slots__ = ()

    label = "CDT"
    pattern = re.compile(r"D[0-9]{4}")
    expected = "D and four digits"
    good = ("D0120", "d9999")
    bad = ("D012", "A0120", "01200")


cdt = CodeSet("cdt", Cdt)
