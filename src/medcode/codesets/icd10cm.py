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
from datetime import date
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, final

from medcode.codesets.base import Code, CodeSet
from medcode.codesets.icd10cm_order import LAST_OF_BLOCK, sort_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.codesets.notes import Block, Chapter, NoteBook, Notes
    from medcode.codesets.search import Text
    from medcode.codesets.succession import Succession

__all__ = ["Icd10Cm", "Icd10CmSet", "icd10cm"]

LENGTH = 7  # characters of a code that cannot be longer


@final
class Icd10Cm(Code):
    """A diagnosis code of ICD-10-CM.

    >>> Icd10Cm("e11.9") == "E119", Icd10Cm("E119").dotted
    (True, 'E11.9')
    """

    __slots__ = ()

    label = "ICD-10-CM"
    pattern = re.compile(r"[A-Z][0-9A-Z]{2}(\.?[0-9A-Z]{1,4})?")
    expected = "a letter and two to six letters or digits, the dot after the third"
    good = ("E11.9", "e119", "QA0.0101", "C4A", "U07.1", "S72001A")
    bad = ("E1", "E11..9", "1E1", "E11.90000")
    dot = 3

    @classmethod
    def sort_key(cls, wire: str) -> str:
        """Return text that sorts as a code, in wire form, does in the tabular list."""
        return sort_key(wire)

    @classmethod
    def range_keys(cls, first: str, last: str) -> tuple[str, str]:
        """Return the sort keys of the ends of a range; of an official block, those that hold all of it."""
        return sort_key(first), sort_key(LAST_OF_BLOCK.get((first, last), last))


@final
class Icd10CmSet(CodeSet[Icd10Cm]):
    """ICD-10-CM, with what only it has: chapters, blocks and notes."""

    search_table = "icd10cm_search"

    def notes(self, code: str) -> Notes:
        """Return the notes that hold for a code, inherited ones included, nearest first.

        The code may be new or gone: what is above it still speaks.

        >>> icd10cm.notes("S72.001A").seventh_characters["A"]
        'initial encounter for closed fracture'
        """
        return self._notebook.of(self._known(code))

    def texts(self) -> Iterator[Text]:
        """Return titles and inclusion terms; a 7th character's title adds nothing to its heading's."""
        headed = (text for text in super().texts() if len(text.code) < LENGTH)
        return chain(headed, self._notebook.terms())

    def texts_of(self, code: str) -> Sequence[Text]:
        """Return the title and the inclusion terms of one code."""
        title = super().texts_of(code) if len(code) < LENGTH else []
        return [*title, *self._notebook.terms_of(code)]

    def successors(self, code: str, on: date | None = None) -> tuple[Icd10Cm, ...]:
        """Return the codes that took over when a code ceased to be billable; none while it is billable.

        With a day, successors that ended before it give way to their own, until all are billable; for a
        day beyond the table, on its last day.

        >>> icd10cm.successors("M54.5")
        (Icd10Cm('M54.50'), Icd10Cm('M54.51'), Icd10Cm('M54.59'))
        """
        return self._shown(self._succession.successors(self._known(code), on))

    def predecessors(self, code: str) -> tuple[Icd10Cm, ...]:
        """Return the codes that were used until a code began, as far as the sources tell.

        >>> icd10cm.predecessors("M54.51")
        (Icd10Cm('M54.5'),)
        """
        return self._shown(self._succession.predecessors(self._known(code)))

    def chapter(self, code: str) -> Chapter | None:
        """Return the chapter of a code.

        >>> icd10cm.chapter("E11.9").number
        '4'
        """
        return self._notebook.chapter(self._known(code))

    def blocks(self, code: str) -> tuple[Block, ...]:
        """Return the blocks that a code stands in, the narrowest first.

        >>> [block.name for block in icd10cm.blocks("C50.911")]
        ['C50', 'C00-C75', 'C00-C96']
        """
        return self._notebook.blocks(self._known(code))

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """The 22 chapters in their order."""
        return self._notebook.chapters

    @cached_property
    def _succession(self) -> Succession:
        from medcode.codesets.succession import Succession

        return Succession(self)

    @property
    def _notebook(self) -> NoteBook:
        from medcode.codesets.notes import notebook

        return notebook()


icd10cm = Icd10CmSet(
    "icd10cm",
    Icd10Cm,
    table="icd10cm",
    titles="icd10cm_titles",
    earlier_titles="icd10cm_earlier_titles",
    titles_since=date(2018, 10, 1),
)
