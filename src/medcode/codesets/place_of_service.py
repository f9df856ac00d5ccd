"""Place of service: where a professional claim says the patient was seen.

Two digits kept by CMS; judged on the day the claim is sent, not the day of care. Codes that CMS has
kept since before 2003 carry no first day of their own: the table begins on 1 January 2003 for them.

Source: CMS, Place of Service Code Set.

>>> place_of_service["11"].title
'Office'
>>> from datetime import date
>>> place_of_service.status("10", on=date(2021, 12, 31))
<Status.NOT_YET: 'not_yet'>
"""

from __future__ import annotations

import re
from typing import final

from medcode.codesets.base import Code, CodeSet, JudgedOn

__all__ = ["PlaceOfService", "place_of_service"]


@final
class PlaceOfService(Code):
    """A place of service code."""

    __slots__ = ()

    label = "place of service"
    pattern = re.compile(r"[0-9]{2}")
    expected = "two digits"
    good = ("11", "02")
    bad = ("1", "A1")


place_of_service = CodeSet(
    "place_of_service",
    PlaceOfService,
    table="place_of_service",
    titles="place_of_service",
    judged_on=JudgedOn.TRANSACTION,
)
