"""The way to a path of the model through a guide: which uses of segments hold it, or what is around it.

A route is worked out once for a guide and a path, the indexes of the path aside. To follow it over
the segments of a claim is to count and to compare, and no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from medcode.claims.x12.frames import Kind
from medcode.claims.x12.grammar import Composite, Usage
from medcode.claims.x12.walker import Node
from medcode.findings import Location

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.x12.frames import Bound
    from medcode.claims.x12.grammar import Segment

__all__ = ["Names", "Route", "Stop", "around", "nodes_of", "route"]

Names: TypeAlias = tuple[str, ...]
"""The names of a path, from the claim on, without the indexes."""

_ROWS = frozenset({"HI", "CAS"})
"""Segments that hold several objects each."""

_REMEMBERED = 1_000


class Stop(NamedTuple):
    """What a use of a segment is on a route.

    `counts` names the tuples of the model that each such segment, or the loop it opens, adds an
    object to. `agree` has the places of the path whose indexes must be those of the objects around
    the segment, each with the tuple that counts them. The higher `score`, the nearer the segment is
    to what the path names; at 0 it only counts. A HI has `rows` objects, each an element.
    """

    counts: tuple[Names, ...]
    agree: tuple[tuple[int, Names], ...]
    score: int
    location: Location
    rows: int


Route: TypeAlias = "dict[Node | None, Stop]"

_ROUTES: dict[int, dict[Names, Route]] = {}


def route(bound: Bound, path: Names) -> Route:
    """Give the stops on the way to a path."""
    known = _ROUTES.setdefault(id(bound), {})
    found = known.get(path)
    if found is None:
        if len(known) >= _REMEMBERED:
            known.clear()
        stops = ((node, _stop(bound, node, path)) for node in nodes_of(bound))
        found = known[path] = {node: stop for node, stop in stops if stop.counts or stop.score}
    return found


def nodes_of(bound: Bound) -> Iterator[Node]:
    """Go through the uses of segments in a guide."""
    for loop in bound.frames:
        yield from (child for group in loop.children for child in group if isinstance(child, Node))


def _stop(bound: Bound, node: Node, path: Names) -> Stop:
    """Say what a use of a segment is on the way to a path."""
    names, counted, agree = around(bound, node)
    binding = bound.bindings.get(node)
    if binding and binding.path:
        names += binding.path
        if _is_many(bound, node, binding.path):
            counted += (names,)
            agree += () if binding.id in _ROWS else ((len(names) - 1, names),)
    counts = tuple(each for each in counted if each == path[: len(each)])
    if any(mine != wanted for mine, wanted in zip(names, path, strict=False)):
        return Stop(counts, (), 0, Location(), 0)
    agree = tuple((at, each) for at, each in agree if at < len(path))
    score, element, component = _score(node.use, names, path)
    location = Location(loop=node.loop.loop.id, segment=node.use.id, element=element, component=component)
    rows = _used(node.use) if node.use.id == "HI" and names in counts else 0
    return Stop(counts, agree, score, location, rows)


_Counted: TypeAlias = "tuple[tuple[int, Names], ...]"


def around(bound: Bound, node: Node) -> tuple[Names, tuple[Names, ...], _Counted]:
    """Name the objects around a segment, the tuples that the loops it opens add to, and those to compare."""
    names: Names = ()
    opened: tuple[Names, ...] = ()
    agree: _Counted = ()
    for loop in reversed(list(node.loop.up())):
        frame = bound.frames[loop]
        if frame.kind is Kind.MANY:
            names += frame.path
            agree += ((len(names) - 1, names),)
            opened += (names,) if node is loop.opener else ()
    return names, opened, agree


def _is_many(bound: Bound, node: Node, path: Names) -> bool:
    shape = bound.frames[node.loop].shape
    for name in path[:-1]:
        shape = shape.part(name)
    return shape.fields[path[-1]].many


def _used(segment: Segment) -> int:
    return sum(row.usage is not Usage.NOT_USED for row in segment.elements)


def _score(segment: Segment, names: Names, path: Names) -> tuple[int, int | None, int | None]:
    """Say how near a segment is to a path, and which element and component hold the rest of it."""
    shared = min(len(names), len(path))
    if shared < len(names):
        return 2 * shared, None, None
    rest = path[shared:]
    element, component = _element(segment, rest)
    score = 2 * shared + (2 if element else 0) + (0 if rest and not element else 1)
    return (score, element, component) if shared or element else (0, None, None)


def _element(segment: Segment, rest: Names) -> tuple[int | None, int | None]:
    """Find the element and component that hold an attribute of what a segment is."""
    if segment.id == "HI":
        return 1, _component(segment.elements[0], rest) or 2
    if segment.id == "CAS" or not rest:
        return None, None
    for number, row in enumerate(segment.elements, 1):
        if row.name == rest[0]:
            return number, _component(row, rest[1:])
        if not row.name and (component := _component(row, rest)):
            return number, component
    return None, None


def _component(row: object, rest: Names) -> int | None:
    """Find the component of a composite that holds an attribute."""
    names = [element.name for element in row.elements] if isinstance(row, Composite) and rest else []
    return names.index(rest[0]) + 1 if rest and rest[0] in names else None
