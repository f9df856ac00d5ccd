"""ICD-9-CM procedures (volume 3): what was done to an inpatient, until 30 September 2015.

Two digits, a dot for people, and up to two digits more.

Source: CMS, ICD-9-CM volume 3; dates and flags of the Medicare Code Editor.

>>> icd9cm_procedures["47.01"].title
'Laparoscopic appendectomy'
"""

from __future__ import annotations

import re
from datetime import date
from typing import final

from medcode.codesets.base import Code, CodeSet

__all__ = ["Icd9CmProcedure", "icd9cm_procedures"]


@final
class Icd9CmProcedure(Code):
    """A procedure code of ICD-9-CM."""

    __slots__ = ()

    label = "ICD-9-CM procedures"
    pattern = re.compile(r"[0-9]{2}(\.?[0-9]{1,2})?")
    expected = "two to four digits, the dot after the second"
    good = ("36.01",)
    bad = ("3",)
    dot = 2


icd9cm_procedures = CodeSet(
    "icd9cm_procedures",
    Icd9CmProcedure,
    table="icd9cm_procedures",
    titles="icd9cm_procedures_titles",
    titles_since=date(2014, 10, 1),
)
