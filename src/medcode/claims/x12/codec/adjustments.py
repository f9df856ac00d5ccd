"""CAS: a group code and up to six adjustments, each its reason, amount and quantity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medcode.claims.x12.codec.element_map import ElementMap, ElementRef
from medcode.claims.x12.codec.row import trimmed
from medcode.claims.x12.codec.segment import SegmentCodec, holder, reach
from medcode.claims.x12.text.values import reader, write_value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medcode.claims.model.fields import ModelFields
    from medcode.claims.x12.codec.element_map import Names, Positions
    from medcode.claims.x12.codec.segment import Parsed, Record
    from medcode.claims.x12.guides.grammar import Segment

__all__ = ["AdjustmentsCodec"]

_OF_EACH = ("reason", "amount", "quantity")
_TRIPLET = len(_OF_EACH)
_TRIPLETS = 6


class AdjustmentsCodec(SegmentCodec):
    """CAS: a group code and up to six adjustments, each its reason, amount and quantity."""

    def __init__(self, segment: Segment, fields: ModelFields, path: tuple[str, ...]) -> None:
        self.id = segment.id
        self.path = path
        self.map: ElementMap = _Triplets(segment)
        self._model = fields.part(path[-1])
        self._readers = {name: reader(self._model.types[name]) for name in ("group", *_OF_EACH)}

    def parse(self, elements: list[str], component: str) -> Parsed:
        """Make each adjustment an object with its group."""
        del component
        made = []
        for at in range(2, len(elements), _TRIPLET):
            named = zip(_OF_EACH, elements[at : at + _TRIPLET], strict=False)
            texts = {name: text for name, text in named if text}
            if texts:
                texts["group"] = elements[1]
                made.append(
                    self._model.build({name: self._readers[name](text) for name, text in texts.items()})
                )
        return made, not made and any(elements[1:])

    def store(self, record: Record, values: Any) -> bool:
        """Add the adjustments to the tuple at the path."""
        holder(record, self.path[:-1]).setdefault(self.path[-1], []).extend(values)
        return True

    def write(self, part: Any) -> Iterable[list[str]]:
        """Yield one CAS for each run of six or fewer adjustments of one group."""
        texts: list[str] = []
        for each in reach(part, self.path) or ():
            if texts and (texts[0] != each.group or len(texts) > _TRIPLET * _TRIPLETS):
                yield [self.id, *trimmed(texts)]
                texts = []
            texts = texts or [write_value(each.group)]
            texts += [write_value(each.reason), write_value(each.amount), write_value(each.quantity)]
        if texts:
            yield [self.id, *trimmed(texts)]


class _Triplets(ElementMap):
    """CAS: a group, then three elements for each object."""

    def __init__(self, segment: Segment) -> None:
        super().__init__(segment)
        self._whole[()] = ElementRef(2)
        self._names = {}
        self.varies = True

    def positions(self, elements: list[str], component: str) -> Positions:
        """Note where each three begin that say anything."""
        del component
        starts = range(2, len(elements), _TRIPLET)
        return tuple([at for at in starts if any(elements[at : at + _TRIPLET])])

    def objects(self, positions: Positions) -> int:
        return len(positions or ())

    def find(self, rest: Names, indexes: list[int | None], row: int, positions: Positions) -> ElementRef:
        element = super().find(rest, indexes, row, None).element or 1
        return ElementRef(element if element == 1 else (positions or ())[row] + element - 2)

    def index(self, before: int, ref: ElementRef) -> int | None:
        del before, ref
        return None
