"""How objects of a loop are written, as straight code: one function for each loop and set of fields.

A function adds the texts of the loop's segments, and of the loops within that hold no objects of their own. It asks
nothing about what is not set, and is for objects whose every value has a text: `NotPlain` leaves the others to `Segments`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from medcode.claims.model.party import Named
from medcode.claims.x12.codec.compiled import LoopRole
from medcode.claims.x12.codec.health_codes import HealthCodesCodec
from medcode.claims.x12.codec.names import NameCodec
from medcode.claims.x12.codec.row import trimmed
from medcode.claims.x12.codec.segment import ManyCodec, SegmentCodec, ValueCodec, reach
from medcode.claims.x12.text.values import COMPONENT, write_value
from medcode.claims.x12.units.source import NotPlain
from medcode.claims.x12.write.elements import DAYS, RowSource, literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.claims.x12.guides.nodes import LoopNode
    from medcode.claims.x12.text.lexer import Delimiters
    from medcode.claims.x12.write.segments import Segments
    from medcode.claims.x12.write.units import OwnElement

    Kinds = list[Any]
    LoopWriter = Callable[[Any, int, list[str], Kinds], bool]
    """Adds the texts of an object, by its number among its like, and the kinds of the objects below it; whether it is for such an object."""

__all__ = ["LoopSource", "LoopWriter"]


class LoopSource(RowSource):
    """Writes the function for a loop and the objects that have the same fields set as a sample.

    It returns whether an object has these fields, and does nothing else of one that has others: `fields` are those of
    the object itself with which it was seen, which may have others that the loop is not written from. For LX and N3 of
    an object with an address it is

        def write_loop(part, number, texts, kinds):
            if part.__class__ is not c1 or (*part.__dict__,) not in c2: return False
            o1 = part.address
            if o1.__class__ is not c3 or (*o1.__dict__,) != c4: return False
            x2 = o1.line1
            if x2.__class__ is not str: x2 = c5[x2.__class__](x2)
            if not (x2): raise c0
            texts += f'LX*{number}', f'N3*{x2}',
            return True

    `elements` and `components` say how many separators the texts have, the data aside.
    """

    def __init__(
        self,
        segments: Segments,
        marks: Delimiters,
        adder: Callable[[LoopNode], Callable[[Any, int, list[str], Kinds], None]],
        own: OwnElement | None,
    ) -> None:
        super().__init__(marks)
        self.elements = 0
        self._segments = segments
        self._adder = adder
        self._own = own
        self._element = literal(marks.element)
        self._not_plain = self.constant(NotPlain)
        self.fields: set[tuple[str, ...]] = set()
        self._due: list[str] = []
        self._objects: dict[tuple[str, ...], str] = {(): "part"}

    def write(self, loop: LoopNode, sample: Any) -> LoopWriter:
        """Return the function. Raises NotPlain where there can be none."""
        self.fields.add((*vars(sample),))
        self._loop(loop, sample, sample)
        self._flush()
        self.line("return True")
        cls, fields = self.constant(type(sample)), self.constant(self.fields)
        head = f"if part.__class__ is not {cls} or (*part.__dict__,) not in {fields}: return False"
        self._lines[:0] = [f"    {line}" for line in (head, *self.head)]
        made: LoopWriter = self.function("write_loop", "part, number, texts, kinds")
        return made

    def _loop(self, loop: LoopNode, holder: Any, sample: Any) -> None:
        """Write what is in a loop; the sample is the object of the function, the holder that of the loop."""
        for each in self._segments.due(loop, holder):
            if each.codec:
                self._segment(each.codec, sample)
            elif each.loop is None or each.mapping is None:
                if each.node.use.id not in {"ST", "SE"}:  # these are those of the set
                    self._add([*map(literal, each.constants)] or [each.node.use.id, "{number}"])
            elif each.mapping.role is LoopRole.MANY:
                self._flush()
                several = self._object(each.mapping.path, sample)
                self.begin(f"for count, each in enumerate({several} or (), 1):")
                self.line(f"{self.constant(self._adder(each.loop))}(each, count, texts, kinds)")
                self.end()
            else:
                inner = reach(sample, each.mapping.path)
                self._object(each.mapping.path, sample)
                if inner is not None:
                    self._loop(each.loop, inner, sample)

    def _segment(self, codec: SegmentCodec, sample: Any) -> None:
        """Write the segments of one use."""
        value, name = reach(sample, codec.path), self._object(codec.path, sample)
        names = self.each(name, value) if isinstance(value, tuple) else [name]
        if value is None:
            return
        if type(codec) is SegmentCodec:
            self._row_segment(codec, value, name)
        elif type(codec) is ManyCodec:
            for part, each in zip(value, names, strict=True):
                self._row_segment(codec, part, each)
        elif isinstance(codec, ValueCodec):
            for each in names:
                self._value_segment(codec, each)
        elif isinstance(codec, NameCodec) and _is_named(codec, value):
            self._name_segment(codec, value, name)
        elif isinstance(codec, HealthCodesCodec):
            self._health_codes(codec, [*value] if codec._is_many else [value], names)
        else:
            self._other_segments(codec, sample)

    def _row_segment(self, codec: SegmentCodec, value: Any, name: str) -> None:
        if texts := self.row(codec._row, value, name):
            self._add([codec.id, *texts])

    def _value_segment(self, codec: ValueCodec, name: str) -> None:
        texts = [codec.id, *map(literal, codec._constants)]
        text = self.variable("x")
        if codec._dated:
            form = self.variable("f")
            days, others = self.constant(DAYS), self.constant(codec._texts)
            self.line(
                f"{form}, {text} = ('D8', {days}[{name}]) if {name}.__class__ is {self.constant(date)} else {others}({name})"
            )
            self.checked.append(form)
            texts.append(f"{{{form}}}")
        else:
            self.line(f"{text} = {name}")
            self.to_text(text)
        self.checked.append(text)
        self._add([*texts, f"{{{text}}}"])

    def _name_segment(self, codec: NameCodec, party: Any, name: str) -> None:
        """Write NM1 of a person or an organization, by what is set."""
        is_person = getattr(party, "is_person", False)
        rows = codec._person if is_person else codec._organization
        texts = [""] * len(codec._names)
        texts[0] = literal(codec._constants[0])
        texts[1] = codec._kind or "21"[is_person]
        for at, field in rows:
            if field in vars(party):
                texts[at] = self.value(name, field, party)
            else:
                texts[at] = literal(write_value(getattr(type(party), field, None)))
        if not texts[NameCodec.ID]:
            texts[NameCodec.ID_TYPE] = ""
        elif not codec._names[NameCodec.ID_TYPE]:
            texts[NameCodec.ID_TYPE] = literal(codec._constants[NameCodec.ID_TYPE])
        self._add([codec.id, *trimmed(texts)])

    def _health_codes(self, codec: HealthCodesCodec, items: list[Any], names: list[str]) -> None:
        """Write HI: composites that begin with what kind of code each holds."""
        width = len(codec._rows)
        for start in range(0, len(items), width):
            texts = [codec.id]
            for at, (item, name) in enumerate(
                zip(items[start : start + width], names[start : start + width], strict=True)
            ):
                kind, code = self.variable("q"), f"{name}.code" if codec._row_codecs else name
                self.line(f"{kind} = {self.constant(codec.qualifiers(at))}[{code}.__class__]")
                if codec._row_codecs:
                    rest = self.row(codec._row_codecs[at], item, name)[1:]
                else:
                    text = self.variable("x")
                    self.line(f"{text} = {name}")
                    self.to_text(text)
                    self.checked.append(text)
                    rest = [f"{{{text}}}"]
                self.components += len(rest)
                texts.append(self._component.join([f"{{{kind}}}", *rest]))
            self._add(texts)

    def _other_segments(self, codec: SegmentCodec, sample: Any) -> None:
        """Write segments that their codec makes, where it makes as many elements of any object as of the sample."""
        rows = [*codec.write(sample)]
        names = [self.variable("r") for _ in rows]
        self.line(f"rows = [*{self.constant(codec.write)}(part)]")
        self.line(f"if len(rows) != {len(rows)}: raise {self._not_plain}")
        element = repr(self.marks.element)
        for at, (name, row) in enumerate(zip(names, rows, strict=True)):
            self.line(f"{name} = {element}.join(rows[{at}])")
            elements, components = len(row) - 1, sum(text.count(COMPONENT) for text in row)
            self.elements += elements
            self.components += components
            self.line(
                f"if {name}.count({element}) != {elements} or {name}.count({COMPONENT!r}) != {components}: raise {self._not_plain}"
            )
            self._due.append(f"{name}.replace({COMPONENT!r}, {self.marks.component!r})")

    def _object(self, path: tuple[str, ...], sample: Any) -> str:
        """Return the name of what is at a path of the object."""
        found = self._objects.get(path)
        if found is None:
            around, value = self._object(path[:-1], sample), reach(sample, path)
            # which fields are set has been asked, so what is not set need not be looked at
            found = "None" if value is None else self.held(value, f"{around}.{path[-1]}")
            self._objects[path] = found
        return found

    def _add(self, texts: list[str]) -> None:
        """Add a segment."""
        if self._own and texts[0] == self._own[0]:
            _, at, text = self._own
            texts[at : at + 1] = [text]
            trimmed(texts)
        self.elements += len(texts) - 1
        self._due.append(f"f'{self._element.join(texts)}'")

    def _flush(self) -> None:
        """Write that the segments so far are added, where every value has a text."""
        if self.checked:
            self.line(f"if not ({' and '.join(self.checked)}): raise {self._not_plain}")
            self.checked.clear()
        if self._due:
            self.line(f"texts += {', '.join(self._due)},")
            self._due.clear()


def _is_named(codec: NameCodec, party: object) -> bool:
    """Whether the kind of a party follows from which of its fields are set."""
    is_kept = codec._keeps_kind or codec._names[0]
    return not is_kept and getattr(type(party), "is_person", None) in {None, Named.is_person}
