"""CLM16 to CLM19, and CLM63: negative and zero charges, and payments of other payers that do not balance."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, final

from medcode.claims.balance import claim_balance, line_balance, payment_balance
from medcode.claims.model.adjudication import Adjustment, LineAdjudication
from medcode.claims.model.claim import Claim
from medcode.codesets.code import Malformed
from medcode.edits.base import Edit
from medcode.edits.examples import line, other, visit
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.balance import Balance
    from medcode.claims.model.adjudication import OtherPayer
    from medcode.claims.model.procedure import Procedure
    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = [
    "ClaimDecisionUnbalanced",
    "LineDecisionUnbalanced",
    "NegativeCharge",
    "NothingCharged",
    "TotalDecisionUnbalanced",
]

BALANCING = "RFI 1294: balancing of claims with other payers"


@final
class NegativeCharge(Edit[Claim]):
    """A line has a negative charge.

    Why: a charge is corrected by a replacement claim, not by a line below zero.
    Fix: bill what was charged.
    """

    id, name, snip = "CLM16", "negative-charge", 4
    ack = "A7:583"
    carc = ("16",)
    rarc = ("M79",)
    source = Source("X12", "RFI 1526: amounts")
    requires = ("charges",)
    applies_to = "uncharged"
    passes = (visit(lines=(line(charge=0), line("99214", charge=5))),)
    fails = (visit(lines=(line(charge=-1), line("99214", charge=5))),)

    def check(self, claim: Claim, _context: Context[Claim]) -> Iterator[Finding]:
        """Check each charge."""
        for number, each in enumerate(claim.lines):
            if isinstance(each.charge, Decimal) and each.charge < 0:
                yield self.fail(
                    f"lines[{number}].charge",
                    None,
                    f"Line {number + 1} has a negative charge: {each.charge:.2f}.",
                )


@final
class NothingCharged(Edit[Claim]):
    """The claim charges nothing.

    Why: payers seldom take a claim of zero dollars, except as an encounter that is only reported, or for services that
    are reported and not paid: a visit after surgery (99024), performance and quality measures.
    Fix: add the charges, or send the claim as an encounter.
    """

    id, name, snip = "CLM17", "nothing-charged", 4
    ack = "A7:178"
    carc = ("16",)
    rarc = ("M54",)
    source = Source("X12", "005010X222A1", section="2300 CLM02")
    severity = Severity.WARNING
    requires = ("total",)
    applies_to = "uncharged"
    passes = (visit(), visit(lines=(line("99024", charge=0),)))
    fails = (visit(lines=(line(charge=0),)),)

    def check(self, claim: Claim, _context: Context[Claim]) -> Iterator[Finding]:
        """Check the sum of the lines."""
        if claim.lines and claim.total == 0 and not all(is_reported(each.procedure) for each in claim.lines):
            yield self.fail("lines[0].charge", None, "The charges of all lines add up to 0.00.")


REPORTED = re.compile(r"99024|\d{4}F|G8[3-9]\d\d|G9\d{3}|M1\d{3}", re.ASCII)
"""Services that are reported and not paid: visits of the global package, performance and quality measures."""


def is_reported(procedure: Procedure | None) -> bool:
    """Whether a line only reports its service, for no charge."""
    return procedure is not None and REPORTED.fullmatch(procedure.code) is not None


def decided(paid: str, *adjustments: Adjustment) -> LineAdjudication:
    """Make the other payer's decision on a line for the examples."""
    return LineAdjudication(
        payer_id="FIRST", paid=paid, procedure="99213", adjustments=adjustments, date="2026-01-20"
    )


def by_line(paid: str) -> OtherPayer:
    """Make the other payer that decided on each line, for the examples."""
    return other(paid).evolve(remittance_date=None)


UNREAD = "Not checked: an amount of the decision cannot be read. Copy it from the remittance."
CONTRACT = Adjustment("CO", "45", "20")


@final
class LineDecisionUnbalanced(Edit[Claim]):
    """Another payer's decision on a line does not add up to its charge.

    Why: the payment and the adjustments of a line add up to its charge.
    Fix: copy the amounts of the remittance, all of them.
    """

    id, name, snip = "CLM18", "line-decision-unbalanced", 3
    ack = "A7:643"
    carc = ("129", "16")
    rarc = ("N4",)
    source = Source("X12", BALANCING)
    applies_to = "lines.adjudications"
    requires = ("charges",)
    passes = (visit(lines=(line(adjudications=(decided("80", CONTRACT),)),), other_payers=(by_line("80"),)),)
    fails = (visit(lines=(line(adjudications=(decided("70", CONTRACT),)),), other_payers=(by_line("70"),)),)

    def check(self, claim: Claim, _context: Context[Claim]) -> Iterator[Finding]:
        """Compare each decision with the charge of its line."""
        for number, each in enumerate(claim.lines):
            for place, decision in enumerate(each.adjudications):
                balance = line_balance(each, decision)
                if balance and not balance.holds:
                    message = f"Line {number + 1}: payment and adjustments add up to {balance.computed:.2f}; the charge is {balance.stated:.2f}."
                    yield self.fail(f"lines[{number}].adjudications[{place}].paid", None, message)
                elif is_unread(decision):
                    yield self.unchecked(f"lines[{number}].adjudications[{place}].paid", None, UNREAD)


@final
class ClaimDecisionUnbalanced(Edit[Claim]):
    """What another payer paid for the claim is not the sum of its lines less its adjustments.

    Why: where the payer decided by line, its payment is the sum of the lines' payments less the
    adjustments of the whole claim; without decisions by line the rule does not apply.
    Fix: copy the amounts of the remittance, all of them.
    """

    id, name, snip = "CLM19", "claim-decision-unbalanced", 3
    ack = "A7:672"
    carc = ("129", "16")
    rarc = ("N4",)
    source = Source("X12", BALANCING)
    applies_to = "other_payers"
    passes = (
        visit(lines=(line(adjudications=(decided("80", CONTRACT),)),), other_payers=(by_line("80"),)),
        visit(other_payers=(other("10", Adjustment("CO", "45", "90")),)),
    )
    fails = (visit(lines=(line(adjudications=(decided("80", CONTRACT),)),), other_payers=(by_line("75"),)),)

    def check(self, claim: Claim, _context: Context[Claim]) -> Iterator[Finding]:
        """Compare each payer's payment with its decisions on the lines."""
        for number, each in enumerate(claim.other_payers):
            balance = payment_balance(claim, each)
            if balance and not balance.holds:
                message = f"The other payer paid {balance.stated:.2f}; its line payments less claim adjustments are {balance.computed:.2f}."
                yield self.fail(f"other_payers[{number}].paid", None, message)
            elif balance is None and (is_unread(each) or any(map(is_unread, decisions(claim, each)))):
                yield self.unchecked(f"other_payers[{number}].paid", None, UNREAD)


@final
class TotalDecisionUnbalanced(Edit[Claim]):
    """What another payer paid and adjusted does not make up the total of the claim.

    Why: each payer before this one accounts for the whole charge: by payment, by adjustments of the
    claim and by adjustments of its lines. Where a line or the payment is wrong by itself, only that
    is reported.
    Fix: copy the amounts of the remittance, all of them.
    """

    id, name, snip = "CLM63", "total-decision-unbalanced", 3
    ack = "A7:672"
    carc = ("129", "16")
    rarc = ("N4",)
    source = Source("X12", "RFI 1115 and RFI 1294: balancing of claims with other payers")
    applies_to = "other_payers"
    requires = ("total",)
    passes = (
        visit(other_payers=(other("80", CONTRACT),)),
        visit(lines=(line(adjudications=(decided("80", CONTRACT),)),), other_payers=(by_line("80"),)),
        visit(other_payers=(other(None),)),
    )
    fails = (
        visit(other_payers=(other("70", CONTRACT),)),
        visit(
            lines=(line(adjudications=(decided("80", CONTRACT),)), line("99214", charge="50")),
            other_payers=(by_line("80"),),
        ),
    )

    def check(self, claim: Claim, _context: Context[Claim]) -> Iterator[Finding]:
        """Compare the total with each payer's decision, where its parts are right."""
        for number, each in enumerate(claim.other_payers if is_linked(claim) else ()):
            balance = claim_balance(claim, each)
            if balance and not balance.holds and all(part.holds for part in parts(claim, each)):
                message = f"The other payer's payment and adjustments add up to {balance.computed:.2f}; the claim charges {balance.stated:.2f}."
                yield self.fail(f"other_payers[{number}].paid", None, message)
            elif balance is None and (is_unread(each) or any(map(is_unread, decisions(claim, each)))):
                yield self.unchecked(f"other_payers[{number}].paid", None, UNREAD)


def is_linked(claim: Claim) -> bool:
    """Whether decisions on lines, and the payers that made them, have the identifiers by which they belong together.

    Where a line names a payer that is not on the claim, that is what is wrong: it may be any of them.
    """
    made = {each.payer_id for line in claim.lines for each in line.adjudications}
    payers = {each.payer.payer_id for each in claim.other_payers}
    return not made or (all(made) and all(payers) and made <= payers)


def is_unread(decided: OtherPayer | LineAdjudication) -> bool:
    """Whether an amount of a decision cannot be read."""
    amounts = (decided.paid, *[each.amount for each in decided.adjustments])
    return any(isinstance(amount, Malformed) for amount in amounts)


def decisions(claim: Claim, each: OtherPayer) -> Iterator[LineAdjudication]:
    """Yield what a payer decided on the lines."""
    for service in claim.lines:
        yield from (made for made in service.adjudications if made.payer_id == each.payer.payer_id)


def parts(claim: Claim, each: OtherPayer) -> Iterator[Balance]:
    """Yield the equations of a payer's payment and of its decisions on the lines."""
    balances = [
        line_balance(line, decision)
        for line in claim.lines
        for decision in line.adjudications
        if decision.payer_id == each.payer.payer_id
    ]
    return filter(None, (payment_balance(claim, each), *balances))
