"""`medcode data add`, killed: the old table or the new one, never half of one."""

from __future__ import annotations

import os
import random
import signal
import time
from typing import TYPE_CHECKING

import pytest

from medcode.cli import main
from medcode.codesets import CODE_SETS, folder, store

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform has no fork and no kill -9")
def test_adding_killed_at_any_moment_leaves_the_old_table_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fifty times kill -9, while a child adds two releases in turn."""
    monkeypatch.setenv("MEDCODE_DATA", str(tmp_path / "data"))
    for title in "ab":
        (tmp_path / f"{title}.csv").write_text(f"Code,Title\n470,{title}\n", encoding="utf-8")
    words = ["--set", "drg", "--from", "2026-01-01", "--partial"]
    for _ in range(2):  # the second time nothing is left to be imported
        begun = time.perf_counter()
        main(["data", "add", str(tmp_path / "a.csv"), *words])
    took = time.perf_counter() - begun
    seen, chance = set(), random.Random(50)
    for turn in range(50):
        told, tell = os.pipe()
        child = os.fork()
        if not child:  # pragma: no cover  # the child is killed
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            while True:
                for title in "ba":
                    main(["data", "add", str(tmp_path / f"{title}.csv"), *words])
                    os.write(tell, b"!")
        if turn % 2:
            os.read(told, 1)  # one is in place
        time.sleep(chance.uniform(0, 2 * took))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(told)
        os.close(tell)
        (path,) = folder.stored("drg")
        seen.add(store.read(path).texts("title")[0])
    assert "b" in seen <= {"a", "b"}
    CODE_SETS["drg"].reload()
