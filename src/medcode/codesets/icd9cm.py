"""ICD-9-CM diagnoses: what a patient had, until 30 September 2015.

Three digits, V and two, or E and three; up to two digits more behind a dot (one after an E code).
The set ended with 2015-09-30, so every later day says DELETED. The table begins in October 1985.

Source: NCHS and CMS, ICD-9-CM; dates and flags of the Medicare Code Editor.

>>> icd9cm["250.00"].title
'Diabetes mellitus without mention of complication, type II or unspecified type, not stated as uncontrolled'
>>> Icd9Cm("E8888").dotted, Icd9Cm("V7389").dotted
('E888.8', 'V73.89')
"""

from __future__ import annotations

import re
from datetime import date
from typing import final

from medcode.codesets.base import Code, CodeSet

__all__ = ["Icd9Cm", "icd9cm"]


@final
class Icd9Cm(Code):
    """A diagnosis code of ICD-9-CM."""

    __slots__ = ()

    label = "ICD-9-CM"
    pattern = re.compile(r"([0-9]{3}|V[0-9]{2})(\.?[0-9]{1,2})?|E[0-9]{3}(\.?[0-9])?")
    expected = "three digits, V and two or E and three, then up to two digits behind a dot"
    good = ("0340", "V7389", "E8888", "250.00")
    bad = ("E888.88", "25")

    @property
    def dotted(self) -> str:
        """The code as people write it."""
        category = 4 if self.startswith("E") else 3
        return f"{self[:category]}.{self[category:]}" if len(self) > category else str(self)


icd9cm = CodeSet("icd9cm", Icd9Cm, table="icd9cm", titles="icd9cm_titles", titles_since=date(2014, 10, 1))
