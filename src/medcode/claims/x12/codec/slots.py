"""One element each: how its text becomes a value of the model, and how the value is written.

Reading and writing of a kind of element stand side by side in one class. `read` puts what it
makes of a text that is not empty into the values of an object, and says whether the text holds
more than those; `write` gives the text.
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

    from medcode.claims.x12.codec.plan import Plan
    from medcode.claims.x12.codec.shape import Shape

__all__ = [
    "ConstantSlot",
    "DateSlot",
    "FormatSlot",
    "ListSlot",
    "ManySlot",
    "MergedSlot",
    "PartSlot",
    "Slot",
    "TotalSlot",
    "ValueSlot",
]

Values = dict[str, Any]


class Slot:
    """An element that holds nothing: not used, or its content is somebody else's to say."""

    data = False
    name = ""
    plain = False
    """Whether its text is that of the attribute `name`, as any value is written."""
    names: frozenset[str] | None = frozenset()
    """The attributes that its text is made of; None where it must be asked each time."""
    allowed = frozenset({""})
    """The texts that need not be kept."""

    def write(self, part: Any) -> str:
        """Give the text for an object."""
        del part
        return ""


class ConstantSlot(Slot):
    """A qualifier that is always the same."""

    def __init__(self, text: str, allowed: frozenset[str]) -> None:
        self._text = text
        self.allowed = allowed | {""}

    def write(self, part: Any) -> str:
        del part
        return self._text


class ValueSlot(Slot):
    """One attribute."""

    data = True
    plain = True

    def __init__(self, name: str, read: Callable[[str], Any]) -> None:
        self.name = name
        self._read = read
        self.names = frozenset({name})

    def read(self, values: Values, texts: list[str], at: int, component: str) -> bool:
        """Keep what the text at a place says; True where it says more."""
        del component
        values[self.name] = self._read(texts[at])
        return False

    def write(self, part: Any) -> str:
        return write_value(getattr(part, self.name))


class QualifierSlot(ValueSlot):
    """An attribute that says of what kind the next one is; alone it says nothing."""

    data = False


class TotalSlot(ValueSlot):
    """A value that the object works out itself where nobody stated one: `stated_total` is written as `total`."""

    plain = False

    def __init__(self, name: str, read: Callable[[str], Any]) -> None:
        super().__init__(name, read)
        self.names = None
        self._computed = name.removeprefix("stated_")

    def write(self, part: Any) -> str:
        stated = getattr(part, self.name)
        return write_value(getattr(part, self._computed) if stated is None else stated)


class ManySlot(ValueSlot):
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


class FormatSlot(Slot):
    """The form in which the next element is written."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.names = frozenset({name})

    def write(self, part: Any) -> str:
        value = getattr(part, self.name)
        return "" if value is None else date_format(value)


class DateSlot(Slot):
    """A day, span, moment or time, in a fixed form or in that which the element before names."""

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


class ListSlot(ValueSlot):
    """A composite whose components are the values of one tuple, none left out between others."""

    plain = False

    def read(self, values: Values, texts: list[str], at: int, component: str) -> bool:
        read = self._read
        parts = texts[at].rstrip(component).split(component)
        values[self.name] = tuple([read(text) for text in parts if text])
        return "" in parts

    def write(self, part: Any) -> str:
        return COMPONENT.join(map(write_value, getattr(part, self.name)))


class MergedSlot(Slot):
    """A composite without a name: its components are attributes of the object around it."""

    data = True
    names = None

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def read(self, values: Values, texts: list[str], at: int, component: str) -> bool:
        """Keep what the components say; True where they say more."""
        return self._plan.read(values, texts[at].split(component), component)

    def write(self, part: Any) -> str:
        return COMPONENT.join(self._plan.write(part))


class PartSlot(Slot):
    """A composite that is an object of its own."""

    data = True

    def __init__(self, name: str, shape: Shape, plan: Plan) -> None:
        self.name = name
        self.names = frozenset({name})
        self._shape = shape
        self._plan = plan

    def read(self, values: Values, texts: list[str], at: int, component: str) -> bool:
        """Keep the object that the components make; True where they say more."""
        inner: Values = {}
        more = self._plan.read(inner, texts[at].split(component), component)
        values[self.name] = self._shape.build(inner)
        return more

    def write(self, part: Any) -> str:
        value = getattr(part, self.name)
        return "" if value is None else COMPONENT.join(self._plan.write(value))
