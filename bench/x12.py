"""837P claims of four lines beside other libraries: each job in a process of its own, all over one file.

usage: python bench/x12.py [CLAIMS]

The page docs/x12/speed.md is written with what was seen. A library that is not installed is left out
and named. Rates are claims a second on one core, warm: a small file goes first. What others do is the nearest they have: pyx12 validates as it reads and has no types,
x12sdk and linuxforhealth-x12 validate while they build their models.
"""

from __future__ import annotations

import io
import json
import logging
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from medcode.claims import Claim, ProfessionalClaim

PAGE = Path(__file__).parent.parent / "docs" / "x12" / "speed.md"
INTRODUCTION = """`bench/x12.py` writes this page. It makes a file of {:,} professional claims of four lines, the same each time, and
does each job over it in a process of its own, beside pyx12 4.0.0, x12sdk 2.2.0 and, where they are installed, others.
A look on one core of a shared machine; take the multiples, not the rates:"""
REMARKS = """linuxforhealth-x12 0.57.0 needs pydantic 1, which the others do not run with; alone it read 118 claims a second of a
file of 500. Typed read touches every line and diagnosis. Reading and validating hold one claim at a time, so their
memory does not grow with the file; writing to a file holds the claims of one set, 5,000 at most; a checked write to a
text holds the claims and the text.

## What bounds
A claim here is 22 segments, and what a claim costs is steps of the interpreter: there is no hot spot left that a
library in plain Python could take away. Counted with `sys.settrace`, a claim takes about

| job | steps | of these |
| --- | --- | --- |
| typed read | 8,300 | placing segments and following their turns 4,400, objects 2,300, texts not met before 1,600 |
| structure | 6,100 | judging 3,200, placing 2,000, texts not met before 900 |
| edits of SNIP 3 and 4 | 3,500 | 20 edits that this kind of claim concerns |
| write, unchecked | 7,900 | texts of elements 3,700, order and levels 2,600, joining 1,200 |

Texts that come again are known by sight, so a file whose lines all differ is slower. With two processes, each still
walks the whole file, and one of them judges the structure; it therefore takes fewer of the claims."""
CLAIMS = 10_000
WARM_UP = 20
REPEATS = 2
NPI = "1234567893"
CODES = ("99213", "36415", "80053", "93000")
DIAGNOSES = ("E119", "I10", "J069", "M5450")


def made(number: int) -> Iterator[ProfessionalClaim]:
    """Make claims of one clinic, each of another patient, with four lines and two diagnoses."""
    from medcode.claims import (
        Address,
        Contact,
        Payer,
        ProfessionalClaim,
        ProfessionalLine,
        Provider,
        Subscriber,
    )

    choose = random.Random(1)  # the same claims each time
    clinic = Provider(
        organization="LAKESIDE CLINIC",
        npi=NPI,
        tax_id="123456789",
        taxonomy="207Q00000X",
        address=Address("100 MAIN ST", "MADISON", "WI", "537031234"),
        contacts=(Contact("OFFICE", phone="6085550100"),),
    )
    doctor = Provider(last_name="ROE", first_name="ANN", npi=NPI)
    for at in range(number):
        day = date(2026, 1, 1) + timedelta(days=choose.randrange(300))
        yield ProfessionalClaim(
            control_number=f"V{at:06}",
            billing_provider=clinic,
            rendering_provider=doctor,
            subscriber=Subscriber(
                last_name="DOE",
                first_name="JO",
                member_id=f"M{at:08}",
                birth_date="1980-02-03",
                sex=choose.choice("FM"),
                claim_filing="CI",
                address=Address(f"{at} OAK ST", "MADISON", "WI", "53703"),
            ),
            payer=Payer(organization="PLAN ONE", payer_id="12345"),
            diagnoses=choose.sample(DIAGNOSES, 2),
            lines=[
                ProfessionalLine(
                    procedure=code,
                    charge=choose.randrange(20, 200),
                    service_date=day,
                    diagnosis_pointers=(1, 2),
                )
                for code in CODES
            ],
        )


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
    "medcode: tokenise": tokenise,
    "medcode: typed read": typed_read,
    "medcode: structure": structure,
    "medcode: scrub, SNIP 1-4": scrub_four,
    "medcode: scrub, SNIP 1-4, jobs=2": two_processes,
    "medcode: checked write": checked_write,
    "medcode: read, checked write to a file": streamed_write,
}


WARMED_BY = {"medcode: scrub, SNIP 1-4, jobs=2": "medcode: scrub, SNIP 1-4"}
"""Another job that goes first over the small file, so that the processes that a job starts find all prepared."""

PREPARED: dict[str, Callable[[Path], object]] = {"medcode: checked write": claims_of}
"""What a job is given instead of the file, made before the clock starts."""


def timed(job: str, path: Path) -> float:
    """Give the seconds of a job."""
    given = PREPARED.get(job, Path)(path)
    start = time.perf_counter()
    JOBS[job](given)
    return time.perf_counter() - start


def measure(job: str, small: Path, path: Path) -> None:
    """Do one job in this process and print its seconds and its peak of memory."""
    logging.disable(logging.CRITICAL)
    timed(WARMED_BY.get(job, job), small)
    repeats = REPEATS if job.startswith("medcode") else 1
    seconds = min(timed(job, path) for _ in range(repeats))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([seconds, memory]))


def make(number: int, path: Path) -> None:
    """Write the file that all jobs are done over."""
    from medcode.claims import x12

    path.write_text(x12.dumps(made(number), x12.Envelope(sender="CLINIC", receiver="PLAN")), encoding="utf-8")


def ask(*words: object) -> subprocess.CompletedProcess[str]:
    """Run a part of this script in a process of its own, so that this one stays small."""
    command = [sys.executable, __file__, *map(str, words)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)  # noqa: S603  # itself


def rates(number: int) -> Iterator[tuple[str, ...]]:
    """Make the file and run each job; give its row of the table."""
    with tempfile.TemporaryDirectory() as folder:
        small, path = Path(folder, "small.edi"), Path(folder, "claims.edi")
        ask("--make", WARM_UP, small)
        ask("--make", number, path)
        base = 0.0
        for job in JOBS:
            if find_spec(job.partition(":")[0]) is None:
                yield job, "not installed", "", ""
                continue
            done = ask("--job", job, small, path)
            if done.returncode:
                yield job, f"failed: {done.stderr.strip().rpartition(chr(10))[2][:80]}", "", ""
                continue
            seconds, memory = json.loads(done.stdout.splitlines()[-1])
            base = number / seconds if job == "pyx12: structure" else base
            times = f"{number / seconds / base:.1f}" if base else ""
            yield job, f"{number / seconds:,.0f}", times, f"{memory:.0f}"


def main() -> None:
    """Measure, print the table, and write the page."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else CLAIMS
    head = ("job", "claims a second", "of pyx12's validation", "peak memory, MB")
    lines = [head, ("---",) * len(head)]
    for row in rates(number):
        print("  ".join(row), flush=True)
        lines.append(row)
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    PAGE.write_text(f"# Speed\n{INTRODUCTION.format(number)}\n\n{table}\n\n{REMARKS}\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--job"]:
        measure(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
    elif sys.argv[1:2] == ["--make"]:
        make(int(sys.argv[2]), Path(sys.argv[3]))
    else:
        main()
