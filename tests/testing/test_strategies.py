"""What the strategies draw is right: nothing is found in it, and codes are valid on their day."""

from __future__ import annotations

import inspect
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings, strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter
from tests.testing.samples import DAY, KINDS

from medcode import icd10cm, icd10pcs, scrub
from medcode.claims import x12
from medcode.claims.model import DentalLine, LineDates, Procedure
from medcode.claims.remittance_parts import total
from medcode.codesets.base import Status
from medcode.codesets.icd9cm import Icd9Cm, icd9cm
from medcode.codesets.icd9cm_procedures import icd9cm_procedures
from medcode.codesets.npi import Npi
from medcode.edits import EDITS, check
from medcode.testing import strategies
from medcode.testing.strategies.codes import is_plain, level_two_codes
from medcode.testing.strategies.dental import consistent
from medcode.testing.strategies.institutional import outpatient_visits
from medcode.testing.strategies.medicare_bills import BILLS
from medcode.testing.strategies.medicare_visits import VISITS
from medcode.testing.strategies.parties import providers
from medcode.testing.strategies.primitives import some, written
from medcode.testing.strategies.remittances import _moved

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from medcode.claims import ProfessionalClaim
    from medcode.claims.submission import Submission

OLD_DAY = date(2010, 3, 1)
SHORT = 100
"""Examples of a short profile; a longer one looks at every code."""
EVERY = [rule for rule in EDITS if rule != "ICD12"]
"""Every edit, also those that run by choice, but for the hint at codes that may be added."""
relaxed = settings(suppress_health_check=list(HealthCheck))


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


DAYS = {
    name: parameters["valid_on"].default
    for name in strategies.__all__
    if "valid_on" in (parameters := inspect.signature(getattr(strategies, name)).parameters)
    and parameters["valid_on"].default is not inspect.Parameter.empty  # of an answer: the day of its claim
}


def test_the_day_of_a_strategy_does_not_move_with_the_calendar() -> None:
    assert len(DAYS) > 15
    assert {name: day for name, day in DAYS.items() if day != DAY} == {
        "icd9cm_codes": date(2015, 9, 30),
        "icd9cm_procedure_codes": date(2015, 9, 30),
    }
    first = settings(max_examples=10, phases=[Phase.generate], database=None)
    assert all(find(getattr(strategies, name)(), lambda _: True, settings=first) for name in DAYS)


@pytest.mark.property
@pytest.mark.parametrize("day", [DAY, OLD_DAY], ids=str)
def test_nothing_is_found_and_nothing_is_missing_in_what_is_drawn(kind: str, day: date) -> None:
    @relaxed
    @given(KINDS[kind](valid_on=day))
    def holds(claim: Any) -> None:
        assert scrub([claim], on=day).findings == ()
        assert check([claim], EVERY, on=day).findings == ()
        assert claim.missing() == ()

    holds()


@pytest.mark.property
@pytest.mark.parametrize("scene", [*VISITS, *BILLS], ids=lambda scene: scene.__name__)
def test_no_edit_finds_anything_in_claims_to_medicare(scene: Any) -> None:
    """Each kind of claim by itself: few draws of all of them would leave some out."""

    @settings(
        relaxed, max_examples=max(3, settings().max_examples // 10), phases=[Phase.generate], database=None
    )
    @given(scene(DAY))
    def holds(claim: Any) -> None:
        assert scrub([claim], on=date(2026, 6, 1)).findings == ()
        assert check([claim], EVERY, on=DAY).findings == ()
        assert claim.missing() == ()

    holds()


def test_claims_to_medicare_begin_with_the_rules_that_they_follow() -> None:
    with pytest.raises(ValueError, match="expected a day from 2023-07-01 on, not 2023-06-30"):
        strategies.medicare_claims(date(2023, 6, 30))


@pytest.mark.slow
@pytest.mark.property
@given(strategies.interchanges(valid_on=DAY))
@relaxed
def test_nothing_is_found_in_whole_interchanges(text: str) -> None:
    report = scrub(text, on=DAY)
    assert report.findings == ()
    assert report.claims == len(list(x12.loads(text).claims()))


@pytest.mark.slow
@pytest.mark.property
def test_no_code_that_is_drawn_asks_for_something_else_on_the_bill() -> None:
    """Each of the codes on a bill by itself: a draw meets too few of them."""
    step = 1 if settings().max_examples > SHORT else 23
    codes = [*level_two_codes(), *filter(is_plain, map(str, range(10_000, 100_000, step)))]
    first = settings(phases=[Phase.generate], database=None)
    bill: Any = find(outpatient_visits(DAY), lambda _: True, settings=first)
    surgery = find(providers(person=True), lambda _: True, settings=first)
    bills = (
        bill.evolve(
            facility_type=("13", "14", "83")[at % 3],
            operating_physician=surgery if revenue == "0360" else None,
            lines=[
                bill.lines[0].evolve(
                    procedure=Procedure(code), revenue_code=revenue, quantity=(1, 99)[at % 2]
                )
            ],
        )
        for at, code in enumerate(codes)
        for revenue in [("0250", "0300", "0360", "0450", "0730")[at % 5]]
    )
    assert check(bills, on=DAY).findings == ()


@pytest.mark.slow
@given(strategies.submissions(valid_on=DAY))
@relaxed
def test_a_submission_is_written_and_read_back(submission: Submission) -> None:
    read = list(x12.loads(submission.to_x12()).claims())
    assert sorted(map(hash, read)) == sorted(map(hash, submission.claims))
    assert not any(claim.extras for claim in read)


CODES: dict[str, tuple[SearchStrategy[Any], Any, date]] = {
    "icd10cm": (strategies.icd10cm_codes(DAY), icd10cm, DAY),
    "icd10pcs": (strategies.icd10pcs_codes(DAY), icd10pcs, DAY),
    "icd9cm": (strategies.icd9cm_codes(OLD_DAY), icd9cm, OLD_DAY),
    "icd9cm_procedures": (strategies.icd9cm_procedure_codes(OLD_DAY), icd9cm_procedures, OLD_DAY),
    "external_causes": (strategies.external_causes(DAY), icd10cm, DAY),
    "diagnosis_codes": (strategies.diagnosis_codes(OLD_DAY), icd9cm, OLD_DAY),
}


@pytest.mark.parametrize("name", CODES)
def test_codes_are_billable_on_the_day(name: str) -> None:
    strategy, code_set, day = CODES[name]

    @given(strategy)
    def holds(code: str) -> None:
        assert type(code) is code_set.code_type
        assert code_set.status(code, day) is Status.BILLABLE

    holds()


def test_a_day_without_codes_is_refused() -> None:
    with pytest.raises(ValueError, match="no code of ICD-10-CM is billable on 2010-03-01"):
        strategies.icd10cm_codes(OLD_DAY)
    with pytest.raises(ValueError, match="no code of ICD-10-CM is billable on 2031-01-01"):
        strategies.diagnosis_codes(date(2031, 1, 1))


def test_care_before_october_2015_is_coded_in_icd_9() -> None:
    @relaxed
    @given(strategies.professional_claims(valid_on=OLD_DAY))
    def holds(claim: ProfessionalClaim) -> None:
        assert {type(diagnosis.code) for diagnosis in claim.diagnoses} == {Icd9Cm}

    holds()


@given(strategies.npis())
def test_npis_have_their_check_digit(npi: Npi) -> None:
    assert Npi.is_valid(npi)


def test_a_failing_example_prints_the_claim_as_its_repr_does(kind: str) -> None:
    first = settings(phases=[Phase.generate], database=None)
    claim: Any = find(KINDS[kind](valid_on=DAY), lambda _: True, settings=first)
    printer = RepresentationPrinter()
    printer.pretty(claim)
    assert printer.getvalue() == repr(claim)


SHORTEST = {"professional": 620, "institutional": 840, "dental": 540}


def test_the_smallest_claim_is_small_when_printed(kind: str) -> None:
    first = settings(phases=[Phase.generate], database=None)
    claim: Any = find(KINDS[kind](valid_on=DAY), lambda _: True, settings=first)
    assert len(repr(claim)) < SHORTEST[kind]
    assert len(claim.lines) == 1
    assert claim.dependent is None
    assert claim.other_payers == ()


@given(st.integers(0, 36**30))
def test_a_number_is_written_in_any_marks(number: int) -> None:
    marks = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    assert int(written(number, marks), 36) == number


@given(some({"a": st.just(1), "b": st.just(2)}, 1))
def test_some_of_a_table_are_few(entries: dict[str, int]) -> None:
    assert len(entries) <= 1
    assert entries.items() <= {"a": 1, "b": 2}.items()


def test_a_payment_below_zero_is_carried_forward() -> None:
    first = settings(max_examples=10, phases=[Phase.generate], database=None)
    moved = find(_moved(DAY, Decimal(-5_000)), lambda _: True, settings=first)
    assert moved[-1].reason == "FB"
    assert total(each.amount for each in moved) == -5_000


def test_a_denture_is_of_its_arch() -> None:
    line = DentalLine(charge="1", procedure=Procedure("D5110", qualifier="AD"), oral_cavity=("02",))
    assert consistent(line).oral_cavity == ("01",)


def test_a_treatment_ends_after_it_begins() -> None:
    dates = LineDates(treatment_start="2026-01-06", treatment_completion="2026-01-05")
    line = consistent(DentalLine(charge="1", procedure=Procedure("D2391", qualifier="AD"), dates=dates))
    assert (line.dates.treatment_start, line.dates.treatment_completion) == (
        date(2026, 1, 5),
        date(2026, 1, 6),
    )
