"""Lint of a thousand files with a hundred thousand codes, on one core, as a user starts it.

Run `python bench/lint.py`, with `--files N` for another number, `--jobs N` for more cores and `--profile`
to see where the time goes. The codes are drawn among those of all years, so some have rotted.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import random
import subprocess
import sys
import tempfile
import time
from datetime import date
from importlib.util import find_spec
from pathlib import Path

DAY = date(2026, 11, 1)
CODES = 100  # a file
ROTTEN = 0.02  # the part of codes that have ended
RUNS = 3
FORMS = {
    "csv": ("name,icd10\n", "x,{}\n", ""),
    "json": ('{"icd10": [\n', '  "{}",\n', '  "I10"]}\n'),
    "py": ("ICD10 = [\n", '    "{}",\n', "]\n"),
    "sql": ("select * from claims where icd10 in (\n", "  '{}',\n", "  'I10')\n"),
    "toml": ("icd10 = [\n", '  "{}",\n', "]\n"),
    "txt": ("# a list\n", "{}\n", ""),
    "yaml": ("icd10:\n", "  - {}\n", ""),
}  # fmt: skip


def make(folder: Path, files: int) -> None:
    """Write files of every form."""
    from medcode import icd10cm

    draw = random.Random(files)
    valid = [code.dotted for code in icd10cm.as_of(DAY) if icd10cm.status(code, DAY).value == "billable"]
    ended = [code.dotted for code in icd10cm if icd10cm.status(code, DAY).value == "deleted"]
    forms = [form for form in FORMS if form != "yaml" or find_spec("yaml")]
    for number in range(files):
        form = forms[number % len(forms)]
        head, row, tail = FORMS[form]
        codes = (draw.choice(ended if draw.random() < ROTTEN else valid) for _ in range(CODES))
        text = head + "".join(row.format(code) for code in codes) + tail
        (folder / f"{number:05}.{form}").write_text(text, encoding="utf-8")


def measure(folder: Path, jobs: int) -> tuple[float, int]:
    """Time the command as a whole process; give the best of some runs, and how much was found."""
    words = [sys.executable, "-m", "medcode", "lint", str(folder), "--on", str(DAY), "--jobs", str(jobs), "--format", "json"]  # fmt: skip
    took = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        done = subprocess.run(words, capture_output=True, check=False, env={**os.environ, "NO_COLOR": "1"})  # noqa: S603  # our own words
        took.append(time.perf_counter() - begun)
    return min(took), sum(len(file["findings"]) for file in json.loads(done.stdout)["files"])


def main() -> None:
    """Make the files, lint them, and say how long that took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1_000)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--profile", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder, args.files)
        took, found = measure(folder, args.jobs)
        codes = args.files * CODES
        print(f"files      {args.files:>12,}")
        print(f"codes      {codes:>12,}")
        print(f"findings   {found:>12,}")
        print(f"processes  {args.jobs:>12,}")
        print(f"time       {took:>12.2f} s (best of {RUNS})")
        print(f"rate       {codes / took:>12,.0f} codes a second")
        if args.profile:
            profile(folder)


def profile(folder: Path) -> None:
    """Show where the time goes."""
    from medcode.cli import main as medcode

    profiler = cProfile.Profile()
    profiler.runcall(medcode, ["lint", str(folder), "--on", str(DAY), "--format", "json"])
    pstats.Stats(profiler, stream=sys.stderr).sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    main()
