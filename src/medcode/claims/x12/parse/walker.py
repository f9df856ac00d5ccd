"""Where a segment belongs: a guide as a map to walk through, one transition a segment.

From each node, the place of the next segment is found once by rule and then remembered, so that a
file costs one look-up a segment.

The rule: the nearest place ahead whose segment id and qualifier fit, in this loop and then in
those around it; uses of one segment id in a row come in any order; then places behind (they
are out of order). Where none fits, something before the segment is lost or misspelt:

- a level or a claim opens the levels that should be around it, and what a level holds opens that level;
- an id that the standard does not have is read as the one it resembles, without its content;
- what comes first in a loop opens it, in guides that say of which loops that is sure (`reopened`);
- a segment after which such a loop is whole, and that comes again with other elements, opens the next;
- what belongs to a claim, where one is about to begin, may be of one whose first segment is lost;
- what belongs to a claim before its lines, but follows them, is of a claim whose first segment is lost
  or comes too late; lines that begin with number 1 after it are not those of the claim before.

What fits nowhere even so is not placed. If it could have opened a loop, what follows it is not put into
the loop before it.
"""

from __future__ import annotations

from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING

import attrs

from medcode.claims.x12.guides.dictionary import DISCRIMINATORS
from medcode.claims.x12.guides.grammar import Segment, Usage
from medcode.claims.x12.guides.nodes import HIERARCHY, LoopNode, Node
from medcode.claims.x12.parse.misspelt import agreement, meanings_of
from medcode.claims.x12.parse.moves import (
    Transition,
    ahead,
    behind,
    fitting,
    into,
    is_in_lines,
    move,
    out_of_unit,
    shows_level,
    to_dead_end,
)
from medcode.claims.x12.parse.reopened import due_loop, is_before, reopened

if TYPE_CHECKING:
    from medcode.claims.x12.codec.compiled import CompiledGuide
    from medcode.claims.x12.text.lexer import Delimiters

__all__ = ["Walker", "qualifier_of", "walker_of"]


class Walker:
    """A guide made ready to be walked."""

    def __init__(self, compiled: CompiledGuide) -> None:
        self.guide = compiled.guide
        self.root = compiled.root
        self.start = self.root.opener
        loops = [self.root, *(each for each in self.root.walk() if isinstance(each, LoopNode))]
        self._uses: dict[str, list[Segment]] = {}
        for part in self.guide.root.walk():
            if isinstance(part, Segment):
                self._uses.setdefault(part.id, []).append(part)
        self._qualifiers = {
            id_: frozenset().union(*(use.qualifiers or () for use in uses))
            for id_, uses in self._uses.items()
        }
        self._near: dict[tuple[LoopNode, str], list[str]] = {}
        self._levels = [loop for loop in loops if loop.is_level]
        units = [loop for loop in loops if loop.is_unit]
        self._units = [loop for loop in units if loop.parent and loop.parent.is_level and not loop.is_level]
        self._of_units = [use for loop in units for use in loop.walk() if isinstance(use, Node)]
        self._outside = [use for use in self.root.walk() if isinstance(use, Node) and not use.loop.in_unit]
        self.adrift = {
            unit.parent.dead_end(unit.group): unit
            for unit in self._units
            if unit.parent and unit.loop.id not in self.guide.reopened
        }
        """Where the segments of a unit are put whose first segment may be lost."""
        self._completing = frozenset(
            due
            for loop in loops
            for due in loop.required - {loop.opener}
            if loop.loop.id in self.guide.reopened
            and len(loop.required) == len(("opener", "due"))
            and isinstance(due, Node)
            and due.repeat == 1
            and due.use.qualifiers is None
        )
        self._openers = {HIERARCHY, *(loop.opener.use.id for loop in units)}

    def knows(self, id_: str) -> bool:
        """Whether the guide uses a segment anywhere."""
        return id_ in self._uses

    def is_qualifier(self, id_: str, qualifier: str) -> bool:
        """Whether a qualifier tells any use of a segment apart, wherever in the guide."""
        return id_ not in DISCRIMINATORS or qualifier in self._qualifiers[id_]

    def qualifiers(self, node: Node, id_: str) -> list[str]:
        """Return the qualifiers with which a segment id that the guide uses may follow a node, near it."""
        near = self._near.get((node.loop, id_))
        if near is None:
            uses = [child.opener.use for loop in list(node.loop.up())[:2] for child in loop.inside()]
            near = sorted(set().union(*(use.qualifiers or () for use in uses if use.id == id_)))
            self._near[node.loop, id_] = near
        return near

    def step(
        self, node: Node, elements: list[str], delimiters: Delimiters, before: list[str] | None = None
    ) -> Transition:
        """Find where a segment goes that follows `node`, and remember it; `before` has the elements of the one there.

        Whatever the guide does not use is alike to it, and is remembered as one: a file with any number of
        such segments costs no more than any other, and leaves nothing behind.
        """
        id_ = elements[0]
        qualifier = qualifier_of(id_, elements, delimiters)
        if node.resumes and elements[1:2] == ["1"] and self._begins_lines(node.resumes, id_):
            return out_of_unit(node.resumes)
        if node in self._completing and id_ == node.use.id and elements != before:
            return into(node, node, node.loop)
        # what no id is known of is remembered without one, whatever it is
        known: Transition | None = node.transitions.get(f"{id_}*{qualifier}") if id_ else None
        if known:
            return known
        place = node.resumes or node
        if id_ not in self._uses:
            if found := self._misspelt(place, elements, delimiters):
                return found
            id_ = ""
        elif not self.is_qualifier(id_, qualifier):
            qualifier = ""
        key = f"{id_}*{qualifier}"
        transition: Transition | None = node.transitions.get(key)
        if transition is None:
            transition = self._find(place, id_, qualifier)
            apart = node.resumes is not None and transition is not None and transition.node is place
            if (transition is None or not transition.ordered or apart) and (
                found := self._reopened(place, elements, qualifier, apart=apart)
            ):
                return found
            transition = transition or self._misfit(node, place, id_, qualifier)
            node.transitions[key] = transition
        return transition

    def _reopened(self, node: Node, elements: list[str], qualifier: str, *, apart: bool) -> Transition | None:
        """Open a loop whose first segment is lost, where a segment comes that is among the first of it.

        After one without a place, what follows may belong to that.
        """
        if node.segment is None:
            return None
        found = reopened(node, elements, qualifier, self.guide.reopened, apart=apart)
        return into(node, found[1], found[0]) if found else None

    def _find(self, node: Node, id_: str, qualifier: str) -> Transition | None:
        if node in self.adrift and id_ not in self._openers and self._is_of_unit(id_, qualifier):
            return Transition(node, placed=False)
        found = fitting(node, ahead, id_, qualifier)
        if found is None:
            orphan = self._orphan(node, id_, qualifier)
            found = orphan or fitting(node, behind, id_, qualifier) or self._below_lost(node, id_, qualifier)
            if found and not found.ordered and is_in_lines(node) and not is_in_lines(found.node):
                return Transition(node.interruption, placed=False, ordered=False)
        return found

    def _begins_lines(self, node: Node, id_: str) -> bool:
        """Whether a segment opens what comes last in the unit around a node: its lines."""
        unit = next(loop for loop in node.loop.up() if loop.is_unit)
        return any(line.opener.use.id == id_ for line in unit.children[-1])

    def _orphan(self, node: Node, id_: str, qualifier: str) -> Transition | None:
        """Open the level whose HL is lost, where a segment belongs to one that has not begun.

        That is known by what every level of the kind holds. A unit is taken to be whole when its lines
        have come; what its level and the unit both use opens a level then, though a unit may hold it
        before its lines.
        """
        around = list(node.loop.up())
        in_unit = node.loop.in_unit
        if id_ in self._openers or (in_unit and not self._is_whole(node)):
            return None
        of_unit = in_unit and self._is_of_unit(id_, qualifier)
        for level in self._levels:
            repeated = node.segment is None and level is node.loop
            if (level.parent in around and (in_unit or repeated)) or level not in around:
                for sign in level.inside():
                    if not sign.opener.fits(id_, qualifier):
                        continue
                    first = of_unit or repeated
                    if shows_level(sign, first=first) or (not in_unit and self._is_unique(id_, qualifier)):
                        return into(node, sign.opener, level)
        return None

    def _is_of_unit(self, id_: str, qualifier: str) -> bool:
        """Whether a segment may belong to a unit."""
        return any(use.fits(id_, qualifier) for use in self._of_units)

    def _is_unique(self, id_: str, qualifier: str) -> bool:
        """Whether a segment has one use outside units, so that it shows where it is."""
        return [use.fits(id_, qualifier) for use in self._outside].count(True) == 1

    def _is_whole(self, node: Node) -> bool:
        """Whether a unit is taken to be whole at a place: its lines have come, or it needs none."""
        unit = next(loop for loop in node.loop.up() if loop.is_unit)
        return is_in_lines(node) or not any(line.usage is Usage.REQUIRED for line in unit.children[-1])

    def _below_lost(self, node: Node, id_: str, qualifier: str) -> Transition | None:
        """Open the levels that should be around a level or a unit, where they are lost."""
        for loop in (*self._levels, *self._units):
            if loop.opener.fits(id_, qualifier):
                return into(node, loop.opener, None if loop.is_level else loop.parent)
        return None

    def _misspelt(self, node: Node, elements: list[str], delimiters: Delimiters) -> Transition | None:
        """Read an id that the standard does not have as one that it resembles, or whose elements these are."""
        meanings: list[tuple[tuple[bool, int, bool], Transition, str]] = []
        for known in meanings_of(elements, self._uses, delimiters.component):
            qualifier = qualifier_of(known, elements, delimiters)
            found = fitting(node, ahead, known, qualifier) or self._below_lost(node, known, qualifier)
            if found:
                alike = agreement(found.node.use, elements, delimiters.component)
                # less likely is what is there already, what fewer codes speak for, and what leaves the loop
                meanings.append(((found.node is node, -alike, found.moves), found, known))
        if not meanings:
            return None
        _, found, meant = min(meanings, key=itemgetter(0))
        return attrs.evolve(found, fits=False, meant=meant)

    def _misfit(self, node: Node, place: Node, id_: str, qualifier: str) -> Transition:
        """Note the one use it can be; stay; or leave the loop if it could have opened one around it."""
        for unit in self.adrift.values():
            if is_before(place, unit) and self._is_of_unit(id_, qualifier):
                assert unit.parent  # noqa: S101  # its level
                return to_dead_end(place, unit.parent, unit.group)
        uses = [use for group in place.loop.children[1:] for use in group if use.opener.use.id == id_]
        further = [use for use in uses if isinstance(use, Node) and use.group >= place.group]
        if len(uses) > 1:
            is_foreign = not self.is_qualifier(id_, qualifier)
            further = [
                use for use in further if is_foreign and use.usage is Usage.REQUIRED and use is not place
            ]
        if place.segment and len(further) == 1:
            return Transition(further[0], fits=False)
        if place.segment and not self.is_qualifier(id_, qualifier) and (due := due_loop(place, id_)):
            return attrs.evolve(move(place, due, ordered=True), fits=False)
        if id_ not in self._uses and is_in_lines(place):
            return Transition(place.interruption, placed=False)
        for loop in place.loop.up():
            for number, group in enumerate(loop.children):
                if any(isinstance(child, LoopNode) and child.opener.use.id == id_ for child in group):
                    inside = place.segment is None and place.loop is loop
                    return Transition(node, placed=False) if inside else to_dead_end(place, loop, number)
        return Transition(node, placed=False)


def qualifier_of(id_: str, elements: list[str], delimiters: Delimiters) -> str:
    """Return the text by which the uses of a segment are told apart; empty for one that has one use a place."""
    place = DISCRIMINATORS.get(id_)
    if not place or len(elements) <= place[0]:
        return ""
    qualifier = elements[place[0]]
    if place[1]:  # of a composite; where it repeats, the first tells the use
        qualifier = qualifier.partition(delimiters.repetition)[0].partition(delimiters.component)[0]
    return qualifier


@lru_cache
def walker_of(compiled: CompiledGuide) -> Walker:
    """Return the walker of a guide, made once."""
    return Walker(compiled)
