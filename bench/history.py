"""A coded history of a million events: time and memory to build, to ask, and to fold.

Run: python bench/history.py [EVENTS]
"""

from __future__ import annotations

import random
import resource
import sys
from datetime import date, timedelta
from itertools import pairwise
from time import process_time

from medcode import icd10cm
from medcode.history import CodedEvent, CodedHistory, EventSource, Person

FIRST = date(2016, 1, 1)


def main(count: int) -> None:
    """Print a line for each job: seconds of CPU, and the memory of the process after it."""
    chance = random.Random(7)  # makes cases
    codes = list(icd10cm)
    source = EventSource("professional", "A1", None, None)
    marks = [("start", process_time(), memory())]

    def mark(job: str) -> None:
        marks.append((job, process_time(), memory()))

    events = []
    for _ in range(count):
        day = FIRST + timedelta(days=chance.randrange(3_650))
        events.append(
            CodedEvent("diagnosis", chance.choice(codes), "icd10cm", day, day, "other", (), None, (source,))
        )
    mark("make the events")
    history = CodedHistory(Person("P1"), events)
    mark("build the history")
    found = len(history.find("E08-E13", before=date(2024, 1, 1)))
    mark(f"find diabetes before 2024: {found:,} events")
    problems = len(history.problems())
    mark(f"fold into problems: {problems:,}")
    history.active(date(2025, 6, 30))
    mark("active on a day")
    for (_, before, _), (job, after, used) in pairwise(marks):
        print(f"{job:45} {after - before:8.2f} s {used:8,} MB")


def memory() -> int:
    """Return the most memory the process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
