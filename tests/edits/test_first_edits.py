"""The first edits, case by case: those their own examples do not show."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from medcode.claims import Snodent
from medcode.codesets.base import CodeSet
from medcode.codesets.code import Malformed
from medcode.codesets.icd9cm import Icd9Cm
from medcode.codesets.icd10cm import Icd10Cm
from medcode.codesets.memory import forget
from medcode.codesets.notes import Note
from medcode.codesets.references import parse_references
from medcode.edits import Tables, check, judged
from medcode.edits.examples import BILLING, dental, line, visit
from medcode.edits.icd.code_first import binding


def messages(rule: str, claim: Any) -> list[str]:
    return [finding.message for finding in check(claim, select=(rule,)).findings]


@pytest.mark.parametrize(
    ("code", "on", "message"),
    [
        ("M54.5", "2021-10-01", "M54.5 is a heading since 2021-10-01, not billable on 2021-10-01"),
        ("E11", "2026-01-05", "E11 is a heading, not billable on 2026-01-05; code it with more characters."),
        (
            "T81.4XXA",
            "2018-10-01",
            "T81.4XXA is deleted since 2018-10-01; it was valid from 2015-10-01 to 2018-09-30.",
        ),
        ("Z20.822", "2020-12-31", "Z20.822 is valid from 2021-01-01, not yet on 2020-12-31."),
        ("T36.01XA", "2026-01-05", "T36.01XA is not in any release of ICD-10-CM."),
        ("E11..9", "2026-01-05", "'E11..9' is not a valid ICD-10-CM code."),
    ],
)
def test_why_a_code_is_not_billable(code: str, on: str, message: str) -> None:
    (said,) = messages("ICD01", visit(code, on=on))
    assert said.startswith(message)


def test_what_replaces_a_code_is_offered() -> None:
    (finding,) = check(visit("M54.5", on="2021-10-01"), select=("ICD01",)).findings
    assert finding.fix is not None
    assert finding.fix.text == "Replace with M54.50|M54.51|M54.59."
    assert finding.code == "M545"
    (many,) = check(visit("E11"), select=("ICD01",)).findings
    assert many.fix is None


def test_a_day_beyond_the_table_is_not_checked() -> None:
    report = check(visit(on="2031-01-05"), select=("ICD01",))
    assert report.ok
    assert "does not cover 2031-01-05" in report.not_checked[0].message


def test_icd9_is_judged_by_its_own_table() -> None:
    assert messages("ICD01", visit(Icd9Cm("034.0"), on="2010-01-05")) == []
    assert messages("ICD01", visit(Icd9Cm("034.0"), on="2015-10-01"))
    assert messages("ICD01", visit("J02.0", on="2015-09-30"))


def test_a_code_set_without_a_table_is_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = CodeSet("icd10cm", Icd10Cm)
    monkeypatch.setattr(judged, "icd10cm", bare)
    forget()  # what was kept of the codes
    try:
        report = check(visit(), select=("ICD01",))
    finally:
        forget()
    assert report.ok
    assert "no table" in report.not_checked[0].message


@pytest.mark.parametrize("waived", [True, False])
def test_modifier_kx_waives_a_conflict_with_the_sex(waived: bool) -> None:
    lines = (line(service_date="2024-01-05"), line(modifiers=("KX",) if waived else ()))
    report = check(visit("O80", on="2024-01-05", sex="M", lines=lines), select=("SEX01",))
    assert len(report.bypassed) == waived
    assert len(report.findings) == (not waived)


def test_an_unknown_sex_is_not_checked() -> None:
    report = check(visit("O80", on="2024-01-05", sex="U"), select=("SEX01",))
    assert "neither M nor F" in report.not_checked[0].message


def test_a_pointer_that_is_no_number_leads_nowhere() -> None:
    claim = visit("E11.9", lines=(line(diagnosis_pointers=(1, 0, Malformed("1.00"))),))
    found = check(claim, select=("CLM01",)).findings
    assert [f.location.path for f in found] == [
        "lines[0].diagnosis_pointers[1]",
        "lines[0].diagnosis_pointers[2]",
    ]


def test_each_provider_with_a_wrong_number_is_named() -> None:
    other = BILLING.evolve(npi="9876543210")
    claim = visit(billing_provider=other, lines=(line(rendering_provider=other),))
    first, second = check(claim, select=("CLM03",)).findings
    assert (first.location.path, first.ack) == ("billing_provider.npi", "A7:562:85")
    assert (second.location.path, second.ack) == ("lines[0].rendering_provider.npi", "A7:562:82")


def test_a_number_that_was_meant_as_no_npi_is_named_too() -> None:
    claim = visit(billing_provider=BILLING.evolve(npi=Malformed("1234567893")))
    assert messages("CLM03", claim) == ["1234567893 is not an NPI."]


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("T36.01XA", " Did you mean T36.0X1A?"),
        ("J18.9X", " Did you mean J18.9?"),
        ("M17.O", " Did you mean M170?"),
        (
            "S72.001Z",
            " After S72001 the 7th character is one of A, B, C, D, E, F, G, H, J, K, M, N, P, Q, R, S.",
        ),
        ("ZZZ.99", ""),
    ],
)
def test_what_was_meant_is_guessed_where_that_is_near(code: str, hint: str) -> None:
    (said,) = messages("ICD01", visit(code))
    assert said.endswith(f"is not in any release of ICD-10-CM.{hint}")


def outcomes(rule: str, claim: Any, **rest: Any) -> dict[str, int]:
    return {
        str(outcome): number
        for outcome, number in check(claim, select=(rule,), **rest).outcomes[rule].items()
    }


@pytest.mark.parametrize(
    ("codes", "answer"),
    [
        (("E11.9", "E10.9"), "Conflict"),
        (("R52", "H92.01"), "Needs review"),
        (("H92.01", "R52"), "Needs review"),
        (("I10", "O10.011"), "Needs review"),
    ],
)
def test_excludes1_is_looked_for_in_both_directions(codes: tuple[str, str], answer: str) -> None:
    (said,) = messages("ICD02", visit(*codes))
    assert said.startswith(answer)


@pytest.mark.parametrize(
    "codes",
    [("J44.0", "J44.1"), ("E11.9", "E11.9"), ("E11.9", "ZZZ.99"), ("E11.9", "E10.ZZ"), ("E11.9", "1!")],
)
def test_excludes1_finds_nothing_where_there_is_nothing(codes: tuple[str, str]) -> None:
    assert messages("ICD02", visit(*codes)) == []


def test_excludes1_does_not_hold_for_what_is_documented_as_unrelated() -> None:
    tables = Tables(unrelated=[("h92.01", "R52")])
    assert outcomes("ICD02", visit("R52", "H92.01"), tables=tables) == {"bypassed": 1}
    assert outcomes("ICD02", visit("E11.9", "E10.9"), tables=tables) == {"fail": 1}


def test_the_first_readable_code_decides_on_the_set() -> None:
    mixed = visit("1!", Icd9Cm("401.9"), "E11.9")
    assert [f.location.path for f in check(mixed, select=("ICD04",)).findings] == ["diagnoses[2].code"]


def test_an_unknown_code_asks_for_nothing() -> None:
    assert messages("ICD12", visit("ZZZ.99", "1!")) == []


def test_a_manifestation_of_icd9_has_no_notes() -> None:
    assert messages("ICD11", visit(Icd9Cm("428.0"), Icd9Cm("357.2"), on="2012-01-05")) == []


def test_the_last_sex_list_needs_a_sex() -> None:
    assert outcomes("SEX02", visit("O80", sex="U")) == {"not_checked": 1}


def test_a_span_is_looked_at_through_pointers_that_lead_somewhere() -> None:
    crossing = line(service_date=("2026-09-28", "2026-10-03"), diagnosis_pointers=(9, 1))
    assert len(messages("ICD15", visit("I42.0", lines=(crossing,)))) == 1
    assert messages("ICD15", visit("I42.0", on="2026-09-28")) == []


@pytest.mark.parametrize(
    ("code", "days"),
    [
        ("E11", ("2026-09-28", "2026-10-03")),  # a heading on both days
        ("I42.00", ("2026-09-28", "2026-10-03")),  # not yet on the first
        ("E11.9", ("2027-03-20", "2027-04-02")),  # out of coverage on the last
    ],
)
def test_a_span_crosses_no_change_unless_the_code_ends_within_it(code: str, days: tuple[str, str]) -> None:
    assert messages("ICD15", visit(code, lines=(line(service_date=days),))) == []


def test_a_note_binds_that_names_codes_says_all_and_is_not_if_applicable() -> None:
    note = Note(
        "use_additional", "E11", "use additional code (Z79.4)", parse_references("Z79.4")[0], parsed=True
    )
    others = (
        attrs.evolve(note, references=()),
        attrs.evolve(note, parsed=False),
        attrs.evolve(note, text="use additional code, if applicable (Z79.4)"),
    )
    assert binding([*others, note]) == [note]


def test_a_snodent_code_is_not_checked_and_no_icd_code() -> None:
    report = check(dental(Snodent("110283007"), "K02.9"))
    assert not report.findings
    about = [each for each in report.not_checked if each.location.path == "diagnoses[0].code"]
    assert [(each.rule, each.message) for each in about] == [
        ("ICD01", "Not checked: there is no table of SNODENT codes.")
    ]


def test_no_diagnosis_is_known_to_be_exempt_on_no_day() -> None:
    assert Tables(poa_exempt={2026: ["Z51.5"]}).exempt_on(None) is None
