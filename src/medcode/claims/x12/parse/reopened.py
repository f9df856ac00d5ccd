"""A loop whose first segment is lost: which it is, told from the segment that comes next in it.

In the loop that is open already that may as well be a segment that comes a little late: it opens a loop anew only where
others should have come between.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims.x12.guides.grammar import Usage
from medcode.claims.x12.guides.nodes import LoopNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.x12.guides.grammar import Segment
    from medcode.claims.x12.guides.nodes import Node

__all__ = ["due_loop", "is_before", "reopened"]

_FAR, _FAR_IN_UNIT = 1, 2
"""Where a loop within begins so many places further on, or fewer, a segment before it is a little late; within a claim
that is likelier than a loop whose first segment is lost.
"""


def reopened(
    node: Node, elements: list[str], qualifier: str, loops: frozenset[str], *, apart: bool
) -> tuple[LoopNode, Node] | None:
    """Return the loop, of those that a guide names, that a segment after a node shows to have begun, and its place there.

    Of several loops, that whose elements the segment has is meant. What an unknown segment sets `apart` from the node is
    not a little late: the unknown one was the first of its loop.
    """
    found = [
        (loop, sign.opener)
        for loop in _ahead(node)
        if loop.loop.id in loops
        for sign in _first_of(loop)
        if sign.opener.fits(elements[0], qualifier) and (apart or _comes_again(node, loop, sign))
    ]
    return next((each for each in found if _has_elements(each[1].use, elements)), found[0] if found else None)


def due_loop(node: Node, id_: str) -> LoopNode | None:
    """Return the next loop that must come once after a place, if a segment id opens it."""
    around = node.loop.around
    for loop in _ahead(node):
        is_due = loop.usage is Usage.REQUIRED and loop.loop.repeat == 1 and loop not in around
        if is_due and not (loop.in_unit or loop.is_level) and loop.opener.use.id == id_:
            return loop
    return None


def is_before(node: Node, loop: LoopNode) -> bool:
    """Whether a loop may come next after a place, and nothing else of the loop around it."""
    around = loop.parent
    last = around.children[loop.group - 1][-1] if around else None
    return node.loop is last


def _ahead(node: Node) -> Iterator[LoopNode]:
    """Yield the loops that may begin at a place, or begin again."""
    at, inner = node.group, None
    for loop in node.loop.up():
        for group in loop.children[at:]:
            begun = group.index(inner) if inner in group else 0  # those before it had their turn
            yield from (child for child in group[begun:] if isinstance(child, LoopNode))
        at, inner = loop.group, loop


def _first_of(loop: LoopNode) -> Iterator[Node | LoopNode]:
    """Yield what may follow the first segment of a loop, up to what must; of a loop that requires nothing, what is next."""
    for number, group in enumerate(loop.children[1:], 1):
        due = [child for child in group if child.usage is Usage.REQUIRED]
        yield from due or group
        if due or (number == 1 and len(loop.required) == 1):
            return


def _comes_again(node: Node, loop: LoopNode, sign: Node | LoopNode) -> bool:
    """Whether a sign of a loop comes too late to be a misplaced segment of what is open."""
    if loop in node.loop.up() and loop.loop.repeat == 1:
        return False
    late = [
        use.group for group in node.loop.children[1 : node.group] for use in group if _are_alike(use, sign)
    ]
    if loop in node.loop.up() and loop is not node.loop:
        within = next(each for each in node.loop.up() if each.parent is loop)
        return not late and within.group - sign.group > (_FAR_IN_UNIT if loop.in_unit else _FAR)
    return all(node.group - group > 1 for group in late) and (loop is not node.loop or bool(late))


def _are_alike(use: Node | LoopNode, sign: Node | LoopNode) -> bool:
    """Whether a segment that is a sign may be another use."""
    one, other = use.opener.use, sign.opener.use
    return one.id == other.id and (
        one.qualifiers is None or not one.qualifiers.isdisjoint(other.qualifiers or ())
    )


def _has_elements(use: Segment, elements: list[str]) -> bool:
    """Whether a segment has the elements that a use requires, and none that it does not use."""
    texts = [*elements[1:], *[""] * len(use.elements)]
    return all(
        bool(text) if row.usage is Usage.REQUIRED else not text or row.usage is Usage.SITUATIONAL
        for row, text in zip(use.elements, texts, strict=False)
    )
