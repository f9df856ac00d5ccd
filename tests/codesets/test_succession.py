"""What came after a code and what came before."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from medcode import icd10cm
from medcode.codesets.base import Status

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(("old", "new"), [
    ("M54.5", "M54.50 M54.51 M54.59"),
    ("N18.3", "N18.30 N18.31 N18.32"),
    ("I42.0", "I42.00 I42.01 I42.09"),
    ("D69.1", "D69.11 D69.19"),
    ("M72.2", "M72.20 M72.21 M72.22"),
    ("I49.8", "I49.81 I49.82 I49.89"),
    ("T81.4XXA", "T81.40XA T81.41XA T81.42XA T81.43XA T81.44XA T81.49XA"),
    ("E11.9", ""),
    ("S06.0X2A", ""),
])  # fmt: skip
def test_successors(old: str, new: str) -> None:
    assert [code.dotted for code in icd10cm.successors(old)] == new.split()
    for code in icd10cm.successors(old):
        assert old in [before.dotted for before in icd10cm.predecessors(code)]


def test_a_code_split_off_has_a_predecessor_that_lived_on() -> None:
    assert icd10cm.predecessors("I20.2") == ("I200", "I201", "I208")
    assert "I202" not in icd10cm.successors("I20.8")
    assert icd10cm.predecessors("E11.9") == ()


def test_successors_of_successors() -> None:
    """F03.91 was divided in 2022; what a day wants is what is billable on it."""
    day = date(2026, 11, 23)
    for code in ("M54.5", "F03.91", "I60.20"):
        assert all(icd10cm.status(new, on=day) is Status.BILLABLE for new in icd10cm.successors(code, on=day))
    chained = [
        code
        for code, concept in icd10cm.items()
        if concept.end and icd10cm.successors(code) != icd10cm.successors(code, on=day)
    ]
    assert chained  # some codes were replaced twice


def test_what_came_before_and_after_does_not_rest_on_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("medcode.codesets.clock.today", lambda: date(2028, 1, 1))
    monkeypatch.setattr(icd10cm, "_warned", False)
    assert len(icd10cm.successors("M54.5", on=date(2025, 10, 1))) == 3
    assert len(icd10cm.successors("M54.5")) == 3
    assert icd10cm.predecessors("M54.51") == ("M545",)


def test_the_conversion_tables_agree(reference: Path) -> None:
    """All 6,182 pairs of the list are ours but 91, whose cells name no code that ended or began that day.

    33 more name two codes in one cell, of which the list holds the first alone, cut off; so do we.
    """
    with (reference / "data/icd10cm_conversions_fy2023_2026.tsv").open(encoding="utf-8") as file:
        next(file)
        rows = list(csv.reader(file, delimiter="\t"))
    listed = {(old, new, as_date(day)) for old, new, day, _, direction in rows if direction == "1"}
    ours = {(row.old, row.new, row.day) for row in icd10cm._succession.conversions if row.official}
    cut_off = {row for row in listed if len(row[0].split()) == 2 or row[0].endswith(" ")} - {
        row for row in listed if row[0] == "A CODE F"
    }
    assert len(listed) == 6_182
    assert len(cut_off) == 33
    assert ours - listed == {(old.split()[0], new, day) for old, new, day in cut_off}
    strange = listed - ours - cut_off
    assert len(strange) == 91
    for old, new, day in strange:
        before = icd10cm.status(old, on=day - timedelta(days=1))
        begins = new in icd10cm and icd10cm[new].start == day
        assert before is not Status.BILLABLE or not begins, (old, new)


def as_date(day: str) -> date:
    return date(int(day[:4]), int(day[4:6]), int(day[6:]))
