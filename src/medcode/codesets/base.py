"""A code set: its code type, its dated table, and the methods that answer questions about codes.

Every code set is a `CodeSet` with the same methods, and has a `Code` type of its own. Codes are
accepted in any case, with or without their dot, with blanks around them; a value that is not a str
raises TypeError.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar

from medcode.codesets.code import Code, Malformed
from medcode.codesets.concept import C, Concept, Interval, JudgedOn, Release, Status
from medcode.codesets.dated import DatedCodes
from medcode.codesets.views import VALID, CodeSetOn, Statuses
from medcode.errors import UnknownCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from medcode.codesets.search import Finder, Hit, Text

__all__ = [
    "Code",
    "CodeSet",
    "CodeSetOn",
    "Concept",
    "Interval",
    "JudgedOn",
    "Malformed",
    "Release",
    "Status",
    "Statuses",
]


class CodeSet(DatedCodes[C], Mapping[str, Concept[C]]):
    """A code set as a mapping from code to `Concept`, over any code ever in its table.

    >>> from medcode import icd10cm
    >>> "E11.9" in icd10cm, icd10cm["e11.9"].title
    (True, 'Type 2 diabetes mellitus without complications')
    """

    lay_words: ClassVar[bool] = False  # whether a search expands abbreviations and lay words of diagnoses

    def __getitem__(self, code: str) -> Concept[C]:
        """Return the concept as of today. Raises UnknownCode for a code that was never in the table."""
        return self.concept(code)

    def concept(self, code: str, on: date | None = None) -> Concept[C]:
        """Return the concept as of a day. Raises UnknownCode for a code that was never in the table.

        >>> from datetime import date
        >>> from medcode import icd10cm
        >>> icd10cm.concept("M54.5", date(2021, 9, 30)).billable, icd10cm.concept("M54.5").billable
        (True, False)
        """
        row = self._row(code)
        if row is None:
            raise UnknownCode(self._unknown(code))
        return self._concept(row, self.day(on))

    def __contains__(self, code: object) -> bool:
        """Whether the code was ever in the table, as a code or as a heading."""
        return self._row(code) is not None

    def __iter__(self) -> Iterator[C]:
        """Yield every code ever in the table, sorted."""
        return map(self.code_type.trusted, self.table.codes)

    def __len__(self) -> int:
        """Count every code ever in the table."""
        return len(self.table.codes)

    def as_of(self, on: date | None = None) -> CodeSetOn[C]:
        """Return the set as of a day: a mapping of the codes and headings valid then.

        >>> from datetime import date
        >>> from medcode import icd10cm
        >>> icd10cm.as_of(date(2025, 10, 1))
        <ICD-10-CM on 2025-10-01: 98,186 codes>
        """
        return CodeSetOn(self, self.day(on))

    def _row(self, code: object) -> int | None:
        wire = self.code_type.normal(code)  # type: ignore[arg-type]  # it raises for what is not a str
        return None if wire is None else self.table.row(wire)

    def _unknown(self, code: str) -> str:
        label, parsed = self.code_type.label, self.code_type.parse(code)
        if isinstance(parsed, Malformed):
            return self.code_type.format_error(code)
        if not self.table.codes:
            fix = self.load_command
            return f"no {label} table is loaded; " + (
                f"to load one: {fix}" if fix else "it would identify persons"
            )
        return f"{parsed.dotted} is not in the {label} table"

    def _concept(self, row: int, day: date) -> Concept[C]:
        table = self.table
        wire = table.codes[row]
        number = table.lookup[wire]
        start, end = table.life(number)
        title, note = self._title(row)
        return Concept(
            code=self.code_type.trusted(wire),
            title=title,
            status=table.statuses[day][number],
            start=start,
            end=end,
            intervals=table.intervals(number),
            note=note,
            on=day,
            code_set=self,
        )

    def _title(self, row: int) -> tuple[str | None, str | None]:
        """Return the title of a row and the note on it."""
        if self._titles is None:
            return None, None
        title = self._titles.texts("title")[row] or None
        if "note" not in self._titles.columns:
            return title, None
        return title, self._titles.header["notes"][self._titles.numbers("note")[row]] or None

    def search(
        self, query: str, *, limit: int = 10, on: date | None = None, within: str = "", billable: bool = False
    ) -> tuple[Hit[C], ...]:
        """Return the codes whose texts match a query, best first; each hit says why it matched.

        Searches the codes and headings valid on a day. `within` is a prefix or a range such as
        `E08-E13`; `billable` replaces a heading by the billable codes below it.

        >>> from medcode import icd10cm
        >>> [hit.code.dotted for hit in icd10cm.search("gestational diabetes", limit=2)]
        ['O24.4', 'O24.41']
        """
        found = self._finder.find(query, self.day(on), within, billable=billable)
        return tuple(islice(found, limit))

    @cached_property
    def _finder(self) -> Finder[C]:
        from medcode.codesets.search import Finder

        return Finder(self)

    def texts(self) -> Iterator[Text]:
        """Yield the texts that a search looks at."""
        from medcode.codesets.search import Text

        if self._titles is not None:
            pairs = zip(self.table.codes, self._titles.texts("title"), strict=True)
            yield from (Text(code, title) for code, title in pairs if title)

    # The hierarchy: the parent of a code is the longest code that is its prefix.

    def parent(self, code: str) -> C | None:
        """Return the parent of a code; None at the top (for ICD, a category).

        >>> from medcode import icd10cm
        >>> icd10cm.parent("E11.65"), icd10cm.parent("E11")
        (Icd10Cm('E11.6'), None)
        """
        return next(iter(self.ancestors(code)), None)

    def ancestors(self, code: str) -> tuple[C, ...]:
        """Return the codes above a code, nearest first.

        >>> from medcode import icd10cm
        >>> icd10cm.ancestors("E11.65")
        (Icd10Cm('E11.6'), Icd10Cm('E11'))
        """
        wire = self._known(code)
        shorter = (wire[:length] for length in range(len(wire) - 1, 0, -1))
        return tuple(self.code_type.trusted(text) for text in shorter if self.table.row(text) is not None)

    def children(self, code: str, on: date | None = None) -> tuple[C, ...]:
        """Return the codes directly below that are valid on a day; for a set that has ended, on its last day.

        >>> from medcode import icd10cm
        >>> icd10cm.children("M54.5")
        (Icd10Cm('M54.50'), Icd10Cm('M54.51'), Icd10Cm('M54.59'))
        """
        children: list[str] = []
        for text in self._below(code):  # sorted, so a child precedes its own children
            if not (children and text.startswith(children[-1])):
                children.append(text)
        return self._valid(children, on)

    def descendants(self, code: str, on: date | None = None) -> tuple[C, ...]:
        """Return all codes and headings below that are valid on a day, in order; ended sets as `children`.

        >>> from medcode import icd10cm
        >>> [code.dotted for code in icd10cm.descendants("E11.64")]
        ['E11.641', 'E11.649']
        """
        return self._valid(self._below(code), on)

    def _below(self, code: str) -> Sequence[str]:
        wire, codes = self._known(code), self.table.codes
        return codes[bisect_left(codes, wire) + 1 : bisect_left(codes, wire + "~")]

    def _valid(self, codes: Sequence[str], on: date | None) -> tuple[C, ...]:
        table = self.table
        of_last_day = table.release.end if table.release and table.ends else None
        statuses = table.statuses[self.day(on or of_last_day)]
        return tuple(self.code_type.trusted(code) for code in codes if statuses[table.lookup[code]] in VALID)

    def subsumes(self, above: str, below: str) -> bool:
        """Return whether the first code equals the second or is above it.

        >>> from medcode import icd10cm
        >>> icd10cm.subsumes("E11", "E11.65"), icd10cm.subsumes("E11.65", "E11")
        (True, False)
        """
        return self._known(below).startswith(self._known(above))

    def _known(self, code: str) -> str:
        row = self._row(code)
        if row is None:
            raise UnknownCode(self._unknown(code))
        return self.table.codes[row]

    # Identity.

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        """Compare by identity: each set is one object."""
        return self is other

    def __repr__(self) -> str:
        """Name the set."""
        return f"<CodeSet {self.name}: {self.code_type.label}>"

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by name, without the table."""
        from medcode.codesets import code_set

        return code_set, (self.name,)
