"""Generated claims through the payer in a box and the ledger, chunk by chunk: what is found, matched and added up.

usage: python -m tools.ledger_run [CLAIMS]

Claims of all three kinds are made from the failing and passing examples of the edits and from the plain ones, a tenth with a
planted defect. Each chunk goes through one scenario after another. What is counted: answers that found no claim or line,
claims whose amounts are not the sum of their answers, remittances that do not add up to BPR02, secondaries that are refused
or not right, findings of oxedi (where it is installed), and rejections that name the edit that would have stopped them. The
exit code is 1 if anything is not as it must be.
"""

from __future__ import annotations

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
JUDGED = "front-end-edits"
"""The scenario that rejects what is wrong."""
PLANTED = 10
"""One claim of so many has a defect."""
TARGET = Decimal("0.9")
SECOND = Insurer(organization="SECOND PLAN", payer_id="SECOND2")


def claims(count: int) -> Iterator[Claim]:
    """Yield claims, each with a number of its own; those whose number is a multiple of ten hold a defect."""
    plain = cycle([visit(), stay("I50.20"), dental()])
    broken = cycle(
        [
            each
            for edit in EDITS.values()
            if edit.severity is Severity.ERROR and not edit.over_batch and not edit.opt_in
            for each in edit.fails
        ]
    )
    for number in range(count):
        made = next(broken if number % PLANTED == 0 else plain)
        yield made.evolve(control_number=f"RUN{number:07}")


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
            self.entry(entry, scenario)

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

    def entry(self, entry: LedgerEntry, scenario: str) -> None:
        """Count what became of a claim."""
        payments = [event for event in entry.events if event.payment is not None]
        made = [event.payment for event in payments if event.payment is not None]
        paid = sum((each.paid for each in made if each.status != "25"), Decimal(0))
        self.sums["answers"] += len(payments)
        self.sums["WRONG sums of claims"] += paid != entry.paid
        self.sums["WRONG lines without a place"] += sum(
            line.line is None for event in payments for line in event.lines
        )
        if entry.state == "rejected" and scenario == JUDGED:  # the others reject whatever is in a claim
            planted = int(entry.control_number[3:]) % PLANTED == 0
            self.sums["planted and rejected"] += planted
            self.sums["of them with the edit named"] += planted and bool(entry.prevention)
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


def main(count: int) -> int:
    """Run every scenario over as many claims and print what was counted."""
    run, names = Run(), sorted(SCENARIOS)
    made = claims(count)
    for number, name in enumerate(islice(cycle(names), max(1, count // CHUNK))):
        chunk = list(islice(made, CHUNK))
        for kind in {type(each) for each in chunk}:
            run.chunk([each for each in chunk if type(each) is kind], name, number)
    for what, number in run.sums.items():
        print(f"{number:10,}  {what}")
    named, rejected = run.sums["of them with the edit named"], run.sums["planted and rejected"]
    return int(
        any(n for what, n in run.sums.items() if what.startswith("WRONG")) or named < TARGET * rejected
    )


if __name__ == "__main__":
    sys.exit(main(int((sys.argv[1:] or ["10000"])[0])))
