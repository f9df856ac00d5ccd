"""An X12 file as one page to look at: its loops by name, what each element means, and the findings in place.

The page needs nothing from the network, follows the reader's light or dark theme, and works with the keyboard:
each element shows its meaning when it is pointed at or has the focus. It shows what the file holds, patient
data included; mask the file first to share the page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from html import escape
from typing import TYPE_CHECKING

from medcode.claims.x12.guides.grammar import Composite, Usage
from medcode.claims.x12.text.lexer import name_of
from medcode.claims.x12.transmission import Transmission
from medcode.claims.x12.tree import lines
from medcode.findings import Outcome
from medcode.scrubbing import scrub

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from medcode.claims.x12.guides.grammar import Element, Segment
    from medcode.claims.x12.text.lexer import RawSegment
    from medcode.claims.x12.tree import Line
    from medcode.findings import Finding, Report

__all__ = ["page"]

_ENVELOPE = {
    "ISA": "authorization qualifier; authorization; security qualifier; security; sender qualifier; sender; receiver qualifier; "
    "receiver; date; time; repetition separator; version; control number; acknowledgment requested, 1 yes, 0 no; "
    "usage, T test, P production; component separator",
    "GS": "kind of group; sender; receiver; date; time; control number; agency; implementation guide",
    "GE": "number of transaction sets; control number",
    "IEA": "number of groups; control number",
}
"""What the elements of the segments around the transaction sets are."""
_USAGE = {Usage.REQUIRED: "required", Usage.SITUATIONAL: "situational", Usage.NOT_USED: "not used"}
_MOST_CODES = 12
_MOST_LISTED = 200

_STYLE = """
:root { color-scheme: light dark; --text: #1a1a1a; --page: #ffffff; --quiet: #595959; --line: #d0d0d0;
  --error: #a4000f; --warning: #7a4d00; --info: #0b5394; --mark: #fff3bf; --tip: #1a1a1a; --on-tip: #ffffff; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e8e8e8; --page: #181818; --quiet: #b0b0b0; --line: #444444; --error: #ff9a9a;
    --warning: #f2c078; --info: #9cc9f5; --mark: #4d4200; --tip: #e8e8e8; --on-tip: #181818; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 75rem; padding: 1rem; color: var(--text); background: var(--page);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; }
details > div { margin-left: 1rem; border-left: 1px solid var(--line); padding-left: .75rem; }
summary { cursor: pointer; font-weight: 600; }
.segment { margin: .25rem 0; }
.name { color: var(--quiet); font-size: .85rem; }
code { font: .95rem ui-monospace, monospace; }
.element { position: relative; border-bottom: 1px dotted var(--quiet); }
.wrong { background: var(--mark); }
.element:hover::after, .element:focus::after { content: attr(data-meaning); position: absolute; left: 0; top: 1.6em;
  z-index: 1; width: max-content; max-width: min(22rem, 80vw); padding: .3rem .5rem; border-radius: .25rem;
  background: var(--tip); color: var(--on-tip); font: .85rem/1.4 system-ui, sans-serif; white-space: normal; }
.finding { margin: .1rem 0 .4rem; padding-left: .5rem; border-left: .25rem solid currentColor; font-size: .9rem; }
.error { color: var(--error); } .warning { color: var(--warning); } .info { color: var(--info); }
a { color: inherit; }
"""


def page(
    source: str | bytes, *, title: str = "X12 file", on: date | None = None, report: Report | None = None
) -> str:
    """Return a page of HTML for the text of an X12 file, with a report on it: by default all that `scrub` finds.

    `on` is the day the transaction is made, by default the one the file says. Raises X12Error for what is
    not X12 at all.

    >>> text = "ST*837*0001*005010X222A1~SE*3*0001~"
    >>> "SE01 says 3, but there are 2 segments." in page(text)
    True
    """
    sent = Transmission.of(source)
    report = scrub(sent, on=on) if report is None else report
    found = [each for each in report.findings if each.outcome is not Outcome.BYPASSED]
    at: defaultdict[int, list[tuple[int, Finding]]] = defaultdict(list)
    starts = sorted(each.offset for each in sent.segments if each.elements)
    for number, finding in enumerate(found, 1):
        at[_start(starts, finding.location.offset)].append((number, finding))
    drawn = [line for interchange in sent.interchanges for line in lines(interchange)]
    shown = {line.segment.offset for line in drawn if line.segment}
    body = "".join(_tree(drawn, at))
    elsewhere = "".join(
        _finding(number, each)
        for offset, group in at.items()
        if offset not in shown
        for number, each in group
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>'
        f"<body><main><h1>{escape(title)}</h1>{_summary(report, found)}{elsewhere}{body}</main></body></html>\n"
    )


def _start(starts: Sequence[int], offset: int | None) -> int:
    """Return where the segment begins that an offset is in; -1 for a finding without a place."""
    place = bisect_right(starts, offset) - 1 if offset is not None else -1
    return starts[place] if place >= 0 else -1


def _summary(report: Report, found: Sequence[Finding]) -> str:
    """Return how much was found, each finding a link to its place, and what was not checked."""
    counts: defaultdict[str, int] = defaultdict(int)
    for each in found:
        counts[str(each.severity)] += 1
    said = ", ".join(
        f"{count} {kind}{'s' if count > 1 and kind != 'info' else ''}" for kind, count in counts.items()
    )
    items = "".join(
        f'<li class="{each.severity}"><a href="#finding-{number}">{escape(f"{each.rule} {each.message}")}</a></li>'
        for number, each in enumerate(found[:_MOST_LISTED], 1)
    )
    more = f"<p>and {len(found) - _MOST_LISTED} more, in place below</p>" if len(found) > _MOST_LISTED else ""
    missing = "".join(f"<li>{escape(str(each))}</li>" for each in dict.fromkeys(map(str, report.not_checked)))
    unchecked = (
        f"<details><summary>Not checked</summary><div><ul>{missing}</ul></div></details>" if missing else ""
    )
    return (
        f"<h2>{said or 'No findings'}</h2>"
        + (f"<ol>{items}</ol>" if items else "")
        + more
        + unchecked
        + "<h2>File</h2>"
    )


def _tree(drawn: Sequence[Line], at: Mapping[int, Sequence[tuple[int, Finding]]]) -> Iterator[str]:
    open_: list[int] = []
    for line in drawn:
        while open_ and open_[-1] >= line.depth:
            yield "</div></details>"
            open_.pop()
        if line.segment is None:  # what has no segment of its own opens a loop
            yield f"<details open><summary>{escape(line.name)}</summary><div>"
            open_.append(line.depth)
        else:
            yield from _segment(line.name, line.segment, line.use, at.get(line.segment.offset, ()))
    yield "</div></details>" * len(open_)


def _segment(
    name: str, segment: RawSegment, use: Segment | None, found: Sequence[tuple[int, Finding]]
) -> Iterator[str]:
    wrong = {each.location.element for _, each in found}
    shown = "".join(
        _element(segment, number, use, number in wrong) for number in range(1, len(segment.elements))
    )
    id_ = escape(name_of(segment.elements))
    yield f'<div class="segment"><span class="name">{escape(name)}</span><br><code>{id_}{shown}</code></div>'
    yield from (_finding(number, each) for number, each in found)


def _element(segment: RawSegment, number: int, use: Segment | None, wrong: bool) -> str:  # noqa: FBT001  # a private step
    separator, value = segment.delimiters.element, segment.elements[number]
    if not value:
        return escape(separator)
    row = use.elements[number - 1] if use and number <= len(use.elements) else None
    id_ = name_of(segment.elements)
    known = _ENVELOPE.get(id_, "").split("; ")
    name = f" {known[number - 1]}" if number <= len(known) else ""
    meaning = _meaning(f"{id_}{number:02}{name}".rstrip(), row)
    kind = "element wrong" if wrong else "element"
    return (
        f'{escape(separator)}<span class="{kind}" role="note" tabindex="0" data-meaning="{escape(meaning)}"'
        f' aria-label="{escape(meaning)}: {escape(value)}">{escape(value)}</span>'
    )


def _meaning(place: str, row: Element | Composite | None) -> str:
    """Return what an element is, in the words of the guide table: name, usage, and the codes it may have."""
    if row is None:
        return place
    if isinstance(row, Composite):
        parts = ", ".join(_words(each.name) for each in row.elements if each.name)
        return f"{place} {_words(row.name) or parts}, {_USAGE[row.usage]}"
    codes = sorted(row.codes or ())
    listed = " ".join(codes[:_MOST_CODES]) + (" …" if len(codes) > _MOST_CODES else "")
    limits = f"; {row.data.type} {row.minimum}-{row.maximum}"
    return f"{place} {_words(row.name) or 'qualifier'}, {_USAGE[row.usage]}" + (
        f"; {listed}" if codes else limits
    )


def _words(name: str) -> str:
    """Return the path of a model field as words."""
    return name.replace("_", " ").replace(".", ", ")


def _finding(number: int, finding: Finding) -> str:
    fix = f" Fix: {finding.fix.text}" if finding.fix else ""
    source = f" ({finding.source})" if finding.source else ""
    text = f"{finding.severity} {finding.rule} {finding.where}: {finding.message}{fix}{source}"
    return f'<div class="finding {finding.severity}" id="finding-{number}">{escape(text)}</div>'
