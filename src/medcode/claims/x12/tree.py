"""An interchange as people read it: loops by their names, each a step further in.

What the elements say is shown only where the caller asks for it: it names patients.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from medcode.claims.x12.dictionary import SEGMENTS
from medcode.claims.x12.registry import walker_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medcode.claims.x12.transmission import Interchange, TransactionSet

__all__ = ["Line", "as_html", "as_text", "lines"]

_GROUPS = {
    "HC": "claims",
    "HP": "remittances",
    "FA": "acknowledgments",
    "HN": "claim status",
}


class Line(NamedTuple):
    """One line of the tree: how far in it stands, what it is called, whether others stand below, its text."""

    depth: int
    name: str
    opens: bool
    text: str = ""


def lines(interchange: Interchange) -> Iterator[Line]:
    """Give the lines of an interchange."""
    yield Line(0, f"Interchange {_USAGE.get(interchange.usage, '')}".strip(), opens=True)
    for answer in interchange.acknowledgments:
        yield Line(1, "TA1 Interchange acknowledgment", opens=False, text=answer.text.strip())
    for group in interchange.groups:
        yield Line(1, f"Group of {_GROUPS.get(group.kind, 'another kind')}", opens=True)
        for each in group.sets:
            yield from _set(each)


_USAGE = {"T": "(test)", "P": "(production)"}


def _set(received: TransactionSet) -> Iterator[Line]:
    """Give the lines of a transaction set; one that no guide reads gives its segments in a row."""
    walker = walker_of(received.convention)
    title = walker.guide.title if walker else "Transaction set without a guide"
    yield Line(2, title, opens=True)
    node = walker.start if walker else None
    for number, segment in enumerate(each for each in received.segments if each.elements):
        elements = [segment.elements[0].upper(), *segment.elements[1:]]
        id_, text = elements[0], segment.text.strip()
        if walker is None or node is None:
            yield Line(3, _known(id_), opens=False, text=text)
            continue
        placed = number == 0
        if number:
            step = walker.step(node, elements, segment.delimiters.component)
            node, placed = step.node, step.placed
            for loop in step.opens:
                yield Line(2 + loop.depth, f"{loop.loop.id} {loop.loop.title}", opens=True)
        name = f"{id_} {node.use.title}" if placed else f"{_known(id_)} (out of place)"
        yield Line(3 + node.loop.depth, name, opens=False, text=text)


def _known(id_: str) -> str:
    """Show a segment's id if it is one: of a broken file it may be anything."""
    return id_ if id_ in SEGMENTS else "?"


def as_text(interchanges: Iterable[Interchange], *, data: bool) -> str:
    """Draw the tree with indents; with `data`, each segment as it stands."""
    drawn = []
    for line in (line for interchange in interchanges for line in lines(interchange)):
        text = f": {line.text}" if data and line.text else ""
        drawn.append(f"{'  ' * line.depth}{line.name}{text}")
    return "\n".join(drawn)


def as_html(interchanges: Iterable[Interchange]) -> str:
    """Draw the tree for a notebook, each loop to be folded; without data."""
    drawn: list[str] = []
    open_: list[int] = []
    for line in (line for interchange in interchanges for line in lines(interchange)):
        while open_ and open_[-1] >= line.depth:
            drawn.append("</div></details>")
            open_.pop()
        if line.opens:
            drawn.append(f'<details open><summary>{escape(line.name)}</summary><div style="margin-left:1em">')
            open_.append(line.depth)
        else:
            drawn.append(f"<div>{escape(line.name)}</div>")
    return "".join([*drawn, "</div></details>" * len(open_)])
