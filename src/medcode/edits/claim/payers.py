"""MSP01 and MSP02: Medicare after another payer, on a bill of an institution."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from medcode.claims.model.adjudication import Adjustment
from medcode.claims.model.institutional import InstitutionalClaim
from medcode.claims.model.stay import ValueAmount
from medcode.edits.base import Edit
from medcode.edits.examples import MEDICARE_PATIENT, other, stay
from medcode.edits.setting import INSTITUTIONAL
from medcode.findings import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["PrimaryWithValueCode", "SecondaryWithoutValueCode"]

SOURCE = Source("CMS", "Medicare Secondary Payer Manual, Pub. 100-05, chapter 3")
VALUE_CODES = frozenset({"12", "13", "14", "15", "16", "41", "42", "43", "47"})
"""Amounts paid before Medicare: working aged, ESRD, no-fault, workers' compensation, public health, black lung,
veterans, disability, liability."""

PAID = ValueAmount("12", "80")
PART_A = MEDICARE_PATIENT.evolve(claim_filing="MA")
SECONDARY = PART_A.evolve(payer_responsibility="S", insurance_type="12")
FIRST = (other("4980", Adjustment("CO", "45", "20")),)


@final
class SecondaryWithoutValueCode(Edit[InstitutionalClaim]):
    """Medicare is billed as the secondary payer without saying what the primary paid.

    Why: a value code of 12 to 16, 41 to 43 or 47 names the kind of the primary payer and the amount it paid, 0.00
    for none.
    Fix: add the value code of the primary payer and the amount it paid.
    """

    id, name, snip = "MSP01", "msp-without-value-code", 7
    source = SOURCE
    settings = INSTITUTIONAL
    applies_to = "medicare"
    ack = "A7:725"
    carc, rarc = ("22", "16"), ("MA04", "M49")
    passes = (stay("I50.20", subscriber=PART_A),)
    fails = (stay("I50.20", subscriber=SECONDARY, other_payers=FIRST),)

    def check(self, claim: InstitutionalClaim, _context: Context[InstitutionalClaim]) -> Iterator[Finding]:
        """Look for the value code."""
        rank = claim.subscriber.payer_responsibility
        if rank == "S" and VALUE_CODES.isdisjoint(each.code for each in claim.value_codes):
            message = "Medicare is secondary (payer responsibility S); add the value code of the primary payer (12 to 16, 41 to 43 or 47) with the amount it paid."
            yield self.fail("value_codes", None, message)


@final
class PrimaryWithValueCode(Edit[InstitutionalClaim]):
    """Medicare is billed as the primary payer, and a value code names a payer before it.

    Why: the two contradict each other, and Medicare returns the bill.
    Fix: bill Medicare as secondary, or remove the value code.
    """

    id, name, snip = "MSP02", "primary-with-msp-value-code", 7
    source = SOURCE
    settings = INSTITUTIONAL
    applies_to = "medicare"
    ack = "A7:742"
    carc, rarc = ("22",), ("MA04",)
    passes = (stay("I50.20", subscriber=PART_A),)
    fails = (stay("I50.20", subscriber=PART_A, value_codes=(PAID,)),)

    def check(self, claim: InstitutionalClaim, _context: Context[InstitutionalClaim]) -> Iterator[Finding]:
        """Check the value codes; an amount of zero says that the other payer paid nothing."""
        if claim.subscriber.payer_responsibility != "P":
            return
        for number, each in enumerate(claim.value_codes):
            if each.code in VALUE_CODES and each.amount != 0:
                message = f"Value code {each.code} says that another payer paid before Medicare, which is billed as primary."
                yield self.fail(f"value_codes[{number}].code", each.code, message)
