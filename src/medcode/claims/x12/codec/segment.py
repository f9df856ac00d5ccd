"""One codec for each use of a segment: how its content gets into a record and out of it, and where it is.

A segment's `name` in the guide is a path in the model, an element's name an attribute there. From these and
the annotations of the model each use of a segment gets one codec: `parse` makes frozen values of the texts,
which may be kept and shared, and says whether the texts hold more than that; `store` adds them to the record of
the loop; `write` goes the other way; `map` knows which element holds which attribute.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from medcode.claims.x12.codec.code_forms import reader_of
from medcode.claims.x12.codec.element_map import ElementMap, ValueMap
from medcode.claims.x12.codec.row import RowCodec
from medcode.claims.x12.guides.grammar import Composite, Usage
from medcode.claims.x12.text.values import date_format, is_strange, read_date, write_date, write_value
from medcode.codesets.base import Malformed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from medcode.claims.model.fields import ModelFields
    from medcode.claims.x12.codec.element_map import Names
    from medcode.claims.x12.guides.grammar import Segment

__all__ = ["ManyCodec", "Parsed", "Record", "SegmentCodec", "ValueCodec", "holder", "reach"]

Record = dict[str, Any]

Parsed: TypeAlias = tuple[Any, bool]
"""What was made of a segment, and whether it holds more."""


def holder(record: Record, path: Sequence[str]) -> Record:
    """Return the nested record at a path, making what is not there yet."""
    for name in path:
        record = record.setdefault(name, {})
    return record


def reach(part: Any, path: tuple[str, ...]) -> Any:
    """Return what is at a path of an object that has the first step of it set."""
    for name in path:
        part = getattr(part, name)
    return part


class SegmentCodec:
    """How one use of a segment is read and written.

    This one is for segments whose elements are attributes of one object at `path`. `limits` says how many values of
    a tuple its elements hold, of attributes of that object.
    """

    limits: Mapping[Names, int] = MappingProxyType({})

    def __init__(self, segment: Segment, fields: ModelFields, path: tuple[str, ...]) -> None:
        self.id = segment.id
        self.path = path
        self.map = ElementMap(segment)
        self._row = RowCodec(segment.elements, fields, 1)
        self.limits = self._row.limits

    def parse(self, elements: list[str], component: str) -> Parsed:
        """Return the values of a segment's elements."""
        values: Record = {}
        more = self._row.read(values, elements, component)
        return values, more

    def store(self, record: Record, values: Any) -> bool:
        """Add what was parsed to the record of the loop; False, and nothing added, if it has some of it already."""
        for name in self.path:
            record = record.setdefault(name, {})
        if not record.keys().isdisjoint(values):
            return False
        record.update(values)
        return True

    def may_write(self, set_fields: tuple[str, ...]) -> bool:
        """Whether there may be something to write of an object that has these fields set itself."""
        return self._row.may_write(set_fields)

    def write(self, part: Any) -> Iterable[list[str]]:
        """Yield the segments that hold the content of the loop's object, as lists of elements."""
        at = reach(part, self.path)
        if at is not None and (texts := self._row.write(at)):
            return ([self.id, *texts],)
        return ()


class ManyCodec(SegmentCodec):
    """A segment that may occur several times; each makes an object of a tuple."""

    def __init__(self, segment: Segment, fields: ModelFields, path: tuple[str, ...]) -> None:
        super().__init__(segment, fields, path)
        self._model = fields

    def parse(self, elements: list[str], component: str) -> Parsed:
        """Make an object of the elements."""
        values, more = super().parse(elements, component)
        return self._model.build(values), more

    def store(self, record: Record, values: Any) -> bool:
        """Add the object to the tuple at the path."""
        holder(record, self.path[:-1]).setdefault(self.path[-1], []).append(values)
        return True

    def write(self, part: Any) -> Iterable[list[str]]:
        """Yield one segment for each object of the tuple."""
        for each in reach(part, self.path) or ():
            if texts := self._row.write(each):
                yield [self.id, *texts]


class ValueCodec(SegmentCodec):
    """A segment that holds one value: a reference, a date, an amount, a note."""

    def __init__(self, segment: Segment, fields: ModelFields, path: tuple[str, ...]) -> None:
        self.id = segment.id
        self.path = path
        self.map = ValueMap(segment)
        self._field = fields.types[path[-1]]
        self._read = reader_of(self._field)
        used = [e for e in segment.elements if not isinstance(e, Composite)]
        self._at = max(at for at, element in enumerate(used) if element.usage is not Usage.NOT_USED)
        self._dated = used[self._at - 1].name == "format"
        self._constants = [element.constant for element in used[: self._at - self._dated]]
        self._only_form = used[self._at - 1].constant if len(used[self._at - 1].codes or ()) == 1 else None

    def parse(self, elements: list[str], component: str) -> Parsed:
        """Return the value; None if the segment holds none."""
        del component
        at, last = self._at + 1, len(elements) - 1
        before = elements[1 : len(self._constants) + 1]
        more = (before != self._constants and any(map(self._holds_more, before, self._constants))) or (
            last > at and any(elements[at + 1 :])
        )
        text = elements[at] if last >= at else ""
        if not text:
            return None, more
        if not self._dated:
            return self._read(text), more
        form = elements[at - 1]
        value = read_date(form, text)
        return value, more or is_strange(form, value)

    @staticmethod
    def _holds_more(text: str, constant: str) -> bool:
        return text not in {"", constant}

    def store(self, record: Record, values: Any) -> bool:
        """Keep the value at the path; False if another is kept there."""
        if values is None:
            return True
        where, name = holder(record, self.path[:-1]), self.path[-1]
        if self._field.many:
            where.setdefault(name, []).append(values)
        elif name in where:
            return False
        else:
            where[name] = values
        return True

    def write(self, part: Any) -> Iterable[list[str]]:
        """Yield a segment for the value, or for each of them."""
        value = reach(part, self.path)
        for each in (value or ()) if self._field.many else (value,):
            if each is not None and each != "":
                yield [self.id, *self._constants, *self._texts(each)]

    def _texts(self, value: Any) -> list[str]:
        if not self._dated:
            return [write_value(value)]
        malformed = isinstance(value, Malformed) and self._only_form
        return [malformed or date_format(value), write_date(value)]
