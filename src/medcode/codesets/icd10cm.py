"""ICD-10-CM: what a patient has, since 1 October 2015.

Three to seven letters and digits, a dot after the third for people and none in a claim. Codes come
and go on 1 October, 1 April and in between; inpatient stays are judged on the day of discharge, all
else on the day of service. The second character may be a letter (QA0.0101).

Source: NCHS and CMS, ICD-10-CM; dates and flags of the Medicare Code Editor.

>>> icd10cm["e11.9"].code
Icd10Cm('E11.9')
>>> from datetime import date
>>> icd10cm.status("M54.5", on=date(2021, 9, 30)), icd10cm.status("M54.5", on=date(2021, 10, 1))
(<Status.BILLABLE: 'billable'>, <Status.HEADER: 'header'>)
"""

from __future__ import annotations

import re
from typing import final

from medcode.codesets.base import Code, CodeSet

__all__ = ["Icd10Cm", "icd10cm"]


@final
class Icd10Cm(Code):
    """A diagnosis code of ICD-10-CM.

    >>> Icd10Cm("e11.9") == "E119", Icd10Cm("E119").dotted
    (True, 'E11.9')
    """

    __slots__ = ()

    label = "ICD-10-CM"
    shape = re.compile(r"[A-Z][0-9A-Z]{2}(\.?[0-9A-Z]{1,4})?")
    wanted = "a letter and two to six letters or digits, the dot after the third"
    dot = 3


icd10cm = CodeSet("icd10cm", Icd10Cm, table="icd10cm", titles="icd10cm_titles")
