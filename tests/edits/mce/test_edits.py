"""The Medicare Code Editor over institutional claims: places, waivers and what cannot be checked."""

from __future__ import annotations

from typing import Any

import pytest

from medcode.claims.model.party import Dependent
from medcode.edits import check
from medcode.edits.examples import stay
from medcode.findings import Severity


def found(claim: Any) -> list[tuple[str, str | None, str | None]]:
    """Rule, path and code of each finding of the MCE."""
    return [(f.rule, f.location.path, f.code) for f in check(claim, select=("MCE",)).findings]


def test_each_code_is_named_at_its_own_place() -> None:
    claim = stay(
        "I50.20",
        "E11",
        "I50.20",
        external_causes=("W19",),
        procedures=("02703OZ", "00F3XZZ"),
        admitting_diagnosis="R07",
    )
    assert found(claim) == [
        ("MCE01", "other_diagnoses[0].code", "E11"),
        ("MCE01", "external_causes[0].code", "W19"),
        ("MCE01", "principal_procedure.code", "02703OZ"),
        ("MCE01", "admitting_diagnosis", "R07"),
        ("MCE03", "other_diagnoses[1].code", "I5020"),
        ("MCE11", "other_procedures[0].code", "00F3XZZ"),
    ]


def test_an_invalid_admitting_diagnosis_is_only_a_warning() -> None:
    (finding,) = check(stay("I50.20", admitting_diagnosis="R07"), select=("MCE01",)).findings
    assert finding.severity is Severity.WARNING


def test_a_conflict_of_the_admitting_diagnosis_is_told() -> None:
    claim = stay("I50.20", on="2024-09-30", age=30, sex="M", admitting_diagnosis="O80")
    assert found(claim) == [("MCE05", "admitting_diagnosis", "O80")]


def test_what_concerns_the_patient_is_placed_there() -> None:
    child = Dependent(last_name="DOE", relationship="19", birth_date="1880-01-01", sex="F")
    assert found(stay("I50.20", dependent=child)) == [("MCE14", "dependent.birth_date", None)]


@pytest.mark.parametrize(
    ("claim", "rule"),
    [
        (stay("N40.0", on="2024-09-30", sex="F", condition_codes=("45",)), "MCE05"),
        (stay("I50.20", "S72.009A", billing_note="Unable to det lat 1"), "MCE20"),
    ],
)
def test_what_the_claim_waives_is_bypassed(claim: Any, rule: str) -> None:
    report = check(claim, select=("MCE",))
    assert [finding.rule for finding in report.bypassed] == [rule]
    assert report.findings == ()


@pytest.mark.parametrize(
    "claim", [stay("I50.20", on="2027-04-01"), stay("I50.20", admission=None, statement_dates="2026-13-01")]
)
def test_a_discharge_without_tables_or_date_is_not_checked(claim: Any) -> None:
    report = check(claim, select=("MCE01",))
    assert report.findings == ()
    assert len(report.not_checked) == 1


def test_without_birth_date_the_age_is_not_checked_and_the_rest_is() -> None:
    claim = stay("I50.20", "E11")
    claim = claim.evolve(subscriber=claim.subscriber.evolve(birth_date=None))
    report = check(claim, select=("MCE",))
    assert {finding.rule for finding in report.not_checked} == {"MCE04", "MCE11", "MCE14"}
    assert [finding.rule for finding in report.findings] == ["MCE01"]


def test_outside_of_a_stay_the_general_edits_take_over() -> None:
    outpatient = stay("W19.XXXA", "E11", facility_type="13", admission=None, reasons_for_visit=("R07",))
    report = check(outpatient, select=("MCE", "ICD01", "ICD06"))
    assert [(f.rule, f.location.path) for f in report.findings] == [
        ("ICD01", "other_diagnoses[0].code"),
        ("ICD01", "reasons_for_visit[0]"),
        ("ICD06", "principal_diagnosis.code"),
    ]


def test_the_rules_with_more_authority_speak_alone() -> None:
    report = check(stay("D63.1", "E11"), select=("MCE", "ICD01", "ICD05"))
    assert [finding.rule for finding in report.findings] == ["MCE01", "MCE06"]
    assert {"ICD01", "ICD05"}.isdisjoint(report.outcomes)


def test_an_invalid_code_says_why_and_what_replaces_it() -> None:
    claim = stay("I42.0", on="2026-10-03", procedures=("02703OZ", "O2703DZ"))
    first, second, third = check(claim, select=("MCE01",)).findings
    assert first.message.startswith("I42.0 is a heading since 2026-10-01")
    assert first.fix is not None
    assert first.fix.text == "Replace with I42.00|I42.01|I42.09."
    assert second.message == (
        "'02703OZ' is not a valid ICD-10-PCS code. "
        "ICD-10-PCS has no letters O and I: were the digits 0 and 1 meant?"
    )
    assert third.message.endswith("Did you mean 02703DZ?")
    assert third.fix is not None
    assert third.fix.new == "02703DZ"


def test_without_the_editor_the_procedures_are_judged_all_the_same() -> None:
    (finding,) = check(stay("I50.20", procedures=("02703DX",)), select=("ICD01",)).findings
    assert finding.location.path == "principal_procedure.code"
