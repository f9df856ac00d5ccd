"""CLM23, CLM25 and CLM27: tax, CLIA and Medicare numbers that are not in their format."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, final

from medcode.claims.model.adjudication import Adjustment, OtherSubscriber
from medcode.claims.model.claim import Claim, ProfessionalClaim
from medcode.claims.model.party import Address, Identifier, PayToPlan
from medcode.claims.model.references import CLIA_NUMBER, ClaimReferences
from medcode.codesets.ein import Ein
from medcode.codesets.mbi import Mbi
from medcode.edits.base import Edit
from medcode.edits.entity import COMMON_EDITS
from medcode.edits.examples import BILLING, MEDICARE_PATIENT, PAYER, other, visit
from medcode.edits.features import MEDICARE
from medcode.edits.forms import digits_only
from medcode.edits.setting import Setting
from medcode.findings import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["CliaShape", "MbiShape", "TaxIdShape"]

PLAN = PayToPlan(
    organization="PLAN",
    payer_id="77",
    address=Address("2 ELM ST", "ANYTOWN", "NY", "12345"),
    tax_id="12 345678",
)
CONTRACT = Adjustment("CO", "45", "20")

EMPLOYER = "EI"
NINE = 9


@final
class TaxIdShape(Edit[Claim]):
    """A tax id does not have nine digits.

    Why: employer and social security numbers have nine digits and are sent without dashes.
    Fix: correct the number.
    """

    id, name, snip = "CLM23", "tax-id-shape", 5
    ack = "A7:128"
    carc = ("16",)
    rarc = ("MA113",)
    source = Source("IRS", "Employer identification numbers")
    passes = (visit(),)
    fails = (
        visit(billing_provider=BILLING.evolve(tax_id="12-345678")),
        visit(payer=PAYER.evolve(identifiers=(Identifier("EI", "12-3456789"),))),
        visit(billing_provider=BILLING.evolve(pay_to_plan=PLAN)),
    )

    def check(self, claim: Claim, _context: Context[Claim]) -> Iterator[Finding]:
        """Check the numbers of the billing provider, of a plan to pay to and of payers, and never show them."""
        for path, tax_id in tax_ids(claim):
            if tax_id and not (len(tax_id) == NINE and tax_id.isascii() and tax_id.isdecimal()):
                fix = digits_only(path, tax_id, Ein.normal)
                yield self.fail(path, None, "The tax id must have nine digits, without dashes.", fix=fix)


def tax_ids(claim: Claim) -> Iterator[tuple[str, str | None]]:
    """Yield path and number of everyone who is known by a tax id."""
    billing = claim.billing_provider
    yield "billing_provider.tax_id", billing.tax_id
    if billing.pay_to_plan:
        yield "billing_provider.pay_to_plan.tax_id", billing.pay_to_plan.tax_id
    payers = [("payer", claim.payer)]
    payers += [(f"other_payers[{at}].payer", each.payer) for at, each in enumerate(claim.other_payers)]
    yield from (
        (f"{path}.identifiers[{at}].value", each.value)
        for path, payer in payers
        for at, each in enumerate(payer.identifiers)
        if each.qualifier == EMPLOYER
    )


@final
class CliaShape(Edit[ProfessionalClaim]):
    """A laboratory's CLIA number is not valid.

    Why: a CLIA number has two digits, a D and seven digits.
    Fix: take it from the certificate.
    """

    id, name, snip = "CLM25", "clia-shape", 5
    ack = "A7:544"
    carc = ("16",)
    rarc = ("MA120",)
    source = Source("CMS", "Medicare Claims Processing Manual, Pub. 100-04, chapter 16", section="70.10")
    settings = (Setting.PROFESSIONAL,)
    applies_to = ("references", "lines.references")
    passes = (visit(references=ClaimReferences(clia="34D1234567")),)
    fails = (visit(references=ClaimReferences(clia="1234567")),)

    def check(self, claim: ProfessionalClaim, _context: Context[ProfessionalClaim]) -> Iterator[Finding]:
        """Check the claim's number and at each line's."""
        numbers = [("", claim.references.clia)]
        numbers += [(f"lines[{n}].", each.references.clia) for n, each in enumerate(claim.lines)]
        for path, clia in numbers:
            if clia and not CLIA_NUMBER.fullmatch(clia):
                yield self.fail(
                    f"{path}references.clia",
                    clia,
                    f"{clia} is not a CLIA number: two digits, D and seven digits.",
                )


@final
class MbiShape(Edit[Claim]):
    """The Medicare number is not valid.

    Why: a Medicare beneficiary identifier has eleven characters, letters and digits in fixed places,
    and none of the letters S, L, O, I, B and Z.
    Fix: copy it from the patient's card.
    """

    id, name, snip = "CLM27", "mbi-shape", 5
    ack, ack_source = "A7:164:IL", COMMON_EDITS
    carc = ("31", "16")
    rarc = ("N382",)
    since = date(2020, 1, 1)
    requires = ("day",)
    source = Source("CMS", "Understanding the Medicare Beneficiary Identifier format")
    applies_to = "medicare_member"
    passes = (visit(subscriber=MEDICARE_PATIENT), visit(), visit(other_payers=(other("80", CONTRACT),)))
    fails = (
        visit(subscriber=MEDICARE_PATIENT.evolve(member_id="123456789A")),
        visit(
            other_payers=(
                other("80", CONTRACT).evolve(
                    claim_filing="MB", subscriber=OtherSubscriber(last_name="DOE", member_id="1EG4-TE5-MK73")
                ),
            )
        ),
    )

    def check(self, claim: Claim, _context: Context[Claim]) -> Iterator[Finding]:
        """Check the numbers of Medicare's members, and never show them."""
        members = [("subscriber", claim.subscriber.claim_filing, claim.subscriber.member_id)]
        members += [
            (f"other_payers[{at}].subscriber", each.claim_filing, each.subscriber.member_id)
            for at, each in enumerate(claim.other_payers)
        ]
        for path, filing, number in members:
            if filing in MEDICARE and number and Mbi.normal(number) != number:
                fix = digits_only(f"{path}.member_id", number, Mbi.normal)
                yield self.fail(
                    f"{path}.member_id",
                    None,
                    "The member id is not a Medicare Beneficiary Identifier: 11 characters, without dashes.",
                    fix=fix,
                )
