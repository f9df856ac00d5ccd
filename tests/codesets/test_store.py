"""Table files: written, read, and refused when they are damaged."""

from __future__ import annotations

import json
import zlib
from array import array
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, strategies as st

from medcode.codesets import CODE_SETS, store
from medcode.codesets.base import Interval, Status
from medcode.codesets.icd10cm import Icd10Cm
from medcode.codesets.icd10pcs import icd10pcs
from medcode.codesets.store import pack, unpack
from medcode.codesets.timeline import DAYS_KEPT, MANY, SPELLINGS, Table
from medcode.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HEADER = {
    "name": "toy",
    "publisher": "nobody",
    "edition": "1",
    "license": "none",
    "coverage": [20200101, 20201231],
    "flags": ["one", "two"],
    "profiles": [
        [[20200101, 20200131, 1, 1], [20200201, None, 1, 2]],
        [[20200301, 20200331, 1, 0], [20200601, None, 0, 0]],
    ],
}
COLUMNS: Mapping[str, Sequence[str] | array[int]] = {"code": ["A00", "B00"], "profile": array("H", [0, 1])}


def toy() -> Table:
    return Table.of(unpack(pack(HEADER, COLUMNS), "toy"), Icd10Cm)


def test_a_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    data = pack(HEADER, COLUMNS)
    assert data == pack(HEADER, COLUMNS)
    (tmp_path / "toy.table").write_bytes(data)
    table = store.read(tmp_path / "toy.table")
    assert [*table.texts("code")] == ["A00", "B00"]
    assert list(table.numbers("profile")) == [0, 1]
    assert (table.release.start, table.release.end) == (date(2020, 1, 1), date(2020, 12, 31))
    assert unpack(pack({**HEADER, "coverage": [None, None]}, {"code": []}), "empty").texts("code") == ()


def test_a_release_is_told_without_its_table() -> None:
    assert store.shipped_release("icd10pcs") == store.shipped("icd10pcs").release
    icd10pcs.reload()
    told = icd10pcs.releases
    assert "table" not in vars(icd10pcs)
    assert told == icd10pcs.table.releases == icd10pcs.releases


def test_the_timeline_of_a_table() -> None:
    table = toy()
    a, b = table.lookup["a00"], table.lookup["B00"]
    for day, first, second in (
        (date(2019, 12, 31), Status.OUT_OF_RANGE, Status.OUT_OF_RANGE),
        (date(2020, 1, 1), Status.BILLABLE, Status.NOT_YET),
        (date(2020, 3, 31), Status.BILLABLE, Status.BILLABLE),
        (date(2020, 4, 1), Status.BILLABLE, Status.DELETED),
        (date(2020, 6, 1), Status.BILLABLE, Status.HEADER),
        (date(2021, 1, 1), Status.OUT_OF_RANGE, Status.OUT_OF_RANGE),
    ):
        assert (table.statuses[day][a], table.statuses[day][b]) == (first, second)
    assert table.flag_masks[date(2020, 1, 31)][a] == 1
    assert table.flag_masks[date(2020, 2, 1)][a] == 2
    assert table.intervals(a) == (Interval(date(2020, 1, 1), None),)
    assert len(table.intervals(b)) == 2
    assert date(2020, 1, 1) in table.intervals(a)[0]
    assert date(2020, 4, 1) not in table.intervals(b)[0]
    assert table.row("C00") is None


def test_answers_are_kept_for_a_bounded_number_of_days() -> None:
    table = toy()
    for ordinal in range(DAYS_KEPT + 10):
        table.statuses[date.fromordinal(700_000 + ordinal)]
    assert len(table.statuses) <= DAYS_KEPT


def test_dotted_codes_are_kept_while_there_is_room() -> None:
    codes = sorted(f"A{number:03}" for number in range(90))
    lookup = Table(codes, [0] * 90, [()], Icd10Cm).lookup
    for code in codes:
        assert lookup[f"{code[:3]}.{code[3:]}"] == 0
        assert lookup[f" {code} "] == 0
        assert lookup[f"  {code}"] == 0
    assert len(lookup) == (1 + SPELLINGS) * 90
    assert f"{codes[0][:3]}.{codes[0][3:]}" in lookup
    for wrong in ("A00.", "A00..0", "A00.0.", "A0.00"):
        assert lookup[wrong] == lookup.malformed


def test_who_asks_for_many_dotted_codes_has_all_of_them_at_hand() -> None:
    codes = sorted(["A00", *(f"A00{number:03}" for number in range(2 * MANY))])
    dotted = [f"{code[:3]}.{code[3:]}" for code in codes[1:]]
    lookup = Table(codes, [0] * len(codes), [()], Icd10Cm).lookup
    assert [lookup[text] for text in dotted[: MANY - 1]] == [0] * (MANY - 1)
    assert not lookup.dotted
    assert lookup[dotted[MANY]] == 0
    assert lookup.dotted == set(dotted)


@given(st.data())
def test_any_damage_is_refused(data: st.DataObject) -> None:
    whole = bytearray(pack(HEADER, COLUMNS))
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(TableError, match="table toy is damaged"):
        unpack(bytes(whole), "toy")


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"{}\n", b"[]\n", b"null", b"\xff\xfe", b'{"format": 1}\n', b'{"format": 2}\n']
)
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(TableError, match="table other is damaged"):
        unpack(data, "other")


def forged(payload: bytes, **changes: Any) -> bytes:
    """Make a file whose hash fits and whose contents do not."""
    header = {**json.loads(pack(HEADER, COLUMNS).partition(b"\n")[0]), **changes}
    del header["sha256"]
    header["sha256"] = store._digest(header, payload)
    return store._canonical(header) + b"\n" + payload


@pytest.mark.parametrize("data", [
    forged(b"no zlib"),
    forged(zlib.compress(b"A00\nB00")),
    forged(zlib.compress(bytes(10_000_000))),  # would swell beyond what the header says
    forged(zlib.compress(b"A00\nB00"), columns=[["code", "text", 1 << 40]]),
    forged(zlib.compress(b"A00\nB00"), columns=[["code", "text", 7]], rows=3),
    forged(zlib.compress(b"\xff"), columns=[["code", "text", 1]], rows=1),
    forged(zlib.compress(b"A"), columns=[["code", "text", 1]], rows=1, coverage=[99, 99]),
])  # fmt: skip
def test_a_table_that_lies_is_refused(data: bytes) -> None:
    with pytest.raises(TableError, match="table liar is damaged"):
        unpack(data, "liar")


def test_a_damaged_shipped_table_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "read_bytes", lambda _: b"{}\n")
    with pytest.raises(TableError, match="table icd10cm is damaged"):
        store.shipped("icd10cm")


def test_tables_ship_small() -> None:
    folder = Path(store.__file__).parent / "data"
    assert sum(file.stat().st_size for file in folder.iterdir()) < 6_000_000
    assert {"icd10cm", "icd10pcs"} <= set(CODE_SETS)
