"""An interchange as people read it: loops by their names, each a step further in.

What the elements hold is shown only where the caller asks for it: it names patients.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import attrs

from medcode.claims.x12.codec.compiled import compiled
from medcode.claims.x12.guides import convention_of, guide
from medcode.claims.x12.guides.dictionary import SEGMENTS
from medcode.claims.x12.guides.groups import GROUPS
from medcode.claims.x12.parse.walker import walker_of
from medcode.claims.x12.text.lexer import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medcode.claims.x12.guides.grammar import Segment
    from medcode.claims.x12.text.lexer import RawSegment
    from medcode.claims.x12.transmission import Interchange, TransactionSet
    from medcode.findings import Finding

__all__ = ["Line", "as_html", "as_text", "lines"]

_MOST = 500  # lines of a tree in a notebook
_MOST_BEYOND = 50  # findings of what is not shown


class Line(NamedTuple):
    """One line of the tree: its depth, its name, whether it opens a loop, its segment and the guide's row of it."""

    depth: int
    name: str
    opens: bool
    segment: RawSegment | None = None
    use: Segment | None = None

    @property
    def text(self) -> str:
        """The text of the segment, without blanks around it."""
        return self.segment.text.strip() if self.segment else ""


def lines(interchange: Interchange) -> Iterator[Line]:
    """Yield the lines of an interchange."""
    yield Line(0, f"Interchange {_USAGE.get(interchange.usage, '')}".strip(), opens=True)
    yield from _envelope(1, "ISA Interchange header", interchange.header)
    for answer in interchange.acknowledgments:
        yield Line(1, f"TA1 {guide('TA1').title}", opens=False, segment=answer)
    for group in interchange.groups:
        kind = GROUPS[group.kind].title if group.kind in GROUPS else "another kind"
        yield Line(1, f"Group of {kind}", opens=True)
        yield from _envelope(2, "GS Group header", group.header)
        for each in group.sets:
            yield from _set(each, group.convention)
        yield from _envelope(2, "GE Group trailer", group.trailer)
    yield from _envelope(1, "IEA Interchange trailer", interchange.trailer)


def _envelope(depth: int, name: str, segment: RawSegment | None) -> Iterator[Line]:
    if segment:
        yield Line(depth, name, opens=False, segment=segment)


_USAGE = {"T": "(test)", "P": "(production)"}


def _set(received: TransactionSet, gs08: str) -> Iterator[Line]:
    """Yield the lines of a transaction set; of one that no guide reads, its segments in a row."""
    found = compiled(convention_of(received.segments[0].elements, gs08))
    walker = walker_of(found) if found else None
    title = walker.guide.title if walker else "Transaction set without a guide"
    yield Line(2, title, opens=True)
    node, before = walker.start if walker else None, [""]
    for number, segment in enumerate(each for each in received.segments if each.elements):
        elements = [name_of(segment.elements), *segment.elements[1:]]
        id_ = elements[0]
        if walker is None or node is None:
            yield Line(3, _known(id_), opens=False, segment=segment)
            continue
        placed = number == 0
        if number:
            step = walker.step(node, elements, segment.delimiters, before)
            node, placed = step.node, step.placed
            for loop in step.opens:
                yield Line(2 + loop.depth, f"{loop.loop.id} {loop.loop.title}", opens=True)
        before = elements
        name = f"{id_} {node.use.title}" if placed else f"{_known(id_)} (out of place)"
        use = node.use if placed else None
        yield Line(3 + node.loop.depth, name, opens=False, segment=segment, use=use)


def _known(id_: str) -> str:
    """Return a segment's id if it is one: in a broken file it may be anything."""
    return id_ if id_ in SEGMENTS else "?"


def as_text(interchanges: Iterable[Interchange], *, data: bool) -> str:
    """Return the tree with indents; with `data`, each segment with its text."""
    drawn = []
    for line in (line for interchange in interchanges for line in lines(interchange)):
        text = f": {line.text}" if data and line.text else ""
        drawn.append(f"{'  ' * line.depth}{line.name}{text}")
    return "\n".join(drawn)


def as_html(interchanges: Iterable[Interchange], findings: Iterable[Finding] = ()) -> str:
    """Return the tree for a notebook, each loop to be folded, with findings at their segments; without data."""
    whole = (line for interchange in interchanges for line in lines(interchange))
    tree = [*islice(whole, _MOST)]
    more = sum(line.segment is not None for line in whole)
    starts = [line.segment.offset for line in tree if line.segment]
    end = starts[-1] + len(tree[-1].text) if more else math.inf
    inside, beyond = _parted(findings, end)
    found = _by_segment(starts, inside)
    drawn = [*map(_finding, found.pop(-1, ()))]
    open_: list[int] = []
    for line in tree:
        while open_ and open_[-1] >= line.depth:
            drawn.append("</div></details>")
            open_.pop()
        if line.opens:
            drawn.append(f'<details open><summary>{escape(line.name)}</summary><div style="margin-left:1em">')
            open_.append(line.depth)
        else:
            drawn.append(f"<div>{escape(line.name)}</div>")
        drawn += map(_finding, found.get(line.segment.offset, ()) if line.segment else ())
    drawn.append("</div></details>" * len(open_))
    if more:
        drawn.append(f"<p>and {more:,} more segments</p>")
        drawn += map(_finding, beyond[:_MOST_BEYOND])
        if len(beyond) > _MOST_BEYOND:
            drawn.append(f"<p>and {len(beyond) - _MOST_BEYOND:,} more findings</p>")
    return "".join(drawn)


def _parted(findings: Iterable[Finding], end: float) -> tuple[list[Finding], list[Finding]]:
    """Part findings into those before an offset and those after it; one without a place is before."""
    parts: tuple[list[Finding], list[Finding]] = [], []
    for finding in findings:
        parts[(finding.location.offset or 0) > end].append(finding)
    return parts


def _by_segment(starts: list[int], findings: Iterable[Finding]) -> dict[int, list[Finding]]:
    """Return findings by the offset of the segment they are in; -1 for those without a place."""
    found: defaultdict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        offset = finding.location.offset
        place = 0 if offset is None else bisect_right(starts, offset)
        found[starts[place - 1] if place else -1].append(finding)
    return found


def _finding(finding: Finding) -> str:
    at = finding.location
    element = str(attrs.evolve(at, path=None, loop=None, position=None)) if at.segment else ""
    text = f"{finding.severity} {finding.rule} {element}".strip()
    return f"<div><strong>{escape(f'{text}: {finding.message}')}</strong></div>"
