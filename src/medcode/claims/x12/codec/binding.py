"""Guide names times model types: how the content of a segment gets into a claim, and out of it.

A segment's `name` in the guide is a path in the model, an element's name an attribute there.
From these and the annotations of the model each use of a segment gets one binding, which both
reads and writes. Reading has two halves: `parse` makes frozen values of the texts, which may be
kept and shared, and says whether the texts hold more than that; `put` adds them to the record of
the loop.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from medcode.claims.x12.codec.plan import Plan
from medcode.claims.x12.guides.grammar import Composite, Usage
from medcode.claims.x12.text.values import date_format, is_strange, read_date, write_date, write_value
from medcode.codesets.base import Malformed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from medcode.claims.x12.codec.shape import Shape
    from medcode.claims.x12.guides.grammar import Segment

__all__ = ["Binding", "ManyBinding", "Parsed", "Record", "ValueBinding", "holder", "reach"]

Record = dict[str, Any]

Parsed: TypeAlias = tuple[Any, bool]
"""What was made of a segment, and whether it holds more."""


def holder(record: Record, path: Sequence[str]) -> Record:
    """Find the nested record at a path, making what is not there yet."""
    for name in path:
        record = record.setdefault(name, {})
    return record


def reach(part: Any, path: tuple[str, ...]) -> Any:
    """Find what stands at a path of an object that was told the first step of it."""
    for name in path:
        part = getattr(part, name)
    return part


class Binding:
    """How one use of a segment is read and written.

    This one holds segments whose elements are attributes of one object at `path`.
    """

    def __init__(self, segment: Segment, shape: Shape, path: tuple[str, ...]) -> None:
        self.id = segment.id
        self.path = path
        self._plan = Plan(segment.elements, shape, 1)

    def parse(self, elements: list[str], component: str) -> Parsed:
        """Make values of a segment's elements."""
        values: Record = {}
        more = self._plan.read(values, elements, component)
        return values, more

    def put(self, record: Record, values: Any) -> bool:
        """Add what was parsed to the record of the loop; False, and nothing added, where it has it already."""
        for name in self.path:
            record = record.setdefault(name, {})
        if not record.keys().isdisjoint(values):
            return False
        record.update(values)
        return True

    def speaks(self, told: tuple[str, ...]) -> bool:
        """Whether there may be something to write of an object that was told these attributes itself."""
        return self._plan.speaks(told)

    def write(self, part: Any) -> Iterable[list[str]]:
        """Give the segments that hold the content of the loop's object, as lists of elements."""
        at = reach(part, self.path)
        if at is not None and (texts := self._plan.write(at)):
            return ([self.id, *texts],)
        return ()


class ManyBinding(Binding):
    """A segment that may stand several times; each makes an object of a tuple."""

    def __init__(self, segment: Segment, shape: Shape, path: tuple[str, ...]) -> None:
        super().__init__(segment, shape, path)
        self._shape = shape

    def parse(self, elements: list[str], component: str) -> Parsed:
        """Make an object of the elements."""
        values, more = super().parse(elements, component)
        return self._shape.build(values), more

    def put(self, record: Record, values: Any) -> bool:
        """Add the object to the tuple at the path."""
        holder(record, self.path[:-1]).setdefault(self.path[-1], []).append(values)
        return True

    def write(self, part: Any) -> Iterable[list[str]]:
        """Give one segment for each object of the tuple."""
        for each in reach(part, self.path) or ():
            if texts := self._plan.write(each):
                yield [self.id, *texts]


class ValueBinding(Binding):
    """A segment that says one thing: a reference, a day, an amount, a note."""

    def __init__(self, segment: Segment, shape: Shape, path: tuple[str, ...]) -> None:
        self.id = segment.id
        self.path = path
        self._field = shape.fields[path[-1]]
        used = [e for e in segment.elements if not isinstance(e, Composite)]
        self._at = max(at for at, element in enumerate(used) if element.usage is not Usage.NOT_USED)
        self._dated = used[self._at - 1].name == "format"
        self._constants = [element.constant for element in used[: self._at - self._dated]]
        self._only_form = used[self._at - 1].constant if len(used[self._at - 1].codes or ()) == 1 else None

    def parse(self, elements: list[str], component: str) -> Parsed:
        """Make the value; None where the segment holds none."""
        del component
        at, last = self._at + 1, len(elements) - 1
        before = elements[1 : len(self._constants) + 1]
        more = (before != self._constants and any(map(self._says_more, before, self._constants))) or (
            last > at and any(elements[at + 1 :])
        )
        text = elements[at] if last >= at else ""
        if not text:
            return None, more
        if not self._dated:
            return self._field.read(text), more
        form = elements[at - 1]
        value = read_date(form, text)
        return value, more or is_strange(form, value)

    @staticmethod
    def _says_more(text: str, constant: str) -> bool:
        return text not in {"", constant}

    def put(self, record: Record, values: Any) -> bool:
        """Keep the value at the path; False where another is kept there."""
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
        """Give a segment for the value, or for each of them."""
        value = reach(part, self.path)
        for each in (value or ()) if self._field.many else (value,):
            if each is not None:
                yield [self.id, *self._constants, *self._texts(each)]

    def _texts(self, value: Any) -> list[str]:
        if not self._dated:
            return [write_value(value)]
        malformed = isinstance(value, Malformed) and self._only_form
        return [malformed or date_format(value), write_date(value)]
