"""The kinds of elements that hold one value: how each is read into the values of an object and written from it.

`read` puts what it makes of a text that is not empty into the values, and returns whether the text holds more
than those; `write` returns the text.
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


__all__ = [
    "ConstantElement",
    "DateElement",
    "ElementCodec",
    "FormatElement",
    "ListElement",
    "ManyElement",
    "QualifierElement",
    "TotalElement",
    "ValueElement",
    "Values",
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
    """The nth of several elements that make one tuple; where one is left out between others, they close up."""

    plain = False

    def __init__(self, name: str, read: Callable[[str], Any], nth: int) -> None:
        super().__init__(name, read)
        self._nth = nth

    def read(self, values: Values, texts: list[str], at: int, component: str) -> bool:
        del component
        values[self.name] = (*values.get(self.name, ()), self._read(texts[at]))
        return False

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
        return "" if value is None or value == "" else date_format(value)


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
    """A composite whose components are the values of one tuple; they close up as those of `ManyElement` do."""

    plain = False

    def read(self, values: Values, texts: list[str], at: int, component: str) -> bool:
        read = self._read
        values[self.name] = tuple([read(text) for text in texts[at].split(component) if text])
        return False

    def write(self, part: Any) -> str:
        return COMPONENT.join(map(write_value, getattr(part, self.name)))
