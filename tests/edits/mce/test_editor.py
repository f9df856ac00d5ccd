"""The Medicare Code Editor, rule by rule and by the number of codes each flag has."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from medcode.codesets import loaders, user
from medcode.codesets.icd10cm import icd10cm
from medcode.codesets.loaders import LoadOptions
from medcode.edits import check
from medcode.edits.examples import stay
from medcode.edits.mce import MedicareCodeEditor, Stay

if TYPE_CHECKING:
    from pathlib import Path

EDITOR = MedicareCodeEditor()
LAST_SEX_DAY = date(2024, 9, 30)


def edit(principal: str = "I50.20", day: str = "2025-01-01", **changes: Any) -> Any:
    """Edit a stay in which nothing else is wrong."""
    given = {"age": 65, "sex": "M", "length_of_stay": 5, **changes}
    return EDITOR.edit(Stay(discharge_date=date.fromisoformat(day), principal=principal, **given))


def counts(*args: Any, **changes: Any) -> dict[str, int]:
    return dict(edit(*args, **changes).counts)


def test_a_clean_stay_meets_nothing() -> None:
    result = edit(secondary=("E11.65",), procedures=("02703DZ",), admitting="R07.9")
    assert (result.counts, result.by_code, result.admitting) == ({}, (), ())


def test_codes_may_be_written_as_people_do_and_are_answered_in_wire_form() -> None:
    result = edit(" i50.20", secondary=("I50.20", "i5020", "zz.9", "E1.19"), procedures=("02703dz", "0270-"))
    assert result.by_code == (
        ("I5020", ("DUPLICATE_OF_PDX",)),
        ("I5020", ("DUPLICATE_OF_PDX",)),
        ("ZZ9", ("INVALID_CODE",)),
        ("E119", ("INVALID_CODE",)),
        ("0270-", ("INVALID_CODE",)),
    )


@pytest.mark.parametrize(
    ("age", "met"), [(None, 1), (-1, 1), (0, 0), (124, 0), (125, 1)], ids=["none", "-1", "0", "124", "125"]
)
def test_age(age: int | None, met: int) -> None:
    assert counts(age=age).get("INVALID_AGE", 0) == met


@pytest.mark.parametrize(
    ("day", "sex", "met"),
    [("2024-09-30", "U", 1), ("2024-09-30", "X", 1), ("2024-09-30", "F", 0), ("2024-10-01", "U", 0)],
)
def test_sex_must_be_known_until_2024_09_30(day: str, sex: str, met: int) -> None:
    assert counts(day=day, sex=sex).get("INVALID_SEX", 0) == met


@pytest.mark.parametrize(
    ("day", "status", "met"),
    [
        ("2025-01-01", "01", 0),
        ("2025-01-01", "99", 1),
        ("2013-09-30", "69", 1),
        ("2013-10-01", "69", 0),
        ("2005-09-30", "08", 0),
        ("2005-10-01", "08", 1),
    ],
)
def test_discharge_status_has_its_dates(day: str, status: str, met: int) -> None:
    principal = "I50.20" if day > "2015" else "428.0"
    assert counts(principal, day, discharge_status=status).get("INVALID_DISCHARGE_STATUS", 0) == met


@pytest.mark.parametrize(
    ("code", "day", "sex", "met"),
    [
        ("O80", "2024-09-30", "M", True),
        ("O80", "2024-09-30", "F", False),
        ("O80", "2024-09-30", "U", True),
        ("O80", "2024-10-01", "M", False),
        ("C61", "2024-09-30", "F", True),
        ("C61", "2024-10-01", "F", False),
    ],
)
def test_sex_conflict_ends_on_2024_09_30(code: str, day: str, sex: str, met: bool) -> None:
    assert ("SEX_CONFLICT" in counts(code, day, sex=sex, age=30)) == met


@pytest.mark.parametrize(
    ("code", "day", "fits", "conflicts"),
    [
        ("O80", "2025-01-01", (9, 64), (8, 65, -1, 125)),
        ("O80", "2019-09-30", (12, 55), (11, 56)),
        ("Z00.129", "2025-01-01", (0, 17), (18,)),
        ("N40.0", "2025-01-01", (15, 124), (14,)),
        ("E84.11", "2025-01-01", (0,), (1,)),
        ("P07.30", "2025-01-01", (0, 40), ()),
    ],
)
def test_age_conflict(code: str, day: str, fits: tuple[int, ...], conflicts: tuple[int, ...]) -> None:
    met = {age: "AGE_CONFLICT" in counts(code, day, age=age) for age in fits + conflicts}
    assert met == {**dict.fromkeys(fits, False), **dict.fromkeys(conflicts, True)}
    assert "AGE_CONFLICT" not in counts(code, day, age=None)


@pytest.mark.parametrize(
    ("principal", "secondary", "met"),
    [
        ("W19.XXXA", (), "E_CODE_AS_PDX"),
        ("D63.1", (), "MANIFESTATION_AS_PDX"),
        ("Z37.0", (), "UNACCEPTABLE_PDX"),
        ("R03.0", (), "QUESTIONABLE_ADMISSION"),
        ("Z51.89", (), "REQUIRES_SDX"),
        ("I50.20", ("I50.20",), "DUPLICATE_OF_PDX"),
        ("E11", (), "INVALID_CODE"),
        ("I50.20", ("Y65.51",), "WRONG_PROCEDURE_PERFORMED"),
        ("I50.20", ("S72.009A",), "UNSPECIFIED"),
    ],
)
def test_edits_of_diagnoses(principal: str, secondary: tuple[str, ...], met: str) -> None:
    assert counts(principal, secondary=secondary, sex="F", age=30)[met] == 1


def test_z5189_is_acceptable_with_a_secondary_diagnosis() -> None:
    assert counts("Z51.89", secondary=("I50.20",)) == {}


def test_a_code_invalid_and_a_duplicate_is_both() -> None:
    result = edit("T814", secondary=("T814",))
    assert result.by_code == (("T814", ("INVALID_CODE",)), ("T814", ("DUPLICATE_OF_PDX", "INVALID_CODE")))
    assert result.counts == {"INVALID_CODE": 2, "DUPLICATE_OF_PDX": 1}


@pytest.mark.parametrize(
    ("day", "met"), [("2022-03-31", 0), ("2022-04-01", 1)], ids=["the day before", "the first day"]
)
def test_unspecified_begins_on_2022_04_01(day: str, met: int) -> None:
    assert counts(day=day, secondary=("S72.009A",)).get("UNSPECIFIED", 0) == met


def test_the_admitting_diagnosis_tells_and_only_its_invalidity_counts() -> None:
    invalid = edit(admitting="E11")
    assert (invalid.admitting, invalid.counts) == (("INVALID_ADMIT_DX",), {"INVALID_ADMIT_DX": 1})
    conflict = edit(admitting="O80", day="2024-09-30")
    assert (conflict.admitting, conflict.counts) == (("AGE_CONFLICT", "SEX_CONFLICT"), {})
    assert edit(admitting="Y65.51").admitting == ()


OPEN, LIMITED, NONE = "NON_COVERED", "LIMITED_COVERAGE", None


@pytest.mark.parametrize(
    ("procedures", "changes", "met"),
    [
        (("00F3XZZ",), {}, OPEN),
        (("0TY00Z0",), {}, LIMITED),
        (("0FYG0Z0",), {}, OPEN),
        (("0FYG0Z0",), {"secondary": ("E10.10",)}, LIMITED),
        (("0FYG0Z0", "0TY00Z0"), {}, LIMITED),
        (("0SR20JZ",), {"age": 60}, NONE),
        (("0SR20JZ",), {"age": 61}, OPEN),
        (("0SR20JZ",), {"age": -1}, OPEN),
        (("0SR20JZ",), {"age": None}, NONE),
        (("0U570ZZ",), {"sex": "F"}, NONE),
        (("0U570ZZ",), {"sex": "F", "secondary": ("Z30.2",)}, OPEN),
        (("30233G0",), {}, NONE),
        (("30233G0",), {"secondary": ("C91.00",)}, OPEN),
    ],
)
def test_coverage(procedures: tuple[str, ...], changes: dict[str, Any], met: str | None) -> None:
    found = counts(procedures=procedures, **changes)
    assert {OPEN, LIMITED} & found.keys() == ({met} if met else set())


@pytest.mark.parametrize(
    ("procedures", "secondary", "met"),
    [
        (("02RK0JZ",), (), {}),
        (("02RK0JZ", "02RL0JZ"), (), {OPEN: 2}),
        (("02RK0JZ", "02RL0JZ"), ("Z00.6",), {LIMITED: 2}),
    ],
)
def test_an_artificial_heart_is_two_halves(
    procedures: tuple[str, ...], secondary: tuple[str, ...], met: dict[str, int]
) -> None:
    assert counts(day="2020-01-01", procedures=procedures, secondary=secondary) == met


def test_bone_marrow_for_myeloma_is_non_covered_until_2018_09_30() -> None:
    assert counts(day="2018-09-30", procedures=("30233G2",), secondary=("C90.00",)) == {OPEN: 1}
    assert counts(day="2018-10-01", procedures=("30233G2",), secondary=("C90.00",)) == {}


@pytest.mark.parametrize(("days", "met"), [(0, 1), (4, 1), (5, 0), (None, 0)], ids=["0", "4", "5", "unknown"])
def test_ventilation_over_96_hours_needs_a_stay_over_four_days(days: int | None, met: int) -> None:
    found = counts(procedures=("5A1955Z",), length_of_stay=days)
    assert found.get("INCONSISTENT_WITH_LENGTH_OF_STAY", 0) == met


@pytest.mark.parametrize(
    ("principal", "secondary", "met"), [("O80", (), 1), ("O80", ("Z37.0",), 0), ("Z37.0", (), 1)]
)
def test_a_delivery_needs_its_outcome_as_secondary(
    principal: str, secondary: tuple[str, ...], met: int
) -> None:
    found = counts(principal, secondary=secondary, procedures=("10D07Z3",), age=30, sex="F")
    assert found.get("QUESTIONABLE_OBSTETRIC_ADMISSION", 0) == met


ICD9_CASES: list[tuple[str, str, tuple[str, ...], tuple[str, ...], dict[str, Any], dict[str, int]]] = [
    ("2012-01-05", "428.0", (), ("37.66",), {}, {"LIMITED_COVERAGE_HEART_IMPLANT": 1}),
    ("2012-01-05", "428.0", (), ("37.52",), {}, {"NON_COVERED": 1}),
    ("2012-01-05", "428.0", ("V70.7",), ("37.52",), {}, {"LIMITED_COVERAGE": 1}),
    ("2012-01-05", "428.0", (), ("00.62",), {}, {"NON_COVERED": 1}),
    ("2012-01-05", "428.0", (), ("00.62", "00.65"), {}, {}),
    ("2012-01-05", "821.29", (), ("00.85", "81.56"), {}, {"BILATERAL": 1}),
    ("2012-01-05", "821.29", (), ("00.85", "00.85"), {}, {}),
    ("2012-01-05", "428.0", (), ("00.85", "81.56"), {}, {}),
    ("2010-09-30", "428.0", (), ("54.23",), {}, {"OPEN_BIOPSY": 1}),
    ("2010-10-01", "428.0", (), ("54.23",), {}, {}),
    ("2005-01-05", "428.0", (), ("52.80",), {}, {"NON_COVERED": 1}),
    ("2005-01-05", "428.0", ("250.00", "403.01"), ("52.80",), {}, {}),
    ("2005-01-05", "428.0", (), ("00.61",), {}, {"NON_COVERED": 1}),
    ("2005-01-05", "428.0", ("V70.7",), ("00.61", "00.63"), {}, {}),
    ("2003-01-05", "428.0", (), ("41.04",), {}, {"NON_COVERED": 1}),
    ("2003-01-05", "428.0", ("203.00",), ("41.04",), {"age": 77}, {}),
    ("2003-01-05", "428.0", ("203.00",), ("41.04",), {"age": 78}, {"NON_COVERED": 1}),
    ("2003-01-05", "428.0", ("200.00",), ("41.04",), {}, {}),
    ("2003-01-05", "428.0", ("277.3",), ("41.04",), {"age": 63}, {}),
    ("2003-01-05", "428.0", ("277.3",), ("41.04",), {"age": 64}, {"NON_COVERED": 1}),
    ("2003-01-05", "428.0", (), ("41.03",), {}, {"NON_COVERED": 1}),
    ("2003-01-05", "428.0", ("205.00",), ("41.03",), {}, {}),
    ("2003-01-05", "428.0", (), ("44.00",), {}, {"NONSPECIFIC_OR": 1}),
    ("2003-01-05", "428.0", (), ("44.00", "81.51"), {}, {}),
    ("2001-05-09", "864.03", (), (), {}, {"MEDICARE_IS_SECONDARY_PAYER": 1}),
    ("2003-01-05", "585.9", (), (), {}, {"INVALID_CODE": 1}),
]


@pytest.mark.parametrize(("day", "principal", "secondary", "procedures", "changes", "met"), ICD9_CASES)
def test_icd9(  # noqa: PLR0913, PLR0917  # a table of cases
    day: str,
    principal: str,
    secondary: tuple[str, ...],
    procedures: tuple[str, ...],
    changes: dict[str, Any],
    met: dict[str, int],
) -> None:
    assert counts(principal, day, secondary=secondary, procedures=procedures, **changes) == met


@pytest.mark.parametrize(("status", "met"), [("01", {"NONSPECIFIC_PDX": 1}), ("20", {})])
def test_a_nonspecific_principal_diagnosis_is_no_edit_for_who_died(status: str, met: dict[str, int]) -> None:
    assert counts("537.9", "2005-08-21", discharge_status=status) == met


@pytest.mark.parametrize("day", ["1999-12-31", "2027-04-01"])
def test_days_outside_of_the_tables_are_refused(day: str) -> None:
    with pytest.raises(ValueError, match="from 2000-01-01 to 2027-03-31"):
        edit(day=day)


def test_an_editor_remembers_no_stay() -> None:
    assert counts("E11") == {"INVALID_CODE": 1}
    assert counts() == {}


def flagged(day: date) -> Counter[str]:
    """Count the codes of each flag on a day."""
    return Counter(flag for code in icd10cm for flag in icd10cm.flags(code, day))


def test_the_number_of_codes_behind_each_edit() -> None:
    expected = {
        "newborn": 42,
        "pediatric": 125,
        "maternity": 2_543,
        "adult": 856,
        "ecodepdx": 7_461,
        "manifestation": 422,
        "unacceptable": 2_657,
        "qadm": 30,
        "unspecified": 3_465,
        "reqsdx": 1,
        "wrngproc": 3,
    }
    found = flagged(date(2025, 10, 15))
    assert {flag: found[flag] for flag in expected} == expected
    assert found["male"] == found["female"] == 0


def test_the_number_of_codes_of_one_sex() -> None:
    found = flagged(LAST_SEX_DAY)
    assert (found["female"], found["male"]) == (3_431, 529)


def test_every_flagged_code_meets_its_edit() -> None:
    day = date(2025, 10, 15)
    found: Counter[str] = Counter()
    for code in icd10cm:
        if icd10cm.flags(code, day):
            found.update(edit(code, "2025-10-15", age=30).counts.keys())
    assert found["E_CODE_AS_PDX"] == 7_461
    assert found["MANIFESTATION_AS_PDX"] == 422
    assert found["UNACCEPTABLE_PDX"] == 2_656  # and Z51.89, for want of a secondary diagnosis
    assert found["REQUIRES_SDX"] == 1
    assert found["UNSPECIFIED"] == 3_465


def rules_met(claim: Any) -> list[str]:
    return [each.rule for each in check(claim, select=("MCE01",), on=date(2026, 7, 1))]


@pytest.mark.parametrize("day", ["2026-06-01", "2026-06-02"])
def test_codes_that_are_added_are_known_at_once_and_forgotten_with_their_release(
    day: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEDCODE_DATA", str(tmp_path / "data"))
    monkeypatch.setattr("medcode.codesets.loaders.common.SHORTEST_SHARE", 0)  # toy lists
    claim = stay("I50.20", "E11.0199", on=day)
    assert rules_met(claim) == ["MCE01"]
    path = tmp_path / "mine.csv"
    path.write_text("code,title\nI50.20,a\nE11.0199,b\nR07.9,c\n", encoding="utf-8")
    told = LoadOptions(set="icd10cm", start=date(2026, 1, 1), end=date(2026, 12, 31))
    try:
        user.add(loaders.load([path], told))
        icd10cm.reload()
        assert rules_met(claim) == []
    finally:
        monkeypatch.undo()
        icd10cm.reload()
    assert rules_met(claim) == ["MCE01"]
