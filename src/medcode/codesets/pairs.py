"""Pairs of codes with dated indicators, in a form that holds millions of them and loads at once.

A file is one line of JSON, the header, and three arrays of little-endian numbers: where the pairs of
each first code begin, their second codes, and the number of their history. Codes are numbers, in
sorted order; pairs are sorted; a look-up is one bisection. Nothing is unpacked on loading.

The header has what every table of the user's folder has, and the hash of all that follows it.
"""

from __future__ import annotations

import hashlib
import json
import sys
from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING, Any, NamedTuple

from medcode.codesets import store
from medcode.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from medcode.codesets.concept import Release

__all__ = ["Pair", "PairRow", "Pairs", "pack", "read", "unpack"]

ARRAYS = (("begin", "I"), ("second", "H"), ("history", "H"))
MOST_CODES = 1 << 16


class PairRow(NamedTuple):
    """A pair as a file lists it; days as YYYYMMDD, `deleted` None while in force."""

    first: str
    second: str
    indicator: str
    effective: int
    deleted: int | None


class Pair(NamedTuple):
    """What holds between two codes, and from which day to which, both included."""

    indicator: str
    effective: date
    deleted: date | None


def pack(header: Mapping[str, Any], rows: Iterable[PairRow]) -> bytes:
    """Write a file; `header` is as for `store.pack`, rows come in any order."""
    codes, histories, keys = _interned(rows)
    begin, second, history = array("I", [0]), array("H"), array("H")
    for key in keys:
        while len(begin) <= key >> 32:
            begin.append(len(second))
        second.append(key >> 16 & 0xFFFF)
        history.append(key & 0xFFFF)
    begin.extend([len(second)] * (len(codes) + 1 - len(begin)))
    payload = b"".join(_swapped(numbers).tobytes() for numbers in (begin, second, history))
    full = {**header, "format": store.FORMAT, "rows": len(keys), "codes": codes, "histories": histories}
    full["sha256"] = _digest(full, payload)
    return _line(full) + payload


def _interned(rows: Iterable[PairRow]) -> tuple[list[str], list[tuple[str, int, int | None]], list[int]]:
    """Return the codes, the histories, and each pair as one number made of three: sorted, without repeats."""
    codes: dict[str, int] = {}
    histories: dict[tuple[str, int, int | None], int] = {}
    pairs = array("Q")
    for first, second, indicator, effective, deleted in rows:
        one = codes.setdefault(first, len(codes))
        two = codes.setdefault(second, len(codes))
        history = histories.setdefault((indicator, effective, deleted), len(histories))
        pairs.append(one << 32 | two << 16 | history)
    if max(len(codes), len(histories)) > MOST_CODES:
        raise TableError("a table of pairs has too many codes or histories")
    ordered = sorted(codes)
    rank = array("Q", [0]) * len(codes)
    for place, code in enumerate(ordered):
        rank[codes[code]] = place
    keys = {rank[p >> 32] << 32 | rank[p >> 16 & 0xFFFF] << 16 | p & 0xFFFF for p in pairs}
    return ordered, list(histories), sorted(keys)


class Pairs:
    """A table of pairs in memory, as it lies in its file.

    `release` tells where it is from and the days it covers.
    """

    __slots__ = ("_arrays", "_codes", "_histories", "_numbers", "release")

    def __init__(self, header: Mapping[str, Any], payload: memoryview) -> None:
        self.release: Release = store.release_of(header, header["sha256"])
        self._codes: list[str] = header["codes"]
        self._numbers = {code: number for number, code in enumerate(self._codes)}
        self._histories = [
            Pair(indicator, store.day(start), None if end is None else store.day(end))
            for indicator, start, end in header["histories"]
        ]
        self._arrays = tuple(_cut(payload, len(self._codes) + 1, header["rows"]))

    def find(self, column_1: str, column_2: str, on: date) -> Pair | None:
        """Return what holds between two codes, in wire form and in this order, on a day."""
        return next((pair for pair in self.intervals(column_1, column_2) if _holds(pair, on)), None)

    def intervals(self, column_1: str, column_2: str) -> Iterator[Pair]:
        """Yield what ever held between two codes, in wire form and in this order."""
        first, second = self._numbers.get(column_1), self._numbers.get(column_2)
        if first is None or second is None:
            return
        begin, seconds, histories = self._arrays
        end = begin[first + 1]
        at = bisect_left(seconds, second, begin[first], end)
        while at < end and seconds[at] == second:
            yield self._histories[histories[at]]
            at += 1

    def seconds(self, column_1: str, on: date) -> Iterator[tuple[str, Pair]]:
        """Yield the codes paired with a first code on a day, sorted."""
        first = self._numbers.get(column_1)
        if first is None:
            return
        begin, seconds, histories = self._arrays
        for at in range(begin[first], begin[first + 1]):
            if _holds(pair := self._histories[histories[at]], on):
                yield self._codes[seconds[at]], pair

    def __iter__(self) -> Iterator[tuple[str, str, Pair]]:
        """Yield all pairs, sorted."""
        begin, seconds, histories = self._arrays
        for first, code in enumerate(self._codes):
            for at in range(begin[first], begin[first + 1]):
                yield code, self._codes[seconds[at]], self._histories[histories[at]]

    def __len__(self) -> int:
        """Count the pairs, one for each of their intervals."""
        return self.release.rows

    def __repr__(self) -> str:
        """Name the release."""
        return f"<Pairs {self.release}>"


def unpack(data: bytes, name: str) -> Pairs:
    """Read a file; raise TableError, naming the table, for anything that is not whole and ours."""
    try:
        return _unpack(data)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise TableError(f"table {name} is damaged or of another format: {error}") from None


def _unpack(data: bytes) -> Pairs:
    end = data.index(b"\n") + 1
    header, payload = json.loads(data[:end]), memoryview(data)[end:]
    if header.pop("sha256") != (sha256 := _digest(header, payload)):
        raise ValueError("its hash does not fit its contents")
    return Pairs({**header, "sha256": sha256}, payload)


def read(path: Path) -> Pairs:
    """Read the file at a path."""
    return unpack(path.read_bytes(), path.name.removesuffix(store.SUFFIX))


def _cut(payload: memoryview, codes: int, rows: int) -> Iterator[memoryview | array[int]]:
    start = 0
    for (_, kind), length in zip(ARRAYS, (codes, rows, rows), strict=True):
        end = start + array(kind).itemsize * length
        yield _unswapped(payload[start:end], kind)
        start = end


def _holds(pair: Pair, day: date) -> bool:
    return pair.effective <= day and (pair.deleted is None or day <= pair.deleted)


def _swapped(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":  # pragma: no cover  # no such machine at hand
        numbers.byteswap()
    return numbers


def _unswapped(part: memoryview, kind: str) -> memoryview | array[int]:
    if sys.byteorder == "big":  # pragma: no cover  # no such machine at hand
        return _swapped(array(kind, part.tobytes()))
    return part.cast("I") if kind == "I" else part.cast("H")


def _line(header: Mapping[str, Any]) -> bytes:
    return json.dumps(header, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _digest(header: Mapping[str, Any], payload: bytes | memoryview) -> str:
    digest = hashlib.sha256(_line(header))
    digest.update(payload)
    return digest.hexdigest()
