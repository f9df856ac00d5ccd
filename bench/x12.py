"""837 claims beside other libraries: each job in a process of its own, over four files, one round after another.

usage: python bench/x12.py [CLAIMS]

The page docs/x12/speed.md is written with what was seen. The files: one clinic's own claims, whose values recur; claims
whose values hardly recur; institutional claims; the public samples, mixed, with values that differ (only where the
reference data is, see CONTRIBUTING). A library that is not installed is left out and named. Rates are claims a second of
CPU time on one core, cold: what is generated or compiled is so within the time. Peers, slower by far, are given a tenth
of the claims. What they do is the nearest they have: pyx12 validates as it reads and has no types, x12sdk and
linuxforhealth-x12 validate while they build their models.
"""

from __future__ import annotations

import io
import json
import logging
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from x12_files import FILES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from medcode.claims import Claim

PAGE = Path(__file__).parent.parent / "docs" / "x12" / "speed.md"
INTRODUCTION = """`bench/x12.py` writes this page. It makes files of {:,} claims, the same each time, and does each job over each in a
process of its own, one after the other, {} rounds; the middle of the rounds is shown. Times are CPU time, cold: generating
functions is within them. Peers, pyx12 4.0.0 and x12sdk 2.2.0, are given a tenth of the claims. Cells are claims a second
and, after them, multiples of pyx12's validation of the same file. A look on a shared machine; take the multiples, not the rates:"""
REMARKS = """linuxforhealth-x12 0.57.0 needs pydantic 1, which the others do not run with; alone it read 118 claims a second of a
file of 500. Typed read touches every line and diagnosis. Reading and validating hold one claim at a time, so their
memory does not grow with the file; writing to a file holds the claims of one set, 5,000 at most; a checked write to a
text holds the claims and the text.

## What bounds
| job | bound by |
| --- | --- |
| typed read | the values: codes, amounts, days and the objects that hold them are half of it; the first 1,024 texts of a kind are kept with what they come to, others are read each time. A unit is first taken to have as many elements in each segment as the one before it: its segments are cut at once, and one generated function reads them. Only where that does not fit is each segment looked up. The rest is cutting, and joining each claim with its level. A shape is seen eight times before code is generated for it, and a layout four times as often, which takes a millisecond each: files of few claims, or of claims that all differ, are read segment by segment. The guide itself is ready after some 35 milliseconds. |
| structure | the patterns of the segments are a third, one match each, and one for the whole unit where its shape comes often: a unit is first taken to be as the one before it, and only where the patterns do not match are its segments cut and looked up. Another third is what the first segment of each level and record ends and counts, HL numbers, and who the patient is; the rest is cutting the text, and a look at its blanks. What is not certainly right is judged segment by segment, which costs ten times as much. Patterns are compiled when they are first asked for, half a millisecond each. |
| edits of SNIP 3 and 4 | the edits that a claim concerns, some fifteen, and the walk over its values that finds them out; of claims with findings their messages and places. |
| checked write | making the texts is half of it, by one generated function for each loop and set of fields, which makes each segment at once; a function is made when an object of its kind was seen eight times. A quarter are the patterns of the segments; the rest is grouping, finding the function, and looking for values without an element. The judge is shown only what is not certainly right, and the levels around it. |

A file that wraps its lines, pads its segments, or has more than a line end between them is read segment by segment
throughout. With two processes, each still walks the whole file, which is half of what reading it is, and one of them judges the
structure; it therefore takes fewer of the claims."""
CLAIMS = 10_000
ROUNDS = 3
PEERS = 10  # how many times fewer claims they are given
PEER = "pyx12: structure"


def split(path: Path) -> object:
    """Cut the text at its delimiters and nothing else: the floor of whatever is written in Python."""
    return sum(len(piece.split("*")) for piece in path.read_text(encoding="utf-8").split("~"))


def tokenise(path: Path) -> object:
    """Cut the file into segments and elements."""
    from medcode.claims.x12.text.lexer import lex
    from medcode.claims.x12.text.source import chunks

    return sum(len(segment.elements) for segment in lex(chunks(path)))


def typed_read(path: Path) -> object:
    """Read every claim, and touch every line and diagnosis."""
    from medcode.claims import ProfessionalClaim, x12

    touched = 0
    for claim in x12.iter_claims(path):
        if isinstance(claim, ProfessionalClaim):
            touched += sum(line.charge is not None for line in claim.lines) + len(claim.diagnoses)
    return touched


def structure(path: Path) -> object:
    """Judge the structure: SNIP 1 and 2."""
    from medcode.claims import x12

    return x12.validate(path).ok


def scrub_four(path: Path) -> object:
    """Judge structure and claims: SNIP 1 to 4."""
    from medcode import scrub

    return scrub(path, snip=(1, 2, 3, 4)).ok


def scrub_all(path: Path) -> object:
    """Judge structure and claims by every edit."""
    from medcode import scrub

    return scrub(path).ok


def claims_of(path: Path) -> list[Claim]:
    """Read the claims that are to be written."""
    from medcode.claims import x12

    return list(x12.iter_claims(path))


def checked_write(claims: list[Claim]) -> object:
    """Write claims with every check."""
    from medcode.claims import x12

    return len(x12.dumps(claims))


def streamed_write(path: Path) -> object:
    """Read claims and write them to a file with every check, none kept for longer than its set."""
    from medcode.claims import x12

    copy = path.with_suffix(".copy")
    x12.dump(x12.iter_claims(path), copy)
    return copy.stat().st_size


def two_processes(path: Path) -> object:
    """Judge structure and claims, SNIP 1 to 4, in two processes."""
    from medcode import scrub

    return scrub(path, snip=(1, 2, 3, 4), jobs=2).ok


def pyx12_tokens(path: Path) -> object:
    """Cut the file with pyx12's reader."""
    import pyx12.x12file

    return sum(1 for _ in pyx12.x12file.X12Reader(str(path)))


def pyx12_validation(path: Path) -> object:
    """Validate with pyx12, which makes a 999 of what it finds."""
    import pyx12.params
    import pyx12.x12n_document

    text = io.StringIO(path.read_text(encoding="utf-8"))
    return pyx12.x12n_document.x12n_document(pyx12.params.params(), text, fd_997=io.StringIO(), fd_html=None)


def x12sdk_models(path: Path) -> object:
    """Build and validate x12sdk's models."""
    from x12sdk.io import X12ModelReader

    with X12ModelReader(str(path)) as reader:
        return sum(1 for _ in reader.models())


def linuxforhealth_models(path: Path) -> object:
    """Build and validate the models of linuxforhealth-x12."""
    from linuxforhealth.x12.io import X12ModelReader

    with X12ModelReader(str(path)) as reader:
        return sum(1 for _ in reader.models())


JOBS: dict[str, Callable[[Any], object]] = {
    "pyx12: structure": pyx12_validation,
    "pyx12: tokenise": pyx12_tokens,
    "x12sdk: models": x12sdk_models,
    "linuxforhealth: models": linuxforhealth_models,
    "floor: split at the delimiters": split,
    "medcode: tokenise": tokenise,
    "medcode: typed read": typed_read,
    "medcode: structure": structure,
    "medcode: scrub, SNIP 1-4": scrub_four,
    "medcode: scrub, SNIP 1-4, jobs=2": two_processes,
    "medcode: scrub, every edit": scrub_all,
    "medcode: checked write": checked_write,
    "medcode: read, checked write to a file": streamed_write,
}


PREPARED: dict[str, Callable[[Path], object]] = {"medcode: checked write": claims_of}
"""What a job is given instead of the file, made before the clock starts."""


def measure(job: str, path: Path) -> None:
    """Do one job in this process and print its seconds of CPU time, those of its processes included, and its peak of memory."""
    logging.disable(logging.CRITICAL)
    from medcode import scrub  # noqa: F401  # importing is no part of a job
    from medcode.claims import x12  # noqa: F401  # likewise

    given = PREPARED.get(job, Path)(path)
    start = spent()
    JOBS[job](given)
    seconds = spent() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([seconds, memory]))


def spent() -> float:
    """Return the seconds of CPU time of this process and of those it started; of several, of one."""
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + (others.ru_utime + others.ru_stime) / 2


def make(name: str, number: int, path: Path) -> None:
    """Write a file that jobs are done over."""
    from medcode.claims import x12

    envelope = x12.Envelope(sender="CLINIC", receiver="PLAN")
    x12.dump(FILES[name](number), path, envelope, check=name != "samples mixed")


def ask(*words: object) -> subprocess.CompletedProcess[str]:
    """Run a part of this script in a process of its own, so that this one stays small.

    Modules are compiled once for all of them, as they are where the package is installed.
    """
    command = [sys.executable, __file__, *map(str, words)]
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, env=kept)  # noqa: S603  # itself


def rates(number: int) -> Iterator[tuple[str, ...]]:
    """Make the files and run each job over each, round after round; yield each job's row of the table."""
    seen: dict[tuple[str, str], list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for at, name in enumerate(FILES):
            for job_number in (number, number // PEERS):
                done = ask("--make", name, job_number, Path(folder, f"{at}-{job_number}.edi"))
                print(name, job_number, done.stderr.strip().rpartition("\n")[2][:100], flush=True)
        for _ in range(ROUNDS):
            for job in JOBS:
                count = number if job.startswith(("medcode", "floor")) else number // PEERS
                for at, name in enumerate(FILES):
                    done = ask("--job", job, Path(folder, f"{at}-{count}.edi"))
                    if not done.returncode:
                        seconds, memory = json.loads(done.stdout.splitlines()[-1])
                        seen.setdefault((job, name), []).append((count / seconds, memory))
    for job in JOBS:
        yield job, *(cell(seen, job, name) for name in FILES), peak(seen, job)


def cell(seen: dict[tuple[str, str], list[tuple[float, float]]], job: str, name: str) -> str:
    """Return the middle rate of a job, with its multiple of pyx12's validation of the same file."""
    if (job, name) not in seen:
        return "-"
    rate = median(rate for rate, _ in seen[job, name])
    if (PEER, name) not in seen:
        return f"{rate:,.0f}"
    return f"{rate:,.0f} ({rate / median(rate for rate, _ in seen[PEER, name]):.1f})"


def peak(seen: dict[tuple[str, str], list[tuple[float, float]]], job: str) -> str:
    """Return the most memory that a job took."""
    found = [memory for (each, _), rows in seen.items() if each == job for _, memory in rows]
    return f"{max(found):.0f}" if found else "-"


def main() -> None:
    """Measure, print the table, and write the page."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else CLAIMS
    head = ("job", *FILES, "peak memory, MB")
    lines = [head, ("---",) * len(head)]
    for row in rates(number):
        print("  ".join(row), flush=True)
        lines.append(row)
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    text = f"# Speed\n{INTRODUCTION.format(number, ROUNDS)}\n\n{table}\n\n{REMARKS}\n"
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--job"]:
        measure(sys.argv[2], Path(sys.argv[3]))
    elif sys.argv[1:2] == ["--make"]:
        make(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
    else:
        main()
