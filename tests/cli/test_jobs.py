"""Work shared between processes, and how it ends when it is broken off."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from medcode.cli.jobs import shared

if TYPE_CHECKING:
    from pathlib import Path


def test_answers_come_in_the_order_of_the_items() -> None:
    numbers = list(range(-20, 20))
    assert list(shared(abs, numbers, jobs=1)) == list(shared(abs, numbers, jobs=2))


def test_work_that_nobody_waits_for_is_left() -> None:
    answers = shared(abs, range(100), jobs=2)
    assert next(answers) == 0
    answers.close()  # type: ignore[attr-defined]  # a generator


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send to one process")
def test_an_interrupt_ends_it_quietly(tmp_path: Path) -> None:
    script = tmp_path / "slow.py"
    script.write_text(
        "import sys, time\n"
        "from medcode.cli.jobs import shared\n"
        "if __name__ == '__main__':\n"
        "    import medcode.cli, medcode.cli.lookup as lookup\n"
        "    def run(args):\n"
        "        print('begun', flush=True)\n"
        "        return sum(1 for _ in shared(time.sleep, [0.2] * 1000, 2))\n"
        "    lookup.run = run\n"
        "    sys.exit(medcode.cli.main(['lookup', 'E11.9']))\n"
    )
    begun = subprocess.Popen(  # noqa: S603  # our own script
        [sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    assert begun.stdout
    assert begun.stdout.readline() == b"begun\n"
    time.sleep(0.5)  # most often the processes are there by now
    for _ in range(30):
        with suppress(subprocess.TimeoutExpired, ProcessLookupError):
            os.killpg(begun.pid, signal.SIGINT)  # as a terminal does
            begun.wait(2)
            break
    assert begun.stderr
    assert (begun.returncode, begun.stderr.read()) == (130, b"")
    begun.stdout.close()
    begun.stderr.close()
