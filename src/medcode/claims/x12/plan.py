"""How a row of elements is read into a record and written from an object, worked out once.

A plan follows the elements of one segment or composite in the guide. A named element is an
attribute; the same name in a row is a tuple; an element called `format` says how the day after
it is written and is never kept; a composite without a name belongs to the object around it. A
situational constant is the qualifier of the element after it, and stands only with that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medcode.claims.x12.grammar import Composite, Element, Usage
from medcode.claims.x12.shape import Shape, shape_of
from medcode.claims.x12.values import COMPONENT, date_format, read_date, write_date, write_value

if TYPE_CHECKING:
    from collections.abc import Callable

    Reader = Callable[[dict[str, Any], list[str], str, str], None]
    Writer = Callable[[Any], str]

__all__ = ["Plan", "trimmed"]

_FORMS = {"DT": "D8", "TM": "TM"}
"""The form that the data type of an element prescribes, where no qualifier does."""


def trimmed(texts: list[str]) -> list[str]:
    """Drop what is empty at the end."""
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _derived(name: str) -> Callable[[Any], Any]:
    """Give the getter of an attribute; a total that nobody stated is the sum of the lines."""
    if name == "stated_total":
        return lambda claim: claim.total if claim.stated_total is None else claim.stated_total
    return lambda part: getattr(part, name)


class Plan:
    """The readers and writers of a row of elements for one class of the model."""

    def __init__(self, elements: tuple[Element | Composite, ...], shape: Shape, first: int) -> None:
        self.readers: list[tuple[int, Reader]] = []
        self.writers: list[Writer] = []
        self.data: list[int] = []
        self.paired: list[int] = []
        self.fills: list[tuple[int, str, Any]] = []
        seen: dict[str, int] = {}
        for index, element in enumerate(elements):
            if element.usage is Usage.NOT_USED:
                self.writers.append(_nothing)
            elif isinstance(element, Composite):
                self._composite(element, shape, index, first, seen)
            elif element.name == "format":
                self.writers.append(_form_of(elements[index + 1].name))
            elif element.name:
                dated = index > 0 and elements[index - 1].name == "format"
                self._named(element, shape, index, first, seen, dated=dated)
            else:
                if element.usage is Usage.SITUATIONAL:
                    self.paired.append(index)
                self.writers.append(_constant(element.constant))

    def read(self, record: dict[str, Any], texts: list[str], component: str) -> None:
        """Put the texts into a record; an empty one puts nothing, or undoes the model's default."""
        count = len(texts)
        for index, reader in self.readers:
            if index >= count:
                break
            if text := texts[index]:
                reader(record, texts, text, component)
        for index, name, absent in self.fills:
            if index >= count or not texts[index]:
                record[name] = absent

    def write(self, part: Any) -> list[str]:
        """Give the texts of an object; none at all where it has nothing but constants to say."""
        texts = [writer(part) for writer in self.writers]
        for index in self.paired:
            if index + 1 >= len(texts) or not texts[index + 1]:
                texts[index] = ""
        return trimmed(texts) if any(texts[index] for index in self.data) else []

    def _named(
        self, element: Element, shape: Shape, index: int, first: int, seen: dict[str, int], *, dated: bool
    ) -> None:
        name = element.name
        field = shape.fields[name]
        nth = seen[name] = seen.get(name, -1) + 1
        self.data.append(index)
        if nth == 0 and name in shape.assumed:
            self.fills.append((index + first, name, shape.assumed[name]))
        if element.data.type in _FORMS:
            self.readers.append((index + first, _formed(name, _FORMS[element.data.type])))
            self.writers.append(_date_of(name))
        elif dated:
            self.readers.append((index + first, _dated(name, index + first - 1)))
            self.writers.append(_date_of(name))
        elif field.many:
            self.readers.append((index + first, _appended(name, field.read)))
            self.writers.append(_nth(name, nth))
        else:
            self.readers.append((index + first, _plain(name, field.read)))
            self.writers.append(_text_of(name))

    def _composite(self, element: Composite, shape: Shape, index: int, first: int, seen: dict[str, int]) -> None:
        self.data.append(index)
        if not element.name:
            plan = Plan(element.elements, shape, 0)
            self.readers.append((index + first, _merged(plan)))
            self.fills += [(index + first, name, absent) for _, name, absent in plan.fills]
            self.writers.append(_joined(plan))
            return
        field = shape.fields[element.name]
        nth = seen[element.name] = seen.get(element.name, -1) + 1
        if field.part is None:
            if element.name in shape.assumed:
                self.fills.append((index + first, element.name, shape.assumed[element.name]))
            self.readers.append((index + first, _split(element.name, field.read)))
            self.writers.append(_all_of(element.name))
        else:
            plan = Plan(element.elements, shape_of(field.part), 0)
            self.readers.append((index + first, _part(element.name, plan, many=field.many)))
            self.writers.append(_joined(plan, element.name, nth if field.many else None))


def _nothing(_part: Any) -> str:
    return ""


def _constant(text: str) -> Writer:
    return lambda _part: text


def _plain(name: str, read: Callable[[str], Any]) -> Reader:
    def reader(record: dict[str, Any], _texts: list[str], text: str, _component: str) -> None:
        record[name] = read(text)

    return reader


def _formed(name: str, form: str) -> Reader:
    def reader(record: dict[str, Any], _texts: list[str], text: str, _component: str) -> None:
        record[name] = read_date(form, text)

    return reader


def _appended(name: str, read: Callable[[str], Any]) -> Reader:
    def reader(record: dict[str, Any], _texts: list[str], text: str, _component: str) -> None:
        record.setdefault(name, []).append(read(text))

    return reader


def _dated(name: str, form: int) -> Reader:
    def reader(record: dict[str, Any], texts: list[str], text: str, _component: str) -> None:
        record[name] = read_date(texts[form], text)

    return reader


def _split(name: str, read: Callable[[str], Any]) -> Reader:
    def reader(record: dict[str, Any], _texts: list[str], text: str, component: str) -> None:
        record.setdefault(name, []).extend(read(part) for part in text.split(component) if part)

    return reader


def _merged(plan: Plan) -> Reader:
    def reader(record: dict[str, Any], _texts: list[str], text: str, component: str) -> None:
        plan.read(record, text.split(component), component)

    return reader


def _part(name: str, plan: Plan, *, many: bool) -> Reader:
    def reader(record: dict[str, Any], _texts: list[str], text: str, component: str) -> None:
        inner: dict[str, Any] = {}
        plan.read(inner, text.split(component), component)
        if many:
            record.setdefault(name, []).append(inner)
        else:
            record[name] = inner

    return reader


def _text_of(name: str) -> Writer:
    get = _derived(name)
    return lambda part: write_value(get(part))


def _nth(name: str, nth: int) -> Writer:
    def writer(part: Any) -> str:
        values = getattr(part, name)
        return write_value(values[nth]) if nth < len(values) else ""

    return writer


def _all_of(name: str) -> Writer:
    return lambda part: COMPONENT.join(map(write_value, getattr(part, name)))


def _form_of(name: str) -> Writer:
    def writer(part: Any) -> str:
        value = getattr(part, name)
        return "" if value is None else date_format(value)

    return writer


def _date_of(name: str) -> Writer:
    def writer(part: Any) -> str:
        value = getattr(part, name)
        return "" if value is None else write_date(value)

    return writer


def _joined(plan: Plan, name: str | None = None, nth: int | None = None) -> Writer:
    def writer(part: Any) -> str:
        inner = getattr(part, name) if name else part
        if nth is not None:
            inner = inner[nth] if nth < len(inner) else None
        return "" if inner is None else COMPONENT.join(plan.write(inner))

    return writer
