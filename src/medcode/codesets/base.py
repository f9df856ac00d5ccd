"""A code set: codes as types, their table with its dates, and the questions one asks of it.

Every code set of medcode is a `CodeSet`, an object with the same verbs, and has a `Code` type of
its own. Text may come in any case, with or without its dot and with blanks around it; what is not
text at all is a TypeError.
"""

from __future__ import annotations

import math
import warnings
from bisect import bisect_left
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar

from medcode.codesets import clock, memory
from medcode.codesets.code import LONGEST, Code, Malformed, text_wanted
from medcode.codesets.concept import C, Concept, Interval, JudgedOn, Release, Status
from medcode.codesets.views import VALID, CodeSetOn, Statuses
from medcode.errors import CoverageWarning, UnknownCode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from medcode.codesets.search import Finder, Hit, Text
    from medcode.codesets.store import RawTable
    from medcode.codesets.timeline import Table

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

WARN_BEFORE = timedelta(days=60)


class CodeSet(Mapping[str, Concept[C]]):
    """A code set as a mapping from code to `Concept`, over any code ever in its table.

    `table` names the shipped table; a set without one still tells shape, and says NOT_CHECKED of
    every well-formed code. `on` is a date and means today when it is left out.
    """

    lay_words: ClassVar[bool] = (
        False  # whether a search reads what patients and clinicians write as diagnoses
    )

    def __init__(
        self,
        name: str,
        code_type: type[C],
        *,
        table: str | None = None,
        titles: str | None = None,
        judged_on: JudgedOn = JudgedOn.SERVICE,
    ) -> None:
        self.name = name
        self.code_type = code_type
        self.judged_on = judged_on
        self._table_name = table
        self._titles_name = titles
        self._warned = False

    # The table and its parts, loaded when first asked for.

    @cached_property
    def table(self) -> Table:
        """The dated table in memory, the user's releases merged in; loaded on first use."""
        from medcode.codesets import store, timeline

        shipped = self._table_name
        raw = self._merged or (store.shipped(shipped) if shipped else None)
        code_type = self.code_type
        return timeline.Table.of(raw, code_type) if raw else timeline.Table.absent(code_type)

    @cached_property
    def _merged(self) -> RawTable | None:
        """The user's releases over the shipped table, titles included; None where there are none."""
        from medcode.codesets import user

        return user.merged(self.name, self._table_name, self._titles_name)

    @cached_property
    def _titles(self) -> RawTable | None:
        from medcode.codesets import store

        return self._merged or (store.shipped(self._titles_name) if self._titles_name else None)

    @property
    def releases(self) -> tuple[Release, ...]:
        """The releases in use, the user's before the shipped one; empty where there is none."""
        return self.table.releases

    @property
    def remedy(self) -> str | None:
        """The command that loads a table of this set; None where no table of persons' numbers is kept."""
        from medcode.codesets.offers import remedy

        return None if self.code_type.private else remedy(self.name)

    def reload(self) -> None:
        """Forget the tables, and what others remember of them: the next question sees what was added since."""
        for name in tuple(vars(self)):
            if isinstance(getattr(type(self), name, None), cached_property):
                delattr(self, name)
        memory.forget()

    # One code, one day.

    def status(self, code: str, on: date | None = None) -> Status:
        """Say what a text is in this set on a day; never raises for a text, whatever it holds."""
        try:
            if len(code) > LONGEST:
                return self._status_of_long(code)
            table = self.table
            return table.statuses[self.day(on) if on is None else on][table.lookup[code]]
        except TypeError:
            raise self._type_error(code, on) from None

    def check(self, codes: Iterable[str | None], on: date | Iterable[date | None] | None = None) -> Statuses:
        """Give the status of many codes at once; None and NaN stay None.

        `on` is one day for all, or a day for each code.
        """
        if not (on is None or isinstance(on, date)):
            pairs = zip(codes, on, strict=True)
            return Statuses(self._status_or_missing(code, day) for code, day in pairs)
        day = self.day(on)
        statuses, lookup = self.table.statuses[day], self.table.lookup
        codes = codes if isinstance(codes, list) else list(codes)
        try:
            return Statuses(map(statuses.__getitem__, map(lookup.__getitem__, codes)))
        except TypeError:  # a code is missing, or there is something that is no code at all
            return Statuses(self._status_or_missing(code, day) for code in codes)

    def _status_or_missing(self, code: str | None, on: date | None) -> Status | None:
        missing = code is None or (isinstance(code, float) and math.isnan(code))
        return None if missing else self.status(code, on)  # type: ignore[arg-type]  # a NaN is no str

    def flags(self, code: str, on: date | None = None) -> frozenset[str]:
        """Give the names of the flags that the table has for a code on a day."""
        if not isinstance(code, str):
            raise text_wanted(self.code_type.label, code)
        mask = self.table.flag_masks[self.day(on)][self.table.lookup[code]]
        return frozenset(name for bit, name in enumerate(self.table.flag_names) if mask >> bit & 1)

    def day(self, on: date | None) -> date:
        """Give the day itself, or for None today; past the table's coverage its last day, with a warning."""
        if on is not None:
            return on
        today = clock.today()
        end = self.table.release.end if self.table.release else None
        if end is None or self.table.ends or today <= end - WARN_BEFORE:
            return today
        self._warn(end, today)
        return min(today, end)

    def _warn(self, end: date, today: date) -> None:
        if not self._warned:
            self._warned = True
            tense = "ended" if today > end else "ends"
            message = f"the coverage of {self.code_type.label} {tense} on {end}: a newer release is needed"
            warnings.warn(message, CoverageWarning, stacklevel=4)

    def _status_of_long(self, code: str) -> Status:
        if not isinstance(code, str):
            raise text_wanted(self.code_type.label, code)
        return Status.MALFORMED

    def _type_error(self, code: object, on: object) -> TypeError:
        if not isinstance(code, str):
            return text_wanted(self.code_type.label, code)
        return TypeError(f"a day is wanted as a date, not {type(on).__name__}")

    # The set as a mapping.

    def __getitem__(self, code: str) -> Concept[C]:
        """Give the concept as it stands today; UnknownCode for what the table never held."""
        return self.concept(code)

    def concept(self, code: str, on: date | None = None) -> Concept[C]:
        """Give the concept as it stands on a day; UnknownCode for what the table never held."""
        row = self._row(code)
        if row is None:
            raise UnknownCode(self._unknown(code))
        return self._concept(row, self.day(on))

    def __contains__(self, code: object) -> bool:
        """Say whether the table ever held the code, heading or not."""
        return self._row(code) is not None

    def __iter__(self) -> Iterator[C]:
        """Go through every code ever in the table, sorted."""
        return map(self.code_type.trusted, self.table.codes)

    def __len__(self) -> int:
        """Count every code ever in the table."""
        return len(self.table.codes)

    def as_of(self, on: date | None = None) -> CodeSetOn[C]:
        """Give the set as it stood on a day: a mapping of the codes and headings valid then."""
        return CodeSetOn(self, self.day(on))

    def _row(self, code: object) -> int | None:
        wire = self.code_type.normal(code)  # type: ignore[arg-type]  # it says itself what it wants
        return None if wire is None else self.table.row(wire)

    def _unknown(self, code: str) -> str:
        label = self.code_type.label
        if not self.table.codes:
            cure = f"to load one: {self.remedy}" if self.remedy else "its codes identify persons"
            return f"no table of {label} is loaded; {cure}"
        return f"{self.code_type.parse(code)!r} is not in the table of {label}"

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
        """Give the title of a row and the note on it."""
        if self._titles is None:
            return None, None
        title = self._titles.texts("title")[row] or None
        if "note" not in self._titles.columns:
            return title, None
        return title, self._titles.header["notes"][self._titles.numbers("note")[row]] or None

    def search(
        self, query: str, *, limit: int = 10, on: date | None = None, within: str = "", billable: bool = False
    ) -> tuple[Hit[C], ...]:
        """Find the codes whose words answer to a query, best first; each hit says why it matched.

        Looked at are codes and headings valid on a day. `within` is the beginning of a code or a
        range such as `E08-E13`; `billable` gives the codes below a heading in its place.
        """
        found = self._finder.find(query, self.day(on), within, billable=billable)
        return tuple(islice(found, limit))

    @cached_property
    def _finder(self) -> Finder[C]:
        from medcode.codesets.search import Finder

        return Finder(self)

    def texts(self) -> Iterator[Text]:
        """Give the texts that a search looks at."""
        from medcode.codesets.search import Text

        if self._titles is not None:
            pairs = zip(self.table.codes, self._titles.texts("title"), strict=True)
            yield from (Text(code, title) for code, title in pairs if title)

    # The hierarchy: a code stands under the longest code that begins it.

    def parent(self, code: str) -> C | None:
        """Give the code next above, or None at the top (for ICD, a category)."""
        return next(iter(self.ancestors(code)), None)

    def ancestors(self, code: str) -> tuple[C, ...]:
        """Give the codes above, nearest first."""
        wire = self._known(code)
        shorter = (wire[:length] for length in range(len(wire) - 1, 0, -1))
        return tuple(self.code_type.trusted(text) for text in shorter if self.table.row(text) is not None)

    def children(self, code: str, on: date | None = None) -> tuple[C, ...]:
        """Give the codes next below that are valid on a day; of a set that has ended, on its last."""
        children: list[str] = []
        for text in self._below(code):  # sorted, so a child comes before what is below it
            if not (children and text.startswith(children[-1])):
                children.append(text)
        return self._valid(children, on)

    def descendants(self, code: str, on: date | None = None) -> tuple[C, ...]:
        """Give all codes below, headings too, that are valid on a day, sorted; ended sets as `children`."""
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
        """Say whether the first code is the second or stands above it."""
        return self._known(below).startswith(self._known(above))

    def _known(self, code: str) -> str:
        row = self._row(code)
        if row is None:
            raise UnknownCode(self._unknown(code))
        return self.table.codes[row]

    # As an object among others.

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        """Compare by identity: there is one object for each set."""
        return self is other

    def __repr__(self) -> str:
        """Name the set."""
        return f"<CodeSet {self.name}: {self.code_type.label}>"

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by name: the table stays where it is."""
        from medcode.codesets import code_set

        return code_set, (self.name,)
