"""How a value of the model is held by columns: a day or span of days by two, an amount by one.

What is not of the type of its column (text that is no amount or day, a number with more digits than
fit) is not lost: the cell is null, and the row keeps the text under the name of the column.

>>> from medcode.claims.model.fields import FieldType
>>> [cell.suffix + ": " + str(cell.type) for cell in cells_of(FieldType(scalars=(date, DateRange)))]
[': date32[day]', '_end: date32[day]']
"""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

import attrs
import pyarrow as pa

from medcode.claims.model.base import DateRange
from medcode.claims.plain_types import set_name
from medcode.codesets.code import Malformed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from medcode.claims.model.fields import FieldType
    from medcode.codesets.code import Code

__all__ = ["DECIMAL", "Cell", "Codec", "cells_of", "codec_of", "unparsed"]

DECIMAL = pa.decimal128(24, 6)
"""The type of amounts and quantities: the 18 digits that X12 allows, and six decimals."""

_INT = pa.int64()
_LIMIT, _STEP = Decimal(10) ** 18, Decimal("0.000001")
_INT_LIMIT = 2**63


@attrs.frozen
class Cell:
    """A column of a field: what its name ends in, its type, and what it adds to the meaning."""

    suffix: str
    type: pa.DataType
    meaning: str = ""


class Sink(Protocol):
    """What takes the cells of a row: a table, or a struct in one."""

    def put(self, name: str, value: Any) -> None:
        """Set a cell."""

    def keep(self, name: str, text: str) -> None:
        """Keep the text of a value that is not of the type of its column."""


@attrs.frozen
class Codec:
    """How values of one kind become cells, and cells become values."""

    cells: tuple[Cell, ...]
    encode: Callable[[Sink, str, Any], None]
    decode: Callable[[Mapping[str, Any], str], Any]


def _text(sink: Sink, name: str, value: Any) -> None:
    sink.put(name, value)
    if type(value) is Malformed:
        sink.keep(name, value)


def _same(row: Mapping[str, Any], name: str) -> Any:
    return row.get(name)


def _number(sink: Sink, name: str, value: Any) -> None:
    if isinstance(value, Decimal) and _fits(value):
        sink.put(name, value)
    else:
        sink.keep(name, _kept(value))


def _kept(value: Any) -> str:
    """Return the text that is kept of a value; a decimal has a point, an integer none."""
    if isinstance(value, Decimal):
        digits = f"{value:f}"
        return _BEYOND + (digits if "." in digits else f"{digits}.0")
    return f"{_BEYOND}{value}" if isinstance(value, int) else str(value)


def _decimal(row: Mapping[str, Any], name: str) -> Any:
    value = row.get(name)
    if value is None:
        return None
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


def unparsed(text: str) -> Any:
    """Return what a kept text stands for: a number with more digits than its column, else malformed text.

    >>> unparsed("number: 12345678901234567890.5"), unparsed("1,000")
    (Decimal('12345678901234567890.5'), Malformed('1,000'))
    """
    digits = text.removeprefix(_BEYOND)
    if digits == text:
        return Malformed(text)
    return Decimal(digits) if "." in digits else int(digits)


_BEYOND = "number: "
"""What a number that its column cannot hold begins with among the texts that are kept."""


def _fits(value: Decimal) -> bool:
    return -_LIMIT < value < _LIMIT and value == value.quantize(_STEP)


def _integer(sink: Sink, name: str, value: Any) -> None:
    if isinstance(value, int) and -_INT_LIMIT <= value < _INT_LIMIT:
        sink.put(name, value)
    else:
        sink.keep(name, _kept(value))


def _day(sink: Sink, name: str, value: Any) -> None:
    if isinstance(value, DateRange):
        sink.put(name, value.start)
        sink.put(name + _END, value.end)
    elif isinstance(value, str):
        sink.keep(name, value)
    else:
        sink.put(name, value)


def _span(row: Mapping[str, Any], name: str) -> Any:
    start: Any = row.get(name)
    end = row.get(name + _END)
    return start if end is None else DateRange(start, end)


def _moment(sink: Sink, name: str, value: Any) -> None:
    if isinstance(value, datetime):
        sink.put(name, value.date())
        sink.put(name + _TIME, value.time())
    else:
        _day(sink, name, value)


def _joined(row: Mapping[str, Any], name: str) -> Any:
    on: Any = row.get(name)
    at = row.get(name + _TIME)
    return on if at is None else datetime.combine(on, at)


_END, _TIME, _SET = "_end", "_time", "_set"
_DATE = pa.date32()
_SCALARS: Mapping[type, Codec] = {
    str: Codec((Cell("", pa.string()),), _text, _same),
    Decimal: Codec((Cell("", DECIMAL),), _number, _decimal),
    int: Codec((Cell("", _INT),), _integer, _same),
    date: Codec((Cell("", _DATE),), _day, _same),
    DateRange: Codec(
        (Cell("", _DATE), Cell(_END, _DATE, "; the last day of a span, null where it is one day")),
        _day,
        _span,
    ),
    datetime: Codec(
        (Cell("", _DATE), Cell(_TIME, pa.time64("us"), "; the time of that day, if known")), _moment, _joined
    ),
    time: Codec((Cell("", pa.time64("us")),), _day, _same),
}
_ORDER = (DateRange, datetime, date, time, Decimal, int, str)
"""The types that decide how a field is held, the wider ones first."""


@cache
def codec_of(kind: FieldType) -> Codec:
    """Return how the values of a field that holds no part are held."""
    if kind.many:
        return _several(codec_of(attrs.evolve(kind, many=False)))
    if len(kind.codes) > 1:
        return _coded(kind.codes)
    if kind.codes and str not in kind.scalars:
        return attrs.evolve(_SCALARS[str], decode=_trusted(kind.codes[0]))
    return next(_SCALARS[each] for each in _ORDER if each in kind.scalars)


def cells_of(kind: FieldType) -> tuple[Cell, ...]:
    """Return the columns that hold a field."""
    return codec_of(kind).cells


def _trusted(code: type[Code]) -> Callable[[Mapping[str, Any], str], Any]:
    def decode(row: Mapping[str, Any], name: str) -> Any:
        text = row.get(name)
        return None if text is None else code.trusted(text)

    return decode


def _coded(codes: tuple[type[Code], ...]) -> Codec:
    """Write codes of several sets: the code, and the name of its set."""
    names = {code: set_name(code) for code in codes}
    by_name = {name: code for code, name in names.items()}

    def encode(sink: Sink, name: str, value: Any) -> None:
        sink.put(name, value)
        if code_set := names.get(type(value)):
            sink.put(name + _SET, code_set)
        else:
            sink.keep(name, value)

    def decode(row: Mapping[str, Any], name: str) -> Any:
        text = row.get(name)
        if text is None:
            return None
        code = by_name.get(row.get(name + _SET) or names[codes[0]])
        if code is None:
            raise ValueError(f"{name}{_SET} must be {' or '.join(by_name)}")
        return code.trusted(text)

    meaning = f"; its code set: {', '.join(by_name)}"
    return Codec((Cell("", pa.string()), Cell(_SET, pa.string(), meaning)), encode, decode)


def _several(one: Codec) -> Codec:
    """Write several values as a list."""

    def encode(sink: Sink, name: str, value: Any) -> None:
        taken = _Taken(sink, name)
        for number, each in enumerate(value):
            taken.number = number
            taken.values.append(None)
            one.encode(taken, "", each)
        sink.put(name, taken.values)

    def decode(row: Mapping[str, Any], name: str) -> Any:
        return tuple([one.decode({"": each}, "") for each in row.get(name) or ()])

    return Codec((Cell("", pa.list_(one.cells[0].type)),), encode, decode)


class _Taken:
    """The values of a list as they are encoded one by one."""

    def __init__(self, sink: Sink, name: str) -> None:
        self.values: list[Any] = []
        self.number = 0
        self._sink = sink
        self._name = name

    def put(self, _: str, value: Any) -> None:
        """Set the last value."""
        self.values[-1] = value

    def keep(self, _: str, text: str) -> None:
        """Keep the text of the last value."""
        self._sink.keep(f"{self._name}[{self.number}]", text)
