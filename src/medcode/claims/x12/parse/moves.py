"""Moves through a guide: from one place to another, which loops are left and which are entered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from medcode.claims.x12.guides.grammar import Usage
from medcode.claims.x12.guides.nodes import LoopNode, Node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = [
    "Transition",
    "ahead",
    "behind",
    "fitting",
    "into",
    "is_in_lines",
    "move",
    "out_of_unit",
    "shows_level",
    "to_dead_end",
]


@attrs.define(eq=False)
class Transition:
    """A move: the node reached, the loops left (inner first) and entered (outer first).

    `placed` is False where the segment fits nowhere, `ordered` where it comes too late, `fits`
    where its qualifier or its id is wrong for the use that it is taken for; `kept` and `right` sum these
    up. `lost` are the loops entered whose own first segment is missing, `meant` the id that a misspelt one
    resembles. `moves` tells whether loops are left or entered. `actions` is what the move is to the
    builder of records, and `before` what must come before the node to the judge: they work it out.
    """

    node: Node
    closes: tuple[LoopNode, ...] = ()
    opens: tuple[LoopNode, ...] = ()
    placed: bool = True
    ordered: bool = True
    fits: bool = True
    lost: tuple[LoopNode, ...] = ()
    meant: str = ""
    actions: Any = None
    before: Any = None
    moves: bool = attrs.field(init=False)
    kept: bool = attrs.field(init=False)
    right: bool = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Compute once what every segment needs."""
        self.moves = bool(self.closes or self.opens)
        self.kept = self.placed and self.fits
        self.right = self.kept and self.ordered and not self.lost


def to_dead_end(node: Node, loop: LoopNode, group: int) -> Transition:
    """Make the move out of every loop inside `loop`, to a place that holds no segment."""
    closes = tuple(inner for inner in node.loop.up() if inner.depth > loop.depth)
    return Transition(loop.dead_end(group), closes, placed=False)


def out_of_unit(node: Node) -> Transition:
    """Make the move out of a unit into lines whose unit has lost its first segment: they are nobody's."""
    unit = next(loop for loop in node.loop.up() if loop.is_unit)
    level = unit.parent
    assert level  # noqa: S101  # a unit is in the set at least
    closes = tuple(loop for loop in node.loop.up() if loop.depth > level.depth)
    return Transition(level.dead_end(unit.group), closes, placed=False, lost=(unit,))


def into(node: Node, target: Node, level: LoopNode | None) -> Transition:
    """Make the move to a place in a level or loop, or to a level (None), opening anew what is not around.

    Of the level, and of those that should be around it, the first segment is lost.
    """
    around = list(node.loop.up())
    inner = level or target.loop.parent
    assert inner  # noqa: S101  # the set is around every level
    beyond = {loop for loop in around if level and loop.depth >= level.depth and level in loop.up()}
    common = next(loop for loop in inner.up() if loop in around and loop not in beyond)
    closes = tuple(loop for loop in around if loop.depth > common.depth)
    opens = tuple(reversed([loop for loop in target.loop.up() if loop.depth > common.depth]))
    lost = tuple(loop for loop in opens if loop.opener is not target)
    return Transition(target, closes, opens, lost=lost)


def shows_level(sign: Node | LoopNode, *, first: bool) -> bool:
    """Whether a part of a level shows that the level has begun; asked for the `first`, a loop does not."""
    return not first if isinstance(sign, LoopNode) else sign.usage is Usage.REQUIRED


def is_in_lines(node: Node) -> bool:
    """Whether a place is in what comes last in a unit: its lines."""
    around = (loop for loop in node.loop.up() if loop.parent and loop.parent.is_unit)
    return any(loop.parent and loop.group == len(loop.parent.children) - 1 for loop in around)


def fitting(
    node: Node, search: Callable[[Node], Iterator[Node | LoopNode]], id_: str, qualifier: str
) -> Transition | None:
    """Make the move to the first place of a search that a segment fits."""
    for target in search(node):
        if target.opener.fits(id_, qualifier):
            return move(node, target, ordered=search is ahead)
    return None


def ahead(node: Node) -> Iterator[Node | LoopNode]:
    """Yield what may follow a place, the nearest first."""
    group = max(node.group, 1)  # the opener of a loop opens it anew: it is found in the loop around
    for loop in node.loop.up():
        for children in loop.children[group:]:
            yield from children
        group = loop.group


def behind(node: Node) -> Iterator[Node | LoopNode]:
    """Yield what a place has passed: a segment that fits it comes too late."""
    if node.segment is None:
        return
    group = node.group
    for loop in node.loop.up():
        for children in loop.children[1:group]:
            yield from children
        if loop.is_closed:
            return
        group = loop.group


def move(node: Node, target: Node | LoopNode, *, ordered: bool) -> Transition:
    """Make the move to a place or loop in what is around, or in a loop there."""
    parent = target.loop if isinstance(target, Node) else target.parent
    assert parent  # noqa: S101  # the root is nobody's child
    closes = tuple(loop for loop in node.loop.up() if loop.depth > parent.depth)
    reached = target.opener
    opens = tuple(reversed([loop for loop in reached.loop.up() if loop.depth > parent.depth]))
    return Transition(reached, closes, opens, ordered=ordered)
