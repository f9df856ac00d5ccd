"""The editor's answers are in wire form, also for dotted codes that a look-up has kept."""

from __future__ import annotations

from datetime import date

from medcode import icd10cm
from medcode.codesets.base import Status
from medcode.edits.mce import MedicareCodeEditor, Stay


def test_dotted_codes_come_out_in_wire_form_however_often_they_are_asked_for() -> None:
    assert icd10cm.status("W19.XXXA") is Status.BILLABLE
    assert "W19.XXXA" in icd10cm.table.lookup
    stay = Stay(discharge_date=date(2025, 1, 1), age=40, sex="F", principal="W19.XXXA")
    for _ in range(2):
        assert [code for code, _ in MedicareCodeEditor().edit(stay).by_code] == ["W19XXXA"]
