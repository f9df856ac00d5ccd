"""A remittance of 10,000 claims beside other libraries: each job in a process of its own, one round after another.

usage: python bench/answers.py [CLAIMS]

The page docs/x12/speed-answers.md is written with what was seen. The 835 has one set, and each claim two lines with two
adjustments each, made the same each time; it balances. Times are CPU time, cold: what is generated or compiled is so within
the time. A library that is not installed is left out and named.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from decimal import ROUND_HALF_UP, Decimal
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from x12 import pyx12_validation, split, x12sdk_models

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PAGE = Path(__file__).parent.parent / "docs" / "x12" / "speed-answers.md"
INTRODUCTION = """`bench/answers.py` writes this page. One 835 of {:,} claims with two lines each, {:.1f} MB, is given to each job in a
process of its own, {} rounds; the middle of the rounds is shown. Times are CPU time, cold. pyx12 4.0.0 and x12sdk 2.2.0 have no
other way than the one shown: they validate as they read. A look on a shared machine; take the multiples, not the seconds:"""
REMARKS = """`typed read` yields the payment of each claim with its lines and adjustments, `typed and balanced` adds up each line, each
claim and the payment as well, and `whole remittance` holds all of them at once, as
x12sdk does. `validate` judges SNIP 1 to 5: structure, codes, and every balance. Of those that keep one claim at a time, the
memory does not grow with the file: {}.

oxedi is written in Rust and returns diagnostics, not objects. Claims of an 835 and statuses of a 277CA are read, checked and
balanced by functions that are generated for their shapes (see [](speed.md)); what is not plain goes segment by segment."""
CLAIMS, ROUNDS = 10_000, 3
CENT = Decimal("0.01")


def claims(number: int) -> Iterator[tuple[Decimal, list[str]]]:
    """Yield what is paid for each claim, and its segments."""
    choose = random.Random(3)  # the same claims each time
    for at in range(number):
        lines, paid_for, charged, owed = [], Decimal(0), Decimal(0), Decimal(0)
        for line in range(2):
            charge = Decimal(choose.randrange(5_000, 40_000, 25)) / 100
            contract, share = (
                (charge * part).quantize(CENT, ROUND_HALF_UP) for part in (Decimal("0.2"), Decimal("0.1"))
            )
            paid = charge - contract - share
            charged, paid_for, owed = charged + charge, paid_for + paid, owed + share
            lines += [
                f"SVC*HC:9921{choose.randrange(1, 6)}*{plain(charge)}*{plain(paid)}**1",
                f"DTM*472*202601{choose.randrange(10, 16):02}",
                f"CAS*CO*45*{plain(contract)}",
                f"CAS*PR*2*{plain(share)}",
                f"REF*6R*{at}L{line}",
                f"AMT*B6*{plain(charge - contract)}",
            ]
        name = "".join(choose.choices("ABCDEFGHIKLMNO", k=7))
        yield (
            paid_for,
            [
                f"CLP*PCN{at:07}*1*{plain(charged)}*{plain(paid_for)}*{plain(owed)}*12*ICN{at:09}*11*1",
                f"NM1*QC*1*{name}*ANN****MI*M{choose.randrange(10**8):08}",
                "DTM*232*20260110",
                "DTM*050*20260115",
                *lines,
            ],
        )


def plain(amount: Decimal) -> str:
    """Return an amount as X12 writes it."""
    return f"{amount.normalize():f}"


def remittance(number: int) -> str:
    """Return an 835 of so many claims."""
    made = list(claims(number))
    total = plain(sum((paid for paid, _ in made), Decimal(0)))
    body = [
        "ST*835*0001",
        f"BPR*I*{total}*C*ACH*CCP*01*021000021*DA*123456789*1123456789**01*026009593*DA*987654321*20260210",
        "TRN*1*EFT0001*1123456789",
        "DTM*405*20260209",
        "N1*PR*EXAMPLE HEALTH PLAN",
        "N3*100 MAIN ST",
        "N4*ALBANY*NY*12207",
        "PER*BL*EDI*TE*5185550101",
        "N1*PE*LAKEVIEW CLINIC*XX*1234567893",
        "LX*1",
        *(segment for _, segments in made for segment in segments),
    ]
    isa = "ISA*00*          *00*          *ZZ*EHP01          *ZZ*LAKEVIEW       *260210*0800*^*00501*000000017*0*T*:"
    head = [isa, "GS*HP*EHP01*LAKEVIEW*20260210*0800*17*X*005010X221A1"]
    return "~\n".join([*head, *body, f"SE*{len(body) + 1}*0001", "GE*1*17", "IEA*1*000000017", ""])


def typed_read(path: Path) -> object:
    """Read the payment of each claim, and touch every line."""
    from medcode.claims import x12
    from medcode.claims.remittance import ClaimPayment

    return sum(len(claim.lines) for claim in x12.iter_records(path, ClaimPayment))


def typed_and_balanced(path: Path) -> object:
    """Read the payment of each claim, touch every line, and add up lines, claims and the payment."""
    from medcode.claims import x12
    from medcode.claims.remittance import ClaimPayment

    lines, paid = 0, Decimal(0)
    for claim in x12.iter_records(path, ClaimPayment):
        assert claim.is_balanced
        lines += len(claim.lines)
        paid += claim.paid  # type: ignore[operator]  # an amount that could not be read is not balanced
    with path.open(encoding="utf-8") as file:
        stated = file.read(1_000).partition("BPR*I*")[2].partition("*")[0]
    assert paid == Decimal(stated)
    return lines


def whole_remittance(path: Path) -> object:
    """Read the remittance with all its claims."""
    from medcode.claims import x12

    return sum(len(each.claims) for each in x12.load(path).remittances())


def validate(path: Path) -> object:
    """Judge structure, codes and balance: SNIP 1 to 5."""
    from medcode.claims import x12

    report = x12.validate(path)
    assert report.ok, report.findings[:3]
    return report.ok


def oxedi(path: Path) -> object:
    """Ask oxedi for its diagnostics."""
    from oxedi import parse

    return len(parse(path.read_bytes()).diagnostics)


JOBS: dict[str, Callable[[Path], object]] = {
    "floor: split at the delimiters": split,
    "medcode: typed read": typed_read,
    "medcode: typed and balanced": typed_and_balanced,
    "medcode: whole remittance": whole_remittance,
    "medcode: validate": validate,
    "x12sdk: models": x12sdk_models,
    "pyx12: structure": pyx12_validation,
    "oxedi: diagnostics": oxedi,
}


def measure(job: str, path: Path) -> None:
    """Do one job in this process and print its seconds of CPU time and its peak of memory."""
    for module in (
        "medcode.claims.remittance",
        "medcode.claims.x12.reading",
    ):  # importing is no part of a job
        __import__(module)
    if not job.startswith(("medcode", "floor")):
        __import__(
            {"x12sdk": "x12sdk.io", "pyx12": "pyx12.x12n_document", "oxedi": "oxedi"}[job.partition(":")[0]]
        )
    start = time.process_time()
    JOBS[job](path)
    print(
        json.dumps([time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024])
    )


def ask(job: str, path: Path) -> tuple[float, float]:
    """Do one job in a process of its own."""
    command = [sys.executable, __file__, "--job", job, str(path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)  # noqa: S603  # itself
    seconds, memory = json.loads(done.stdout.splitlines()[-1])
    return seconds, memory


def main() -> None:
    """Measure, print the table, and write the page."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else CLAIMS
    jobs = [job for job in JOBS if job.startswith(("medcode", "floor")) or find_spec(job.partition(":")[0])]
    with tempfile.TemporaryDirectory() as folder:
        path, tenth = Path(folder, "whole.835"), Path(folder, "tenth.835")
        path.write_text(remittance(number), encoding="utf-8")
        tenth.write_text(remittance(number // 10), encoding="utf-8")
        size = path.stat().st_size / 1e6
        seen = {job: [ask(job, path) for _ in range(ROUNDS)] for job in jobs}
        small = [ask(job, tenth)[1] for job in ("medcode: typed read", "medcode: validate")]
    seconds = {job: median(each for each, _ in rows) for job, rows in seen.items()}
    memory = {job: max(each for _, each in rows) for job, rows in seen.items()}
    peers = [job for job in ("x12sdk: models", "pyx12: structure") if job in seconds]
    head = [
        "job",
        "seconds",
        "claims a second",
        *(f"times {job.partition(':')[0]}" for job in peers),
        "peak memory, MB",
    ]
    rows = [
        [
            job,
            f"{spent:.2f}",
            f"{number / spent:,.0f}",
            *(f"{seconds[peer] / spent:.1f}" for peer in peers),
            f"{memory[job]:.0f}",
        ]
        for job, spent in seconds.items()
    ]
    table = "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *rows])
    grown = ", ".join(
        f"{job.partition(': ')[2]} {before:.0f} MB with a tenth of the claims, {memory[job]:.0f} MB with all"
        for job, before in zip(("medcode: typed read", "medcode: validate"), small, strict=True)
    )
    text = f"{INTRODUCTION.format(number, size, ROUNDS)}\n\n{table}\n\n{REMARKS.format(grown)}\n"
    print(text)
    PAGE.write_text(f"# Speed of answers\n{text}", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--job"]:
        measure(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
