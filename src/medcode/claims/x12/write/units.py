"""Levels and records as text at once, by functions that are generated for their loops and fields.

What a function is for follows from which fields the objects have set, so that is looked at first: objects with the
same sign are written by the same function. What is not plain, or was seen too seldom, is left to `Segments`.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from medcode.claims.model.fields import ModelFields
from medcode.claims.x12.codec.compiled import LoopRole
from medcode.claims.x12.units.shapes import sightings_before
from medcode.claims.x12.units.source import NotPlain
from medcode.claims.x12.write.generated import LoopSource
from medcode.claims.x12.write.segments import segments_of
from medcode.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.claims.x12.codec.compiled import CompiledGuide
    from medcode.claims.x12.codec.segment import SegmentCodec
    from medcode.claims.x12.guides.nodes import LoopNode
    from medcode.claims.x12.text.lexer import Delimiters
    from medcode.claims.x12.write.generated import LoopWriter
    from medcode.claims.x12.write.segments import Segments

__all__ = ["OwnElement", "UnitText", "Units", "units_of"]

NAMING = frozenset({"entity_type", "last_name", "organization"})
"""What tells a person from an organization, whether or not it is written."""

_KNOWN, _GENERATED = 4_096, 500
"""How many signs are remembered, and how many functions are generated."""

_RECENT = 4
"""How many kinds of objects of a loop are tried before the sign of one is taken."""

OwnElement = tuple[str, int, str]
"""What a level says of itself: the id of a segment, which element, its text."""


class Kind:
    """Objects of a loop with the same sign: how often they were seen, and the function that writes them.

    `elements` and `components` are the separators that it writes; `fields` those with which it knows an object.
    """

    __slots__ = ("components", "elements", "fields", "seen", "write")

    def __init__(self) -> None:
        self.seen = self.elements = self.components = 0
        self.fields: set[tuple[str, ...]] = set()
        self.write: LoopWriter | None = None


class UnitText(NamedTuple):
    """The texts of the segments of a level or record, how many separators they have, and the kinds of the objects that they are of."""

    texts: list[str]
    elements: int
    components: int
    kinds: tuple[Kind, ...]


class Units:
    """The functions that write the levels and records of a guide, with some delimiters.

    One is generated when there were more than `before` objects of a kind.
    """

    def __init__(self, segments: Segments, marks: Delimiters, before: int) -> None:
        self.segments = segments
        self.marks = marks
        self.before = before
        self.left = _GENERATED
        self._loops: dict[tuple[LoopNode, OwnElement | None], _Loop] = {}
        self._totals: Memo[tuple[Kind, ...], tuple[int, int]] = Memo(_totals, most=_KNOWN)

    def write(self, loop: LoopNode, part: Any, own: OwnElement | None = None) -> UnitText | None:
        """Return what is in a loop of a level or record, but for HL; None where it is not plain."""
        texts: list[str] = []
        kinds: list[Kind] = []
        try:
            self.loop(loop, own).add(part, 0, texts, kinds)
        except NotPlain:
            return None
        of = tuple(kinds)
        return UnitText(texts, *self._totals[of], of)

    def loop(self, loop: LoopNode, own: OwnElement | None = None) -> _Loop:
        """Return what writes the objects of a loop."""
        found = self._loops.get((loop, own))
        if found is None:
            found = self._loops[loop, own] = _Loop(self, loop, own)
        return found


def _totals(kinds: tuple[Kind, ...]) -> tuple[int, int]:
    return sum(each.elements for each in kinds), sum(each.components for each in kinds)


class _Loop:
    """The kinds of the objects of one loop."""

    def __init__(self, units: Units, loop: LoopNode, own: OwnElement | None) -> None:
        self._units = units
        self._loop = loop
        self._own = own
        self._used, self._apart = _names(units.segments, loop)
        self._signs: Memo[tuple[str, ...], _Sign] = Memo(self._sign, most=_KNOWN)
        self._kinds: Memo[object, Kind] = Memo(lambda _: Kind(), most=_KNOWN)
        self._recent: list[Kind] = []

    def add(self, part: Any, number: int, texts: list[str], kinds: list[Kind]) -> None:
        """Add the texts of an object. Raises NotPlain where no function writes such objects."""
        for kind in self._recent:  # most objects are of the kind of one before
            if kind.write and kind.write(part, number, texts, kinds):
                break
        else:
            kind = self._kind(part)
            if not (kind.write and kind.write(part, number, texts, kinds)):
                raise NotPlain
            others = [each for each in self._recent if each is not kind]
            self._recent = [kind, *others[: _RECENT - 1]]
        kinds.append(kind)

    def _kind(self, part: Any) -> Kind:
        """Return the kind of an object by its sign."""
        fields = (*part.__dict__,)
        token, inner = self._signs[(part.__class__, *fields)]
        kind = self._kinds[(token, *[sign(part.__dict__[name]) for name, sign in inner]) if inner else token]
        if kind.write is None:
            self._sight(kind, part)
        elif len(kind.fields) < _KNOWN:
            kind.fields.add(fields)
        return kind

    def _sight(self, kind: Kind, part: Any) -> None:
        """Count an object, and make the function for its kind where it was seen often enough. Raises NotPlain if none can be made."""
        kind.seen += 1
        if kind.seen <= self._units.before or self._units.left <= 0:
            return
        self._units.left -= 1
        units = self._units
        source = LoopSource(units.segments, units.marks, lambda loop: units.loop(loop).add, self._own)
        kind.write = _refuse  # of these no function can be made
        kind.write = source.write(self._loop, part)
        kind.elements, kind.components, kind.fields = source.elements, source.components, source.fields

    def _sign(self, key: tuple[Any, ...]) -> _Sign:
        """Return the sign of an object by its class and fields; what is written apart says nothing about it."""
        cls, *fields = key
        used = tuple([name for name in fields if name in self._used])
        signs = _signs_of(cls, used)
        return _TOKENS[cls, used], tuple([each for each in signs if each[0] not in self._apart])


def _refuse(*_: object) -> bool:
    """Write no object."""
    return False


_Sign = tuple[object, "tuple[tuple[str, Callable[[Any], object]], ...]"]
"""What stands for a class and its set fields; those of them whose values have signs of their own."""

_NUMBERS = count()


_TOKENS: Memo[tuple[type, tuple[str, ...]], int] = Memo(lambda _: next(_NUMBERS), most=_KNOWN)
"""A number for a class and set fields, which never stands for others."""


def _sign_of(part: Any) -> object:
    """Return the sign of an object within another."""
    if part is None:
        return None
    values = part.__dict__
    token, inner = _SIGNS[(part.__class__, *values)]
    return (token, *[sign(values[name]) for name, sign in inner]) if inner else token


def _signs_of_all(parts: tuple[Any, ...]) -> object:
    return tuple(map(_sign_of, parts))


def _length(texts: tuple[Any, ...] | None) -> int | None:
    return None if texts is None else len(texts)


def _signs_of(cls: type, fields: tuple[str, ...]) -> tuple[tuple[str, Callable[[Any], object]], ...]:
    """Return how the values of fields are signed: objects by their own fields, lists of texts by how many there are."""
    types = ModelFields.of(cls).types
    return tuple(
        [
            (name, (_signs_of_all if types[name].many else _sign_of) if types[name].part else _length)
            for name in fields
            if types[name].part or types[name].many
        ]
    )


def _inner_sign(key: tuple[Any, ...]) -> _Sign:
    cls, *fields = key
    return _TOKENS[cls, tuple(fields)], _signs_of(cls, tuple(fields))


_SIGNS: Memo[tuple[Any, ...], _Sign] = Memo(_inner_sign, most=_KNOWN)


def _names(segments: Segments, around: LoopNode) -> tuple[frozenset[str], frozenset[str]]:
    """Return the fields of its object that a loop is written from, and those of them that are loops with functions of their own."""
    used: set[str] = set()
    apart: set[str] = set()

    def visit(loop: LoopNode) -> None:
        for child in segments.children(loop):
            if child.codec:
                path = child.codec.path
                used.update(path[:1] or _own_names(child.codec))
            elif child.loop and child.mapping:
                used.update(child.mapping.path[:1])
                if child.mapping.role is LoopRole.MANY:
                    apart.update(child.mapping.path if len(child.mapping.path) == 1 else ())
                else:
                    visit(child.loop)

    visit(around)
    return frozenset(used), frozenset(apart)


def _own_names(codec: SegmentCodec) -> set[str]:
    """Return the fields of the object itself that a segment is written from."""
    return {*NAMING, *(names[0] for names in codec.map.covered())}


def units_of(compiled: CompiledGuide, marks: Delimiters) -> Units | None:
    """Return what writes the levels and records of a guide, made once; None where nothing is generated."""
    before = sightings_before()
    return None if before is None else _units(compiled, marks, before)


@lru_cache
def _units(compiled: CompiledGuide, marks: Delimiters, before: int) -> Units:
    return Units(segments_of(compiled), marks, before)
