"""CLM08 and CLM09: claims that replace or void others."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import Claim
from medcode.claims.model.references import ClaimReferences
from medcode.edits.base import Edit
from medcode.edits.examples import dental, visit
from medcode.findings import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["FrequencyOfPayers", "ReplacementWithoutNumber"]

REPLACING = frozenset({"7", "8"})
OF_PAYERS = frozenset({"G", "I", "X", "Y"})
NUMBERED = ClaimReferences(payer_claim_number="2026000001")


@final
class ReplacementWithoutNumber(Edit[Claim]):
    """A claim replaces or voids another without its number.

    Why: frequency 7 replaces a claim and 8 voids it; the payer finds it by its own claim control number.
    Fix: add the payer's claim control number from the remittance, or send an original claim.
    """

    id, name, snip = "CLM08", "replacement-without-number", 4
    ack = "A7:464"
    carc = ("16",)
    rarc = ("M47",)
    source = Source("X12", "RFI 2110: payer claim control number")
    applies_to = "corrected"
    passes = (visit(frequency="7", references=NUMBERED), visit())
    fails = (dental(frequency="7"), visit(frequency="7"), visit(frequency="8"))

    def check(self, claim: Claim, _context: Context[Claim]) -> Iterator[Finding]:
        """Look for the number where the frequency asks for it."""
        if claim.frequency in REPLACING and not claim.references.payer_claim_number:
            message = (
                f"Frequency {claim.frequency} needs the payer's claim control number of the earlier claim."
            )
            yield self.fail("references.payer_claim_number", claim.frequency, message)


@final
class FrequencyOfPayers(Edit[Claim]):
    """The frequency is one that only payers use.

    Why: G, I, X and Y mark adjustments that a payer starts.
    Fix: use 1 for an original claim, 7 to replace and 8 to void one.
    """

    id, name, snip = "CLM09", "frequency-of-payers", 4
    ack = "A7:535"
    carc = ("16",)
    rarc = ("MA30",)
    source = Source("X12", "RFI 1538: claim frequency codes")
    applies_to = "corrected"
    passes = (visit(),)
    fails = (visit(frequency="G"),)

    def check(self, claim: Claim, _context: Context[Claim]) -> Iterator[Finding]:
        """Check the frequency."""
        if claim.frequency in OF_PAYERS:
            message = f"Frequency {claim.frequency} is for adjustments that payers start; use 1, 7 or 8."
            yield self.fail("frequency", claim.frequency, message)
