"""Try to break medcode in every way that a day of work may, and write what came of it into a table.

usage: python -m tools.robustness MINUTES [--write]

`nox -s robustness -- 60` runs it for an hour, 10 nightly, 1 in every check of a change. Each kind of trial has its
share of the time and goes through its own cases in a fixed order as far as that lasts. With `--write` the table of
docs/explanation/safety.md is replaced. It ends with 1 if anything failed.
"""

from __future__ import annotations

import random
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tools.robustness.commands import (
    full,
    interrupted,
    killed,
    signaled,
    slowest_ending,
    surroundings,
    threads,
)
from tools.robustness.texts import mutated, sized, spoiled, truncated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "safety.md"


class Kind(NamedTuple):
    """A kind of trial: what it is called, its share of the time, its cases, what is promised, and what was measured."""

    name: str
    share: float
    cases: Callable[[random.Random], Iterator[Callable[[], None]]]
    promise: str
    measured: Callable[[], str] = str


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
        "Ctrl-C to the first of three processes alone",
        0.05,
        interrupted,
        "All end at once.",
        slowest_ending,
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
        promised = f"{kind.promise} {kind.measured()}".strip()
        rows.append(f"| {kind.name} | {count:,} | {len(failed):,} | {promised} |")
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
