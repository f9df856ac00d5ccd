"""PER: a contact with up to three numbers, each after the qualifier that says what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medcode.claims.x12.codec.element_map import ElementMap, ElementRef
from medcode.claims.x12.codec.row import trimmed
from medcode.claims.x12.codec.segment import SegmentCodec, holder, reach
from medcode.claims.x12.guides.grammar import Composite

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medcode.claims.model.fields import ModelFields
    from medcode.claims.x12.codec.element_map import Names, Positions
    from medcode.claims.x12.codec.segment import Parsed, Record
    from medcode.claims.x12.guides.grammar import Segment

__all__ = ["ContactCodec"]

CONTACT_NUMBERS = {"TE": "phone", "EX": "extension", "FX": "fax", "EM": "email", "UR": "url"}
"""The attribute of a contact that each qualifier of PER names."""

_FIRST_NUMBER = 3  # PER03, the first qualifier
_AFTER_NUMBERS = 9  # PER09
_NOWHERE = ElementRef()


class ContactCodec(SegmentCodec):
    """PER: up to three numbers, each after the qualifier that says what it is."""

    def __init__(self, segment: Segment, fields: ModelFields, path: tuple[str, ...]) -> None:
        self.id = segment.id
        self.path = path
        self._model = fields.part(path[-1])
        self._numbers = {q: name for q, name in CONTACT_NUMBERS.items() if name in self._model.types}
        self.map: ElementMap = _Numbers(segment, self._numbers)
        function = segment.elements[0]
        self._function = "" if isinstance(function, Composite) else function.constant

    def parse(self, elements: list[str], component: str) -> Parsed:
        """Make a contact of the name and the numbers; of two numbers of a kind, the first is held."""
        del component
        values: Record = {"name": "".join(elements[2:3]) or None}
        more = any(elements[_AFTER_NUMBERS:])
        for qualifier, number in zip(
            elements[3:_AFTER_NUMBERS:2], elements[4:_AFTER_NUMBERS:2], strict=False
        ):
            if number:
                name = self._numbers.get(qualifier)
                if name is None or name in values:
                    more = True
                else:
                    values[name] = number
        return self._model.build(values), more

    def store(self, record: Record, values: Any) -> bool:
        """Add the contact to the tuple at the path."""
        holder(record, self.path[:-1]).setdefault(self.path[-1], []).append(values)
        return True

    def write(self, part: Any) -> Iterable[list[str]]:
        """Yield a PER for each contact."""
        for contact in reach(part, self.path) or ():
            texts = [self._function, contact.name or ""]
            for qualifier, name in self._numbers.items():
                if number := getattr(contact, name):
                    texts += [qualifier, number]
            yield [self.id, *trimmed(texts)]


class _Numbers(ElementMap):
    """PER: the numbers of a contact, each after its qualifier."""

    def __init__(self, segment: Segment, numbers: dict[str, str]) -> None:
        super().__init__(segment)
        self._numbers = numbers
        self._whole |= {(name,): _NOWHERE for name in numbers.values()}
        self.varies = True

    def positions(self, elements: list[str], component: str) -> Positions:
        """Note which numbers stand, in their order."""
        del component
        pairs = zip(elements[_FIRST_NUMBER::2], elements[_FIRST_NUMBER + 1 :: 2], strict=False)
        return tuple([self._numbers.get(qualifier, "") if text else "" for qualifier, text in pairs])

    def find(self, rest: Names, indexes: list[int | None], row: int, positions: Positions) -> ElementRef:
        name = rest[0] if rest else ""
        if positions and name in positions:
            return ElementRef(_FIRST_NUMBER + 1 + 2 * positions.index(name))
        return super().find(rest, indexes, row, None)
