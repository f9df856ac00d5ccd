"""What is said of a segment that is missing, or that the guide does not know, and which of the two may be one fault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medcode.claims.x12.guides.dictionary import MANDATORY, OF_SETS, SEGMENTS
from medcode.claims.x12.guides.nodes import LoopNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from medcode.claims.x12.guides.grammar import Segment
    from medcode.claims.x12.guides.nodes import Node

__all__ = ["about_missing", "after", "is_missing", "missing_of", "named", "unknown"]


_MANDATORY_MISSING = "3"
"""IK304 of a missing segment that the standard itself requires."""


def about_missing(child: Node | LoopNode, transaction: str) -> tuple[str, str, str | None]:
    """Return the rule, the message and the code (IK304, where another than the rule's) of a missing child."""
    opener = child.opener.use
    code = _MANDATORY_MISSING if opener.id in MANDATORY.get(transaction, ()) else None
    if isinstance(child, LoopNode):
        return "loop-missing", f"{named(child)} is missing.", code
    return "segment-missing", is_missing(opener), code


def is_missing(use: Segment) -> str:
    """Return that a segment is missing."""
    return f"{use.id} ({use.title}) is missing."


def named(child: Node | LoopNode) -> str:
    """Return what messages call a loop or a segment."""
    if isinstance(child, LoopNode):
        return f"Loop {child.loop.id} ({child.loop.title})"
    return f"{child.use.id} ({child.use.title})"


def _may_be(child: Node | LoopNode, stray: int, held: Iterable[Any]) -> bool:
    """Whether a stray segment after a group of a loop may be a child of it that is missing: nothing is between."""
    between = (each.group for each in held if stray < each.group < child.group)
    return stray <= child.group and next(between, None) is None


def missing_of(loop: LoopNode, held: Mapping[Any, Any], strays: Iterable[int]) -> list[Node | LoopNode]:
    """Return the required children that a loop does not hold, but for those that a stray segment may be.

    Where the opener is lost, the rest of the level is found elsewhere.
    """
    children = list(loop.inside())
    missing = [child for child in children if child in loop.required and child not in held]
    if missing[0] is children[0]:
        del missing[1:]
    return [child for child in missing if not any(_may_be(child, stray, held) for stray in strays)]


def after(child: Node | LoopNode, loop: LoopNode, held: Mapping[Any, list[Any]]) -> Iterator[list[Any]]:
    """Yield the position and offset of each child that a loop holds where it may only come after a missing one."""
    inside = list(loop.inside())
    return (held[other][1:3] for other in inside[inside.index(child) :] if other in held)


def unknown(id_: str, transaction: str) -> tuple[str, str]:
    """Return the rule for a segment that the guide of a transaction does not use, with its message."""
    if id_ in OF_SETS.get(transaction, ()):
        return "segment-not-used", "The standard has this segment, but the guide does not use it."
    if id_ in SEGMENTS or any(id_ in each for each in OF_SETS.values()):
        return "segment-of-another-set", "The segment belongs to another kind of transaction set."
    return "segment-unrecognized", "The standard has no such segment."
