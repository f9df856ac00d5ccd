"""No name, id, birth date, address or control number shows anywhere: sentinels stand in every such field.

Every class of the model is filled in full, and claims that the strategies draw are filled where they
have anything; both go through building, writing, reading, checking and plain data, and whatever
these say (reprs, findings, exceptions with their tracebacks, log records) is searched for the sentinels.
"""

from __future__ import annotations

import json
import logging
import traceback
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings

from medcode import scrub
from medcode.claims import model, x12
from medcode.claims.model.base import DateRange, Part
from medcode.claims.plain import claim_from, from_json, from_toml, to_plain
from medcode.claims.plain_types import fields_of
from medcode.edits import check
from medcode.errors import MedcodeError, Rejected, VisitError
from medcode.testing import strategies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from medcode.claims import Claim
    from medcode.claims.model.fields import FieldType

WORD = "QZVX7"
DAY = date(1931, 7, 19)
SHOWN = (WORD, "1931-07-19", "19310719", "1931, 7, 19", "310719")
"""How a sentinel would look, were it shown."""

CARE = {"service_date", "statement_dates", "admission", "date", "dates"}
"""Days of care: a finding names the day that a code is judged on."""

CLASSES = [getattr(model, name) for name in model.__all__ if name not in {"Part", "AbcCode", "Snodent"}]
CLAIMS = [cls for cls in CLASSES if issubclass(cls, model.Claim) and cls is not model.Claim]
VISIT = date(2026, 1, 5)


def kinds_of(cls: Any) -> Mapping[str, FieldType]:
    """Give what each field of a class may hold."""
    return fields_of(cls)


def is_hidden(field: Any) -> bool:
    return bool(field.metadata.get("phi")) and field.name != "origin"


def sentinel(name: str, kind: FieldType, word: str = WORD) -> Any:
    """Give the sentinel that a hidden field can hold."""
    if DateRange in kind.scalars or date in kind.scalars or datetime in kind.scalars:
        return VISIT if name in CARE else DAY
    if time in kind.scalars:
        return time(7, 19)
    return word if str in kind.scalars else Decimal(719)


def harmless(kind: FieldType) -> Any:
    """Give a value for a field that hides nothing."""
    values = {Decimal: Decimal("3.21"), date: VISIT, datetime: VISIT, time: time(9, 30), int: 1, str: "AB"}
    if kind.codes:
        return kind.codes[0].trusted("A000")
    return next(value for python, value in values.items() if python in kind.scalars or python is str)


def full(cls: Any, word: str = WORD) -> Any:
    """Make an object of a class with every field set, the hidden ones to sentinels."""
    fields = {field.name: field for field in attrs.fields(cls)}
    values = {}
    for name, kind in kinds_of(cls).items():
        if kind.part:
            value = full(kind.part, word)
        else:
            value = sentinel(name, kind, word) if is_hidden(fields[name]) else harmless(kind)
        values[name] = (value,) if kind.many else value
    return cls(**values)


def planted(part: Any) -> Any:
    """Put sentinels in place of all that a part hides."""
    if isinstance(part, tuple):
        return tuple(map(planted, part))
    if not isinstance(part, Part) or isinstance(part, DateRange):
        return part
    kinds = kinds_of(type(part))
    changes = {}
    for field in attrs.fields(type(part)):
        value = getattr(part, field.name)
        if field.name not in kinds or value is None or value == ():
            continue
        if is_hidden(field) and not isinstance(value, Part):
            new = sentinel(field.name, kinds[field.name])
            changes[field.name] = (new,) if isinstance(value, tuple) else new
        else:
            changes[field.name] = planted(value)
    return part.evolve(**changes)


ENVELOPE = x12.Envelope(
    sender=WORD,
    receiver=WORD,
    group_sender=WORD,
    group_receiver=WORD,
    reference=WORD,
    receiver_id=WORD,
    submitter=full(model.Submitter),
)


def told(error: BaseException) -> Iterator[str]:
    """Give all that an exception says, in whatever way it is printed."""
    yield from traceback.format_exception(error)
    yield repr(error)
    for each in getattr(error, "exceptions", ()):
        yield from (repr(each), str(each), repr(each.finding), str(each.finding))


def attempt(action: Callable[[], Any]) -> Iterator[str]:
    """Give what an action says: its answer's repr, or the exception."""
    try:
        yield repr(action())
    except (MedcodeError, Rejected, TypeError, ValueError) as error:
        yield from told(error)


def reported(report: Any) -> Iterator[str]:
    """Give a report in each form that it has."""
    yield from (repr(report), str(report), report.to_json())
    for finding in (*report.findings, *report.not_checked):
        yield from (repr(finding), str(finding))


def spoiled(plain: Any, by: Callable[[Any], Any]) -> Any:
    """Spoil every text of plain data but the kind of claim."""
    if isinstance(plain, dict):
        return {key: value if key == "kind" else spoiled(value, by) for key, value in plain.items()}
    if isinstance(plain, list):
        return [spoiled(value, by) for value in plain]
    return by(plain)


SPOILERS: tuple[Callable[[Any], Any], ...] = (
    lambda text: [text],
    lambda text: {"value": text},
    lambda _: 7.19,
    lambda _: DAY,
    lambda text: f"{text}\x00",
)


def everything(claim: Claim) -> Iterator[str]:
    """Give all that is said of a claim on its way through the library."""
    yield from (repr(claim), str(claim), f"{claim}", repr(ENVELOPE), repr([claim]), repr({"claim": claim}))
    yield from reported(check(claim))
    yield from reported(scrub([claim]))
    yield from attempt(lambda: len(x12.dumps([claim], ENVELOPE)))
    text = x12.dumps([claim], ENVELOPE, check=False)
    assert WORD in text
    sent = x12.loads(text)
    yield from (repr(sent), repr(list(sent.claims())), repr(sent.interchanges))
    yield from map(repr, sent.findings)
    yield from reported(scrub(text))
    yield from reported(x12.validate(text))
    plain = to_plain(claim)
    for by in SPOILERS:
        yield from attempt(lambda by=by: claim_from(spoiled(plain, by)))  # type: ignore[misc]  # mypy cannot infer a lambda's default
    yield from attempt(lambda: from_json(json.dumps(plain)[:-1], lambda reader, data: reader.claim(data, "")))
    yield from attempt(lambda: from_toml(f'control_number = "{WORD}"\nx = {WORD}', lambda _, data: data))


def nothing_shows(said: Iterable[str]) -> None:
    """Assert that no sentinel is in any of the texts."""
    for text in said:
        for mark in SHOWN:
            assert mark not in text, text[:300]


@pytest.fixture(autouse=True)
def silence(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Look through whatever was logged, at any level."""
    caplog.set_level(logging.NOTSET)
    yield
    nothing_shows([record.getMessage() for record in caplog.records])


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_no_part_shows_what_it_hides(cls: Any) -> None:
    part = full(cls)
    nothing_shows([repr(part), str(part), repr([part]), repr(attrs.evolve(part))])
    assert part == full(cls)


@pytest.mark.parametrize("cls", CLAIMS, ids=lambda cls: cls.__name__)
def test_a_claim_with_every_field_shows_nothing(cls: Any) -> None:
    nothing_shows(everything(full(cls)))


@pytest.mark.parametrize("cls", CLAIMS, ids=lambda cls: cls.__name__)
def test_a_delimiter_in_hidden_data_shows_nothing(cls: Any) -> None:
    with pytest.raises(Rejected) as caught:
        x12.dumps([full(cls, f"{WORD}~*:^")], ENVELOPE, check=False)
    nothing_shows(told(caught.value))


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_a_value_of_a_wrong_type_is_not_shown(cls: Any) -> None:
    part = full(cls)
    for name in kinds_of(cls):
        for wrong in (719.5, WORD.encode(), {WORD}, object):
            nothing_shows(attempt(lambda name=name, wrong=wrong: part.evolve(**{name: wrong}) and None))  # type: ignore[misc]  # as above


@pytest.mark.parametrize("cls", CLAIMS, ids=lambda cls: cls.__name__)
def test_wrong_plain_data_is_named_by_its_path_alone(cls: Any) -> None:
    plain = to_plain(full(cls))
    with pytest.raises(VisitError) as caught:
        claim_from(spoiled(plain, lambda text: [text]))
    assert "subscriber.last_name" in str(caught.value)
    nothing_shows(told(caught.value))


@pytest.mark.slow
@pytest.mark.property
@settings(suppress_health_check=list(HealthCheck))
@given(strategies.claims(valid_on=VISIT))
def test_no_claim_that_is_drawn_shows_anything(claim: Claim) -> None:
    hidden = planted(claim)
    assert repr(hidden).count("…") == repr(claim).count("…")
    nothing_shows(everything(hidden))
