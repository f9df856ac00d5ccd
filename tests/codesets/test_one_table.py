"""Threads that ask for the table of a set at once have one table, however many have made it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import TYPE_CHECKING, Any

from medcode.codesets import timeline
from medcode.codesets.base import CodeSet
from medcode.codesets.states import State

if TYPE_CHECKING:
    import pytest


def test_two_threads_that_make_a_table_at_once_have_one(monkeypatch: pytest.MonkeyPatch) -> None:
    both, make = Barrier(2, timeout=1), timeline.Table.of

    def made_at_once(*given: Any) -> timeline.Table:
        with suppress(BrokenBarrierError):  # Python 3.11 lets one thread in alone
            both.wait()
        return make(*given)

    monkeypatch.setattr(timeline.Table, "of", made_at_once)
    states = CodeSet("states", State, table="states", titles="states")
    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(lambda _: states.table, range(2))
    assert first is second is states.table
