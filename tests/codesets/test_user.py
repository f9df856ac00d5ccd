"""The user's releases: written whole or not at all, merged over the shipped tables day by day."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from medcode.codesets import CODE_SETS, folder, merging, user
from medcode.codesets.base import Interval, Status
from medcode.codesets.cdt import cdt
from medcode.codesets.cpt import cpt
from medcode.codesets.hcpcs import hcpcs
from medcode.codesets.icd10cm import icd10cm
from medcode.codesets.modifiers import modifiers
from medcode.codesets.revenue import revenue
from medcode.codesets.user import Entry
from medcode.errors import TableError, UnknownCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.codesets.base import CodeSet

pytestmark = pytest.mark.filterwarnings("ignore::medcode.errors.CoverageWarning")  # the days are at hand

B, D, N, U = Status.BILLABLE, Status.DELETED, Status.NOT_YET, Status.UNKNOWN
NOT_CHECKED, OUT = Status.NOT_CHECKED, Status.OUT_OF_RANGE


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of releases; afterwards no code set remembers them."""
    monkeypatch.setenv("MEDCODE_DATA", str(tmp_path / "data"))
    yield tmp_path / "data"
    for codes in CODE_SETS.values():
        codes.reload()


def add(name: str, coverage: tuple[int | None, int | None], *entries: Entry, **more: Any) -> None:
    header = {"name": name, "publisher": "CMS", "edition": str(coverage[0]), "license": "none", **more}
    user.add([user.code_table({**header, "coverage": list(coverage)}, entries)])


def statuses(codes: CodeSet[Any], code: str, *days: tuple[int, int, int]) -> list[Status]:
    return [codes.status(code, on=date(*day)) for day in days]


FIRST_QUARTER, THIRD_QUARTER = (20260101, 20260331), (20260701, 20260930)
FEBRUARY, MAY, AUGUST, NOVEMBER = (2026, 2, 1), (2026, 5, 1), (2026, 8, 1), (2026, 11, 1)


def test_releases_answer_for_the_days_they_cover(own: Path) -> None:
    add("cdt", FIRST_QUARTER, Entry("D0001", "old"), Entry("D0002", "both"), Entry("D0003", "stays gone"))
    add("cdt", THIRD_QUARTER, Entry("D0002", "both, anew"), Entry("D0004", "new", date(2026, 7, 1)))
    assert len(list(own.iterdir())) == 2
    days = (FEBRUARY, MAY, AUGUST, NOVEMBER)
    assert statuses(cdt, "D0001", *days) == [B, OUT, D, OUT]
    assert statuses(cdt, "D0002", *days) == [B, OUT, B, OUT]
    assert statuses(cdt, "D0004", *days) == [N, OUT, B, OUT]
    assert statuses(cdt, "D0009", *days) == [U, OUT, U, OUT]
    assert cdt["D0002"].title == "both, anew"
    assert cdt["D0001"].title == "old"
    assert [str(release.start) for release in cdt.releases] == ["2026-07-01", "2026-01-01"]
    assert cdt["D0002"].start == date(2026, 1, 1)
    with pytest.raises(UnknownCode, match="not in the CDT table"):
        cdt["D0009"]


def test_a_release_added_again_takes_its_own_place(own: Path) -> None:
    add("revenue", FIRST_QUARTER, Entry("0001", "first"))
    add("revenue", FIRST_QUARTER, Entry("0002", "second"))
    assert len(list(own.iterdir())) == 1
    assert list(revenue) == ["0002"]


def test_licensed_lists_join_hcpcs(own: Path) -> None:
    add("cpt", FIRST_QUARTER, Entry("99213", "visit"), partial=True)
    assert own.is_dir()
    assert statuses(hcpcs, "99213", FEBRUARY, MAY) == [B, OUT]
    assert statuses(hcpcs, "99214", FEBRUARY) == statuses(cpt, "99214", FEBRUARY) == [NOT_CHECKED]
    assert hcpcs["99213"].title == "visit"
    assert "99213" in hcpcs
    assert hcpcs.releases[1:] == cpt.releases


def test_a_partial_release_speaks_of_what_it_lists(own: Path) -> None:
    assert own.parent.is_dir()
    add("modifiers", (20260101, 20261231), Entry("ZZ", "own"), partial=True)
    assert statuses(modifiers, "ZZ", FEBRUARY) == [B]
    assert statuses(modifiers, "LT", (2019, 7, 1), FEBRUARY) == [B, B]
    assert statuses(modifiers, "25", FEBRUARY) == [NOT_CHECKED]
    assert statuses(modifiers, "ZQ", FEBRUARY, NOVEMBER) == [U, NOT_CHECKED]
    assert len(modifiers.releases) == 2


def test_a_fiscal_year_follows_the_shipped_ones(own: Path) -> None:
    day = date(2026, 11, 1)
    before = icd10cm.flags("O80", on=day)
    assert before
    old = icd10cm["E11.9"].intervals
    add(
        "icd10cm",
        (20271001, 20280930),
        Entry("E119", "Type 2 diabetes mellitus without complications"),
        Entry("E11", "heading", billable=False),
        Entry("ZZZ99", "new one"),
    )
    assert own.is_dir()
    assert icd10cm.flags("O80", on=day) == before
    assert statuses(icd10cm, "O80", (2026, 11, 1), (2027, 5, 1), (2027, 11, 1)) == [B, OUT, D]
    assert statuses(icd10cm, "ZZZ99", (2027, 11, 1), (2026, 11, 1)) == [B, N]
    assert icd10cm.status("E11", on=date(2027, 11, 1)) is Status.HEADER
    assert icd10cm["E11.9"].intervals == old == (Interval(date(2015, 10, 1), None),)
    assert icd10cm.releases[1].end == date(2027, 3, 31)
    assert pickle.loads(pickle.dumps(icd10cm["ZZZ99"])) == icd10cm["ZZZ99"]


def test_flags_of_the_shipped_table_stay_under_a_release_without_any(own: Path) -> None:
    day = date(2026, 1, 5)
    before = icd10cm.flags("O80", on=day)
    add("icd10cm", (20251001, 20260930), Entry("O80", "delivery"), Entry("ZZZ99", "none of theirs"))
    assert own.is_dir()
    assert icd10cm.flags("O80", on=day) == before
    assert icd10cm.flags("ZZZ99", on=day) == frozenset()
    assert icd10cm["O80"].title == "delivery"
    assert icd10cm.status("E11.9", on=day) is D


def test_composed_titles_keep_their_note(own: Path) -> None:
    pcs = CODE_SETS["icd10pcs"]
    noted = next(code for code in pcs if pcs[code].note)
    note = pcs[noted].note
    add("icd10pcs", (20271001, 20280930), Entry("02703DZ", "own title"))
    assert own.is_dir()
    assert pcs[noted].note == note
    assert (pcs["02703DZ"].title, pcs["02703DZ"].note) == ("own title", None)


def test_titles_may_be_absent(own: Path) -> None:
    add("discharge_status", (20271001, None), Entry("01"))
    assert own.is_dir()
    codes = CODE_SETS["discharge_status"]
    assert codes["01"].title is None
    assert codes.status("01", on=date(2028, 1, 1)) is B
    assert codes.releases[0].end is None


def test_a_release_without_first_day_covers_all_before(own: Path) -> None:
    add("revenue", (None, 20251231), Entry("0450", "knee"), Entry("0001", "", date(2026, 1, 1)))
    assert (own / "revenue-open-20251231.table").is_file()
    assert statuses(revenue, "0450", (1990, 1, 1), (2026, 1, 1)) == [B, OUT]
    assert revenue.releases[0].start is None


def test_more_histories_than_can_be_numbered_are_refused() -> None:
    entries = (
        Entry(f"{number:05}", "", date.fromordinal(700_000 + number)) for number in range((1 << 16) + 1)
    )
    with pytest.raises(TableError, match="cpt: its codes have more than 65,536 different histories"):
        add("cpt", FIRST_QUARTER, *entries)


def test_releases_that_together_have_more_histories_are_refused(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for year in (2024, 2025):
        days = (year * 10_000 + 101, year * 10_000 + 1231)
        begin = (date(year, 1, day) for day in (1, 2))
        add("cpt", days, *(Entry(f"{day:%Y%d}"[-5:], "", day) for day in begin))
    assert own.is_dir()
    assert len(cpt) == 4
    cpt.reload()
    monkeypatch.setattr(merging, "MOST_HISTORIES", 3)
    with pytest.raises(TableError, match="cpt: its codes have more than 3 different histories"):
        cpt.status("02401", on=date(2024, 1, 1))


def test_where_the_folder_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("MEDCODE_DATA", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    for platform, place in (
        ("linux", ".local/share"),
        ("darwin", "Library/Application Support"),
        ("win32", "AppData/Local"),
    ):
        monkeypatch.setattr(sys, "platform", platform)
        assert folder.data_folder() == tmp_path / place / "medcode"
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert folder.data_folder() == tmp_path / "local" / "medcode"
    assert folder.stored() == []


def test_a_failed_write_leaves_nothing(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add("revenue", FIRST_QUARTER, Entry("0001", "old"))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        add("revenue", FIRST_QUARTER, Entry("0002", "new"))
    assert [path.name for path in own.iterdir()] == ["revenue-20260101-20260331.table"]
    assert list(revenue) == ["0001"]


def test_what_a_killed_writer_left_is_swept_up(own: Path) -> None:
    own.mkdir()
    name = "revenue-20260101-20260331.table.{}.unfinished"
    old, young = own / name.format("abcd1234"), own / name.format("abcd12_5")
    others = [own / "notes.unfinished", own / "cpt-2026.table.unfinished", own / f"{old.name}.txt"]
    for path in (old, young, *others):
        path.write_bytes(b"half")
    linked = own / name.format("linked00")
    linked.symlink_to(others[0])
    long_ago = (young.stat().st_mtime - 7200,) * 2  # by the clock of the disk
    for path in (old, *others):
        os.utime(path, long_ago)
    os.utime(linked, long_ago, follow_symlinks=False)
    add("revenue", FIRST_QUARTER, Entry("0001"))
    assert not old.exists()
    assert all(path.exists() for path in (young, linked, *others))
    assert len(user.headers()) == 1


def test_what_another_user_left_is_not_swept_up(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own.mkdir()
    left = own / "revenue-20260101-20260331.table.abcd1234.unfinished"
    left.write_bytes(b"half")
    os.utime(left, (left.stat().st_mtime - 7200,) * 2)
    about = SimpleNamespace(st_uid=left.stat().st_uid + 1, st_mode=left.stat().st_mode, st_mtime=0)
    lstat = Path.lstat
    monkeypatch.setattr(Path, "lstat", lambda path: about if path == left else lstat(path))
    add("revenue", FIRST_QUARTER, Entry("0001"))
    assert os.path.exists(left)  # noqa: PTH110  # without `lstat` above


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
@pytest.mark.parametrize(
    ("folder_mode", "mode"), [(0o700, 0o600), (0o750, 0o640), (0o755, 0o644), (0o2775, 0o644), (0o701, 0o600)]
)
def test_who_may_read_the_folder_may_read_its_releases(
    folder_mode: int, mode: int, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.mkdir()
    own.chmod(folder_mode)
    given = []

    def chown(_: Path, user: int, group: int) -> None:
        given.append((user, group))
        raise PermissionError

    monkeypatch.setattr(os, "chown", chown)
    before = os.umask(0o077)
    try:
        for text in ("0001", "0002"):  # a new one, and one in its place
            add("revenue", FIRST_QUARTER, Entry(text))
            (path,) = own.iterdir()
            assert path.stat().st_mode & 0o777 == mode
    finally:
        os.umask(before)
    assert given == [(-1, own.stat().st_gid)] * 2


def test_a_system_without_owners_shares_by_its_own_rules(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "chown")
    add("revenue", FIRST_QUARTER, Entry("0001"))
    assert list(revenue) == ["0001"]
    assert len(list(own.iterdir())) == 1


@pytest.mark.parametrize("line", [b"", b"{}", b"[]", b"null", b'{"coverage": 5}'])
def test_another_file_in_the_folder_is_named(own: Path, line: bytes) -> None:
    own.mkdir()
    (own / "revenue-20260101-20260331.table").write_bytes(line + b"\n")
    with pytest.raises(TableError, match=r"revenue-20260101-20260331.table: not a medcode table file"):
        user.headers()
    with pytest.raises(TableError, match="table revenue-20260101-20260331 is damaged"):
        revenue.status("0001")


ADDING = """
import sys
from medcode.codesets import user
from medcode.codesets.user import Entry
header = {"name": "revenue", "publisher": "CMS", "edition": "e", "license": "none", "coverage": [20260101, None]}
made = [user.code_table({**header, "edition": edition}, [Entry("0001", edition)]) for edition in "ab"]
print("ready", flush=True)
for turn in range(int(sys.argv[1])):
    user.add([made[turn % 2]])
"""


def adding(own: Path, turns: int) -> subprocess.Popen[bytes]:
    env = {**os.environ, "MEDCODE_DATA": str(own)}
    return subprocess.Popen([sys.executable, "-c", ADDING, str(turns)], env=env, stdout=subprocess.PIPE)  # noqa: S603  # our own words


def test_two_writers_at_once_do_no_harm(own: Path) -> None:
    with adding(own, 50) as one, adding(own, 50) as other:
        assert (one.wait(), other.wait()) == (0, 0)
    assert [path.name for path in own.iterdir()] == ["revenue-20260101-open.table"]
    assert json.loads((own / "revenue-20260101-open.table").read_bytes().partition(b"\n")[0])["rows"] == 1
