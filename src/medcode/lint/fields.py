"""The fields of a configuration: how the value of each is read and checked."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from medcode.codesets import CODE_SETS
from medcode.lint.choice import NO_CODES
from medcode.lint.rules import rules_named
from medcode.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["FIELDS", "Fault", "taken"]

Field = tuple[str, "Callable[[Any], Any]"]
"""The internal name of a field, and the parser of its value, which raises ValueError."""


class Fault(ValueError):  # noqa: N818  # what the field is
    """A field that cannot be used: its keys, outermost first, and why."""

    def __init__(self, keys: tuple[str, ...], why: str) -> None:
        super().__init__(f"{'.'.join(keys)}: {why}")
        self.keys = keys
        self.why = why


def taken(given: Mapping[str, Any], fields: Mapping[str, Field]) -> dict[str, Any]:
    """Parse each field; raise Fault for one that is unknown or wrong."""
    values = {}
    for name, value in given.items():
        if name not in fields:
            raise Fault((name,), f"unknown field{did_you_mean(name, fields)}")
        called, take = fields[name]
        try:
            values[called] = take(value)
        except Fault as fault:
            raise Fault((name, *fault.keys), fault.why) from None
        except ValueError as error:
            raise Fault((name,), str(error)) from None
    return values


def _of(kind: type, wanted: str) -> Callable[[Any], Any]:
    def take(value: Any) -> Any:
        if not isinstance(value, kind) or (isinstance(value, datetime) and kind is date):
            raise ValueError(f"must be {wanted}")
        return value

    return take


_text = _of(str, "text")
_day = _of(date, "a date without quotes, such as 2026-01-05")
_table = _of(dict, "a table")


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValueError("must be a list of texts")
    return tuple(value)


def _set(value: Any) -> str:
    name: str = _text(value)
    if name not in CODE_SETS:
        raise ValueError(f"unknown code set {name!r}{did_you_mean(name, CODE_SETS)}")
    return name


def _rules(value: Any) -> frozenset[str]:
    return rules_named(_texts(value))


def _encoding(value: Any) -> str:
    name: str = _text(value)
    try:
        plain = "".encode(name) == b""
    except LookupError:
        plain = False
    if not plain:
        raise ValueError(f"cannot write the encoding {name!r}")
    return name


def _columns(value: Any) -> dict[str, str | None]:
    fields = {
        name: (name.lower(), lambda given: None if given is False else _set(given)) for name in _table(value)
    }
    return taken(value, fields)


def _files(value: Any) -> dict[str, dict[str, Any]]:
    return taken(value, {glob: (glob, _file) for glob in _table(value)})


def _file(value: Any) -> dict[str, Any]:
    return {"code_set": _set_or_none(value)} if isinstance(value, str) else taken(_table(value), _FILE)


def _set_or_none(value: Any) -> str:
    return NO_CODES if value == NO_CODES else _set(value)


_FILE: dict[str, Field] = {
    "set": ("code_set", _set_or_none),
    "on": ("on", _day),
    "ignore": ("ignore", _rules),
}

FIELDS: dict[str, Field] = {
    **_FILE,
    "exclude": ("exclude", _texts),
    "encoding": ("encoding", _encoding),
    "baseline": ("baseline", _text),
    "lock": ("lock", _text),
    "columns": ("columns", _columns),
    "files": ("files", _files),
}
