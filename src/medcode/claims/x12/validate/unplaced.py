"""What is wrong with a segment that has no place in its guide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from medcode.claims.x12.guides.dictionary import DISCRIMINATORS
from medcode.claims.x12.parse.walker import qualifier_of
from medcode.claims.x12.validate.elements import list_of
from medcode.claims.x12.validate.missing import unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medcode.claims.x12.parse.moves import Transition
    from medcode.claims.x12.parse.walker import Walker
    from medcode.claims.x12.text.lexer import RawSegment

__all__ = ["Unplaced", "unplaced"]


class Unplaced(NamedTuple):
    """A rule with its words, and where the finding is if not at the segment as a whole."""

    rule: str
    message: str
    fix: str
    place: Mapping[str, Any] = {}


def unplaced(walker: Walker, segment: RawSegment, transition: Transition, *, in_run: bool) -> Unplaced | None:
    """Return what is wrong; None for a segment that may belong to the unplaced one of the run that it is in."""
    id_, node = segment.elements[0], transition.node
    qualifier = qualifier_of(id_, segment.elements, segment.delimiters)
    if not walker.knows(id_):
        return Unplaced(*unknown(id_, walker.guide.transaction), "Remove it.")
    if transition.lost:
        opener = transition.lost[0].opener.use
        message = f"{opener.id} ({opener.title}) is missing: these lines belong to no claim."
        lost = {"loop": transition.lost[0], "segment": opener.id}
        return Unplaced("segment-missing", message, "Add it.", lost)
    if not walker.is_qualifier(id_, qualifier):
        near = frozenset(walker.qualifiers(node, id_))
        element, component = DISCRIMINATORS[id_]
        fix = f"Use {list_of(near)}." if near else "Remove it."
        at = {"element": element, "component": component or None}
        message = f"{id_}{element:02} has a value that is not allowed here."
        return Unplaced("element-code", message, fix, at)
    if in_run:
        return None
    if not transition.ordered:
        message = "The segment belongs before the lines of its claim."
        return Unplaced("segment-out-of-order", message, "Move it to its place.")
    qualifiers = walker.qualifiers(node, id_)
    allowed = f" Allowed here: {', '.join(qualifiers)}." if qualifiers else ""
    message = f"The guide has no such {id_} at this place.{allowed}"
    return Unplaced("segment-unexpected", message, "Move, correct or remove it.")
