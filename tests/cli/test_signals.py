"""A command that is ended, by whatever signal, leaves no text of a claim, no half file and no worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.claims.x12.texts import ONE, wire

from medcode.cli import _end_in_order, main
from medcode.cli.input import _sweep as sweep
from medcode.files import replacing

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


@pytest.fixture(autouse=True)
def temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let temporary files go to a folder of the test."""
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", None)
    return folder


def until(holds: Callable[[], object]) -> None:
    """Wait until something is so, for as long as the slowest machine may take."""
    for _ in range(6_000):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError("it never was so")


def reading(temp: Path) -> subprocess.Popen[bytes]:
    """Start a command that has read a claim of standard input, and waits for more."""
    command = [sys.executable, "-m", "medcode", "check", "-"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603  # our own command
    assert process.stdin
    process.stdin.write(wire(ONE).encode() * 200)
    process.stdin.flush()
    until(lambda: [each for each in temp.glob("medcode-*/input") if each.stat().st_size])
    return process


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_to_end_leaves_nothing(number: int, temp: Path) -> None:
    if signal.getsignal(number) is signal.SIG_IGN:
        pytest.skip("whoever runs the tests lets this signal be ignored, as a shell does in the background")
    process = reading(temp)
    (folder,) = temp.iterdir()
    assert (folder.stat().st_mode & 0o777, (folder / "input").stat().st_mode & 0o777) == (0o700, 0o600)
    process.send_signal(number)
    process.communicate(timeout=120)
    assert process.returncode == 128 + number
    assert not list(temp.iterdir())


def test_what_a_killed_command_leaves_is_removed_by_the_next(
    temp: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = reading(temp)
    process.kill()
    process.communicate(timeout=120)
    assert [each.name for each in temp.glob("medcode-*/*")] == ["input"]
    for name in ("medcode-other", "mine"):
        (temp / name).mkdir()
        (temp / name / "kept").write_bytes(b"x")
    with Path(temp, "text").open("w+b") as given:
        given.write(wire(ONE).encode())
        given.seek(0)
        monkeypatch.setattr("sys.stdin", type("Stdin", (), {"buffer": given}))
        assert main(["check", "-"]) in {0, 1}
    assert sorted(each.name for each in temp.iterdir()) == ["medcode-other", "mine", "text"]


WRITING = """
import sys
from medcode.files import replacing
with replacing(sys.argv[1]) as file:
    file.write(b"half")
    file.flush()
    print("written", flush=True)
    sys.stdin.read()
"""


def test_half_a_file_is_removed_by_the_next_that_writes_there(tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-c", WRITING, str(out)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603  # our own program
    assert process.stdout
    assert process.stdout.readline() == b"written\n"
    with replacing(out) as file:  # the other is alive: what it writes is its own
        file.write(b"new")
    assert len(list(tmp_path.glob(".out.*"))) == 1
    process.kill()
    process.communicate()
    with replacing(out) as file:
        file.write(b"newer")
    assert out.read_bytes() == b"newer"
    assert not list(tmp_path.glob(".out.*"))


WORKING = """
import os, time
from {module} import shared
def work(seconds):
    open(f"pid-{{os.getpid()}}", "w").close()
    time.sleep(seconds)
    return 1
if __name__ == "__main__":
    from program import work  # as another process finds it
    list(shared(work, [600] * 4, jobs=2))
"""


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not waited for does not."""
    try:
        return (
            "(python" in (text := Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")) and ") Z" not in text
        )
    except OSError:
        return False


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")
@pytest.mark.parametrize("module", ["medcode.processes", "medcode.frames.workers"])
def test_workers_end_with_a_parent_that_is_killed(module: str, tmp_path: Path) -> None:
    if module.startswith("medcode.frames"):
        pytest.importorskip("pyarrow", reason="pyarrow, the extra frames, is not installed")
    program = tmp_path / "program.py"
    program.write_text(WORKING.format(module=module), encoding="utf-8")
    parent = subprocess.Popen([sys.executable, str(program)], cwd=tmp_path)  # noqa: S603  # our own program
    until(lambda: len(list(tmp_path.glob("pid-*"))) == 2)
    workers = [int(each.name.removeprefix("pid-")) for each in tmp_path.glob("pid-*")]
    assert all(map(is_alive, workers))
    parent.kill()
    parent.wait(timeout=120)
    until(lambda: not any(map(is_alive, workers)))


def test_a_system_without_users_removes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = tmp_path / "medcode-left"
    left.mkdir()
    (left / "input").write_bytes(b"x")
    with monkeypatch.context() as patch:
        patch.delattr(os, "getuid")
        sweep(tmp_path)
    assert left.exists()
    sweep(tmp_path)
    assert not left.exists()


def test_signals_to_end_are_answered_unless_somebody_else_does(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        _end_in_order()
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
        assert callable(signal.getsignal(signal.SIGHUP))
        monkeypatch.delattr(signal, "SIGHUP")
        _end_in_order()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
