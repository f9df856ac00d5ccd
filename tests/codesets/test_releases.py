"""The releases of the user's folder: made ready once, made anew when their file changes."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING

import pytest

from medcode.codesets import fee_schedule, folder, ncci, store
from medcode.codesets.fee_schedule import Indicators
from medcode.codesets.releases import Releases
from medcode.errors import TableError

if TYPE_CHECKING:
    from pathlib import Path

    from medcode.codesets.concept import Release

HEADER = {"publisher": "CMS", "edition": "toy", "license": "none"}
YEAR, LAST_YEAR = (20260101, 20261231), (20250101, 20251231)
COLUMNS = {"code": ["A4300"], "units": ["1"], "mai": ["2"]}


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MEDCODE_DATA", str(tmp_path))
    return tmp_path


def add(name: str, coverage: tuple[int, int], edition: str = "toy") -> Path:
    header = {**HEADER, "name": name, "coverage": list(coverage), "edition": edition}
    return folder.write(folder.file_name(name, coverage), store.pack(header, COLUMNS))


def editions(releases: Releases[Release]) -> list[str]:
    return [release.edition for release in releases.of("mue_practitioner")]


def test_a_release_is_made_ready_once_and_anew_when_its_file_changes(own: Path) -> None:
    made: list[str] = []

    def ready(_path: Path, release: Release) -> Release:
        made.append(release.edition)
        return release

    releases = Releases(ready)
    assert editions(releases) == []
    path = add("mue_practitioner", LAST_YEAR, "old")
    add("mue_practitioner", YEAR, "new")
    add("mue_outpatient", YEAR, "other")
    assert editions(releases) == editions(releases) == made == ["new", "old"]
    add("mue_practitioner", LAST_YEAR, "old, again")
    assert editions(releases) == ["new", "old, again"]
    os.utime(path, ns=(1, 1))
    path.unlink()
    assert editions(releases) == ["new"]
    assert made == ["new", "old", "old, again"]
    assert own.is_dir()


@pytest.mark.parametrize(
    "line", [b"{}", b'{"coverage": [20260101, null]}', b'{"coverage": [5, 5], "sha256": ""}']
)
def test_a_file_that_is_none_of_ours_is_named(own: Path, line: bytes) -> None:
    (own / "add_on-20260101-20261231.table").write_bytes(line + b"\n")
    with pytest.raises(TableError, match=r"add_on-20260101-20261231.table: not a medcode table file"):
        ncci.releases("add_on")


def test_all_tables_of_a_kind_can_be_read(own: Path) -> None:
    assert own.is_dir()
    add("mue_practitioner", LAST_YEAR)
    add("mue_practitioner", YEAR)
    newest, older = ncci.tables("mue_practitioner")
    assert isinstance(newest, ncci.Units)
    assert (newest.release.start, older.release.start) == (date(2026, 1, 1), date(2025, 1, 1))
    assert ncci.load("mue_practitioner") is newest
    assert list(newest) == [("A4300", ncci.Unit(1, "2"))]


def test_the_rows_of_a_schedule_are_a_mapping(own: Path) -> None:
    assert own.is_dir()
    columns = {"code": ["G0101-", "G0101-26"], **{name: ["A", "B"] for name in fee_schedule.INDICATORS}}
    header = {**HEADER, "name": "pprrvu", "coverage": list(YEAR)}
    folder.write(folder.file_name("pprrvu", YEAR), store.pack(header, columns))
    (schedule,) = fee_schedule.schedules()
    assert str(schedule) == "toy, 2026-01-01 to 2026-12-31, 2 rows"
    assert list(schedule.rows) == ["G0101-", "G0101-26"]
    assert schedule.get("G0101", "26") == Indicators(*"BBBBBBBB")
    assert schedule.get("G0101", "TC") == Indicators(*"AAAAAAAA")
    assert schedule.get("G0102") is None
