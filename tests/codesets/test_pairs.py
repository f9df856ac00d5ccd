"""Pairs, units and add-on codes: packed, found, refused when damaged, asked by day."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, strategies as st

from medcode.codesets import folder, ncci, store
from medcode.codesets.ncci import AddOn, NotLoaded, Unit
from medcode.codesets.pairs import Pair, PairRow, pack, unpack
from medcode.errors import TableError

if TYPE_CHECKING:
    from pathlib import Path

HEADER = {
    "name": "ptp_practitioner",
    "publisher": "CMS",
    "edition": "toy",
    "license": "none",
    "coverage": [19960101, 20240930],
}
ROWS = (
    PairRow("G0101", "G0102", "0", 20000101, None),
    PairRow("A4301", "A4300", "1", 19960101, 20011231),
    PairRow("A4301", "A4300", "0", 20020101, None),
    PairRow("A4301", "A4262", "9", 19960101, 19960101),
)
NOW = date(2024, 7, 1)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MEDCODE_DATA", str(tmp_path))
    return tmp_path


def test_pairs_are_found_by_day() -> None:
    data = pack(HEADER, ROWS)
    assert data == pack(HEADER, (*ROWS, *ROWS))
    pairs = unpack(data, "toy")
    assert len(pairs) == 4
    assert pairs.find("G0101", "G0102", NOW) == Pair("0", date(2000, 1, 1), None)
    assert pairs.find("G0102", "G0101", NOW) is None
    assert pairs.find("A4301", "A4300", date(2001, 12, 31)) == (
        "1",
        date(1996, 1, 1),
        date(2001, 12, 31),
    )
    assert pairs.find("A4301", "A4300", NOW) == ("0", date(2002, 1, 1), None)
    assert pairs.find("A4301", "A4262", NOW) is None
    assert pairs.find("A4301", "G0102", NOW) is None
    assert pairs.find("A4301", "99213", NOW) is None
    assert [code for code, _ in pairs.seconds("A4301", date(1996, 1, 1))] == ["A4262", "A4300"]
    assert list(pairs.seconds("99213", NOW)) == []
    assert repr(pairs) == f"<Pairs {pairs.release}>"


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.sampled_from("01")), max_size=60))
def test_what_is_packed_is_found(rows: list[tuple[int, int, str]]) -> None:
    listed = {(f"A{one:04}", f"B{two:04}"): indicator for one, two, indicator in rows}
    pairs = unpack(
        pack(HEADER, (PairRow(*codes, indicator, 20200101, None) for codes, indicator in listed.items())), "x"
    )
    assert len(pairs) == len(listed)
    for (one, two), indicator in listed.items():
        assert pairs.find(one, two, NOW) == (indicator, date(2020, 1, 1), None)
        assert pairs.find(two, one, NOW) is None


@given(st.data())
def test_any_damage_is_refused(data: st.DataObject) -> None:
    whole = bytearray(pack(HEADER, ROWS))
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(TableError, match="table toy is damaged"):
        unpack(bytes(whole), "toy")


def test_too_many_codes_are_refused() -> None:
    rows = (PairRow("A0000", f"{number:05}", "0", 20200101, None) for number in range(1 << 16))
    with pytest.raises(TableError, match="too many codes"):
        pack(HEADER, rows)


def add(name: str, data: bytes, coverage: tuple[int, int]) -> None:
    folder.write(folder.file_name(name, coverage), data)


def mue(name: str, coverage: tuple[int, int], value: str, **more: Any) -> None:
    header = {**HEADER, "name": name, "coverage": list(coverage), **more}
    columns = {"code": ["A4300"], "units": [value], "mai": ["2"]}
    add(name, store.pack(header, columns), coverage)


def test_without_a_table_there_is_no_answer(own: Path) -> None:
    assert own.is_dir()
    assert ncci.load("add_on") is None
    for ask in (
        lambda: ncci.find("ptp_outpatient", "A4301", "A4300", NOW),
        lambda: ncci.units("A4300", "practitioner", NOW),
        lambda: ncci.primaries("C5272", NOW),
    ):
        with pytest.raises(NotLoaded, match="covers 2024-07-01; to load one: medcode data add"):
            ask()


def test_the_table_of_the_day_answers(own: Path) -> None:
    assert own.is_dir()
    add("ptp_practitioner", pack(HEADER, ROWS), (19960101, 20240930))
    mue("mue_practitioner", (20240401, 20240630), "2")
    mue("mue_practitioner", (20240701, 20240930), "1")
    assert ncci.find("ptp_practitioner", "G0101", "G0102", NOW) == ("0", date(2000, 1, 1), None)
    assert ncci.find("ptp_practitioner", "G0101", "A4300", NOW) is None
    assert ncci.units("A4300", "practitioner", NOW) == Unit(1, "2")
    assert ncci.units("A4300", "practitioner", date(2024, 6, 30)) == (2, "2")
    assert ncci.units("A4301", "practitioner", NOW) is None
    assert [release.start for release in ncci.releases("mue_practitioner")] == [NOW, date(2024, 4, 1)]
    with pytest.raises(NotLoaded):
        ncci.units("A4300", "practitioner", date(2024, 10, 1))


def test_add_on_codes(own: Path) -> None:
    assert own.is_dir()
    rows = (
        PairRow("C5272", "C5271", "1", 20140101, None),
        PairRow("C5276", "C5275", "1", 20140101, 20191231),
        PairRow("G0001", "CCCCC", "2", 20140101, None),
    )
    add("add_on", pack({**HEADER, "name": "add_on"}, rows), (19960101, 20240930))
    assert ncci.primaries("C5272", NOW) == AddOn("1", frozenset({"C5271"}))
    assert ncci.primaries("C5276", NOW) is None
    assert ncci.primaries("G0001", NOW) == ("2", frozenset())


def test_a_part_of_a_table_is_never_silence(own: Path) -> None:
    assert own.is_dir()
    header = {**HEADER, "partial": True}
    add("ptp_practitioner", pack(header, ROWS), (19960101, 20240930))
    mue("mue_outpatient", (20240701, 20240930), "1", partial=True)
    assert ncci.find("ptp_practitioner", "G0101", "G0102", NOW)
    with pytest.raises(NotLoaded, match="holds a part of its table, and nothing of G0101 and 99213"):
        ncci.find("ptp_practitioner", "G0101", "99213", NOW)
    with pytest.raises(NotLoaded, match="nothing of 99213"):
        ncci.units("99213", "outpatient", NOW)


def test_a_header_of_another_kind_is_refused() -> None:
    line = json.dumps({"sha256": "0"}).encode()
    for data in (b"", b"{}\n", b"[]\n", line + b"\n", b"null\n"):
        with pytest.raises(TableError, match="table other is damaged"):
            unpack(data, "other")
