"""What a place in a written file is called in the model: the way back from loop, segment and element.

Whoever writes claims knows their attributes, not the text that is made of them, so a finding in the
text is told by both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims.x12.route import around, nodes_of, seats_of
from medcode.claims.x12.seats import Seat

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from medcode.claims.x12.frames import Bound
    from medcode.claims.x12.route import Around
    from medcode.claims.x12.seats import Names, Seats
    from medcode.claims.x12.walker import Node
    from medcode.findings import Location

__all__ = ["path_at"]


def path_at(bound: Bound, before: Sequence[Node | None], at: Location) -> str | None:
    """Name the attribute at a place: `lines[1].charge`; None where the place holds none.

    `before` are the segments of the claim up to that place, which itself may be missing.
    """
    node = before[-1] if before else None
    if node is None or not _is_at(node, at):
        before = before[:-1]
        node = next((each for each in nodes_of(bound) if _is_at(each, at)), None)
    if node is None:
        return None
    about = around(bound, node)
    stood = [around(bound, each) for each in before if each]
    path = ""
    for place, name in enumerate(about.names, 1):
        path += f".{name}"
        if about.names[:place] in about.loops:
            path += f"[{_index(about.names[:place], stood)}]"
    if at.element is not None and node in bound.bindings:
        path += _attribute(about, seats_of(node), stood, at)
    return path.removeprefix(".") or None


def _is_at(node: Node, at: Location) -> bool:
    return node.segment is not None and (node.loop.loop.id, node.segment.id) == (at.loop, at.segment)


def _index(names: Names, stood: Iterable[Around]) -> int:
    """Count the objects of a tuple that stand before; what is around it begins the count anew."""
    count = -1
    for each in stood:
        if names in each.opened or names == each.own:
            count += 1
        elif any(opened == names[: len(opened)] for opened in each.opened):
            count = -1
    return max(count, 0)


def _attribute(about: Around, seats: Seats, stood: Iterable[Around], at: Location) -> str:
    """Name what an element or component is of the object that the segment fills, and which that is of several."""
    seat = Seat(at.element, at.component)
    index = seats.index(_index(about.own, stood), seat) if about.own else None
    name = seats.name(seat)
    return ("" if index is None else f"[{index}]") + (f".{name}" if name else "")
