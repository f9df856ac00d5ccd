"""A dated table in memory, arranged so that a status costs two look-ups.

All codes share a few hundred profiles, and between two of the days on which anything changes every
day is like the next. So a table keeps, for each such stretch, a list from profile to status.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Generic, TypeVar

import attrs

from medcode.codesets.code import not_text
from medcode.codesets.concept import Interval, Status
from medcode.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from medcode.codesets.code import Code
    from medcode.codesets.concept import Release
    from medcode.codesets.store import RawTable, Span


__all__ = ["SPELLINGS", "UNLISTED", "Lookup", "Table"]

T = TypeVar("T")
SPELLINGS = 2  # of each code that are kept beside its wire form: dotted, and in lower case
MANY = 250  # other spellings asked for; from then on the dotted ones of all codes are at hand as a set
UNLISTED = 3  # numbers past those of the profiles: for unknown, malformed and licensed codes
DAYS_KEPT = 5000  # answers are kept by day; a caller with more days than this starts anew


class Lookup(dict[str, int]):
    """From a code to the number of its profile; a text not in the table is put into wire form first.

    Other spellings that were asked for are kept, up to SPELLINGS for each code: room for every code with its
    dot, and again in lower case. The dictionary grows once for them, for ICD-10-CM by 4 MB.

    `dotted` is for membership: empty until MANY spellings were asked for, then all codes with their dots. A set
    is smaller than a dictionary, so that most of what is asked of it is found in the processor's cache.
    """

    __slots__ = (
        "_code_type",
        "_codes",
        "_dot",
        "_is_licensed",
        "_normal",
        "_room",
        "dotted",
        "licensed",
        "malformed",
        "unknown",
    )

    def __init__(
        self, codes: Sequence[str], profiles: Sequence[int], code_type: type[Code], unknown: int
    ) -> None:
        super().__init__(zip(codes, profiles, strict=True))
        self._codes = codes
        self.dotted: frozenset[str] = frozenset()
        self._dot = code_type.dot or 0
        self._normal = code_type.normal
        self._code_type = code_type
        self._room = (1 + SPELLINGS) * len(codes)
        self.unknown = unknown
        self.malformed = unknown + 1
        self.licensed = unknown + 2
        self._is_licensed = code_type.is_licensed

    def __missing__(self, text: str) -> int:
        if not isinstance(
            text, str
        ):  # a scalar of numpy and others can be a key, and some can even be sliced
            raise not_text(self._code_type.label, text)
        dot = self._dot
        if dot and text[dot : dot + 1] == ".":  # most often taking it out is all that is to be done
            after = text[dot + 1 :]
            number = self.get(text[:dot] + after) if after and "." not in after else None
            if number is not None:
                return self._kept(text, number)
        wire = text if text.__class__ is self._code_type else self._normal(text)
        if wire is None:
            return self.malformed
        number = self.get(wire)
        if number is None:
            return self.licensed if self._is_licensed(wire) else self.unknown
        return self._kept(text, number)

    def _kept(self, text: str, number: int) -> int:
        if len(self) < self._room and type(text) is str:  # a subclass may hold more than its text
            self[text] = number
            if self._dot and len(self) == len(self._codes) + MANY:
                dot = self._dot
                self.dotted = frozenset(
                    [f"{code[:dot]}.{code[dot:]}" for code in self._codes if len(code) > dot]
                )
        return number


class Days(Memo[date, list[T]], Generic[T]):
    """From a day to a list of answers by profile, computed once for all days of one stretch."""

    __slots__ = ("_answer_on", "_answers", "_starts")

    def __init__(self, starts: Sequence[date], answer_on: Callable[[date], list[T]]) -> None:
        super().__init__(self._of_day, DAYS_KEPT)
        self._starts = starts
        self._answer_on = answer_on
        self._answers: dict[int, list[T]] = {}

    def _of_day(self, day: date) -> list[T]:
        if isinstance(day, datetime):
            whole = day.date()
            if not isinstance(whole, datetime):  # as the day of pandas' NaT is
                return self[whole]
        if isinstance(day, datetime) or not isinstance(day, date):
            raise TypeError(f"on must be a date, not {type(day).__name__}")
        stretch = bisect_right(self._starts, day)
        if stretch not in self._answers:
            self._answers[stretch] = self._answer_on(day)
        return self._answers[stretch]


@attrs.frozen
class About:
    """What a table says of itself.

    `release` tells the days that the table covers; `releases` are those it was merged from, newest
    first. `begins` and `ends`: the set's own life begins, or ended, with the table's coverage.
    """

    release: Release | None = None
    releases: tuple[Release, ...] = ()
    flag_names: tuple[str, ...] = ()
    begins: bool = False
    ends: bool = False


NOTHING = About()


class Table:
    """The codes of a set with their histories.

    `codes` are sorted; `lookup[text]` is a profile number, with two numbers past the last profile
    for what is unknown and what is malformed; `statuses[day]` and `flag_masks[day]` are lists by
    profile number. `changes` are the days on which any answer changes, sorted.
    """

    def __init__(
        self,
        codes: Sequence[str],
        profile_numbers: Sequence[int],
        profiles: Sequence[Sequence[Span]],
        code_type: type[Code],
        about: About = NOTHING,
    ) -> None:
        self.codes = codes
        self.profiles = profiles
        self.release = about.release
        self.releases = about.releases
        self.flag_names = about.flag_names
        self.ends = about.ends
        self._begins = about.begins
        numbers = list(range(len(profiles)))  # one object a number, however many rows share it
        shared = [numbers[number] for number in profile_numbers]
        self.lookup = Lookup(codes, shared, code_type, len(profiles))
        self._intervals: dict[int, tuple[Interval, ...]] = {}
        self.changes = self._stretches()
        self.statuses = Days(self.changes, self._statuses_on)
        self.flag_masks = Days(self.changes, self._masks_on)

    @classmethod
    def of(cls, raw: RawTable, code_type: type[Code]) -> Table:
        """Build the table from a table file."""
        header = raw.header
        about = About(
            raw.release,
            tuple(header.get("releases", (raw.release,))),
            tuple(header.get("flags", ())),
            header.get("begins", False),
            header.get("ends", False),
        )
        return cls(raw.texts("code"), raw.numbers("profile"), raw.profiles(), code_type, about)

    @classmethod
    def absent(cls, code_type: type[Code]) -> Table:
        """Build the stand-in for a table that is not loaded: it checks the format alone."""
        return cls((), (), (), code_type)

    def row(self, code: str) -> int | None:
        """Return the place of a code, in wire form, among the sorted codes; None if it is not there."""
        at = bisect_left(self.codes, code)
        return at if at < len(self.codes) and self.codes[at] == code else None

    def intervals(self, number: int) -> tuple[Interval, ...]:
        """Return a profile's intervals, those that differ in flags alone joined; worked out once."""
        if number in self._intervals:
            return self._intervals[number]
        joined: list[Interval] = []
        for span in self.profiles[number]:
            if joined and _adjoins(joined[-1], span):
                joined[-1] = Interval(joined[-1].start, span.end, span.billable)
            else:
                joined.append(Interval(span.start, span.end, span.billable))
        found = self._intervals[number] = tuple(joined)
        return found

    def life(self, number: int) -> tuple[date, date | None]:
        """Return the first and last day on which a profile's codes were billable; of mere headings, were there."""
        intervals = self.intervals(number)
        spoken = [interval for interval in intervals if interval.billable] or intervals
        return spoken[0].start, spoken[-1].end

    def _stretches(self) -> list[date]:
        """Return every day on which anything changes, the ends of coverage included."""
        days = {span.start for profile in self.profiles for span in profile}
        days |= {_next(span.end) for profile in self.profiles for span in profile if span.end}
        days |= {release.start for release in self.releases if release.start}
        days |= {_next(release.end) for release in self.releases if release.end}
        return sorted(days)

    def _statuses_on(self, day: date) -> list[Status]:
        if self.release is None:
            return [Status.NOT_CHECKED, Status.MALFORMED, Status.NOT_CHECKED]
        if not self.covers(day):
            out = Status.OUT_OF_RANGE
            return [*[out] * (len(self.profiles) + 1), Status.MALFORMED, out]
        listed = (_status(profile, day) for profile in self.profiles)
        return [*listed, self._unlisted(day), Status.MALFORMED, Status.NOT_CHECKED]

    def _masks_on(self, day: date) -> list[int]:
        return [*(_mask(profile, day) for profile in self.profiles), 0, 0, 0]

    def _unlisted(self, day: date) -> Status:
        """Return the status of a code that the table does not list: a partial one says nothing of it."""
        partial = all(release.partial for release in self.releases if release.covers(day))
        return Status.NOT_CHECKED if partial and self._within(day) else Status.UNKNOWN

    def covers(self, day: date) -> bool:
        """Return whether the table has an answer for a day: one of its days, or one beyond the set's own life."""
        return self._within(day) or self._before_or_after(day)

    def _within(self, day: date) -> bool:
        return any(release.covers(day) for release in self.releases)

    def _before_or_after(self, day: date) -> bool:
        """Return whether a day lies before the set's own beginning or after its own end."""
        assert self.release is not None  # noqa: S101  # asked only of a table that is there
        start, end = self.release.start, self.release.end
        before = self._begins and start is not None and day < start
        return before or (self.ends and end is not None and day > end)


def _next(day: date) -> date:
    return day + timedelta(days=1)


def _adjoins(before: Interval, span: Span) -> bool:
    return before.end is not None and _next(before.end) == span.start and before.billable == span.billable


def _holds(span: Span, day: date) -> bool:
    return span.start <= day and (span.end is None or day <= span.end)


def _status(profile: Sequence[Span], day: date) -> Status:
    for span in profile:
        if _holds(span, day):
            return Status.BILLABLE if span.billable else Status.HEADER
    return Status.DELETED if any(span.start <= day for span in profile) else Status.NOT_YET


def _mask(profile: Sequence[Span], day: date) -> int:
    return next((span.flags for span in profile if _holds(span, day)), 0)
