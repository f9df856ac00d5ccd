"""CLM16 to CLM19: amounts that cannot be, and payments of others that do not balance."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, final

from medcode.claims.model.adjudication import Adjustment, LineAdjudication
from medcode.edits.base import Edit
from medcode.edits.examples import line, other, visit
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["ClaimDecisionUnbalanced", "LineDecisionUnbalanced", "NegativeCharge", "NothingCharged"]

BALANCING = "RFI 1294: balancing of claims with other payers"


@final
class NegativeCharge(Edit[Any]):
    """A line has a negative charge.

    Why: a charge is corrected by a replacement claim, not by a line below zero.
    Cure: bill what was charged.
    """

    id, name, snip = "CLM16", "negative-charge", 4
    source = Source("X12", "RFI 1526: amounts")
    passes = (visit(lines=(line(charge=0), line(charge=5))),)
    fails = (visit(lines=(line(charge=-1), line(charge=5))),)

    def check(self, claim: Any, _context: Context) -> Iterator[Finding]:
        """Look at each charge."""
        for number, each in enumerate(claim.lines):
            if isinstance(each.charge, Decimal) and each.charge < 0:
                yield self.fail(f"lines[{number}].charge", None, f"Line {number + 1} charges {each.charge}.")


@final
class NothingCharged(Edit[Any]):
    """The claim charges nothing.

    Why: payers seldom take a claim of zero dollars, except as an encounter that is only reported.
    Cure: give the charges, or send the claim as an encounter.
    """

    id, name, snip = "CLM17", "nothing-charged", 4
    source = Source("X12", "005010X222A1", section="2300 CLM02")
    severity = Severity.WARNING
    passes = (visit(),)
    fails = (visit(lines=(line(charge=0),)),)

    def check(self, claim: Any, _context: Context) -> Iterator[Finding]:
        """Look at the sum of the lines."""
        if claim.total == 0:
            yield self.fail("lines[0].charge", None, "The lines add up to zero.")


def decided(paid: str, *adjustments: Adjustment) -> LineAdjudication:
    """Make the other payer's decision on a line for the examples."""
    return LineAdjudication(
        payer_id="FIRST", paid=paid, procedure="99213", adjustments=adjustments, date="2026-01-20"
    )


def amounts(found: Any) -> Decimal:
    """Add up what adjustments took off."""
    return sum((each.amount for each in found if isinstance(each.amount, Decimal)), Decimal())


CONTRACT = Adjustment("CO", "45", "20")


@final
class LineDecisionUnbalanced(Edit[Any]):
    """Another payer's decision on a line does not add up to its charge.

    Why: what was paid and what was adjusted make up the charge of the line.
    Cure: copy the amounts of the remittance, all of them.
    """

    id, name, snip = "CLM18", "line-decision-unbalanced", 3
    source = Source("X12", BALANCING)
    concerns = "adjudications"
    passes = (visit(lines=(line(adjudications=(decided("80", CONTRACT),)),), other_payers=(other("80"),)),)
    fails = (visit(lines=(line(adjudications=(decided("70", CONTRACT),)),), other_payers=(other("70"),)),)

    def check(self, claim: Any, _context: Context) -> Iterator[Finding]:
        """Compare each decision with the charge of its line."""
        for number, each in enumerate(claim.lines):
            for place, decision in enumerate(each.adjudications):
                parts = (each.charge, decision.paid)
                if decision.bundled_line or not all(isinstance(part, Decimal) for part in parts):
                    continue
                total = decision.paid + amounts(decision.adjustments)
                if total != each.charge:
                    message = f"Paid and adjusted make {total}; the line charges {each.charge}."
                    yield self.fail(f"lines[{number}].adjudications[{place}].paid", None, message)


@final
class ClaimDecisionUnbalanced(Edit[Any]):
    """What another payer paid for the claim is not the sum of its lines less its adjustments.

    Why: where the payer decided by line, its payment is the sum of the lines' payments less the
    adjustments of the whole claim; without decisions by line the rule does not apply.
    Cure: copy the amounts of the remittance, all of them.
    """

    id, name, snip = "CLM19", "claim-decision-unbalanced", 3
    source = Source("X12", BALANCING)
    concerns = "other_payers"
    passes = (
        visit(lines=(line(adjudications=(decided("80", CONTRACT),)),), other_payers=(other("80"),)),
        visit(other_payers=(other("10"),)),
    )
    fails = (visit(lines=(line(adjudications=(decided("80", CONTRACT),)),), other_payers=(other("75"),)),)

    def check(self, claim: Any, _context: Context) -> Iterator[Finding]:
        """Compare each payer's payment with its decisions on the lines."""
        for number, each in enumerate(claim.other_payers):
            decisions = [
                d for line in claim.lines for d in line.adjudications if d.payer_id == each.payer.payer_id
            ]
            paid = [d.paid for d in decisions if isinstance(d.paid, Decimal)]
            if not paid or not isinstance(each.paid, Decimal):
                continue
            total = sum(paid, Decimal()) - amounts(each.adjustments)
            if total != each.paid:
                message = f"The payer paid {each.paid}; its decisions on the lines make {total}."
                yield self.fail(f"other_payers[{number}].paid", None, message)
