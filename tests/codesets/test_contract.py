"""What holds of every code set, whatever it is."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, strategies as st

from medcode import icd10cm, icd10pcs
from medcode.codesets import CODE_SETS, ValueSet, code_set
from medcode.codesets.base import Malformed, Status
from medcode.codesets.loaded import NO_TITLE
from medcode.errors import CoverageError, InvalidCode, UnknownCode

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.codesets.base import CodeSet

pytestmark = pytest.mark.filterwarnings("ignore::medcode.errors.CoverageWarning")  # the frozen day is late

NAMES = tuple(CODE_SETS)
NOT_TEXT = (5, 2.5, True, b"E119", Decimal(1), ["E119"], {"a": 1}, object())


class Compared:
    """A value that compares as those of other libraries do: what comes of it has no truth value."""

    def __init__(self, error: type[Exception]) -> None:
        self.error = error

    def __ne__(self, other: object) -> Any:
        return self

    def __bool__(self) -> bool:
        raise self.error

    def __repr__(self) -> str:
        return f"Compared({self.error.__name__})"

    __hash__ = object.__hash__


MISSING = (None, float("nan"), Decimal("NaN"), Compared(TypeError))  # the last as NA of pandas


@pytest.fixture(params=NAMES)
def codes(request: pytest.FixtureRequest) -> CodeSet[Any]:
    return CODE_SETS[request.param]


def test_a_set_answers_to_its_name(codes: CodeSet[Any]) -> None:
    assert code_set(codes.name) is codes
    assert codes.name in repr(codes)
    assert pickle.loads(pickle.dumps(codes)) is codes
    assert codes != CODE_SETS["npi" if codes.name != "npi" else "icd10cm"]
    assert hash(codes) == hash(codes)


def test_an_unknown_set_is_a_key_error() -> None:
    assert len(CODE_SETS) == len(NAMES)
    with pytest.raises(KeyError):
        code_set("no such set")


def test_good_and_bad_samples_are_on_the_class(codes: CodeSet[Any]) -> None:
    kind = codes.code_type
    assert kind.good
    assert kind.bad
    for text in kind.good:
        assert kind.is_valid(text), text
        assert codes.status(text, on=date(2026, 1, 5)) is not Status.MALFORMED
        assert kind(kind(text).dotted) == kind(text)
    for text in kind.bad:
        assert codes.status(text) is Status.MALFORMED, text
        assert isinstance(kind.parse(text), Malformed)


def test_without_a_table_nothing_is_valid_and_the_command_that_loads_one_is_named(
    codes: CodeSet[Any],
) -> None:
    if codes.releases:
        return
    text = codes.code_type.good[0]
    assert codes.status(text) is Status.NOT_CHECKED
    assert codes.check([text, None]) == [Status.NOT_CHECKED, None]
    assert text not in codes
    why = r"to load one: medcode data (fetch|add) |has no table: no list of its codes is kept"
    with pytest.raises(UnknownCode, match=why):
        codes[text]
    asked: list[Callable[[], object]] = [
        codes.as_of,
        lambda: codes.as_of(date(2026, 1, 5)),
        lambda: codes.search("office"),
        lambda: ValueSet(code_set=codes).contains(text),
    ]
    for ask in asked:
        with pytest.raises(CoverageError, match=why):
            ask()


@pytest.mark.parametrize("name", NAMES)
@given(text=st.text() | st.text(alphabet="AEIZ0129x. ", max_size=9))
def test_any_text_has_a_status(name: str, text: str) -> None:
    codes = CODE_SETS[name]
    status = codes.status(text)
    assert isinstance(status, Status)
    assert (status is Status.MALFORMED) == (not codes.code_type.is_valid(text))
    assert isinstance(codes.code_type.parse(text), (codes.code_type, Malformed))
    assert codes.check([text]) == [status]


@pytest.mark.parametrize("value", NOT_TEXT, ids=lambda value: type(value).__name__)
def test_what_is_not_text_is_a_type_error(codes: CodeSet[Any], value: Any) -> None:
    for ask in (
        codes.status,
        codes.__contains__,
        codes.__getitem__,
        codes.code_type,
        codes.code_type.is_valid,
    ):
        with pytest.raises(TypeError, match=r"must be str|unhashable"):
            ask(value)


@pytest.mark.parametrize("missing", MISSING, ids=repr)
def test_a_missing_value_is_in_no_set_and_has_no_status(codes: CodeSet[Any], missing: Any) -> None:
    assert missing not in codes
    assert codes.status(missing) is None
    assert codes.get(missing) is None
    assert codes.check([missing]) == [None]
    assert not codes.code_type.is_valid(missing)
    with pytest.raises(UnknownCode, match="a missing value"):
        codes[missing]
    with pytest.raises(TypeError, match=r"check\(\) takes a column with missing values"):
        codes.code_type(missing)


@pytest.mark.parametrize("missing", MISSING, ids=repr)
def test_a_missing_value_is_in_no_value_set_and_on_no_day(missing: Any) -> None:
    diabetes, day = ValueSet("E08-E13"), date(2026, 1, 5)
    assert missing not in diabetes
    assert not diabetes.contains(missing, day)
    assert missing not in icd10cm.as_of(day)
    assert icd10cm.status(missing, day) is None


def test_an_array_is_no_missing_value() -> None:
    with pytest.raises(TypeError, match=r"must be str, not Compared$"):
        icd10cm.code_type(Compared(ValueError))  # type: ignore[arg-type]  # as numpy's


def test_a_number_of_hits_is_not_negative(codes: CodeSet[Any]) -> None:
    with pytest.raises(ValueError, match="limit must be 0 or more, not -1"):
        codes.search("x", limit=-1)


def test_a_day_is_a_date(codes: CodeSet[Any]) -> None:
    any_day: Any = "2020-01-01"
    with pytest.raises(TypeError, match="on must be a date, not str"):
        codes.status("11", on=any_day)


def test_a_datetime_is_its_day(codes: CodeSet[Any]) -> None:
    noon = datetime(2020, 1, 1, 12, tzinfo=UTC)
    assert codes.status("11", on=noon) is codes.status("11", on=date(2020, 1, 1))


def test_very_long_text_is_malformed(codes: CodeSet[Any]) -> None:
    long = "A" * 1_000_000
    assert codes.status(long) is Status.MALFORMED
    assert isinstance(codes.code_type.parse(long), Malformed)
    with pytest.raises(InvalidCode) as caught:
        codes.code_type(long)
    assert len(str(caught.value)) < 200
    other: Any = b"A" * 1_000_000
    with pytest.raises(TypeError, match="not bytes"):
        codes.status(other)


def test_the_codes_of_a_table_are_codes_of_its_type(codes: CodeSet[Any]) -> None:
    assert len(codes) == len(codes.table.codes)
    assert list(codes.table.codes) == sorted(set(codes.table.codes))
    for code in tuple(codes)[:: max(1, len(codes) // 200)]:
        assert type(code) is codes.code_type
        assert codes.code_type(codes[code].code.dotted) == code
        assert codes.code_type(f" {code.lower()} ") == code
        concept = codes[code]
        assert concept.code == code
        assert code in codes
        assert pickle.loads(pickle.dumps(concept)) == concept
        assert concept.intervals[0].start <= concept.start
        for interval in concept.intervals:
            status = codes.status(code, on=interval.start)
            assert status is (Status.BILLABLE if interval.billable else Status.HEADER)


@pytest.mark.slow
def test_the_set_of_a_day_is_a_mapping(codes: CodeSet[Any]) -> None:
    if not codes.releases:
        return
    day = min([each.end for each in codes.releases if each.end], default=date(2015, 9, 30))
    then = codes.as_of(day)
    assert len(then) == len(list(then))
    assert pickle.loads(pickle.dumps(then)).on == day
    assert str(day) in repr(then)
    for code in list(then)[:3]:
        assert code in then
        assert then[code].status in {Status.BILLABLE, Status.HEADER}
    assert "nothing" not in then
    with pytest.raises(UnknownCode):
        then["nothing"]


def test_every_release_says_where_it_is_from(codes: CodeSet[Any]) -> None:
    for release in codes.releases:
        assert release.publisher in str(release)
        assert release.rows == len(CODE_SETS[release.name])
        assert len(release.sha256) == 64


@pytest.mark.parametrize("day", ["2026-05-04", 20260504, 5.5, True])
def test_what_is_not_a_date_is_named_wherever_a_day_is_asked_for(day: Any) -> None:
    values = ValueSet("E11")
    asked: tuple[Callable[[], object], ...] = (
        lambda: icd10cm.status("E11.9", day),
        lambda: icd10cm.as_of(day),
        lambda: icd10cm.children("E11", day),
        lambda: icd10cm.descendants("E11", day),
        lambda: icd10cm.concept("E11.9", day),
        lambda: icd10cm.search("hip", on=day),
        lambda: icd10cm.successors("M54.5", day),
        lambda: values.contains("E11.9", day),
        lambda: values.codes(day),
    )
    for ask in asked:
        with pytest.raises(TypeError, match=f"on must be a date, not {type(day).__name__}"):
            ask()


@pytest.mark.slow
def test_a_datetime_is_its_day_wherever_a_day_is_asked_for() -> None:
    day, moment = date(2026, 5, 4), datetime(2026, 5, 4, 23, 59)  # noqa: DTZ001  # of no zone, as in a data frame
    assert list(icd10cm.as_of(moment)) == list(icd10cm.as_of(day))
    assert icd10cm.children("E11", moment) == icd10cm.children("E11", day)
    assert icd10cm.successors("M54.5", moment) == icd10cm.successors("M54.5", day)
    assert ValueSet("E11").codes(moment) == ValueSet("E11").codes(day)


def test_a_rule_that_is_neither_text_nor_value_set_is_named() -> None:
    for rule in (None, 5, ["E11"]):
        with pytest.raises(TypeError, match=f"text or a value set, not {type(rule).__name__}"):
            ValueSet(rule)  # type: ignore[arg-type]  # so that it is named


def test_a_code_without_a_title_says_so() -> None:
    lacking = [code for code in icd10pcs if icd10pcs[code].title is None]
    assert {icd10pcs[code].note for code in lacking} == {NO_TITLE}
    assert len(lacking) < 300
    assert icd10cm["E11.9"].note is None
