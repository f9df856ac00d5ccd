"""Records of the model as rows of tables, gathered batch by batch.

Most fields of most records are not set, so only what is set is looked at: a column is a list that is
filled up with nulls when its next value comes, and one that none came for costs nothing.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import attrs
import pyarrow as pa

from medcode.claims.model.base import Part
from medcode.claims.model.claim import Claim
from medcode.claims.model.fields import FieldType
from medcode.claims.plain_types import fields_of
from medcode.frames.cells import codec_of
from medcode.frames.layout import TABLES, UNPARSED, column_name, kinds, table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from medcode.claims.x12.text.envelope import Envelope
    from medcode.frames.cells import Sink
    from medcode.frames.layout import Table

__all__ = ["Rows"]

Keys = dict[str, Any]
Children = list[tuple["Table", str, Any]]
"""Values that are rows of other tables: the table, the field that holds them, the values."""


class _Builder:
    """The rows of one table so far."""

    def __init__(self) -> None:
        self.height = 0
        self._columns: dict[str, list[Any]] = {}
        self._kept: list[tuple[str, str]] = []

    def begin(self, keys: Keys) -> None:
        """Begin a row."""
        self.height += 1
        for name, value in keys.items():
            self.put(name, value)

    def put(self, name: str, value: Any) -> None:
        """Set a cell of the row that was begun last."""
        column = self._columns.setdefault(name, [])
        if gap := self.height - 1 - len(column):
            column += [None] * gap
        column.append(value)

    def keep(self, name: str, text: str) -> None:
        """Keep the text of a value that is not of the type of its column."""
        self._kept.append((name, str(text)))

    def end(self) -> None:
        """End the row."""
        if self._kept:
            self.put(UNPARSED, self._kept)
            self._kept = []

    def take(self, schema: pa.Schema) -> pa.Table:
        """Return the rows as Arrow, and start anew."""
        arrays = []
        for field in schema:
            column = self._columns.get(field.name)
            if column is None:
                arrays.append(pa.nulls(self.height, field.type))
            else:
                column += [None] * (self.height - len(column))
                arrays.append(pa.array(column, field.type))
        self.height, self._columns = 0, {}
        return pa.Table.from_arrays(arrays, schema=schema)


class Rows:
    """Rows of every table, of one file; `size` counts those since the last `take`.

    `before` has how many records come before the first, by the keys of their tables.
    """

    def __init__(self, *, phi: bool = True, before: Mapping[str, int] | None = None) -> None:
        self.size = 0
        self._schemas = {name: table.schema(phi=phi) for name, table in TABLES.items()}
        self._builders = {name: _Builder() for name in TABLES}
        self._numbers = dict(before or {})

    def add(self, record: Part, file: str, **more: Any) -> bool:
        """Add a record and what is in it; return whether it is one of those that have tables."""
        table = _records().get(type(record))
        if table is None:
            return False
        number = self._numbers.get(table.key, 0) + 1
        self._numbers[table.key] = number
        self._row(table, record, {"file": file, table.key: number}, more)
        return True

    def add_transaction(self, file: str, number: int, envelope: Envelope | None, **more: Any) -> None:
        """Add a transaction set, and its envelope if that is whole."""
        keys = {"file": file, "transaction": number, **more}
        if envelope is None:
            self.size += 1
            self._builders["transactions"].begin(keys)
        else:
            self._row(TABLES["transactions"], envelope, keys, {})

    def take(self) -> dict[str, pa.Table]:
        """Return the rows since the last call as Arrow tables."""
        self.size = 0
        return {name: builder.take(self._schemas[name]) for name, builder in self._builders.items()}

    def _row(self, table: Table, part: Any, keys: Keys, more: Mapping[str, Any]) -> None:
        builder = self._builders[table.name]
        self.size += 1
        builder.begin({**keys, **more})
        children: Children = []
        if isinstance(part, str):
            codec_of(_code_field(table)).encode(builder, "code", part)
        else:
            if table.is_record and len(table.classes) > 1:
                builder.put("kind", _words(table)[type(part)])
            if isinstance(part, Claim):
                codec_of(_AMOUNT).encode(builder, "total", part.total)
            _encode(part, builder, "", children)
        builder.end()
        for below, role, values in children:
            told = {"role": role} if below.has_role else {}
            for number, each in enumerate(values if isinstance(values, tuple) else (values,), 1):
                self._row(below, each, {**keys, below.key: number}, told)


@cache
def _records() -> Mapping[type, Table]:
    return {cls: table for table in TABLES.values() if table.is_record for cls in table.classes}


@cache
def _words(table: Table) -> Mapping[type, str]:
    return {cls: word for word, cls in kinds(table).items()}


_AMOUNT = FieldType(scalars=(Decimal,))


def _code_field(table: Table) -> Any:
    return fields_of(table.classes[0])["code"]


def _encode(part: Any, sink: Sink, prefix: str, children: Children) -> None:
    """Write the cells of a part, and collect what is rows of other tables."""
    cls: type = type(part)
    actions, defaults = _plan(cls, prefix)
    values = vars(part) if isinstance(part, Part) else attrs.asdict(part, recurse=False)
    for name, value in values.items():
        if value is not None and value != ():
            actions[name](value, sink, children)
    for name, value in defaults:
        if name not in values:
            actions[name](value, sink, children)


@cache
def _plan(cls: type, prefix: str) -> tuple[dict[str, Any], list[tuple[str, Any]]]:
    """Return what to do with the value of each field, and the defaults that are more than nothing."""
    actions: dict[str, Any] = {}
    for name, kind in fields_of(cls).items():
        column = prefix + column_name(cls, name)
        if table := table_of(cls, kind):
            actions[name] = _child(table, column)
        elif kind.part and kind.many:
            actions[name] = _structs(column)
        elif kind.part:
            actions[name] = _inner(column, optional=kind.optional)
        else:
            actions[name] = _cell(codec_of(kind).encode, column)
    for field in attrs.fields(cls):
        actions.setdefault(field.name, _nothing)
    defaults = [
        (field.name, getattr(cls, field.name))
        for field in attrs.fields(cls)
        if getattr(cls, field.name, None) not in (None, ()) and actions[field.name] is not _nothing
    ]
    return actions, defaults


def _nothing(value: Any, sink: Sink, children: Children) -> None:
    """Leave out what is about the record, and no content of it."""


def _cell(encode: Callable[[Sink, str, Any], None], column: str) -> Any:
    def action(value: Any, sink: Sink, _: Children) -> None:
        encode(sink, column, value)

    return action


def _child(table: Table, role: str) -> Any:
    def action(value: Any, _: Sink, children: Children) -> None:
        children.append((table, role, value))

    return action


def _inner(column: str, *, optional: bool) -> Any:
    def action(value: Any, sink: Sink, children: Children) -> None:
        if optional and _is_bare(value):
            sink.keep(column, "")
        _encode(value, sink, f"{column}_", children)

    return action


def _is_bare(part: Any) -> bool:
    """Whether no field of a part holds anything, so that its cells do not show that it is there."""
    cls: type = type(part)
    return not _plan(cls, "")[1] and all(each in (None, ()) for each in vars(part).values())


def _structs(column: str) -> Any:
    def action(values: Any, sink: Sink, children: Children) -> None:
        found = []
        for number, value in enumerate(values):
            struct = _Struct(sink, f"{column}[{number}].")
            _encode(value, struct, "", children)
            found.append(struct.cells)
        sink.put(column, found)

    return action


class _Struct:
    """The cells of one struct of a list."""

    def __init__(self, sink: Sink, around: str) -> None:
        self.cells: dict[str, Any] = {}
        self._sink = sink
        self._around = around

    def put(self, name: str, value: Any) -> None:
        """Set a cell."""
        self.cells[name] = value

    def keep(self, name: str, text: str) -> None:
        """Keep the text of a value that is not of the type of its field."""
        self._sink.keep(self._around + name, text)
