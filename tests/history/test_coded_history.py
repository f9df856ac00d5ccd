"""A patient's codes over time: asked by value set, heading and date, folded, merged, never of two patients."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings, strategies as st
from tests.history.visits import PATIENT, dental_visit, stay, visit

from medcode.claims.model.base import DateRange
from medcode.claims.rif import read_claims
from medcode.codesets import ValueSet
from medcode.codesets.cpt import Cpt
from medcode.codesets.icd9cm import Icd9Cm
from medcode.codesets.icd10cm import Icd10Cm
from medcode.codesets.icd10pcs import Icd10Pcs
from medcode.errors import CoverageError
from medcode.history import CodedEvent, CodedHistory, EventSource, Person
from medcode.testing import strategies

if TYPE_CHECKING:
    from pathlib import Path

    from medcode.claims.model.claim import Claim

OTHER = PATIENT | {"member_id": "M2"}


def found(event: CodedEvent | None) -> CodedEvent:
    assert event
    return event


def days(events: Any) -> list[tuple[str, str]]:
    return [(event.code, str(event.start)) for event in events]


YEARS = CodedHistory.from_claims(
    [
        visit("1", "2016-05-02", "I42.0", "E11.9"),
        visit("2", "2017-05-02", "E11.9"),
        visit("3", "2020-03-02", "M54.5", "E11.65"),
        visit("4", "2025-11-03", "M54.50"),
        stay(
            "5",
            "2026-01-05",
            "2026-01-09",
            "I50.20",
            other_diagnoses=[{"code": "E11.9", "present_on_admission": "Y"}],
            admitting_diagnosis="R06.02",
            reasons_for_visit=["R07.9"],
            external_causes=["W19.XXXA"],
            principal_procedure={"code": "02703DZ", "date": "2026-01-06"},
        ),
        dental_visit("6", "2026-02-01"),
        visit(
            "7",
            "2026-02-10",
            "Z51.11",
            lines=[
                {
                    "charge": "10",
                    "procedure": {"code": "J1100", "modifiers": ["JZ"]},
                    "service_date": "2026-02-10",
                    "drug": {"code": "0026-0635-12", "quantity": "10"},
                }
            ],
        ),
        visit("8", None, "J45.909"),
    ],
    as_of=date(2026, 11, 1),
)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (
            days(YEARS.find("E11", before=date(2024, 1, 1))),
            [("E119", "2016-05-02"), ("E119", "2017-05-02"), ("E1165", "2020-03-02")],
        ),
        (found(YEARS.first("E11")).start, date(2016, 5, 2)),
        (found(YEARS.last("E08-E13")).end, date(2026, 1, 9)),
        (found(YEARS.first("E11", since=date(2021, 1, 1))).present_on_admission, "Y"),
        (YEARS.ever("J45"), True),
        (YEARS.first("J45"), None),  # it has no day
        (YEARS.ever("J45", before=date(2027, 1, 1)), False),
        (YEARS.ever("C50"), False),
        (len(YEARS.find("M54.5")), 2),
        (len(YEARS.find("M54.50")), 1),
        (YEARS.ever(ValueSet("I42.00-I42.09")), True),  # what I42.0 became
        (YEARS.ever(ValueSet("I42.00-I42.09"), fold=False), False),
        (days(YEARS.find(Cpt("99213"), since=date(2025, 1, 1))), [("99213", "2025-11-03")]),
        (days(YEARS.find(Icd10Pcs("02703DZ"))), [("02703DZ", "2026-01-06")]),
        (len(YEARS.find(["I50", Cpt("99213")])), 6),
        (len(YEARS.find("E11", kind="procedure")), 0),
        (YEARS.is_active("I50", date(2026, 6, 1)), True),
        (YEARS.is_active("I50", date(2026, 6, 1), within=30), False),
        ([problem.code for problem in YEARS.active(date(2017, 5, 2), within=0)], ["E119"]),
        (
            YEARS.gaps("E11", longer_than=400),
            (DateRange(date(2017, 5, 3), date(2020, 3, 1)), DateRange(date(2020, 3, 3), date(2026, 1, 4))),
        ),
        (YEARS.gaps("J45"), ()),
        (days(YEARS.drugs), [("00026063512", "2026-02-10")]),
    ],
)
def test_questions(answer: Any, expected: Any) -> None:
    assert answer == expected


def test_problems_stand_under_the_headings_of_the_day() -> None:
    problems = {problem.code: problem for problem in YEARS.problems()}
    split = problems[Icd10Cm("I42.0")]
    assert (split.coded_as, split.exact, split.first) == (("I420",), False, date(2016, 5, 2))
    assert split.title == "Dilated cardiomyopathy"
    assert problems[Icd10Cm("E11.9")].exact
    assert len(problems[Icd10Cm("E11.9")].events) == 3
    assert problems[Icd10Cm("J45.909")].first is None


def test_codes_of_icd9_stand_under_their_counterparts() -> None:
    old = CodedHistory.from_claims(
        [visit("1", "2014-05-02", "icd9cm:25000"), visit("2", "2014-05-02", "icd9cm:V100")]
    )
    assert old.ever("E11")
    assert not old.ever("V10")  # a code of ICD-10-CM of another meaning
    assert next((problem.code, problem.exact) for problem in old.problems()) == ("E119", False)
    unknown = CodedEvent("diagnosis", Icd9Cm("000"), "icd9cm", date(2014, 1, 1), date(2014, 1, 1), "other")
    assert CodedHistory(Person("P"), [unknown]).problems()[0].code == "000"


def test_roles_and_sources() -> None:
    roles = {event.code: event.role for event in YEARS.diagnoses if event.start and event.start.year == 2026}
    assert roles == {
        "R0602": "admitting",
        "R079": "reason_for_visit",
        "I5020": "principal",
        "E119": "other",
        "W19XXXA": "external_cause",
        "Z5111": "principal",
    }
    line = YEARS.find(Cpt("99213"))[0]
    assert line.sources == (EventSource("professional", "1", 1, "1234567893"),)
    dental = next(event for event in YEARS.procedures if event.code == "D0120")
    assert (dental.code_set, dental.start) == ("cdt", date(2026, 2, 1))
    assert (dental.title, YEARS.drugs[0].title) == (None, None)  # no tables of these are loaded
    assert found(YEARS.first("E11.9")).title == "Type 2 diabetes mellitus without complications"


def test_what_comes_twice_is_there_once_with_both_sources() -> None:
    claims = [visit("1", "2020-03-02", "M54.5"), visit("2", "2020-03-02", "I10", "M54.5")]
    both = CodedHistory.from_claims(claims)
    one, other = (CodedHistory.from_claims([claim]) for claim in claims)
    assert both == one.merged(other) == other.merged(one, other)
    [back] = both.find("M54.5")
    assert (back.role, [source.number for source in back.sources]) == ("principal", ["1", "2"])
    assert len(both) == 3
    assert both != "a history"


def test_a_claim_that_voids_or_replaces_another_takes_its_place() -> None:
    first = visit("1", "2020-03-02", "M54.5")
    corrected = visit("1", "2020-03-02", "I10", frequency="7")
    void = visit("1", "2020-03-02", "M54.5", frequency="8")
    assert days(CodedHistory.from_claims([first, corrected]).diagnoses) == [("I10", "2020-03-02")]
    assert CodedHistory.from_claims([first, void]).events == ()
    alone = CodedHistory.from_claims(
        [void, visit("2", "2020-03-02", "I10"), visit("9", None, "I10", frequency="7")]
    )
    assert alone.notes == (
        "claim 1 voids a claim that is not here",
        "claim 3 replaces a claim that is not here",
    )


def test_days_of_a_professional_diagnosis_are_those_of_its_lines() -> None:
    lines = [
        {"charge": "1", "procedure": "99213", "service_date": "2026-01-05", "diagnosis_pointers": [1]},
        {"charge": "1", "procedure": "99214", "service_date": "2026-01-08", "diagnosis_pointers": [1, 2]},
    ]
    claim = visit("1", None, "I10", "E11.9", "Z72.0", lines=lines, anesthesia_procedures=["27447"])
    spans = {event.code: (event.start, event.end) for event in CodedHistory.from_claims([claim])}
    first, last = date(2026, 1, 5), date(2026, 1, 8)
    assert spans["I10"] == spans["Z720"] == spans["27447"] == (first, last)
    assert spans["E119"] == (last, last)


def test_malformed_and_missing_codes() -> None:
    claim = visit("1", "2026-01-05", "SECRET NAME", "I10", lines=[{"charge": "1", "procedure": ""}])
    history = CodedHistory.from_claims([claim])
    [wrong] = [event for event in history.diagnoses if event.code != "I10"]
    assert (wrong.code_set, wrong.title, repr(wrong)) == (
        "icd10cm",
        None,
        "<CodedEvent diagnosis icd10cm malformed, 11 characters>",
    )
    assert history.procedures == ()
    assert not history.ever("A00-Z99", before=date(2026, 1, 5))
    assert len(history.find("A00-Z99")) == 1


def test_nothing_of_the_patient_is_shown() -> None:
    shown = repr([YEARS, YEARS.person, *YEARS.events, *YEARS.problems(), YEARS.events[-1].sources])
    assert not any(text in shown for text in ("M1", "1950", "2026", "1234567893"))


# Whose history it is


@pytest.mark.parametrize(
    ("claims", "message"),
    [
        ([], "no claim to read"),
        (
            [visit("1", "2026-01-05", "I10"), visit("2", "2026-01-05", "I10", subscriber=OTHER)],
            "of 2 patients; see by_patient",
        ),
        ([visit("1", "2026-01-05", "I10", subscriber={"last_name": "ROE"})], "claim 1: neither a member id"),
        (
            [
                visit("1", None, "I10"),
                visit("2", None, "I10", subscriber=PATIENT | {"birth_date": "1951-04-01"}),
            ],
            "claim 2: one patient with two different birth dates",
        ),
        (
            [visit("1", None, "I10"), visit("2", None, "I10", subscriber=PATIENT | {"sex": "M"})],
            "claim 2: one patient with two different sexes",
        ),
    ],
)
def test_never_two_patients(claims: list[Claim], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        CodedHistory.from_claims(claims)


def test_what_is_no_claim_is_refused() -> None:
    with pytest.raises(TypeError, match="item 1 must be a claim, not str"):
        CodedHistory.from_claims("text")  # type: ignore[arg-type]  # what a user may pass all the same
    with pytest.raises(ValueError, match="different patients"):
        YEARS.merged(CodedHistory(Person("M2"), ()))
    with pytest.raises(ValueError, match="no codes to look for"):
        YEARS.find([])
    with pytest.raises(TypeError, match="not int"):
        YEARS.find([5])  # type: ignore[list-item]  # as above
    with pytest.raises(CoverageError):
        CodedHistory(Person("M1"), (), as_of=date(2080, 1, 1))


def test_who_the_patient_is() -> None:
    child = {"relationship": "19", "last_name": "ROE", "first_name": "ANN", "birth_date": "2015-05-05"}
    unnamed = {"last_name": "ROE", "first_name": "EVE", "birth_date": "1950-04-01"}
    claims = [
        visit("1", None, "I10"),
        visit("2", None, "J45.909", dependent=child),
        visit("3", None, "J45.909", dependent=child | {"first_name": "ann "}),
        visit("4", None, "I10", subscriber=unnamed, dependent=None),
    ]
    found = CodedHistory.by_patient(claims)
    assert [len(history.diagnoses[0].sources) for history in found.values()] == [1, 2, 1]
    index = CodedHistory.by_patient([claims[0], claims[3]], patient=lambda _: "index 1")
    assert list(index) == ["index 1"]


@given(
    st.lists(
        strategies.professional_claims() | strategies.institutional_claims() | strategies.dental_claims(),
        max_size=3,
    )
)
@settings(max_examples=10)
def test_drawn_claims_in_any_order_give_one_history(claims: list[Claim]) -> None:
    one, other = (
        CodedHistory.by_patient(each, patient=lambda claim: str(id(claim))) for each in (claims, claims[::-1])
    )
    assert {key: set(history) for key, history in one.items()} == {
        key: set(history) for key, history in other.items()
    }
    for history in one.values():
        assert history.merged(history) == history
        read = CodedHistory.rows_by_patient(history.to_rows())
        assert list(read.values()) == ([history] if history.events else [])


# Medicare's synthetic claims, their answers counted from the files by hand


@pytest.fixture(scope="module")
def medicare(reference: Path) -> dict[str, CodedHistory]:
    folder = reference / "claims"
    names = ("carrier", "inpatient", "outpatient", "snf", "dme")
    people = folder / "rif-synthea__beneficiary_2020.csv"
    claims = [claim for name in names for claim in read_claims(folder / f"rif-synthea__{name}.csv", people)]
    return {key[-2:]: history for key, history in CodedHistory.by_patient(claims).items()}


def test_medicare_histories(medicare: dict[str, CodedHistory]) -> None:
    one, two, three = medicare["06"], medicare["14"], medicare["18"]
    assert len(one.find("O03")) == 10
    assert (found(one.first("O03")).start, found(one.last("O03")).end) == (
        date(2015, 5, 30),
        date(2021, 2, 27),
    )
    assert (len(one.find("J02")), one.ever("E11")) == (3, False)
    assert found(one.first(Icd10Pcs("5A1945Z"))).start == date(2017, 1, 21)
    assert [
        str(code) for code in sorted({event.code for event in one.procedures if event.code_set == "cpt"})
    ] == ["99241"]
    assert (len(two.find("I48")), len(two.find("D64"))) == (25, 25)
    assert (found(two.first("C18")).start, found(two.last("C18")).end) == (
        date(2017, 3, 19),
        date(2018, 4, 7),
    )
    assert found(two.first("I48", since=date(2019, 1, 1))).start == date(2019, 3, 24)
    assert found(two.last("I48", before=date(2016, 1, 1))).start == date(2015, 11, 11)
    assert two.gaps("I48", longer_than=300) == (DateRange(date(2016, 3, 7), date(2017, 3, 6)),)
    assert not two.is_active("C18", date(2020, 1, 1))
    assert two.is_active("C18", date(2018, 12, 31))
    assert len({event.start for event in three.find("E11")}) == 38
    assert found(three.first("E11")).code == "E1121"
    assert three.gaps("E11", longer_than=365)[0] == DateRange(date(2015, 3, 29), date(2017, 10, 19))
    assert found(three.last("E10")).end == date(2020, 10, 30)
    assert len({event.start for event in three.find("E11", before=date(2018, 1, 1))}) == 4
    assert three.ever("M80.00X", since=date(2015, 3, 28), before=date(2015, 3, 29))
    assert found(three.last("Z72.0")).end == date(2019, 3, 29)
    assert {problem.code[:3] for problem in three.active(date(2021, 5, 14), within=0)} >= {
        "E11",
        "N18",
        "F32",
        "G47",
    }
