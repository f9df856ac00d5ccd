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
from datetime import date
from typing import TYPE_CHECKING, final

from medcode.codesets.base import Code, CodeSet

if TYPE_CHECKING:
    from medcode.codesets.axes import Axis, Misfit

__all__ = ["Icd10Pcs", "Icd10PcsSet", "icd10pcs"]


@final
class Icd10Pcs(Code):
    """A procedure code of ICD-10-PCS.

    >>> Icd10Pcs("02703dz")
    Icd10Pcs('02703DZ')
    >>> Icd10Pcs("02703OZ")
    Traceback (most recent call last):
        ...
    medcode.errors.InvalidFormat: '02703OZ' is not in ICD-10-PCS format: expected seven digits or letters, without I and O; did you mean 027030Z?
    """

    __slots__ = ()

    label = "ICD-10-PCS"
    pattern = re.compile(r"[0-9A-HJ-NP-Z]{7}")
    expected = "seven digits or letters, without I and O"
    good = ("02703DZ",)
    bad = ("02703OZ", "02703IZ", "0270.3DZ")


@final
class Icd10PcsSet(CodeSet[Icd10Pcs]):
    """ICD-10-PCS, with what only it has: axes, and why a code fails."""

    search_table = "icd10pcs_search"

    def axes(self, code: str) -> tuple[Axis, ...]:
        """Return the seven axes of any well-formed code. Raises InvalidFormat for other text.

        >>> [axis.meaning for axis in icd10pcs.axes("02703DZ")][2:6]
        ['Dilation', 'Coronary Artery, One Artery', 'Percutaneous', 'Intraluminal Device']
        """
        from medcode.codesets.axes import axes

        return axes(Icd10Pcs(code))

    def misfits(self, code: str, on: date | None = None) -> tuple[Misfit, ...]:
        """Return the axis values that keep a code from being valid on a day; empty for a valid code.

        Raises InvalidFormat for text that is no code, CoverageError for a day that the table does not cover.

        >>> print(icd10pcs.misfits("0DTJ0Z1")[0])
        character 7, Qualifier 1, does not occur with the others; allowed: Z (none)
        """
        from medcode.codesets.axes import misfits

        return misfits(self.table, Icd10Pcs(code), self.covered_day(on))


icd10pcs = Icd10PcsSet(
    "icd10pcs",
    Icd10Pcs,
    table="icd10pcs",
    titles="icd10pcs_titles",
    titles_since=date(2023, 10, 1),
)
