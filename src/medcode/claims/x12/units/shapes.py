"""The shapes of units: which uses of segments follow one another, found by the walker once and then known.

A unit is a level (HL), the head of a record (CLM) or a line of it (LX). The shapes of a guide are a tree: each is a
dict of what may follow it, by segment id and qualifier, so that a known unit costs one look-up a segment. Only moves
that are right enter it; the shape that a unit ends at is what its functions are generated for.
"""

from __future__ import annotations

import os
from enum import Enum, auto
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal

from medcode.claims.x12.codec.compiled import LoopRole
from medcode.claims.x12.guides.dictionary import DISCRIMINATORS
from medcode.claims.x12.units.layouts import Layouts
from medcode.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.claims.x12.codec.compiled import CompiledGuide
    from medcode.claims.x12.guides.nodes import LoopNode, Node
    from medcode.claims.x12.parse.moves import Transition
    from medcode.claims.x12.parse.walker import Walker
    from medcode.claims.x12.text.lexer import Delimiters
    from medcode.claims.x12.units.layouts import Layout

__all__ = ["OVER", "Branch", "End", "Fork", "Shape", "Shapes", "UnitKind", "sightings_before"]

_SIGHTINGS = 8
"""How often a shape is seen before code is generated for it: a small file is read without."""

_SHAPES, _GENERATED = 20_000, 500
"""How many places of shapes are known, and for how many of them code is generated."""

_CUTS = 8
"""For how many sets of separators layouts are known."""

_BEFORE_ID = ("", "\n", "\r\n")


def sightings_before() -> int | None:
    """Return how often a shape is seen before code is generated for it; None for never.

    The environment variable MEDCODE_GENERATED, `always` or `never`, is for tests of both ways.
    """
    return {"always": 0, "never": None}.get(os.environ.get("MEDCODE_GENERATED", ""), _SIGHTINGS)


class UnitKind(Enum):
    """What a unit is to the builder of records; STOP is what ends a set."""

    LEVEL = auto()
    RECORD = auto()
    LINE = auto()
    STOP = auto()


class Shape(dict[str, Any]):
    """What may follow, by segment id: a shape, an `End`, or, by its qualifier, one of several.

    `node` is the use of the last segment, `transition` the move to it. `is_known` says that units which end here
    were seen often enough to be done at once; `read` is the function that reads them: None before there is one,
    False where none can be made; `facts` is what those who check them know, `sums` the function that adds them up. `has_blanks` says that a line end stands
    before the segment, `samples` at which places of the unit are segments that show what separates components. `size` is
    the number of segments so far; `guess`, of the first, is the shape of the last unit that began with it and was judged
    right: the next one most often has it too.
    """

    __slots__ = (
        "before",
        "facts",
        "guess",
        "has_blanks",
        "is_known",
        "kind",
        "links",
        "node",
        "read",
        "samples",
        "seen",
        "size",
        "sums",
        "transition",
    )

    def __init__(
        self,
        node: Node,
        kind: UnitKind,
        transition: Transition | None = None,
        before: Shape | None = None,
        *,
        has_blanks: bool = False,
    ) -> None:
        super().__init__()
        self.samples: tuple[int, ...] = ()
        self.has_blanks = has_blanks
        self.facts: Any = None
        self.sums: Callable[..., Any] | None = None
        self.node = node
        self.kind = kind
        self.transition = transition
        self.before = before
        self.links: list[Shape] | None = None
        self.size: int = 1 if before is None else before.size + 1  # which may be empty
        self.guess: Shape | None = None
        self.seen = 0
        self.is_known = False
        self.read: Callable[[list[list[str]], str], Any] | Literal[False] | None = None

    __eq__ = object.__eq__
    __hash__ = object.__hash__  # type: ignore[assignment]  # each is a place of its own, whatever may follow

    def __missing__(self, id_: str) -> None:
        """Return None for what is not known to follow."""

    def chain(self) -> list[Shape]:
        """Return the shapes from the opener of the unit to this one; they are always the same."""
        if self.links is None:
            found: list[Shape] = []
            here: Shape | None = self
            while here is not None:
                found.append(here)
                here = here.before
            self.links = found[::-1]
        return self.links


class End:
    """A segment that begins the next unit, or ends the set: of which kind, the move to it, the shape that begins there."""

    __slots__ = ("kind", "root", "transition")

    def __init__(
        self, kind: UnitKind, transition: Transition | None = None, root: Shape | None = None
    ) -> None:
        self.kind = kind
        self.transition = transition
        self.root = root


OVER = End(UnitKind.STOP)
"""Nothing: the pieces end, and the last unit with them."""


class Fork(dict[str, Any]):
    """What may follow with one segment id, by its first element."""

    __slots__ = ()

    def __missing__(self, key: str) -> None:
        """Return None for what is not known to follow."""


class Branch(dict[str, Any]):
    """What may follow with one segment id, by another element, or by the first component of one."""

    __slots__ = ("at", "is_part")

    def __init__(self, at: int, *, is_part: bool) -> None:
        super().__init__()
        self.at = at
        self.is_part = is_part

    def find(self, elements: list[str], component: str) -> Any:
        """Return what follows with the elements of a segment; None if that is not known."""
        if len(elements) <= self.at:
            return None
        text = elements[self.at]
        return self.get(text.partition(component)[0] if self.is_part else text)


class Shapes:
    """The shapes of a guide for one kind of record, shared by all who read with it."""

    def __init__(
        self,
        compiled: CompiledGuide,
        walker: Walker,
        generate: Callable[[CompiledGuide, Shape, Layout | None], Callable[..., Any] | None],
    ) -> None:
        self.compiled = compiled
        self._generate = generate
        self.layouts = Memo(partial(Layouts, self), _CUTS)
        """The layouts of units, by what they are cut by."""
        self._walker = walker
        self._roots: dict[Node, Shape] = {}
        self._lock = Lock()
        self._room = _SHAPES
        self._left = _GENERATED
        self._record: LoopNode | None = None
        self.sample = compiled.guide.sample
        self.openers: tuple[str, ...] = ()
        loops = compiled.loops
        self.roles = {loop: mapping.role for loop, mapping in loops.items()}
        if (
            self.roles[compiled.root] is LoopRole.RECORD
        ):  # the units are parts of one record, such as a remittance
            self.roles |= {loop: LoopRole.RECORD for loop in loops if loop.is_unit and loops[loop].path}
            self.roles[compiled.root] = LoopRole.HEADER
        self.line_name = next((loops[each].path[0] for each in loops if self._is_line(each)), "")
        records = [loop for loop, role in self.roles.items() if role is LoopRole.RECORD]
        levels = [loop for loop, role in self.roles.items() if role is LoopRole.LEVEL]
        if records:
            ids = {loop.opener.use.id for loop in (*records, *levels)}
            self.openers = tuple(f"{blank}{id_}" for id_ in sorted(ids) for blank in _BEFORE_ID)

    def root(self, transition: Transition) -> Shape | None:
        """Return the shape that a move into a level or a record begins; None if it is not such a move, or not right."""
        end = self._end(None, transition)
        return end.root if end else None

    def learn(self, shape: Shape, elements: list[str], delimiters: Delimiters) -> Shape | End | None:
        """Find what a segment after a shape is, and remember it; None if it is not plain."""
        head = elements[0]
        id_ = head.lstrip("\r\n")
        if (
            head.removesuffix(id_) not in _BEFORE_ID
            or not id_.isalnum()
            or not id_.isupper()
            or self._room <= 0
        ):
            return None
        transition = self._walker.step(shape.node, [id_, *elements[1:]], delimiters)
        place = DISCRIMINATORS.get(id_)
        key = self._key(elements, place, delimiters) if place else ""
        if not transition.right or (place and key not in (transition.node.use.qualifiers or ())):
            return None
        found = self._end(shape, transition) or self._next(shape, transition, has_blanks=head != id_)
        with self._lock:
            self._room -= 1
            self._remember(shape, head, place, key, found)
        return found

    @staticmethod
    def _key(elements: list[str], place: tuple[int, int], delimiters: Delimiters) -> str:
        text = elements[place[0]] if place[0] < len(elements) else ""
        return text.partition(delimiters.component)[0] if place[1] else text

    @staticmethod
    def _remember(
        shape: Shape, head: str, place: tuple[int, int] | None, key: str, found: Shape | End | None
    ) -> None:
        if place is None:
            shape.setdefault(head, found)
        elif place == (1, 0):
            shape.setdefault(head, Fork()).setdefault(key, found)
        else:
            shape.setdefault(head, Branch(place[0], is_part=bool(place[1]))).setdefault(key, found)

    @staticmethod
    def sight(shape: Shape, before: int) -> None:
        """Count a unit of a shape that is not known yet; it is when it was seen more often than `before`."""
        shape.seen += 1
        shape.is_known = shape.seen > before

    def make(self, shape: Shape) -> None:
        """Make the function that reads units of a shape, where one can be made and there are not too many."""
        with self._lock:
            shape.read = self._left > 0 and (self._generate(self.compiled, shape, None) or False)
            self._left -= shape.read is not False

    def make_layout(self, layout: Layout) -> bool:
        """Whether there is now a function that reads units of a layout, as far as one can be made and there are not too many."""
        with self._lock:
            read = self._generate(self.compiled, layout.shape, layout) if self._left > 0 else None
            if read:
                layout.read = read
                self._left -= 1
            return read is not None

    def _end(self, shape: Shape | None, transition: Transition) -> End | None:
        """Return what a move to the opener of a unit, or to the end of the set, is; None for any other move."""
        node, loop = transition.node, transition.node.loop
        roles = [self.roles[each] for each in transition.closes]
        is_over = shape is None or shape.kind is UnitKind.LEVEL or LoopRole.RECORD in roles
        role = self.roles[loop]
        is_out = LoopRole.RECORD in roles and role not in {LoopRole.RECORD, LoopRole.LEVEL}
        if transition.right and (
            node.use.id == "SE" or is_out or (shape is not None and self._ends_leaf(transition))
        ):
            return End(UnitKind.STOP, transition)
        if not transition.right or node is not loop.opener or transition.opens != (loop,):
            return None
        kind = None
        if role is LoopRole.LEVEL and is_over:
            kind = UnitKind.LEVEL
        elif role is LoopRole.RECORD and is_over and LoopRole.LEVEL not in roles:
            kind = UnitKind.RECORD
        elif self._is_line(loop) and not is_over:
            kind = UnitKind.LINE
        return End(kind, transition, self._root(node, kind)) if kind else None

    def _ends_leaf(self, transition: Transition) -> bool:
        """Whether a move ends a level that is a record by itself where nothing came below it: the builder decides that."""
        return any(loop.loop.id in self.compiled.guide.leaves for loop in transition.closes)

    def _next(self, shape: Shape, transition: Transition, *, has_blanks: bool) -> Shape | None:
        """Return the shape that goes on within its unit; None for a move out of it, which no end has explained."""
        bounds = {LoopRole.LEVEL, LoopRole.RECORD}
        moved = (*transition.closes, *transition.opens)
        leaves = any(self.roles[loop] in bounds or self._is_line(loop) for loop in moved)
        found = Shape(transition.node, shape.kind, transition, shape, has_blanks=has_blanks)
        found.samples = shape.samples
        if self._is_sample(found.node):
            found.samples += (len(shape.chain()),)
        return None if leaves else found

    def _is_sample(self, node: Node) -> bool:
        """Whether a segment shows by what components are separated."""
        return self.sample is not None and node.use.id == self.sample[0]

    def _root(self, node: Node, kind: UnitKind) -> Shape:
        with self._lock:
            root = self._roots.setdefault(node, Shape(node, kind))
            root.samples = (0,) if self._is_sample(node) else ()
            return root

    def _is_line(self, loop: LoopNode) -> bool:
        """Whether a loop is what comes last in a record, each time an object of its own: its lines."""
        around = loop.parent
        if around is None or self.roles[around] is not LoopRole.RECORD:
            return False
        mapping = self.compiled.loops[loop]
        is_last = loop.group == len(around.children) - 1 and len(around.children[-1]) == 1
        return is_last and mapping.role is LoopRole.MANY and len(mapping.path) == 1
