"""MSP01 to MSP03: Medicare after another payer."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from medcode.claims.model.adjudication import Adjustment
from medcode.claims.model.claim import ProfessionalClaim
from medcode.claims.model.institutional import InstitutionalClaim
from medcode.claims.model.stay import ValueAmount
from medcode.edits.base import Edit
from medcode.edits.examples import MEDICARE_PATIENT, other, stay, visit
from medcode.edits.setting import INSTITUTIONAL, Setting
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["AgeOfPrimary", "PrimaryWithValueCode", "SecondaryWithoutValueCode"]

SOURCE = Source("CMS", "Medicare Secondary Payer Manual, Pub. 100-05, chapter 3")
VALUE_CODES = frozenset({"12", "13", "14", "15", "16", "41", "42", "43", "47"})
"""Amounts paid before Medicare: working aged, ESRD, no-fault, workers' compensation, public health, black lung,
veterans, disability, liability."""

PAID = ValueAmount("12", "80")
PART_A = MEDICARE_PATIENT.evolve(claim_filing="MA")
SECONDARY = PART_A.evolve(payer_responsibility="S")
SECONDARY_B = MEDICARE_PATIENT.evolve(payer_responsibility="S", insurance_type="12")
OF_VISIT = (other("80", Adjustment("CO", "45", "20")),)
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


@final
class AgeOfPrimary(Edit[ProfessionalClaim | InstitutionalClaim]):
    """The reason why another payer comes before Medicare does not fit the patient's age.

    Why: a group health plan comes first for the working aged, who are 65 or older (insurance type and value code
    12), or for the disabled below 65 (43).
    Fix: correct the code, or the birth date.
    """

    id, name, snip = "MSP03", "msp-reason-and-age", 7
    source = SOURCE
    severity = Severity.WARNING
    settings = (Setting.PROFESSIONAL, *INSTITUTIONAL)
    requires = ("birth_date", "day")
    applies_to = "medicare"
    ack = "A7:742"
    carc, rarc = ("22", "16"), ("MA04",)
    passes = (
        stay("I50.20", age=66, subscriber=SECONDARY, other_payers=FIRST, value_codes=(PAID,)),
        visit(subscriber=SECONDARY_B, other_payers=OF_VISIT),
    )
    fails = (
        stay(
            "I50.20",
            subscriber=SECONDARY,
            other_payers=FIRST,
            value_codes=(ValueAmount("43", "80"),),
        ),
        visit(subscriber=SECONDARY_B.evolve(birth_date="1975-03-01"), other_payers=OF_VISIT),
    )

    def check(
        self,
        claim: ProfessionalClaim | InstitutionalClaim,
        context: Context[ProfessionalClaim | InstitutionalClaim],
    ) -> Iterator[Finding]:
        """Compare the insurance type of a practitioner's claim, or the value codes of a bill, with the age."""
        age = context.age
        named = [("subscriber.insurance_type", "Insurance type", claim.subscriber.insurance_type)]
        if context.institutional:
            codes = context.institutional.value_codes
            named = [(f"value_codes[{at}].code", "Value code", each.code) for at, each in enumerate(codes)]
        for path, what, code in named:
            if age is not None and code in OF_AGE and (age >= OLD) is not OF_AGE[code]:
                whom = "65 or older" if OF_AGE[code] else "younger than 65"
                message = (
                    f"{what} {code} is for patients {whom}; the patient was {age} on {context.first_day}."
                )
                yield self.fail(path, code, message)


OLD = 65
OF_AGE = {"12": True, "43": False}
"""Reasons of a group health plan to come first: whether they are of the aged, else of the disabled."""
