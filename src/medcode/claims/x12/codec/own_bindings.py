"""The four segments whose elements depend on one another: NM1, PER, HI and CAS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from medcode.claims.model.diagnosis import Snodent
from medcode.claims.model.stay import AbcCode
from medcode.claims.x12.codec.binding import Binding, holder, reach
from medcode.claims.x12.codec.plan import Plan, trimmed
from medcode.claims.x12.codec.seats import CONTACT_NUMBERS
from medcode.claims.x12.guides.grammar import Composite, Usage
from medcode.claims.x12.text.values import COMPONENT, write_value
from medcode.codesets.icd9cm import Icd9Cm
from medcode.codesets.icd9cm_procedures import Icd9CmProcedure
from medcode.codesets.icd10cm import Icd10Cm
from medcode.codesets.icd10pcs import Icd10Pcs
from medcode.codesets.npi import Npi

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medcode.claims.x12.codec.binding import Parsed, Record
    from medcode.claims.x12.codec.shape import Shape
    from medcode.claims.x12.guides.grammar import Element, Segment

__all__ = ["OWN", "AdjustmentsBinding", "ContactBinding", "HealthCodesBinding", "NameBinding", "OwnBinding"]

_CODES = {
    **dict.fromkeys(("ABK", "ABF", "ABJ", "APR", "ABN"), Icd10Cm),
    **dict.fromkeys(("BK", "BF", "BJ", "PR", "BN"), Icd9Cm),
    **dict.fromkeys(("BBR", "BBQ"), Icd10Pcs),
    **dict.fromkeys(("BR", "BQ"), Icd9CmProcedure),
    "CAH": AbcCode,
    "TQ": Snodent,
}
"""The code set that a qualifier of HI names."""

_TRIPLET = 3
_TRIPLETS = 6
_NAME, _ID_TYPE, _ID = 2, 7, 8  # NM103, NM108, NM109, counted from 0
_AFTER_NUMBERS = 9  # PER09


class OwnBinding(Binding):
    """A binding that does not follow a plan; `of_part` says whether its class is at the path itself."""

    of_part: ClassVar[bool] = False


class NameBinding(OwnBinding):
    """NM1: what stands for a name depends on the kind of entity, the identifier on its qualifier."""

    of_part = True

    def __init__(self, segment: Segment, shape: Shape, path: tuple[str, ...]) -> None:
        self.id = segment.id
        self.path = path
        elements: list[Element] = [e for e in segment.elements if not isinstance(e, Composite)]
        self._constants = [element.constant for element in elements]
        self._names = [element.name for element in elements]
        self._seats = list(zip(self._names, self._constants, strict=True))
        self._kinds = elements[1].codes or frozenset()
        self._fields = shape.fields
        self._keeps_kind = "entity_type" in shape.fields
        self._kind = next(iter(self._kinds)) if len(self._kinds) == 1 else ""
        self._person = [(at, name) for at, name in enumerate(self._names) if name and at >= _NAME]
        self._organization = [
            (_NAME, "organization"),
            *((at, name) for at, name in self._person if at > _NAME),
        ]

    def parse(self, elements: list[str], component: str) -> Parsed:
        """Tell persons from organizations, and NPIs from other identifiers."""
        del component
        values: Record = {}
        kind = elements[2] if len(elements) > _NAME else ""
        more = False
        if self._keeps_kind and kind:
            values["entity_type"] = kind
        elif kind not in self._kinds:
            more = kind != ""
        for index, text in enumerate(elements[_NAME + 1 :], _NAME):
            if not text:
                continue
            name, constant = self._seats[index] if index < len(self._seats) else ("", "")
            if index == _NAME and kind == "2":
                name = "organization"
            if name in self._fields:
                values[name] = Npi.parse(text) if name == "npi" else text
            elif text != constant:
                more = True
        return values, more

    def write(self, part: Any) -> Iterable[list[str]]:
        """Give the one NM1 of a party."""
        party = reach(part, self.path)
        is_person = getattr(party, "is_person", False)
        texts = [""] * len(self._names)
        texts[0] = self._constants[0]
        texts[1] = write_value(party.entity_type) if self._keeps_kind else self._kind or "21"[is_person]
        for at, name in self._person if is_person else self._organization:
            texts[at] = write_value(getattr(party, name, None))
        if not texts[_ID]:
            texts[_ID_TYPE] = ""
        elif not self._names[_ID_TYPE]:
            texts[_ID_TYPE] = self._constants[_ID_TYPE]
        return ([self.id, *trimmed(texts)],)


class ContactBinding(OwnBinding):
    """PER: up to three numbers, each after the qualifier that says what it is."""

    def __init__(self, segment: Segment, shape: Shape, path: tuple[str, ...]) -> None:
        self.id = segment.id
        self.path = path
        self._shape = shape.part(path[-1])
        function = segment.elements[0]
        self._function = "" if isinstance(function, Composite) else function.constant

    def parse(self, elements: list[str], component: str) -> Parsed:
        """Make a contact of the name and the numbers; of two numbers of a kind, the first is held."""
        del component
        values: Record = {"name": "".join(elements[2:3]) or None}
        more = any(elements[_AFTER_NUMBERS:])
        for qualifier, number in zip(
            elements[3:_AFTER_NUMBERS:2], elements[4:_AFTER_NUMBERS:2], strict=False
        ):
            if number:
                name = CONTACT_NUMBERS.get(qualifier)
                if name is None or name in values:
                    more = True
                else:
                    values[name] = number
        return self._shape.build(values), more

    def put(self, record: Record, values: Any) -> bool:
        """Add the contact to the tuple at the path."""
        holder(record, self.path[:-1]).setdefault(self.path[-1], []).append(values)
        return True

    def write(self, part: Any) -> Iterable[list[str]]:
        """Give a PER for each contact."""
        for contact in reach(part, self.path) or ():
            texts = [self._function, contact.name or ""]
            for qualifier, name in CONTACT_NUMBERS.items():
                if number := getattr(contact, name):
                    texts += [qualifier, number]
            yield [self.id, *trimmed(texts)]


class HealthCodesBinding(OwnBinding):
    """HI: a row of composites, each a qualifier with a code and what belongs to it."""

    def __init__(self, segment: Segment, shape: Shape, path: tuple[str, ...]) -> None:
        self.id = segment.id
        self.path = path
        self._field = shape.fields[path[-1]]
        self._rows = [
            e for e in segment.elements if isinstance(e, Composite) and e.usage is not Usage.NOT_USED
        ]
        self._shape = shape.part(path[-1]) if self._field.part else None
        self._plans = [Plan(row.elements, self._shape, 0) for row in self._rows] if self._shape else []
        self._allowed = [row.elements[0].codes or frozenset() for row in self._rows]
        self._qualifiers: dict[tuple[int, type], str] = {}

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

    def put(self, record: Record, values: Any) -> bool:
        """Add the codes to the tuple at the path, or set the one; False where another stands there."""
        where, name = holder(record, self.path[:-1]), self.path[-1]
        if self._field.many:
            where.setdefault(name, []).extend(values)
        elif name in where or len(values) != 1:
            return False
        else:
            where[name] = values[0]
        return True

    def write(self, part: Any) -> Iterable[list[str]]:
        """Give as many HI as the codes fill, each as full as may be."""
        value = reach(part, self.path)
        items = list((value or ()) if self._field.many else () if value is None else (value,))
        for start in range(0, len(items), len(self._rows)):
            row = items[start : start + len(self._rows)]
            yield [self.id, *(self._text(at, item) for at, item in enumerate(row))]

    def _item(self, at: int, texts: list[str], component: str) -> Parsed:
        at = min(at, len(self._rows) - 1)
        if self._shape is None:
            return self._code(texts), texts[0] not in self._allowed[at] or any(texts[2:])
        values: Record = {}
        more = self._plans[at].read(values, texts, component)
        if len(self._shape.fields["code"].codes) > 1:
            values["code"] = self._code(texts)
        return self._shape.build(values), more

    def _code(self, texts: list[str]) -> Any:
        code = texts[1] if len(texts) > 1 else ""
        kind = _CODES.get(texts[0])
        return kind.parse(code) if kind else self._field.read(code)

    def _text(self, at: int, item: Any) -> str:
        code = item.code if self._plans else item
        qualifier = self._qualifiers.get((at, type(code))) or self._qualifier(at, type(code))
        if not self._plans:
            return f"{qualifier}{COMPONENT}{write_value(code)}"
        return COMPONENT.join([qualifier, *self._plans[at].write(item)[1:]])

    def _qualifier(self, at: int, kind: type) -> str:
        """Choose the qualifier that names the set of a kind of code."""
        element = self._rows[at].elements[0]
        fitting = (q for q in sorted(element.codes or ()) if _CODES.get(q) is kind)
        found = self._qualifiers[at, kind] = next(fitting, element.constant)
        return found


class AdjustmentsBinding(OwnBinding):
    """CAS: a group code and up to six adjustments, each its reason, amount and quantity."""

    def __init__(self, segment: Segment, shape: Shape, path: tuple[str, ...]) -> None:
        self.id = segment.id
        self.path = path
        self._shape = shape.part(path[-1])

    def parse(self, elements: list[str], component: str) -> Parsed:
        """Make each adjustment an object with its group."""
        del component
        fields = self._shape.fields
        made = []
        for at in range(2, len(elements), _TRIPLET):
            named = zip(("reason", "amount", "quantity"), elements[at : at + _TRIPLET], strict=False)
            texts = {name: text for name, text in named if text}
            if texts:
                texts["group"] = elements[1]
                made.append(
                    self._shape.build({name: fields[name].read(text) for name, text in texts.items()})
                )
        return made, not made and any(elements[1:])

    def put(self, record: Record, values: Any) -> bool:
        """Add the adjustments to the tuple at the path."""
        holder(record, self.path[:-1]).setdefault(self.path[-1], []).extend(values)
        return True

    def write(self, part: Any) -> Iterable[list[str]]:
        """Give one CAS for each run of six or fewer adjustments of one group."""
        texts: list[str] = []
        for each in reach(part, self.path) or ():
            if texts and (texts[0] != each.group or len(texts) > _TRIPLET * _TRIPLETS):
                yield [self.id, *trimmed(texts)]
                texts = []
            texts = texts or [write_value(each.group)]
            texts += [write_value(each.reason), write_value(each.amount), write_value(each.quantity)]
        if texts:
            yield [self.id, *trimmed(texts)]


OWN: dict[str, type[OwnBinding]] = {
    "NM1": NameBinding,
    "PER": ContactBinding,
    "HI": HealthCodesBinding,
    "CAS": AdjustmentsBinding,
}
