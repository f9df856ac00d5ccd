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
from typing import TYPE_CHECKING, final

from medcode.codesets.base import Code, CodeSet

if TYPE_CHECKING:
    from medcode.codesets.notes import Block, Chapter, NoteBook, Notes

__all__ = ["Icd10Cm", "Icd10CmSet", "icd10cm"]


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


@final
class Icd10CmSet(CodeSet[Icd10Cm]):
    """ICD-10-CM, with what only it has: chapters, blocks and notes."""

    def notes(self, code: str) -> Notes:
        """Give the notes that hold for a code, inherited ones included, nearest first.

        The code may be new or gone: what is above it still speaks.

        >>> icd10cm.notes("S72.001A").seventh_characters["A"]
        'initial encounter for closed fracture'
        """
        return self._notebook.of(self._known(code))

    def chapter(self, code: str) -> Chapter | None:
        """Give the chapter of a code.

        >>> icd10cm.chapter("E11.9").number
        '4'
        """
        return self._notebook.chapter(self._known(code))

    def blocks(self, code: str) -> tuple[Block, ...]:
        """Give the blocks that a code stands in, the narrowest first.

        >>> [block.name for block in icd10cm.blocks("C50.911")]
        ['C50', 'C00-C75', 'C00-C96']
        """
        return self._notebook.blocks(self._known(code))

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """The 22 chapters in their order."""
        return self._notebook.chapters

    @property
    def _notebook(self) -> NoteBook:
        from medcode.codesets.notes import notebook

        return notebook()


icd10cm = Icd10CmSet("icd10cm", Icd10Cm, table="icd10cm", titles="icd10cm_titles")
