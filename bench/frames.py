"""Columns and files at growing sizes: dated checks beside a bare hash join, files to tables and findings.

usage: python bench/frames.py [ROWS] [CLAIMS]

Each step runs in a process of its own, which reports its CPU time, that of the processes it has started, the time of
the clock, and the peak memory of the largest. On a shared machine CPU time is what counts: with two jobs the clock can
show no less than what the first process does alone plus half of what the others do. ROWS (default 1,000,000) is the
most rows of a column, CLAIMS (default 10,000) the most claims of a folder; sizes grow by ten up to these.
A run with 10,000 rows and 10,000 claims takes two minutes; 10,000,000 rows and 100,000 claims are the sizes of the docs.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROWS, CLAIMS = 1_000_000, 10_000
FILES = 10
STEPS = ("tables", "tables, 2 jobs", "with edits", "with edits, 2 jobs")


def column(rows: int) -> tuple[Any, Any]:
    """Return random codes, each on a day of its own."""
    import numpy as np
    import pyarrow as pa

    from medcode import icd10cm

    draw = np.random.default_rng(1)
    known = pa.array(list(icd10cm.table.codes))
    codes = known.take(pa.array(draw.integers(0, len(known), rows)))
    days = pa.array(draw.integers(16_800, 20_500, rows), pa.int32()).cast(pa.date32())
    return codes, days


def status(rows: int) -> Callable[[], object]:
    """Ask for the status of each code on its day."""
    from medcode import frames

    codes, days = column(rows)
    frames.status(codes[:1], days[:1])
    return lambda: frames.status(codes, days)


def join(rows: int) -> Callable[[], object]:
    """Join the codes with a table of them, which looks at no day."""
    import pyarrow as pa

    from medcode import icd10cm

    codes, _ = column(rows)
    left = pa.table({"code": codes, "row": pa.array(range(rows))})
    right = pa.table({"code": list(icd10cm.table.codes), "n": range(len(icd10cm.table.codes))})
    return lambda: left.join(right, "code", join_type="left outer")


def scalar(rows: int) -> Callable[[], object]:
    """Ask one by one."""
    from medcode import icd10cm

    codes, days = column(rows)
    pairs = list(zip(codes.to_pylist(), days.to_pylist(), strict=True))
    return lambda: [icd10cm.status(code, day) for code, day in pairs]


def folder(claims: int, path: Path) -> list[Path]:
    """Write a folder of office visits."""
    from medcode.claims import x12
    from medcode.claims.submission import Submission

    visit: Any = Submission.load(Path(__file__).parent.parent / "examples" / "office-visit.toml").claims[0]
    draw = random.Random(1)
    dx = ["J069", "E119", "I10", "M5450", "E1165", "R05", "J45909", "N390"]

    def some(first: int) -> Iterator[Any]:
        for number in range(first, first + claims // FILES):
            day = date(2026, 1, 5) + timedelta(number % 20)
            lines = [line.evolve(service_date=day) for line in visit.lines]
            yield visit.evolve(control_number=f"C{number}", diagnoses=draw.sample(dx, 2), lines=lines)

    files = [path / f"{number:02}.837" for number in range(FILES)]
    for number, file in enumerate(files):
        x12.dump(some(number * claims // FILES), file, check=False)
    return files


class Cost(NamedTuple):
    """What a step has cost: CPU seconds of its process and of those it started, seconds of the clock, peak MB."""

    own: float
    others: float
    clock: float
    peak: int

    @property
    def cpu(self) -> float:
        """CPU seconds of all processes."""
        return self.own + self.others


def measured(step: str, size: int, where: str) -> Cost:
    """Return what a step costs in a process of its own."""
    run = [sys.executable, __file__, "--step", step, str(size), where]
    own, others, clock, peak = subprocess.run(  # noqa: S603  # this very script
        run, check=True, capture_output=True, text=True, encoding="utf-8"
    ).stdout.split()
    return Cost(float(own), float(others), float(clock), int(peak))


def run(step: str, size: int, where: str) -> None:
    """Run one step and print its cost."""
    from medcode import frames

    def write(jobs: int, *, edits: bool = False) -> Callable[[], object]:
        return lambda: frames.write_parquet(where, f"{where}.out", jobs=jobs, edits=edits)

    steps: dict[str, Callable[[], Callable[[], object]]] = {
        "status": lambda: status(size),
        "join": lambda: join(size),
        "scalar": lambda: scalar(size),
        "tables": lambda: write(1),
        "tables, 2 jobs": lambda: write(2),
        "with edits": lambda: write(1, edits=True),
        "with edits, 2 jobs": lambda: write(2, edits=True),
    }
    work = steps[step]()
    before, others, clock = spent(resource.RUSAGE_SELF), spent(resource.RUSAGE_CHILDREN), perf_counter()
    work()
    own, others = spent(resource.RUSAGE_SELF) - before, spent(resource.RUSAGE_CHILDREN) - others
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"{own:.3f} {others:.3f} {perf_counter() - clock:.3f} {peak // 1024}")


def spent(who: int) -> float:
    """Return the CPU seconds of this process, or of those it has waited for."""
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def sizes(least: int, most: int) -> Iterator[int]:
    """Yield sizes that grow by ten."""
    while least <= most:
        yield least
        least *= 10


def main(rows: int = ROWS, claims: int = CLAIMS) -> None:
    """Print both tables."""
    print(
        "| rows | status, CPU s | hash join, CPU s | ratio | one by one, CPU s | peak MB |\n|---|---|---|---|---|---|"
    )
    for size in sizes(10_000, rows):
        found = measured("status", size, "-")
        bare = measured("join", size, "-").cpu
        alone = measured("scalar", size, "-").cpu
        print(
            f"| {size:,} | {found.cpu:.3f} | {bare:.3f} | {found.cpu / bare:.2f} | {alone:.2f} | {found.peak:,} |",
            flush=True,
        )
    print(
        "\n| claims | segments | step | first process, CPU s | others, CPU s | clock, s | segments a minute of CPU "
        "| peak MB |\n|---|---|---|---|---|---|---|---|"
    )
    for size in sizes(min(100, claims), claims):
        with TemporaryDirectory() as path:
            where = Path(path, "in")
            where.mkdir()
            segments = sum(file.read_bytes().count(b"~") for file in folder(size, where))
            for step in STEPS:
                cost = measured(step, size, str(where))
                print(
                    f"| {size:,} | {segments:,} | {step} | {cost.own:.2f} | {cost.others:.2f} | {cost.clock:.1f} "
                    f"| {segments / cost.cpu * 60:,.0f} | {cost.peak:,} |",
                    flush=True,
                )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--step"]:
        run(sys.argv[2], int(sys.argv[3]), sys.argv[4])
    else:
        main(*map(int, sys.argv[1:]))
