"""A ledger in a file: the same as in memory, whole after a crash, shared by processes, and nobody else's to read."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from tests.claims.ledger.made import claim, ledger, paid, remittance, sent, status

from medcode.claims import x12
from medcode.claims.ledger import Ledger, LedgerError

if TYPE_CHECKING:
    from pathlib import Path

ADD = "import sys; from medcode.claims.ledger import Ledger; ledger = Ledger(sys.argv[1]); print(flush=True); ledger.add(*sys.argv[2:])"


def test_a_file_keeps_the_same_as_memory(tmp_path: Path) -> None:
    sources = [
        remittance(paid(), paid("X9")),
        sent(claim(), claim("PCN2")),
        status(),
        x12.acknowledge(sent(claim())),
    ]
    path = tmp_path / "year.ledger"
    for source in sources:
        with Ledger(path) as kept:
            kept.add(source)
    with Ledger(path) as kept:
        made = ledger(*sources)
        assert list(kept.rows()) == list(made.rows())
        assert kept.totals() == made.totals()
        assert kept.unmatched == made.unmatched
        assert [entry.events for entry in kept] == [entry.events for entry in made]
        assert kept.remittances == made.remittances
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_is_no_ledger_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("Dear Sir or Madam, this is a letter.\n" * 40, encoding="utf-8")
    with pytest.raises(LedgerError, match="cannot be used as a ledger: file is not a database"):
        Ledger(text)
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as base:
        base.execute("CREATE TABLE claims (id INTEGER)")
    with pytest.raises(LedgerError, match="no ledger of this version"):
        Ledger(other)
    with pytest.raises(OSError, match="No such file"):
        Ledger(tmp_path / "missing" / "year.ledger")


def test_two_processes_add_to_one_file(tmp_path: Path) -> None:
    path, files = tmp_path / "year.ledger", []
    for at in range(2):
        files.append(tmp_path / f"{at}.837")
        files[at].write_text(sent(*(claim(f"P{at}-{n}") for n in range(20)), number=at + 1), encoding="utf-8")
    both = [subprocess.Popen([sys.executable, "-c", ADD, path, file]) for file in files]  # noqa: S603  # our own command
    assert [process.wait() for process in both] == [0, 0]
    with Ledger(path) as kept:
        assert len(kept) == 40


@pytest.mark.slow
def test_a_process_that_is_killed_leaves_a_source_whole_or_out(tmp_path: Path) -> None:
    path, file = tmp_path / "year.ledger", tmp_path / "large.837"
    file.write_text(sent(*(claim(f"P{n}") for n in range(300))), encoding="utf-8")
    Ledger(path).close()
    chance = random.Random(7)
    for _ in range(3):
        process = subprocess.Popen([sys.executable, "-c", ADD, path, file], stdout=subprocess.PIPE)  # noqa: S603  # our own command
        assert process.stdout is not None
        with process.stdout:
            process.stdout.readline()
            time.sleep(chance.random() * 0.3)
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
        with Ledger(path) as kept:
            assert len(kept) in {0, 300}
    with Ledger(path) as kept:
        kept.add(file)
        assert len(kept) == 300
