"""What moves through a guide pass over, and which of the parts that they lead to come in any order."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, TypeAlias

from medcode.claims.x12.guides.grammar import Usage
from medcode.claims.x12.guides.nodes import LoopNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.x12.guides.nodes import Node
    from medcode.claims.x12.parse.moves import Transition

__all__ = ["Pair", "begun_by", "beside", "come_in_any_order", "passed_over", "stays"]

Pair: TypeAlias = "tuple[Transition, Transition]"
"""The moves to two segments in a row."""


def stays(transition: Transition) -> bool:
    """Whether a move is one within its loop: to a place behind, or over what must come."""
    return not transition.moves and transition.placed and not transition.lost


def begun_by(transition: Transition) -> Node | LoopNode:
    """Return what occurs once more by a move: the outermost loop that it enters, else its segment."""
    return transition.opens[0] if transition.opens else transition.node


def come_in_any_order(pair: Pair) -> bool:
    """Whether two segments, or the loops that they begin, are of one group."""
    one, other = map(begun_by, pair)
    parents = [child.parent if isinstance(child, LoopNode) else child.loop for child in (one, other)]
    return parents[0] is parents[1] and one.group == other.group


def beside(transition: Transition) -> Iterator[Node | LoopNode]:
    """Yield what must come, and usually comes first, of the group that a move leads to, in which any order will do."""
    child = begun_by(transition)
    around = child.parent if isinstance(child, LoopNode) else child.loop
    group = around.children[child.group] if around else ()
    yield from (
        other for other in takewhile(lambda other: other is not child, group) if other.usage is Usage.REQUIRED
    )


def passed_over(node: Node, transition: Transition, from_group: int) -> Iterator[Node | LoopNode]:
    """Yield what must come, of so many groups after a place on, that a move passes over."""
    group = node.group
    for loop in transition.closes:
        for children in loop.children[group + from_group :]:
            yield from (child for child in children if child.usage is Usage.REQUIRED)
        group = loop.group
    around = next(loop for loop in node.loop.up() if loop not in transition.closes)
    end = transition.opens[0].group if transition.opens else transition.node.group
    for children in around.children[group + from_group : end]:
        yield from (child for child in children if child.usage is Usage.REQUIRED)
