"""The days a claim and its codes are judged on."""

from __future__ import annotations

from datetime import date

import pytest

from medcode.claims.model.base import DateRange
from medcode.codesets.base import Status
from medcode.codesets.icd9cm import Icd9Cm
from medcode.edits.context import Context
from medcode.edits.days import first_day, last_day
from medcode.edits.examples import line, stay, visit
from medcode.edits.mce.ages import ages

MONDAY, TUESDAY = date(2026, 1, 5), date(2026, 1, 6)


def test_a_diagnosis_is_judged_on_each_line_that_points_to_it() -> None:
    lines = (
        line(service_date=TUESDAY, diagnosis_pointers=(1, 2)),
        line(service_date=MONDAY, diagnosis_pointers=(1,)),
        line(service_date=MONDAY, diagnosis_pointers=(1, 9, "X")),
        line(service_date=None, diagnosis_pointers=(2,)),
    )
    context = Context(visit("E11.9", "I10", "J44.0", lines=lines), MONDAY)
    judged = [(each.path, each.day) for each in context.diagnoses]
    assert judged == [
        ("diagnoses[0].code", TUESDAY),
        ("diagnoses[0].code", MONDAY),
        ("diagnoses[1].code", TUESDAY),
        ("diagnoses[2].code", MONDAY),
    ]
    assert context.day == context.first_day == MONDAY


def test_without_a_day_nothing_is_judged() -> None:
    context = Context(visit(lines=(line(service_date=None),)), MONDAY)
    assert context.diagnoses == ()
    assert context.day is None


def test_a_code_carries_its_status_and_its_flags() -> None:
    (o80,) = Context(visit("O80"), MONDAY).diagnoses
    assert o80.status is Status.BILLABLE
    assert "maternity" in o80.flags
    assert o80.shown == "O80"
    (wrong,) = Context(visit("1!"), MONDAY).diagnoses
    assert wrong.status is Status.MALFORMED


def test_the_ends_of_a_span() -> None:
    span = DateRange(MONDAY, TUESDAY)
    assert (first_day(span), last_day(span)) == (MONDAY, TUESDAY)
    assert first_day(MONDAY) == last_day(MONDAY) == MONDAY
    assert first_day(None) is last_day(None) is None


@pytest.mark.parametrize(
    ("group", "on", "expected"),
    [
        ("maternity", date(2019, 9, 30), (12, 55)),
        ("maternity", date(2019, 10, 1), (9, 64)),
        ("newborn", date(2019, 9, 30), (0, 0)),
    ],
)
def test_the_ages_of_a_group(group: str, on: date, expected: tuple[int, int]) -> None:
    assert ages(group, on) == expected


def test_icd9_codes_are_looked_up_in_icd9() -> None:
    (judged,) = Context(visit(Icd9Cm("0340"), on="2010-01-05"), MONDAY).diagnoses
    assert judged.code_set.name == "icd9cm"


def test_the_age_is_of_the_day_care_began() -> None:
    assert Context(visit(age=40), TUESDAY).age == 40
    assert Context(visit(lines=(line(service_date=None),)), TUESDAY).age is None


def test_a_stay_is_judged_on_its_through_date_and_aged_at_admission() -> None:
    claim = stay(
        "I50.20",
        "E11.65",
        on="2026-01-10",
        days=9,
        age=40,
        procedures=("0TY00Z0", "02703DZ"),
        external_causes=("W19.XXXA",),
        admitting_diagnosis="R07.9",
        reasons_for_visit=("R06.02",),
        admission="2026-01-01T08:30",
    )
    context = Context(claim, MONDAY)
    assert (context.first_day, context.day, context.age) == (date(2026, 1, 1), date(2026, 1, 10), 40)
    assert {each.day for each in context.diagnoses} == {date(2026, 1, 10)}
    assert [path for path, _ in (*context.codes, *context.reasons, *context.procedures)] == [
        "principal_diagnosis.code",
        "other_diagnoses[0].code",
        "external_causes[0].code",
        "admitting_diagnosis",
        "reasons_for_visit[0]",
        "principal_procedure.code",
        "other_procedures[0].code",
    ]


def test_an_outpatient_claim_begins_on_its_from_date() -> None:
    claim = stay("I50.20", facility_type="13", admission=None, statement_dates=("2026-01-05", "2026-01-06"))
    context = Context(claim, MONDAY)
    assert (context.setting, context.first_day, context.day) == ("outpatient", MONDAY, TUESDAY)
    assert context.procedures == ()


def test_a_visit_has_neither_reasons_nor_inpatient_procedures() -> None:
    context = Context(visit(), MONDAY)
    assert context.reasons == context.procedures == ()
