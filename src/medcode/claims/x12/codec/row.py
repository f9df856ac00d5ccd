"""How a row of elements is read into values and written from an object, worked out once.

A row codec follows the elements of one segment or composite in the guide. A named element is an
attribute; the same name in a row is a tuple; an element called `format` says how the day after
it is written and is never kept; a composite without a name belongs to the object around it. A
situational constant, or an element called after the next one and `_type`, is the qualifier of
the element after it, and is written only with that.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from medcode.claims.model.fields import ModelFields
from medcode.claims.x12.codec.code_forms import reader_of
from medcode.claims.x12.codec.elements import (
    ConstantElement,
    DateElement,
    ElementCodec,
    FormatElement,
    ListElement,
    ManyElement,
    QualifierElement,
    TotalElement,
    ValueElement,
)
from medcode.claims.x12.guides.dictionary import SHORT_DATE
from medcode.claims.x12.guides.grammar import Composite, Usage
from medcode.claims.x12.text.values import (
    COMPONENT,
    write_value,
)
from medcode.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.claims.x12.codec.element_map import Names
    from medcode.claims.x12.codec.elements import Values
    from medcode.claims.x12.guides.grammar import Element, Row

__all__ = [
    "MergedElement",
    "PartElement",
    "RowCodec",
    "trimmed",
]


class MergedElement(ElementCodec):
    """A composite without a name: its components are attributes of the object around it."""

    data = True
    names = None

    def __init__(self, row: RowCodec) -> None:
        self.row = row

    def read(self, values: Values, texts: list[str], at: int, component: str) -> bool:
        """Keep what the components hold; True if they hold more."""
        return self.row.read(values, texts[at].split(component), component)

    def write(self, part: Any) -> str:
        return COMPONENT.join(self.row.write(part))


class PartElement(ElementCodec):
    """A composite that is an object of its own."""

    data = True

    def __init__(self, name: str, fields: ModelFields, row: RowCodec) -> None:
        self.name = name
        self.names = frozenset({name})
        self._model = fields
        self.row = row

    def read(self, values: Values, texts: list[str], at: int, component: str) -> bool:
        """Keep the object that the components make; True if they hold more."""
        inner: Values = {}
        more = self.row.read(inner, texts[at].split(component), component)
        values[self.name] = self._model.build(inner)
        return more

    def write(self, part: Any) -> str:
        value = getattr(part, self.name)
        return "" if value is None else COMPONENT.join(self.row.write(value))


class _Template(NamedTuple):
    """What is the same in the texts of all objects that have the same fields set.

    `values` names the attributes that are written as they are, `writers` return the other texts.
    """

    texts: list[str]
    values: list[tuple[int, str]]
    writers: list[tuple[int, Callable[[Any], str]]]
    paired: list[int]
    data: list[int]


_FORMS = {"DT": "D8", "TM": "TM"}
"""The format that the data type of an element prescribes, if no qualifier does."""


def trimmed(texts: list[str]) -> list[str]:
    """Drop the empty texts at the end."""
    while texts and not texts[-1]:
        texts.pop()
    return texts


class RowCodec:
    """The codecs of the elements of a row, for one class of the model.

    `first` is the place of the first element among the texts: 1 in a segment, 0 in a composite.
    """

    def __init__(self, row: Row, fields: ModelFields, first: int) -> None:
        self._model = fields
        self._row = row
        self._seen: Counter[str] = Counter()
        codecs = [self._codec(index, element) for index, element in enumerate(row)]
        self._codecs = codecs
        self._templates = Memo(self._template, most=1_000)
        self._readers = [
            (at, codec.read) for at, codec in enumerate(codecs, first) if isinstance(codec, _READING)
        ]
        self._width = first + len(codecs)
        self._unread = [
            (at, codec.allowed)
            for at, codec in enumerate(codecs, first)
            if not isinstance(codec, (*_READING, FormatElement))
        ]
        self.limits = self._limits()
        self._data = [index for index, codec in enumerate(codecs) if codec.data]
        self._paired = [index for index, element in enumerate(row) if self._is_qualifier(index, element)]

    def read(self, values: dict[str, Any], texts: list[str], component: str) -> bool:
        """Read texts into values; an empty one is nothing. True if the texts hold more than that."""
        count = len(texts)
        more = count > self._width and any(texts[self._width :])
        for at, read in self._readers:
            if at >= count:
                break
            if texts[at] and read(values, texts, at, component):
                more = True
        for at, allowed in self._unread:
            if at >= count:
                break
            if texts[at] not in allowed:
                more = True
        return more

    def write(self, part: Any) -> list[str]:
        """Return the texts of an object; none at all if it has nothing but qualifiers."""
        values = vars(part)
        template = self._templates[tuple(values)]
        texts = template.texts.copy()
        for index, name in template.values:
            value = values[name]
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

    def may_write(self, set_fields: tuple[str, ...]) -> bool:
        """Whether an object that has these fields set may have something to write."""
        template = self._templates[set_fields]
        written = {at for at, _ in (*template.values, *template.writers)}
        return any(at in written or template.texts[at] for at in template.data)

    def _limits(self) -> dict[Names, int]:
        """Return how many values of a tuple the row has elements for; a list in one composite has no limit here."""
        limits: dict[Names, int] = {}
        for codec in self._codecs:
            if isinstance(codec, ManyElement):
                limits[codec.name,] = limits.get((codec.name,), 0) + 1
            elif isinstance(codec, (MergedElement, PartElement)):
                around = (codec.name,) if codec.name else ()
                limits |= {(*around, *names): limit for names, limit in codec.row.limits.items()}
        return limits

    def _template(self, set_fields: tuple[str, ...]) -> _Template:
        """Prepare the writing of an object that has these fields set; the others are read off its class."""
        codecs = list(enumerate(self._codecs))
        asked = {
            at: codec for at, codec in codecs if codec.names is None or not codec.names.isdisjoint(set_fields)
        }
        texts = ["" if at in asked else codec.write(self._model.cls) for at, codec in codecs]
        for at in self._paired:
            if not texts[at + 1] and at + 1 not in asked:
                texts[at] = ""
        width = max((at + 1 for at, text in enumerate(texts) if text or at in asked), default=0)
        paired = [at for at in self._paired if at + 1 < width]
        data = [at for at in self._data if at < width]
        values = [(at, codec.name) for at, codec in asked.items() if codec.plain]
        writers: list[tuple[int, Callable[[Any], str]]] = [
            (at, codec.write) for at, codec in asked.items() if not codec.plain
        ]
        return _Template(texts[:width], values, writers, paired, data)

    def _codec(self, index: int, element: Element | Composite) -> ElementCodec:
        if element.usage is Usage.NOT_USED:
            return ElementCodec()
        nth = self._seen[element.name]
        self._seen[element.name] += 1
        if isinstance(element, Composite):
            return self._composite(element)
        if not element.name:
            return ConstantElement(element.constant, element.codes or frozenset())
        if element.name == "format":
            return FormatElement(self._row[index + 1].name)
        if index and self._row[index - 1].name == "format":
            return DateElement(element.name, None)
        return self._value(index, element, nth)

    def _value(self, index: int, element: Element, nth: int) -> ElementCodec:
        name = element.name
        # a date without its century is held as text
        if element.data.type in _FORMS and element.data.maximum != SHORT_DATE:
            return DateElement(name, _FORMS[element.data.type])
        field = self._model.types[name]
        if field.many:
            return ManyElement(name, reader_of(field), nth)
        if name.startswith("stated_"):
            return TotalElement(name, reader_of(field))
        kind = QualifierElement if self._is_qualifier(index, element) else ValueElement
        return kind(name, reader_of(field))

    def _composite(self, element: Composite) -> ElementCodec:
        if not element.name and not any(each.name for each in element.elements):
            constant = COMPONENT.join(trimmed([each.constant for each in element.elements]))
            return ConstantElement(constant, frozenset({constant}))
        if not element.name:
            return MergedElement(RowCodec(element.elements, self._model, 0))
        field = self._model.types[element.name]
        if field.part is None:
            return ListElement(element.name, reader_of(field))
        part = ModelFields.of(field.part)
        return PartElement(element.name, part, RowCodec(element.elements, part, 0))

    def _is_qualifier(self, index: int, element: Element | Composite) -> bool:
        """Whether an element only says of what kind the next one is."""
        if isinstance(element, Composite) or element.usage is Usage.NOT_USED or index + 1 >= len(self._row):
            return False
        if not element.name:
            return element.usage is Usage.SITUATIONAL
        return element.name == f"{self._row[index + 1].name}_type"


_READING = (ValueElement, DateElement, MergedElement, PartElement)
