"""Files are fixed where one answer exists, listed with choices where not, and otherwise left byte for byte."""

from __future__ import annotations

import sys
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from medcode import scrub
from medcode.claims import x12
from medcode.claims.model import Contact, Drug, ProfessionalClaim
from medcode.cli import main
from medcode.edits import Tables, apply_fixes, check
from medcode.edits.examples import (
    BILLING,
    MEDICARE_PATIENT,
    SUBSCRIBER,
    dental,
    line,
    room,
    stay,
    visit,
)
from medcode.findings import FixKind
from medcode.fixing import Page, fix_file, listed, option
from medcode.testing import strategies

if TYPE_CHECKING:
    from pathlib import Path

    from medcode.claims.model import Claim

ON = date(2026, 2, 2)
MADE = datetime(2026, 2, 2)  # noqa: DTZ001  # X12 has no time zones
MEMBER = MEDICARE_PATIENT


def text_of(claim: Claim) -> str:
    envelope = x12.Envelope(sender="SUB", receiver="PAYER", created=MADE)
    return x12.dumps([claim], check=False, envelope=envelope)


VISIT = text_of(
    visit(
        "E11.9",
        "T36.0X1A",
        "I10",
        subscriber=MEMBER,
        lines=(
            line("99213", modifiers=("25", "GC"), diagnosis_pointers=(1, 3)),
            line("J1885", drug=Drug("00026063512", "10", "ML")),
        ),
    )
)

FIXED = [
    ("a dash in the ZIP code", "123450001", "12345-0001"),
    ("a blank in the ZIP code", "123450001", "12345 0001"),
    ("a dash in the tax id", "EI*123456789", "EI*12-3456789"),
    ("dashes in the Medicare number", "1EG4TE5MK73", "1EG4-TE5-MK73"),
    ("dashes in the telephone number", "TE*5555550100~HL*2", "TE*555-555-0100~HL*2"),
    ("parentheses in the telephone number", "TE*5555550100~HL*2", "TE*(555)5550100~HL*2"),
    ("dashes in the drug code", "N4*00026063512", "N4*00026-0635-12"),
    ("a state that is written out", "ANYTOWN*NY*12345~", "ANYTOWN*NEW YORK*12345~"),
    ("a state in small letters", "ANYTOWN*NY*12345~", "ANYTOWN*ny*12345~"),
    ("a repeated modifier", "HC:99213:25:GC*", "HC:99213:25:GC:25*"),
    ("a total that is not the sum", "CLM*EXAMPLE*200*", "CLM*EXAMPLE*190*"),
    ("a dot in a diagnosis", "ABK:E119", "ABK:E11.9"),
    ("a diagnosis in small letters", "ABK:E119", "ABK:e119"),
    ("a placeholder in the wrong place", "ABF:T360X1A", "ABF:T3601XA"),
    ("a letter O for a zero", "ABK:E119*ABF:T360X1A", "ABK:E119*ABF:T36OX1A"),
    ("a procedure in small letters", "HC:J1885", "HC:j1885"),
    ("dashes in the NPI", "XX*1234567893~N3*1", "XX*123-456-7893~N3*1"),
    ("a state with dots", "ANYTOWN*NY*12345~", "ANYTOWN*N.Y.*12345~"),
    ("a telephone number with the country code", "TE*5555550100~HL*2", "TE*1-555-555-0100~HL*2"),
    ("dots in the telephone number", "TE*5555550100~HL*2", "TE*555.555.0100~HL*2"),
    ("a drug code without its zeros", "N4*00026063512", "N4*0026-0635-12"),
    ("a modifier in small letters", "HC:99213:25:GC*", "HC:99213:25:gc*"),
    ("a modifier with its dash", "HC:99213:25:GC*", "HC:99213:-25:GC*"),
    ("a diagnosis with a dot at its end", "ABF:I10~", "ABF:I10.~"),
    ("a diagnosis with a comma", "ABK:E119", "ABK:E11,9"),
    ("a pointer with decimals", "*1:3~", "*1.00:3~"),
    ("a pointer with a zero before it", "*1:3~", "*01:3~"),
    ("a blank in the state", "ANYTOWN*NY*12345~", "ANYTOWN*N Y*12345~"),
    ("a sex that is written out", "*F~", "*FEMALE~"),
]


@pytest.mark.parametrize(("right", "wrong"), [each[1:] for each in FIXED], ids=[each[0] for each in FIXED])
def test_a_breakage_with_one_answer_is_fixed_and_all_else_stays(right: str, wrong: str) -> None:
    assert right in VISIT
    broken = VISIT.replace(right, wrong, 1)
    fixed = fix_file(broken, on=ON)
    assert fixed.after == VISIT
    again = fix_file(fixed.after, on=ON)
    assert (again.after, again.applied, again.rewritten) == (VISIT, (), 0)


def test_the_command_writes_each_of_them_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "claims.837"
    for name, right, wrong in FIXED:
        path.write_text(VISIT.replace(right, wrong, 1), encoding="utf-8")
        assert main(["fix", str(path), "--write"]) == 0, name
        assert path.read_text(encoding="utf-8") == VISIT, name
        assert "+" in capsys.readouterr().out


@pytest.mark.parametrize("end", ["\n", "\r\n", "  \n"], ids=["lf", "crlf", "blanks"])
def test_a_file_with_line_ends_keeps_its_terminators(end: str) -> None:
    lines = VISIT.replace("~", f"~{end}")
    for name, *pair in FIXED:
        right, wrong = (each.replace("~", f"~{end}") for each in pair)
        fixed = fix_file(lines.replace(right, wrong, 1), on=ON)
        assert fixed.after == lines, name


def pointers(text: str) -> list[tuple[int | str, ...]]:
    (claim,) = x12.loads(text).claims()
    assert isinstance(claim, ProfessionalClaim)
    return [each.diagnosis_pointers for each in claim.lines]


def test_a_repeated_diagnosis_is_removed_and_the_pointers_follow() -> None:
    broken = VISIT.replace("ABF:I10", "ABF:E119", 1)
    fixed = fix_file(broken, on=ON)
    assert "*ABF:T360X1A~" in fixed.after
    assert "E119*ABF:T360X1A*ABF" not in fixed.after
    assert pointers(fixed.after)[0] == (1,)


def test_a_manifestation_goes_behind_its_disease_and_the_pointers_follow() -> None:
    broken = text_of(
        visit("D63.1", "N18.5", lines=(line(diagnosis_pointers=(2,)), line("99214", diagnosis_pointers=(1,))))
    )
    fixed = fix_file(broken, on=ON)
    (claim,) = x12.loads(fixed.after).claims()
    assert [each.code for each in claim.diagnoses] == ["N185", "D631"]
    assert pointers(fixed.after) == [(1,), (2,)]


STAY = text_of(stay("I50.20", "E11.65"))


@pytest.mark.parametrize(
    ("right", "wrong"), [("SV2*0120", "SV2*120"), ("CL1*1*1*01", "CL1*1*1*1")], ids=["revenue", "status"]
)
def test_a_leading_zero_that_was_lost_is_written(right: str, wrong: str) -> None:
    assert fix_file(STAY.replace(right, wrong, 1), on=ON).after == STAY
    unknown = STAY.replace(right, f"{wrong}x", 1)
    assert fix_file(unknown, on=ON).after == unknown


def test_a_country_in_three_letters_is_written_in_two() -> None:
    fixed = fix_file(VISIT.replace("ANYTOWN*NY*12345~", "ANYTOWN*NY*12345*USA~", 1), on=ON)
    assert "ANYTOWN*NY*12345*US~" in fixed.after
    unknown = VISIT.replace("ANYTOWN*NY*12345~", "ANYTOWN*NY*12345*XYZ~", 1)
    assert fix_file(unknown, on=ON).after == unknown


def test_59_gives_way_to_a_subset_of_it() -> None:
    fixed = fix_file(text_of(visit(lines=(line("20610", modifiers=("59", "XS", "LT")),))), on=ON)
    assert "HC:20610:XS:LT*" in fixed.after


@pytest.mark.property
@given(st.one_of(strategies.claims(), strategies.claims(broken="claim-total")))
@settings(suppress_health_check=list(HealthCheck))
def test_a_clean_claim_stays_and_a_second_time_changes_nothing(claim: Claim) -> None:
    report = check(claim, on=ON)
    (once,) = apply_fixes([claim], report)
    assert report.findings or once == claim
    (twice,) = apply_fixes([once], check(once, on=ON))
    assert twice == once
    assert not {each.rule for each in check(once, on=ON).errors} - {each.rule for each in report.errors}


@pytest.mark.property
@given(
    st.one_of(
        strategies.professional_claims(),
        strategies.institutional_claims(),
        strategies.dental_claims(),
        strategies.medicare_claims(),
    )
)
@settings(suppress_health_check=list(HealthCheck))
def test_a_file_of_a_clean_claim_stays_as_it_is(claim: Claim) -> None:
    text = text_of(claim)
    fixed = fix_file(text, on=ON)
    assert fixed.after == text or scrub(text, on=ON).findings


CHOICES = [
    ("seventh characters", visit("T36.0X1"), ("T360X1A", "T360X1D", "T360X1S")),
    ("characters of a fracture", visit("S52.501"), tuple(f"S52501{each}" for each in "ABCDEFGHJKMNPQRS")),
    ("59 on a visit", visit(lines=(line("99213", modifiers=("59",)),)), (("25",), ())),
    ("59 beside 25", visit(lines=(line("99213", modifiers=("25", "59")),)), (("25",),)),
    ("25 on a procedure", visit(lines=(line("20610", modifiers=("25", "RT")),)), (("RT",),)),
    (
        "a line twice",
        visit(lines=(line("36415"), line("36415"))),
        (("76",), ("77",), ("91",)),
    ),
    ("sides", visit("M25.569"), ("M25561", "M25562")),
    (
        "both sides and one",
        visit("M17.0", lines=(line("20610", modifiers=("50", "LT")),)),
        (("50",), ("LT",)),
    ),
    ("two plans", visit(lines=(line("97110", modifiers=("GP", "GO")),)), (("GP",), ("GO",))),
    ("another plan", visit(lines=(line("97165", modifiers=("GP",)),)), (("GO",),)),
    ("successors", visit("M54.5", on="2026-01-05"), ("M5450", "M5451", "M5459")),
    ("POA indicator", stay("I50.20", present="1"), ("Y", "N", "U", "W")),
    ("therapy plan", visit(subscriber=MEMBER, lines=(line("97110"),)), (("GN",), ("GO",), ("GP",))),
]


@pytest.mark.parametrize(
    ("claim", "options"), [each[1:] for each in CHOICES], ids=[each[0] for each in CHOICES]
)
def test_a_breakage_with_several_answers_is_listed_with_them(
    claim: Claim, options: tuple[object, ...]
) -> None:
    text = text_of(claim)
    fixed = fix_file(text, on=ON)
    assert fixed.after == text
    found = [each.fix for each in fixed.open if each.fix and each.fix.kind is FixKind.CHOICE]
    assert found[0].options == options
    rows = "\n".join(listed(fixed.open))
    assert "claim 1: " in rows
    assert all(option(each) in rows.replace(".", "") for each in options if each)
    assert "One of: M5450" not in rows, "it is named with its dot already"


def test_a_choice_that_is_made_is_applied() -> None:
    text = text_of(visit("M54.5"))
    fixed = fix_file(text, on=ON, choose=lambda _finding, fix: fix.options[0])
    assert "ABK:M5450" in fixed.after
    assert not fix_file(text, on=ON, choose=lambda *_: None).applied
    claim = visit("M54.5")
    (right,) = apply_fixes([claim], check(claim), choose=lambda _finding, fix: fix.options[1])
    assert [each.code for each in right.diagnoses] == ["M5451"]


def test_what_has_no_place_in_the_file_stays_open() -> None:
    claim = stay("I50.20", present="Y", discharge_time=None)
    page = Page(text_of(claim))
    assert not page.put(page.claims[0], claim.evolve(discharge_time="11:00"))
    assert page.text() == page.before
    text = text_of(stay("I50.20", present=None))
    exempt = Tables(poa_exempt={2026: ["Z51.5"]})
    fixed = fix_file(text, on=ON, tables=exempt, choose=lambda _finding, fix: fix.options[0])
    assert fixed.after == text
    assert "ICD16" in {finding.rule for finding in fixed.open}


def test_a_modifier_that_is_chosen_is_written_after_the_code() -> None:
    lines = (line("97110"), line("97140", modifiers=("59",)))
    claim = visit(subscriber=MEMBER, lines=lines)
    fixed = fix_file(text_of(claim), on=ON, choose=lambda _finding, fix: fix.options[-1])
    assert "SV1*HC:97110:GP*" in fixed.after
    assert "SV1*HC:97140:59:GP*" in fixed.after
    assert "MOD04" not in {finding.rule for finding in fixed.open}
    bill = stay(
        "I50.20",
        subscriber=MEMBER,
        facility_type="13",
        lines=(
            room(revenue_code="0420", procedure="97110", quantity=1, unit="UN", service_date="2026-01-05"),
        ),
    )
    fixed = fix_file(text_of(bill), on=ON, select=["MOD04"], choose=lambda _finding, fix: fix.options[-1])
    assert "SV2*0420*HC:97110:GP*" in fixed.after
    page = Page(text_of(dental()))
    tooth: Any = page.claims[0].lines[0]
    filled = tooth.evolve(procedure=tooth.procedure.evolve(modifiers=("22",)))
    assert page.put(page.claims[0], page.claims[0].evolve(lines=(filled,)))
    assert "SV3*AD:D2150:22*" in page.text()


def test_the_command_shows_the_diff_and_writes_only_when_it_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["medcode"])
    path = tmp_path / "claims.837"
    broken = VISIT.replace("123450001", "12345-0001", 1)
    path.write_text(broken, encoding="utf-8")
    assert main(["fix", str(path)]) == 0
    out, err = capsys.readouterr()
    assert "-N4*ANYTOWN*NY*12345-0001~" in out
    assert "+N4*ANYTOWN*NY*123450001~" in out
    assert "not written" in err
    assert path.read_text(encoding="utf-8") == broken
    assert main(["fix", str(path), "--write", "-o", str(tmp_path / "copy.837")]) == 0
    assert path.read_text(encoding="utf-8") == VISIT == (tmp_path / "copy.837").read_text(encoding="utf-8")
    capsys.readouterr()
    path.write_text(text_of(visit("M54.5")), encoding="utf-8")
    assert main(["fix", str(path), "--write"]) == 1
    assert "claim 1: ICD01 diagnosis 1, " in capsys.readouterr().err
    path.write_text("nothing of X12", encoding="utf-8")
    assert main(["fix", str(path)]) == 2


def test_identifiers_never_show_in_the_text_of_a_fix() -> None:
    claim = visit(
        billing_provider=BILLING.evolve(tax_id="1234-56789", contacts=Contact("OFFICE", phone="5555-550100")),
        subscriber=SUBSCRIBER.evolve(birth_date="1986-01-01", ssn="0780-5-1120"),
    )
    report = check(claim)
    assert {finding.rule for finding in report} == {"CLM23", "CLM75", "CLM76"}
    assert all(finding.fix and finding.fix.safe for finding in report)
    assert not any(digits in str(report) for digits in ("56789", "555", "1120"))


def test_only_chosen_rules_are_fixed_and_listed() -> None:
    text = text_of(visit("M54.5", stated_total="90"))
    assert {each.rule for each in fix_file(text, on=ON, select=["CLM02"]).open} == set()
    assert fix_file(text, on=ON, ignore=["CLM02"]).after == text
    untouched = fix_file(text, on=ON, select=["number-form"])
    assert (untouched.after, untouched.open) == (text, ())
