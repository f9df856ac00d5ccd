"""The editor's tables serve other edits."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from medcode.edits import Tables, check
from medcode.edits.examples import line, room, stay, visit
from medcode.edits.oce.example import example_tables
from medcode.edits.oce.tables import OceTables

if TYPE_CHECKING:
    import pytest

    from medcode.claims.model import Claim

ON = date(2026, 2, 2)


def bill(*codes: str, facility_type: str = "85") -> Claim:
    lines = [
        room(revenue_code="0510", procedure=code, quantity=1, unit="UN", service_date="2026-01-05")
        for code in codes
    ]
    return stay("I50.20", facility_type=facility_type, admission=None, lines=lines)


def test_pairs_add_on_codes_and_ages_come_from_the_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OceTables, "installed", example_tables)
    tables = Tables.installed(clia=["80053"])
    assert tables.clia == {"80053"}
    for rule, claim in (
        ("NCCI01", bill("9020M", "9021M")),
        ("NCCI03", bill("9106M")),
        ("NCCI03", visit(lines=(line("9106M"),))),
    ):
        report = check(claim, ("NCCI01", "NCCI03"), on=ON, tables=tables)
        assert {each.rule for each in report.findings} == {rule}
    assert check(bill("9106M", "9001M"), ("NCCI03",), on=ON, tables=tables).findings == ()


def test_the_tables_are_mappings() -> None:
    tables = Tables.of_oce(example_tables())
    newest = tables.add_on[0]
    assert (newest.end, newest.rows["9106M"].primaries) == (date(2026, 6, 30), frozenset({"9001M", "9108M"}))
    assert set(newest.rows) == {"9106M", "9108M"}
    assert len(newest.rows) == 2
    assert newest.get("9001M") is None
    ages = tables.procedure_ages
    assert ages
    assert len(ages) == len(list(ages))
    code, (low, high) = next(iter(ages.items()))
    assert (low, high) != (0, 124)
    assert ages.get("9001M") is None
    assert ages.get("none") is None
    claim = visit(age=high + 1 if high < 124 else low - 1, lines=(line(code),))
    assert [each.rule for each in check(claim, ("AGE03",), on=ON, tables=tables).findings] == ["AGE03"]


def test_codes_without_a_table_of_their_own_are_judged_by_the_editors() -> None:
    tables = Tables.of_oce(example_tables())
    claim = visit(lines=(line("9106M"), line("9999M")))
    assert [each.code for each in check(claim, ("CLM41",), on=ON, tables=tables).findings] == ["9999M"]
    assert check(claim, ("CLM41",), on=ON).not_checked
    beyond = visit(lines=(line("9999M", service_date="2031-01-05"),))
    assert check(beyond, ("CLM41",), on=date(2031, 2, 2), tables=tables).not_checked
    outpatient = check(bill("9999M"), ("CLM41", "OCE06"), on=ON, tables=tables)
    assert [each.rule for each in outpatient.findings] == ["OCE06"]
