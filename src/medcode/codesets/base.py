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

from medcode.codesets.code import Code, Malformed, is_missing, no_code, not_text
from medcode.codesets.concept import C, Concept, Interval, JudgedOn, Release, Status
from medcode.codesets.dated import DatedCodes
from medcode.codesets.views import VALID, CodeSetOn, Statuses
from medcode.errors import UnknownCode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from medcode.codesets.loaded import Loaded
    from medcode.codesets.references import Reference
    from medcode.codesets.search import Finder, Hit, Text
    from medcode.codesets.timeline import Lookup, Table

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


MOST_NEAR = 5


class CodeSet(DatedCodes[C], Mapping[str, Concept[C]]):
    """A code set as a mapping from code to `Concept`, over any code ever in its table.

    >>> from medcode import icd10cm
    >>> "E11.9" in icd10cm, icd10cm["e11.9"].title
    (True, 'Type 2 diabetes mellitus without complications')
    """

    search_table: ClassVar[str | None] = None  # the shipped table of its search index, where there is one

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
        loaded = self._loaded
        try:
            title = loaded.titles.get(code)
            if title is None and self._lookup[code] >= self._lookup.unknown:
                raise UnknownCode(self._unknown(code))
        except TypeError:
            raise no_code(self.code_type.label, code) from None
        # A title of a code with one title needs no day, so today is settled when it first matters.
        return Concept(loaded, code, title, None if on is None else self.day(on))

    @cached_property
    def _loaded(self) -> Loaded:
        from medcode.codesets.loaded import Loaded

        return Loaded(self, self.table, self._titles, self._earlier, self._titles_since)

    def __contains__(self, code: object) -> bool:
        """Whether the code was ever in the table, as a code or as a heading; a missing value (None, NaN …) was not.

        Raises TypeError for any other value that is not a str.
        """
        lookup = self._lookup
        try:  # most often it is there, in wire form or with its dot
            return code in lookup.dotted or code in lookup or lookup[code] < lookup.unknown  # type: ignore[index]  # what is not a str raises
        except TypeError:
            if is_missing(code):
                return False
            raise not_text(self.code_type.label, code) from None

    @cached_property
    def _lookup(self) -> Lookup:
        return self.table.lookup

    def __iter__(self) -> Iterator[C]:
        """Yield every code ever in the table, in the order of the classification."""
        return map(self.code_type.trusted, self.in_order(self.table.codes))

    def __len__(self) -> int:
        """Count every code ever in the table."""
        return len(self.table.codes)

    def as_of(self, on: date | None = None) -> CodeSetOn[C]:
        """Return the set as of a day: a mapping of the codes and headings valid then.

        Raises CoverageError where no table is loaded, or none covers the day.

        >>> from datetime import date
        >>> from medcode import icd10cm
        >>> icd10cm.as_of(date(2025, 10, 1))
        <ICD-10-CM on 2025-10-01: 98,186 codes>
        """
        return CodeSetOn(self, self.covered_day(on))

    def _row(self, code: object) -> int | None:
        wire = self.code_type.normal(code)  # type: ignore[arg-type]  # it raises for what is not a str
        return None if wire is None else self.table.row(wire)

    def _unknown(self, code: str) -> str:
        label, parsed = self.code_type.label, self.code_type.parse(code)
        if isinstance(parsed, Malformed):
            return self.code_type.why_not(code)
        if not self.table.codes:
            return self.why_no_table()
        if self.code_type.is_licensed(parsed) and self.table.row(parsed) is None:
            return f"{parsed.dotted} is of a licensed list, and no table with it is loaded; to load one: medcode data add FILE --set {self.name}"
        near = ", ".join(self.code_type.trusted(text).dotted for text in self.near(parsed))
        return f"{parsed.dotted} is not in the {label} table{near and f'; near it: {near}'}"

    def near(self, code: str) -> Sequence[str]:
        """Return up to five codes ever in the table, in wire form, that share the longest beginning with a code.

        >>> from medcode import icd10cm
        >>> icd10cm.near("E1199")
        ['E119', 'E11']
        """
        wire, codes = str(code), self.table.codes
        digits = wire[:1] + wire[1:].replace("O", "0").replace("I", "1")
        if digits != wire and self.table.row(digits) is not None:
            return [digits]
        for length in range(len(wire) - 1, 1, -1):
            below = codes[bisect_left(codes, wire[:length]) : bisect_left(codes, wire[:length] + "~")]
            if below:
                above = [wire[:n] for n in range(length, 1, -1) if self.table.row(wire[:n]) is not None]
                nearest = sorted((each for each in below if each not in above), key=len)
                return [*above, *nearest][:MOST_NEAR]
        return []

    def search(
        self, query: str, *, limit: int = 10, on: date | None = None, within: str = "", billable: bool = False
    ) -> tuple[Hit[C], ...]:
        """Return the codes whose texts match a query, best first; each hit says why it matched.

        Searches the codes and headings valid on a day that the table covers. `within` is a prefix or a range such as
        `E08-E13`; `billable` replaces a heading by the billable codes below it; a set that has ended is
        searched as of its last day. A code as the query answers itself and its neighbors.

        Raises TypeError for a query that is not a str or a limit that is not an int, ValueError for a negative
        `limit` and for a `within` that names no code, CoverageError where no table is loaded, or none covers the day.

        >>> from medcode import icd10cm
        >>> [hit.code.dotted for hit in icd10cm.search("heat stroke", limit=1)]
        ['T67.01']
        """
        if not isinstance(query, str):
            raise TypeError(f"query must be str, not {type(query).__name__}")
        if not isinstance(limit, int):
            raise TypeError(f"limit must be int, not {type(limit).__name__}")
        if limit < 0:
            raise ValueError(f"limit must be 0 or more, not {limit}")
        of_last_day = self.table.release.end if self.table.release and self.table.ends else None
        day = self.covered_day(on or of_last_day)
        found = self._finder.find(query, limit, day, within, billable=billable)
        from medcode.codesets.face import HitTuple

        return HitTuple(islice(found, limit))

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

    def texts_of(self, code: str) -> Sequence[Text]:
        """Return the texts of one code that a search looks at, its title first."""
        from medcode.codesets.search import Text

        row = self.table.row(code)
        title = self._titles.texts("title")[row] if self._titles is not None and row is not None else ""
        return [Text(code, title)] if title else []

    def in_order(self, codes: Iterable[str]) -> Sequence[str]:
        """Return codes in wire form in the order of the classification."""
        return sorted(codes, key=self.code_type.sort_key)

    def owner(self, text: str) -> CodeSet[Any]:  # noqa: ARG002  # all codes of most sets are their own
        """Return the code set whose table holds codes that begin like this: for HCPCS, perhaps CPT or CDT."""
        return self

    def table_of(self, code: str) -> Table:
        """Return the table that answers for a code."""
        return self.owner(code).table

    def reference(self, text: str) -> Reference:
        """Return the codes that text names: a code with all below it, a prefix or a range.

        Raises ValueError for text that names no code ever in the table.

        >>> from medcode import icd10cm
        >>> icd10cm.reference("c43-c44").covers("C4A.9")
        True
        >>> icd10cm.reference("hello")
        Traceback (most recent call last):
            ...
        ValueError: no ICD-10-CM code begins with HEL.LO
        """
        from medcode.codesets.references import Reference

        found = Reference.spanning(text, self.code_type)
        if self.table.codes and not self.named_by(found):
            verb = "begins with" if found.is_prefix else "is in the range"
            raise ValueError(f"no {self.code_type.label} code {verb} {found}")
        return found

    def named_by(self, reference: Reference) -> Sequence[str]:
        """Return the codes of the table, in wire form, that a reference covers, in the classification's order."""
        codes = self.table.codes
        first, last = (
            (reference.first, reference.last)
            if reference.is_prefix
            else (reference.first[0], reference.last[0])
        )
        near = codes[bisect_left(codes, first) : bisect_left(codes, last + "~")]
        return self.in_order(filter(reference.covers, near))

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
        return self._shown(text for text in shorter if self.table.row(text) is not None)

    def children(self, code: str, on: date | None = None) -> tuple[C, ...]:
        """Return the codes directly below that are valid on a day; for a set that has ended, on its last day.

        Raises CoverageError for a day that the table does not cover.

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
        statuses = table.statuses[self.covered_day(on or of_last_day)]
        valid = (code for code in codes if statuses[table.lookup[code]] in VALID)
        return self._shown(self.in_order(valid), on)

    def _shown(self, codes: Iterable[str], on: date | None = None) -> tuple[C, ...]:
        """Return codes of the table as a tuple that a notebook shows with their titles."""
        from medcode.codesets.face import CodeTuple

        return CodeTuple.of(self, map(self.code_type.trusted, codes), on)

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
