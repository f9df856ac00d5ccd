"""Work shared between processes, and how it ends when it is broken off."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import active_children, get_context
from pathlib import Path

import pytest
from tests.claims.x12.texts import ONE, wire
from tests.cli.test_signals import is_alive, until

from medcode.cli import main
from medcode.processes import shared


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


def test_another_thread_than_the_first_may_share_work() -> None:
    """Handlers of signals are set by the first thread alone; a server asks from others."""
    before = signal.getsignal(signal.SIGINT)
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(lambda: list(shared(abs, [-1, -2, -3], jobs=2))).result() == [1, 2, 3]
    assert signal.getsignal(signal.SIGINT) is before


def test_only_the_own_processes_are_ended() -> None:
    other = get_context("spawn").Process(target=time.sleep, args=(600,))
    other.start()
    try:
        shared(abs, range(100), jobs=2).close()  # type: ignore[attr-defined]  # a generator
        answers = shared(abs, range(100), jobs=2)
        next(answers)
        answers.close()  # type: ignore[attr-defined]  # as above
        assert active_children() == [other]
    finally:
        other.kill()
        other.join()


PROGRAM = """
import os, signal, sys, time
from pathlib import Path
from medcode import scrub
import medcode.processes, medcode.scrubbing
def judged(source, *_):  # a claim that takes forever
    Path(f"pid-{os.getpid()}").touch()
    time.sleep(600)
medcode.scrubbing._judged = judged
if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # whatever it was that this process inherited
    try:
        scrub(sys.argv[1], jobs=2)
    except KeyboardInterrupt:
        print("interrupted", flush=True)
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="signals of POSIX; reads /proc")
def test_ctrl_c_to_the_first_process_alone_ends_the_work_of_all(tmp_path: Path) -> None:
    """The work would take ten minutes: whoever waits for it does not end in time."""
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    command = [sys.executable, str(program), wire(ONE)]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE)  # noqa: S603  # our own program
    until(lambda: len(list(tmp_path.glob("pid-*"))) == 2)
    workers = [int(each.name.removeprefix("pid-")) for each in tmp_path.glob("pid-*")]
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=300)[0] == b"interrupted\n"
    assert not any(map(is_alive, workers))
