"""The layouts of units: a shape, and how many elements each of its segments has.

Units of one layout are most often read one after another. So each kind of unit is first taken to have the layout of the one
before it: its segments are cut at once, and a look at a few places of the list shows whether it has.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any

from medcode.claims.x12.guides.dictionary import DISCRIMINATORS

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.claims.x12.units.shapes import Shape, Shapes

    CutBy = tuple[str, str, str]
    """The separators of elements and components, and what ends a segment."""

__all__ = ["Layout", "Layouts"]

_LAYOUTS = 4_000
"""How many layouts are counted before counting begins anew."""

_TIMES = 4
"""How many times as often as a shape a layout is seen before code is generated for it."""


class Layout:
    """What is known of units of one layout: `read` makes of them what the shape's own function would.

    `pick` takes ids, and qualifiers that are whole elements, out of the elements of all segments, joined with what ends a
    segment before each id but the first; `qualifiers` are those that begin an element, by its place. `samples` are the
    places of elements that show by what components are separated.
    """

    __slots__ = (
        "compiled",
        "count",
        "cut_by",
        "ids",
        "lengths",
        "pick",
        "qualifiers",
        "read",
        "samples",
        "shape",
        "size",
    )

    def __init__(self, shapes: Shapes, shape: Shape, segments: list[list[str]], cut_by: CutBy) -> None:
        self.compiled = shapes.compiled
        self.shape = shape
        self.size = shape.size
        self.cut_by = cut_by
        self.lengths = tuple(map(len, segments))
        self.qualifiers: list[tuple[int, str]] = []
        self.samples: list[int] = []
        known: dict[int, str] = {}
        start = 0
        for number, segment in enumerate(segments):
            known[start] = (cut_by[2] if start else "") + segment[0]
            at, component = DISCRIMINATORS.get(segment[0].lstrip("\r\n"), (0, 0))
            if component:
                self.qualifiers.append((start + at, segment[at].partition(cut_by[1])[0]))
            elif at:
                known[start + at] = segment[at]
            if shapes.sample and number in shape.samples:
                self.samples.append(start + shapes.sample[1])
            start += len(segment)
        self.count = start
        self.pick = itemgetter(*known)
        self.ids: tuple[str, ...] | str = self.pick(known)
        self.read: Callable[[list[str]], Any]

    def fits(self, elements: list[str]) -> bool | None:
        """Whether a unit has this layout, as its function sees it too: for those that are passed over."""
        if len(elements) != self.count or self.pick(elements) != self.ids:
            return None
        component = self.cut_by[1]
        are_known = [
            (at, elements[at].partition(component)[0]) for at, _ in self.qualifiers
        ] == self.qualifiers
        return (are_known and all(component in elements[at] for at in self.samples)) or None


class Layouts(dict["Shape", Layout]):
    """The layout that was read last, by the shape that a unit begins with, of texts that are cut alike."""

    def __init__(self, shapes: Shapes, cut_by: CutBy) -> None:
        super().__init__()
        self._shapes = shapes
        self._cut_by = cut_by
        self._known: dict[tuple[Shape, tuple[int, ...]], int | Layout | None] = {}

    def sight(self, begun: Shape, shape: Shape, segments: list[list[str]], before: int) -> None:
        """Note a unit that was read by the function of its shape; so often as for that, and more, its layout gets one."""
        key = shape, tuple(map(len, segments))
        seen = self._known.get(key, 0)
        if isinstance(seen, int):
            if len(self._known) >= _LAYOUTS:
                self._known.clear()
                self.clear()
            seen = seen + 1 if seen < before * _TIMES else self._made(shape, segments)
            self._known[key] = seen
        if isinstance(seen, Layout):
            self[begun] = seen

    def _made(self, shape: Shape, segments: list[list[str]]) -> Layout | None:
        """Make the function of a layout; None where none can be made."""
        layout = Layout(self._shapes, shape, segments, self._cut_by)
        return layout if self._shapes.make_layout(layout) else None
