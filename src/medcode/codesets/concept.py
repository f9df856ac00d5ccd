"""What a code set knows of a code: status, intervals and concept; and the release behind it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import attrs

from medcode.codesets.code import Code
from medcode.errors import CoverageError

if TYPE_CHECKING:
    from datetime import date

    from medcode.codesets.base import CodeSet
    from medcode.codesets.loaded import Loaded

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


class Concept(Generic[C]):
    """A code and what its set knows of it on a day.

    `billable` and `status` are those of that day. `start` and `end` are the first and last day on which
    the code could be billed (of a code that never could: on which it was a heading); `end` is None
    while no end is known. `intervals` holds every change. `title` is None where no source has one;
    `note` explains a title that was composed or inferred. All of it is what the tables said when the
    concept was made, and is looked up when it is asked for.

    >>> from medcode import icd10cm
    >>> pain = icd10cm["M54.5"]
    >>> pain.title, pain.status, pain.end
    ('Low back pain', <Status.HEADER: 'header'>, datetime.date(2021, 9, 30))
    """

    __slots__ = ("_code", "_loaded", "_on", "_text", "_title")
    _code: C

    def __init__(self, loaded: Loaded, text: str, title: object, on: date | None) -> None:
        # One is made for each title that is read, so nothing is looked up here: `title` is what the titles
        # have under this spelling, if they have been read and have it.
        self._text = text
        self._title = title
        self._on = on
        self._loaded = loaded

    @property
    def code_set(self) -> CodeSet[C]:
        """The set."""
        return self._loaded.code_set

    @property
    def code(self) -> C:
        """The code; made when it is asked for, for a title needs only its text."""
        try:
            return self._code
        except AttributeError:
            self._code = self.code_set.code_type.trusted(self._loaded.wire(self._text))
            return self._code

    @property
    def on(self) -> date:
        """The day; of a concept of today it is settled when it first matters."""
        if self._on is None:
            self._on = self.code_set.day(None)
        return self._on

    @property
    def title(self) -> str | None:
        """The title as it stood on the day, or the oldest known after it."""
        found = self._title
        if isinstance(found, str):  # almost always
            return found or None
        return self._loaded.title(self._text, self.on)

    @property
    def note(self) -> str | None:
        """What is to be known of the title."""
        return self._loaded.note(self.code, self.on)

    @property
    def status(self) -> Status:
        """The status on the day."""
        return self._loaded.table.statuses[self.on][self._profile]

    @property
    def _profile(self) -> int:
        return self._loaded.table.lookup[self._text]

    @property
    def start(self) -> date:
        """The first day."""
        return self._loaded.table.life(self._profile)[0]

    @property
    def end(self) -> date | None:
        """The last day, if one is known."""
        return self._loaded.table.life(self._profile)[1]

    @property
    def intervals(self) -> tuple[Interval, ...]:
        """Every change."""
        return self._loaded.table.intervals(self._profile)

    @property
    def billable(self) -> bool:
        """Whether the code could be billed on the day; raises CoverageError for a day beyond the table."""
        status = self.status
        if status is Status.OUT_OF_RANGE:
            raise CoverageError(f"the {self.code.label} table does not cover {self.on}")
        return status is Status.BILLABLE

    @property
    def parent(self) -> C | None:
        """The code next above."""
        return self.code_set.parent(self.code)

    @property
    def children(self) -> tuple[C, ...]:
        """The codes next below that were valid on the day.

        >>> from medcode import icd10cm
        >>> icd10cm["M54.5"].children
        (Icd10Cm('M54.50'), Icd10Cm('M54.51'), Icd10Cm('M54.59'))
        """
        return self.code_set.children(self.code, self.on)

    @property
    def descendants(self) -> tuple[C, ...]:
        """All codes below that were valid on the day."""
        return self.code_set.descendants(self.code, self.on)

    def __eq__(self, other: object) -> bool:
        """Compare the sets, the codes and the days."""
        if not isinstance(other, Concept):
            return NotImplemented
        return (self.code_set, self.code, self.on) == (other.code_set, other.code, other.on)

    def __hash__(self) -> int:
        return hash((self.code_set, self.code, self.on))

    def __repr__(self) -> str:
        """Show the code, its title and its days."""
        shown = ("code", "title", "status", "start", "end")
        return f"Concept({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by the set's name, the code and the day."""
        return type(self.code_set).concept, (self.code_set, self.code, self.on)

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
            "start": self.start.isoformat(),
            "end": self.end and self.end.isoformat(),
            "note": self.note,
        }

    def _repr_html_(self) -> str:
        """Show it as a card in a notebook: title, days on a time line, the codes around it, notes."""
        from medcode.codesets.face import as_card

        return as_card(self)
