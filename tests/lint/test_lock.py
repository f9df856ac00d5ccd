"""A lock file pins the day and the tables of a result."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import attrs
import pytest

from medcode.codesets import CODE_SETS
from medcode.lint.lock import Lock, LockError

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 11, 1)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    lock = Lock.of(DAY, {"icd10cm", "icd10pcs", "cpt"})
    (tmp_path / "medcode.lock").write_text(str(lock), encoding="utf-8")
    assert Lock.load(tmp_path / "medcode.lock") == lock
    assert [pin.name for pin in lock.pins] == ["icd10cm", "icd10cm_successors", "icd10pcs"]
    assert lock.pins[0].sha256 == CODE_SETS["icd10cm"].releases[0].sha256


def test_the_same_tables_do_not_differ() -> None:
    assert list(Lock.of(DAY, {"icd10cm"}).differences({"icd10cm"})) == []


def test_another_table_and_one_that_is_not_locked_differ() -> None:
    lock = Lock.of(DAY, {"icd10cm"})
    other = attrs.evolve(lock, pins=(attrs.evolve(lock.pins[0], edition='the "old" one', sha256="0" * 64),))
    said = list(other.differences({"icd10cm", "icd10pcs"}))
    assert said[0].startswith("icd10cm is icd10cm FY2016-FY2027")
    assert said[0].endswith('but the lock file has icd10cm the "old" one (000000000000)')
    assert said[1] == "icd10pcs is not in the lock file"
    gone = attrs.evolve(lock, pins=(attrs.evolve(lock.pins[0], set="npi", edition="2026"),))
    assert list(gone.differences({"npi"})) == [
        f"npi is without a table, but the lock file has icd10cm 2026 ({lock.pins[0].sha256[:12]})"
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "No such file or directory; create it with `medcode lint --lock`"),
        ("= 1", "not a lock file of medcode"),
        ("[[table]]\nx = 1\n", "not a lock file of medcode"),
        ("version = 9\non = 2026-01-01\n", "not a lock file of this version of medcode"),
        ("version = 1\non = 'x'\n", "not a lock file of this version of medcode"),
    ],
)
def test_what_is_no_lock_file_says_so(tmp_path: Path, text: str | None, message: str) -> None:
    path = tmp_path / "medcode.lock"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(LockError) as caught:
        Lock.load(path)
    assert str(caught.value) == f"{path}: {message}"
