"""What the elements of one object come to as text, as straight code."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from medcode.claims.model.base import Part
from medcode.claims.x12.codec.elements import DateElement, FormatElement, ListElement, ManyElement
from medcode.claims.x12.codec.row import MergedElement, PartElement, trimmed
from medcode.claims.x12.text.values import WRITERS, date_format, write_date
from medcode.claims.x12.units.source import NotPlain, Source
from medcode.memo import Memo

if TYPE_CHECKING:
    from medcode.claims.x12.codec.elements import ElementCodec
    from medcode.claims.x12.codec.row import RowCodec
    from medcode.claims.x12.text.lexer import Delimiters

__all__ = ["DAYS", "RowSource", "literal"]

DAYS: Memo[date, str] = Memo(write_date, most=4_096)
"""The texts of days."""


class RowSource(Source):
    """Writes lines of two kinds: those of the head say whether an object has the same fields as a sample, the others make texts.

    `checked` are the names of the texts that may not be empty, `components` counts the separators written.
    """

    def __init__(self, marks: Delimiters) -> None:
        super().__init__()
        self.head: list[str] = []
        self.checked: list[str] = []
        self.components = 0
        self.marks = marks
        self._component = literal(marks.component)
        self._values: dict[tuple[str, str], str] = {}

    def row(self, row: RowCodec, value: Any, name: str) -> list[str]:
        """Return the texts of a row of elements, [] where there is nothing but qualifiers, as `RowCodec.write` has them."""
        template = row._templates[tuple(vars(value))]
        texts = list(map(literal, template.texts))
        for at, field in template.values:
            texts[at] = self.value(name, field, value)
        for at, _ in template.writers:
            texts[at] = self._written(row._codecs[at], value, name)
        for at in template.paired:
            if not texts[at + 1]:
                texts[at] = ""
        return trimmed(texts) if any(texts[at] for at in template.data) else []

    def _written(self, codec: ElementCodec, value: Any, name: str) -> str:
        """Return the text of one element that is not just the value of an attribute."""
        if isinstance(codec, MergedElement):
            return self._composite(codec.row, value, name)
        if isinstance(codec, PartElement):
            held = _set_value(value, codec.name)
            return self._composite(codec.row, held, self._inner(name, codec.name, held))
        text = self.variable("x")
        if isinstance(codec, (DateElement, FormatElement)):
            known = self._values.get((name, codec.name))
            if known is None:
                known = self._values[name, codec.name] = self.variable("v")
                self.line(f"{known} = {name}.{codec.name}")
            first, other = (
                (f"{self.constant(DAYS)}[{known}]", write_date)
                if isinstance(codec, DateElement)
                else ("'D8'", date_format)
            )
            self.line(
                f"{text} = {first} if {known}.__class__ is {self.constant(date)} else {self.constant(other)}({known})"
            )
        elif type(codec) is ManyElement:
            if codec._nth >= len(getattr(value, codec.name)):
                return ""
            several = self._inner(name, codec.name, getattr(value, codec.name))
            self.line(f"{text} = {several}[{codec._nth}]")
            self.to_text(text)
        elif isinstance(codec, ListElement):
            several = getattr(value, codec.name)
            names = self.each(self._inner(name, codec.name, several), several)
            for each in names:
                self.to_text(each)
            self.checked += names
            self.components += max(len(names) - 1, 0)
            return self._component.join([f"{{{each}}}" for each in names])
        else:
            self.line(f"{text} = {self.constant(codec.write)}({name})")
        self.checked.append(text)
        return f"{{{text}}}"

    def _composite(self, row: RowCodec, value: Any, name: str) -> str:
        texts = self.row(row, value, name)
        self.components += max(len(texts) - 1, 0)
        return self._component.join(texts)

    def value(self, name: str, field: str, holder: Any) -> str:
        """Return the text of an attribute that is set."""
        _set_value(holder, field)
        text = self.variable("x")
        self.line(f"{text} = {name}.{field}")
        self.to_text(text)
        self.checked.append(text)
        return f"{{{text}}}"

    def to_text(self, name: str) -> None:
        """Write that a value becomes its text, unless it is a text already."""
        self.line(
            f"if {name}.__class__ is not str: {name} = {self.constant(WRITERS)}[{name}.__class__]({name})"
        )

    def _inner(self, name: str, field: str, value: Any) -> str:
        """Return the name of an object or a tuple that an attribute holds."""
        found = self._values.get((name, field))
        if found is None:
            found = self._values[name, field] = self.held(value, f"{name}.{field}")
            if isinstance(value, tuple):
                self._holds(found, value)
        return found

    def held(self, value: Any, expression: str) -> str:
        """Return the name of a value, which is one of the same class with the same fields set if it is an object."""
        name = self.variable("o")
        self.head.append(f"{name} = {expression}")
        self._is_like(name, value)
        return name

    def _is_like(self, name: str, value: Any) -> None:
        """Write that an object is of the same class as a value and has the same fields set."""
        if isinstance(value, Part):
            cls, fields = self.constant(type(value)), self.constant((*vars(value),))
            self.head.append(
                f"if {name}.__class__ is not {cls} or (*{name}.__dict__,) != {fields}: return False"
            )

    def _holds(self, name: str, several: tuple[Any, ...]) -> None:
        """Write, once, that a tuple holds as many."""
        line = f"if len({name}) != {len(several)}: return False"
        if line not in self.head:
            self.head.append(line)

    def each(self, name: str, several: tuple[Any, ...]) -> list[str]:
        """Return the names of what a tuple holds, of which there must be as many."""
        self._holds(name, several)
        names = [self.variable("o") for _ in several]
        if names:
            self.head.append(f"{', '.join(names)}, = {name}")
        for each, value in zip(names, several, strict=True):
            self._is_like(each, value)
        return names


def _set_value(holder: Any, field: str) -> Any:
    """Return the value of a field that is set. Raises NotPlain where it is set to None."""
    found = getattr(holder, field)
    if found is None:
        raise NotPlain
    return found


def literal(text: str) -> str:
    """Return a text as it is written within an f-string."""
    return "".join(
        each if each.isascii() and each.isprintable() and each not in "'\\{}" else f"\\U{ord(each):08x}"
        for each in text
    )
