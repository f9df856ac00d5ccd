"""The editor over raw bills: dates, blanks, any text, and what it answers with."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, strategies as st

from medcode.edits.oce import BillLine, Disposition, OutpatientBill, OutpatientCodeEditor
from medcode.edits.oce.example import example_tables
from medcode.edits.oce.fields import amount, day, number

EDITOR = OutpatientCodeEditor(example_tables())
DAY = date(2026, 1, 5)


def bill(**changes: Any) -> OutpatientBill:
    """Return a bill in which nothing is wrong but what is changed."""
    given: dict[str, Any] = {
        "bill_type": "131",
        "from_date": DAY,
        "through_date": DAY,
        "age": 70,
        "sex": "F",
        "discharge_status": "01",
        "principal": "I10",
        "lines": (BillLine(service_date=DAY, revenue_code="0300", hcpcs="9001M", units=1, charge="100"),),
        **changes,
    }
    return OutpatientBill(**given)


@pytest.mark.parametrize(
    ("changes", "claim", "reason"),
    [
        ({"lines": ()}, (), "no lines"),
        ({"from_date": None}, (23,), "is no date"),
        ({"from_date": "2026-01-05"}, (23,), "is no date"),
        ({"from_date": "20260231"}, (23,), "is no date"),
        ({"through_date": ""}, (23,), "is no date"),
        ({"through_date": date(2026, 1, 4)}, (23,), "before the first"),
        ({"receipt_date": "soon"}, (119,), "day of receipt"),
        ({"receipt_date": date(2026, 1, 4)}, (119,), "day of receipt"),
        ({"receipt_date": date(2027, 1, 4)}, (119,), "in no version"),
        ({"from_date": date(2019, 6, 30)}, (24,), "2019-07-01 to 2026-06-30"),
        ({"from_date": date(2026, 7, 1), "through_date": date(2026, 7, 1)}, (24,), "2019-07-01 to"),
        ({"bill_type": "13"}, (118,), "type of bill"),
        ({"bill_type": None}, (118,), "type of bill"),
        ({"bill_type": "761", "opps": False}, (118,), "type of bill"),
    ],
)
def test_what_ends_the_editing(changes: dict[str, Any], claim: tuple[int, ...], reason: str) -> None:
    result = EDITOR.edit(bill(**changes))
    assert result.claim == claim
    assert reason in (result.stopped or "")
    assert len(result.lines) == len(bill(**changes).lines)


def test_the_version_is_that_of_the_first_day_and_named_as_published() -> None:
    assert EDITOR.edit(bill()).version == "v27.0"
    assert EDITOR.edit(bill(from_date=None)).version is None
    assert EDITOR.covers(date(2026, 6, 30))
    assert not EDITOR.covers(date(2026, 7, 1))


def test_the_revenue_code_is_judged_on_the_day_of_receipt_and_without_one_on_the_last_day() -> None:
    assert EDITOR.edit(bill(receipt_date="20260601")).claim == ()
    late = {"through_date": date(2030, 1, 1)}  # in no version: no revenue code is known there
    assert EDITOR.edit(bill(**late)).lines == ((41,),)


def test_numbers_come_with_what_they_lead_to() -> None:
    result = EDITOR.edit(bill(principal="O80"))
    assert result.diagnoses == ((2,),)
    assert result.dispositions == {2: Disposition.RETURN_TO_PROVIDER}
    assert result.numbers == {2}


def test_blank_diagnoses_are_passed_over_and_modifiers_are_read_up_to_a_blank_one() -> None:
    assert EDITOR.edit(bill(principal=" ")).diagnoses == ((1,),)
    assert EDITOR.edit(bill(secondary=("", "O80", None))).diagnoses == ((), (2,), (), ())
    line = BillLine(service_date=DAY, revenue_code=300, hcpcs="9001M", modifiers=("25", None, "ZZ"))
    assert EDITOR.edit(bill(lines=(line,))).lines == ((),)


def test_fields_are_read_as_cms_does() -> None:
    assert (number(" 7 "), number("7.0"), number(None)) == (7, None, None)
    assert [amount(text) for text in ("1.00", "-1", "x", "NaN", None, 2)] == [1, 0, 0, 0, 0, 2]
    assert [number(text) for text in ("-3", "\u0663", "1_0", "9" * 5_000, "--1")] == [
        -3,
        None,
        None,
        None,
        None,
    ]
    hostile = (
        "1E999999999",
        "1E-999999999",
        "9" * 19,
        "\u0663",
        Decimal("1E999999999"),
        Decimal("NaN"),
        1e300,
    )
    assert [amount(value) for value in hostile] == [0] * len(hostile)
    assert [amount(value) for value in (Decimal("1E+2"), "100", 100, 1e2, "100.00")] == [100] * 5
    assert day(datetime(2026, 1, 5, 12)) == day("20260105") == DAY  # noqa: DTZ001  # a date, no moment
    few: dict[str, Any] = {"units": "x", "charge": Decimal(-5)}
    line = BillLine(service_date="20260105", revenue_code="0300", hcpcs="9017M", **few)
    assert EDITOR.edit(bill(lines=(line,))).lines == ((),)


def test_hours_of_the_bill_before_that_cannot_be_read() -> None:
    week = {"bill_type": "133", "through_date": date(2026, 1, 11), "value_codes": (("QA", "1.5x"),)}
    line = BillLine(service_date=DAY, revenue_code="0300", hcpcs="9128M")
    result = EDITOR.edit(bill(condition_codes=("92",), principal="F209", lines=(line,), **week))
    assert result.lines == ((128,),)
    assert "value code QA" in (result.stopped or "")


ANY = st.one_of(
    st.none(), st.text(max_size=9), st.sampled_from(["131", "F", "I10", "20260105", "0300", "41"])
)
CODES = st.lists(ANY, max_size=3).map(tuple)
LINES = st.builds(
    BillLine,
    service_date=ANY | st.dates(),
    revenue_code=ANY,
    hcpcs=ANY | st.sampled_from(["9001M", "9128M", "G0466"]),
    units=ANY,
    charge=ANY,
    modifiers=CODES,
)


@pytest.mark.property
@given(
    st.builds(
        OutpatientBill,
        bill_type=ANY | st.sampled_from(["131", "771", "761", "32G", "851", "121"]),
        from_date=ANY | st.just(DAY),
        through_date=ANY | st.dates(DAY),
        receipt_date=ANY | st.dates(),
        age=ANY,
        sex=ANY,
        discharge_status=ANY,
        opps=st.booleans(),
        condition_codes=CODES,
        value_codes=st.lists(st.tuples(ANY | st.sampled_from(["QA", "Z9"]), ANY), max_size=2).map(tuple),
        principal=ANY,
        secondary=CODES,
        reasons_for_visit=CODES,
        lines=st.lists(LINES, max_size=3).map(tuple),
    )
)
def test_any_text_in_any_field_gives_an_answer(sent: OutpatientBill) -> None:
    result = EDITOR.edit(sent)
    assert len(result.lines) == len(sent.lines)
    assert len(result.diagnoses) == 1 + len(sent.secondary)
    assert len(result.reasons_for_visit) == len(sent.reasons_for_visit)
    found = {number for part in (*result.lines, *result.diagnoses, result.claim) for number in part}
    assert found <= result.numbers
