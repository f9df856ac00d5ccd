"""Where a segment belongs: a guide as a map to walk through, one transition a segment.

From each node, the place of the next segment is found once by rule and then remembered, so that a
file costs one look-up a segment.

The rule: the nearest place ahead whose segment id and qualifier fit, in this loop and then in
those around it; uses of one segment id in a row come in any order; then places behind (they
are out of order). A segment that fits nowhere is not placed. If it could have opened a loop,
what follows it is not put into the loop before it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import attrs

from medcode.claims.x12.guides.dictionary import DISCRIMINATORS
from medcode.claims.x12.guides.grammar import Segment, Usage
from medcode.claims.x12.guides.nodes import HIERARCHY, LoopNode, Node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from medcode.claims.x12.codec.compiled import CompiledGuide
    from medcode.claims.x12.text.lexer import Delimiters

__all__ = ["Transition", "Walker", "walker_of"]


@attrs.define(eq=False)
class Transition:
    """A move: the node reached, the loops left (inner first) and entered (outer first).

    `placed` is False where the segment fits nowhere, `ordered` where it comes too late, `fits`
    where its qualifier is wrong for the one use that it can be; `kept` and `right` sum these up.
    `moves` tells whether loops are left or entered. `actions` is what the move is to the builder
    of records, who works it out.
    """

    node: Node
    closes: tuple[LoopNode, ...] = ()
    opens: tuple[LoopNode, ...] = ()
    placed: bool = True
    ordered: bool = True
    fits: bool = True
    actions: Any = None
    moves: bool = attrs.field(init=False)
    kept: bool = attrs.field(init=False)
    right: bool = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Work out once what is asked for each segment."""
        self.moves = bool(self.closes or self.opens)
        self.kept = self.placed and self.fits
        self.right = self.kept and self.ordered


class Walker:
    """A guide made ready to be walked."""

    def __init__(self, compiled: CompiledGuide) -> None:
        self.guide = compiled.guide
        self.root = compiled.root
        self.start = self.root.opener
        loops = [self.root, *(each for each in self.root.walk() if isinstance(each, LoopNode))]
        self._qualifiers = _qualifiers_by_id(
            part for part in self.guide.root.walk() if isinstance(part, Segment)
        )
        self._near: dict[tuple[LoopNode, str], list[str]] = {}
        self._levels = [loop for loop in loops if loop.is_level]
        units = [loop for loop in loops if loop.is_unit]
        self._of_units = [use for loop in units for use in loop.walk() if isinstance(use, Node)]
        self._openers = {HIERARCHY, *(loop.opener.use.id for loop in units)}

    def knows(self, id_: str) -> bool:
        """Whether the guide uses a segment anywhere."""
        return id_ in self._qualifiers

    def qualifiers(self, node: Node, id_: str) -> list[str]:
        """Return the qualifiers with which a segment id that the guide uses may follow a node, near it."""
        near = self._near.get((node.loop, id_))
        if near is None:
            uses = [child.opener.use for loop in list(node.loop.up())[:2] for child in loop.inside()]
            near = sorted(set().union(*(use.qualifiers or () for use in uses if use.id == id_)))
            self._near[node.loop, id_] = near
        return near

    def step(self, node: Node, elements: list[str], delimiters: Delimiters) -> Transition:
        """Find where a segment goes that follows `node`."""
        id_ = elements[0]
        place = DISCRIMINATORS.get(id_)
        qualifier = ""
        if place and len(elements) > place[0]:
            qualifier = elements[place[0]]
            if place[1]:  # of a composite; where it repeats, the first tells the use
                first = qualifier.partition(delimiters.repetition)[0]
                qualifier = first.partition(delimiters.component)[0]
        key = f"{id_}*{qualifier}"
        return node.transitions.get(key) or self._find(node, key, id_, qualifier)

    def _find(self, node: Node, key: str, id_: str, qualifier: str) -> Transition:
        """Find a transition by rule, and remember it.

        Whatever the guide does not use is alike to it, and is remembered as one: a file with any number of
        such segments costs no more than any other, and leaves nothing behind.
        """
        known = self._qualifiers.get(id_)
        if known is None or (qualifier and qualifier not in known):
            id_, qualifier = ("" if known is None else id_), ""
            key = f"{id_}*"
            remembered: Transition | None = node.transitions.get(key)
            if remembered:
                return remembered
        found: Transition | None = _fitting(node, _ahead, id_, qualifier)
        if found is None:
            orphan = self._orphan(node, id_, qualifier)
            late = None if orphan and _is_in_lines(node) else _fitting(node, _behind, id_, qualifier)
            found = late or orphan or self._misfit(node, id_)
        node.transitions[key] = found
        return found

    def _orphan(self, node: Node, id_: str, qualifier: str) -> Transition | None:
        """Open the level whose HL is lost, where a segment belongs to one that has not begun.

        That is known by what every level of the kind holds. A unit is taken to be whole when its lines
        have come; what its level and the unit both use opens a level then, though a unit may hold it
        before its lines.
        """
        around = list(node.loop.up())
        in_unit = node.loop.in_unit
        if id_ in self._openers or (in_unit and not _is_in_lines(node)):
            return None
        of_unit = in_unit and any(use.fits(id_, qualifier) for use in self._of_units)
        for level in self._levels:
            repeated = node.segment is None and level is node.loop
            if level.parent in around and (in_unit or repeated or level not in around):
                for sign in level.inside():
                    if sign.opener.fits(id_, qualifier) and _shows_level(sign, first=of_unit or repeated):
                        return _into_orphan(node, level)
        return None

    def _misfit(self, node: Node, id_: str) -> Transition:
        """Take the one use it can be; stay; or leave the loop if it could have opened one around it."""
        uses = [use for group in node.loop.children[1:] for use in group if use.opener.use.id == id_]
        if node.segment and len(uses) == 1 and isinstance(uses[0], Node) and uses[0].group >= node.group:
            return Transition(uses[0], fits=False)
        for loop in node.loop.up():
            for number, group in enumerate(loop.children):
                if any(isinstance(child, LoopNode) and child.opener.use.id == id_ for child in group):
                    inside = node.segment is None and node.loop is loop
                    return Transition(node, placed=False) if inside else _to_dead_end(node, loop, number)
        return Transition(node, placed=False)


def _qualifiers_by_id(segments: Iterable[Segment]) -> dict[str, set[str]]:
    """Return the qualifiers of each segment id, in any of its uses."""
    found: dict[str, set[str]] = {}
    for segment in segments:
        found.setdefault(segment.id, set()).update(segment.qualifiers or ())
    return found


def _to_dead_end(node: Node, loop: LoopNode, group: int) -> Transition:
    """Make the move out of every loop inside `loop`, to a place that holds no segment."""
    closes = tuple(inner for inner in node.loop.up() if inner.depth > loop.depth)
    return Transition(loop.dead_end(group), closes, placed=False)


def _into_orphan(node: Node, level: LoopNode) -> Transition:
    """Make the move into a level without its HL, to where its units stand."""
    closes = tuple(loop for loop in node.loop.up() if loop.depth >= level.depth)
    units = (
        number
        for number, group in enumerate(level.children)
        if any(isinstance(child, LoopNode) and child.is_unit for child in group)
    )
    place = level.dead_end(next(units, len(level.children) - 1))
    return Transition(place, closes, (level,), placed=False)


def _shows_level(sign: Node | LoopNode, *, first: bool) -> bool:
    """Whether a part of a level shows that the level has begun; asked for the `first`, a loop does not."""
    return not first if isinstance(sign, LoopNode) else sign.usage is Usage.REQUIRED


def _is_in_lines(node: Node) -> bool:
    """Whether a place is in what comes last in a unit: its lines."""
    around = (loop for loop in node.loop.up() if loop.parent and loop.parent.is_unit)
    return any(loop.parent and loop.group == len(loop.parent.children) - 1 for loop in around)


def _fitting(
    node: Node, search: Callable[[Node], Iterator[Node | LoopNode]], id_: str, qualifier: str
) -> Transition | None:
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
        if loop.is_closed:
            return
        group = loop.group


def _move(node: Node, target: Node | LoopNode, *, ordered: bool) -> Transition:
    parent = target.loop if isinstance(target, Node) else target.parent
    assert parent  # noqa: S101  # the root is nobody's child
    closes = tuple(loop for loop in node.loop.up() if loop.depth > parent.depth)
    reached = target.opener
    opens = tuple(reversed([loop for loop in reached.loop.up() if loop.depth > parent.depth]))
    return Transition(reached, closes, opens, ordered=ordered)


@lru_cache
def walker_of(compiled: CompiledGuide) -> Walker:
    """Return the walker of a guide, made once."""
    return Walker(compiled)
