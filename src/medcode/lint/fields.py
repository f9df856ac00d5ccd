"""The fields of a configuration: how the value of each is read and checked."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from medcode.codesets import CODE_SETS
from medcode.findings import Severity
from medcode.lint.choice import NO_CODES
from medcode.lint.rules import RULES, rules_named
from medcode.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["FIELDS", "Fault", "is_lint_rule", "taken"]

MOST = 1_000
"""Patterns of a kind that a configuration may have: each file, or each column, is compared with all of them."""

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


def _few(value: Any) -> Any:
    """Return patterns. Raises ValueError for more than are compared with each file."""
    if len(value) > MOST:
        raise ValueError(f"at most {MOST:,} are allowed; {len(value):,} are given")
    return value


def _patterns(value: Any) -> tuple[str, ...]:
    return _few(_texts(value))  # type: ignore[no-any-return]  # what it was given


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


def _any_rules(value: Any) -> tuple[str, ...]:
    """Parse names of rules of lint and of check. Raises ValueError for an unknown one."""
    names = _texts(value)
    for name in names:
        if not (is_lint_rule(name) or _is_checked(name)):
            raise ValueError(f"unknown rule {name!r}{did_you_mean(name, _rule_names())}")
    return names


def _rule_names() -> Iterator[str]:
    from medcode.claims.x12.validate.rules import RULES as STRUCTURE
    from medcode.edits import EDITS

    tables: tuple[Mapping[str, Any], ...] = (RULES, STRUCTURE, EDITS)
    for table in tables:
        for rule in table.values():
            yield from (rule.id, rule.name)


def is_lint_rule(name: str) -> bool:
    """Whether a name is that of a rule of lint, by id or name, or `all` of them."""
    return name.lower() in {
        "all",
        *(word.lower() for rule in RULES.values() for word in (rule.id, rule.name)),
    }


def _is_checked(name: str) -> bool:
    """Whether a name selects edits or rules of structure; they are only loaded for a name that is not lint's."""
    from medcode.claims.x12.validate.rules import RULES as STRUCTURE
    from medcode.edits import select

    if any(name.upper() in {rule.id, rule.name.upper(), rule.id[0]} for rule in STRUCTURE.values()):
        return True
    try:
        select(name)
    except ValueError:
        return False
    return True


def _profile(value: Any) -> str:
    from medcode.edits.profile import PROFILES

    name: str = _text(value)
    if name not in PROFILES:
        raise ValueError(f"unknown profile {name!r}{did_you_mean(name, PROFILES)}")
    return name


def _severities(value: Any) -> dict[str, Severity]:
    return taken(value, {name: (name, _severity) for name in _any_rules([*_table(value)])})


def _severity(value: Any) -> Severity:
    try:
        return Severity(value)
    except ValueError:
        raise ValueError(f"must be {' or '.join(map(str, Severity))}") from None


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
        name: (name.lower(), lambda given: None if given is False else _set(given))
        for name in _few(_table(value))
    }
    return taken(value, fields)


def _files(value: Any) -> dict[str, dict[str, Any]]:
    return taken(value, {glob: (glob, _file) for glob in _few(_table(value))})


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
    "ignore": ("ignore", _any_rules),
    "select": ("select", _any_rules),
    "severities": ("severities", _severities),
    "profile": ("profile", _profile),
    "tables": ("tables", _texts),
    "exclude": ("exclude", _patterns),
    "encoding": ("encoding", _encoding),
    "baseline": ("baseline", _text),
    "lock": ("lock", _text),
    "columns": ("columns", _columns),
    "files": ("files", _files),
}
