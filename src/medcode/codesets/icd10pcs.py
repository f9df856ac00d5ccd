"""ICD-10-PCS: what was done to an inpatient, since 1 October 2015.

Seven characters, each an axis with a meaning of its own: section, body system, operation, body
part, approach, device, qualifier. Digits and letters, but never I or O; no dot, and no headings.
Judged on the day of discharge.

Source: CMS, ICD-10-PCS; dates and flags of the Medicare Code Editor.

>>> icd10pcs["02703dz"].code
Icd10Pcs('02703DZ')
>>> Icd10Pcs.is_valid("02703OZ")  # a letter O
False
"""

from __future__ import annotations

import re
from typing import final

from medcode.codesets.base import Code, CodeSet

__all__ = ["Icd10Pcs", "icd10pcs"]


@final
class Icd10Pcs(Code):
    """A procedure code of ICD-10-PCS.

    >>> Icd10Pcs("02703dz")
    Icd10Pcs('02703DZ')
    """

    __slots__ = ()

    label = "ICD-10-PCS"
    shape = re.compile(r"[0-9A-HJ-NP-Z]{7}")
    wanted = "seven digits or letters, without I and O"


icd10pcs = CodeSet("icd10pcs", Icd10Pcs, table="icd10pcs")
