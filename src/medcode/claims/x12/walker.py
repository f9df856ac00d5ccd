"""Where a segment belongs: a guide as a map to walk through, one step a segment.

The guide's table is turned into nodes on first use. From each node, the place of the next
segment is found once by rule and then remembered, so that a file costs one look-up a segment.

The rule: the nearest place ahead whose segment id and qualifier fit, in this loop and then in
those around it; uses of one segment id in a row stand in any order; then places behind (they
are out of order). A segment that fits nowhere is not placed. If it could have opened a loop,
what follows it is not put into the loop before it.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import attrs

from medcode.claims.x12.accept import acceptor
from medcode.claims.x12.dictionary import DISCRIMINATORS
from medcode.claims.x12.grammar import Loop, Segment, Usage
from medcode.claims.x12.situational import WATCHED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from medcode.claims.x12.accept import Acceptor
    from medcode.claims.x12.grammar import Guide
    from medcode.claims.x12.lexer import Delimiters

__all__ = ["LoopNode", "Node", "Step", "Walker", "walker"]


_COUNTED = frozenset({"HL", "LX", "CLM"})
_CLOSED = frozenset({"HL", "CLM"})
"""What opens a claim or a level: nothing inside is taken for a late part of what stands before it."""


class LoopNode:
    """A loop at its one place in the guide; its children are in groups that stand in order."""

    def __init__(self, loop: Loop, parent: LoopNode | None, group: int) -> None:
        self.loop = loop
        self.parent = parent
        self.group = group
        self.depth: int = parent.depth + 1 if parent else 0
        groups: list[list[Node | LoopNode]] = []
        last = None
        for child in loop.children:
            opener = child.opener if isinstance(child, Loop) else child
            if opener.id != last or len(groups) == 1:
                groups.append([])
            last = opener.id
            kind = LoopNode if isinstance(child, Loop) else Node
            groups[-1].append(kind(child, self, len(groups) - 1))  # type: ignore[arg-type]  # kind fits child
        self.children = tuple(tuple(group) for group in groups)

    @cached_property
    def opener(self) -> Node:
        """The node whose segment opens the loop."""
        first = self.children[0][0]
        return first.opener if isinstance(first, LoopNode) else first

    @cached_property
    def required(self) -> frozenset[Node | LoopNode]:
        """The children that must stand."""
        return frozenset(c for group in self.children for c in group if c.usage is Usage.REQUIRED)

    @cached_property
    def holds_levels(self) -> bool:
        """Whether another level of the hierarchy may stand below this one."""
        inner = (child for group in self.children for child in group if isinstance(child, LoopNode))
        return any(child.opener.use.id == "HL" for child in inner)

    @property
    def usage(self) -> Usage:
        """The usage of the loop."""
        return self.loop.usage

    def walk(self) -> Iterator[Node | LoopNode]:
        """Go through everything below, in the order of the guide."""
        for child in (child for group in self.children for child in group):
            yield child
            if isinstance(child, LoopNode):
                yield from child.walk()

    def up(self) -> Iterator[LoopNode]:
        """Go from this loop to the root."""
        node: LoopNode | None = self
        while node:
            yield node
            node = node.parent


class Node:
    """One use of a segment at its place in the guide."""

    def __init__(self, segment: Segment | None, loop: LoopNode, group: int) -> None:
        self.segment = segment
        self.loop = loop
        self.group = group
        self.steps: dict[str, Step] = {}
        self.repeat = segment.repeat if segment else 0
        self.counts = segment is not None and segment.id in _COUNTED
        self.watched = segment is not None and f"{loop.loop.id} {segment.id}" in WATCHED

    @property
    def use(self) -> Segment:
        """The use of the segment; a place that holds none has no such thing."""
        if self.segment is None:
            raise LookupError("no segment stands here")
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


@attrs.define(eq=False)
class Step:
    """A move: the node reached, the loops left (inner first) and entered (outer first).

    `placed` is False where the segment fits nowhere, `ordered` where it stands too late, `fits`
    where its qualifier is wrong for the one use that it can be; `kept` and `right` sum these up.
    `moves` tells whether loops are left or entered. `turns` is what the move is to who builds
    claims, who works it out.
    """

    node: Node
    closes: tuple[LoopNode, ...] = ()
    opens: tuple[LoopNode, ...] = ()
    placed: bool = True
    ordered: bool = True
    fits: bool = True
    turns: Any = None
    moves: bool = attrs.field(init=False)
    kept: bool = attrs.field(init=False)
    right: bool = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Say once what is asked for each segment."""
        self.moves = bool(self.closes or self.opens)
        self.kept = self.placed and self.fits
        self.right = self.kept and self.ordered


class Walker:
    """A guide made ready to be walked."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self.root = LoopNode(guide.root, None, 0)
        self.start = self.root.opener
        self._acceptors: dict[Delimiters, dict[Node, Acceptor]] = {}
        self._last: tuple[Delimiters | None, dict[Node, Acceptor]] = (None, {})
        self._ids = {part.id for part in guide.root.walk() if isinstance(part, Segment)}
        loops = [each for each in self.root.walk() if isinstance(each, LoopNode)]
        self._levels = [loop for loop in loops if loop.opener.use.id == "HL"]
        claims = [loop for loop in loops if loop.opener.use.id == "CLM"]
        self._of_claims = [use for loop in claims for use in loop.walk() if isinstance(use, Node)]

    def acceptor(self, node: Node, delimiters: Delimiters) -> Acceptor:
        """Give what judges a segment at a node; made once for each set of delimiters."""
        last, known = self._last
        if delimiters is not last:
            known = self._acceptors.setdefault(delimiters, {})
            self._last = delimiters, known
        found = known.get(node)
        if found is None:
            found = known[node] = acceptor(node.use, delimiters)
        return found

    def knows(self, id_: str) -> bool:
        """Whether the guide uses a segment anywhere."""
        return id_ in self._ids

    @staticmethod
    def qualifiers(node: Node, id_: str) -> list[str]:
        """Give the qualifiers with which a segment id may follow a node, near it."""
        found: set[str] = set()
        for loop in list(node.loop.up())[:2]:
            for child in (child for group in loop.children for child in group):
                segment = child.opener.use
                if segment.id == id_:
                    found |= segment.qualifiers or set()
        return sorted(found)

    def step(self, node: Node, elements: list[str], component: str) -> Step:
        """Find where a segment goes that follows `node`."""
        id_ = elements[0]
        place = DISCRIMINATORS.get(id_)
        qualifier = ""
        if place and len(elements) > place[0]:
            qualifier = elements[place[0]]
            if place[1]:
                qualifier = qualifier.partition(component)[0]
        key = f"{id_}*{qualifier}"
        return node.steps.get(key) or self._find(node, key, id_, qualifier)

    def _find(self, node: Node, key: str, id_: str, qualifier: str) -> Step:
        step = _fitting(node, _ahead, id_, qualifier)
        if step is None:
            lost = self._lost(node, id_, qualifier)
            step = lost if lost and _is_in_lines(node) else _fitting(node, _behind, id_, qualifier) or lost
        if step is None:
            return self._misfit(node, id_)
        node.steps[key] = step
        return step

    def _lost(self, node: Node, id_: str, qualifier: str) -> Step | None:
        """Open the level whose HL is lost, where a segment belongs to one that has not begun.

        That is told by what every level of the kind holds. A claim is taken to be whole when its lines
        have come; SBR there opens a level too, though a claim may hold one before its lines.
        """
        around = list(node.loop.up())
        in_claim = any(loop.opener.use.id == "CLM" for loop in around)
        if id_ in _CLOSED or (in_claim and not _is_in_lines(node)):
            return None
        of_claim = in_claim and any(use.fits(id_, qualifier) for use in self._of_claims)
        for level in self._levels:
            again = node.segment is None and level is node.loop
            if level.parent in around and (in_claim or again or level not in around):
                for sign in (child for group in level.children for child in group):
                    if sign.opener.fits(id_, qualifier) and _tells(sign, first=of_claim or again):
                        return _adrift(node, level)
        return None

    def _misfit(self, node: Node, id_: str) -> Step:
        """Take the one use it can be; stay; or leave the loop if it could have opened one around it."""
        uses = [use for group in node.loop.children[1:] for use in group if use.opener.use.id == id_]
        if node.segment and len(uses) == 1 and isinstance(uses[0], Node) and uses[0].group >= node.group:
            return Step(uses[0], fits=False)
        for loop in node.loop.up():
            for number, group in enumerate(loop.children):
                if any(isinstance(child, LoopNode) and child.opener.use.id == id_ for child in group):
                    inside = node.segment is None and node.loop is loop
                    return Step(node, placed=False) if inside else _limbo(node, loop, number)
        return Step(node, placed=False)


@lru_cache(maxsize=4096)
def _limbo(node: Node, loop: LoopNode, group: int) -> Step:
    """Make the move out of every loop inside `loop`, to a place that holds no segment."""
    closes = tuple(inner for inner in node.loop.up() if inner.depth > loop.depth)
    return Step(Node(None, loop, group), closes, placed=False)


def _adrift(node: Node, level: LoopNode) -> Step:
    """Make the move into a level without its HL, to where its claims stand."""
    closes = tuple(loop for loop in node.loop.up() if loop.depth >= level.depth)
    claims = (n for n, group in enumerate(level.children) if group[0].opener.use.id == "CLM")
    place = Node(None, level, next(claims, len(level.children) - 1))
    return Step(place, closes, (level,), placed=False)


def _tells(sign: Node | LoopNode, *, first: bool) -> bool:
    """Whether a part of a level tells that the level has begun; asked for the `first`, a loop does not."""
    return not first if isinstance(sign, LoopNode) else sign.usage is Usage.REQUIRED


def _is_in_lines(node: Node) -> bool:
    """Whether a place is in what stands last in a claim: its lines."""
    around = (loop for loop in node.loop.up() if loop.parent and loop.parent.opener.use.id == "CLM")
    return any(loop.parent and loop.group == len(loop.parent.children) - 1 for loop in around)


def _fitting(
    node: Node, search: Callable[[Node], Iterator[Node | LoopNode]], id_: str, qualifier: str
) -> Step | None:
    """Make the move to the first place of a search that a segment fits."""
    for target in search(node):
        if target.opener.fits(id_, qualifier):
            return _move(node, target, ordered=search is _ahead)
    return None


def _ahead(node: Node) -> Iterator[Node | LoopNode]:
    group = max(node.group, 1)  # the opener of a loop opens it anew: it is found in the loop around
    for loop in node.loop.up():
        for children in loop.children[group:]:
            yield from children
        group = loop.group


def _behind(node: Node) -> Iterator[Node | LoopNode]:
    if node.segment is None:
        return
    group = node.group
    for loop in node.loop.up():
        for children in loop.children[1:group]:
            yield from children
        if loop.opener.use.id in _CLOSED:
            return
        group = loop.group


def _move(node: Node, target: Node | LoopNode, *, ordered: bool) -> Step:
    parent = target.loop if isinstance(target, Node) else target.parent
    assert parent  # noqa: S101  # the root is nobody's child
    closes = tuple(loop for loop in node.loop.up() if loop.depth > parent.depth)
    reached = target.opener
    opens = tuple(reversed([loop for loop in reached.loop.up() if loop.depth > parent.depth]))
    return Step(reached, closes, opens, ordered=ordered)


_WALKERS: dict[str, Walker] = {}


def walker(guide: Guide) -> Walker:
    """Give the walker of a guide, made once."""
    found = _WALKERS.get(guide.id)
    if found is None:
        found = _WALKERS[guide.id] = Walker(guide)
    return found
