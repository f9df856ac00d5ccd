"""A patient's codes over time as a picture, drawn as SVG at the build: `{patient-year} FILE` in a page.

A row for each problem and each other code, a mark for each event, from left to right by day. The file is an 837 of one
patient in `examples`.
"""

from __future__ import annotations

from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes
from docutils.parsers.rst import Directive

from medcode.claims import x12
from medcode.codesets.base import Code
from medcode.history import CodedHistory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.history import CodedEvent

EXAMPLES = Path(__file__).parents[2] / "examples"
LABEL, WIDTH, ROW, TOP = 250, 720, 22, 28
SHOWN = 36
"""How many characters of a code and its title are shown; the whole is in the text of the row."""
DAYS = 365


class Row(NamedTuple):
    """What a code means, and the days it was documented for."""

    code: str
    title: str
    kind: str
    spans: tuple[tuple[date, date], ...]


def rows_of(history: CodedHistory) -> list[Row]:
    """Return the problems of a history, then its procedures and drugs, each in the order of its first day."""
    rows = [
        Row(shown(each.code), each.title or "", "diagnosis", spans(each.events))
        for each in history.problems()
    ]
    others: dict[str, list[CodedEvent]] = {}
    for event in (*history.procedures, *history.drugs):
        others.setdefault(event.code, []).append(event)
    rows += [
        Row(shown(events[0].code), events[0].title or "", events[0].kind, spans(events))
        for events in others.values()
    ]
    order = {"diagnosis": 0, "procedure": 1, "drug": 2}
    return sorted(rows, key=lambda row: (order[row.kind], row.spans[0]))


def shown(code: str) -> str:
    """Return a code as people write it."""
    return code.dotted if isinstance(code, Code) else code


def spans(events: list[CodedEvent] | tuple[CodedEvent, ...]) -> tuple[tuple[date, date], ...]:
    """Return the first and last day of each event that has one."""
    return tuple((event.start, event.end) for event in events if event.start and event.end)


def words(row: Row) -> str:
    """Return a row in words, for whoever hears it."""
    days = ", ".join(f"{start}" if start == end else f"{start} to {end}" for start, end in row.spans)
    return f"{row.code} {row.title}: {days}" if row.title else f"{row.code}: {days}"


def svg(history: CodedHistory) -> str:
    """Return the picture; its description lists every row, so that nothing is in the picture alone."""
    rows = rows_of(history)
    year = rows[0].spans[0][0].year
    height = TOP + ROW * len(rows) + 8
    text = "; ".join(map(words, rows))
    return "".join(
        [
            f'<svg class="patient-year" viewBox="0 0 {LABEL + WIDTH} {height}" role="img" ',
            'aria-labelledby="year-title year-text" xmlns="http://www.w3.org/2000/svg">',
            f'<title id="year-title">One patient in {year}: {len(rows)} problems, procedures and drugs by day</title>',
            f'<desc id="year-text">{escape(text)}</desc>',
            *months(year, height),
            *(part for number, row in enumerate(rows) for part in drawn(row, TOP + ROW * number, year)),
            "</svg>",
        ]
    )


def place(day: date, year: int) -> float:
    """Return how far from the left a day is."""
    return LABEL + (day - date(year, 1, 1)).days * WIDTH / DAYS


def months(year: int, height: int) -> Iterator[str]:
    """Yield a line and a name for each month."""
    for month in range(1, 13):
        left = place(date(year, month, 1), year)
        yield f'<line class="month" x1="{left:.1f}" x2="{left:.1f}" y1="16" y2="{height}"/>'
        yield f'<text class="month" x="{left + 3:.1f}" y="12">{date(year, month, 1):%b}</text>'


def drawn(row: Row, top: int, year: int) -> Iterator[str]:
    """Yield the label of a row, the line from its first day to its last, and its marks."""
    room = SHOWN - len(row.code)
    title = row.title if len(row.title) <= room else row.title[: room - 1] + "…"
    middle = top + ROW / 2
    first, last = place(row.spans[0][0], year), place(max(end for _, end in row.spans), year)
    yield f'<g class="{row.kind}"><title>{escape(words(row))}</title>'
    yield f'<text x="0" y="{middle + 4}"><tspan class="code">{escape(row.code)}</tspan> {escape(title)}</text>'
    yield f'<line x1="{first:.1f}" x2="{last:.1f}" y1="{middle}" y2="{middle}"/>'
    for start, end in row.spans:
        left = place(start, year)
        wide = place(end, year) - left + 6
        yield f'<rect x="{left - 3:.1f}" y="{middle - 4}" width="{wide:.1f}" height="8" rx="4"/>'
    yield "</g>"


class PatientYearDirective(Directive):
    """`{patient-year} FILE`: the history of the claims of a file in `examples`."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the picture, in a frame that scrolls where it is too wide."""
        history = CodedHistory.from_claims(x12.load(EXAMPLES / self.arguments[0]).claims())
        frame = f'<div class="picture" tabindex="0">{svg(history)}</div>'
        return [nodes.raw("", frame, format="html")]
