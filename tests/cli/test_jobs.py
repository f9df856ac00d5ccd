"""Work shared between processes, and how it ends when it is broken off."""

from __future__ import annotations

import signal
from multiprocessing import active_children
from typing import TYPE_CHECKING

from medcode.cli import main
from medcode.cli.jobs import shared

if TYPE_CHECKING:
    import pytest


def test_answers_come_in_the_order_of_the_items() -> None:
    numbers = list(range(-20, 20))
    assert list(shared(abs, numbers, jobs=1)) == list(shared(abs, numbers, jobs=2))


def test_work_that_nobody_waits_for_is_left() -> None:
    answers = shared(abs, range(100), jobs=2)
    assert next(answers) == 0
    answers.close()  # type: ignore[attr-defined]  # a generator


def test_the_other_processes_leave_ctrl_c_to_the_first() -> None:
    before = signal.getsignal(signal.SIGINT)
    assert set(shared(signal.getsignal, [signal.SIGINT] * 4, jobs=2)) == {signal.SIG_IGN}
    assert signal.getsignal(signal.SIGINT) is before


def test_an_interrupt_ends_it_quietly(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """As where Ctrl-C is pressed while answers are awaited; a signal need not be deliverable here."""

    def interrupted(_args: object) -> int:
        for answer in shared(abs, range(1_000), jobs=2):
            if answer == 3:
                raise KeyboardInterrupt
        return 0

    monkeypatch.setattr("medcode.cli.lookup.run", interrupted)
    assert main(["lookup", "E11.9"]) == 130
    assert capfd.readouterr() == ("", "")
    assert active_children() == []
