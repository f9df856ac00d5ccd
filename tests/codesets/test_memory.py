"""What others remember of the code sets gives way to what was added since."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from medcode.codesets import CODE_SETS, memory, user
from medcode.codesets.icd10cm import Icd10Cm, icd10cm
from medcode.codesets.user import Entry
from medcode.edits import check
from medcode.edits.examples import stay
from medcode.edits.icd.code_first import wanted_beside
from medcode.edits.icd.excludes1 import between
from medcode.edits.mce import MedicareCodeEditor, Stay

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = date(2026, 1, 5)


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of releases; afterwards no code set remembers them."""
    monkeypatch.setenv("MEDCODE_DATA", str(tmp_path / "data"))
    yield tmp_path / "data"
    for codes in CODE_SETS.values():
        codes.reload()


def add(name: str, *codes: str) -> None:
    header = {"name": name, "publisher": "own", "edition": "own", "license": "none", "partial": True}
    coverage = [20251001, 20260930]
    user.add([user.code_table({**header, "coverage": coverage}, [Entry(code, "own") for code in codes])])


@pytest.mark.slow
def test_a_diagnosis_that_was_added_is_billable_to_every_edit() -> None:
    claim = stay("E11.9", "Z99.ZZ", on="2026-01-05")
    editor = MedicareCodeEditor()
    given = Stay(discharge_date=DAY, age=50, sex="F", discharge_status="01", principal="Z99.ZZ")
    assert "MCE01" in {finding.rule for finding in check(claim, select=("MCE",)).findings}
    assert editor.edit(given).by_code == (("Z99ZZ", ("INVALID_CODE",)),)
    add("icd10cm", "Z99ZZ")
    assert icd10cm.status("Z99.ZZ", DAY) == "billable"
    assert "MCE01" not in {finding.rule for finding in check(claim, select=("MCE",)).findings}
    assert editor.edit(given).by_code == ()


def test_notes_hold_for_a_code_that_was_added() -> None:
    new, other = Icd10Cm("E11.ZZ"), Icd10Cm("E10.9")
    assert between(new, other) is None
    assert wanted_beside(new) == []
    add("icd10cm", "E11ZZ")
    assert between(new, other) is not None
    assert [note.owner for note in wanted_beside(new)]


def test_a_set_that_is_reloaded_makes_all_forget() -> None:
    asked: list[int] = []

    @memory.remembered(2)
    def twice(number: int) -> int:
        asked.append(number)
        return 2 * number

    assert [twice(1), twice(1), twice(2)] == [2, 2, 4]
    assert asked == [1, 2]
    icd10cm.reload()
    assert twice(1) == 2
    assert asked == [1, 2, 1]
