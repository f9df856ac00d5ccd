"""The dated codes of a set: the table, loaded on first use, and the status of a code on a day."""

from __future__ import annotations

import warnings
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, overload

from medcode.codesets import clock, memory
from medcode.codesets.code import LONGEST, Malformed, is_missing, not_text
from medcode.codesets.columns import column_like, column_values, is_column
from medcode.codesets.concept import C, JudgedOn, Status
from medcode.codesets.views import Statuses
from medcode.errors import CoverageError, CoverageWarning
from medcode.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from medcode.codesets.concept import Release
    from medcode.codesets.store import RawTable
    from medcode.codesets.timeline import Table

__all__ = ["DatedCodes"]

WARN_BEFORE = timedelta(days=60)
DAYS_KEPT = 1000  # days beyond the table that its nearest day is kept for


class DatedCodes(Generic[C]):
    """The codes of a set on each day; `CodeSet` makes a mapping of them.

    `table` names the shipped table; a set without one still checks the format, and returns NOT_CHECKED for
    every well-formed code. `titles` and `earlier_titles` name the tables of its titles, which are those of
    the day from `titles_since` on. A set of your own has its table and titles in a file, `csv`. `on` is a date and means today when it is left out.
    """

    def __init__(  # noqa: PLR0913  # each says one thing of a set, by its name
        self,
        name: str,
        code_type: type[C],
        *,
        table: str | None = None,
        titles: str | None = None,
        earlier_titles: str | None = None,
        titles_since: date | None = None,
        csv: Path | None = None,
        judged_on: JudgedOn = JudgedOn.SERVICE,
    ) -> None:
        self.name = name
        self.code_type = code_type
        self.judged_on = judged_on
        self._table_name = table
        self._titles_name = titles
        self._earlier_name = earlier_titles
        self._titles_since = titles_since
        self._csv = csv
        self._warned = False

    # The table and its parts, loaded when first asked for.

    @cached_property
    def table(self) -> Table:
        """The dated table in memory, the user's releases merged in; loaded on first use."""
        from medcode.codesets import store, timeline

        shipped = self._table_name
        raw = self._merged or self._own or (store.shipped(shipped) if shipped else None)
        code_type = self.code_type
        made = timeline.Table.of(raw, code_type) if raw else timeline.Table.absent(code_type)
        kept: Table = self.__dict__.setdefault(
            "table", made
        )  # of two threads that make it at once, the first one's
        return kept

    @cached_property
    def _merged(self) -> RawTable | None:
        """The user's releases over the shipped table, titles included; None where there are none."""
        from medcode.codesets import user

        return user.merged(self.name, self._table_name, self._titles_name)

    @cached_property
    def _own(self) -> RawTable | None:
        """The table of a set that has a CSV of its own, titles included."""
        from medcode.codesets.own_table import csv_table

        return None if self._csv is None else csv_table(self.name, self.code_type, self._csv)

    @cached_property
    def _titles(self) -> RawTable | None:
        from medcode.codesets import store

        return self._merged or self._own or (store.shipped(self._titles_name) if self._titles_name else None)

    @cached_property
    def _earlier(self) -> Mapping[str, Sequence[tuple[date, str]]]:
        """The titles that codes had before the newest one, each with its last day, oldest first."""
        from medcode.codesets import store

        if self._earlier_name is None:
            return {}
        raw = store.shipped(self._earlier_name)
        days = [store.day(number) for number in raw.header["days"]]
        found: dict[str, list[tuple[date, str]]] = {}
        rows = zip(raw.texts("code"), raw.numbers("until"), raw.texts("title"), strict=True)
        for code, day, title in rows:
            found.setdefault(code, []).append((days[day], title))
        return found

    @property
    def releases(self) -> tuple[Release, ...]:
        """The releases in use, the user's before the shipped one.

        >>> from medcode import icd10cm
        >>> icd10cm.releases[-1].end
        datetime.date(2027, 3, 31)
        """
        if self._table_name and "table" not in vars(self) and not (self._merged or self._own):
            return self._shipped_releases
        return self.table.releases

    @cached_property
    def _shipped_releases(self) -> tuple[Release, ...]:
        """The release of the shipped table alone, which costs less than the table."""
        from medcode.codesets import store

        assert self._table_name is not None  # noqa: S101  # as the caller has seen
        return (store.shipped_release(self._table_name),)

    @property
    def load_command(self) -> str | None:
        """The command that loads a table of this set; None where no list of its codes is kept, as of NPIs.

        >>> from medcode import hcpcs
        >>> hcpcs.load_command
        'medcode data fetch hcpcs'
        """
        from medcode.codesets.offers import load_command

        return None if self.code_type.format_only else load_command(self.name)

    def reload(self) -> None:
        """Drop the tables and every cache built on them, so that the next call sees newly added releases."""
        for name in tuple(vars(self)):
            if isinstance(getattr(type(self), name, None), cached_property):
                delattr(self, name)
        memory.forget()

    # One code, one day.

    @overload
    def status(self, code: str, on: date | None = None) -> Status: ...

    @overload
    def status(self, code: None, on: date | None = None) -> None: ...

    @overload
    def status(self, code: str | None, on: date | None = None) -> Status | None: ...

    def status(self, code: str | None, on: date | None = None) -> Status | None:
        """Return the status of a code on a day; no text raises, whatever it holds.

        A missing code (None, NaN …) has no status: None. Raises TypeError for any other code that is not
        a str, and for a day that is not a date.

        >>> from medcode import icd10cm
        >>> [str(icd10cm.status(text, on=date(2026, 1, 5))) for text in ("e11.9", "E11", "E11.Z", "?")]
        ['billable', 'header', 'unknown', 'malformed']
        """
        try:
            if len(code) > LONGEST:  # type: ignore[arg-type]  # None raises, and is answered below
                return self._status_of_long(code, on)  # type: ignore[no-any-return]  # a column of statuses
            table = self.table
            return table.statuses[self.day(on) if on is None else on][table.lookup[code]]  # type: ignore[index]  # as above
        except (TypeError, NotImplementedError):  # pyarrow raises the latter for a hash
            if is_column(code):
                return self._check_columns(code, on)  # type: ignore[no-any-return]  # a column of statuses
            if is_missing(code):
                return None
            raise self._type_error(code, on) from None

    def check(self, codes: Iterable[str | None], on: date | Iterable[date | None] | None = None) -> Statuses:
        """Return the status of many codes at once; where a code or its day is missing (None, NaN …) it is None.

        `on` is one day for all codes, or an iterable with a day for each. Raises TypeError for a single
        str or a whole data frame, ValueError if the numbers of codes and days differ. A column of
        pandas, polars or pyarrow gives a column of the same kind, of text.

        >>> from medcode import icd10cm
        >>> icd10cm.check(["E11.9", "E11", None], on=date(2026, 1, 5))
        <3 codes: 1 billable, 1 header, 1 missing>
        """
        if is_column(codes) or is_column(on):
            return self._check_columns(codes, on)  # type: ignore[no-any-return]  # a column of statuses
        if isinstance(codes, str | bytes | bytearray | memoryview) or not hasattr(codes, "__iter__"):
            kind = "one str" if isinstance(codes, str) else type(codes).__name__
            raise TypeError(f"codes must be a list of {self.code_type.label} codes, not {kind}")
        if isinstance(on, str):
            raise TypeError("on must be a date, not str")
        if not (on is None or isinstance(on, date)):
            codes, days = list(codes), list(on)
            if len(codes) != len(days):
                raise ValueError(f"{len(codes):,} codes need as many days, not {len(days):,}")
            return Statuses(map(self._status_or_missing, codes, days), codes)
        day = self.day(on)
        statuses, lookup = self.table.statuses[day], self.table.lookup
        codes = codes if isinstance(codes, list) else list(codes)
        try:
            return Statuses(map(statuses.__getitem__, map(lookup.__getitem__, codes)), codes)
        except TypeError:  # a code is missing, or is not a str
            return Statuses((self._status_or_missing(code, day) for code in codes), codes)

    def _check_columns(self, codes: Any, on: Any) -> Any:
        """Return a column of statuses for a column of codes, or for a list of them beside a column of days."""
        values = column_values(codes) if is_column(codes) else codes
        found = self.check(values, column_values(on) if is_column(on) else on)
        if not is_column(codes):
            return found
        return column_like(codes, [None if status is None else str(status) for status in found])

    def _status_or_missing(self, code: str | None, on: date | None) -> Status | None:
        return None if is_missing(on) else self.status(code, on)

    def flags(self, code: str, on: date | None = None) -> frozenset[str]:
        """Return the names of the flags that the table has for a code on a day.

        Raises CoverageError for a day that the table does not cover.

        >>> from medcode import icd10cm
        >>> icd10cm.flags("O80", on=date(2026, 1, 5))
        frozenset({'maternity'})
        """
        if not isinstance(code, str):
            raise not_text(self.code_type.label, code)
        day = self.day(None) if on is None else self.covered_day(on)
        mask = self.table.flag_masks[day][self.table.lookup[code]]
        return frozenset(name for bit, name in enumerate(self.table.flag_names) if mask >> bit & 1)

    def day(self, on: date | None) -> date:
        """Return the day itself, or for None today; past the table's coverage its last day, with a warning.

        The day of a datetime is its date. Raises TypeError for what is not a date.
        """
        if type(on) is date:  # nearly always
            return on
        if isinstance(on, datetime) and not is_missing(on):
            return on.date()
        if on is not None:
            raise TypeError(f"on must be a date, not {type(on).__name__}")
        today = clock.today()
        end = self._nearing_end
        if end is None or today <= end - WARN_BEFORE:
            return today
        self._warn(end, today)
        return min(today, end)

    @cached_property
    def _nearing_end(self) -> date | None:
        """The last day of the table, unless the set itself ended with it."""
        return self.table.release.end if self.table.release and not self.table.ends else None

    def covered_day(self, on: date | None) -> date:
        """Return the day as `day` does; raise CoverageError where no table is loaded, or none covers the day.

        >>> from datetime import date
        >>> from medcode import icd10cm
        >>> icd10cm.covered_day(date(2030, 1, 1))
        Traceback (most recent call last):
            ...
        medcode.errors.CoverageError: the ICD-10-CM table covers 2015-10-01 to 2027-03-31, not 2030-01-01
        """
        day = self.day(on)
        if not self.table.releases:
            raise CoverageError(self.why_no_table())
        if not self.table.covers(day):
            raise CoverageError(f"the {self.code_type.label} table covers {self._coverage}, not {day}")
        return day

    def why_no_table(self) -> str:
        """Return why no code of the set can be looked up, and what loads its table.

        >>> from medcode.codesets import cpt, npi
        >>> print(cpt.why_no_table())
        no CPT table is loaded; to load one: medcode data add FILE --set cpt
        >>> print(npi.why_no_table())
        NPI has no table: no list of its codes is kept, only their format can be checked
        """
        label, command = self.code_type.label, self.load_command
        if command is None:
            return f"{label} has no table: no list of its codes is kept, only their format can be checked"
        return f"no {label} table is loaded; to load one: {command}"

    def why_out_of_range(self, code: str, on: date) -> str:
        """Return why the table has no answer for a day, with the nearest day that it covers and what held then.

        >>> from datetime import date
        >>> from medcode import hcpcs
        >>> print(hcpcs.why_out_of_range("J1100", date(2026, 11, 2)))
        the HCPCS table covers 2019-07-01 to 2026-06-30, not 2026-11-02; on 2026-06-30 J1100 was billable
        """
        nearest = self._nearest[on]
        held = str(self.status(code, nearest)).replace("_", " ")
        shown = code if isinstance(code, self.code_type) else self.code_type.parse(code)
        named = shown if isinstance(shown, Malformed) else shown.dotted
        label = self.code_type.label
        return f"the {label} table covers {self._coverage}, not {on}; on {nearest} {named} was {held}"

    @cached_property
    def _nearest(self) -> Memo[date, date]:
        """By a day that the table does not cover, the nearest first or last day of a release."""
        ends = [day for each in self.table.releases for day in (each.start, each.end) if day]
        return Memo(lambda on: min(ends, key=lambda day: abs(day - on)), DAYS_KEPT)

    @cached_property
    def _coverage(self) -> str:
        """The days of the releases in use, earliest first."""
        days = sorted((each.start or date.min, each.end or date.max) for each in self.table.releases)
        spans = (
            f"{'all days' if start == date.min else start} to {'any later day' if end == date.max else end}"
            for start, end in days
        )
        return " and ".join(dict.fromkeys(spans))

    def _warn(self, end: date, today: date) -> None:
        if not self._warned:
            self._warned = True
            tense = "ended" if today > end else "ends"
            message = (
                f"the coverage of the {self.code_type.label} table {tense} on {end}; add a newer release"
            )
            warnings.warn(message, CoverageWarning, stacklevel=4)

    def _status_of_long(self, code: Any, on: Any) -> Any:
        if not isinstance(code, str):
            if is_column(code):
                return self._check_columns(code, on)
            raise not_text(self.code_type.label, code)
        return Status.MALFORMED

    def _type_error(self, code: object, on: object) -> TypeError:
        if not isinstance(code, str):
            return not_text(self.code_type.label, code)
        return TypeError(f"on must be a date, not {type(on).__name__}")
