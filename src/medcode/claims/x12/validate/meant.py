"""What a segment may be meant as that does not fit its place: another id, code of its use or level is read instead.

Only what must come next is meant, and only where the segment is right so by itself.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from medcode.claims.x12.guides.dictionary import DISCRIMINATORS
from medcode.claims.x12.guides.grammar import Usage
from medcode.claims.x12.guides.nodes import HIERARCHY, LoopNode
from medcode.claims.x12.parse.moves import ahead
from medcode.claims.x12.validate.elements import distinct_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.x12.guides.grammar import Segment
    from medcode.claims.x12.guides.nodes import Node
    from medcode.claims.x12.parse.walker import Walker
    from medcode.claims.x12.text.lexer import Delimiters, RawSegment

__all__ = ["Reading", "is_meant", "levels_of", "readings"]

_DUE = 4
"""How many of the parts that must come after a place are looked at: those further on pass over these."""

_LEVEL = 3
"""HL03."""


class Reading(NamedTuple):
    """A segment with another id or code: where that is (element 0 is the id), what it is, and what is said of it."""

    segment: RawSegment
    element: int
    component: int | None
    text: str
    message: str


def readings(walker: Walker, node: Node, segment: RawSegment, levels: list[Segment]) -> Iterator[Reading]:
    """Yield what a segment after a place may be meant as, the likeliest first."""
    id_ = segment.elements[0]
    if id_ == HIERARCHY:
        yield from _of_levels(segment, levels)
        return
    for use in islice((each.opener.use for each in ahead(node) if _is_due(each)), _DUE):
        if not walker.knows(id_) and len(segment.elements) > 1:
            yield Reading(_with(segment, 0, None, use.id), 0, None, use.id, "")
        elif use.id == id_ in DISCRIMINATORS:
            element, component = DISCRIMINATORS[id_]
            codes = use.qualifiers or frozenset()
            if _text_of(segment, element, component) in codes:
                continue  # its place is right, and what is wrong with it is another element
            for code in sorted(codes):
                message = f"{id_}{element:02} is not the code of this place. From what follows, {code} ({use.title}) was meant."
                right = _with(segment, element, component or None, code)
                yield Reading(right, element, component or None, code, message)


def _is_due(part: Node | LoopNode) -> bool:
    """Whether something must come, or is what a set is sent for."""
    return part.usage is Usage.REQUIRED or (isinstance(part, LoopNode) and part.is_unit)


@lru_cache(maxsize=64)
def levels_of(walker: Walker) -> list[Segment]:
    """Return the segments that begin the levels of a guide."""
    loops = (each for each in walker.root.walk() if isinstance(each, LoopNode))
    return [each.opener.use for each in loops if each.is_level]


def _of_levels(segment: RawSegment, levels: list[Segment]) -> Iterator[Reading]:
    for use in levels:
        is_leaf = use.elements[_LEVEL].usage is Usage.NOT_USED
        if is_leaf == (len(segment.elements) == _LEVEL + 1):
            code = min(use.qualifiers or {""})
            message = "HL03 does not name the level of what follows."
            yield Reading(_with(segment, _LEVEL, None, code), _LEVEL, None, code, message)


@lru_cache(maxsize=64)
def is_meant(node: Node, elements: tuple[str, ...], delimiters: Delimiters) -> bool:
    """Whether nothing is wrong with elements at a place but how a number is written; of one segment it is asked several times."""
    return all(fault.rule == "number-form" for fault in distinct_faults(node.use, [*elements], delimiters))


def _text_of(segment: RawSegment, element: int, component: int | None) -> str:
    """Return an element of a segment, or a component of it."""
    text = segment.elements[element] if element < len(segment.elements) else ""
    return text.split(segment.delimiters.component)[component - 1] if component else text


def _with(segment: RawSegment, element: int, component: int | None, text: str) -> RawSegment:
    """Return a segment with another text in one of its elements, or in a component of it."""
    elements = [*segment.elements, *[""] * (element + 1 - len(segment.elements))]
    if component:
        first, *rest = elements[element].split(segment.delimiters.component)
        del first
        text = segment.delimiters.component.join([text, *rest])
    elements[element] = text
    return segment._replace(elements=elements, text=segment.delimiters.element.join(elements))
