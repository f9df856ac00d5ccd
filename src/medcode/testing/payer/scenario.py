"""What a payer in a box does: a scenario, as a table of TOML or as objects."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from medcode.numbers import amount
from medcode.toml_lines import toml_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["SCENARIOS", "Adjust", "Decide", "FileError", "Move", "Remit", "Respond", "Scenario"]

_T = TypeVar("_T")
REST = "rest"
_LARGEST = 10**9
"""As many dollars as no claim is about, in digits that an amount of X12 holds."""


def _each(cls: type[_T], tables: Iterable[Any]) -> tuple[_T, ...]:
    return tuple(each if isinstance(each, cls) else _made(cls, each) for each in tables)


def _made(cls: type[_T], table: Any) -> _T:
    """Make an object of a table. Raises ValueError, which names what is wrong with it."""
    fields = {each.alias: each for each in attrs.fields(cls)}  # type: ignore[arg-type]  # an attrs class
    if not isinstance(table, dict):
        raise ValueError(f"{cls.__name__} must be a table, not {shown(table)}")  # noqa: TRY004  # a wrong value of a file
    if unknown := sorted(table.keys() - fields.keys()):
        raise ValueError(f"{cls.__name__} has no {unknown[0]!r}; it has {', '.join(fields)}")
    for name, value in table.items():
        if (kind := _KINDS.get(str(fields[name].type))) and type(value) is not kind:
            raise ValueError(f"{name} must be {_WORDS[kind]}, not {shown(value)}")
    try:
        return cls(**table)
    except TypeError as error:
        raise ValueError(f"{cls.__name__}: {str(error).partition('() ')[2] or error}") from None


_KINDS: Mapping[str, type] = {"str": str, "str | None": str, "int": int, "bool": bool}
_WORDS: Mapping[type, str] = {str: "text", int: "a whole number", bool: "true or false"}
_STATUS = re.compile(r"\w{1,3}:\w{1,4}(:\w{1,3})?", re.ASCII)


def shown(value: object) -> str:
    """Return a value of a scenario as a message shows it: text and numbers by their beginning, others by their type."""
    if isinstance(value, str):
        return repr(value[:20])
    return str(value)[:20] if isinstance(value, (int, float, Decimal)) else type(value).__name__


def _number(value: object) -> Decimal | None:
    return amount(value) if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool) else None


def _exact(value: object) -> Decimal:
    """Return a number of TOML as an exact amount. Raises ValueError for anything else, and for one that no claim could hold."""
    found = _number(value)
    if found is None or abs(found) >= _LARGEST:
        raise ValueError(
            f"an amount must be a number of at most 9 digits before the point, not {shown(value)}"
        )
    return found


def _share(value: Any) -> Any:
    if value == REST or value is None:
        return value
    share = _number(value)
    if share is None or not 0 <= share <= 1:
        raise ValueError(f"a share must be between 0 and 1, or 'rest', not {shown(value)}")
    return share


def _amount(value: object) -> Decimal | None:
    return None if value is None else _exact(value)


def _between(low: int, high: int) -> Any:
    """Return a validator of whole numbers: a scenario of a stranger must not keep anybody busy for ever."""

    def check(_: object, field: attrs.Attribute[Any], value: Any) -> None:
        if not low <= value <= high:
            raise ValueError(f"{field.name} must be from {low} to {high:,}, not {shown(value)}")

    return check


_DAYS = _between(0, 3_650)


def _is_status(_: object, field: attrs.Attribute[Any], value: Any) -> None:
    for each in value if isinstance(value, tuple) else (value,):
        if each and not _STATUS.fullmatch(each):
            raise ValueError(f"{field.name} must be a status such as A7:562:85, not {shown(each)}")


def _texts(values: Any) -> tuple[str, ...]:
    if not isinstance(values, (list, tuple)) or not all(isinstance(each, str) for each in values):
        raise ValueError(f"a list of texts is required, not {shown(values)}")
    return tuple(values)


def _one_of(*allowed: Any) -> Any:
    def check(_: object, field: attrs.Attribute[Any], value: Any) -> None:
        if value not in allowed:
            raise ValueError(f"{field.name} must be {' or '.join(map(repr, allowed))}, not {shown(value)}")

    return check


@attrs.frozen(kw_only=True)
class Adjust:
    """An adjustment of some lines: a `share` of what is charged, all the `rest`, or an `amount` in US dollars."""

    group: str = attrs.field(validator=_one_of("CO", "OA", "PI", "PR"))
    reason: str
    share: Any = attrs.field(default=None, converter=_share)
    amount: Decimal | None = attrs.field(default=None, converter=_amount)
    lines: str = attrs.field(default="all", validator=_one_of("all", "first", "last", "others"))


def _adjusts(values: Iterable[Any]) -> tuple[Adjust, ...]:
    return _each(Adjust, values)


@attrs.frozen(kw_only=True)
class Decide:
    """What is decided about a claim; without adjustments it is paid in full.

    `status` is CLP02 (default: by the payer's place in line); `remarks` go on each line that has an adjustment; `split` makes so many payments of
    one claim; `bundle` pays later lines with the first; `forward` names the payer that the claim is forwarded
    to; `interest` is a share of what is paid.
    """

    adjust: tuple[Adjust, ...] = attrs.field(default=(), converter=_adjusts)
    status: str = ""
    remarks: tuple[str, ...] = attrs.field(default=(), converter=_texts)
    split: int = attrs.field(default=1, validator=_between(1, 1_000))
    bundle: bool = False
    forward: str = ""
    interest: Decimal = attrs.field(default=Decimal(0), converter=_share)


def _decides(values: Iterable[Any]) -> tuple[Decide, ...]:
    return _each(Decide, values)


@attrs.frozen(kw_only=True)
class Move:
    """Money that moves beside the claims (PLB): a positive amount lowers the payment."""

    reason: str
    amount: Decimal = attrs.field(converter=_exact)
    reference: str | None = None


def _moves(values: Iterable[Any]) -> tuple[Move, ...]:
    return _each(Move, values)


@attrs.frozen(kw_only=True)
class Remit:
    """A remittance, so many days after the claims were sent.

    Claims take the decisions of `pay` in turn. `reverse` first takes back what was decided before; `claims` are odd, even or all of them, as counted
    from 1. `carry` says how a negative balance is brought to zero and kept back from later
    remittances: WO as an overpayment that the payee owes, FB as a balance carried forward. `off` falsifies the total, and `times` sends
    the same remittance again.
    """

    pay: tuple[Decide, ...] = attrs.field(default=(), converter=_decides)
    day: int = attrs.field(default=14, validator=_DAYS)
    claims: str = attrs.field(default="all", validator=_one_of("all", "odd", "even"))
    reverse: bool = False
    provider: tuple[Move, ...] = attrs.field(default=(), converter=_moves)
    carry: str = attrs.field(default="FB", validator=_one_of("WO", "FB"))
    off: Decimal = attrs.field(default=Decimal(0), converter=_exact)
    times: int = attrs.field(default=1, validator=_between(1, 1_000))


@attrs.frozen(kw_only=True)
class Respond:
    """A 277CA, so many days after the claims were sent, by AY a clearinghouse or PR the payer.

    `accept` and `reject` are statuses such as A7:562:85. Of `every` so many claims the first is rejected, with one of the statuses in turn; with `judge`
    those in which medcode's edits find an error. `batch` refuses the whole batch.
    """

    by: str = attrs.field(default="PR", validator=_one_of("AY", "PR"))
    day: int = attrs.field(default=1, validator=_DAYS)
    accept: str = attrs.field(default="A2:20:PR", validator=_is_status)
    reject: tuple[str, ...] = attrs.field(default=(), converter=_texts, validator=_is_status)
    every: int = attrs.field(default=1, validator=_between(1, 1_000_000))
    judge: bool = False
    batch: str = attrs.field(default="", validator=_is_status)


def _responds(values: Iterable[Any]) -> tuple[Respond, ...]:
    return _each(Respond, values)


def _remits(values: Iterable[Any]) -> tuple[Remit, ...]:
    return _each(Remit, values)


@attrs.frozen(kw_only=True)
class FileError:
    """A field of the first claim for which the 999 refuses a transaction set, with its code (IK403)."""

    path: str
    code: str = "7"


def _file_answer(value: Any) -> bool | FileError:
    return value if isinstance(value, (bool, FileError)) else _made(FileError, value)


@attrs.frozen(kw_only=True)
class Scenario:
    r"""What a payer answers. What a scenario does not name is not answered.

    `ta1` is the code of the TA1, where 000 accepts; `x999` whether a 999 answers as medcode judges the file, or the error for which it refuses it; `x277ca` and `x835` the
    answers to the claims. `newest_first` delivers them in the wrong order.

    >>> Scenario.from_toml('summary = "paid"\nx835 = [{pay = [{}]}]').x835[0].day
    14
    """

    summary: str
    ta1: str = ""
    x999: bool | FileError = attrs.field(default=False, converter=_file_answer)
    x277ca: tuple[Respond, ...] = attrs.field(default=(), converter=_responds)
    x835: tuple[Remit, ...] = attrs.field(default=(), converter=_remits)
    newest_first: bool = False

    @classmethod
    def from_dict(cls, table: Mapping[str, Any]) -> Scenario:
        """Make a scenario of a table. Raises ValueError, which names what is wrong with it."""
        return _made(cls, dict(table))

    @classmethod
    def from_toml(cls, text: str) -> Scenario:
        """Make a scenario of TOML text. Raises ValueError, which names what is wrong with it."""
        return cls.from_dict(toml_table(text))


def _shipped() -> dict[str, Scenario]:
    text = files("medcode.testing.payer").joinpath("scenarios.toml").read_text(encoding="utf-8")
    return {name: Scenario.from_dict(table) for name, table in tomllib.loads(text).items()}


SCENARIOS: Mapping[str, Scenario] = _shipped()
"""The scenarios that medcode comes with, by name."""
