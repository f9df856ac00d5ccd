"""The tricky cases, each by its row: the answer that is right, and the place that says why."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from medcode.claims import x12
from medcode.claims.model.drug import Drug
from medcode.claims.model.stay import ValueAmount
from medcode.codesets.icd9cm import Icd9Cm
from medcode.codesets.icd10cm import icd10cm
from medcode.codesets.icd10pcs import icd10pcs
from medcode.edits import PROFILES, Tables, check
from medcode.edits.examples import SUBSCRIBER, line, stay, visit
from medcode.edits.mce import MedicareCodeEditor, Stay
from medcode.errors import Rejected
from medcode.findings import Severity

EDITOR = MedicareCodeEditor()


def names(claim: Any, **rest: Any) -> set[str]:
    """The names of all findings on a claim."""
    return {finding.name for finding in check(claim, **rest).findings}


def met(principal: str, day: str, *secondary: str, **changes: Any) -> set[str]:
    """CMS's names of the edits that a stay meets."""
    given = {"age": 40, "sex": "F", "length_of_stay": 5, **changes}
    stay = Stay(discharge_date=date.fromisoformat(day), principal=principal, secondary=secondary, **given)
    return set(EDITOR.edit(stay).counts)


def is_billable(code: str, day: str) -> bool:
    report = check(visit(code, on=day, age=None, sex=None), select=("ICD01",))
    assert report.not_checked == ()
    return report.ok


def test_row_01_a_divided_code_is_invalid_and_its_successors_are_offered() -> None:
    (finding,) = check(visit("M54.5", on="2021-10-01"), select=("ICD01",)).findings
    assert finding.fix is not None
    assert finding.fix.text == "Replace with M54.50|M54.51|M54.59."


def test_row_02_a_letter_in_second_place_is_legal() -> None:
    assert is_billable("QA0.0101", "2025-10-01")
    assert not is_billable("QA0.0101", "2025-09-30")


@pytest.mark.parametrize(
    ("code", "before", "from_"),
    [("Z20.822", "2020-12-31", "2021-01-01"), ("U07.1", "2020-03-31", "2020-04-01")],
)
def test_row_03_codes_begin_off_the_cycle(code: str, before: str, from_: str) -> None:
    assert not is_billable(code, before)
    assert is_billable(code, from_)


def test_row_04_a_line_is_judged_on_its_first_day_a_stay_on_its_last() -> None:
    crossing = visit("I42.0", lines=(line(service_date=("2026-09-28", "2026-10-03")),))
    assert names(crossing, select=("ICD",)) == {"span-crosses-change"}
    assert met("I42.0", "2026-10-03") == {"INVALID_CODE"}
    (invalid,) = check(stay("I42.0", on="2026-10-03", days=5), select=("MCE", "ICD")).findings
    assert (invalid.rule, invalid.location.path) == ("MCE01", "principal_diagnosis.code")
    assert [code.dotted for code in icd10cm.descendants("I42.0", date(2026, 10, 3))] == [
        "I42.00",
        "I42.01",
        "I42.09",
    ]


def test_row_05_only_leaves_are_billable() -> None:
    assert [is_billable(code, "2026-01-05") for code in ("E11", "E11.6", "E11.65")] == [False, False, True]


def test_row_06_the_7th_character_and_the_placeholder() -> None:
    (missing,) = check(visit("T36.0X1"), select=("ICD01",)).findings
    assert "heading" in missing.message
    assert missing.fix is not None
    assert missing.fix.text == "Replace with T36.0X1A|T36.0X1D|T36.0X1S."
    (unknown,) = check(visit("T36.01XA"), select=("ICD01",)).findings
    assert unknown.message.endswith("Did you mean T36.0X1A?")
    assert is_billable("T36.0X1A", "2026-01-05")


def test_row_07_a_7th_character_that_the_category_excludes() -> None:
    assert not is_billable("S06.2X7D", "2026-01-05")
    assert is_billable("S06.2X7A", "2026-01-05")


def test_row_08_a_code_written_with_dot_and_blank_in_lower_case() -> None:
    assert icd10cm["j18.9 "].code == "J189"
    assert visit("j18.9 ").diagnoses[0].code == "J189"
    assert met("j18.9 ", "2026-01-05") == set()


def test_row_09_pcs_has_no_letter_o() -> None:
    assert icd10pcs.status("02703OZ", on=date(2026, 1, 5)) == "malformed"
    assert met("I50.20", "2026-01-05", procedures=("02703OZ",)) == {"INVALID_CODE"}
    assert met("I50.20", "2026-01-05", procedures=("02703DZ",)) == set()


@pytest.mark.parametrize(("age", "conflict"), [(8, True), (9, False), (64, False), (65, True)])
def test_row_10_maternity_is_9_to_64(age: int, conflict: bool) -> None:
    assert ("AGE_CONFLICT" in met("O80", "2026-01-05", age=age)) == conflict
    assert ("diagnosis-age-conflict" in names(visit("O80", "Z37.0", age=age))) == conflict


@pytest.mark.parametrize(
    ("code", "fits", "conflicts"), [("Z00.129", 17, 18), ("N40.0", 15, 14), ("E84.11", 0, 1)]
)
def test_row_11_pediatric_adult_and_newborn(code: str, fits: int, conflicts: int) -> None:
    assert "AGE_CONFLICT" not in met(code, "2026-01-05", age=fits)
    assert "AGE_CONFLICT" in met(code, "2026-01-05", age=conflicts)


def test_row_12_perinatal_codes_hold_for_life() -> None:
    assert met("P07.30", "2026-01-05", age=40) == set()
    assert "diagnosis-age-conflict" not in names(visit("P07.30", age=40))


def test_row_13_sex_conflicts_end_on_2024_09_30_and_can_be_waived() -> None:
    assert "SEX_CONFLICT" in met("O80", "2024-09-30", sex="M")
    assert "SEX_CONFLICT" not in met("O80", "2024-10-01", sex="M")
    assert "diagnosis-sex-conflict" in names(visit("O80", on="2024-09-30", sex="M"))
    assert "diagnosis-sex-conflict" not in names(visit("O80", on="2024-10-01", sex="M"))
    waived = visit("O80", sex="M", lines=(line(service_date="2024-09-30", modifiers=("KX",)),))
    assert "diagnosis-sex-conflict" not in names(waived)


def test_row_14_excludes1_where_the_mce_is_silent() -> None:
    (finding,) = check(visit("E11.9", "E10.9"), select=("ICD02",)).findings
    assert finding.message.startswith("Conflict")
    assert met("I50.20", "2026-01-05", "E11.9", "E10.9") == set()


@pytest.mark.parametrize("codes", [("R52", "H92.01"), ("H92.01", "R52")])
def test_row_15_excludes1_from_one_side_is_a_warning_that_can_be_overridden(codes: tuple[str, str]) -> None:
    (finding,) = check(visit(*codes), select=("ICD02",)).findings
    assert finding.severity is Severity.WARNING
    report = check(visit(*codes), select=("ICD02",), tables=Tables(unrelated=[codes]))
    assert not report.findings
    assert len(report.bypassed) == 1


def test_row_16_excludes2_is_clean() -> None:
    assert names(visit("J44.0", "J44.1")) == set()


def test_row_17_excludes1_by_a_range() -> None:
    assert "excludes1" in names(visit("I10", "O10.011"))


def test_row_18_a_normal_delivery_is_alone_and_has_an_outcome() -> None:
    assert {"normal-delivery-and-more", "delivery-without-outcome"} <= names(visit("O80", "O09.511"))


def test_row_19_a_manifestation_is_not_first() -> None:
    assert "MANIFESTATION_AS_PDX" in met("D63.1", "2026-01-05")
    assert "manifestation-first" in names(visit("D63.1"))
    assert [str(r) for note in icd10cm.notes("D63.1").code_first for r in note.references] == ["N18"]


def test_row_20_neither_an_external_cause_nor_a_sequela_is_first() -> None:
    assert not check(visit("W19.XXXA"), select=("ICD06",)).ok
    assert met("W19.XXXA", "2026-01-05") == {"E_CODE_AS_PDX"}
    (warned,) = check(visit("S72.001S"), select=("ICD",)).findings
    assert (warned.name, warned.severity) == ("sequela-first", Severity.WARNING)
    assert met("S72.001S", "2026-01-05") == set()


def test_row_21_unspecified_from_2022_04_01_for_listed_codes() -> None:
    assert met("I50.20", "2022-03-31", "S72.009A") == set()
    assert met("I50.20", "2022-04-01", "S72.009A") == {"UNSPECIFIED"}
    assert met("I50.20", "2022-04-01", "M19.90") == set()


def test_row_22_z5189_wants_a_secondary_diagnosis() -> None:
    assert met("Z51.89", "2026-01-05") == {"REQUIRES_SDX"}
    assert met("Z51.89", "2026-01-05", "I50.20") == set()


def test_row_23_the_list_of_exempt_codes_changes_by_year() -> None:
    years = Tables(poa_exempt={2016: ["Z51.5"], 2019: ["Z51.11"], 2023: ["Z51.5"]})

    def report(day: str) -> Any:
        return check(stay("Z51.5", on=day, present=None), select=("ICD16",), tables=years)

    assert report("2016-01-05").ok
    assert [finding.code for finding in report("2019-01-05").findings] == ["Z515"]
    assert report("2022-10-01").ok
    assert [finding.rule for finding in report("2021-01-05").not_checked] == ["ICD16"]


def test_row_24_the_1_of_older_formats_is_sent_as_a_blank() -> None:
    exempt = Tables(poa_exempt={2026: ["Z51.5"]})
    (finding,) = check(stay("Z51.5", present="1"), select=("ICD16",), tables=exempt).findings
    assert finding.location.path == "principal_diagnosis.present_on_admission"
    assert finding.fix is not None
    assert (finding.fix.new, finding.fix.safe) == (None, True)
    (finding,) = check(stay("I50.20", present="1"), select=("ICD16",), tables=exempt).findings
    assert finding.fix is not None
    assert (finding.fix.options, finding.fix.safe) == (("Y", "N", "U", "W"), False)


def test_only_hospitals_say_what_was_present_on_admission() -> None:
    assert check(stay("I50.20", present="1", facility_type="21"), select=("ICD16",)).ok


def test_row_31_ten_digits_of_a_drug_code_are_ambiguous_and_dashes_are_not() -> None:
    def given(code: str) -> Any:
        return visit(lines=(line("J1885", drug=Drug(code, "1", "ML")),))

    (finding,) = check(given("0002759701"), select=("CLM26",)).findings
    assert (finding.code, finding.severity) == ("0002759701", Severity.ERROR)
    assert "more than one drug" in finding.message
    assert given("60575-4112-1").lines[0].drug.code == "60575411201"
    assert check(given("60575-4112-1"), select=("CLM26",)).ok


def test_row_33_a_payer_may_not_ask_for_its_number_on_an_original_claim() -> None:
    assert not check(visit(frequency="7"), select=("CLM08",)).ok
    for profile in PROFILES:
        assert "replacement-without-number" not in names(visit(frequency="1"), profile=profile)


@pytest.mark.parametrize(("amount", "written"), [("100.00", "100"), ("0.50", ".5")])
def test_row_34_amounts_are_written_short(amount: str, written: str) -> None:
    assert f"SV1*HC:99213*{written}*UN" in x12.dumps([visit(lines=(line(charge=amount),))])


@pytest.mark.parametrize("amount", ["100000000.00", "1,000"])
def test_row_34_amounts_that_no_payer_can_read_are_refused(amount: str) -> None:
    with pytest.raises(Rejected):
        x12.dumps([visit(lines=(line(charge=amount),))])


def test_row_37_codes_of_both_icd_versions_are_answered_a7_255() -> None:
    mixed = visit("E11.9", Icd9Cm("401.9"))
    finding = next(found for found in check(mixed).findings if found.rule == "ICD04")
    assert (finding.severity, finding.ack) == (Severity.ERROR, "A7:255")


@pytest.mark.parametrize("name", ["SMITH*TED", "A~B", "X:Y"])
def test_row_39_a_delimiter_in_a_name_is_never_written(name: str) -> None:
    claim = visit(subscriber=SUBSCRIBER.evolve(birth_date="1986-01-01", last_name=name))
    with pytest.raises(Rejected):
        x12.dumps([claim])


def test_row_40_value_codes_keep_what_is_no_amount() -> None:
    text = x12.dumps([stay("I50.20", value_codes=(ValueAmount("45", "02"), ValueAmount("A0", "12345")))])
    assert re.search(r"HI\*BE:45:::0?2\*BE:A0:::12345~", text)
    sent = text.replace("BE:45:::2*", "BE:45:::02*")
    assert x12.dumps(x12.loads(sent)) == sent
    assert x12.validate(sent).ok
