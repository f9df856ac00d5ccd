"""NM1: the name of a person or organization, with its identifier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medcode.claims.x12.codec.element_map import ElementMap
from medcode.claims.x12.codec.row import trimmed
from medcode.claims.x12.codec.segment import SegmentCodec, reach
from medcode.claims.x12.guides.grammar import Composite
from medcode.claims.x12.text.values import write_value
from medcode.codesets.npi import PREFIX_SUM, Npi

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medcode.claims.model.fields import ModelFields
    from medcode.claims.x12.codec.element_map import ElementRef, Names
    from medcode.claims.x12.codec.segment import Parsed, Record
    from medcode.claims.x12.guides.grammar import Element, Segment
    from medcode.codesets.code import Malformed

__all__ = ["NameCodec", "read_npi"]

_NAME = 2  # NM103, counted from 0
_LAST_NAME = _NAME + 1


_PAIRS = bytes(sum(divmod(2 * first, 10)) + second for first in range(10) for second in range(10))
"""What two digits add to the sum that the check digit of an NPI makes a multiple of ten: twice the first, its digits added."""

_FOURS = bytes(first + second for first in _PAIRS for second in _PAIRS)
"""What four digits add to it."""


def read_npi(text: str) -> Npi | Malformed:
    """Read a National Provider Identifier.

    >>> read_npi("1234567893"), read_npi("1234567890")
    (Npi('1234567893'), Malformed(<10 digits>))
    """
    if Npi.pattern.fullmatch(text):
        n = int(text)
        added = _FOURS[n % 10_000] + _FOURS[n // 10_000 % 10_000] + _FOURS[n // 100_000_000]
        if (PREFIX_SUM + added) % 10 == 0:  # as in nearly all
            return str.__new__(Npi, text)
    return Npi.parse(text)


class NameCodec(SegmentCodec):
    """NM1: which elements are the name depends on the kind of entity, the identifier on its qualifier.

    `ID_TYPE` and `ID` are the places of NM108 and NM109, counted from 0.
    """

    ID_TYPE, ID = 7, 8

    def __init__(self, segment: Segment, fields: ModelFields, path: tuple[str, ...]) -> None:
        self.id = segment.id
        self.path = path
        self.map: ElementMap = _NameMap(segment, fields)
        elements: list[Element] = [e for e in segment.elements if not isinstance(e, Composite)]
        self._constants = [element.constant for element in elements]
        self._names = [element.name for element in elements]
        self._elements = list(zip(self._names, self._constants, strict=True))
        self._kinds = elements[1].codes or frozenset()
        self._fields = fields.types
        self._keeps_kind = "entity_type" in fields.types
        self._kind = next(iter(self._kinds)) if len(self._kinds) == 1 else ""
        self._person = [(at, name) for at, name in enumerate(self._names) if name and at >= _NAME]
        self._organization = [
            (_NAME, "organization"),
            *((at, name) for at, name in self._person if at > _NAME),
        ]

    def parse(self, elements: list[str], component: str) -> Parsed:
        """Return the name of a person or an organization, and the identifier as an NPI where it is one."""
        del component
        values: Record = {}
        kind = elements[2] if len(elements) > _NAME else ""
        more = False
        if (whom := self._names[0]) and elements[1:2] > [""]:
            values[whom] = elements[1]
        if self._keeps_kind and kind:
            values["entity_type"] = kind
        elif kind not in self._kinds:
            more = kind != ""
        for index, text in enumerate(elements[_NAME + 1 :], _NAME):
            if not text:
                continue
            name, constant = self._elements[index] if index < len(self._elements) else ("", "")
            if index == _NAME and kind == "2":
                name = "organization"
            if name in self._fields:
                values[name] = read_npi(text) if name == "npi" else text
            elif text != constant:
                more = True
        return values, more

    def write(self, part: Any) -> Iterable[list[str]]:
        """Return the one NM1 of a party."""
        party = reach(part, self.path)
        is_person = getattr(party, "is_person", False)
        texts = [""] * len(self._names)
        texts[0] = getattr(party, self._names[0]) if self._names[0] else self._constants[0]
        texts[1] = write_value(party.entity_type) if self._keeps_kind else self._kind or "21"[is_person]
        for at, name in self._person if is_person else self._organization:
            texts[at] = write_value(getattr(party, name, None))
        if not texts[self.ID]:
            texts[self.ID_TYPE] = ""
        elif not self._names[self.ID_TYPE]:
            texts[self.ID_TYPE] = self._constants[self.ID_TYPE]
        return ([self.id, *trimmed(texts)],)


class _NameMap(ElementMap):
    """NM103 is the last name of a person, or the name of an organization, by what NM102 allows."""

    def __init__(self, segment: Segment, fields: ModelFields) -> None:
        self._fields = fields
        kind: Any = segment.elements[1]
        self._kinds = kind.codes or frozenset()
        super().__init__(segment)

    def table(self, segment: Segment) -> Iterator[tuple[Names, ElementRef]]:
        for names, ref in super().table(segment):
            if names != ("last_name",):
                yield names, ref
            elif "1" in self._kinds:
                yield from ((names, ref), (("organization",), ref))
            else:
                yield from ((("organization",), ref), (names, ref))

    def covered(self) -> Iterator[Names]:
        allowed = {"last_name": "1", "organization": "2"}
        for names in super().covered():
            if names[0] in self._fields.types and allowed.get(names[0], "") in {"", *self._kinds}:
                yield names
