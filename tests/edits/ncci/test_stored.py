"""NCCI tables that were added to the user's folder are used without being given."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from medcode.codesets import fee_schedule, folder, loaders, ncci, store, user
from medcode.codesets.loaders import LoadOptions
from medcode.edits import check
from medcode.edits.examples import line, visit
from medcode.edits.ncci.stored import StoredPairs, StoredUnits, completed
from medcode.edits.ncci.tables import Pair, PairTable, UnitLimit
from medcode.edits.tables import NO_TABLES, Tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PTP = (
    "Column 1\tColumn 2\tPrior\tEffective\tDeletion\tModifier\tRationale\n"
    "A4301\tA4300\t\t19960101\t20011231\t1\tx\nA4301\tA4300\t\t20020101\t*\t0\tx\nG0101\tG0102\t\t20000101\t*\t0\tx\n"
)
MUE = "HCPCS Code,Practitioner Services MUE Values,MUE Adjudication Indicator\nA4300,1,2 Date of Service\n"
AOC = (
    "Primary_Code,Add_On_Code,AOC_Edit_Eff_Dt,AOC_Edit_Del_Dt,AOC_Edit_Type\n"
    "C8903,C8937,2014001,,1\nC5275,C5276,2013091,2019365,1\nCCCCC,G0001,2013091,,2\n"
)
DAY = date(2026, 1, 5)


@pytest.fixture
def add(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setenv("MEDCODE_DATA", str(tmp_path / "data"))

    def add_(name: str, text: str, *, partial: bool = False) -> None:
        (tmp_path / name).write_text(text, encoding="utf-8")
        user.add(loaders.load([tmp_path / name], LoadOptions(partial=partial)))

    add_("ccipra-v320r0.txt", PTP)
    add_("MUE_Eff_01-01-2026.csv", MUE)
    add_("AOC_V2026Q1-MCR.csv", AOC)
    return add_


@pytest.mark.usefixtures("add")
def test_a_claim_is_checked_by_the_tables_of_the_folder() -> None:
    claim = visit(lines=(line("A4301"), line("A4300", quantity="2"), line("C8937")), on="2026-01-05")
    report = check(claim, select=("NCCI",), on=DAY)
    assert sorted(finding.rule for finding in report.findings) == ["NCCI01", "NCCI02", "NCCI03"]
    assert not [each for each in report.not_checked if each.rule.startswith("NCCI")]
    assert "2026" in str(report.tables)


@pytest.mark.usefixtures("add")
def test_tables_that_are_given_go_first() -> None:
    own = PairTable.of(
        (("G0101", "G0102", "", "20000101", "*", "0"),), "own", date(2026, 1, 1), date(2026, 3, 31)
    )
    tables = completed(Tables(ptp_practitioner=own))
    assert tables.ptp_practitioner == (own,)
    assert tables.mue_practitioner[0].get("A4300")
    assert not tables.ptp_outpatient


@pytest.mark.usefixtures("add")
def test_add_on_codes_hold_since_the_last_change() -> None:
    (table,) = completed(NO_TABLES).add_on
    assert (table.start, table.end) == (date(2020, 1, 1), date(2026, 3, 31))
    assert set(table.rows) == {"C8937", "G0001"}
    assert (table.rows["G0001"].kind, table.rows["G0001"].primaries) == ("2", frozenset())


def test_of_pairs_the_newest_table_alone_is_asked_of_units_each(add: Callable[[str, str], None]) -> None:
    add("ccipra-v321r0.txt", PTP.replace("G0102", "G0103"))
    add("MUE_Eff_04-01-2026.csv", MUE)
    tables = completed(NO_TABLES)
    assert [table.between("G0101", "G0103", DAY) is not None for table in tables.ptp_practitioner] == [True]
    assert [table.start for table in tables.mue_practitioner] == [date(2026, 4, 1), date(2026, 1, 1)]


def test_a_change_on_the_last_day_of_the_add_on_table_counts(add: Callable[[str, str], None]) -> None:
    add(
        "AOC_V2026Q1-MCR.csv", AOC + "C8903,C8938,2026090,,1\nC8903,C8939,2026091,,1\n"
    )  # its last day, and the next
    (table,) = completed(NO_TABLES).add_on
    assert (table.start, "C8938" in table.rows, "C8939" in table.rows) == (date(2026, 3, 31), True, False)


@pytest.mark.usefixtures("add")
def test_stored_pairs_are_a_mapping() -> None:
    (stored,) = ncci.stored("ptp_practitioner")
    rows = StoredPairs(stored)
    assert list(rows) == [("A4301", "A4300"), ("G0101", "G0102")]
    assert len(rows) == 3
    assert [pair.indicator for pair in rows["A4301", "A4300"]] == ["1", "0"]
    assert rows["G0101", "G0102"] == (Pair("G0101", "G0102", "0", date(2000, 1, 1), None),)
    for absent in (("G0102", "G0101"), "G0101"):
        assert rows.get(absent) is None


@pytest.mark.usefixtures("add")
def test_stored_units_are_a_mapping() -> None:
    (stored,) = ncci.stored("mue_practitioner")
    rows = StoredUnits(stored)
    assert (list(rows), len(rows)) == (["A4300"], 1)
    assert rows["A4300"] == UnitLimit("A4300", 1, "2")
    assert rows.get("A4301") is None


def test_only_the_table_of_the_day_is_opened_and_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEDCODE_DATA", str(tmp_path))
    about = {"publisher": "CMS", "edition": "toy", "license": "none"}
    units = {"code": ["G0101"], "units": ["2"], "mai": ["2"]}
    fees = {"code": ["G0101-"], **{name: ["0"] for name in fee_schedule.INDICATORS}}
    for name, columns in (("mue_practitioner", units), ("pprrvu", fees)):
        for year in range(2000, 2027):
            days = (year * 10000 + 101, year * 10000 + 1231)
            header = {**about, "name": name, "coverage": list(days)}
            folder.write(folder.file_name(name, days), store.pack(header, columns))
    opened: list[str] = []
    read = store.read

    def noted(path: Path) -> store.RawTable:
        opened.append(path.name)
        return read(path)

    monkeypatch.setattr(store, "read", noted)
    claim = visit(lines=(line("G0101", quantity="3", modifiers=("26",)),), on="2026-01-05")
    for _ in range(3):
        report = check(claim, select=("NCCI", "PFS"), on=DAY)
        assert "NCCI02" in [finding.rule for finding in report.findings]
        assert "2025-12-31, 1 rows" in report.tables["mue_practitioner"]
    assert sorted(opened) == ["mue_practitioner-20260101-20261231.table", "pprrvu-20260101-20261231.table"]


def test_nothing_is_there() -> None:
    assert completed(NO_TABLES) is NO_TABLES
