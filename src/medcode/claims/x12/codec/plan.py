"""How a row of elements is read into values and written from an object, worked out once.

A plan follows the elements of one segment or composite in the guide. A named element is an
attribute; the same name in a row is a tuple; an element called `format` says how the day after
it is written and is never kept; a composite without a name belongs to the object around it. A
situational constant, or an element called after the next one and `_type`, is the qualifier of
the element after it, and stands only with that.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from medcode.claims.x12.codec.shape import shape_of
from medcode.claims.x12.codec.slots import (
    ConstantSlot,
    DateSlot,
    FormatSlot,
    ListSlot,
    ManySlot,
    MergedSlot,
    PartSlot,
    QualifierSlot,
    Slot,
    TotalSlot,
    ValueSlot,
)
from medcode.claims.x12.guides.grammar import Composite, Usage
from medcode.claims.x12.text.values import write_value

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.claims.x12.codec.shape import Shape
    from medcode.claims.x12.guides.grammar import Element, Row

__all__ = ["Plan", "trimmed"]

_REMEMBERED = 1_000


class _Template(NamedTuple):
    """What is the same in the texts of all objects that were told the same attributes.

    `values` names the attributes that are written as they are, `writers` give the other texts.
    """

    texts: list[str]
    values: list[tuple[int, str]]
    writers: list[tuple[int, Callable[[Any], str]]]
    paired: list[int]
    data: list[int]


_FORMS = {"DT": "D8", "TM": "TM"}
"""The form that the data type of an element prescribes, where no qualifier does."""


def trimmed(texts: list[str]) -> list[str]:
    """Drop what is empty at the end."""
    while texts and not texts[-1]:
        texts.pop()
    return texts


class Plan:
    """The slots of a row of elements for one class of the model.

    `first` is the place of the first element among the texts: 1 in a segment, 0 in a composite.
    """

    def __init__(self, row: Row, shape: Shape, first: int) -> None:
        self._shape = shape
        self._row = row
        self._in_composite = first == 0
        self._seen: Counter[str] = Counter()
        slots = [self._slot(index, element) for index, element in enumerate(row)]
        self._slots = slots
        self._templates: dict[tuple[str, ...], _Template] = {}
        self._readers = [
            (at, slot.read) for at, slot in enumerate(slots, first) if isinstance(slot, _READING)
        ]
        self._width = first + len(slots)
        self._unread = [
            (at, slot.allowed)
            for at, slot in enumerate(slots, first)
            if not isinstance(slot, (*_READING, FormatSlot))
        ]
        self._data = [index for index, slot in enumerate(slots) if slot.data]
        self._paired = [index for index, element in enumerate(row) if self._is_qualifier(index, element)]

    def read(self, values: dict[str, Any], texts: list[str], component: str) -> bool:
        """Read texts into values; an empty one gives nothing. True where the texts hold more than that."""
        count = len(texts)
        more = count > self._width and any(texts[self._width :])
        for at, reader in self._readers:
            if at >= count:
                break
            if texts[at] and reader(values, texts, at, component):
                more = True
        for at, allowed in self._unread:
            if at >= count:
                break
            if texts[at] not in allowed:
                more = True
        return more

    def write(self, part: Any) -> list[str]:
        """Give the texts of an object; none at all where it has nothing but qualifiers to say."""
        given = vars(part)
        told = tuple(given)
        template = self._templates.get(told) or self._template(told)
        texts = template.texts.copy()
        for index, name in template.values:
            value = given[name]
            texts[index] = value if type(value) is str else write_value(value)
        for index, writer in template.writers:
            texts[index] = writer(part)
        for index in template.paired:
            if not texts[index + 1]:
                texts[index] = ""
        for index in template.data:
            if texts[index]:
                return texts if texts[-1] else trimmed(texts)
        return []

    def speaks(self, told: tuple[str, ...]) -> bool:
        """Whether an object that was told these attributes may have something to write."""
        template = self._template(told)
        written = {at for at, _ in (*template.values, *template.writers)}
        return any(at in written or template.texts[at] for at in template.data)

    def _template(self, told: tuple[str, ...]) -> _Template:
        """Prepare the writing of an object that was told these attributes; what was not told is on its class."""
        slots = list(enumerate(self._slots))
        asked = {at: slot for at, slot in slots if slot.names is None or not slot.names.isdisjoint(told)}
        texts = ["" if at in asked else slot.write(self._shape.cls) for at, slot in slots]
        for at in self._paired:
            if not texts[at + 1] and at + 1 not in asked:
                texts[at] = ""
        width = max((at + 1 for at, text in enumerate(texts) if text or at in asked), default=0)
        if len(self._templates) >= _REMEMBERED:
            self._templates.clear()
        paired = [at for at in self._paired if at + 1 < width]
        data = [at for at in self._data if at < width]
        values = [(at, slot.name) for at, slot in asked.items() if slot.plain]
        writers: list[tuple[int, Callable[[Any], str]]] = [
            (at, slot.write) for at, slot in asked.items() if not slot.plain
        ]
        template = self._templates[told] = _Template(texts[:width], values, writers, paired, data)
        return template

    def _slot(self, index: int, element: Element | Composite) -> Slot:
        if element.usage is Usage.NOT_USED:
            return Slot()
        nth = self._seen[element.name]
        self._seen[element.name] += 1
        if isinstance(element, Composite):
            return self._composite(element)
        if not element.name:
            return ConstantSlot(element.constant, element.codes or frozenset())
        if element.name == "format":
            return FormatSlot(self._row[index + 1].name)
        if index and self._row[index - 1].name == "format":
            return DateSlot(element.name, None)
        return self._value(index, element, nth)

    def _value(self, index: int, element: Element, nth: int) -> Slot:
        name = element.name
        if element.data.type in _FORMS:
            return DateSlot(name, _FORMS[element.data.type])
        field = self._shape.fields[name]
        if field.many:
            return ManySlot(name, field.read, nth, in_composite=self._in_composite)
        if name.startswith("stated_"):
            return TotalSlot(name, field.read)
        kind = QualifierSlot if self._is_qualifier(index, element) else ValueSlot
        return kind(name, field.read)

    def _composite(self, element: Composite) -> Slot:
        if not element.name:
            return MergedSlot(Plan(element.elements, self._shape, 0))
        field = self._shape.fields[element.name]
        if field.part is None:
            return ListSlot(element.name, field.read)
        shape = shape_of(field.part)
        return PartSlot(element.name, shape, Plan(element.elements, shape, 0))

    def _is_qualifier(self, index: int, element: Element | Composite) -> bool:
        """Whether an element only says of what kind the next one is."""
        if isinstance(element, Composite) or element.usage is Usage.NOT_USED or index + 1 >= len(self._row):
            return False
        if not element.name:
            return element.usage is Usage.SITUATIONAL
        return element.name == f"{self._row[index + 1].name}_type"


_READING = (ValueSlot, DateSlot, MergedSlot, PartSlot)
