"""The way to a path of the model through a guide: which uses of segments hold it, or what is around it.

A route is worked out once for a guide and a path, the indexes of the path aside. To follow it in a
claim is to look up where each use of a segment is in it, and no more.
"""

from __future__ import annotations

from functools import cache, partial
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from medcode.claims.x12.codec.compiled import LoopRole
from medcode.claims.x12.guides.nodes import Node
from medcode.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from medcode.claims.x12.codec.compiled import CompiledGuide
    from medcode.claims.x12.codec.element_map import Names

__all__ = ["Around", "Counts", "Route", "Stop", "around", "count", "nodes_of", "routes"]


class Around(NamedTuple):
    """The objects around a use of a segment.

    `names` lead to what it fills; `opened` are the tuples that the loops it opens add to, `loops` those
    whose objects it is in, and `own` the tuple that it adds to itself, () for none.
    """

    names: Names
    opened: tuple[Names, ...]
    loops: tuple[Names, ...]
    own: Names


class Stop(NamedTuple):
    """What a use of a segment is on a route: the nearer to what the path names, the higher its `score`.

    `is_held` says that an element of it holds the rest of the path, or what is around that.
    """

    node: Node
    around: Around
    score: int
    is_held: bool


Route: TypeAlias = "tuple[tuple[Stop, ...], ...]"
"""The stops, those together that are as near as one another, the nearest first."""

Counts: TypeAlias = "dict[Names, int]"
"""How many objects of each tuple there are so far."""


@cache
def routes(compiled: CompiledGuide) -> Mapping[Names, Route]:
    """Return the stops on the way to each path, found when it is first asked for."""
    return Memo(partial(_route, compiled), most=1_000)


def _route(compiled: CompiledGuide, path: Names) -> Route:
    stops = [stop for node in nodes_of(compiled) if (stop := _stop(compiled, node, path))]
    stops.sort(key=attrgetter("score"), reverse=True)
    return tuple(tuple(group) for _, group in groupby(stops, attrgetter("score")))


def nodes_of(compiled: CompiledGuide) -> Iterator[Node]:
    """Yield the uses of segments in a guide."""
    for loop in compiled.loops:
        yield from (child for group in loop.children for child in group if isinstance(child, Node))


def _stop(compiled: CompiledGuide, node: Node, path: Names) -> Stop | None:
    """Return what a use of a segment is on the way to a path; None where it does not lead there."""
    about = around(compiled, node)
    shared = min(len(about.names), len(path))
    if about.names[:shared] != path[:shared]:
        return None
    rest, is_held = path[shared:], False
    if shared == len(about.names) and node in compiled.codecs:
        is_held = compiled.codecs[node].map.knows(rest)
    if not shared and not is_held:
        return None
    is_whole = shared == len(about.names) and (is_held or not rest)
    return Stop(node, about, 2 * shared + 2 * is_held + is_whole, is_held)


@cache
def around(compiled: CompiledGuide, node: Node) -> Around:
    """Return the objects around a use of a segment."""
    names: Names = ()
    opened: tuple[Names, ...] = ()
    loops: tuple[Names, ...] = ()
    for loop in reversed(list(node.loop.up())):
        frame = compiled.loops[loop]
        if frame.role is LoopRole.MANY:
            names += frame.path
            loops += (names,)
            opened += (names,) if node is loop.opener else ()
    codec = compiled.codecs.get(node)
    own: Names = ()
    if codec and codec.path:
        names += codec.path
        own = names if _is_many(compiled, node, codec.path) else ()
    return Around(names, opened, loops, own)


def count(names: Names, counts: Counts) -> None:
    """Count one more object of a tuple; what is inside of it is counted anew."""
    counts[names] = counts.get(names, 0) + 1
    for inner in [other for other in counts if len(other) > len(names) and other[: len(names)] == names]:
        del counts[inner]


def _is_many(compiled: CompiledGuide, node: Node, path: Names) -> bool:
    fields = compiled.loops[node.loop].fields
    for name in path[:-1]:
        fields = fields.part(name)
    return fields.types[path[-1]].many
