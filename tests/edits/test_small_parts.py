"""Small parts of edits at their edges."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from medcode.claims.model import LineAdjudication
from medcode.edits import check
from medcode.edits.claim.code_refs import procedures_of
from medcode.edits.claim.days_billed import nights
from medcode.edits.claim.user_tables import is_placed
from medcode.edits.context import Context
from medcode.edits.examples import MEDICARE_PATIENT, dental, line, stay, visit
from medcode.edits.fixes import repointed
from medcode.edits.forms import digits_only
from medcode.edits.icd.present_on_admission import fix_for
from medcode.edits.kinds import CodeList
from medcode.edits.ncci.units import field_of
from medcode.edits.services import key_of, services, who
from medcode.findings import FixKind

DAY = date(2026, 1, 10)


def test_days_of_a_statement_that_ends_before_it_begins_are_not_known() -> None:
    assert nights(stay("I50.20").evolve(statement_dates=("2026-01-10", "2026-01-05"))) is None


def test_teeth_and_area_make_dental_lines_different() -> None:
    claim = dental("K02.51")
    (service, *_) = services(Context(claim, DAY))
    assert key_of(claim, service)[1] == claim.lines[0].teeth


def test_institutional_lines_have_no_place_and_no_pointers() -> None:
    context: Any = Context(stay("I50.20"), DAY)
    assert is_placed(context, None, ())  # type: ignore[arg-type]  # no line is looked at
    assert context.pointed(0) == ()


def test_a_pointer_to_no_diagnosis_stays_as_it_is() -> None:
    claim = visit("I10", lines=(line("99213", diagnosis_pointers=(9,)),))
    (moved,) = repointed(claim, (*claim.diagnoses, *claim.diagnoses))
    assert moved.diagnosis_pointers == (9,)


def test_an_identifier_that_is_wrong_without_punctuation_has_no_fix() -> None:
    assert digits_only("tax_id", "1-2", lambda _: None) is None


def test_an_indicator_in_lower_case_has_one_fix() -> None:
    fix = fix_for("principal_diagnosis.present_on_admission", "I10", "y", None)
    assert (fix.new, fix.kind) == ("Y", FixKind.SAFE)


def test_single_codes_of_a_list_come_sorted() -> None:
    assert list(CodeList("B2000 A1000 00100-01999")) == ["A1000", "B2000"]


def test_a_range_holds_codes_with_their_letters_where_its_ends_have_them() -> None:
    codes = ("0001U", "0005U", "00049", "0003U1", "000AU")
    assert [code for code in codes if code in CodeList("0001U-0010U")] == ["0001U", "0005U"]
    assert [code for code in ("A0427", "A042", "A04278") if code in CodeList("A0426-A0434")] == ["A0427"]


def test_telehealth_in_a_hospital_needs_no_place_02() -> None:
    claim = visit(
        "I10", lines=(line("99213", modifiers=("95",), place_of_service="22", service_date="2026-01-05"),)
    )
    assert "MOD" not in {each.rule[:3] for each in check(claim, on=DAY).findings}


def test_supplies_have_the_limits_of_suppliers() -> None:
    claim = visit("I10", lines=(line("E0114"),))
    context: Any = Context(claim, DAY)
    context.tables = SimpleNamespace(mue_supplier=("table",))
    assert field_of(claim, context) == "mue_supplier"


def test_nobody_is_nobody() -> None:
    assert who(None) == ""


def test_a_code_not_otherwise_specified_is_a_warning() -> None:
    report = check(visit(lines=(line("A4335"),)), ("CLM42",))
    assert report.ok
    assert "some payers ask for a description" in str(report)


def test_an_ambulance_that_carried_nobody_needs_no_trip() -> None:
    claim = visit(subscriber=MEDICARE_PATIENT, lines=(line("A0998"),))
    assert check(claim, ("AMB01",)).findings == ()


def test_codes_that_are_blank_and_decisions_without_one_are_passed_over() -> None:
    decision = LineAdjudication(payer_id="P2", paid=Decimal(1))
    claim = visit(
        anesthesia_procedures=("", "27447"), lines=(line("00100").evolve(adjudications=(decision,)),)
    )
    assert [found[2] for found in procedures_of(claim.lines[0])] == ["00100"]
    assert not [each for each in check(claim, select=["CLM41"]).findings if not each.code]
