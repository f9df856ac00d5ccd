"""What one element or composite comes to, as straight code."""

from __future__ import annotations

from functools import lru_cache, partial
from itertools import takewhile
from typing import TYPE_CHECKING, Any, TypeGuard

from medcode.claims.x12.codec.code_forms import CodeReader
from medcode.claims.x12.codec.elements import (
    DateElement,
    FormatElement,
    ListElement,
    ManyElement,
    QualifierElement,
    TotalElement,
    ValueElement,
)
from medcode.claims.x12.codec.row import MergedElement, PartElement
from medcode.claims.x12.text.values import is_strange, read_date, read_day, read_text
from medcode.claims.x12.units.objects import ObjectSource, Unfit, Values
from medcode.claims.x12.units.source import Remembered, remembered
from medcode.codesets.code import LONGEST
from medcode.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from medcode.claims.x12.codec.elements import ElementCodec
    from medcode.claims.x12.codec.row import RowCodec

__all__ = ["SEPARATORS", "CompositeSource", "ElementSource", "Elements", "comes_again", "is_same", "is_value"]

SEPARATORS = 4
"""For how many component separators composites are remembered."""

_COMPOSITES = 1_024
"""For how many composites of all guides functions are kept."""


class Elements:
    """How lines name the elements of a segment, or the components of a composite: those of a list, from one of them on.

    `size` is how many there are, where that is known when the lines are written; `length` is what lines call it.
    """

    __slots__ = ("first", "length", "size", "variable")

    def __init__(self, variable: str, first: int = 0, size: int | None = None) -> None:
        self.variable = variable
        self.first = first
        self.size = size
        self.length = f"len({variable})"

    def __getitem__(self, at: int) -> str:
        """Return the expression of one."""
        return f"{self.variable}[{self.first + at}]"

    def end(self, at: int) -> int:
        """Return the last of them that there is, of those up to one."""
        return at if self.size is None else min(at, self.size - 1)

    def between(self, start: int, stop: int | None = None) -> str:
        """Return the expression of a list of some of them."""
        stop = self.size if stop is None else stop
        return f"{self.variable}[{self.first + start}:{'' if stop is None else self.first + stop}]"


def is_value(codec: ElementCodec) -> TypeGuard[ValueElement]:
    """Whether an element is one attribute, whatever else the row holds."""
    return type(codec) in {ValueElement, QualifierElement, TotalElement}


def is_same(one: ElementCodec, other: ElementCodec) -> bool:
    """Whether two elements are values of one tuple."""
    return isinstance(one, ManyElement) and isinstance(other, ManyElement) and one.name == other.name


def comes_again(codecs: Sequence[ElementCodec], index: int) -> bool:
    """Whether an element is of a tuple that an element before it is of, next to it or not."""
    return any(is_same(each, codecs[index]) for each in codecs[:index])


class ElementSource(ObjectSource):
    """Writes what elements come to, each in a variable that holds its segment or composite."""

    is_remembered = False
    """Whether what is written is remembered as a whole, by the text of a composite."""

    component: str | None = None
    """The separator of components, where it is known when the lines are written."""

    def longer(self, texts: Elements, at: int) -> bool:
        """Write that what follows is for an element that there may be; whether that is a depth to end."""
        if texts.size is None:
            self.begin(f"if {texts.length} > {at}:")
        return texts.size is None

    def nothing(self, texts: list[str]) -> None:
        """Write that texts are empty, where there are any, and forget them."""
        if texts:
            self.line(f"if {' or '.join(texts)}: raise {self.not_plain}")
            texts.clear()

    def element(
        self, codecs: Sequence[ElementCodec], index: int, texts: Elements, at: int, values_of: Values
    ) -> None:
        """Write what one element of a row comes to, which may be empty; or all that follow it in one tuple."""
        codec = codecs[index]
        text = texts[at]
        if isinstance(codec, ManyElement):
            found = self.variable("m")
            count = sum(1 for _ in takewhile(partial(is_same, codec), codecs[index:]))
            stop = at + count if texts.size is None else min(at + count, texts.size)
            several = texts.between(at, stop)
            made = f"tuple([{self.read(codec._read, 'each')} for each in {several} if each])"
            if self.is_remembered:  # most often there is one, and it ends the composite
                made = f"({self.read(codec._read, text)},) if n == {at + 1} and {text} else {made}"
            self.line(f"{found} = {made}")
            before = f"{values_of.all}.get({codec.name!r}, ()) + " if comes_again(codecs, index) else ""
            self.line(f"if {found}: {values_of.place(codec.name)} = {before}{found}")
        elif is_value(codec) or isinstance(codec, (PartElement, ListElement)):
            self.line(f"if {text}: {values_of.place(codec.name)} = {self.value(codec, text)}")
        elif isinstance(codec, DateElement):
            self.begin(f"if {text}:")
            self.line(f"{values_of.place(codec.name)} = {self.date(codec._form, texts[at - 1], text)}")
            self.end()
        elif isinstance(codec, MergedElement):
            self.line(f"if {text}: {values_of.all}.update({self._composite(codec, text)})")
        elif not isinstance(codec, FormatElement):  # which says of what form the next one is
            self.line(f"if {text} not in {self.constant(codec.allowed)}: raise {self.not_plain}")

    def value(self, codec: ValueElement | PartElement, text: str) -> str:
        """Return the expression of what an element of one attribute comes to."""
        if isinstance(codec, (PartElement, ListElement)):
            return self._composite(codec, text)
        return self.read(codec._read, text)

    def read(self, read: Callable[[str], Any], text: str) -> str:
        """Return the expression of what a text is read as; a text within one that is remembered is not itself."""
        if read is read_text:
            return text
        if self.is_remembered:
            return self.code(read, text) if isinstance(read, CodeReader) else f"{self.constant(read)}({text})"
        return self.answer(remembered(read), text)

    def code(self, read: CodeReader, text: str) -> str:
        """Return the expression of a code, which does at once what `CodeReader` does for one in wire form."""
        matches, new, kind = (self.constant(each) for each in (read.matches, str.__new__, read.kind))
        is_wire = f"len({text}) <= {LONGEST} and {text}.isalnum() and {matches}({text})"
        return f"{new}({kind}, {text}) if {is_wire} else {self.constant(read.other)}({text})"

    def date(self, form: str | None, form_text: str, text: str) -> str:
        """Write the reading of a day in the form that the element before names, and return its expression."""
        if form:
            return self.answer(remembered(_reader_of_form(form)), text)
        value = self.variable("d")
        self.begin(f"if {form_text} == 'D8':")
        self.line(f"{value} = {self.answer(remembered(read_day), text)}")
        self.end()
        self.begin("else:")
        self.line(f"{value} = {self.constant(read_date)}({form_text}, {text})")
        self.line(f"if {self.constant(is_strange)}({form_text}, {value}): raise {self.not_plain}")
        self.end()
        return value

    def _composite(self, codec: MergedElement | PartElement | ListElement, text: str) -> str:
        """Return the expression of what a composite is read as."""
        return self.answer_of(_composites(codec), text)

    def answer_of(self, readers: Mapping[str, Remembered], text: str) -> str:
        """Return the expression of what those of the readers make of a text that are for the separator in use."""
        if self.component is None:
            return f"{self.constant(readers)}[component][{text}]"
        return self.answer(readers[self.component], text)

    def components(self, row: RowCodec, values_of: Values, first: int) -> None:
        """Write what the components of a composite come to from one on, each of which may be empty."""
        codecs = row._codecs
        head = [codec for codec in codecs[:2] if is_value(codec)]
        if not first and values_of.is_part and len(head) > 1:  # as a qualifier and what it is of
            self.unless("n > 1 and t[0] and t[1]")
            self.put(values_of, {codec.name: self.value(codec, f"t[{at}]") for at, codec in enumerate(head)})
            first = 2
        self.put(values_of)
        for at, codec in enumerate(codecs[first:], first):
            if isinstance(codec, (MergedElement, PartElement, DateElement, FormatElement)):
                raise Unfit
            if at and is_same(codecs[at - 1], codec):
                continue
            if at:
                self.begin(f"if n > {at}:")
            self.element(codecs, at, Elements("t"), at, values_of)
        self.begin(f"if n > {len(codecs)}:")
        self.line(f"if any(t[{len(codecs)}:]): raise {self.not_plain}")
        self.ends()


@lru_cache(maxsize=_COMPOSITES)
def _composites(codec: MergedElement | PartElement | ListElement) -> Memo[str, Remembered]:
    """Return what composites are read as, by separator and text: values are shared."""

    def by(component: str) -> Remembered:
        def listed(text: str) -> Any:
            values: dict[str, Any] = {}
            codec.read(values, [text], 0, component)
            return values[codec.name]

        return Remembered(listed if isinstance(codec, ListElement) else _composite_reader(codec, component))

    return Memo(by, SEPARATORS)


@lru_cache
def _reader_of_form(form: str) -> Callable[[str], Any]:
    """Return what reads the days that are written in one form."""
    return partial(read_date, form)


class CompositeSource(ElementSource):
    """Writes what one composite comes to, cut at its separators."""

    is_remembered = True

    def __init__(self, component: str) -> None:
        super().__init__()
        self.component = component

    def cut(self) -> None:
        """Write the cutting."""
        self.line(f"t = text.split({self.component!r})")
        self.line("n = len(t)")


def _composite_reader(codec: MergedElement | PartElement, component: str) -> Callable[[str], Any]:
    """Return the function of what one composite comes to, by its text. Raises Unfit where none can be made.

    For the procedure of SV1 it is

        def read_composite(text):
            t = text.split(':')
            n = len(t)
            if not (n > 1 and t[0] and t[1]): raise NotPlain
            o = DraftProcedure()
            o.qualifier = t[0]
            o.code = read_code(t[1])
            if n > 2:
                ...
            o.__class__ = Procedure
            return o
    """
    source = CompositeSource(component)
    source.cut()
    made = Values(codec.row._model, "o", is_part=isinstance(codec, PartElement))
    source.components(codec.row, made, 0)
    if isinstance(codec, PartElement):
        source.line(f"return {source.build(made)}")
    else:
        source.line("return o")
    function: Callable[[str], Any] = source.function("read_composite", "text")
    return function
