"""The editor's tables: packed and read again, kept in the user's folder, and read from the package."""

from __future__ import annotations

import lzma
import marshal
import stat
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pytest

from medcode.codesets import folder
from medcode.edits.oce import OceTables, OutpatientBill, OutpatientCodeEditor, source
from medcode.edits.oce.bill import BillLine
from medcode.edits.oce.example import example_tables
from medcode.edits.oce.flags import DIAGNOSIS_COLUMNS, HCPCS_COLUMNS, MODIFIER_COLUMNS, REVENUE_COLUMNS
from medcode.edits.oce.rows import Row, Rows
from medcode.edits.oce.stored import packed, unpacked
from medcode.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

VERSIONS = [(102, 20260101, 20260331, "27.0.1"), (103, 20260401, 20360331, "27.1.0")]


def test_of_overlapping_rows_the_first_counts() -> None:
    table = Rows.of([Row("A", 76, 103, ("first",)), Row("A", 90, 103, ("second",))], tuple)
    assert table.at("A", 95) == ("first",)
    assert table.at("A", 104) is None
    assert table.at("B", 95) is None
    assert len(table) == 2
    assert len(Rows.of([], tuple)) == 0


def test_a_table_yields_its_keys() -> None:
    assert list(Rows.of([Row("A", 76, 80), Row("B", 76, 80), Row("A", 90, 99)], tuple)) == ["A", "B"]


def test_the_newest_version_is_good_for_a_quarter() -> None:
    tables = OceTables(unpacked(packed(VERSIONS, {}, [], source="x")))
    assert (tables.first_day, tables.last_day) == (date(2026, 1, 1), date(2026, 6, 30))
    assert tables.version_on(date(2025, 12, 31)) is None
    assert str(tables) == "IOCE v27.0.1 to v27.1.0, 2026-01-01 to 2026-06-30"
    assert tables.release.edition == "IOCE v27.0.1 to v27.1.0"
    assert tables.covers(date(2026, 6, 30))


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[:-1],
        lambda data: data.replace(b'"format":', b'"format":9', 1),
        lambda _: b"no table at all",
    ],
)
def test_a_damaged_file_is_refused(change: Any) -> None:
    data = packed(VERSIONS, {"hcpcs": []}, [], source="x")
    with pytest.raises(TableError, match="damaged or of another format"):
        unpacked(change(data))


class FakeLmdb:
    """As much of the package lmdb as the reader asks for, over plain dictionaries."""

    def __init__(self, tables: Mapping[str, Mapping[str, Any]]) -> None:
        self.tables = tables
        self.opened: list[tuple[str, bytes]] = []

    def Environment(self, path: str, **_: Any) -> FakeLmdb:  # noqa: N802  # the name of the package
        self.opened.append((path, Path(path).read_bytes()))
        return self

    def open_db(self, name: bytes, *, create: bool) -> str:
        assert not create
        return name.decode()

    def begin(self, *, db: str) -> FakeTransaction:
        return FakeTransaction(self.tables.get(db, {}))

    def close(self) -> None:
        self.opened.append(("closed", b""))


class FakeTransaction:
    def __init__(self, rows: Mapping[str, Any]) -> None:
        self.rows = rows

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def cursor(self) -> Iterator[tuple[bytes, bytes]]:
        for key, value in self.rows.items():
            yield key.encode(), marshal.dumps(value)


def hcpcs(*flags: str, **changes: Any) -> dict[str, Any]:
    numbers = ("lo_age", "mid_quarter_date_edit", "date_approved", "date_terminated", "ph_duration")
    given: dict[str, Any] = {name: name in flags for name in HCPCS_COLUMNS}
    given |= dict.fromkeys((*numbers, "iop_duration"), False)
    return given | {"status_indicator": "S", "apc": "05001", "hi_age": 124, **changes}


TABLES: dict[str, dict[str, Any]] = {
    "version_range": {
        str(number): {"date_started": start, "date_ended": end, "version_id": name}
        for number, start, end, name in VERSIONS
    },
    "data_hcpcs": {
        "9001M|102|103": hcpcs("ncci_code1"),
        "9002M|102|103": hcpcs("ncci_code2", date_approved=20260201),
    },
    "data_dx10": {
        "I10|102|103": {**dict.fromkeys(DIAGNOSIS_COLUMNS, False), "lo_age": False, "hi_age": 124},
    },
    "data_apc": {
        "05001|102|103": {
            "status_indicator": "S",
            "apc_payment": 100,
            "comp3_id": False,
            "capc_srs": False,
        }
    },
    "data_capc": {"9001M|102|103": {"rank": 7}},
    "data_modifier": {"25|102|103": {**dict.fromkeys(MODIFIER_COLUMNS, True), "date_activated": None}},
    "data_revenue": {"300|102|103": {**dict.fromkeys(REVENUE_COLUMNS, False), "status_indicator": "E1"}},
    "map_composite": {
        "9001M|102|103": {"composite_apc": "08005", "list_type": "A"},
        "9002M|102|103": {"composite_apc": "08005", "list_type": "B"},
    },
    "map_s603_override": {"9001M|102|103": {"apc": "05002"}},
    "offset_codepair": {
        "1|9003M|9001M|102|103": {"date_activated": 20260301},
        "2|9003M|9002M|102|103": {"date_activated": False},
    },
    "map_addon_type1": {"9004M|9001M|102|103": {}},
    "map_ncci": {
        "9001M": [
            (
                b"9002M",
                marshal.dumps(
                    {"code2": "9002M", "mod_indicator": True, "lo_version": 102, "hi_version": 103}
                ),
            )
        ]
    },
}


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put an empty package `pyoce` on the path, with a data file that the fake lmdb opens."""
    monkeypatch.setenv(folder.VARIABLE, str(tmp_path / "user"))
    data = tmp_path / "site" / "pyoce" / "data"
    data.mkdir(parents=True)
    (data.parent / "__init__.py").write_text(
        "raise AssertionError('nothing of the package is imported')", encoding="ascii"
    )
    (data / "pyoce.mdb.xz").write_bytes(lzma.compress(b"the database"))
    monkeypatch.setattr(sys, "path", [str(tmp_path / "site"), *sys.path])
    monkeypatch.delitem(sys.modules, "pyoce", raising=False)
    return data


@pytest.fixture
def lmdb(monkeypatch: pytest.MonkeyPatch) -> FakeLmdb:
    fake = FakeLmdb(TABLES)
    monkeypatch.setitem(sys.modules, "lmdb", fake)
    return fake


def test_the_package_is_read_once_and_then_the_users_folder(package: Path, lmdb: FakeLmdb) -> None:
    tables = OceTables.installed()
    assert [content for _, content in lmdb.opened] == [b"the database", b""]
    assert tables.diagnoses.at("I10", 103) == (0, 0, 124)
    (kept,) = folder.stored("oce")
    assert kept.name == "oce-20260101-20260630.table"
    of_folder = kept.parent.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600 | of_folder
    again = OceTables.installed()
    assert len(lmdb.opened) == 2
    assert again.release == tables.release
    (package / "pyoce.mdb.xz").write_bytes(lzma.compress(b"another database"))
    OceTables.installed()
    assert len(lmdb.opened) == 4


def test_every_table_of_the_package_is_read(package: Path, lmdb: FakeLmdb) -> None:
    del package, lmdb
    tables = OceTables.installed()
    row = tables.hcpcs.at("9002M", 102)
    assert row is not None
    assert (row.status, row.approved) == ("S", date(2026, 2, 1))
    assert tables.ranks.at("9001M", 102) == 7
    assert tables.imaging.at("9001M", 102) == "08005"
    assert tables.imaging.at("9002M", 102) is None
    assert tables.off_campus.at("9001M", 102) == "05002"
    assert tables.device_pairs.at("9003M|9001M", 102) == (date(2026, 3, 1),)
    assert tables.device_pairs.at("9003M|9002M", 102) is None
    assert tables.pairs["add_on"].at("9004M|9001M", 102) is True
    day = date(2026, 1, 5)
    lines = tuple(BillLine(service_date=day, revenue_code="0300", hcpcs=code) for code in ("9001M", "9002M"))
    bill = OutpatientBill(
        bill_type="131", from_date=day, through_date=day, age=70, sex="F", principal="I10", lines=lines
    )
    assert OutpatientCodeEditor(tables).edit(bill).lines == ((), (40,))


def test_a_database_that_is_not_compressed_is_opened_where_it_lies(package: Path, lmdb: FakeLmdb) -> None:
    plain = package / "pyoce.mdb"
    plain.write_bytes(b"plain")
    OceTables.installed()
    assert lmdb.opened[0] == (str(plain), b"plain")


def test_a_folder_that_cannot_be_written_to_is_no_hindrance(
    package: Path, lmdb: FakeLmdb, monkeypatch: pytest.MonkeyPatch
) -> None:
    del package, lmdb

    def refuse(name: str, data: bytes) -> Path:
        raise PermissionError(name, len(data))

    monkeypatch.setattr(folder, "write", refuse)
    assert OceTables.installed().first_day == date(2026, 1, 1)
    assert not folder.stored("oce")


def test_without_the_package_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "PACKAGE", "no_such_package")
    with pytest.raises(TableError, match="pip install"):
        OceTables.installed()
    (tmp_path / "empty_package").mkdir()
    monkeypatch.setattr(source, "PACKAGE", "empty_package")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    with pytest.raises(TableError, match="not installed"):
        OceTables.installed()


def test_without_lmdb_it_is_named(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del package
    monkeypatch.setitem(sys.modules, "lmdb", None)
    with pytest.raises(TableError, match="lmdb"):
        OceTables.installed()


def test_a_data_file_that_cannot_be_unpacked_is_named(package: Path, lmdb: FakeLmdb) -> None:
    del lmdb
    (package / "pyoce.mdb.xz").write_bytes(b"no xz")
    with pytest.raises(TableError, match="cannot be unpacked"):
        OceTables.installed()


def test_the_tables_of_the_examples_are_made_once() -> None:
    assert example_tables() is example_tables()
