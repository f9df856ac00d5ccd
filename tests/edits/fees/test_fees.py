"""The fee schedule's edits over files as CMS lays them out, and what is said where there is none."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from medcode.codesets import loaders, user
from medcode.codesets.loaders import LoadOptions
from medcode.edits import Tables, check
from medcode.edits.examples import MEDICARE_PATIENT, line, visit
from medcode.edits.fees.example import EXAMPLE
from medcode.findings import Severity

if TYPE_CHECKING:
    from pathlib import Path

HEADING = "HCPCS,MOD,DESCRIPTION" + ",H" * 22
ROW = "{},{},a title,{},,1,1,,1,,1,1,1,{},{},0,0,0,{},{},{},{},{},,33"
(SCHEDULE,) = EXAMPLE.fee_schedule


def pprrvu(*rows: str) -> str:
    """Write a file of the fee schedule: code, modifier, then the eight indicators, blanks between."""
    return "\n".join(
        [HEADING, *(ROW.format(*("" if cell == "-" else cell for cell in row.split())) for row in rows)]
    )


def billed(code: str, *modifiers: str, on: str = "2026-01-05", **changes: Any) -> Any:
    return visit(on=on, lines=(line(code, modifiers=modifiers, service_date=on),), **changes)


def found(claim: Any, tables: Tables = EXAMPLE, **rest: Any) -> list[tuple[str, Severity]]:
    return [
        (each.rule, each.severity) for each in check(claim, select=("PFS",), tables=tables, **rest).findings
    ]


@pytest.mark.parametrize(
    ("pctc", "barred"),
    [
        ("0", {"26", "TC"}),
        ("1", set()),
        ("2", {"26", "TC"}),
        ("3", {"26", "TC"}),
        ("4", {"26", "TC"}),
        ("5", {"26", "TC"}),
        ("6", {"TC"}),
        ("7", set()),
        ("8", {"TC"}),
        ("9", {"26", "TC"}),
    ],
)
def test_each_value_of_pc_tc(pctc: str, barred: set[str]) -> None:
    row = SCHEDULE.rows["G0101-"]._replace(pctc=pctc)
    tables = Tables(fee_schedule=attrs.evolve(SCHEDULE, rows={"G0101-": row}))
    for modifier in ("26", "TC"):
        expected = [("PFS01", Severity.ERROR)] if modifier in barred else []
        assert found(billed("G0101", modifier), tables) == expected


@pytest.mark.parametrize(("value", "severity"), [("0", Severity.ERROR), ("1", Severity.WARNING), ("2", None)])
def test_co_surgeons_and_teams_by_their_indicator(value: str, severity: Severity | None) -> None:
    row = SCHEDULE.rows["G0105-"]._replace(co_surgeons=value, team=value)
    tables = Tables(fee_schedule=attrs.evolve(SCHEDULE, rows={"G0105-": row}))
    for modifier, rule in (("62", "PFS06"), ("66", "PFS07")):
        assert found(billed("G0105", modifier), tables) == ([(rule, severity)] if severity else [])


def test_a_file_in_the_user_s_folder_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDCODE_DATA", str(tmp_path / "data"))
    january, april = tmp_path / "PPRRVU26_JAN.csv", tmp_path / "PPRRVU26_APR.csv"
    january.write_text(pprrvu("G0101 - A 0 XXX 0 1 0 0 0"), encoding="utf-8")
    april.write_text(pprrvu("G0101 - A 0 XXX 0 0 0 0 0"), encoding="utf-8")
    user.add(loaders.load([january], LoadOptions()))
    user.add(loaders.load([april], LoadOptions()))
    before, after = (
        check(billed("G0101", "50", on=day), select=("PFS",)) for day in ("2026-03-31", "2026-04-01")
    )
    assert before.ok
    assert [each.rule for each in after.findings] == ["PFS04"]
    assert after.findings[0].location.path == "lines[0].procedure.modifiers"
    assert "2026-04-01" in after.tables["fee_schedule"]


def test_without_a_schedule_it_is_said_loudly_and_once() -> None:
    report = check([billed("G0101", "50"), billed("G0101", "50")], select=("PFS",))
    (finding,) = report.not_checked
    assert "medcode data add" in finding.message
    assert report.ok
    assert check(billed("G0101", "25"), select=("PFS",)).not_checked == ()


def test_a_schedule_that_ends_before_the_service_is_named() -> None:
    (finding,) = check(billed("G0101", "50", on="2025-12-31"), select=("PFS",), tables=EXAMPLE).not_checked
    assert "2026-01-01 to 2026-12-31" in finding.message
    assert finding.location.path == "lines[0].procedure.code"


def test_a_code_that_a_trimmed_schedule_lacks_is_not_thereby_free() -> None:
    claim = billed("20610", "50")
    assert found(claim) == []
    trimmed = attrs.evolve(SCHEDULE, release=attrs.evolve(SCHEDULE.release, partial=True))
    (finding,) = check(claim, select=("PFS",), tables=Tables(fee_schedule=trimmed)).not_checked
    assert "loaded in part" in finding.message
    assert "trimmed" in str(trimmed)


def test_the_hospital_s_part() -> None:
    def at(place: str, code: str, *modifiers: str, **rest: Any) -> Any:
        return billed(code, *modifiers, subscriber=MEDICARE_PATIENT, place_of_service=place, **rest)

    assert found(at("22", "G0130", "TC")) == [("PFS09", Severity.WARNING)]
    assert found(at("11", "G0130", "TC")) == []
    assert found(at("22", "20610")) == []
    report = check(at("22", "G0130", on="2025-06-01"), select=("PFS09",), tables=EXAMPLE)
    assert len(report.not_checked) == 1


def test_a_part_without_a_row_of_its_own_has_that_of_the_whole() -> None:
    whole, part = SCHEDULE.get("G0130"), SCHEDULE.get("G0130", "26")
    assert whole is part
    assert date(2026, 1, 5) <= (SCHEDULE.release.end or date.min)
