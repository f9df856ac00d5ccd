"""How one object is written, as straight code: one function for each use of a loop and set of fields.

A function adds the segments of a loop, and does what `Segments` does child by child; it asks nothing about what is not
set. Rows of elements have functions of their own where their object is not that of the loop, such as an address.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from medcode.claims.x12.codec.compiled import LoopRole
from medcode.claims.x12.codec.elements import DateElement, ManyElement
from medcode.claims.x12.codec.row import PartElement, trimmed
from medcode.claims.x12.codec.segment import SegmentCodec, ValueCodec
from medcode.claims.x12.text.values import COMPONENT, WRITERS, write_date, write_value
from medcode.claims.x12.units.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from medcode.claims.x12.codec.elements import ElementCodec
    from medcode.claims.x12.codec.row import RowCodec
    from medcode.claims.x12.guides.nodes import Node
    from medcode.claims.x12.write.segments import Child, Segments

    RowWriter = Callable[[Any], list[str]]
    LoopWriter = Callable[[Any, int, list[tuple[Node | None, list[str]]]], None]

__all__ = ["loop_writer"]

_SIGHTINGS, _MOST = 8, 500
"""How often a row with the same fields is written before a function is made for it, and how many are made."""


def loop_writer(
    segments: Segments, around: tuple[str, ...], fields: tuple[str, ...], children: Iterable[Child]
) -> LoopWriter:
    """Return the function that writes the children of a loop that are due.

    `around` is the path to the object of the loop, which has these fields set. For N3 and N4 of a service location it is

        def write_loop(part, number, run):
            o = part.service_location
            t1 = c0(o.address)
            if t1: run.append((c1, ['N3', *t1]))
            ...
    """
    source = _RowSource()
    source.line("o = " + ".".join(["part", *around]))
    for each in children:
        codec, node = each.codec, source.constant(each.node)
        kind = type(codec)
        if kind is SegmentCodec and codec:
            texts = source.variable("t")
            if codec.path == around:
                source.row(codec._row, fields, "o", texts)
            else:
                at = _dotted(codec.path)
                rows = source.constant(_rows(codec._row))
                source.line(f"x = {at}")
                source.line(f"{texts} = x is not None and {rows}[(*x.__dict__,)](x)")
            source.line(f"if {texts}: run.append(({node}, [{codec.id!r}, *{texts}]))")
        elif kind is ValueCodec and isinstance(codec, ValueCodec) and not codec._field.many:
            value = source.variable("x")
            source.line(f"{value} = {_dotted(codec.path)}")
            source.begin(f"if {value} is not None and {value} != '':")
            texts = f"*{source.constant(codec._texts)}({value})"
            known = ", ".join(map(repr, [codec.id, *codec._constants]))
            source.line(f"run.append(({node}, [{known}, {texts}]))")
            source.end()
        elif codec:
            source.line(f"for texts in {source.constant(codec.write)}(part): run.append(({node}, texts))")
        elif each.loop is None or each.mapping is None:
            texts = ", ".join(map(repr, each.constants)) or f"{each.node.use.id!r}, str(number)"
            source.line(f"run.append(({node}, [{texts}]))")
        else:
            write = f"{source.constant(segments.write)}({source.constant(each.loop)}"
            if each.mapping.role is LoopRole.MANY:
                source.begin(f"for count, each in enumerate({_dotted(each.mapping.path)} or (), 1):")
                source.line(f"{write}, each, count, run)")
                source.end()
            else:
                source.line(f"{write}, part, number, run)")
    made: LoopWriter = source.function("write_loop", "part, number, run")
    return made


def _dotted(path: tuple[str, ...]) -> str:
    return ".".join(["part", *path])


class _Rows(dict[tuple[str, ...], "RowWriter"]):
    """The functions that write the elements of a row, by the fields that its object has set, made when they recur."""

    __slots__ = ("_row", "_seen")

    def __init__(self, row: RowCodec) -> None:
        super().__init__()
        self._row = row
        self._seen: Counter[tuple[str, ...]] = Counter()

    def __missing__(self, fields: tuple[str, ...]) -> RowWriter:
        self._seen[fields] += 1
        if self._seen[fields] <= _SIGHTINGS or len(self) >= _MOST:
            if len(self._seen) >= _MOST:
                self._seen.clear()
            return self._row.write
        source = _RowSource()
        source.row(self._row, fields, "o", "texts")
        source.line("return texts")
        made: RowWriter = source.function("write_row", "o")
        self[fields] = made
        return made


@lru_cache
def _rows(row: RowCodec) -> _Rows:
    return _Rows(row)


class _RowSource(Source):
    """Writes how the texts of a row come about, as `RowCodec.write` has them."""

    def row(self, row: RowCodec, fields: tuple[str, ...], here: str, target: str) -> None:
        """Write the texts of an object that has these fields set; [] where it has nothing but qualifiers."""
        template = row._templates[fields]
        texts = [repr(text) for text in template.texts]
        for at, name in template.values:
            texts[at] = text = self.variable("t")
            self.line(f"{text} = {here}.__dict__[{name!r}]")
            self.line(
                f"if {text}.__class__ is not str: {text} = {self.constant(WRITERS)}[{text}.__class__]({text})"
            )
        for at, write in template.writers:
            texts[at] = text = self.variable("t")
            self.line(f"{text} = {self._element(row._codecs[at], write, here)}")
        for at in template.paired:
            if texts[at] != "''":
                text = self.variable("t")
                self.line(f"{text} = {texts[at]} if {texts[at + 1]} else ''")
                texts[at] = text
        data = [texts[at] for at in template.data if texts[at] != "''"]
        self.line(f"{target} = [{', '.join(texts)}] if {' or '.join(data) or False} else []")
        if texts and not texts[-1].startswith("'"):
            self.line(f"if not {texts[-1]}: {self.constant(trimmed)}({target})")

    def _element(self, codec: ElementCodec, write: Callable[[Any], str], here: str) -> str:
        """Return the expression of the text of one element that is not just the value of an attribute."""
        if isinstance(codec, DateElement):
            value = self.variable("x")
            self.line(f"{value} = {here}.__dict__[{codec.name!r}]")
            return f"'' if {value} is None else {self.constant(write_date)}({value})"
        if isinstance(codec, PartElement):
            value = self.variable("x")
            self.line(f"{value} = {here}.__dict__[{codec.name!r}]")
            rows = self.constant(_rows(codec.row))
            return f"'' if {value} is None else {COMPONENT!r}.join({rows}[(*{value}.__dict__,)]({value}))"
        if type(codec) is ManyElement:
            several = self.variable("m")
            self.line(f"{several} = {here}.{codec.name}")
            value = f"{self.constant(write_value)}({several}[{codec._nth}])"
            return f"{value} if len({several}) > {codec._nth} else ''"
        return f"{self.constant(write)}({here})"
