"""Generated claims through the payer in a box and the ledger, chunk by chunk: what is found, matched and added up.

usage: python -m tools.ledger_run [CLAIMS]

Claims of all three kinds are made, with one to four lines of drawn charges; a tenth are the failing examples of the edits.
Each chunk goes through one scenario after another. What is counted: answers that found no claim or line, claims whose
amounts are not the sum of their answers, remittances that do not add up to BPR02, secondaries that are refused or not right,
findings of oxedi in remittances, and rejections of what was planted that name an edit or rule which would have stopped them.
These rejections come from two payers, each asked about every planted claim by itself: the scenario that rejects what the
edits find, and pyx12, whose 999 knows nothing of them. oxedi and pyx12 are asked where they are installed. The exit code is 1
if anything is not as it must be.
"""

from __future__ import annotations

import io
import logging
import random
import sys
from collections import Counter
from decimal import Decimal
from importlib.util import find_spec
from itertools import cycle, islice
from typing import TYPE_CHECKING

from medcode.claims import Payer as Insurer, x12
from medcode.claims.balance import claim_balance
from medcode.claims.ledger import Ledger
from medcode.claims.ledger.next_claim import NotDueError
from medcode.edits import EDITS
from medcode.edits.examples import dental, stay, visit
from medcode.errors import Rejected
from medcode.findings import Severity
from medcode.testing import Payer
from medcode.testing.payer import SCENARIOS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims import Claim
    from medcode.claims.ledger import LedgerEntry

CHUNK = 50
ENVELOPE = x12.Envelope(sender="SUBMITTER", receiver="RECEIVER", control_number=1)
PLANTED = 10
"""One claim of so many has a defect."""
TARGET = Decimal("0.9")
SECOND = Insurer(organization="SECOND PLAN", payer_id="SECOND2")


def claims(count: int) -> Iterator[Claim]:
    """Yield claims, each with a number of its own; those whose number is a multiple of ten hold a defect."""
    choose = random.Random(1)  # the same claims each time
    plain, broken = cycle([visit(), stay("I50.20"), dental()]), cycle(defects())
    for number in range(count):
        made = next(broken) if number % PLANTED == 0 else varied(next(plain), choose)
        yield made.evolve(control_number=f"RUN{number:07}")


def defects() -> list[Claim]:
    """Return the claims in which an edit finds an error."""
    return [
        each
        for edit in EDITS.values()
        if edit.severity is Severity.ERROR and not edit.over_batch and not edit.opt_in
        for each in edit.fails
    ]


def varied(claim: Claim, choose: random.Random) -> Claim:
    """Return a claim with one to four lines of other charges, for another member."""
    charges = [Decimal(choose.randrange(2_000, 90_000)) / 100 for _ in range(choose.randrange(1, 5))]
    return claim.evolve(
        lines=tuple(claim.lines[0].evolve(charge=charge) for charge in charges),
        subscriber=claim.subscriber.evolve(member_id=f"M{choose.randrange(10**8):08}"),
    )


class Run:
    """What was counted."""

    def __init__(self) -> None:
        self.sums: Counter[str] = Counter()

    def chunk(self, sent: list[Claim], scenario: str, seed: int) -> None:
        """Send claims of one kind through a scenario."""
        text = x12.dumps(sent, ENVELOPE, check=False)
        try:
            answers = Payer(scenario, seed=seed).answer(text)
        except Rejected:
            self.sums["WRONG answers that cannot be written"] += 1
            return
        ledger = Ledger()
        ledger.add(text, *(answer for _, answer in answers.files))
        self.sums["claims"] += len(ledger)
        self.sums["WRONG unmatched answers"] += len(ledger.unmatched)
        totals = ledger.totals()
        if scenario != "wrong-totals":
            self.sums["WRONG sums of remittances"] += bool(totals.difference)
        self.remittances([answer for _, answer in answers.files if "*835*" in answer], scenario)
        for entry in ledger:
            self.entry(entry)

    def remittances(self, texts: list[str], scenario: str) -> None:
        """Hold what was paid against the validators."""
        for text in texts:
            self.sums["remittances"] += 1
            if scenario == "wrong-totals":
                continue
            self.sums["WRONG remittances by medcode"] += not x12.validate(text).ok
            if find_spec("oxedi"):
                import oxedi

                self.sums["WRONG findings of oxedi"] += len(oxedi.parse(text.encode()).diagnostics)

    def entry(self, entry: LedgerEntry) -> None:
        """Count what became of a claim."""
        payments = [event for event in entry.events if event.payment is not None]
        made = [event.payment for event in payments if event.payment is not None]
        paid = sum((each.paid for each in made if each.status != "25"), Decimal(0))
        self.sums["answers"] += len(payments)
        self.sums["WRONG sums of claims"] += paid != entry.paid
        self.sums["WRONG lines without a place"] += sum(
            line.line is None for event in payments for line in event.lines
        )
        if entry.state in {"paid", "reduced"} and int(entry.control_number[3:]) % PLANTED != 0:
            try:
                second = entry.secondary(payer=SECOND, subscriber=entry.claim.subscriber)
            except NotDueError as why:
                self.sums["secondaries not due"] += 1
                self.sums[f"  {str(why)[:60]}"] += 1
                return
            self.sums["secondaries"] += 1
            balances = [claim_balance(second, other) for other in second.other_payers]
            self.sums["WRONG secondaries that do not balance"] += not all(
                b is None or b.holds for b in balances
            )
            written = x12.dumps([second], ENVELOPE, check=False)
            self.sums["WRONG secondaries by structure"] += not x12.validate(written).ok

    def planted(self, claim: Claim) -> None:
        """Ask the payers that reject what is wrong about a planted claim."""
        text = x12.dumps([claim], ENVELOPE, check=False)
        for payer, answers in (("edits", by_edits(text)), ("pyx12", by_pyx12(text))):
            ledger = Ledger()
            ledger.add(text, *answers)
            for entry in ledger:
                if entry.state == "rejected":
                    self.sums[f"planted, rejected by {payer}"] += 1
                    self.sums[f"{NAMED} {payer}"] += bool(entry.prevention)


NAMED = "of them with the edit or rule named, by"


def by_edits(text: str) -> list[str]:
    """Return what the payer in a box answers that rejects what the edits find."""
    return [answer for _, answer in Payer("front-end-edits").answer(text).files]


def by_pyx12(text: str) -> list[str]:
    """Return the 999 of pyx12; it has no map of dental claims, and breaks off in some files."""
    if not find_spec("pyx12"):
        return []
    import pyx12.errors
    import pyx12.params
    import pyx12.x12n_document

    out = io.StringIO()
    try:
        pyx12.x12n_document.x12n_document(pyx12.params.params(), io.StringIO(text), fd_997=out, fd_html=None)
    except (pyx12.errors.EngineError, AttributeError, IndexError, TypeError, ValueError):
        return []
    return [out.getvalue()] if "*999*" in out.getvalue() else []


def main(count: int) -> int:
    """Run every scenario over as many claims and print what was counted."""
    run, names = Run(), sorted(SCENARIOS)
    made = claims(count)
    for number, name in enumerate(islice(cycle(names), max(1, count // CHUNK))):
        chunk = list(islice(made, CHUNK))
        for kind in {type(each) for each in chunk}:
            run.chunk([each for each in chunk if type(each) is kind], name, number)
    logging.disable(logging.CRITICAL)
    for claim in islice(defects(), count // PLANTED):
        run.planted(claim.evolve(control_number="PLANTED"))
    for what, number in run.sums.items():
        print(f"{number:10,}  {what}")
    wrong = any(number for what, number in run.sums.items() if what.startswith("WRONG"))
    missed = [
        payer
        for payer in ("edits", "pyx12")
        if run.sums[f"{NAMED} {payer}"] < TARGET * run.sums[f"planted, rejected by {payer}"]
    ]
    return int(wrong or bool(missed))


if __name__ == "__main__":
    sys.exit(main(int((sys.argv[1:] or ["10000"])[0])))
