"""PLB and STC: several objects in one segment, which share what it says once.

Objects that agree in what is shared are gathered into one segment again, as many as it holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from medcode.claims.x12.codec.element_map import ElementMap, ElementRef
from medcode.claims.x12.codec.row import RowCodec, trimmed
from medcode.claims.x12.codec.segment import SegmentCodec, holder, reach

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medcode.claims.model.fields import ModelFields
    from medcode.claims.x12.codec.element_map import Names, Positions
    from medcode.claims.x12.codec.segment import Parsed, Record
    from medcode.claims.x12.guides.grammar import Segment

__all__ = ["ProviderAdjustmentsCodec", "StatusesCodec"]


class _SharingCodec(SegmentCodec):
    """A segment of several objects: each begins at one of `starts` and takes `width` elements; they share the others."""

    starts: ClassVar[tuple[int, ...]]
    width: ClassVar[int]

    def __init__(self, segment: Segment, fields: ModelFields, path: tuple[str, ...]) -> None:
        self.id = segment.id
        self.path = path
        self.map: ElementMap = _SharingMap(segment, self.starts, self.width)
        self._model = fields.part(path[-1])
        own = {at for start in self.starts for at in range(start, start + self.width)}
        self._count = len(segment.elements)
        self._shared_at = [at for at in range(1, self._count + 1) if at not in own]
        self._shared = RowCodec(tuple(segment.elements[at - 1] for at in self._shared_at), self._model, 0)
        first = self.starts[0] - 1
        self._own = RowCodec(segment.elements[first : first + self.width], self._model, 0)

    def parse(self, elements: list[str], component: str) -> Parsed:
        """Make an object of each place that holds something, with what the segment says once."""
        shared: Record = {}
        texts = [elements[at] if at < len(elements) else "" for at in self._shared_at]
        more = self._shared.read(shared, texts, component)
        made = []
        for start in self.starts:
            own = elements[start : start + self.width]
            if any(own):
                values = dict(shared)
                more = self._own.read(values, own, component) or more
                made.append(self._model.build(values))
        more = more or any(elements[self._count + 1 :]) or (not made and any(elements[1:]))
        return made, more

    def store(self, record: Record, values: Any) -> bool:
        """Add the objects to the tuple at the path."""
        holder(record, self.path[:-1]).setdefault(self.path[-1], []).extend(values)
        return True

    def write(self, part: Any) -> Iterable[list[str]]:
        """Yield a segment for each run of objects that agree in what is shared, as many as it holds."""
        texts: list[str] = []
        known: list[str] | None = None
        count = 0
        for each in reach(part, self.path) or ():
            shared = list(self._shared.write(each))
            if shared != known or count == len(self.starts):
                if texts:
                    yield [self.id, *trimmed(texts)]
                texts, known, count = [""] * self._count, shared, 0
                for at, text in zip(self._shared_at, shared, strict=False):
                    texts[at - 1] = text
            at = self.starts[count] - 1
            own = self._own.write(each)
            texts[at : at + self.width] = [*own, *[""] * (self.width - len(own))]
            count += 1
        yield from [[self.id, *trimmed(texts)]] if texts else []


class ProviderAdjustmentsCodec(_SharingCodec):
    """PLB: a provider and fiscal year, then up to six reasons, each with its amount."""

    starts = (3, 5, 7, 9, 11, 13)
    width = 2


class StatusesCodec(_SharingCodec):
    """STC: up to three statuses that share action, charge and days."""

    starts = (1, 10, 11)
    width = 1


class _SharingMap(ElementMap):
    """Where the objects of a segment begin, and what they share."""

    def __init__(self, segment: Segment, starts: tuple[int, ...], width: int) -> None:
        super().__init__(segment)
        self._starts = starts
        self._width = width
        self._several = {}
        self._whole[()] = ElementRef(starts[0])
        self._names = {}
        self.varies = True

    def positions(self, elements: list[str], component: str) -> Positions:
        """Note where each object begins that says anything."""
        del component
        return tuple([at for at in self._starts if any(elements[at : at + self._width])])

    def objects(self, positions: Positions) -> int:
        return len(positions or ())

    def find(self, rest: Names, indexes: list[int | None], row: int, positions: Positions) -> ElementRef:
        ref = super().find(rest, indexes, row, None)
        first, at = self._starts[0], ref.element or 0
        is_own = first <= at < first + self._width
        return ElementRef((positions or ())[row] + at - first, ref.component) if is_own else ref

    def index(self, before: int, ref: ElementRef) -> int | None:
        del before, ref
        return None
