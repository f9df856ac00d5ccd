"""837P claims of four lines beside other libraries: each job in a process of its own, all over one file.

usage: python bench/x12.py [CLAIMS]

A library that is not installed is left out and named. Rates are claims a second on one core, warm: a
small file goes first. `of pyx12` is the multiple of pyx12's validation; memory is the peak of the
process, in MB. What others do is the nearest they have: pyx12 validates as it reads and has no types,
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
    from medcode.claims.x12.lexer import lex
    from medcode.claims.x12.source import chunks

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


def pyx12_tokens(path: Path) -> object:
    """Cut the file with pyx12's reader."""
    import pyx12.x12file

    return sum(1 for _ in pyx12.x12file.X12Reader(str(path)))


def pyx12_validation(path: Path) -> object:
    """Validate with pyx12, which makes a 999 of what it finds."""
    import pyx12.params
    import pyx12.x12n_document

    text = io.StringIO(path.read_text())
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
    "medcode: checked write": checked_write,
}


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
    timed(job, small)
    repeats = REPEATS if job.startswith("medcode") else 1
    seconds = min(timed(job, path) for _ in range(repeats))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([seconds, memory]))


def make(number: int, path: Path) -> None:
    """Write the file that all jobs are done over."""
    from medcode.claims import x12

    path.write_text(x12.dumps(made(number), x12.Envelope(sender="CLINIC", receiver="PLAN")))


def ask(*words: object) -> subprocess.CompletedProcess[str]:
    """Run a part of this script in a process of its own, so that this one stays small."""
    command = [sys.executable, __file__, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # itself


def main() -> None:
    """Make the file, run each job, and print the table."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else CLAIMS
    with tempfile.TemporaryDirectory() as folder:
        small, path = Path(folder, "small.edi"), Path(folder, "claims.edi")
        ask("--make", WARM_UP, small)
        ask("--make", number, path)
        print(f"{number:,} claims of four lines, {path.stat().st_size / 1e6:.1f} MB")
        print(f"{'':26}{'claims/s':>10}{'of pyx12':>10}{'peak MB':>9}")
        base = 0.0
        for job in JOBS:
            if find_spec(job.partition(":")[0]) is None:
                print(f"{job:26}{'not installed':>20}")
                continue
            done = ask("--job", job, small, path)
            if done.returncode:
                print(f"{job:26}{'failed':>20}: {done.stderr.strip().rpartition(chr(10))[2][:80]}")
                continue
            seconds, memory = json.loads(done.stdout.splitlines()[-1])
            base = number / seconds if job == "pyx12: structure" else base
            times = f"{number / seconds / base:.1f}" if base else "-"
            print(f"{job:26}{number / seconds:>10,.0f}{times:>10}{memory:>9.0f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--job"]:
        measure(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
    elif sys.argv[1:2] == ["--make"]:
        make(int(sys.argv[2]), Path(sys.argv[3]))
    else:
        main()
