"""Fixes are applied where they are safe, and the fewest that clear a claim are found."""

from __future__ import annotations

from decimal import Decimal

import pytest

from medcode.edits import Tables, apply_fixes, check, minimal_fixes
from medcode.edits.examples import line, stay, visit
from medcode.edits.fixes import put


def test_a_value_is_put_anywhere() -> None:
    claim = put(visit(), "lines[0].quantity", 2)
    assert claim.lines[0].quantity == Decimal(2)
    assert put(claim, "lines[0]", line("99214")).lines[0].procedure.code == "99214"
    assert put(claim, "place_of_service", "22").place_of_service == "22"


def test_a_path_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="not a path"):
        put(visit(), "", 1)


def test_safe_fixes_are_applied_and_others_are_not() -> None:
    stays = [stay("Z51.5", present="1"), stay("I50.20")]
    tables = Tables(poa_exempt={2026: ["Z51.5"]})
    first, second = apply_fixes(stays, check(stays, tables=tables))
    assert first.principal_diagnosis.present_on_admission is None
    assert second == stays[1]
    wrong = visit("E11")
    assert apply_fixes([wrong], check(wrong)) == [wrong]


def test_only_an_option_may_be_chosen() -> None:
    claim = visit("M54.5")
    with pytest.raises(ValueError, match="M5499 is not an option of the fix of ICD01: "):
        apply_fixes([claim], check(claim), choose=lambda _finding, _fix: "M5499")


def test_the_fewest_fixes_that_clear_a_claim() -> None:
    claim = visit("T36.01XA", stated_total="90")
    fixes = minimal_fixes(claim)
    assert fixes is not None
    assert [(fix.path, fix.new) for fix in fixes] == [
        ("diagnoses[0].code", "T360X1A"),
        ("stated_total", Decimal(100)),
    ]


def test_a_clear_claim_needs_nothing_and_some_cannot_be_helped() -> None:
    assert minimal_fixes(visit()) == ()
    assert minimal_fixes(visit("E11")) is None


def test_a_fix_that_changes_nothing_for_the_better_is_left_out() -> None:
    claim = visit("T36.01XA", "T36.01XA", lines=(line(diagnosis_pointers=(1, 2)),))
    assert minimal_fixes(claim) is None


def test_the_same_fix_is_needed_once() -> None:
    claim = visit("T36.01XA", lines=(line(), line("99214", service_date="2026-01-06")))
    assert len(check(claim).errors) == 2
    assert len(minimal_fixes(claim) or ()) == 1
