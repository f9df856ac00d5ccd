"""Which tables X12 becomes, and the columns of each, read off the model.

A table holds the parts of some classes, one a row. What a part holds is a column each: the fields of
a part within it have its name before theirs (`subscriber_last_name`), several small parts are a list
of structs (`value_codes`), and parts that have a table of their own are rows there, with the keys of
the row above them. So every field of the model has one place, and a new one finds its own.

>>> [column.name for column in TABLES["adjustments"].columns][-5:]
['group', 'reason', 'amount', 'quantity', 'unparsed']
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING

import attrs
import pyarrow as pa

from medcode.claims import model
from medcode.claims.claim_status import ClaimStatus, InquiryStatus, LineStatus, Status
from medcode.claims.plain_types import fields_of
from medcode.claims.remittance import (
    ClaimPayment,
    PaymentGroup,
    ProviderAdjustment,
    Remittance,
    ServicePayment,
)
from medcode.claims.x12.text.envelope import Envelope
from medcode.codesets.icd10cm import Icd10Cm
from medcode.frames.cells import DECIMAL, cells_of
from medcode.frames.meanings import meaning_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from medcode.claims.model.fields import FieldType

__all__ = [
    "RECORDS",
    "TABLES",
    "UNPARSED",
    "Column",
    "Table",
    "below",
    "children_of",
    "column_name",
    "columns_of",
    "kinds",
    "table_of",
]

UNPARSED = "unparsed"
"""The column of texts that the typed columns of a row cannot hold."""


@attrs.frozen
class Column:
    """A column: its name, type and meaning, and whether it identifies a person."""

    name: str
    type: pa.DataType
    meaning: str
    phi: bool = False

    def field(self, *, phi: bool) -> pa.Field:
        """Return the column as Arrow has it; without `phi`, the structs of a list lose what identifies."""
        kind = self.type if phi else _quiet(self.type)
        return pa.field(self.name, kind, metadata={"meaning": self.meaning, "phi": str(self.phi).lower()})


def _quiet(kind: pa.DataType) -> pa.DataType:
    """Return a type without the fields of its structs that are marked."""
    if not (pa.types.is_list(kind) and pa.types.is_struct(kind.value_type)):
        return kind
    inner = kind.value_type
    fields = [inner.field(at) for at in range(inner.num_fields)]
    return pa.list_(pa.struct([each for each in fields if (each.metadata or {}).get(b"phi") != b"true"]))


@attrs.frozen
class Table:
    """A table: its name, the classes of the parts that are its rows, and the key that numbers them.

    Rows without a key of their own are numbered by `number` within what holds them. With `codes`, a field
    of the model that holds bare codes of that set makes rows as well.
    """

    name: str
    classes: tuple[type, ...]
    key: str
    meaning: str
    codes: type | None = None

    @property
    def is_record(self) -> bool:
        """Whether its rows are records of a file, which are numbered from 1 in it."""
        return self.name in RECORDS

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of the rows above, and its own."""
        above = [key for key in _KEYS if any(key in parent for parent in _parents(self.name))]
        return (*above, self.key)

    @cached_property
    def has_role(self) -> bool:
        """Whether its rows are told apart by the field that holds them."""
        return len(_roles(self.name)) > 1

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns: the file, the keys, the role, the fields, and what could not be parsed."""
        found = {column.name: column for column in self._leading()}
        for cls in self.classes:
            for column in columns_of(cls, ""):
                found.setdefault(column.name, column)
        found[UNPARSED] = _UNPARSED
        return tuple(found.values())

    def _leading(self) -> Iterator[Column]:
        yield _FILE
        for key in self.keys:
            yield Column(key, pa.int64(), _KEYS[key])
        if self.is_record:
            yield Column("transaction", pa.int64(), _KEYS["transaction"])
        if self.name == "transactions":
            yield Column("guide", pa.string(), "the guide that it follows, as ST03 or GS08 names it")
            yield Column("made_on", pa.date32(), "the day it was made: BHT04, else GS04")
            for name in ("interchange", "group"):
                yield Column(name, pa.int64(), _KEYS[name])
            yield Column("acknowledgments", pa.list_(pa.string()), _TA1, phi=True)
        if self.has_role:
            roles = ", ".join(sorted(_roles(self.name)))
            yield Column("role", pa.string(), f"the field that holds it: {roles}")
        if len(self.classes) > 1 and self.is_record:
            yield Column("kind", pa.string(), f"one of {', '.join(kinds(self))}")
        if self.name == "claims":
            yield Column("total", DECIMAL, "the sum of the charges of the lines, in US dollars")

    def schema(self, *, phi: bool = True) -> pa.Schema:
        """Return the schema; each field has its meaning and its `phi` mark as metadata."""
        fields = [column.field(phi=phi) for column in self.columns if phi or not column.phi]
        return pa.schema(fields, metadata={"meaning": self.meaning})


def kinds(table: Table) -> Mapping[str, type]:
    """Return the classes of a table by the word that its column `kind` has for them."""
    return {cls.__name__.removesuffix(_SUFFIXES.get(table.name, "")).lower(): cls for cls in table.classes}


_SUFFIXES = {"claims": "Claim", "statuses": "Status"}

TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        Table("transactions", (Envelope,), "transaction",
              "a transaction set each, with what its envelope and header say"),
        Table("claims", (model.ProfessionalClaim, model.InstitutionalClaim, model.DentalClaim), "claim",
              "a claim each (837)"),
        Table("lines", (model.ProfessionalLine, model.InstitutionalLine, model.DentalLine), "line",
              "a line of a claim each"),
        Table("diagnoses", (model.Diagnosis,), "number", "a diagnosis of a claim each", Icd10Cm),
        Table("procedures", (model.InpatientProcedure,), "number", "a procedure of an inpatient claim each"),
        Table("providers", (model.Provider, model.ProviderIdentity), "number",
              "a provider each, of a claim, a line or another payer's decision"),
        Table("other_payers", (model.OtherPayer,), "other_payer",
              "another payer of a claim each, with what it decided"),
        Table("adjudications", (model.LineAdjudication,), "adjudication",
              "what another payer decided on a line of a claim"),
        Table("adjustments", (model.Adjustment,), "number",
              "an amount that was not paid each, with its reason: of another payer of a claim, of what it decided"
              " on a line, of a payment or of a line of one"),
        Table("remittances", (Remittance,), "remittance", "a payment of a payer to a payee each (835)"),
        Table("provider_adjustments", (ProviderAdjustment,), "number",
              "money of a remittance that moves beside the claims"),
        Table("payment_groups", (PaymentGroup,), "payment_group", "claims of a remittance that the payer keeps together"),
        Table("payments", (ClaimPayment,), "payment", "what was paid for a claim"),
        Table("payment_lines", (ServicePayment,), "line", "what was paid for a line of a claim"),
        Table("statuses", (ClaimStatus, InquiryStatus), "status",
              "what became of a claim before it was paid (277CA, 277)"),
        Table("status_lines", (LineStatus,), "line", "what became of a line of a claim"),
        Table("status_codes", (Status,), "number",
              "a category and code each: of a claim, a line, the batch or the provider"),
    )
}  # fmt: skip
"""The tables; a class of the model that is not named here is columns of the row that holds it."""

RECORDS = ("claims", "remittances", "statuses")
"""The tables of what X12 files are read into."""

_KEYS: Mapping[str, str] = {
    "claim": "the claim, counted from 1 in its file as reports count",
    "remittance": "the remittance, counted from 1 in its file",
    "status": "the answer about a claim, counted from 1 in its file",
    "transaction": "the transaction set, counted from 1 in its file",
    "interchange": "the interchange around it, counted from 1 in its file; null without one",
    "group": "the functional group around it, counted from 1 in its file; null without one",
    "payment_group": "the payment group, counted from 1 in its remittance",
    "payment": "the claim payment, counted from 1 in its group",
    "other_payer": "the other payer, counted from 1 in its claim",
    "line": "the line, counted from 1 in its claim, payment or status",
    "adjudication": "the decision on a line, counted from 1 in its line",
    "number": "counted from 1 in the field that holds it",
}
_TA1 = "the TA1 segments of its interchange, as they were written: they answer another one"
_FILE = Column("file", pa.string(), "the file it was read from")
_UNPARSED = Column(
    UNPARSED,
    pa.map_(pa.string(), pa.string()),
    "texts of the file that are not of the type of their column, by its name; such a number or day is null"
    " there; one with more digits than fit begins with `number:`. A part that was there without any value has its name and an empty text",
    phi=True,
)


@cache
def _by_class() -> Mapping[type, Table]:
    return {cls: table for table in TABLES.values() for cls in table.classes}


def table_of(cls: type, kind: FieldType) -> Table | None:
    """Return the table that has the values of a field of a class as its rows, if one has."""
    if kind.part:
        return _by_class().get(kind.part)
    return next(
        (each for each in TABLES.values() if each.codes in kind.codes and cls not in each.classes), None
    )


@attrs.frozen
class Child:
    """A field, perhaps of a part within, whose values are rows of another table."""

    path: tuple[str, ...]
    table: Table
    kind: FieldType

    @property
    def role(self) -> str:
        """What the rows have in the column `role`."""
        return "_".join(self.path)


_RENAMED: Mapping[tuple[type, str], str] = {(model.DentalClaim, "notes"): "dental_notes"}
"""Fields whose name means something of another type in another class of the same table."""


def column_name(cls: type, field: str) -> str:
    """Return the name of the column of a field, without what is before it."""
    return _RENAMED.get((cls, field), field)


@cache
def columns_of(cls: type, prefix: str, *, phi: bool = False) -> tuple[Column, ...]:
    """Return the columns of a class; each name begins with `prefix`."""
    found: list[Column] = []
    marks = {field.name: bool(field.metadata.get("phi")) for field in attrs.fields(cls)}
    for name, kind in fields_of(cls).items():
        if table_of(cls, kind):
            continue
        private = phi or marks[name]
        meaning = meaning_of(cls, name, prefix)
        column = prefix + column_name(cls, name)
        if kind.part and not kind.many:
            found += columns_of(kind.part, f"{column}_", phi=private)
        elif kind.part:
            inner = columns_of(kind.part, "", phi=private)
            struct = pa.struct([column.field(phi=True) for column in inner])
            every = all(each.phi for each in inner)  # then nothing of the list is left without it
            found.append(Column(column, pa.list_(struct), meaning, private or every))
        else:
            found += [
                Column(column + cell.suffix, cell.type, meaning + cell.meaning, private)
                for cell in cells_of(kind)
            ]
    return tuple(found)


@cache
def children_of(cls: type) -> tuple[Child, ...]:
    """Return the fields of a class, and of the parts that are columns of it, that are rows of other tables."""
    found: list[Child] = []
    for name, kind in fields_of(cls).items():
        if table := table_of(cls, kind):
            found.append(Child((name,), table, kind))
        elif kind.part and not kind.many:
            found += [attrs.evolve(each, path=(name, *each.path)) for each in children_of(kind.part)]
    return tuple(found)


def below(name: str) -> tuple[str, ...]:
    """Return the names of a table and of those that hold what is in its rows.

    >>> below("statuses")
    ('statuses', 'status_codes', 'status_lines')
    """
    names = [name]
    for each in names:
        for cls in TABLES[each].classes:
            names += [child.table.name for child in children_of(cls) if child.table.name not in names]
    return tuple(dict.fromkeys(names))


@cache
def _links() -> tuple[tuple[Table, Child], ...]:
    return tuple(
        (table, child) for table in TABLES.values() for cls in table.classes for child in children_of(cls)
    )


def _parents(name: str) -> list[tuple[str, ...]]:
    return [parent.keys for parent, child in _links() if child.table.name == name]


def _roles(name: str) -> set[str]:
    return {child.role for _, child in _links() if child.table.name == name}
