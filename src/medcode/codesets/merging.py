"""Several releases of one table as one: on each day the first that covers it decides."""

from __future__ import annotations

from array import array
from datetime import date, timedelta
from typing import TYPE_CHECKING

import attrs

from medcode.codesets.store import RawTable, Span, day_number
from medcode.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from medcode.codesets.concept import Release

__all__ = ["MOST_HISTORIES", "ReleaseLayer", "layer", "merge_releases", "numbered"]

ABSENT = -1
MOST_HISTORIES = 1 << 16  # what two bytes can number


@attrs.frozen
class ReleaseLayer:
    """One release: the history of each code, by number, and titles with the notes on them."""

    release: Release
    numbers: Mapping[str, int]
    profiles: Sequence[Sequence[Span]]
    titles: Mapping[str, tuple[str, str]]
    raw: RawTable

    def span(self, number: int, day: date) -> Span | None:
        """Return the span of a code that holds on a day."""
        spans = self.spans(number)
        return next((s for s in spans if s.start <= day and (s.end is None or day <= s.end)), None)

    def spans(self, number: int) -> Sequence[Span]:
        """Return the history of a code, empty for one that the release lacks."""
        return () if number == ABSENT else self.profiles[number]


def layer(raw: RawTable, titles: RawTable | None) -> ReleaseLayer:
    """Return a table and its titles, whose rows are of the same codes, as a layer."""
    codes = raw.texts("code")
    numbers = dict(zip(codes, raw.numbers("profile"), strict=True))
    return ReleaseLayer(raw.release, numbers, raw.profiles(), dict(_titles(codes, titles)), raw)


def _titles(codes: Sequence[str], titles: RawTable | None) -> zip[tuple[str, tuple[str, str]]]:
    if titles is None:
        return zip(codes, [("", "")] * len(codes), strict=True)
    notes = [""] * len(codes)
    if "note" in titles.columns:
        notes = [titles.header["notes"][number] for number in titles.numbers("note")]
    return zip(codes, zip(titles.texts("title"), notes, strict=True), strict=True)


def numbered(name: str, numbers: Sequence[int], histories: int) -> array[int]:
    """Build the column of the codes' histories; TableError if there are more than a table can number."""
    if histories > MOST_HISTORIES:
        raise TableError(f"{name}: its codes have more than {MOST_HISTORIES:,} different histories")
    return array("H", numbers)


def merge_releases(layers: Sequence[ReleaseLayer]) -> RawTable:
    """Build one table of the layers, the first going before the others; TableError as for `numbered`."""
    codes = sorted(set().union(*(each.numbers for each in layers)))
    profiles: dict[tuple[tuple[int, int | None, int, int], ...], int] = {}
    known: dict[tuple[int, ...], int] = {}
    numbers: list[int] = []
    for code in codes:
        key = tuple(each.numbers.get(code, ABSENT) for each in layers)
        if key not in known:
            known[key] = profiles.setdefault(_history(layers, key), len(profiles))
        numbers.append(known[key])
    titles = [
        next((each.titles[code] for each in layers if each.titles.get(code, ("",))[0]), ("", ""))
        for code in codes
    ]
    notes = sorted({note for _, note in titles})
    columns: dict[str, Sequence[str] | array[int]] = {
        "code": codes,
        "profile": numbered(layers[0].release.name, numbers, len(profiles)),
        "title": [title for title, _ in titles],
        "note": array("H", (notes.index(note) for _, note in titles)),
    }
    header = {**layers[-1].raw.header, "profiles": list(profiles), "notes": notes, "rows": len(codes)}
    header["releases"] = tuple(each.release for each in layers)
    return RawTable(header, _release(header["releases"], len(codes)), columns)


def _release(releases: Sequence[Release], rows: int) -> Release:
    """Return the first release, as one that covers the days of all."""
    starts = [each.start for each in releases]
    ends = [each.end for each in releases]
    start = min((day for day in starts if day), default=None) if all(starts) else None
    end = max((day for day in ends if day), default=None) if all(ends) else None
    return attrs.evolve(releases[0], start=start, end=end, rows=rows)


def _history(
    layers: Sequence[ReleaseLayer], key: Sequence[int]
) -> tuple[tuple[int, int | None, int, int], ...]:
    """Return one history of a code, given its number in each layer."""
    pairs = list(zip(layers, key, strict=True))
    days = _changes(pairs)
    found: list[Span] = []
    for day, after in zip(days, (*days[1:], None), strict=True):
        if (span := _span(pairs, day)) is None:
            continue
        last = found[-1] if found else None
        end = None if after is None else after - timedelta(days=1)
        if last and last.end == day - timedelta(days=1) and _alike(last, span):
            found[-1] = attrs.evolve(last, end=end)
        else:
            found.append(Span(day, end, span.billable, span.flags))
    return tuple(
        (day_number(s.start), day_number(s.end) if s.end else None, int(s.billable), s.flags) for s in found
    )


def _changes(pairs: Sequence[tuple[ReleaseLayer, int]]) -> list[date]:
    """Return the days on which the answer may change, from the first on which any layer has the code."""
    spans = [span for each, number in pairs for span in each.spans(number)]
    starts = {span.start for span in spans}
    ends = {span.end for span in spans} | {each.release.end for each, _ in pairs}
    days = starts | {each.release.start for each, _ in pairs if each.release.start}
    days |= {end + timedelta(days=1) for end in ends if end}
    return sorted(day for day in days if day >= min(starts))


def _span(pairs: Sequence[tuple[ReleaseLayer, int]], day: date) -> Span | None:
    """Return what holds on a day: by the first layer that covers it, else by the nearest before it.

    A partial layer is skipped for a code that it lacks, and one without flags leaves those of the layers
    below it in force.
    """
    speaking = [pair for pair in pairs if pair[1] != ABSENT or not pair[0].release.partial]
    covering = (pair for pair in speaking if pair[0].release.covers(day))
    first, number = next(covering, None) or _nearest(speaking, day)
    span = first.span(number, day)
    if span is None and number == ABSENT and first.raw.header.get("without_headings"):
        below = (each.span(number, day) for each, number in speaking if each is not first)
        return next((each for each in below if each and not each.billable), None)
    if span is None or "flags" in first.raw.header:
        return span
    below = (each.span(number, day) for each, number in speaking if "flags" in each.raw.header)
    return attrs.evolve(span, flags=next((each.flags for each in below if each), 0))


def _nearest(pairs: Sequence[tuple[ReleaseLayer, int]], day: date) -> tuple[ReleaseLayer, int]:
    """Return the layer whose days begin last before a day that none covers; before all of them, the earliest."""
    before = [pair for pair in pairs if _start(pair) <= day]
    return max(before, key=_start) if before else min(pairs, key=_start)


def _start(pair: tuple[ReleaseLayer, int]) -> date:
    return pair[0].release.start or date.min


def _alike(one: Span, other: Span) -> bool:
    return (one.billable, one.flags) == (other.billable, other.flags)
