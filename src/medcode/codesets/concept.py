"""What a code set knows of a code: status, intervals and concept; and the release behind it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

import attrs

from medcode.codesets.code import Code
from medcode.errors import CoverageError

if TYPE_CHECKING:
    from datetime import date

    from medcode.codesets.base import CodeSet

__all__ = ["C", "Concept", "Interval", "JudgedOn", "Release", "Status"]

C = TypeVar("C", bound=Code)


class Status(StrEnum):
    """The status of a code in a code set on one day.

    BILLABLE, HEADER, NOT_YET and DELETED depend on the day; UNKNOWN is a well-formed code in no table;
    OUT_OF_RANGE is a day that the table does not cover; NOT_CHECKED means that no table is loaded.

    >>> Status.BILLABLE == "billable"
    True
    """

    BILLABLE = "billable"
    HEADER = "header"
    NOT_YET = "not_yet"
    DELETED = "deleted"
    UNKNOWN = "unknown"
    MALFORMED = "malformed"
    OUT_OF_RANGE = "out_of_range"
    NOT_CHECKED = "not_checked"


class JudgedOn(StrEnum):
    """Which day decides whether a code is valid (45 CFR 162.1000).

    Medical code sets are judged on the day of care, all others on the day of the transaction.
    """

    SERVICE = "service"
    TRANSACTION = "transaction"


@attrs.frozen
class Interval:
    """Days on which a code did not change, first and last included; `end` None is open.

    >>> from datetime import date
    >>> date(2021, 10, 1) in Interval(date(2015, 10, 1), date(2021, 9, 30))
    False
    """

    start: date
    end: date | None
    billable: bool = True

    def __contains__(self, day: date) -> bool:
        """Return whether the day lies within."""
        return self.start <= day and (self.end is None or day <= self.end)


@attrs.frozen
class Release:
    """One loaded table: who published it, which edition, the days it covers and its hash.

    A `partial` table lists some of the codes of a set; the others are NOT_CHECKED.

    >>> from medcode import icd10cm
    >>> print(icd10cm.releases[-1])
    icd10cm FY2016-FY2027, MCE v44.0 (CMS and NCHS), 2015-10-01 to 2027-03-31, 99,049 rows
    """

    name: str
    publisher: str
    edition: str
    start: date | None
    end: date | None
    license: str
    rows: int
    sha256: str = attrs.field(repr=False)
    partial: bool = attrs.field(default=False, kw_only=True)

    def covers(self, day: date) -> bool:
        """Return whether a day is among those that the table covers."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def __str__(self) -> str:
        """Name it in one line, as `medcode --version` does."""
        start, end = self.start or "…", self.end or "…"
        partial = ", a part of the set" if self.partial else ""
        return f"{self.name} {self.edition} ({self.publisher}), {start} to {end}, {self.rows:,} rows{partial}"


@attrs.frozen
class Concept(Generic[C]):
    """A code and what its set knows of it on a day.

    `billable` and `status` are those of that day. `start` and `end` are the first and last day on which
    the code could be billed (of a code that never could: on which it was a heading); `end` is None
    while no end is known. `intervals` holds every change. `title` is None where no source has one;
    `note` explains a title that was composed or inferred.

    >>> from medcode import icd10cm
    >>> pain = icd10cm["M54.5"]
    >>> pain.title, pain.status, pain.end
    ('Low back pain', <Status.HEADER: 'header'>, datetime.date(2021, 9, 30))
    """

    code: C
    title: str | None
    status: Status
    start: date | None
    end: date | None
    intervals: tuple[Interval, ...] = attrs.field(repr=False)
    note: str | None = attrs.field(default=None, repr=False)
    on: date | None = attrs.field(default=None, repr=False)
    code_set: CodeSet[C] | None = attrs.field(default=None, repr=False, eq=False)

    @property
    def billable(self) -> bool:
        """Whether the code could be billed on the day; raises CoverageError for a day beyond the table."""
        if self.status is Status.OUT_OF_RANGE:
            raise CoverageError(f"the {self.code.label} table does not cover {self.on}")
        return self.status is Status.BILLABLE

    @property
    def parent(self) -> C | None:
        """The code next above."""
        return self._set.parent(self.code)

    @property
    def children(self) -> tuple[C, ...]:
        """The codes next below that were valid on the day.

        >>> from medcode import icd10cm
        >>> icd10cm["M54.5"].children
        (Icd10Cm('M54.50'), Icd10Cm('M54.51'), Icd10Cm('M54.59'))
        """
        return self._set.children(self.code, self.on)

    @property
    def descendants(self) -> tuple[C, ...]:
        """All codes below that were valid on the day."""
        return self._set.descendants(self.code, self.on)

    @property
    def _set(self) -> CodeSet[C]:
        if self.code_set is None:
            raise ValueError("this concept was made without its code set")
        return self.code_set

    def to_dict(self) -> dict[str, object]:
        """Return plain values, ready for JSON.

        >>> from medcode import icd10cm
        >>> icd10cm["E11.9"].to_dict()["dotted"]
        'E11.9'
        """
        return {
            "code": str(self.code),
            "dotted": self.code.dotted,
            "title": self.title,
            "status": str(self.status),
            "billable": None if self.status is Status.OUT_OF_RANGE else self.billable,
            "start": self.start and self.start.isoformat(),
            "end": self.end and self.end.isoformat(),
            "note": self.note,
        }

    def _repr_html_(self) -> str:
        """Show it as a small table in a notebook."""
        from medcode.markup import html_table

        rows = [(name, value) for name, value in self.to_dict().items() if value is not None]
        return html_table(f"{self.code.label} {self.code.dotted}", ("", ""), rows)
