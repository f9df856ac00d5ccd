"""Rows of CMS's tables, each valid from one version of the editor to another, in a form that loads at once.

`pack` writes a table of keys, each with its intervals and values; `Rows` answers from the packed form
as it lies in memory. Values that many keys share are written once, as a profile, and made into an
object when first asked for.
"""

from __future__ import annotations

import sys
from array import array
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = ["Packed", "Row", "Rows", "pack"]

T = TypeVar("T")


class Row(NamedTuple):
    """One row as a source lists it: the key, the first and last version that it is valid in, its values."""

    key: str
    first: int
    last: int
    values: tuple[Any, ...] = ()


class Packed(NamedTuple):
    """A table made ready to be written: its profiles and its columns."""

    profiles: list[tuple[Any, ...]]
    rows: int
    keys: bytes
    begins: bytes
    firsts: bytes
    lasts: bytes
    numbers: bytes


def pack(rows: Iterable[Row]) -> Packed:
    """Pack rows; those of one key keep their order, for the first that is valid counts."""
    by_key: dict[str, list[Row]] = {}
    for row in rows:
        by_key.setdefault(row.key, []).append(row)
    profiles: dict[tuple[Any, ...], int] = {}
    begins, firsts, lasts, numbers = array("I", [0]), array("H"), array("H"), array("H")
    for own in by_key.values():
        for row in own:
            firsts.append(row.first)
            lasts.append(row.last)
            numbers.append(profiles.setdefault(row.values, len(profiles)))
        begins.append(len(firsts))
    columns = (_bytes(column) for column in (begins, firsts, lasts, numbers))
    return Packed(list(profiles), len(firsts), "\n".join(by_key).encode(), *columns)


class Rows(Generic[T]):
    """A table in memory: the object of a key in a version, or None.

    >>> table = Rows.of([Row("G0378", 76, 80, (1,)), Row("G0378", 81, 103, (2,))], tuple)
    >>> table.at("G0378", 81), table.at("G0378", 75)
    ((2,), None)
    """

    __slots__ = ("_begins", "_firsts", "_index", "_lasts", "_made", "_make", "_numbers", "_profiles")

    def __init__(self, packed: Packed, make: Callable[[Sequence[Any]], T]) -> None:
        keys = packed.keys.decode().split("\n") if packed.keys else []
        self._index = dict(zip(keys, range(len(keys)), strict=True))
        self._begins = _numbers("I", packed.begins)
        self._firsts = _numbers("H", packed.firsts)
        self._lasts = _numbers("H", packed.lasts)
        self._numbers = _numbers("H", packed.numbers)
        self._profiles = packed.profiles
        self._made: list[T | None] = [None] * len(packed.profiles)
        self._make = make

    def __iter__(self) -> Iterator[str]:
        """Yield the keys.

        >>> list(Rows.of([Row("G0378", 76, 80), Row("G0379", 76, 80)], tuple))
        ['G0378', 'G0379']
        """
        return iter(self._index)

    @classmethod
    def of(cls, rows: Iterable[Row], make: Callable[[Sequence[Any]], T]) -> Rows[T]:
        """Return the table of rows in plain form."""
        return cls(pack(rows), make)

    def at(self, key: str, version: int) -> T | None:
        """Return what a key means in a version."""
        place = self._index.get(key)
        if place is None:
            return None
        for row in range(self._begins[place], self._begins[place + 1]):
            if self._firsts[row] <= version <= self._lasts[row]:
                return self._object(self._numbers[row])
        return None

    def _object(self, number: int) -> T:
        made = self._made[number]
        if made is None:
            made = self._made[number] = self._make(self._profiles[number])
        return made

    def __len__(self) -> int:
        """Return how many rows the table has."""
        return len(self._numbers)


def _bytes(column: array[int]) -> bytes:
    if sys.byteorder == "big":  # pragma: no cover  # no such machine at hand
        column.byteswap()
    return column.tobytes()


def _numbers(kind: str, content: bytes) -> array[int]:
    column = array(kind, content)
    if sys.byteorder == "big":  # pragma: no cover  # as above
        column.byteswap()
    return column
