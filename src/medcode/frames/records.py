"""Rows of tables back into records: nothing of them is lost on the way."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from medcode.claims.model.base import Part
from medcode.claims.plain_types import fields_of
from medcode.claims.x12.text.envelope import Envelope
from medcode.frames.cells import codec_of, unparsed
from medcode.frames.layout import (
    RECORDS,
    TABLES,
    UNPARSED,
    below,
    children_of,
    column_name,
    columns_of,
    kinds,
    table_of,
)
from medcode.frames.tables import checked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from medcode.claims.model.claim import Claim
    from medcode.claims.remittance import Remittance
    from medcode.frames.layout import Child, Table
    from medcode.frames.tables import Tables

__all__ = [
    "dated_claims",
    "placed_records",
    "placed_sets",
    "to_claims",
    "to_envelopes",
    "to_records",
    "to_remittances",
]

Row = dict[str, Any]


def to_claims(tables: Tables) -> Iterator[Claim]:
    """Yield the claims of tables, in the order of the table of claims.

    The tables are those of `read_x12`, from whatever library holds them now; those of an answer are not
    needed. Raises KeyError for a table that is missing, ValueError for a column that is missing and
    TypeError for one of another type; before the first claim. Raises ValueError for tables in which a claim is twice,
    as where files of the same name were put together.

    >>> from medcode import frames
    >>> list(to_claims(frames.read_x12([])))
    []
    """
    return _of("claims", tables)


def dated_claims(tables: Tables) -> Iterator[DatedClaim]:
    """Yield each claim with its file and number, and the day on which its set was made, where tables know it."""
    needed = [*below("claims"), *(["transactions"] if "transactions" in tables else [])]
    found = {name: _rows(table) for name, table in checked(tables, needed).items()}
    made_on = {
        (row.get("file"), row["transaction"]): row.get("made_on") for row in found.get("transactions", ())
    }
    claims = _records(TABLES["claims"], {name: found[name] for name in below("claims")})
    for row, claim in zip(found["claims"], claims, strict=True):
        file = row.get("file")
        yield DatedClaim(file, row["claim"], made_on.get((file, row.get("transaction"))), claim)


class DatedClaim(NamedTuple):
    """A claim, its file and number in it, and the day on which it was sent, if that is known."""

    file: str | None
    number: int
    made_on: date | None
    claim: Claim


def to_records(tables: Tables) -> Iterator[Part]:
    """Yield the claims, then the remittances, then the statuses of tables, as `to_claims` does."""
    for name in RECORDS:
        yield from _of(name, tables)


def to_remittances(tables: Tables) -> Iterator[Remittance]:
    """Yield the remittances of tables, as `to_claims` does claims."""
    return _of("remittances", tables)


def to_envelopes(tables: Tables) -> dict[tuple[str, int], Envelope]:
    """Return the envelope of each transaction set, by file and number, with which its claims are written as they came.

    A set whose envelope is not whole has none. Raises as `to_claims` does.
    """
    return {place: envelope for place, _, envelope in placed_sets(tables) if envelope}


def placed_sets(tables: Tables) -> Iterator[tuple[tuple[str, int], Row, Envelope | None]]:
    """Yield the file and number of each transaction set, its row, and its envelope, if that is whole."""
    table = TABLES["transactions"]
    for row in _rows(checked(tables, [table.name])[table.name]):
        envelope = _part(Envelope, row, table, {}) if "control_number" in row else None
        yield (row.get("file", ""), row["transaction"]), row, envelope


def placed_records(name: str, tables: Tables) -> Iterator[tuple[tuple[Any, Any], Part]]:
    """Yield the file and the number of the set of each record, and the record."""
    needed = below(name)
    found = {each: _rows(table) for each, table in checked(tables, needed).items()}
    for row, record in zip(found[name], _records(TABLES[name], found), strict=True):
        yield (row.get("file"), row.get("transaction")), record


def _of(name: str, tables: Tables) -> Iterator[Any]:
    needed = below(name)
    found = checked(tables, needed)
    return _records(TABLES[name], {each: _rows(found[each]) for each in needed})


def _rows(table: Any) -> list[Row]:
    """Return the rows as dicts without their nulls, columns that are all null left out first."""
    set_columns = [name for name in table.column_names if table.column(name).null_count < table.num_rows]
    return [
        {name: value for name, value in row.items() if value is not None}
        for row in table.select(set_columns).to_pylist()
    ]


def _records(table: Table, rows: Mapping[str, list[Row]]) -> Iterator[Any]:
    made: dict[str, dict[tuple[Any, ...], list[Row]]] = {}
    for name, found in rows.items():
        above = TABLES[name].keys[:-1]
        by_key = made.setdefault(name, {})
        for row in found:
            by_key.setdefault((row.get("file"), *[row.get(key) for key in above]), []).append(row)
    keys = [(row.get("file"), row[table.key]) for row in rows[table.name]]
    if len(set(keys)) < len(keys):
        raise ValueError(f"{table.name} has several rows of the same file and {table.key}")
    words = kinds(table)
    for row in rows[table.name]:
        cls = words.get(row.get("kind", "")) if len(words) > 1 else table.classes[0]
        if cls is None:
            raise ValueError(f"{table.name}.kind must be {', '.join(words)}")
        yield _part(cls, row, table, made)


def _part(cls: type, row: Row, table: Table, rows: Mapping[str, Any]) -> Any:
    """Make the part of a row, with the parts of the rows below it."""
    texts = dict(row.get(UNPARSED, ()))
    children: dict[tuple[str, ...], Any] = {}
    keys = {"file": row.get("file"), **{key: row.get(key) for key in table.keys}}
    for child in children_of(cls):
        at = (keys["file"], *[keys.get(key) for key in child.table.keys[:-1]])
        found = [
            each for each in rows[child.table.name].get(at, ()) if each.get("role", child.role) == child.role
        ]
        if found:
            found.sort(key=lambda each: each[child.table.key])
            children[child.path] = _values(child, found, rows)
    return _made(cls, row, texts, "", children)


def _values(child: Child, found: list[Row], rows: Mapping[str, Any]) -> Any:
    cls = child.kind.part
    if cls is None:
        values = [_code(child, row) for row in found]
    else:
        values = [_part(cls, row, child.table, rows) for row in found]
    return tuple(values) if child.kind.many else values[0]


def _code(child: Child, row: Row) -> Any:
    code = fields_of(child.table.classes[0])["code"]
    texts = dict(row.get(UNPARSED, ()))
    return unparsed(texts["code"]) if "code" in texts else codec_of(code).decode(row, "code")


def _made(
    cls: type, row: Row, texts: Mapping[str, str], prefix: str, children: Mapping[tuple[str, ...], Any]
) -> Any:
    """Make a part of the columns that begin with a prefix, and of the children by their paths."""
    values: dict[str, Any] = {}
    for name, make in _makers(cls, prefix):
        value = make(row, texts, _below(children, name))
        if value is not None:
            values[name] = value
    for name, empty in _empty(cls):
        values.setdefault(name, empty)
    defaults = _defaults(cls)
    if not issubclass(cls, Part):
        return cls(**values)
    set_values = {
        name: value
        for name, value in values.items()
        if value != defaults.get(name) or not hasattr(cls, name)  # what has no default is always set
    }
    return Part.of_typed.__func__(cls, set_values)  # type: ignore[attr-defined]  # of a claim, without looking at its total


def _below(children: Mapping[tuple[str, ...], Any], name: str) -> Mapping[tuple[str, ...], Any]:
    if not children:
        return children
    return {path[1:]: value for path, value in children.items() if path[0] == name}


@cache
def _defaults(cls: type) -> Mapping[str, Any]:
    """Return the defaults of fields that are more than nothing: set, they would be written with nothing that goes with them."""
    found = {name: getattr(cls, name, None) for name in fields_of(cls)}
    return {name: value for name, value in found.items() if value not in (None, ())}


@cache
def _empty(cls: type) -> tuple[tuple[str, Any], ...]:
    """Return what fields hold where their cells are null, of those with another default: what a claim needs is blank."""
    empty: dict[str, Any] = {name: () if kind.many else None for name, kind in fields_of(cls).items()}
    needed = {
        name: kind.part
        for name, kind in fields_of(cls).items()
        if kind.part and not kind.optional and not kind.many
    }
    empty |= {
        name: _made(part, {}, {}, "", {})
        for name, part in needed.items()
        if table_of(cls, fields_of(cls)[name])
    }
    return tuple((name, value) for name, value in empty.items() if getattr(cls, name, ...) != value)


@cache
def _makers(cls: type, prefix: str) -> tuple[tuple[str, Callable[..., Any]], ...]:
    """Return what makes the value of each field of its cells."""
    made: list[tuple[str, Callable[..., Any]]] = []
    for name, kind in fields_of(cls).items():
        column = prefix + column_name(cls, name)
        if table_of(cls, kind):
            make = _child
        elif kind.part and kind.many:
            make = _structs(kind.part, column)
        elif kind.part:
            make = _inner(kind.part, column, optional=kind.optional)
        elif kind.many:
            make = _several(codec_of(kind).decode, column)
        else:
            make = _cell(codec_of(kind).decode, column)
        made.append((name, make))
    return tuple(made)


def _child(_row: Row, _texts: Mapping[str, str], children: Mapping[tuple[str, ...], Any]) -> Any:
    return children.get(())


def _cell(decode: Callable[[Row, str], Any], column: str) -> Callable[..., Any]:
    def make(row: Row, texts: Mapping[str, str], _: object) -> Any:
        if texts and column in texts:
            return unparsed(texts[column])
        return decode(row, column)

    return make


def _several(decode: Callable[[Row, str], Any], column: str) -> Callable[..., Any]:
    def make(row: Row, texts: Mapping[str, str], _: object) -> Any:
        values = decode(row, column)
        if texts:
            kept = [texts.get(f"{column}[{at}]") for at in range(len(values))]
            values = tuple(
                [value if text is None else unparsed(text) for value, text in zip(values, kept, strict=True)]
            )
        return values

    return make


def _inner(cls: type, column: str, *, optional: bool) -> Callable[..., Any]:
    prefix = f"{column}_"
    columns = frozenset(each.name for each in columns_of(cls, prefix))

    def make(row: Row, texts: Mapping[str, str], children: Mapping[tuple[str, ...], Any]) -> Any:
        is_set = children or not columns.isdisjoint(row)
        if optional and not is_set and not any(each == column or each.startswith(prefix) for each in texts):
            return None
        return _made(cls, row, texts, prefix, children)

    return make


def _structs(cls: type, column: str) -> Callable[..., Any]:
    def make(row: Row, texts: Mapping[str, str], _: object) -> Any:
        found = []
        for at, struct in enumerate(row.get(column, ())):
            cells = {name: value for name, value in struct.items() if value is not None}
            around = f"{column}[{at}]."
            inner = {
                name.removeprefix(around): text for name, text in texts.items() if name.startswith(around)
            }
            found.append(_made(cls, cells, inner, "", {}))
        return tuple(found)

    return make
