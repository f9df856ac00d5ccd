"""Discharge status: where an inpatient went, two digits on every institutional claim.

The table holds the numbers that the Medicare Code Editor accepts, with their dates; what each
number means is licensed text of the NUBC, and does not ship. Judged on the day of discharge.

Source: CMS, Definitions of Medicare Code Edits, invalid discharge status.

>>> from datetime import date
>>> discharge_status.status("69", on=date(2013, 9, 30)), discharge_status.status("69", on=date(2013, 10, 1))
(<Status.NOT_YET: 'not_yet'>, <Status.BILLABLE: 'billable'>)
"""

from __future__ import annotations

import re
from typing import final

from medcode.codesets.base import Code, CodeSet

__all__ = ["DischargeStatus", "discharge_status"]


@final
class DischargeStatus(Code):
    """A patient discharge status."""

    __slots__ = ()

    label = "discharge status"
    pattern = re.compile(r"[0-9]{2}")
    expected = "two digits"
    good = ("01", "30")
    bad = ("1", "A1")


discharge_status = CodeSet("discharge_status", DischargeStatus, table="discharge_status")
