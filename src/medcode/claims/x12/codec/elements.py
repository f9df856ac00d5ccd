"""One codec for each kind of element: how its text becomes a value of the model, and how the value is written.

`read` puts what it makes of a text that is not empty into the values of an object, and returns whether the text
holds more than those; `write` returns the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medcode.claims.x12.text.values import (
    COMPONENT,
    date_format,
    is_strange,
    read_date,
    write_date,
    write_value,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.claims.model.fields import ModelFields
    from medcode.claims.x12.codec.row import RowCodec

__all__ = [
    "ConstantElement",
    "DateElement",
    "ElementCodec",
    "FormatElement",
    "ListElement",
    "ManyElement",
    "MergedElement",
    "PartElement",
    "TotalElement",
    "ValueElement",
]

Values = dict[str, Any]


class ElementCodec:
    """An element that holds nothing: not used, or its content follows from another."""

    data = False
    name = ""
    plain = False
    """Whether its text is that of the attribute `name`, as any value is written."""
    names: frozenset[str] | None = frozenset()
    """The attributes that its text is made of; None if it must be asked each time."""
    allowed = frozenset({""})
    """The texts that need not be kept."""

    def write(self, part: Any) -> str:
        """Return the text for an object."""
        del part
        return ""


class ConstantElement(ElementCodec):
    """A qualifier that is always the same."""

    def __init__(self, text: str, allowed: frozenset[str]) -> None:
        self._text = text
        self.allowed = allowed | {""}

    def write(self, part: Any) -> str:
        del part
        return self._text


class ValueElement(ElementCodec):
    """One attribute."""

    data = True
    plain = True

    def __init__(self, name: str, read: Callable[[str], Any]) -> None:
        self.name = name
        self._read = read
        self.names = frozenset({name})

    def read(self, values: Values, texts: list[str], at: int, component: str) -> bool:
        """Keep what the text at a place holds; True if it holds more."""
        del component
        values[self.name] = self._read(texts[at])
        return False

    def write(self, part: Any) -> str:
        return write_value(getattr(part, self.name))


class QualifierElement(ValueElement):
    """An attribute that says of what kind the next one is; alone it means nothing."""

    data = False


class TotalElement(ValueElement):
    """A value that the object works out itself if nobody stated one: `stated_total` is written as `total`."""

    plain = False

    def __init__(self, name: str, read: Callable[[str], Any]) -> None:
        super().__init__(name, read)
        self.names = None
        self._computed = name.removeprefix("stated_")

    def write(self, part: Any) -> str:
        stated = getattr(part, self.name)
        return write_value(getattr(part, self._computed) if stated is None else stated)


class ManyElement(ValueElement):
    """The nth of several elements that make one tuple; in a composite, none is left out between others."""

    plain = False

    def __init__(self, name: str, read: Callable[[str], Any], nth: int, *, in_composite: bool) -> None:
        super().__init__(name, read)
        self._nth = nth
        self._in_composite = in_composite

    def read(self, values: Values, texts: list[str], at: int, component: str) -> bool:
        del component
        before = values.get(self.name, ())
        values[self.name] = (*before, self._read(texts[at]))
        return self._in_composite and len(before) != self._nth

    def write(self, part: Any) -> str:
        several = getattr(part, self.name)
        return write_value(several[self._nth]) if self._nth < len(several) else ""


class FormatElement(ElementCodec):
    """The format in which the next element is written."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.names = frozenset({name})

    def write(self, part: Any) -> str:
        value = getattr(part, self.name)
        return "" if value is None else date_format(value)


class DateElement(ElementCodec):
    """A date, range, moment or time, in a fixed format or in that which the element before names."""

    data = True

    def __init__(self, name: str, form: str | None) -> None:
        self.name = name
        self._form = form
        self.names = frozenset({name})

    def read(self, values: Values, texts: list[str], at: int, component: str) -> bool:
        del component
        form = self._form or texts[at - 1]
        value = values[self.name] = read_date(form, texts[at])
        return is_strange(form, value)

    def write(self, part: Any) -> str:
        value = getattr(part, self.name)
        return "" if value is None else write_date(value)


class ListElement(ValueElement):
    """A composite whose components are the values of one tuple, none left out between others."""

    plain = False

    def read(self, values: Values, texts: list[str], at: int, component: str) -> bool:
        read = self._read
        parts = texts[at].rstrip(component).split(component)
        values[self.name] = tuple([read(text) for text in parts if text])
        return "" in parts

    def write(self, part: Any) -> str:
        return COMPONENT.join(map(write_value, getattr(part, self.name)))


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
