"""Answers about many codes: the statuses of a list, and a code set as it stood on one day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic

from medcode.codesets.concept import C, Concept, Status
from medcode.errors import UnknownCode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from medcode.codesets.base import CodeSet

__all__ = ["VALID", "CodeSetOn", "Statuses"]

VALID = frozenset({Status.BILLABLE, Status.HEADER})
SHOWN = 10  # rows of a preview


class Statuses(list[Status | None]):
    """The statuses of many codes in their order, None where a code was missing.

    >>> Statuses([Status.BILLABLE, Status.HEADER, None])
    <3 codes: 1 billable, 1 header, 1 missing>
    """

    def __init__(self, statuses: Iterable[Status | None] = (), codes: Sequence[str | None] = ()) -> None:
        super().__init__(statuses)
        self.codes = codes

    @property
    def wrong(self) -> list[tuple[str, Status]]:
        """The codes that are not billable, each with its status, in their order; missing ones left out.

        >>> from datetime import date
        >>> from medcode import icd10cm
        >>> icd10cm.check(["E11.9", "E11", None], on=date(2026, 1, 5)).wrong
        [('E11', <Status.HEADER: 'header'>)]
        """
        pairs = zip(self.codes, self, strict=False)
        return [(str(code), status) for code, status in pairs if status and status is not Status.BILLABLE]

    @property
    def counts(self) -> Counter[Status | None]:
        """How many codes have each status."""
        return Counter(self)

    def __repr__(self) -> str:
        """Count the statuses, in the order of their first appearance."""
        counts = (f"{number:,} {status or 'missing'}" for status, number in self.counts.items())
        return f"<{len(self):,} codes: {', '.join(counts)}>"

    def _repr_html_(self) -> str:
        """Show the counts as a small table in a notebook."""
        from medcode.markup import html_table

        named: dict[Status, list[str]] = {}
        for code, status in self.wrong:
            named.setdefault(status, []).append(code)
        rows = [
            (status or "missing", f"{number:,}", _first(named.get(status, []) if status else []))
            for status, number in self.counts.items()
        ]
        return html_table(f"{len(self):,} codes", ("status", "codes", "which"), rows)


def _first(codes: Sequence[str]) -> str:
    """Return the first of some codes as text."""
    different = list(dict.fromkeys(codes))
    return ", ".join(different[:SHOWN]) + (", …" if len(different) > SHOWN else "")


class CodeSetOn(Mapping[str, Concept[C]], Generic[C]):
    """A code set as it stood on one day: its billable codes and its headings.

    >>> from datetime import date
    >>> from medcode import icd10cm
    >>> then = icd10cm.as_of(date(2021, 9, 30))
    >>> "M54.5" in then, "M54.50" in then, then.billable()
    (True, False, 72621)
    """

    def __init__(self, code_set: CodeSet[C], on: date) -> None:
        self.code_set = code_set
        self.on = on
        self._statuses = code_set.table.statuses[on]

    def __getitem__(self, code: str) -> Concept[C]:
        """Return the concept as it stood on the day; UnknownCode if it was not valid then."""
        concept = self.code_set.concept(code, self.on)
        if concept.status not in VALID:
            raise UnknownCode(f"{concept.code!r} was not valid on {self.on}: {concept.status}")
        return concept

    def __contains__(self, code: object) -> bool:
        """Return whether the code was valid on the day, heading or not; a missing value was not."""
        return self.code_set.status(code, self.on) in VALID  # type: ignore[call-overload]  # status raises for what is not a str

    def __iter__(self) -> Iterator[C]:
        """Yield the codes valid on the day, sorted."""
        lookup, statuses = self.code_set.table.lookup, self._statuses
        codes = (code for code in self.code_set.table.codes if statuses[lookup[code]] in VALID)
        return map(self.code_set.code_type.trusted, codes)

    def __len__(self) -> int:
        """Count the codes valid on the day, headings included."""
        return sum(status in VALID for status in self._all())

    def billable(self) -> int:
        """Count the codes that could be billed on the day."""
        return sum(status is Status.BILLABLE for status in self._all())

    def _all(self) -> Iterator[Status]:
        lookup, statuses = self.code_set.table.lookup, self._statuses
        return (statuses[lookup[code]] for code in self.code_set.table.codes)

    def __repr__(self) -> str:
        """Name the set and the day."""
        return f"<{self.code_set.code_type.label} on {self.on}: {len(self):,} codes>"

    def _repr_html_(self) -> str:
        """Show the first codes as a small table in a notebook."""
        from medcode.markup import html_table

        first = (self[code] for code in islice(self, SHOWN))
        rows = [(concept.code.dotted, concept.title, concept.status) for concept in first]
        caption = f"{self.code_set.code_type.label} on {self.on}: {len(self):,} codes"
        return html_table(caption, ("code", "title", "status"), rows)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Return the codes as an Arrow stream: code, dotted, title, billable, start, end; needs pyarrow."""
        from medcode.codesets.arrow import arrow_stream

        return arrow_stream(self, requested_schema)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by the set's name and the day."""
        return CodeSetOn, (self.code_set, self.on)
