"""A full scrub of 837P claims of four lines, every edit on, beside pyx12's validation of the same file.

usage: python bench/scrub.py [CLAIMS]

Each job runs in a process of its own, warm: a small file goes first; pyx12 is given a tenth of the claims.
Times are CPU time. Where the reference data is at
hand (MEDCODE_REFERENCE_DATA, else ../shared), HCPCS Level II and the NCCI tables of its rows are
loaded, and the table says so. The page docs/edits/speed.md is written with what was seen.
"""

from __future__ import annotations

import json
import logging
import os
import random
import subprocess
import sys
import tempfile
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from x12 import pyx12_validation, spent
from x12_files import made

from medcode import scrub
from medcode.claims import x12
from medcode.claims.model import Diagnosis, Procedure
from medcode.codesets import loaders, user
from medcode.codesets.loaders import LoadOptions
from medcode.edits import EDITS, NO_TABLES, Profile, Tables, check
from medcode.edits.ncci import AddOnTable, PairTable, UnitTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

CLAIMS, SMALL, PEERS, REPEATS = 10_000, 20, 10, 3
CODES = ("99213", "36415", "G0439", "G0444")
DIAGNOSES = ("M5450", "R0789", "K5900", "R5383")
PAGE = Path(__file__).parent.parent / "docs" / "edits" / "speed.md"
REFERENCE = Path(os.environ.get("MEDCODE_REFERENCE_DATA") or Path(__file__).parents[2] / "shared") / "data"
EVERY = Profile("every", also=tuple(edit.id for edit in EDITS.values() if edit.opt_in))
WHY = """
## What bounds it
An edit says what it concerns: features of a claim, fields that are set, or codes, addresses, providers, contacts, modifiers
and lines that it could find anything on. What is said of codes, modifiers and lines is remembered, and an edit that concerns nothing in a claim is not
called: of all edits some twenty run on such a claim. What remains is reading (a third), the structure (a quarter), and
of the edits the walk over the values of a claim, sums, dates, and each procedure on its day. Each finding costs its
message and its place in the file besides. [Writing your own edit](../howto/own-edit.md) shows how an edit says what it concerns.
"""
QUARTER = ("of the reference data", date(2026, 1, 1), date(2026, 12, 31))
ON = date(2026, 11, 1)


def make(number: int, path: Path) -> None:
    """Write the file that all jobs are done over: claims that no edit has anything to say of."""
    choose = random.Random(2)  # the same claims each time
    path.write_text(
        x12.dumps(
            (
                claim.evolve(
                    diagnoses=[Diagnosis(code) for code in choose.sample(DIAGNOSES, 2)],
                    lines=[
                        line.evolve(procedure=Procedure(code))
                        for line, code in zip(claim.lines, CODES, strict=True)
                    ],
                )
                for claim in made(number)
            ),
            x12.Envelope(sender="CLINIC", receiver="PLAN"),
        ),
        encoding="utf-8",
    )


def rows(name: str) -> list[list[str]]:
    """Return the rows of a table of the reference data."""
    return [line.split("\t") for line in (REFERENCE / name).read_text(encoding="utf-8").splitlines()[1:]]


def tables() -> Tables:
    """Load what the reference data has: HCPCS into the folder of this run, NCCI as tables of the year."""
    if not REFERENCE.is_dir():
        return NO_TABLES
    options = LoadOptions(set="hcpcs", start=QUARTER[1], end=QUARTER[2])
    user.add(loaders.load([REFERENCE / "hcpcs_level2_2026-01.csv"], options))
    pairs = [
        [one, two, "", "", ended, indicator, why]
        for one, two, ended, indicator, why in rows("ncci_ptp_practitioner_level2_2024-07.tsv")
    ]
    add_ons = [[code, primary, kind] for primary, code, kind in rows("ncci_aoc_level2_2024.tsv")]
    units: Iterable[list[str]] = rows("ncci_mue_practitioner_level2_2024-07.tsv")
    return Tables(
        ptp_practitioner=PairTable.of(pairs, *QUARTER),
        mue_practitioner=UnitTable.of(units, *QUARTER),
        add_on=AddOnTable.of(add_ons, *QUARTER),
    )


def scrubbed(path: Path, given: Tables, jobs: int = 1) -> Any:
    """Scrub the file with every edit; one that compares claims keeps to one process."""
    ignore = tuple(edit.id for edit in EDITS.values() if edit.over_batch) if jobs > 1 else ()
    return scrub(path, on=ON, jobs=jobs, ignore=ignore, profile=EVERY, tables=given)


JOBS: dict[str, Callable[[Any, Tables], Any]] = {
    "pyx12: validation": lambda path, _: pyx12_validation(path),
    "medcode: full scrub, SNIP 1 to 7": scrubbed,
    "medcode: full scrub, two processes": lambda path, given: scrubbed(path, given, 2),
    "medcode: edits alone, claims read": lambda claims, given: check(
        claims, on=ON, profile=EVERY, tables=given
    ),
}


def timed(job: str, path: Path, given: Tables) -> tuple[float, Any]:
    """Return the CPU seconds of a job and its report."""
    what = list(x12.iter_claims(path)) if job.endswith("claims read") else path
    start = spent()
    report = JOBS[job](what, given)
    return spent() - start, report


def measure(job: str, small: Path, path: Path) -> None:
    """Do one job in this process and print its seconds, its errors and other findings."""
    logging.disable(logging.CRITICAL)
    given = tables() if job.startswith("medcode") else NO_TABLES
    timed(job, small, given)
    repeats = REPEATS if job.startswith("medcode") else 1
    seconds, report = min((timed(job, path, given) for _ in range(repeats)), key=lambda each: each[0])
    found = [len(report.errors), len(report.findings)] if job.startswith("medcode") else [0, 0]
    print(json.dumps([seconds, *found]))


def ask(*words: object) -> str:
    """Run a part of this script in a process of its own, with a folder for its tables."""
    command = [sys.executable, __file__, *map(str, words)]
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(  # noqa: S603  # itself
            command,
            capture_output=True,
            encoding="utf-8",
            check=True,
            env={**os.environ, "MEDCODE_DATA": folder},
        )
    return done.stdout


def main() -> None:
    """Make the file, run each job, print the table and write the page."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else CLAIMS
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder, "small.edi")
        ask("--make", SMALL, small)
        seen: dict[str, tuple[float, int, int]] = {}
        for job in JOBS:
            count = number if job.startswith("medcode") else number // PEERS
            path = Path(folder, f"{count}.edi")
            if not path.exists():
                ask("--make", count, path)
            if find_spec(job.partition(":")[0]):
                seconds, errors, findings = json.loads(ask("--job", job, small, path).splitlines()[-1])
                seen[job] = count / seconds, errors, findings
    base = seen.get("pyx12: validation", [None])[0]
    head = ["job", "claims a second", "of pyx12's validation", "errors", "other findings"]
    lines = [
        [
            job,
            f"{rate:,.0f}",
            f"{rate / base:.1f}" if base else "-",
            *([str(errors), str(findings - errors)] if job.startswith("medcode") else ["-", "-"]),
        ]
        for job, (rate, errors, findings) in seen.items()
    ]
    table = "\n".join(f"| {' | '.join(line)} |" for line in [head, ["---"] * len(head), *lines])
    loaded = (
        "HCPCS Level II and NCCI's rows of it were loaded"
        if REFERENCE.is_dir()
        else "no tables of the user were loaded"
    )
    print(table)
    PAGE.write_text(
        f"# Speed of a full scrub\n\n`python bench/scrub.py` writes this page: {number:,} professional claims of four "
        f"lines, all {len(EDITS)} edits on,\neach job in a process of its own; {loaded}. Times are CPU time; pyx12 is given a\ntenth of "
        f"the claims. Take the multiples, not the rates: the machine is small and shared.\n\n{table}\n{WHY}",
        encoding="utf-8",
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--job"]:
        measure(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
    elif sys.argv[1:2] == ["--make"]:
        make(int(sys.argv[2]), Path(sys.argv[3]))
    else:
        main()
