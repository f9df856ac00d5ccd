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
import random
import resource
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from medcode.claims import Claim, ProfessionalClaim

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
| typed read | splitting segments (a fifth), finding the shape of each unit (a third), one generated function a unit, and the objects. A shape is seen eight times before code is generated for it, which takes some three milliseconds: files of few claims, or of claims that all differ in shape, are read segment by segment. |
| structure | the patterns of the segments, one match each, and the shape of each unit; the first segment of each level and record, HL numbers and the rules between segments go the usual way. What is not certainly right is judged segment by segment. |
| edits of SNIP 3 and 4 | the edits that a kind of claim concerns, each asked for each claim. |
| checked write | the texts of elements, order and levels; what is written is judged segment by segment. |

A file that wraps its lines, pads its segments, or has more than a line end between them is read segment by segment
throughout. With two processes, each still walks the whole file, and one of them judges the structure; it therefore
takes fewer of the claims."""
CLAIMS = 10_000
ROUNDS = 3
PEERS = 10  # how many times fewer claims they are given
PEER = "pyx12: structure"
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


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def word(choose: random.Random, length: int) -> str:
    """Draw a word that hardly comes again."""
    return "".join(choose.choices(LETTERS, k=length))


def varied(number: int) -> Iterator[ProfessionalClaim]:
    """Make claims whose names, ids, days, codes and amounts differ from one to the next, some 35 segments each."""
    from medcode import icd10cm
    from medcode.claims import (
        Address,
        Contact,
        Payer,
        Procedure,
        ProfessionalClaim,
        ProfessionalLine,
        Provider,
        Subscriber,
    )
    from medcode.claims.model import ClaimReferences

    choose = random.Random(2)
    codes = [code for code in icd10cm.as_of(date(2026, 1, 5)) if icd10cm[code].billable]

    def address() -> Address:
        return Address(
            f"{choose.randrange(9999)} {word(choose, 8)} ST",
            word(choose, 9),
            "WI",
            f"{choose.randrange(10000, 99999)}",
        )

    def provider() -> Provider:
        return Provider(last_name=word(choose, 9), first_name=word(choose, 6), npi=npi(choose))

    clinic = Provider(
        organization="LAKESIDE CLINIC",
        npi=NPI,
        tax_id="123456789",
        taxonomy="207Q00000X",
        address=Address("100 MAIN ST", "MADISON", "WI", "537031234"),
        contacts=(Contact("OFFICE", phone="6085550100"),),
    )
    for at in range(number):
        yield ProfessionalClaim(
            control_number=f"{word(choose, 4)}{at:06}",
            billing_provider=clinic,
            rendering_provider=provider(),
            referring_provider=provider(),
            subscriber=Subscriber(
                last_name=word(choose, 8),
                first_name=word(choose, 5),
                member_id=f"{word(choose, 3)}{at:08}",
                birth_date=date(1940, 1, 1) + timedelta(days=choose.randrange(25_000)),
                sex=choose.choice("FM"),
                claim_filing="CI",
                address=address(),
            ),
            payer=Payer(organization=word(choose, 10), payer_id=f"{choose.randrange(10000, 99999)}"),
            references=ClaimReferences(medical_record=word(choose, 10), prior_authorization=word(choose, 12)),
            diagnoses=choose.sample(codes, 4),
            lines=[
                ProfessionalLine(
                    procedure=Procedure(f"{choose.choice('AEGJLQ')}{choose.randrange(1000, 9999)}", ["59"]),
                    charge=f"{choose.randrange(20, 900)}.{choose.randrange(11, 99)}",
                    service_date=date(2026, 1, 1) + timedelta(days=choose.randrange(300)),
                    diagnosis_pointers=tuple(choose.sample((1, 2, 3, 4), choose.randrange(1, 5))),
                    control_number=f"{at}L{line}",
                )
                for line in range(4)
            ],
        )


def npi(choose: random.Random) -> str:
    """Draw an NPI with its check digit."""
    from medcode import Npi

    body = f"1{choose.randrange(10**8):08}"
    return next(text for digit in range(10) if Npi.is_valid(text := f"{body}{digit}"))


def institutional(number: int) -> Iterator[Claim]:
    """Make claims of a hospital, with values that differ."""
    from medcode.claims import DateRange, InstitutionalClaim, InstitutionalLine

    choose = random.Random(3)
    for claim in varied(number):
        start = date(2026, 1, 1) + timedelta(days=choose.randrange(300))
        yield InstitutionalClaim(
            control_number=claim.control_number,
            billing_provider=claim.billing_provider,
            attending_provider=claim.rendering_provider,
            subscriber=claim.subscriber,
            payer=claim.payer,
            references=claim.references,
            facility_type="13",
            frequency="1",
            statement_dates=DateRange(start, start),
            discharge_status="01",
            admission_type="3",
            admission_source="1",
            principal_diagnosis=claim.diagnoses[0],
            other_diagnoses=claim.diagnoses[1:],
            lines=[
                InstitutionalLine(
                    revenue_code=choose.choice(("0450", "0300", "0320", "0636")),
                    procedure=line.procedure,
                    charge=line.charge,
                    service_date=start,
                    control_number=line.control_number,
                )
                for line in claim.lines
            ],
        )


def mixed(number: int) -> Iterator[Claim]:
    """Mix the claims of the public professional samples, each time with other names, ids and amounts."""
    from medcode.claims import ProfessionalClaim, x12

    root = Path(os.environ.get("MEDCODE_REFERENCE_DATA") or PAGE.parents[2].parent / "shared", "samples")
    claims = [
        claim
        for path in sorted(root.rglob("*"))
        if path.suffix == ".edi" and b"005010X222" in path.read_bytes()[:2000]
        for claim in x12.load(path).claims()
        if isinstance(claim, ProfessionalClaim) and not claim.extras
    ]
    choose = random.Random(4)
    for at, other in zip(range(number), varied(number), strict=True):
        claim = choose.choice(claims)
        yield claim.evolve(
            control_number=other.control_number,
            subscriber=claim.subscriber.evolve(
                last_name=word(choose, 8),
                first_name=word(choose, 5),
                organization=None,
                member_id=f"M{at:08}",
            ),
            origin=None,
        )


FILES: dict[str, Callable[[int], Iterator[Claim]]] = {
    "recurring": made,
    "hardly recurring": varied,
    "institutional": institutional,
    "samples mixed": mixed,
}


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


PREPARED: dict[str, Callable[[Path], object]] = {"medcode: checked write": claims_of}
"""What a job is given instead of the file, made before the clock starts."""


def measure(job: str, path: Path) -> None:
    """Do one job in this process and print its seconds of CPU time, those of its processes included, and its peak of memory."""
    logging.disable(logging.CRITICAL)
    from medcode.claims import x12  # noqa: F401  # importing it is no part of a job

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
    """Run a part of this script in a process of its own, so that this one stays small."""
    command = [sys.executable, __file__, *map(str, words)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)  # noqa: S603  # itself


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
                count = number if job.startswith("medcode") else number // PEERS
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
