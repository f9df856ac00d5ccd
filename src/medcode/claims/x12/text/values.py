"""Between the text of an element and the value of the model: numbers, days, times.

A text that is not what its place asks for is held as `Malformed`, and written back as it came.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from medcode.claims.model.base import DateRange
from medcode.codesets.base import Code, Malformed
from medcode.memo import Memo
from medcode.numbers import decimal

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.claims.model.fields import FieldType

__all__ = [
    "COMPONENT",
    "MARK",
    "WRITERS",
    "date_format",
    "is_strange",
    "read_date",
    "read_decimal",
    "read_integer",
    "read_text",
    "reader",
    "write_date",
    "write_value",
]

COMPONENT = "\x81"
"""Stands for the component separator until a segment is written: a control that no character set uses."""

MARK = "\x8d"
"""Stands before a text that is `Malformed`, so that the writer can find and refuse it; such a control too."""

_SHORT = 18
"""No number of so few digits is too large or too fine."""

_LARGEST = 999_999_999
"""The largest whole number that an element of type N0 holds."""


def read_decimal(text: str) -> Decimal | Malformed:
    """Read a number of type R or N0; nothing but digits, one point and a minus sign."""
    if len(text) <= _SHORT and text.isascii() and text.replace(".", "", 1).isdigit():  # as nearly all are
        read = Decimal(text)
        if read:
            return read
    number = decimal(text)
    return Malformed(text) if number is None else number


def read_text(text: str) -> str:
    """Read a text, which is as it came."""
    return text


def reader(field: FieldType) -> Callable[[str], Any]:
    """Return what reads the text of a field that is no day or time: those are read by their form."""
    if Decimal in field.scalars:
        return read_decimal
    return read_integer if int in field.scalars else read_text


def read_integer(text: str) -> int | Malformed:
    """Read a whole number without sign, point or leading zero."""
    plain = text.isascii() and text.isdigit() and (text[0] != "0" or text == "0")
    return int(text) if plain and len(text) <= len(str(_LARGEST)) else Malformed(text)


def read_day(text: str) -> date | Malformed:
    """Read a day written CCYYMMDD."""
    if len(text) != len("CCYYMMDD") or not (
        text.isdigit() and text.isascii()
    ):  # a week or a dash is no form of X12
        return Malformed(text)
    try:
        return date.fromisoformat(text)
    except ValueError:
        return Malformed(text)


def _read_range(text: str) -> DateRange | Malformed:
    start, dash, end = text.partition("-")
    first, last = read_day(start), read_day(end)
    if not dash or isinstance(first, Malformed) or isinstance(last, Malformed):
        return Malformed(text)
    return DateRange(first, last)


def _read_time(text: str) -> time | Malformed:
    """Read HHMM, HHMMSS, or seconds with one or two decimals behind."""
    if not (text.isascii() and text.isdigit()) or len(text) not in {4, 6, 7, 8}:
        return Malformed(text)
    hours, minutes, seconds = (int(text[at : at + 2] or 0) for at in (0, 2, 4))
    try:
        return time(hours, minutes, seconds, int(text[6:].ljust(6, "0")))
    except ValueError:
        return Malformed(text)


def _read_moment(text: str) -> datetime | Malformed:
    """Read CCYYMMDDHHMM, which has no seconds."""
    if len(text) != len("CCYYMMDDHHMM"):
        return Malformed(text)
    on, at = read_day(text[:8]), _read_time(text[8:])
    if isinstance(on, Malformed) or isinstance(at, Malformed):
        return Malformed(text)
    return datetime.combine(on, at)


_READERS: dict[str, Callable[[str], Any]] = {
    "D8": read_day,
    "RD8": _read_range,
    "DT": _read_moment,
    "TM": _read_time,
}
_FORMS = frozenset({"", *_READERS})


def is_strange(form: str, value: object) -> bool:
    """Whether a value that was read in a form does not show that it had this form.

    >>> is_strange("D6", read_date("D6", "260105")), is_strange("D8", read_date("D8", "260105"))
    (True, False)
    """
    return type(value) is Malformed and form not in _FORMS


def read_date(form: str, text: str) -> Any:
    """Read a day, span, moment or time in the form its qualifier names (D8 RD8 DT TM).

    >>> read_date("RD8", "20260105-20260107").days
    3
    """
    reader = _READERS.get(form)
    return reader(text) if reader else Malformed(text)


def date_format(value: object) -> str:
    """Name the form a day, span, moment or time is written in."""
    if type(value) is date:
        return "D8"
    if isinstance(value, Malformed):
        return "RD8" if "-" in value else "DT" if len(value) > len("CCYYMMDD") else "D8"
    if isinstance(value, datetime):
        return "DT"
    return "RD8" if isinstance(value, DateRange) else "TM"


def _day(value: date) -> str:
    return date.isoformat(value).replace("-", "")


def _marked(value: Malformed) -> str:
    """Return a malformed text with its mark; one that is empty is missing, and nothing is written of it."""
    return MARK + value if value else ""


def write_date(value: Any) -> str:
    """Write a day, span, moment or time in its form; marked where the form has no room for its seconds or zone."""
    if type(value) is date:
        return value.isoformat().replace("-", "")
    if isinstance(value, Malformed):
        return _marked(value)
    if isinstance(value, datetime):
        text = f"{_day(value)}{value:%H%M}"
        return text if _read_moment(text) == value else f"{MARK}{value.isoformat()}"
    if isinstance(value, DateRange):
        return f"{_day(value.start)}-{_day(value.end)}"
    text = _time(value)
    return text if _read_time(text) == value else f"{MARK}{value.isoformat()}"


def _time(value: time) -> str:
    text = f"{value:%H%M%S}{value.microsecond // 10_000:02}".rstrip("0")
    return next(text.ljust(length, "0") for length in (4, 6, 7, 8) if len(text) <= length)


def write_decimal(value: Decimal) -> str:
    """Write a number as X12 does: no exponent, no zero that says nothing.

    >>> write_decimal(Decimal("100.00")), write_decimal(Decimal("0.50")), write_decimal(Decimal("0"))
    ('100', '.5', '0')
    """
    text = str(value)
    if text[-1] in "123456789" and text[0] in "123456789" and "E" not in text:
        return text  # as nearly all are
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if text.startswith(("0.", "-0.")):
        text = text.replace("0.", ".", 1)
    return "0" if text in {"", "-", "-0"} else text


def write_value(value: Any) -> str:
    """Write any value of the model as the text of an element."""
    return WRITERS[value.__class__](value)


def _write_nothing(_: None) -> str:
    return ""


def _write_integer(value: int) -> str:
    return str(value) if 0 <= value <= _LARGEST else f"{MARK}{value}"


def _writer(kind: type) -> Callable[[Any], str]:
    """Return what writes the values of a class."""
    if kind is type(None):
        return _write_nothing
    if issubclass(kind, str):
        return _marked if issubclass(kind, Malformed) else str.__str__ if issubclass(kind, Code) else str
    if issubclass(kind, Decimal):
        return write_decimal
    return _write_integer if issubclass(kind, int) else write_date


WRITERS: Memo[type, Callable[[Any], str]] = Memo(_writer, most=1_000)
"""What writes a value, by its class."""


def read_header_day(text: str) -> date | None:
    """Return the day of GS04, which has eight digits, or six in older files."""
    for form in ("%Y%m%d", "%y%m%d"):
        with suppress(ValueError):
            return datetime.strptime(text, form).date()  # noqa: DTZ007  # a day has no time zone
    return None
