"""A table of 2.5 million pairs: its size, the time and memory that loading takes, look-ups a second.

Run `python bench/pairs.py`, with `--pairs N` for another number. The pairs are random; loading and
looking up happen in a process of their own, so that making them does not count.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
import tracemalloc
from datetime import date
from pathlib import Path

CODES = 12_000
HISTORIES = 400
LOOK_UPS = 500_000
HEADER = {
    "name": "ptp_practitioner",
    "publisher": "nobody",
    "edition": "synthetic",
    "license": "none",
    "coverage": [19960101, 20261231],
}


def make(path: Path, number: int) -> None:
    """Write a table of random pairs."""
    from medcode.codesets.pairs import PairRow, pack

    draw = random.Random(number)
    codes = [f"{code:05}" for code in draw.sample(range(100_000), CODES)]
    starts = sorted(
        {19960101 + 10000 * draw.randrange(30) + 100 * draw.randrange(12) for _ in range(HISTORIES)}
    )
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < number:
        pairs.add((draw.randrange(CODES), draw.randrange(CODES)))
    rows = (
        PairRow(codes[one], codes[two], draw.choice("019"), draw.choice(starts), None) for one, two in pairs
    )
    path.write_bytes(pack(HEADER, rows))


def measure(path: Path) -> None:
    """Load it, twice: for the time and for the memory; then look up."""
    from medcode.codesets import pairs

    begun = time.perf_counter()
    table = pairs.read(path)
    loaded = time.perf_counter() - begun
    tracemalloc.start()
    table = pairs.read(path)
    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    codes = table._codes  # noqa: SLF001  # to ask for pairs that are there and pairs that are not
    draw = random.Random(1)
    asked = [(draw.choice(codes), draw.choice(codes)) for _ in range(LOOK_UPS)]
    day = date(2026, 1, 5)
    begun = time.perf_counter()
    found = sum(table.find(one, two, day) is not None for one, two in asked)
    took = time.perf_counter() - begun
    print(f"pairs         {len(table):>12,}")
    print(f"on disk       {path.stat().st_size / 1e6:>12.1f} MB")
    print(f"loading       {loaded * 1e3:>12.1f} ms")
    print(f"memory        {held / 1e6:>12.1f} MB, at its peak {peak / 1e6:.1f} MB")
    print(f"look-ups      {LOOK_UPS / took:>12,.0f} a second ({found:,} of {LOOK_UPS:,} found)")


def main() -> None:
    """Make the table, and measure it in a fresh process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=2_500_000)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.measure:
        measure(args.measure)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "pairs.table")
        make(path, args.pairs)
        subprocess.run([sys.executable, __file__, "--measure", str(path)], check=True)  # noqa: S603  # our own words


if __name__ == "__main__":
    main()
