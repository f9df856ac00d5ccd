"""Guide names times model types: how the content of a segment gets into a claim, and out of it.

A segment's `name` in the guide is a path in the model, an element's name an attribute there.
From these and the annotations of the model each use of a segment gets one binding, which both
reads and writes. Four segments whose elements depend on one another have a class of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medcode.claims.x12.grammar import Composite, Element, Segment, Usage
from medcode.claims.x12.plan import Plan, trimmed
from medcode.claims.x12.shape import Shape, shape_of
from medcode.claims.x12.values import COMPONENT, date_format, read_date, write_date, write_value
from medcode.codesets.icd9cm import Icd9Cm
from medcode.codesets.icd10cm import Icd10Cm
from medcode.codesets.icd10pcs import Icd10Pcs
from medcode.codesets.npi import Npi

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Binding", "Record", "bind", "holder", "reach"]

Record = dict[str, Any]

_CODES = {
    **dict.fromkeys(("ABK", "ABF", "ABJ", "APR", "ABN"), Icd10Cm),
    **dict.fromkeys(("BK", "BF", "BJ", "PR", "BN"), Icd9Cm),
    **dict.fromkeys(("BBR", "BBQ"), Icd10Pcs),
}
_NUMBERS = {"TE": "phone", "EX": "extension", "FX": "fax", "EM": "email"}
_TRIPLETS = 6


def holder(record: Record, path: tuple[str, ...]) -> Record:
    """Find the nested record at a path, making what is not there yet."""
    for name in path:
        record = record.setdefault(name, {})
    return record


def reach(part: Any, path: tuple[str, ...]) -> Any:
    """Find the object at a path of the model; None where something on the way is absent."""
    for name in path:
        if part is None:
            return None
        part = getattr(part, name)
    return part


class Binding:
    """How one use of a segment is read into a record and written from an object.

    This one holds segments whose elements are attributes of one object at `path`.
    """

    def __init__(self, segment: Segment, shape: Shape, path: tuple[str, ...]) -> None:
        self.id = segment.id
        self.path = path
        self.plan = Plan(segment.elements, shape, 1)

    def read(self, record: Record, elements: list[str], component: str) -> None:
        """Put the segment's content into the record of its loop."""
        self.plan.read(holder(record, self.path), elements, component)

    def write(self, part: Any) -> Iterator[list[str]]:
        """Give the segments that hold the content of the loop's object, as lists of elements."""
        at = reach(part, self.path)
        if at is not None and (texts := self.plan.write(at)):
            yield [self.id, *texts]


class ManyBinding(Binding):
    """A segment that may stand several times; each makes an object of a tuple."""

    def read(self, record: Record, elements: list[str], component: str) -> None:
        """Add an object to the tuple at the path."""
        inner: Record = {}
        self.plan.read(inner, elements, component)
        holder(record, self.path[:-1]).setdefault(self.path[-1], []).append(inner)

    def write(self, part: Any) -> Iterator[list[str]]:
        """Give one segment for each object of the tuple."""
        for each in reach(part, self.path) or ():
            if texts := self.plan.write(each):
                yield [self.id, *texts]


class ValueBinding(Binding):
    """A segment that says one thing: a reference, a day, an amount, a note."""

    def __init__(self, segment: Segment, shape: Shape, path: tuple[str, ...]) -> None:
        self.id = segment.id
        self.path = path
        elements = segment.elements
        self.at = max(
            i for i, e in enumerate(elements) if isinstance(e, Element) and e.usage is not Usage.NOT_USED
        )
        self.dated = elements[self.at - 1].name == "format" if self.at else False
        self.constants = [e.constant if isinstance(e, Element) else "" for e in elements[: self.at]]
        self.field = shape.fields[path[-1]]

    def read(self, record: Record, elements: list[str], component: str) -> None:
        """Keep the value at the path."""
        text = elements[self.at + 1] if len(elements) > self.at + 1 else ""
        if not text:
            return
        value = read_date(elements[self.at], text) if self.dated else self.field.read(text)
        where = holder(record, self.path[:-1])
        if self.field.many:
            where.setdefault(self.path[-1], []).append(value)
        else:
            where[self.path[-1]] = value

    def write(self, part: Any) -> Iterator[list[str]]:
        """Give a segment for the value, or for each of them."""
        value = reach(part, self.path)
        for each in value if self.field.many else (value,):
            if each is not None and self.dated:
                yield [self.id, *self.constants[:-1], date_format(each), write_date(each)]
            elif each is not None:
                yield [self.id, *self.constants, write_value(each)]


class NameBinding(Binding):
    """NM1: what stands for a name depends on the kind of entity, the identifier on its qualifier."""

    def __init__(self, segment: Segment, shape: Shape, path: tuple[str, ...]) -> None:
        self.id = segment.id
        self.path = path
        self.entity = segment.elements[0].constant  # type: ignore[union-attr]  # NM101 is simple
        self.names = [element.name for element in segment.elements]
        self.fields = shape.fields
        kinds = segment.elements[1]
        self.kinds = getattr(kinds, "codes", None) or frozenset()
        self.id_type = segment.elements[7].constant  # type: ignore[union-attr]  # NM108 is simple

    def read(self, record: Record, elements: list[str], component: str) -> None:
        """Tell persons from organizations, and NPIs from other identifiers."""
        target = holder(record, self.path)
        fields = self.fields
        if "entity_type" in fields and elements[2:3] > [""]:
            target["entity_type"] = elements[2]
        for index, text in enumerate(elements[3:], 2):
            name = self.names[index]
            if not text or not name:
                continue
            if index == 2 and elements[2] == "2":
                name = "organization"
            if name == "npi":
                target[name] = Npi.parse(text)
            elif name in fields:
                target[name] = text

    def write(self, part: Any) -> Iterator[list[str]]:
        """Give the one NM1 of a party."""
        party = reach(part, self.path)
        if party is None:
            return
        texts = [self.entity, self._kind(party)]
        for index, name in enumerate(self.names[2:], 2):
            texts.append(self._text(party, index, name))
        yield [self.id, *trimmed(texts)]

    def _kind(self, party: Any) -> str:
        if len(self.kinds) == 1:
            return next(iter(self.kinds))
        if "entity_type" in self.fields:
            return write_value(party.entity_type)
        return "1" if getattr(party, "is_person", False) else "2"

    def _text(self, party: Any, index: int, name: str) -> str:
        if index == 2 and not getattr(party, "is_person", False):
            name = "organization"
        if index == 7:
            return self._qualifier(party, name)
        return write_value(getattr(party, name, None)) if name else ""

    def _qualifier(self, party: Any, name: str) -> str:
        identifier = self.names[8]
        if not identifier or getattr(party, identifier, None) is None:
            return ""
        return write_value(getattr(party, name, None)) if name else self.id_type


class ContactBinding(Binding):
    """PER: up to three numbers, each after the qualifier that says what it is."""

    def __init__(self, segment: Segment, shape: Shape, path: tuple[str, ...]) -> None:
        self.id = segment.id
        self.path = path
        self.function = segment.elements[0].constant  # type: ignore[union-attr]  # PER01 is simple
        field = shape.fields[path[-1]]
        self.many = field.many

    def read(self, record: Record, elements: list[str], component: str) -> None:
        """Keep the name and the numbers."""
        contact: Record = {"name": elements[2]} if len(elements) > 2 and elements[2] else {}
        for qualifier, number in zip(elements[3::2], elements[4::2], strict=False):
            if qualifier in _NUMBERS and number:
                contact[_NUMBERS[qualifier]] = number
        where = holder(record, self.path[:-1])
        if self.many:
            where.setdefault(self.path[-1], []).append(contact)
        else:
            where[self.path[-1]] = contact

    def write(self, part: Any) -> Iterator[list[str]]:
        """Give a PER for the contact, or for each of them."""
        value = reach(part, self.path)
        for contact in (value or ()) if self.many else (value,):
            if contact is None:
                continue
            texts = [self.function, contact.name or ""]
            for qualifier, name in _NUMBERS.items():
                if number := getattr(contact, name):
                    texts += [qualifier, number]
            yield [self.id, *trimmed(texts)]


class HealthCodesBinding(Binding):
    """HI: a row of composites, each a qualifier with a code and what belongs to it."""

    def __init__(self, segment: Segment, shape: Shape, path: tuple[str, ...]) -> None:
        self.id = segment.id
        self.path = path
        self.field = shape.fields[path[-1]]
        self.rows = [
            e for e in segment.elements if isinstance(e, Composite) and e.usage is not Usage.NOT_USED
        ]
        inner = shape_of(self.field.part) if self.field.part else None
        self.inner = inner
        self.plans = [Plan(row.elements, inner, 0) for row in self.rows] if inner else []

    def read(self, record: Record, elements: list[str], component: str) -> None:
        """Keep each composite as an object or, where it is a code alone, as the code."""
        found = [self._item(i, text, component) for i, text in enumerate(elements[1:]) if text]
        where = holder(record, self.path[:-1])
        if self.field.many:
            where.setdefault(self.path[-1], []).extend(found)
        elif found:
            where[self.path[-1]] = found[0]

    def _item(self, index: int, text: str, component: str) -> Any:
        texts = text.split(component)
        if not self.plans:
            return self._code(texts[0], texts[1] if len(texts) > 1 else "")
        item: Record = {}
        self.plans[min(index, len(self.plans) - 1)].read(item, texts, component)
        if len(self.inner.fields["code"].codes) > 1:  # type: ignore[union-attr]  # plans are made of it
            item["code"] = self._code(texts[0], texts[1] if len(texts) > 1 else "")
        return item

    def _code(self, qualifier: str, text: str) -> Any:
        kind = _CODES.get(qualifier)
        return kind.parse(text) if kind else self.field.read(text)

    def write(self, part: Any) -> Iterator[list[str]]:
        """Give as many HI as the composites fill, each as full as may be."""
        value = reach(part, self.path)
        items = list(value if self.field.many else () if value is None else (value,))
        for start in range(0, len(items), len(self.rows)):
            row = items[start : start + len(self.rows)]
            yield [self.id, *(self._text(i, item) for i, item in enumerate(row))]

    def _text(self, index: int, item: Any) -> str:
        code = item.code if self.plans else item
        qualifier = self._qualifier(self.rows[index].elements[0], code)
        if not self.plans:
            return f"{qualifier}{COMPONENT}{write_value(code)}"
        texts = self.plans[index].write(item)
        return COMPONENT.join([qualifier, *texts[1:]])

    @staticmethod
    def _qualifier(element: Element, code: Any) -> str:
        """Choose the qualifier that says of which set the code is."""
        for qualifier in sorted(element.codes or ()):
            if _CODES.get(qualifier) is type(code):
                return qualifier
        return element.constant


class AdjustmentsBinding(Binding):
    """CAS: a group code and up to six adjustments, each its reason, amount and quantity."""

    def __init__(self, segment: Segment, shape: Shape, path: tuple[str, ...]) -> None:
        self.id = segment.id
        self.path = path
        self.fields = shape_of(shape.fields[path[-1]].part).fields  # type: ignore[arg-type]  # the model says so

    def read(self, record: Record, elements: list[str], component: str) -> None:
        """Keep each adjustment with its group."""
        where = holder(record, self.path[:-1]).setdefault(self.path[-1], [])
        for at in range(2, len(elements), 3):
            reason, amount, quantity = (elements[at : at + 3] + ["", ""])[:3]
            texts = {"group": elements[1], "reason": reason, "amount": amount, "quantity": quantity}
            if reason or amount:
                where.append({name: self.fields[name].read(text) for name, text in texts.items() if text})

    def write(self, part: Any) -> Iterator[list[str]]:
        """Give one CAS for each run of six or fewer adjustments of one group."""
        texts: list[str] = []
        for each in reach(part, self.path) or ():
            if texts and (texts[0] != each.group or len(texts) > 3 * _TRIPLETS):
                yield [self.id, *trimmed(texts)]
                texts = []
            texts = texts or [write_value(each.group)]
            texts += [write_value(each.reason), write_value(each.amount), write_value(each.quantity)]
        if texts:
            yield [self.id, *trimmed(texts)]


_OWN = {"NM1": NameBinding, "PER": ContactBinding, "HI": HealthCodesBinding, "CAS": AdjustmentsBinding}


def _is_named(segment: Segment) -> bool:
    for element in segment.elements:
        if element.name and element.name != "format":
            return True
        if isinstance(element, Composite) and any(e.name and e.name != "format" for e in element.elements):
            return True
    return False


def bind(segment: Segment, shape: Shape, prefix: tuple[str, ...]) -> Binding | None:
    """Make the binding of a segment whose names are relative to `prefix` of a class.

    None where the guide gives it no name: a header, a counter, a constant.
    """
    path = prefix + tuple(filter(None, segment.name.split(".")))
    if segment.id in _OWN and path:
        owner = _walk(shape, path if segment.id == "NM1" else path[:-1])
        return _OWN[segment.id](segment, owner, path)
    if not _is_named(segment):
        return ValueBinding(segment, _walk(shape, path[:-1]), path) if segment.name else None
    field = _walk(shape, path[:-1]).fields[path[-1]] if path else None
    if field and field.many:
        return ManyBinding(segment, shape_of(field.part), path)  # type: ignore[arg-type]  # the model says so
    return Binding(segment, _walk(shape, path), path)


def _walk(shape: Shape, path: tuple[str, ...]) -> Shape:
    for name in path:
        shape = shape_of(shape.fields[name].part)  # type: ignore[arg-type]  # guides name parts on the way
    return shape
