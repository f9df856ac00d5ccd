"""Histories as flat rows, for tables and for registries.

A row is one source of one event. A registry gets less: no row names a source, the patient is a
keyed pseudonym, and days become years.
"""

from __future__ import annotations

import hashlib
import hmac
import math
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from medcode.claims.model.diagnosis import Snodent
from medcode.claims.model.stay import AbcCode
from medcode.codesets import CODE_SETS
from medcode.codesets.base import Code
from medcode.history.event import KINDS, ROLES, CodedEvent, EventSource
from medcode.numbers import whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from medcode.history.event import EventKind, Person

__all__ = [
    "COLUMNS",
    "DateDetail",
    "day_in",
    "event_of",
    "pseudonym",
    "registry_rows",
    "rows_of",
    "text_in",
    "typed",
]

DateDetail: TypeAlias = Literal["year", "shifted"]

COLUMNS = (
    "patient",
    "birth_date",
    "sex",
    "kind",
    "code_set",
    "code",
    "title",
    "start",
    "end",
    "role",
    "modifiers",
    "present_on_admission",
    "document",
    "number",
    "line",
    "npi",
)
_KINDS: dict[str, EventKind] = {
    "icd10cm": "diagnosis",
    "icd9cm": "diagnosis",
    "snodent": "diagnosis",
    "ndc": "drug",
}
_TYPES: dict[str, type[Code]] = {"snodent": Snodent, "abc": AbcCode}
_SHORTEST_KEY = 16
_OLDEST_AGE = 89  # 45 CFR 164.514(b)(2)(i)(C): ages over 89 are one group
_LONGEST_SHIFT = 365
_LONGEST_LINE = 6


def rows_of(person: Person, events: Iterable[CodedEvent]) -> Iterator[dict[str, Any]]:
    """Yield a row for each source of each event; an event without a source has one row."""
    who = {"patient": person.key, "birth_date": person.birth_date, "sex": person.sex}
    for event in events:
        for source in event.sources or (EventSource(""),):
            yield {
                **who,
                "kind": event.kind,
                "code_set": event.code_set,
                "code": event.code.dotted if isinstance(event.code, Code) else str(event.code),
                "title": event.title,
                "start": event.start,
                "end": event.end,
                "role": event.role or None,
                "modifiers": ",".join(event.modifiers) or None,
                "present_on_admission": event.present_on_admission,
                "document": source.document or None,
                "number": source.number,
                "line": source.line,
                "npi": source.npi,
            }


def event_of(row: Mapping[str, Any], at: int) -> CodedEvent:
    """Return the event of a row. Raises ValueError, which names the row from 1 and the column."""
    name, text = text_in(row, "code_set"), text_in(row, "code")
    if not name or not text:
        raise ValueError(f"row {at}: column {'code' if name else 'code_set'} is empty")
    kind = text_in(row, "kind") or _KINDS.get(name, "procedure")
    if kind not in KINDS:
        raise ValueError(f"row {at}, column kind: expected {', '.join(KINDS)}")
    role = text_in(row, "role") or ("other" if kind == "diagnosis" else "")
    if role not in ROLES:
        raise ValueError(f"row {at}, column role: expected {', '.join(filter(None, ROLES))}")
    start = day_in(row, "start", at)
    end = day_in(row, "end", at) or start
    document = text_in(row, "document")
    modifiers = text_in(row, "modifiers")
    return CodedEvent(
        kind,
        typed(name, text),
        name,
        start or end,
        end,
        role,
        tuple(modifiers.split(",")) if modifiers else (),
        text_in(row, "present_on_admission"),
        (EventSource(document, text_in(row, "number"), _line(row, at), text_in(row, "npi")),)
        if document
        else (),
    )


def typed(name: str, text: str) -> str:
    """Return a code as the type of its code set, or as text where the set is not one of ours."""
    kind = _TYPES.get(name) or (CODE_SETS[name].code_type if name in CODE_SETS else None)
    return kind.parse(text) if kind else text


def text_in(row: Mapping[str, Any], column: str) -> str | None:
    """Return what a column has as text; None where it is missing, empty or not a number."""
    value = row.get(column)
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    return str(value).strip() or None


def day_in(row: Mapping[str, Any], column: str, at: int) -> date | None:
    """Return the day that a column has, as a date or as ISO text. Raises ValueError for other text."""
    value = row.get(column)
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    text = text_in(row, column)
    try:
        return date.fromisoformat(text[:10]) if text and text != "NaT" else None
    except ValueError:
        raise ValueError(f"row {at}, column {column}: expected a date as 2026-01-05") from None


def _line(row: Mapping[str, Any], at: int) -> int | None:
    text = text_in(row, "line")
    if text is None:
        return None
    number = whole(text.removesuffix(".0"), _LONGEST_LINE)
    if number is None:
        raise ValueError(f"row {at}, column line: expected a line number")
    return number


def pseudonym(key: bytes, patient: str) -> str:
    """Return 32 hexadecimal digits for a patient: always the same with one key, of no use without it.

    Raises TypeError for a key that is not bytes, ValueError for one under 16 bytes.
    """
    if not isinstance(key, bytes):
        raise TypeError(f"the key must be bytes, not {type(key).__name__}")
    if len(key) < _SHORTEST_KEY:
        raise ValueError(
            f"the key has {len(key)} bytes; at least {_SHORTEST_KEY} are needed, such as secrets.token_bytes(32)"
        )
    return hmac.new(key, b"patient\0" + patient.encode(), hashlib.sha256).hexdigest()[:32]


def registry_rows(
    person: Person, events: Iterable[CodedEvent], key: bytes, dates: DateDetail
) -> list[dict[str, Any]]:
    """Return what a registry needs of events, each row once; see `CodedHistory.to_registry`."""
    if dates not in {"year", "shifted"}:
        raise ValueError("dates must be 'year' or 'shifted'")
    chosen = list(events)
    last = max((event.end for event in chosen if event.end), default=None)
    born = person.birth_date
    old = born is not None and last is not None and last.year - born.year > _OLDEST_AGE
    who = {"patient": pseudonym(key, person.key), "birth_year": born.year if born and not old else None}
    who |= {"over_89": old, "sex": person.sex}
    digest = hmac.new(key, b"shift\0" + person.key.encode(), hashlib.sha256).digest()
    shift = timedelta(days=1 + int.from_bytes(digest[:4], "big") % _LONGEST_SHIFT)
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for event in chosen:
        row = who | {
            "kind": event.kind,
            "code_set": event.code_set,
            "code": event.code.dotted if isinstance(event.code, Code) else str(event.code),
            "title": event.title,
            "start": _coarse(event.start, dates, shift),
            "end": _coarse(event.end, dates, shift),
        }
        rows.setdefault(tuple(row.values()), row)
    return list(rows.values())


def _coarse(day: date | None, dates: DateDetail, shift: timedelta) -> int | date | None:
    if day is None:
        return None
    return day.year if dates == "year" else day - shift
