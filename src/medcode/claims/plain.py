"""Claims from and to plain data: what TOML, JSON and dictionaries hold.

Fields bear the names of the model. Amounts and days are text or what TOML has for them; a code
of another set than its field expects names it, such as `icd9cm:034.0`. A wrong code, day or amount
is held as `Malformed`, to be found by the edits; what a file held that would be read as something else, such as a
ZIP code with its dash, is `{"as_sent": "12345-6789"}`; an unknown or missing field or a wrong type raises
`VisitError`, which names every such field at once and no value of any.

>>> from medcode.claims.model import Diagnosis
>>> to_plain(Diagnosis("e11.9")), to_plain(Diagnosis("E11.9", present_on_admission="Y"))
('E119', {'code': 'E119', 'present_on_admission': 'Y'})
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs

from medcode.claims import model
from medcode.claims.model.base import DateRange
from medcode.claims.model.fields import FieldType
from medcode.claims.model.spelling import field_hint
from medcode.claims.plain_types import AS_SENT, SHORT, fields_of, set_name, taken, words
from medcode.codesets.code import Malformed
from medcode.errors import VisitError
from medcode.numbers import amount_text
from medcode.toml_lines import line_of, lines_of, toml_table

if TYPE_CHECKING:
    from medcode.claims.model.claim import Claim

__all__ = [
    "KINDS",
    "Problem",
    "Reader",
    "claim_from",
    "from_json",
    "from_toml",
    "plain_table",
    "read",
    "to_json",
    "to_plain",
]

KINDS: Mapping[str, type[Claim]] = {
    "professional": model.ProfessionalClaim,
    "institutional": model.InstitutionalClaim,
    "dental": model.DentalClaim,
}
"""What `kind` may say, and the claim it names; without it the claim is the first of these."""

_HINT = 40  # characters of an unknown name that a message shows
_PYTHON = {bool: "true or false", int: "a whole number", Decimal: "a number", str: "text", list: "a list"}


@attrs.frozen
class Problem:
    """One field that is not right: its path, what is wrong, and its line where the data was TOML."""

    path: str
    message: str
    line: int | None = None

    def __str__(self) -> str:
        """Return the problem in one line."""
        return ": ".join(filter(None, (f"line {self.line}" if self.line else "", self.path, self.message)))


_TOO_LONG = Problem("", "a number in it is too long to be read")


def claim_from(data: Mapping[str, Any], cls: type[Claim] = model.Claim) -> Any:
    """Make a claim of plain data: of the class asked for, or the one that its field `kind` names.

    Raises VisitError with a problem for every field that is not right.
    """
    return read(data, lambda reader, table: reader.claim(table, "", cls))


How = Callable[["Reader", Any], Any]
"""What is to be made of the data."""


def read(data: Any, how: How, toml: str = "") -> Any:
    """Make something of plain data that was read of a TOML text, where one is given."""
    reader = Reader()
    made = how(reader, data)
    if problems := reader.problems:
        if toml:
            lines = lines_of(toml)
            problems = [attrs.evolve(each, line=line_of(each.path, lines)) for each in problems]
        raise VisitError(*sorted(problems, key=lambda problem: problem.line or 0))
    return made


def from_toml(text: str, how: How) -> Any:
    """Read TOML text; each problem has its line. Numbers are read exactly, none as a float."""
    try:
        data = toml_table(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise VisitError(Problem("", f"not valid TOML: {str(error).lower()}")) from None
    except (ValueError, ArithmeticError):
        raise VisitError(_TOO_LONG) from None
    return read(data, how, text)


def from_json(text: str, how: How) -> Any:
    """Read JSON text. Numbers are read exactly, none as a float."""
    try:
        data = json.loads(text, parse_float=Decimal, parse_constant=Decimal)
    except json.JSONDecodeError as error:
        message = f"not valid JSON: {error.msg.lower()}"
        raise VisitError(Problem("", message, error.lineno)) from None
    except RecursionError:
        raise VisitError(Problem("", "nested too deeply")) from None
    except (ValueError, ArithmeticError):
        raise VisitError(_TOO_LONG) from None
    return read(data, how)


class Reader:
    """Makes parts of plain data and gathers what is wrong with it."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def report(self, path: str, message: str) -> None:
        """Note that something is wrong."""
        self.problems.append(Problem(path, message))

    def claim(self, data: Any, path: str, cls: type[Claim] = model.Claim) -> Any:
        """Make a claim of a class; None where the data does not describe one."""
        if not isinstance(data, Mapping):
            return self.report(path, "must be a table")
        kinds = {kind: each for kind, each in KINDS.items() if issubclass(each, cls)}
        kind = data.get("kind", next(iter(kinds)))
        if not isinstance(kind, str) or kind not in kinds:
            return self.report(_at(path, "kind"), f"must be {' or '.join(kinds)}")
        return self.part(kinds[kind], {key: data[key] for key in data if key != "kind"}, path)

    def part(self, cls: type, data: Any, path: str) -> Any:
        """Make a part of a table, or of the one text that stands for it; None where it cannot be."""
        if cls in SHORT and isinstance(data, str):
            data = {SHORT[cls]: data}
        if not isinstance(data, Mapping):
            return self.report(path, f"must be a table ({cls.__name__}){_not(data)}")
        before = len(self.problems)
        fields = fields_of(cls)
        self._unknown(cls, fields, data, path)
        values = {
            name: self.field(fields[name], data[name], _at(path, name)) for name in fields if name in data
        }
        self._missing(cls, fields, data, path)
        if len(self.problems) > before:
            return None
        try:
            made: Any = cls(**values)
        except ValueError as error:  # values that do not go together, such as delimiters that are the same
            return self.report(path, str(error))
        sent = {name: values[name] for name in values if _is_as_sent(data[name])}
        return made.of_typed({**vars(made), **sent}) if sent else made

    def field(self, kind: FieldType, data: Any, path: str) -> Any:
        """Make the value of a field."""
        if data is None and kind.optional:
            return None
        if not kind.many:
            return self.one(kind, data, path)
        if not isinstance(data, (list, tuple)):
            return self.report(path, f"must be a list{_not(data)}: put it in [ ]")
        return tuple(self.one(kind, each, f"{path}[{number}]") for number, each in enumerate(data))

    def one(self, kind: FieldType, data: Any, path: str) -> Any:
        """Make one value."""
        if kind.part:
            return self.part(kind.part, data, path)
        if _is_as_sent(data) and (str in kind.scalars or kind.malformed):
            text = self.one(_TEXT, data[AS_SENT], _at(path, AS_SENT))
            return text if text is None or set(kind.scalars) == {str} else Malformed(text)
        if DateRange in kind.scalars and isinstance(data, Mapping):
            return self._span(data, path)
        if (fix := _fix(kind, data)) is not None:
            return self.report(path, f"must be {words(kind)}{_not(data)}{fix}")
        return self._scalar(kind, data, path)

    def _span(self, data: Mapping[str, Any], path: str) -> Any:
        day = FieldType(scalars=(date,), malformed=True)
        for name in sorted(data.keys() ^ {"start", "end"}):
            self.report(_at(path, name), "unknown field" if name in data else "missing")
        return tuple(self.one(day, data[name], _at(path, name)) for name in ("start", "end") if name in data)

    def _scalar(self, kind: FieldType, data: Any, path: str) -> Any:
        """Read a text whose field does not do so itself."""
        if kind.codes[1:]:
            return _of_set(kind, data)
        reads = next((r for s, r in _TEXTS.items() if s in kind.scalars and date not in kind.scalars), None)
        if not isinstance(data, str) or reads is None or str in kind.scalars:
            return data
        try:
            return reads(data)
        except ValueError:
            return Malformed(data) if kind.malformed else self.report(path, f"must be {words(kind)}")

    def _unknown(
        self, cls: type, fields: Mapping[str, FieldType], data: Mapping[str, Any], path: str
    ) -> None:
        for name in (name for name in data if name not in fields):
            hint = field_hint(str(name), fields, cls) or f" of {cls.__name__}"
            self.report(_at(path, str(name)[:_HINT]), f"unknown field{hint}")

    def _missing(
        self, cls: type, fields: Mapping[str, FieldType], data: Mapping[str, Any], path: str
    ) -> None:
        for field in attrs.fields(cls):
            if field.default is attrs.NOTHING and field.name not in data:
                self.report(_at(path, field.name), f"missing: {words(fields[field.name])} is required")


_TEXT = FieldType(scalars=(str,))
_TEXTS: Mapping[type, Callable[[str], Any]] = {
    datetime: datetime.fromisoformat,
    time: time.fromisoformat,
    int: int,
}


def _is_as_sent(data: Any) -> bool:
    return isinstance(data, Mapping) and data.keys() == {AS_SENT}


def _at(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _not(data: Any) -> str:
    said = next((words for python, words in _PYTHON.items() if isinstance(data, python)), "")
    return f", not {said}" if said else ""


def _fix(kind: FieldType, data: Any) -> str | None:
    """Return what to do about data of a wrong type, or an empty text; None if the type is right."""
    if isinstance(data, bool):
        return ': write "Y" or "N"' if str in kind.scalars else ""
    if isinstance(data, float) and Decimal in kind.scalars:
        return '; a float is not exact, so write it as text: "125.50"'
    if isinstance(data, datetime) and datetime not in kind.scalars:
        return "; leave out the time"
    if isinstance(data, Decimal) and not data.is_finite():
        return ""
    if isinstance(data, taken(kind)):
        return None
    return ": put it in quotes" if str in taken(kind) and isinstance(data, (int, Decimal, date)) else ""


def to_plain(value: Any) -> Any:
    """Turn a claim, or a part of one, into plain values that `claim_from` reads back as the same.

    Values equal to their default are left out; amounts, codes and days are text.
    """
    if isinstance(value, tuple):
        return [to_plain(each) for each in value]
    if attrs.has(type(value)):
        return _shortened(type(value), plain_table(value))
    if isinstance(value, str):
        return str(value)
    if isinstance(value, (date, time)):
        return value.isoformat()
    return amount_text(value) if isinstance(value, Decimal) else value


def to_json(value: Any) -> str:
    """Write a claim, or a part of one, as JSON text."""
    return json.dumps(to_plain(value), indent=2, ensure_ascii=False)


def plain_table(part: Any) -> dict[str, Any]:
    """Return one part as plain values by field, with those at their default left out."""
    cls: Any = type(part)
    fields = fields_of(cls)
    table: dict[str, Any] = {}
    table.update(("kind", name) for name, kind in KINDS.items() if kind is cls)
    for field in attrs.fields(cls):
        value = getattr(part, field.name)
        if field.name in fields and (field.default is attrs.NOTHING or value != field.default):
            table[field.name] = _as_sent(field, _plain(fields[field.name], value), value)
    return table


def _plain(kind: FieldType, value: Any) -> Any:
    return [_code(kind, each) for each in value] if isinstance(value, tuple) else _code(kind, value)


def _as_sent(field: attrs.Attribute[Any], plain: Any, value: Any) -> Any:
    """Mark a text that a file held and that the field would take for something else, such as a ZIP code with its dash."""
    if type(value) in {str, Malformed} and field.converter is not None:
        taken_for: Any = field.converter(plain)  # type: ignore[operator]  # none of the model's has the instance
        if type(taken_for) is not type(value) or taken_for != value:
            return {AS_SENT: plain}
    return plain


def _of_set(kind: FieldType, text: str) -> Any:
    """Read a code that names its set, such as `icd9cm:0340`; one that does not is left to its field."""
    name, _, code = text.partition(":")
    sets = {set_name(each): each for each in kind.codes}
    return sets[name].parse(code) if name in sets else text


def _code(kind: FieldType, value: Any) -> Any:
    """Write a code with the name of its set, where that is not the first that its field may hold."""
    if isinstance(value, Malformed) and {int, str} <= {
        *kind.scalars
    }:  # a pointer, which may be a code of the claim
        return {AS_SENT: str(value)}
    named = isinstance(value, kind.codes[1:]) and f"{set_name(type(value))}:{value}"
    return named or to_plain(value)


def _shortened(cls: type, table: dict[str, Any]) -> Any:
    """Return the one text that describes a part completely, if there is one."""
    if cls in SHORT and table.keys() == {SHORT[cls]} and not _is_as_sent(table[SHORT[cls]]):
        return table[SHORT[cls]]
    return table
