"""What all parts of a claim share: a quiet repr, `evolve`, and the conversion of typed values.

A part is frozen. What a caller passes is converted to the type of its field here and nowhere else. A text
that cannot be converted is kept as `Malformed`, so that a wrong claim can be held, checked and shown.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from functools import wraps
from itertools import compress
from operator import is_not
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias, TypeVar

import attrs

from medcode.claims.model.kinds import check
from medcode.codesets.base import Malformed
from medcode.discreet import discreet
from medcode.numbers import amount, decimal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

__all__ = [
    "ONE",
    "PHI",
    "Clock",
    "Date",
    "DateRange",
    "Day",
    "Moment",
    "Money",
    "Part",
    "all_of",
    "day",
    "helpful",
    "joined",
    "listed",
    "money",
    "optional_clock",
    "optional_day",
    "optional_moment",
    "optional_money",
    "optional_period",
    "part",
    "period",
    "texts",
]

P = TypeVar("P")

_NEW, _SET = object.__new__, object.__setattr__

PHI = {"phi": True}
"""Metadata of a field that identifies a person: its value never shows in a repr."""

QUIET = {"quiet": True}
"""Metadata of a field that identifies nobody by itself, but is about a person: not shown in a repr either."""

Money: TypeAlias = Decimal | Malformed
"""US dollars, or a quantity, exact; `Malformed` where the text is not a number."""

ONE = Decimal(1)

Day: TypeAlias = date | Malformed
"""A calendar day; `Malformed` where the text is not one."""


Moment: TypeAlias = datetime | date | Malformed
"""A day, or a day with its hour and minute where those are known."""

Clock: TypeAlias = time | Malformed
"""An hour and minute."""


if TYPE_CHECKING:
    from attrs import frozen as part  # what `part` is to a type checker
else:

    def part(cls: type | None = None, /, *, kw_only: bool = False) -> Any:
        """Make a class of the model: frozen, with a `__dict__`, and with the quiet repr of `Part`.

        Without slots an instance keeps only what is set and reads everything else off its class.
        """
        make = attrs.frozen(repr=False, slots=False, kw_only=kw_only)
        return (lambda cls: helpful(make(cls))) if cls is None else helpful(make(cls))


def helpful(cls: type[P]) -> type[P]:
    """Make the constructor of an attrs class say which field was meant or is missing, with its box on the paper form."""
    init = cls.__init__

    @wraps(init)
    def __init__(self: Any, *args: Any, **values: Any) -> None:  # noqa: N807  # it is the constructor
        try:
            init(self, *args, **values)
        except TypeError as error:
            from medcode.claims.model.spelling import wrong_call

            if explained := wrong_call(cls, args, values, error):
                raise TypeError(explained) from None
            raise

    cls.__init__ = __init__  # type: ignore[method-assign]  # attrs has just made the one that it replaces
    return cls


def _default(field: attrs.Attribute[Any]) -> Any:
    """Return the default of a field as its converter leaves it; NOTHING where there is no default."""
    if field.default is attrs.NOTHING or not callable(field.converter):
        return field.default
    return field.converter(field.default)


@part
class Part:
    """The base of every part of a claim.

    An instance keeps only the values that differ from the defaults; the defaults are attributes of its class.
    Most fields of most claims are never set, so a claim is quick to make and small to keep.
    """

    _defaults: ClassVar[tuple[Any, ...]]
    _settled: ClassVar[tuple[str, frozenset[str]]] = "", frozenset()
    """A field and its values with which there is nothing to settle where every value has its type."""

    @classmethod
    def __attrs_init_subclass__(cls) -> None:
        """Keep the defaults on the class."""
        defaults = {field.name: _default(field) for field in attrs.fields(cls)}
        cls._defaults = tuple(defaults.values())
        for name, default in defaults.items():
            if default is not attrs.NOTHING:
                setattr(cls, name, default)

    def __attrs_post_init__(self) -> None:
        """Refuse values of a wrong type, and drop values equal to the field's default."""
        values = self.__dict__
        changed = dict(compress(values.items(), map(is_not, values.values(), self._defaults)))
        check(type(self), changed)
        _SET(self, "__dict__", changed)
        self._settle()

    @classmethod
    def of_typed(cls, values: dict[str, Any]) -> Self:
        """Make a part of values that already have their types; every required field must be among them."""
        part = _NEW(cls)
        _SET(part, "__dict__", values)
        part._settle()  # noqa: SLF001  # it is of this class
        return part

    def _settle(self) -> None:
        """Adjust values that depend on one another; most parts have none."""

    def __repr__(self) -> str:
        """Show the fields that are set; identifying values show as `…`."""
        texts = []
        for field in attrs.fields(type(self)):
            value = getattr(self, field.name)
            if value != field.default:
                hides = field.metadata.get("phi") or field.metadata.get("quiet")
                texts.append(f"{field.name}={'…' if hides else _shown(value)}")
        return f"{type(self).__name__}({', '.join(texts)})"

    def _repr_pretty_(self, printer: Any, _cycle: object) -> None:
        """Show the same in notebooks and failing property tests, which would otherwise show every field."""
        printer.text(repr(self))

    def evolve(self, **changes: Any) -> Self:
        """Return a copy with `changes`. Raises TypeError for a field that does not exist."""
        return attrs.evolve(self, **changes)


def _shown(value: object) -> str:
    """Return the repr of a value; a text that does not look like a code only by its length and kind."""
    if isinstance(value, tuple):
        inside = ", ".join(map(_shown, value))
        return f"({inside},)" if len(value) == 1 else f"({inside})"
    if type(value) is str and discreet(value) != value and value not in _WORDS:
        return discreet(value)
    return repr(value)


_WORDS = frozenset({"professional", "institutional", "dental"})


def _range_day(value: date | str) -> date:
    """Convert an end of a span; what is no day stays as it is, to be refused with the name of its field."""
    given = day(value) if isinstance(value, str) else value
    return value if isinstance(given, Malformed) else given  # type: ignore[return-value]  # as it says


@part
class DateRange(Part):
    """A span of days, both ends included.

    >>> DateRange(date(2026, 1, 5), date(2026, 1, 7)).days
    3
    """

    start: date = attrs.field(converter=_range_day, metadata=PHI)
    end: date = attrs.field(converter=_range_day, metadata=PHI)

    @property
    def days(self) -> int:
        """How many days the span covers."""
        return (self.end - self.start).days + 1


Date: TypeAlias = date | DateRange | Malformed
"""A day or a span of days."""

_APART = re.compile(r"\(?\d+([ .()-]{1,2}\d+)*", re.ASCII)
_DAY = re.compile(r"(?P<y>\d{4})-?(?P<m>\d\d)-?(?P<d>\d\d)", re.ASCII)
_US_DAY = re.compile(r"(?P<m>\d\d?)/(?P<d>\d\d?)/(?P<y>\d{4})", re.ASCII)


def texts(values: Iterable[str]) -> tuple[str, ...]:
    """Return texts as a tuple, in order. Raises TypeError for a single text or for a list of anything else."""
    return all_of(str, values)


def listed(values: Iterable[str | None] | str) -> tuple[Any, ...]:
    """Return values as a tuple, in order; a single text is the only one.

    >>> listed("E11.9"), listed(["I10", None])
    (('E11.9',), ('I10', None))
    """
    return (values,) if isinstance(values, str) else tuple(values)


def all_of(kind: type[P], values: Iterable[P]) -> tuple[P, ...]:
    """Return values of one kind as a tuple, in order.

    Raises TypeError for a single text and for a value of another kind; the message names its type alone.
    """
    if isinstance(values, str):
        raise TypeError(f"expected a list of {kind.__name__}, not a single text")
    if not hasattr(values, "__iter__"):
        raise TypeError(f"expected a list of {kind.__name__}, not {type(values).__name__}")
    taken = tuple(values)
    for value in taken:
        if not isinstance(value, kind):
            raise TypeError(f"expected {kind.__name__}, not {type(value).__name__}")
    return taken


def joined(value: str | None, *forms: tuple[int, ...]) -> str | None:
    """Return a number that is written in parts of some lengths without what is between them.

    Anything else stays as it is, so that an edit can find it.

    >>> joined("12345-6789", (5, 4)), joined("(555) 555-0100", (3, 3, 4)), joined("123-456789", (5, 4))
    ('123456789', '5555550100', '123-456789')
    """
    if not isinstance(value, str):
        return value
    parts = tuple(map(len, re.findall(r"\d+", value)))
    return re.sub(r"\D", "", value) if parts in forms and _APART.fullmatch(value) else value


def money(value: Decimal | int | str) -> Money:
    """Convert an amount or quantity: a Decimal, an int or a plain decimal text, never a float.

    Anything but a number of at most 18 digits before and after its point is kept as `Malformed`.

    >>> money("125.50"), money(Decimal("1E+2")), money("1,000")
    (Decimal('125.50'), Decimal('100'), Malformed('1,000'))
    """
    if isinstance(value, Malformed):
        return value
    if isinstance(value, bool) or not isinstance(value, (Decimal, int, str)):
        raise TypeError(
            f"an amount must be a Decimal, an int or a text such as '125.50', not {type(value).__name__}"
        )
    if isinstance(value, str):
        read = decimal(value)
        return Malformed(value) if read is None else read
    number = amount(value)
    return Malformed(Decimal(value)) if number is None else number


def optional_money(value: Decimal | int | str | None) -> Money | None:
    """Convert an amount or None."""
    return None if value is None else money(value)


def day(value: date | str) -> Day:
    """Convert a day: a date, or a text such as `2026-01-05`, `20260105` or, month first, `1/5/2026`.

    >>> day("20260105"), day("01/05/2026"), day("2026-02-30")
    (datetime.date(2026, 1, 5), datetime.date(2026, 1, 5), Malformed(<10 characters>))
    """
    if type(value) is date or isinstance(value, Malformed):
        return value
    given: object = value
    if isinstance(given, datetime) or not isinstance(given, (date, str)):
        raise TypeError(f"a day must be a date or a text such as '2026-01-05', not {type(value).__name__}")
    if isinstance(value, date):
        return value
    match = _DAY.fullmatch(value) or _US_DAY.fullmatch(value)
    try:
        return date(*(int(match[part]) for part in "ymd")) if match else Malformed(value)
    except ValueError:
        return Malformed(value)


def optional_day(value: date | str | None) -> Day | None:
    """Convert a day or None."""
    return None if value is None else day(value)


def period(value: date | DateRange | tuple[date | str, date | str] | str) -> Date:
    """Convert a day or a span: a date, a DateRange, a pair of days, or `20260105-20260107`."""
    if isinstance(value, DateRange):
        return value
    if isinstance(value, tuple):
        start, end = (day(part) for part in value)
        if isinstance(start, Malformed) or isinstance(end, Malformed):
            return Malformed(f"{start}-{end}")
        return DateRange(start, end)
    if isinstance(value, str) and not isinstance(value, Malformed) and (ends := _SPAN.fullmatch(value)):
        span = period((ends[1], ends[2]))
        return Malformed(value) if isinstance(span, Malformed) else span
    return day(value)


def optional_period(value: date | DateRange | tuple[date | str, date | str] | str | None) -> Date | None:
    """Convert a day or a span or None."""
    return None if value is None else period(value)


def optional_moment(value: datetime | date | str | None) -> Moment | None:
    """Convert a day that may include a time: a date, a datetime, or a text such as `2026-01-05T14:30`.

    >>> optional_moment("202601051430")
    datetime.datetime(2026, 1, 5, 14, 30)
    """
    if value is None or isinstance(value, (datetime, Malformed)):
        return value
    if isinstance(value, str) and (match := _MOMENT.fullmatch(value)):
        on, at = day(match[1]), optional_clock(match[2])
        if isinstance(on, Malformed) or not isinstance(at, time):
            return Malformed(value)
        return datetime.combine(on, at)
    return day(value)


def optional_clock(value: time | str | None) -> Clock | None:
    """Convert a time of day: a time, or a text such as `14:30` or `1430`.

    >>> optional_clock("1430"), optional_clock("2575")
    (datetime.time(14, 30), Malformed('2575'))
    """
    if value is None or isinstance(value, (time, Malformed)):
        return value
    if not isinstance(value, str):
        raise TypeError(f"a time of day must be a time or a text such as '14:30', not {type(value).__name__}")
    match = _CLOCK.fullmatch(value)
    try:
        return time(int(match[1]), int(match[2])) if match else Malformed(value)
    except ValueError:
        return Malformed(value)


_CLOCK = re.compile(r"(\d\d):?(\d\d)", re.ASCII)
_MOMENT = re.compile(r"(\d{4}-?\d\d-?\d\d)[T ]?(\d\d:?\d\d)(?::00)?", re.ASCII)
_SPAN = re.compile(r"(\d{8})-(\d{8})", re.ASCII)
