"""What a place in a written file is called in the model: the way back from loop, segment and element.

Whoever writes claims knows their attributes, not the text that is made of them, so a finding in the
text is named by both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims.x12.codec.element_map import ElementRef
from medcode.claims.x12.codec.route import around, count, nodes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medcode.claims.x12.codec.compiled import CompiledGuide
    from medcode.claims.x12.codec.element_map import ElementMap, Names
    from medcode.claims.x12.codec.route import Around, Counts
    from medcode.claims.x12.guides.nodes import Node
    from medcode.findings import Location

__all__ = ["Naming"]


class Naming:
    """The names that places in a stretch of segments have in the model."""

    def __init__(self, compiled: CompiledGuide, nodes: Sequence[Node | None]) -> None:
        self._compiled = compiled
        self._nodes = nodes
        counts: Counts = {}
        self._before = [counts]  # before each segment, and after the last, how many objects of a tuple
        for node in nodes:
            about = around(compiled, node) if node else None
            if about and (about.opened or about.own):
                counts = counts.copy()
                for names in about.opened:
                    count(names, counts)
                if about.own:
                    count(about.own, counts)
            self._before.append(counts)

    def path(self, number: int, at: Location) -> str | None:
        """Name the attribute at a place: `lines[1].charge`; None where the place holds none.

        `number` counts the segments from 0; where that one is another, the place itself is missing.
        """
        last = min(number + 1, len(self._nodes))
        node = self._nodes[last - 1] if last else None
        if node is None or not _is_at(node, at):
            last = max(last - 1, 0)
            node = next((each for each in nodes_of(self._compiled) if _is_at(each, at)), None)
        if node is None:
            return None
        about, counts = around(self._compiled, node), self._before[last]
        path = ""
        for place, name in enumerate(about.names, 1):
            path += f".{name}"
            if about.names[:place] in about.loops:
                if not counts.get(about.names[:place]):
                    return path.removeprefix(".")  # the loop is not there
                path += f"[{_index(about.names[:place], counts)}]"
        if at.element is not None and node in self._compiled.codecs:
            path += _attribute(about, self._compiled.codecs[node].map, counts, at)
        return path.removeprefix(".") or None


def _is_at(node: Node, at: Location) -> bool:
    return node.segment is not None and (node.loop.loop.id, node.segment.id) == (at.loop, at.segment)


def _index(names: Names, counts: Counts) -> int:
    """Return the index of the last object of a tuple, or of the first where it is empty."""
    return max(counts.get(names, 0) - 1, 0)


def _attribute(about: Around, elements: ElementMap, counts: Counts, at: Location) -> str:
    """Name what an element or component is of the object that the segment fills, and which that is of several."""
    ref = ElementRef(at.element, at.component)
    index = elements.index(_index(about.own, counts), ref) if about.own else None
    name = elements.name(ref)
    return ("" if index is None else f"[{index}]") + (f".{name}" if name else "")
