"""What the codec of one segment makes of its elements, as straight code.

The values are those of `parse`, kept as `store` keeps them. What `parse` would find to hold more than that, what lacks
a required element, and what ends in separators is not plain.
"""

from __future__ import annotations

from functools import partial
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
    SEPARATORS,
    CompositeSource,
    ElementSource,
    comes_again,
    is_same,
    is_value,
)
from medcode.claims.x12.units.objects import Unfit, Values
from medcode.claims.x12.units.source import NotPlain, Remembered, remembered
from medcode.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from medcode.claims.x12.codec.compiled import CompiledGuide
    from medcode.claims.x12.codec.elements import ElementCodec
    from medcode.claims.x12.codec.row import RowCodec
    from medcode.claims.x12.guides.nodes import Node

__all__ = ["SegmentSource"]

_ADJUSTMENTS, _LONGEST_ADJUSTMENTS = 4_096, 300
"""How many texts of CAS are remembered, and of how many characters; one of six reasons has some 200 at most."""

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
    """Writes what segments come to, each in a variable that holds its elements."""

    def __init__(self, compiled: CompiledGuide) -> None:
        super().__init__()
        self.compiled = compiled

    def segment(self, node: Node, name: str, around: Values) -> None:
        """Write what one segment comes to."""
        codec = self.compiled.codecs.get(node)
        kind = type(codec)
        if codec is None:
            self.unless(f"len({name}) <= {len(node.use.elements) + 1}")
        elif kind is SegmentCodec:
            self._row(codec._row, node, name, self.at(around, codec.path))
        elif isinstance(codec, ManyCodec) and kind is ManyCodec:
            made = Values(codec._model, self.variable("o"))
            self._row(codec._row, node, name, made)
            self.several(self.at(around, codec.path[:-1]), codec.path[-1]).append(self.build(made))
        elif isinstance(codec, ValueCodec) and kind is ValueCodec:
            self._value(codec, node, name, around)
        elif isinstance(codec, NameCodec) and kind is NameCodec and not codec._names[0]:
            self._name(codec, name, self.at(around, codec.path))
        elif isinstance(codec, HealthCodesCodec) and kind is HealthCodesCodec and _are_alike(codec):
            self._codes(codec, name, around)
        elif isinstance(codec, AdjustmentsCodec) and kind is AdjustmentsCodec:
            self._adjustments(codec, name, around)
        elif kind in {ContactCodec, ProviderAdjustmentsCodec, StatusesCodec}:
            values = self.variable("v")
            self.line(f"{values}, more = {self.constant(codec.parse)}({name}, component)")
            self.unless("not more")
            star = "" if kind is ContactCodec else "*"
            self.several(self.at(around, codec.path[:-1]), codec.path[-1]).append(f"{star}{values}")
        else:
            raise Unfit

    def _row(self, row: RowCodec, node: Node, name: str, values_of: Values) -> None:
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
        filled = [f"{name}[{at}]" for at, codec in required.items() if not isinstance(codec, ManyElement)]
        size = self._size(name, {least, *(at for at in used if at > least)}, filled)
        for each in _names(row):
            self.claim(values_of, each)
        always = {
            codec.name: self.value(codec, f"{name}[{at}]")
            for at, codec in required.items()
            if is_value(codec) or isinstance(codec, (PartElement, ListElement))
        }
        self.put(values_of, always)
        depth = 0
        empty: list[str] = []
        for at, codec in codecs[: max(used, default=0)]:
            if at == least + 1:
                self.nothing(empty)  # what the segment has in any case
            if codec.name in always or _follows(row._codecs, at) or _is_known(node, at, codec):
                continue
            if not isinstance(codec, _USED) and codec.allowed == {""}:
                empty.append(f"{name}[{at}]")
                continue
            if at > max(least, 1):
                self.begin(f"if {size} > {at}:")
                depth += 1
            self.nothing(empty)
            self.element(row._codecs, at - 1, name, at, values_of)
        self.nothing(empty)
        for _ in range(depth):
            self.end()

    def _size(self, name: str, last: set[int], filled: list[str]) -> str:
        """Write the length of a segment, which must end in an element that may be its last, and what it must hold."""
        size = self.variable("n")
        self.line(f"{size} = len({name})")
        lengths = self.constant(frozenset(at + 1 for at in last))
        self.unless(" and ".join([f"{size} in {lengths}", *filled]))
        return size

    def _value(self, codec: ValueCodec, node: Node, name: str, around: Values) -> None:
        """Write the one value of a segment."""
        at = codec._at + 1
        self.unless(f"len({name}) == {at + 1} and {name}[{at}]")
        known = node.use.qualifiers or frozenset()
        for number, constant in enumerate(codec._constants, 1):
            if not (DISCRIMINATORS.get(node.use.id) == (number, 0) and known == frozenset({constant})):
                self.unless(f"{name}[{number}] in ('', {constant!r})")
        text = f"{name}[{at}]"
        value = self.date(None, f"{name}[{at - 1}]", text) if codec._dated else self.read(codec._read, text)
        holder, last = self.at(around, codec.path[:-1]), codec.path[-1]
        if codec._field.many:
            kept = self.variable("v")
            self.line(f"{kept} = {value}")
            self.several(holder, last).append(kept)
        else:
            self.claim(holder, last)
            self.put(holder)
            self.line(f"{holder.variable}[{last!r}] = {value}")

    def _name(self, codec: NameCodec, name: str, values_of: Values) -> None:
        """Write the name of a person or organization."""
        fields = codec._fields
        later = list(enumerate(codec._elements[3:], 4))
        used = {at for at, (attribute, constant) in later if attribute in fields or constant}
        size = self._size(name, {2, 3, *used}, [])
        self.put(values_of)
        here = values_of.variable
        if codec._keeps_kind:
            self.claim(values_of, "entity_type")
            self.unless(f"{name}[2]")
            self.line(f"{here}['entity_type'] = {name}[2]")
        else:
            self.unless(f"{name}[2] in {self.constant(codec._kinds)}")
        self.begin(f"if {size} > 3:")
        self._last_name(codec, *codec._elements[2], name, values_of)
        depth = 1
        empty: list[str] = []
        for at, (attribute, constant) in later[: max(used, default=3) - 3]:
            text = f"{name}[{at}]"
            if not (attribute in fields or constant):
                empty.append(text)
                continue
            self.begin(f"if {size} > {at}:")
            depth += 1
            self.nothing(empty)
            if attribute in fields:
                self.claim(values_of, attribute)
                value = f"{self.constant(remembered(read_npi))}[{text}]" if attribute == "npi" else text
                self.line(f"if {text}: {here}[{attribute!r}] = {value}")
            else:
                self.line(f"if {text} not in ('', {constant!r}): raise {self.not_plain}")
        for _ in range(depth):
            self.end()

    def _last_name(
        self, codec: NameCodec, attribute: str, constant: str, name: str, values_of: Values
    ) -> None:
        """Write NM103, which names a person or, where NM102 says so, an organization."""
        fields = codec._fields
        for each in {attribute, "organization"} & fields.keys():
            self.claim(values_of, each)
        self.begin(f"if {name}[3]:")
        self.begin(f"if {name}[2] == '2':")
        self._named("organization", constant, name, values_of, fields)
        self.end()
        self.begin("else:")
        self._named(attribute, constant, name, values_of, fields)
        self.end()
        self.end()

    def _named(self, attribute: str, constant: str, name: str, values_of: Values, fields: Any) -> None:
        if attribute in fields:
            self.line(f"{values_of.variable}[{attribute!r}] = {name}[3]")
        else:
            self.line(f"if {name}[3] != {constant!r}: raise {self.not_plain}")

    def _codes(self, codec: HealthCodesCodec, name: str, around: Values) -> None:
        """Write the codes of HI, each read once and remembered by its text."""
        first, later = (self.constant(_health_codes(codec, at)) for at in (0, len(codec._rows) - 1))
        items = self.variable("v")
        self.unless(f"len({name}) > 1")
        self.line(f"{items} = [{first}[component][{name}[1]]]")
        self.begin(f"if len({name}) > 2:")
        self.line(f"each = {later}[component]")
        self.line(f"{items} += [each[text] for text in {name}[2:]]")
        self.end()
        holder, attribute = self.at(around, codec.path[:-1]), codec.path[-1]
        if codec._is_many:
            self.several(holder, attribute).append(f"*{items}")
        else:
            self.claim(holder, attribute)
            self.put(holder)
            self.unless(f"len({items}) == 1")
            self.line(f"{holder.variable}[{attribute!r}] = {items}[0]")

    def _adjustments(self, codec: AdjustmentsCodec, name: str, around: Values) -> None:
        """Write the adjustments of CAS, each text read once: a fee schedule takes off the same again and again."""
        read = self.constant(Remembered(_adjustments_reader(codec), _ADJUSTMENTS))
        values = f"*{read}[tuple({name})]"
        self.several(self.at(around, codec.path[:-1]), codec.path[-1]).append(values)


def _adjustments_reader(codec: AdjustmentsCodec) -> Callable[[tuple[str, ...]], tuple[Any, ...]]:
    """Return the function of what the elements of CAS come to: most have one adjustment."""
    source = ElementSource()
    source.unless(f"sum(map(len, s)) < {_LONGEST_ADJUSTMENTS}")  # what is kept is bounded
    source.begin("if len(s) == 4 and s[2] and s[3]:")
    made = Values(codec._model, "o")
    texts = {"group": "s[1]", "reason": "s[2]", "amount": "s[3]"}
    source.put(made, {each: source.read(codec._readers[each], text) for each, text in texts.items()})
    source.line(f"return ({made.made},)")
    source.end()
    source.line(f"made, more = {source.constant(codec.parse)}(s, '')")
    source.unless("not more")
    source.line("return tuple(made)")
    function: Callable[[tuple[str, ...]], tuple[Any, ...]] = source.function("read_adjustments", "s")
    return function


def _health_codes(codec: HealthCodesCodec, at: int) -> Mapping[str, Mapping[str, Any]]:
    """Return what the codes at a place of HI come to, by separator and text: values are shared."""
    reader = _health_code_reader(codec, at)
    return Memo(lambda component: Remembered(partial(reader, component)), SEPARATORS)


def _health_code_reader(codec: HealthCodesCodec, at: int) -> Callable[[str, str], Any]:
    """Return the function of what the code at a place of HI comes to, by separator and text."""

    def other(component: str, text: str) -> Any:
        item, more = codec._item(at, text.split(component), component)
        if more or not text:
            raise NotPlain
        return item

    if codec._model is None:
        return other
    source = CompositeSource()
    made = Values(codec._model, "o")
    source.unless("n > 1 and t[1]")
    source.put(made, {"code": f"{source.constant(codec.readers(at))}[t[0]](t[1])"})
    try:
        source.components(codec._row_codecs[at], made, 2)
    except Unfit:
        return other
    source.line(f"return {source.build(made)}")
    function: Callable[[str, str], Any] = source.function("read_health_code", "component, text")
    return function
