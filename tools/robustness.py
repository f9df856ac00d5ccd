"""Try to break medcode in every way that a day of work may, and write what came of it into a table.

usage: python -m tools.robustness MINUTES [--write]

`nox -s robustness -- 60` runs it for an hour, 10 nightly, 1 in every check of a change. Each kind of trial has its
share of the time and goes through its own cases in a fixed order as far as that lasts. With `--write` the table of
docs/explanation/safety.md is replaced. It ends with 1 if anything failed.
"""

from __future__ import annotations

import os
import random
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

from tools.fuzz_x12 import CORPUS, judge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "explanation" / "safety.md"
REFERENCE = Path(os.environ.get("MEDCODE_REFERENCE_DATA") or ROOT.parent / "shared")
HOSTILE = (
    "", " ", "0", "-1", "1E999999999", "9" * 400, "\x00", "\x1b[2J", "\u0663", "\ud7ff", "'\"<&>", "../../etc/passwd", "A" * 5_000,
    ":", "^", "^A:B", "20260230", "NaN",
)  # fmt: skip


class Kind(NamedTuple):
    """A kind of trial: what it is called, its share of the time, its cases, and what is promised."""

    name: str
    share: float
    cases: Callable[[random.Random], Iterator[Callable[[], None]]]
    promise: str


def samples() -> list[bytes]:
    """Return what is read in the trials: the corpus of the tests, and the reference data where it is there."""
    found = sorted(CORPUS.iterdir())
    if (REFERENCE / "samples").is_dir():
        found += sorted(
            each
            for each in (REFERENCE / "samples").rglob("*")
            if each.suffix in {".edi", ".x12", ".txt", ".dat"}
        )
    texts = (path.read_bytes() for path in found if path.is_file())
    return sorted(
        {text for text in texts if b"ST" in text and len(text) < 1 << 16}, key=lambda text: (len(text), text)
    )


def truncated(chance: random.Random) -> Iterator[Callable[[], None]]:
    """Cut each sample at each byte, in an order that the seed decides."""
    cuts = [(text, at) for text in samples() for at in range(len(text))]
    chance.shuffle(cuts)
    yield from (lambda text=text, at=at: judge(text[:at]) for text, at in cuts)


def mutated(chance: random.Random) -> Iterator[Callable[[], None]]:
    """Change, drop, double and move bytes of the samples."""
    texts = samples()
    while True:
        data = bytearray(chance.choice(texts))
        for _ in range(chance.randint(1, 8)):
            at, size = chance.randrange(len(data) + 1), chance.randint(1, 40)
            piece = bytes(data[at : at + size])
            data[at : at + chance.choice([0, size])] = chance.choice(
                [b"", piece * 2, bytes([chance.randrange(256)]), b"~", b"*", piece[::-1]]
            )
        yield lambda data=bytes(data): judge(data)  # type: ignore[misc]  # as above


def spoiled(chance: random.Random) -> Iterator[Callable[[], None]]:
    """Put each hostile value into each element of the samples."""
    places = []
    for sample in samples():
        segments = sample.decode("latin-1").split("~")
        places += [
            (segments, at, number)
            for at, segment in enumerate(segments)
            for number in range(1, segment.count("*") + 1)
        ]
    while True:
        segments, at, number = chance.choice(places)
        elements = segments[at].split("*")
        elements[number] = chance.choice(HOSTILE)
        text = "~".join([*segments[:at], "*".join(elements), *segments[at + 1 :]])
        yield lambda text=text: judge(text.encode("utf-8", "surrogatepass"))  # type: ignore[misc]  # as above


def sized(_chance: random.Random) -> Iterator[Callable[[], None]]:
    """Repeat each part of a sample until it is large; what takes more than a minute has failed."""
    text = next(each for each in samples() if each.startswith(b"ISA") and b"CLM*" in each).decode("latin-1")
    end = text[105]
    parts = text.split(end)

    def large(at: int, count: int) -> None:
        start = time.process_time()
        judge(end.join([*parts[:at], *[parts[at]] * count, *parts[at + 1 :]]).encode("latin-1"))
        if time.process_time() - start > 60:  # noqa: PLR2004  # a minute
            raise AssertionError(f"{count} of segment {at} take more than a minute")

    yield from (
        lambda at=at, count=count: large(at, count) for count in (100, 10_000) for at in range(len(parts))
    )


def command(
    *words: str, env: dict[str, str] | None = None, options: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[bytes]:
    """Run a command of medcode; a traceback is a failure."""
    done = subprocess.run(  # noqa: S603  # our own command
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
BUILD = ("build", "examples/office-visit.toml", "-o")
LIST = "icd10,note\n" + "H81.41,a code that has a successor\n" * 500


class Job(NamedTuple):
    """A command that writes one file: its words, the file, what the file has before, and what it has afterwards."""

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
        yield Job(full, out, old, undated(out.read_bytes()), took)
        if words[0] == "build":
            yield Job(full, out, None, undated(out.read_bytes()), took)


def end(job: Job, number: int, moment: float) -> None:
    """End a command at a moment: its file is there whole or as it was, and nothing is left beside it."""
    job.out.unlink(missing_ok=True)
    if job.before is not None:
        job.out.write_bytes(job.before)
    process = subprocess.Popen(  # noqa: S603  # our own command
        [sys.executable, "-m", "medcode", *job.words], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
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
    """End the commands that write, one after the other, at random moments."""
    with tempfile.TemporaryDirectory() as folder:
        for job in cycle(list(jobs(Path(folder)))):
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


def interrupted(chance: random.Random) -> Iterator[Callable[[], None]]:
    """Send Ctrl-C to the first of three processes alone, at a random moment: a second later none is left."""
    with tempfile.TemporaryDirectory() as folder:
        sent = Path(folder, "sent.837")
        command(*BUILD, str(sent))
        whole = sent.read_text(encoding="utf-8")
        sent.write_text(whole * 3_000, encoding="utf-8")  # takes longer than any moment to come

        def end_alone(moment: float) -> None:
            process = subprocess.Popen(  # noqa: S603  # our own command
                [sys.executable, "-c", INTERRUPTIBLE, "check", "--jobs", "2", str(sent)],
                cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True,
            )  # fmt: skip
            time.sleep(moment)
            process.send_signal(signal.SIGINT)
            start = time.monotonic()
            _, said = process.communicate(timeout=300)  # the workers hold its standard error too
            if (took := time.monotonic() - start) > 1:
                raise AssertionError(f"it took {took:.1f} seconds")
            if process.returncode != 130 or said:  # noqa: PLR2004  # interrupted
                raise AssertionError(
                    f"exit code {process.returncode}: {said.decode(errors='replace')[-300:]}"
                )

        while True:
            moment = 2 + 4 * chance.random()
            yield lambda moment=moment: end_alone(moment)  # type: ignore[misc]  # a case each


def full(chance: random.Random) -> Iterator[Callable[[], None]]:
    """Write where there is no room, or only for some bytes."""

    def write(limit: int) -> None:
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder, "out.837")
            done = subprocess.run(  # noqa: S603  # our own command
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
        ask = ("check", "--format", "json", out)
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
    from tests.claims.x12.texts import ONE, wire
    from tests.test_threads import PROGRAM

    asked = re.findall(r"^def (\w+)\(\):", PROGRAM, re.MULTILINE)

    def race(ask: str) -> None:
        done = subprocess.run(  # noqa: S603  # our own program
            [sys.executable, "-c", PROGRAM, ask],
            input=wire(ONE).replace("~SE*", "~ZZZ*1~SE*").encode(),
            capture_output=True,
            check=False,
            timeout=300,
        )
        if done.returncode:
            raise AssertionError(done.stderr.decode(errors="replace")[-300:])

    while asked:
        yield from (lambda ask=ask: race(ask) for ask in asked)


KINDS = (
    Kind(
        "cut at a byte",
        0.15,
        truncated,
        "Read, or refused by `X12Error`; every way of reading gives the same; nothing is lost.",
    ),
    Kind("bytes changed", 0.1, mutated, "The same."),
    Kind("a hostile value in an element", 0.15, spoiled, "The same."),
    Kind("a segment 100 and 10,000 times", 0.1, sized, "The same, and no more time than the length costs."),
    Kind(
        "killed while it writes (SIGKILL)",
        0.2,
        killed,
        "The file is there whole or as it was; what is left is removed by the next run.",
    ),
    Kind("ended while it writes (SIGTERM, SIGHUP, Ctrl-C)", 0.1, signaled, "The same, and nothing is left."),
    Kind(
        "Ctrl-C to the first of three processes alone", 0.05, interrupted, "All have ended within a second."
    ),
    Kind("disk full", 0.05, full, "Exit code 2, no file, no traceback."),
    Kind(
        "other locales, hash seeds, -O, -W error, -X dev", 0.05, surroundings, "The same answer, to the byte."
    ),
    Kind("first use by eight threads", 0.05, threads, "The answer of one thread."),
)


def tried(kind: Kind, seconds: float) -> tuple[int, list[str]]:
    """Go through the cases of a kind as long as the time lasts, at least once; return how many, and what failed."""
    count, failed, end = 0, [], time.monotonic() + seconds
    for case in kind.cases(random.Random(kind.name)):  # cases that can be repeated
        try:
            case()
        except Exception as error:  # noqa: BLE001  # any is a failure
            failed.append(f"{kind.name}: case {count}: {type(error).__name__}: {error}")
        count += 1
        if time.monotonic() > end:
            break
    return count, failed


def main() -> int:
    """Run for the minutes asked for."""
    minutes = float(sys.argv[1])
    rows, failures = [], []
    for kind in KINDS:
        count, failed = tried(kind, 60 * minutes * kind.share)
        print(f"{kind.name}: {count:,} tried, {len(failed):,} failed", flush=True)
        rows.append(f"| {kind.name} | {count:,} | {len(failed):,} | {kind.promise} |")
        failures += failed
    print("\n".join(failures[:20]))
    if "--write" in sys.argv:
        head = ["| tried | how often | failed | promised |", "|---|---:|---:|---|"]
        text = PAGE.read_text(encoding="utf-8")
        with suppress(ValueError):
            before, after = text.index("| tried |"), text.index("<!-- end of the table -->")
            PAGE.write_text(
                text[:before] + "\n".join([*head, *rows, ""]) + "\n" + text[after:], encoding="utf-8"
            )
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
