"""What the codec of one segment makes of its elements, as straight code.

The values are those of `parse`, kept as `store` keeps them. What `parse` would find to hold more than that, what lacks
a required element, and what ends in separators is not plain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medcode.claims.x12.codec.adjustments import AdjustmentsCodec
from medcode.claims.x12.codec.contacts import ContactCodec
from medcode.claims.x12.codec.elements import (
    DateElement,
    FormatElement,
    ListElement,
    ManyElement,
    ValueElement,
)
from medcode.claims.x12.codec.health_codes import HealthCodesCodec
from medcode.claims.x12.codec.names import NameCodec, read_npi
from medcode.claims.x12.codec.row import MergedElement, PartElement
from medcode.claims.x12.codec.segment import ManyCodec, SegmentCodec, ValueCodec
from medcode.claims.x12.codec.sharing import ProviderAdjustmentsCodec, StatusesCodec
from medcode.claims.x12.guides.dictionary import DISCRIMINATORS
from medcode.claims.x12.guides.grammar import Usage
from medcode.claims.x12.units.elements import (
    ElementSource,
    comes_again,
    is_same,
    is_value,
)
from medcode.claims.x12.units.objects import Unfit, Values
from medcode.claims.x12.units.recurring import adjustments, health_codes
from medcode.claims.x12.units.source import remembered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.claims.x12.codec.compiled import CompiledGuide
    from medcode.claims.x12.codec.elements import ElementCodec
    from medcode.claims.x12.codec.row import RowCodec
    from medcode.claims.x12.guides.nodes import Node
    from medcode.claims.x12.units.elements import (
        Elements,
    )

__all__ = ["SegmentSource"]

_SHORTEST_NAME = 3
"""How many elements NM1 without a name has, its id among them."""

_READ = (ValueElement, DateElement, MergedElement, PartElement)
_USED = (*_READ, FormatElement)


def _names(row: RowCodec) -> Iterator[str]:
    """Yield the attributes that the elements of a row set, one of several elements in a row once."""
    for at, codec in enumerate(row._codecs, 1):
        if isinstance(codec, MergedElement):
            yield from _names(codec.row)
        elif isinstance(codec, _READ) and not comes_again(row._codecs, at - 1):
            yield codec.name


def _follows(codecs: Sequence[ElementCodec], at: int) -> bool:
    """Whether an element is a further one of a tuple, after another of it."""
    return at > 1 and is_same(codecs[at - 2], codecs[at - 1])


def _are_alike(codec: HealthCodesCodec) -> bool:
    """Whether all codes of HI after the first are written alike."""
    return len(set(codec._rows[1:])) <= 1


def _is_known(node: Node, at: int, codec: ElementCodec) -> bool:
    """Whether the move to a place has already looked at an element."""
    qualifiers = node.use.qualifiers or {None}
    return DISCRIMINATORS.get(node.use.id) == (at, 0) and qualifiers <= codec.allowed


class SegmentSource(ElementSource):
    """Writes what segments come to, each in a variable that holds its elements.

    A length that is known is right: the function that looks at lengths has read such a segment before.
    """

    def __init__(self, compiled: CompiledGuide) -> None:
        super().__init__()
        self.compiled = compiled

    def segment(self, node: Node, texts: Elements, around: Values) -> None:
        """Write what one segment comes to."""
        codec = self.compiled.codecs.get(node)
        kind = type(codec)
        if codec is None:
            self._at_most(texts, len(node.use.elements) + 1)
        elif kind is SegmentCodec:
            self._row(codec._row, node, texts, self.at(around, codec.path))
        elif isinstance(codec, ManyCodec) and kind is ManyCodec:
            made = Values(codec._model, self.variable("o"))
            self._row(codec._row, node, texts, made)
            self.several(self.at(around, codec.path[:-1]), codec.path[-1]).append(self.build(made))
        elif isinstance(codec, ValueCodec) and kind is ValueCodec:
            self._value(codec, node, texts, around)
        elif isinstance(codec, NameCodec) and kind is NameCodec and not codec._names[0]:
            self._name(codec, texts, self.at(around, codec.path))
        elif isinstance(codec, HealthCodesCodec) and kind is HealthCodesCodec and _are_alike(codec):
            self._codes(codec, texts, around)
        elif isinstance(codec, AdjustmentsCodec) and kind is AdjustmentsCodec:
            self._adjustments(codec, texts, around)
        elif kind in {ContactCodec, ProviderAdjustmentsCodec, StatusesCodec}:
            values = self.variable("v")
            self._parse(codec, texts, values)
            star = "" if kind is ContactCodec else "*"
            self.several(self.at(around, codec.path[:-1]), codec.path[-1]).append(f"{star}{values}")
        else:
            raise Unfit

    def _parse(self, codec: SegmentCodec, texts: Elements, values: str) -> None:
        """Write what the codec itself makes of the elements."""
        component = "component" if self.component is None else repr(self.component)
        self.line(f"{values}, more = {self.constant(codec.parse)}({texts.between(0)}, {component})")
        self.unless("not more")

    def _at_most(self, texts: Elements, count: int) -> None:
        if texts.size is None:
            self.unless(f"{texts.length} <= {count}")

    def _row(self, row: RowCodec, node: Node, texts: Elements, values_of: Values) -> None:
        """Write the elements of a segment, each an attribute of the object."""
        rows = node.use.elements
        codecs = list(enumerate(row._codecs, 1))
        required = {
            at: codec
            for at, codec in codecs
            if rows[at - 1].usage is Usage.REQUIRED and isinstance(codec, _READ)
        }
        least = max(required, default=0)
        used = {at for at, codec in codecs if isinstance(codec, _USED) or codec.allowed > {""}}
        filled = [texts[at] for at, codec in required.items() if not isinstance(codec, ManyElement)]
        self._size(texts, {least, *(at for at in used if at > least)}, filled)
        for each in _names(row):
            self.claim(values_of, each)
        always = {
            codec.name: self.value(codec, texts[at])
            for at, codec in required.items()
            if is_value(codec) or isinstance(codec, (PartElement, ListElement))
        }
        self.put(values_of, always)
        depth = 0
        empty: list[str] = []
        for at, codec in codecs[: texts.end(max(used, default=0))]:
            if at == least + 1:
                self.nothing(empty)  # what the segment has in any case
            if codec.name in always or _follows(row._codecs, at) or _is_known(node, at, codec):
                continue
            if not isinstance(codec, _USED) and codec.allowed == {""}:
                empty.append(texts[at])
                continue
            if at > max(least, 1):
                depth += self.longer(texts, at)
            self.nothing(empty)
            self.element(row._codecs, at - 1, texts, at, values_of)
        self.nothing(empty)
        for _ in range(depth):
            self.end()

    def _size(self, texts: Elements, last: set[int], filled: list[str]) -> None:
        """Write the length of a segment, which must end in an element that may be its last, and what it must hold."""
        if texts.size is None:
            size = self.variable("n")
            self.line(f"{size} = {texts.length}")
            texts.length = size
            lengths = self.constant(frozenset(at + 1 for at in last))
            filled = [f"{size} in {lengths}", *filled]
        if filled:
            self.unless(" and ".join(filled))

    def _value(self, codec: ValueCodec, node: Node, texts: Elements, around: Values) -> None:
        """Write the one value of a segment."""
        at = codec._at + 1
        self._size(texts, {at}, [texts[at]])
        known = node.use.qualifiers or frozenset()
        for number, constant in enumerate(codec._constants, 1):
            if not (DISCRIMINATORS.get(node.use.id) == (number, 0) and known == frozenset({constant})):
                self.unless(f"{texts[number]} in ('', {constant!r})")
        text = texts[at]
        value = self.date(None, texts[at - 1], text) if codec._dated else self.read(codec._read, text)
        holder, last = self.at(around, codec.path[:-1]), codec.path[-1]
        if codec._field.many:
            kept = self.variable("v")
            self.line(f"{kept} = {value}")
            self.several(holder, last).append(kept)
        else:
            self.claim(holder, last)
            self.put(holder)
            self.line(f"{holder.place(last)} = {value}")

    def _name(self, codec: NameCodec, texts: Elements, values_of: Values) -> None:
        """Write the name of a person or organization."""
        fields = codec._fields
        later = list(enumerate(codec._elements[3:], 4))
        used = {at for at, (attribute, constant) in later if attribute in fields or constant}
        self._size(texts, {2, 3, *used}, [])
        self.put(values_of)
        if codec._keeps_kind:
            self.claim(values_of, "entity_type")
            self.unless(texts[2])
            self.line(f"{values_of.place('entity_type')} = {texts[2]}")
        else:
            self.unless(f"{texts[2]} in {self.constant(codec._kinds)}")
        if texts.size == _SHORTEST_NAME:
            return
        depth = int(self.longer(texts, 3))
        self._last_name(codec, *codec._elements[2], texts, values_of)
        empty: list[str] = []
        for at, (attribute, constant) in later[: texts.end(max(used, default=3)) - 3]:
            text = texts[at]
            if not (attribute in fields or constant):
                empty.append(text)
                continue
            depth += self.longer(texts, at)
            self.nothing(empty)
            if attribute in fields:
                self.claim(values_of, attribute)
                value = self.answer(remembered(read_npi), text) if attribute == "npi" else text
                self.line(f"if {text}: {values_of.place(attribute)} = {value}")
            else:
                self.line(f"if {text} not in ('', {constant!r}): raise {self.not_plain}")
        for _ in range(depth):
            self.end()

    def _last_name(
        self, codec: NameCodec, attribute: str, constant: str, texts: Elements, values_of: Values
    ) -> None:
        """Write NM103, which names a person or, where NM102 says so, an organization."""
        fields = codec._fields
        for each in {attribute, "organization"} & fields.keys():
            self.claim(values_of, each)
        self.begin(f"if {texts[3]}:")
        self.begin(f"if {texts[2]} == '2':")
        self._named("organization", constant, texts[3], values_of, fields)
        self.end()
        self.begin("else:")
        self._named(attribute, constant, texts[3], values_of, fields)
        self.end()
        self.end()

    def _named(self, attribute: str, constant: str, text: str, values_of: Values, fields: Any) -> None:
        if attribute in fields:
            self.line(f"{values_of.place(attribute)} = {text}")
        else:
            self.line(f"if {text} != {constant!r}: raise {self.not_plain}")

    def _codes(self, codec: HealthCodesCodec, texts: Elements, around: Values) -> None:
        """Write the codes of HI, each read once and remembered by its text."""
        holder, attribute = self.at(around, codec.path[:-1]), codec.path[-1]
        values = self._each_code(codec, texts)
        if codec._is_many:
            self.several(holder, attribute).extend(values)
            return
        self.claim(holder, attribute)
        self.put(holder)
        self._at_most(texts, 2)
        self.line(f"{holder.place(attribute)} = {values[0]}")

    def _each_code(self, codec: HealthCodesCodec, texts: Elements) -> list[str]:
        """Write the reading of codes, and return the expressions of all of them."""
        first, later = (health_codes(codec, at) for at in (0, len(codec._rows) - 1))
        if texts.size is None:
            self.unless(f"{texts.length} > 1")
        names = [self.variable("v")]
        self.line(f"{names[0]} = {self.answer_of(first, texts[1])}")
        if texts.size is not None:
            for at in range(2, texts.size):
                names.append(self.variable("v"))
                self.line(f"{names[-1]} = {self.answer_of(later, texts[at])}")
        elif codec._is_many:
            others = self.variable("v")
            self.line(f"each = {self.constant(later)}[component]")
            self.line(f"{others} = [each[text] for text in {texts.between(2)}]")
            names.append(f"*{others}")
        return names

    def _adjustments(self, codec: AdjustmentsCodec, texts: Elements, around: Values) -> None:
        """Write the adjustments of CAS, each text read once: a fee schedule takes off the same again and again."""
        values = f"*{self.constant(adjustments(codec))}[tuple({texts.between(0)})]"
        self.several(self.at(around, codec.path[:-1]), codec.path[-1]).append(values)
