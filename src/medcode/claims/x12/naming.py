"""What a place in a written file is called in the model: the way back from loop, segment and element.

Whoever writes claims knows their attributes, not the text that is made of them, so a finding in the
text is told by both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims.x12.grammar import Composite
from medcode.claims.x12.own_bindings import HealthCodesBinding
from medcode.claims.x12.route import around, nodes_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from medcode.claims.x12.binding import Binding
    from medcode.claims.x12.frames import Bound
    from medcode.claims.x12.grammar import Segment
    from medcode.claims.x12.route import Names
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
    names, _, counted = around(bound, node)
    binding = bound.bindings.get(node)
    stood = [around(bound, each)[1] for each in before if each]
    path = ""
    for place, name in enumerate(names):
        path += f".{name}"
        if (place, names[: place + 1]) in counted:
            path += f"[{_index(names[: place + 1], stood)}]"
    if binding:
        path += "".join(f".{name}" for name in (*binding.path, *_attribute(binding, node.use, at)))
    return path.removeprefix(".") or None


def _is_at(node: Node, at: Location) -> bool:
    return node.segment is not None and (node.loop.loop.id, node.segment.id) == (at.loop, at.segment)


def _index(names: Names, stood: Iterable[tuple[Names, ...]]) -> int:
    """Count the objects of a tuple that stand before; what is around it begins the count anew."""
    count = -1
    for opened in stood:
        if names in opened:
            count += 1
        elif any(each == names[: len(each)] for each in opened):
            count = -1
    return max(count, 0)


def _attribute(binding: Binding, segment: Segment, at: Location) -> Names:
    """Name what an element or component is of the object that the segment fills."""
    if at.element is None or isinstance(binding, HealthCodesBinding):
        return ()
    names = []
    for row in segment.elements[at.element - 1 : at.element + 1]:
        if row.name == "format":  # which is that of the day after it
            continue
        inner = (
            row.elements[at.component - 1 : at.component]
            if isinstance(row, Composite) and at.component
            else ()
        )
        names = [row.name, *(each.name for each in inner)]
        break
    return tuple(filter(None, names))
