"""Tables back into the text of their files: each set written with its own envelope, below the interchange and group it was in."""

from __future__ import annotations

from itertools import chain, groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from medcode.claims import x12
from medcode.claims.x12.text.lexer import BLANK
from medcode.claims.x12.text.spelling import as_sent
from medcode.frames.layout import RECORDS, TABLES
from medcode.frames.records import placed_records, placed_sets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.model.base import Part
    from medcode.claims.x12.text.envelope import Envelope
    from medcode.frames.tables import Tables

__all__ = ["to_texts"]


def to_texts(tables: Tables, *, check: bool = True) -> dict[str, str]:
    """Return the X12 text of each file of tables, as `x12.dumps` writes it; of a valid file, the text that it had.

    Sets of one interchange and group are written in one. Tables hold claims, remittances and statuses: sets of others, and
    interchanges and groups without any, are not written. Raises ValueError for a set whose envelope was not whole,
    `Rejected` as `x12.dumps` does where `check` is on, and for tables as `to_claims` does.

    >>> from medcode import frames
    >>> frames.to_texts(frames.read_x12([]))
    {}
    """
    records: dict[tuple[Any, Any], list[Part]] = {}
    for name in (each for each in RECORDS if each in tables):
        for place, record in placed_records(name, tables):
            records.setdefault(place, []).append(record)
    sets = [
        _written(row, envelope, records[place], check=check)
        for place, row, envelope in placed_sets(tables)
        if place in records
    ]
    sets.sort(key=lambda each: each.file)
    return {
        file: "".join(_interchanges(list(found))) for file, found in groupby(sets, lambda each: each.file)
    }


class _Written(NamedTuple):
    """A set that was written alone: its segments, and those around it, each with the white space before it."""

    file: str
    interchange: int
    group: int
    envelope: Envelope
    acknowledgments: list[str]
    isa: str
    gs: str
    body: list[str]
    ge: str
    iea: str
    end: str


def _written(row: dict[str, Any], envelope: Envelope | None, records: list[Part], *, check: bool) -> _Written:
    if envelope is None:
        raise ValueError(
            f"{TABLES['transactions'].name}: the envelope of set {row['transaction']} of a file is not whole"
        )
    text = x12.dumps(records, envelope, check=check)
    (isa, gs, *body, ge, iea), end = (
        text.split(envelope.delimiters.segment)[:-1],
        text.rpartition(envelope.delimiters.segment)[2],
    )
    around = row.get("interchange", 0), row.get("group", 0)
    return _Written(
        row["file"], *around, envelope, row.get("acknowledgments", []), isa, gs, body, ge, iea, end
    )


def _interchanges(sets: list[_Written]) -> Iterator[str]:
    for _, found in groupby(sets, lambda each: each.interchange):
        groups = [list(each) for _, each in groupby(found, lambda each: each.group)]
        first = groups[0][0]
        segments = [
            first.isa,
            *first.acknowledgments,
            *chain.from_iterable(_group(each) for each in groups),
            _counted(first.iea, len(groups), first.envelope),
        ]
        yield first.envelope.delimiters.segment.join([*segments, groups[-1][-1].end])


def _group(sets: list[_Written]) -> Iterator[str]:
    yield sets[0].gs
    yield from chain.from_iterable(each.body for each in sets)
    opening = f"ST{sets[0].envelope.delimiters.element}"
    count = sum(segment.lstrip(BLANK).startswith(opening) for each in sets for segment in each.body)
    yield _counted(sets[-1].ge, count, sets[0].envelope)


def _counted(trailer: str, count: int, envelope: Envelope) -> str:
    """Return a segment that ends a group or an interchange with the number of what is in it."""
    id_, _, *rest = trailer.split(envelope.delimiters.element)
    elements = [id_.strip(BLANK), str(count), *rest]
    blanks = id_[: len(id_) - len(id_.lstrip(BLANK))]
    return blanks + envelope.delimiters.element.join(as_sent(elements, envelope.spelled.get(elements[0], {})))
