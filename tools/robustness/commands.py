"""Commands that are ended, have no room, run elsewhere, or run at the same time."""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator

__all__ = ["full", "interrupted", "killed", "signaled", "slowest_ending", "surroundings", "threads"]

ROOT = Path(__file__).parents[2]


def command(
    *words: str, env: dict[str, str] | None = None, options: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[bytes]:
    """Run a command of medcode; a traceback is a failure."""
    done = subprocess.run(  # noqa: S603  # nosec B603  # our own command
        [sys.executable, *options, "-m", "medcode", *words],
        cwd=ROOT, env={**os.environ, **(env or {})}, capture_output=True, check=False, timeout=300,
    )  # fmt: skip
    if b"Traceback" in done.stderr or b"internal error" in done.stderr:
        raise AssertionError(done.stderr.decode(errors="replace")[-300:])
    return done


INTERRUPTIBLE = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # also where whoever started this ignores it
from medcode.cli import main
if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
"""
JOBS = 2
CLAIMS = 60_000  # so many that a check takes by far longer than the moments of its interruption
LATE = 10  # seconds: an ending is quick, but the machine may be busy; the work itself would take longer
ENDINGS: list[float] = []
LARGE = b"new" * 1_000_000
WRITER = """
import sys
from medcode.files import replacing
with replacing(sys.argv[1]) as file:
    for _ in range(1_000):
        file.write(b"new" * 1_000)
"""
BUILD = ("build", "examples/office-visit.toml", "-o")
LIST = "icd10,note\n" + "H81.41,a code that has a successor\n" * 500


class Job(NamedTuple):
    """A program that writes one file: its words, the file, what the file has before, and what it has afterwards."""

    words: tuple[str, ...]
    out: Path
    before: bytes | None
    after: bytes
    took: float


def undated(data: bytes) -> bytes:
    """Return what was written without the day and the time of its making."""
    return re.sub(rb"\d{6,8}\*\d{4}", b"", data)


def jobs(folder: Path) -> Iterator[Job]:
    """Yield the commands that write, each once run to its end."""
    sent, key, codes = folder / "sent.837", folder / "key", folder / "codes.csv"
    command(*BUILD, str(sent))
    key.write_bytes(b"k" * 32)
    codes.write_text(LIST, encoding="utf-8")
    sound = [
        (("build", "examples/office-visit.toml", "-o", "@"), b"old"),
        (("mask", str(sent), "--key-file", str(key), "-o", "@"), b"old"),
        (("view", str(sent), "-o", "@", "--on", "2026-01-05"), b"old"),
        (("ack", str(sent), "-o", "@"), b"old"),
        (("upgrade", "@", "--to", "2026-11-01", "--write"), LIST.encode()),
    ]
    for at, (words, old) in enumerate(sound):
        out = folder / f"out{at}.csv"
        full = tuple(str(out) if word == "@" else word for word in words)
        for _ in range(2):  # the second time is the one measured: nothing is compiled any more
            out.write_bytes(old)
            start = time.monotonic()
            command(*full)
            took = time.monotonic() - start
        yield Job(("-m", "medcode", *full), out, old, undated(out.read_bytes()), took)
        if words[0] == "build":
            yield Job(("-m", "medcode", *full), out, None, undated(out.read_bytes()), took)
        out = folder / f"large{at}"
        out.write_bytes(b"old")
        start = time.monotonic()
        subprocess.run([sys.executable, "-c", WRITER, str(out)], cwd=ROOT, check=True)  # noqa: S603  # nosec B603  # our own program
        took = time.monotonic() - start
        yield from [Job(("-c", WRITER, str(out)), out, b"old", LARGE, took)] * 3


def end(job: Job, number: int, moment: float) -> None:
    """End a command at a moment: its file is there whole or as it was, and nothing is left beside it."""
    job.out.unlink(missing_ok=True)
    if job.before is not None:
        job.out.write_bytes(job.before)
    process = subprocess.Popen(  # noqa: S603  # nosec B603  # our own command
        [sys.executable, *job.words], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )  # fmt: skip
    time.sleep(moment)
    process.send_signal(number)
    _, said = process.communicate(timeout=300)
    found = job.out.read_bytes() if job.out.exists() else None
    if found != job.before and (found is None or undated(found) != job.after):
        raise AssertionError("half a file, or what was there is gone")
    if number != signal.SIGKILL and list(job.out.parent.glob(".*")):
        raise AssertionError("a temporary file is left")
    if b"internal error" in said:
        raise AssertionError(said.decode(errors="replace"))


def ended(number: int, chance: random.Random) -> Iterator[Callable[[], None]]:
    """End programs that write, one after the other, at random moments.

    A command is mostly reading and checking; the program that only writes is ended more often, in the midst of it.
    """
    with tempfile.TemporaryDirectory() as folder:
        is_kill = number == signal.SIGKILL  # the other signals are answered by commands alone
        for job in cycle([job for job in jobs(Path(folder)) if is_kill or job.words[0] == "-m"]):
            moment = chance.random() * job.took
            yield lambda job=job, moment=moment: end(job, number, moment)  # type: ignore[misc]  # a case each


def killed(chance: random.Random) -> Iterator[Callable[[], None]]:
    """End commands by SIGKILL."""
    yield from ended(signal.SIGKILL, chance)


def signaled(chance: random.Random) -> Iterator[Callable[[], None]]:
    """End commands by the signals that they can answer."""
    kinds = [ended(number, chance) for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)]
    while True:
        for kind in kinds:
            yield next(kind)


def workers(process: subprocess.Popen[bytes]) -> int:
    """Return how many processes one has started that still run."""
    count = 0
    for each in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended
            _, about = each.read_text(encoding="utf-8", errors="replace").rsplit(") ", 1)
            count += about.split()[1] == str(process.pid)  # after its state, who started it
    return count


def interrupted(chance: random.Random) -> Iterator[Callable[[], None]]:
    """Send Ctrl-C to the first of three processes alone, at a random moment of their work: soon none is left.

    The work is many times as long as the moments, and ends by far sooner than its end would be.
    """
    with tempfile.TemporaryDirectory() as folder:
        sent = Path(folder, "sent.837")
        command(*BUILD, str(sent))
        sent.write_text(sent.read_text(encoding="utf-8") * CLAIMS, encoding="utf-8")
        words = (sys.executable, "-c", INTERRUPTIBLE, "check", "--jobs", str(JOBS), str(sent))

        def end_alone(moment: float) -> None:
            process = subprocess.Popen(  # noqa: S603  # nosec B603  # our own command
                words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
            )
            while workers(process) < JOBS and process.poll() is None:
                time.sleep(0.01)
            time.sleep(moment)
            process.send_signal(signal.SIGINT)
            start = time.monotonic()
            _, said = process.communicate(timeout=300)  # the workers hold its standard error too
            ENDINGS.append(time.monotonic() - start)
            if ENDINGS[-1] > LATE:
                raise AssertionError(f"it took {ENDINGS[-1]:.1f} seconds")
            if process.returncode != 130 or said:  # noqa: PLR2004  # interrupted
                raise AssertionError(
                    f"exit code {process.returncode}: {said.decode(errors='replace')[-300:]}"
                )

        while True:
            moment = chance.random()
            yield lambda moment=moment: end_alone(moment)  # type: ignore[misc]  # a case each


def slowest_ending() -> str:
    """Say how long it took at most after Ctrl-C until all processes had ended."""
    return f"The slowest took {max(ENDINGS):.1f} seconds."


def full(chance: random.Random) -> Iterator[Callable[[], None]]:
    """Write where there is no room, or only for some bytes."""

    def write(limit: int) -> None:
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder, "out.837")
            done = subprocess.run(  # noqa: S603  # nosec B603  # our own command
                [sys.executable, "-B", "-m", "medcode", *BUILD, str(out)], cwd=ROOT, capture_output=True, check=False, timeout=300,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),  # no threads here
            )  # fmt: skip
            if done.returncode != 2 or os.listdir(folder) or b"Traceback" in done.stderr:  # noqa: PLR2004, PTH208  # unusable
                raise AssertionError(f"{limit} bytes: exit code {done.returncode}, {os.listdir(folder)}")  # noqa: PTH208  # as above

    def device() -> None:
        if command(*BUILD, "/dev/full").returncode != 2:  # noqa: PLR2004  # unusable
            raise AssertionError("/dev/full took it")

    yield device
    while True:
        limit = chance.randrange(700)
        yield lambda limit=limit: write(limit)  # type: ignore[misc]  # as above


def surroundings(_chance: random.Random) -> Iterator[Callable[[], None]]:
    """Ask the same under other locales, hash seeds, optimizations and with warnings as errors: the answer is the same."""
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder, "out.837"))
        command(*BUILD, out)
        ask = ("check", "--on", "2026-01-05", "--format", "json", out)  # no day of the machine's clock
        expected = command(*ask).stdout

        def same(env: dict[str, str], *options: str) -> None:
            if command(*ask, env=env, options=options).stdout != expected:
                raise AssertionError(f"another answer with {env} {options}")

        for name in ("C", "C.UTF-8", "POSIX", "de_DE.UTF-8", "tr_TR.UTF-8", "ja_JP.eucJP"):
            for utf8 in "01":
                yield lambda name=name, utf8=utf8: same({"LC_ALL": name, "PYTHONUTF8": utf8})  # type: ignore[misc]  # as above
        for option in (("-O",), ("-OO",), ("-W", "error"), ("-X", "dev"), ("-I",)):
            yield lambda option=option: same({}, *option)  # type: ignore[misc]  # as above
        for seed in range(100):
            yield lambda seed=seed: same({"PYTHONHASHSEED": str(seed)})  # type: ignore[misc]  # as above


def threads(_chance: random.Random) -> Iterator[Callable[[], None]]:
    """Let eight threads use something first at once, in a fresh process."""
    sys.path.insert(0, str(ROOT))
    from tests.test_threads import GIVEN, PROGRAM

    asked = re.findall(r"^def (\w+)\(\):", PROGRAM, re.MULTILINE)

    def race(ask: str) -> None:
        done = subprocess.run(  # noqa: S603  # nosec B603  # our own program
            [sys.executable, "-c", PROGRAM, ask],
            input=GIVEN.encode(),
            capture_output=True,
            check=False,
            timeout=300,
        )
        if done.returncode:
            raise AssertionError(done.stderr.decode(errors="replace")[-300:])

    while asked:
        yield from (lambda ask=ask: race(ask) for ask in asked)
