"""HI: a row of composites, each a qualifier with a code and what belongs to it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from medcode.claims.x12.codec.code_forms import HEALTH_CODES, code_reader, reader_of
from medcode.claims.x12.codec.element_map import ElementMap, ElementRef
from medcode.claims.x12.codec.row import RowCodec
from medcode.claims.x12.codec.segment import SegmentCodec, holder, reach
from medcode.claims.x12.guides.grammar import Composite, Usage
from medcode.claims.x12.text.values import COMPONENT, write_value
from medcode.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from medcode.claims.model.fields import ModelFields
    from medcode.claims.x12.codec.element_map import Names, Positions
    from medcode.claims.x12.codec.segment import Parsed, Record
    from medcode.claims.x12.guides.grammar import Segment

__all__ = ["HealthCodesCodec"]


class HealthCodesCodec(SegmentCodec):
    """HI: a row of composites, each a qualifier with a code and what belongs to it."""

    def __init__(self, segment: Segment, fields: ModelFields, path: tuple[str, ...]) -> None:
        self.id = segment.id
        self.path = path
        self.map: ElementMap = _Codes(segment)
        field = fields.types[path[-1]]
        self._read = reader_of(field)
        self._is_many = field.many
        self._rows = [
            e for e in segment.elements if isinstance(e, Composite) and e.usage is not Usage.NOT_USED
        ]
        self._model = fields.part(path[-1]) if field.part else None
        self._row_codecs = (
            [RowCodec(row.elements, self._model, 0) for row in self._rows] if self._model else []
        )
        self._allowed = [row.elements[0].codes or frozenset() for row in self._rows]
        self._qualifiers: dict[int, Memo[type, str]] = {}

    def parse(self, elements: list[str], component: str) -> Parsed:
        """Make each composite an object or, where it is a code alone, the code."""
        items: list[Any] = []
        more = False
        for at, text in enumerate(elements[1:]):
            if text:
                item, says_more = self._item(at, text.split(component), component)
                more = more or says_more or len(items) != at  # pointers count what is left out
                items.append(item)
        return items, more

    def store(self, record: Record, values: Any) -> bool:
        """Add the codes to the tuple at the path, or set the one; False if there is one already."""
        where, name = holder(record, self.path[:-1]), self.path[-1]
        if self._is_many:
            where.setdefault(name, []).extend(values)
        elif name in where or len(values) != 1:
            return False
        else:
            where[name] = values[0]
        return True

    def write(self, part: Any) -> Iterable[list[str]]:
        """Yield as many HI as the codes fill, each as full as it can be."""
        value = reach(part, self.path)
        items = list((value or ()) if self._is_many else () if value is None else (value,))
        for start in range(0, len(items), len(self._rows)):
            row = items[start : start + len(self._rows)]
            yield [self.id, *(self._text(at, item) for at, item in enumerate(row))]

    def _item(self, at: int, texts: list[str], component: str) -> Parsed:
        at = min(at, len(self._rows) - 1)
        if self._model is None:
            return self._code(texts), texts[0] not in self._allowed[at] or any(texts[2:])
        values: Record = {}
        more = self._row_codecs[at].read(values, texts, component)
        if len(self._model.types["code"].codes) > 1:
            values["code"] = self._code(texts)
        return self._model.build(values), more

    def _code(self, texts: list[str]) -> Any:
        code = texts[1] if len(texts) > 1 else ""
        kind = HEALTH_CODES.get(texts[0])
        return code_reader(kind)(code) if kind else self._read(code)

    def readers(self, at: int) -> dict[str, Callable[[str], Any]]:
        """Return what reads a code at a place, by the qualifier before it."""
        one = len(self._model.types["code"].codes) == 1 if self._model else False
        kinds = {} if one else HEALTH_CODES
        return {each: code_reader(kinds[each]) if each in kinds else self._read for each in self._allowed[at]}

    def _text(self, at: int, item: Any) -> str:
        code = item.code if self._row_codecs else item
        qualifier = self.qualifiers(at)[type(code)]
        if not self._row_codecs:
            return f"{qualifier}{COMPONENT}{write_value(code)}"
        return COMPONENT.join([qualifier, *self._row_codecs[at].write(item)[1:]])

    def qualifiers(self, at: int) -> Memo[type, str]:
        """Return the qualifiers that name the set of a code at a place, by its class."""
        found = self._qualifiers.get(at)
        if found is None:
            found = self._qualifiers[at] = Memo(partial(self._qualifier, at), most=100)
        return found

    def _qualifier(self, at: int, kind: type) -> str:
        """Choose the qualifier that names the set of a kind of code."""
        element = self._rows[at].elements[0]
        fitting = (q for q in sorted(element.codes or ()) if HEALTH_CODES.get(q) is kind)
        return next(fitting, element.constant)


class _Codes(ElementMap):
    """HI: a composite for each object, empty ones left out."""

    def __init__(self, segment: Segment) -> None:
        super().__init__(segment)
        row: Any = segment.elements[0]
        self._room = sum(each.usage is not Usage.NOT_USED for each in segment.elements)
        self._names = {ElementRef(1, at): each.name for at, each in enumerate(row.elements, 1) if each.name}
        self._whole = {(name,): ElementRef(1, ref.component) for ref, name in self._names.items()}
        self._whole.setdefault((), ElementRef(1, None if self._whole else 2))
        self.varies = True

    def positions(self, elements: list[str], component: str) -> Positions:
        """Note the elements that hold a code."""
        del component
        return tuple([at for at, text in enumerate(elements) if at and text])

    def objects(self, positions: Positions) -> int:
        return len(positions or ())

    def find(self, rest: Names, indexes: list[int | None], row: int, positions: Positions) -> ElementRef:
        component = super().find(rest, indexes, row, None).component
        return ElementRef((positions or ())[row], component)

    def name(self, ref: ElementRef) -> str:
        return super().name(ElementRef(1, ref.component))

    def index(self, before: int, ref: ElementRef) -> int | None:
        return before * self._room + (ref.element or 1) - 1
