"""A guide as a tree of places: every loop and every use of a segment at its one position.

A row of a guide may be shared (the claim's loop is below two levels), a node never is. What
is asked of a place for every segment of a file is worked out here once.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from medcode.claims.x12.guides.grammar import Loop, Usage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.x12.guides.grammar import Guide, Segment

__all__ = ["LoopNode", "Node"]

HIERARCHY = "HL"
"""The segment that opens a level of a hierarchy, in every set that has one."""


class LoopNode:
    """A loop at its one position; its children are in groups that follow each other in order.

    Uses of one segment id in a row are one group: they may come in any order. `is_level` marks a loop
    that HL opens, `is_unit` a loop that findings are numbered by, and `in_unit` what is within one.
    """

    def __init__(self, loop: Loop, guide: Guide, parent: LoopNode | None = None, group: int = 0) -> None:
        self.loop = loop
        self.parent = parent
        self.group = group
        self.depth: int = parent.depth + 1 if parent else 0
        self.is_level = getattr(loop.children[0], "id", "") == HIERARCHY
        self.is_unit = loop.id in guide.unit.split()
        self.in_unit: bool = self.is_unit or (parent is not None and parent.in_unit)
        groups: list[list[Node | LoopNode]] = []
        last = None
        for child in loop.children:
            opener = child.opener if isinstance(child, Loop) else child
            if opener.id != last or len(groups) == 1:  # the opener of a loop is a group of its own
                groups.append([])
            last = opener.id
            if isinstance(child, Loop):
                groups[-1].append(LoopNode(child, guide, self, len(groups) - 1))
            else:
                groups[-1].append(Node(child, self, len(groups) - 1, guide))
        self.children = tuple(tuple(group) for group in groups)
        self._dead_ends: dict[int, Node] = {}

    @cached_property
    def opener(self) -> Node:
        """The node whose segment opens the loop."""
        first = self.children[0][0]
        return first.opener if isinstance(first, LoopNode) else first

    @cached_property
    def required(self) -> frozenset[Node | LoopNode]:
        """The children that must be there."""
        return frozenset(child for child in self.inside() if child.usage is Usage.REQUIRED)

    @cached_property
    def holds_levels(self) -> bool:
        """Whether another level of the hierarchy may hang below this one."""
        return any(isinstance(child, LoopNode) and child.is_level for child in self.inside())

    @cached_property
    def around(self) -> frozenset[LoopNode]:
        """This loop and those around it."""
        return frozenset(self.up())

    @cached_property
    def level_above(self) -> LoopNode | None:
        """The nearest level around this loop; None for a loop outside every level."""
        return next((loop for loop in self.up() if loop.is_level and loop is not self), None)

    @property
    def is_closed(self) -> bool:
        """Whether nothing within is taken for a late part of what stands before the loop."""
        return self.is_level or self.is_unit

    @property
    def repeat(self) -> int:
        """How often the loop may occur."""
        return self.loop.repeat

    @property
    def usage(self) -> Usage:
        """The usage of the loop."""
        return self.loop.usage

    def dead_end(self, group: int) -> Node:
        """Return the place in a group where no segment is placed, always the same one."""
        return self._dead_ends.setdefault(group, Node(None, self, group))

    def inside(self) -> Iterator[Node | LoopNode]:
        """Yield the children, in the order of the guide."""
        for group in self.children:
            yield from group

    def walk(self) -> Iterator[Node | LoopNode]:
        """Yield everything below, in the order of the guide."""
        for child in self.inside():
            yield child
            if isinstance(child, LoopNode):
                yield from child.walk()

    def up(self) -> Iterator[LoopNode]:
        """Yield this loop and those around it, from the inside out."""
        node: LoopNode | None = self
        while node:
            yield node
            node = node.parent


class Node:
    """One use of a segment at its one position; without a segment, a dead end where nothing is placed.

    A dead end among the lines of a unit `resumes` the place before it, if the lines go on.

    `transitions` remembers where the segments that followed it went. `is_counted` marks a segment
    whose number is checked or that begins a unit; `begins_set` marks ST, or what a set is begun with; `watched_by` has the indexes of the guide's
    situations that look at it.
    """

    def __init__(
        self,
        segment: Segment | None,
        loop: LoopNode,
        group: int,
        guide: Guide | None = None,
        resumes: Node | None = None,
    ) -> None:
        self.resumes = resumes
        self.segment = segment
        self.loop = loop
        self.group = group
        self.transitions: dict[str, Any] = {}
        self.repeat = segment.repeat if segment else 0
        self.begins_set = loop.parent is None and group == 0
        self.begins_unit = loop.is_unit and group == 0
        self.is_counted = False
        self.watched_by: tuple[int, ...] = ()
        if guide and segment:
            is_counter = segment.id == HIERARCHY or segment.id in guide.counters
            self.is_counted = self.begins_unit or (group == 0 and is_counter)
            self.watched_by = tuple(
                at
                for at, each in enumerate(guide.situations)
                if segment.id in each.watch.get(loop.loop.id, "").split()
            )

    @cached_property
    def interruption(self) -> Node:
        """The dead end after it, from which the lines of its unit may go on."""
        return Node(None, self.loop, self.group, resumes=self)

    @property
    def use(self) -> Segment:
        """The use of the segment. Raises LookupError at a dead end."""
        if self.segment is None:
            raise LookupError("no segment is placed here")
        return self.segment

    @property
    def opener(self) -> Node:
        """Itself: a segment is what a segment opens with."""
        return self

    @property
    def usage(self) -> Usage:
        """The usage of the segment."""
        return self.use.usage

    def fits(self, id_: str, qualifier: str) -> bool:
        """Whether a segment with this id and qualifier is this use."""
        segment = self.segment
        if segment is None or segment.id != id_:
            return False
        return segment.qualifiers is None or qualifier in segment.qualifiers
