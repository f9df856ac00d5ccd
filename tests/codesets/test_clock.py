"""The clock, and how the tests stop it: here, in processes of theirs, and whatever the machine says."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime

from tests.frozen.sitecustomize import NOW

from medcode.claims.x12 import Envelope
from medcode.codesets import clock


def test_tests_run_on_one_day() -> None:
    assert clock.now() == NOW
    assert clock.today() == date(2026, 11, 23)
    assert Envelope(sender="A", receiver="B").created == NOW


def test_so_do_the_processes_that_tests_start() -> None:
    script = "from medcode.codesets import clock; print(clock.now().isoformat())"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)  # noqa: S603  # our own words
    assert datetime.fromisoformat(done.stdout.strip()) == NOW
