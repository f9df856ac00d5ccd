"""A list brought to a day: what has one successor is rewritten as it was written, the rest is told."""

from __future__ import annotations

from datetime import date

import pytest

from medcode.lint import Choice, Misread, upgrade_text
from medcode.lint.upgrade import Change

DAY = date(2026, 11, 1)
TO = Choice(on=DAY)


def test_one_successor_is_written_as_the_old_code_was() -> None:
    text = 'icd10,x\r\n  h81.41 ,"1"\nT84040A,2\nI42.0,3\n'
    done = upgrade_text(text, "a.csv", TO)
    assert done.text == 'icd10,x\r\n  h81.4 ,"1"\nM9701XA,2\nI42.0,3\n'
    assert done.replaced == (Change(2, 3, "h81.41", ("H81.4",)), Change(3, 1, "T84040A", ("M97.01XA",)))
    assert done.undecided == (Change(4, 1, "I42.0", ("I42.00", "I42.01", "I42.09")),)


def test_a_second_run_finds_nothing() -> None:
    once = upgrade_text("icd10\nH81.41\nI42.0\n", "a.csv", TO)
    again = upgrade_text(once.text, "a.csv", TO)
    assert (again.text, again.replaced) == (once.text, ())
    assert again.undecided == once.undecided


def test_several_codes_of_one_line_are_rewritten() -> None:
    done = upgrade_text("DX = ['H8141', \"T84.040A\"]  # H81.41\n", "a.py", TO)
    assert done.text == "DX = ['H814', \"M97.01XA\"]  # H81.41\n"


def test_a_day_beyond_the_table_is_refused() -> None:
    with pytest.raises(Misread, match="2040-01-01 is outside the coverage of ICD-10-CM"):
        upgrade_text("icd10\nI42.0\n", "a.csv", Choice(on=date(2040, 1, 1)))


def test_sets_without_successors_stay_as_they_are() -> None:
    assert upgrade_text("npi\n1234567893\n", "a.csv", TO).text == "npi\n1234567893\n"


def test_a_list_that_says_its_day_is_brought_to_that_day_alone() -> None:
    text = "# medcode: on=2015-12-01\nicd10\nH81.41\n"
    assert upgrade_text(text, "a.csv", TO).text == text


@pytest.mark.parametrize("listed", ["E11.-", "E11%", "E11", "E08-E13"])
def test_new_codes_under_a_prefix_a_range_or_a_heading_are_told(listed: str) -> None:
    done = upgrade_text(f"icd10\n{listed}\n", "a.csv", TO, since=date(2025, 9, 30))
    assert done.text == f"icd10\n{listed}\n"
    assert done.widened == (Change(2, 1, listed, ("E11.A",)),)


def test_new_codes_are_told_only_between_the_days_and_if_they_are_not_listed() -> None:
    assert upgrade_text("icd10\nE11.-\n", "a.csv", TO).widened == ()
    assert upgrade_text("icd10\nE11.-\n", "a.csv", TO, since=date(2025, 10, 1)).widened == ()
    assert upgrade_text("icd10\nE11.-\nE11A\n", "a.csv", TO, since=date(2025, 9, 30)).widened == ()
    assert upgrade_text("icd10\nE11.9\nzz9\n", "a.csv", TO, since=date(2025, 9, 30)).widened == ()


def test_every_dead_code_is_named_with_or_without_a_successor() -> None:
    done = upgrade_text("icd10\nT52.8X1A\nQ51.20\nE11\nE11.9\n", "a.csv", TO)
    assert done.undecided == (Change(2, 1, "T52.8X1A", ("T52.811A", "T52.821A", "T52.891A")),)
    assert done.ended == (Change(3, 1, "Q51.20", ()),)
