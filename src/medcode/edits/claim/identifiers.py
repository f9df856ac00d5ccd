"""CLM23, CLM25 and CLM27: numbers that have not their shape."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, final

from medcode.claims.model.references import CLIA_NUMBER, ClaimReferences
from medcode.codesets.ein import Ein
from medcode.codesets.mbi import Mbi
from medcode.edits.base import Edit
from medcode.edits.examples import BILLING, MEDICARE_PATIENT, visit
from medcode.edits.setting import Setting
from medcode.findings import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["CliaShape", "MbiShape", "TaxIdShape"]


@final
class TaxIdShape(Edit[Any]):
    """The billing provider's tax number has not nine digits.

    Why: employer and social security numbers have nine digits and are sent without dashes.
    Cure: correct the number.
    """

    id, name, snip = "CLM23", "tax-id-shape", 5
    source = Source("IRS", "Employer identification numbers")
    passes = (visit(),)
    fails = (visit(billing_provider=BILLING.evolve(tax_id="12-3456789")),)

    def check(self, claim: Any, _context: Context) -> Iterator[Finding]:
        """Look at the number, and never show it."""
        tax_id = claim.billing_provider.tax_id
        if tax_id and Ein.normal(tax_id) != tax_id:
            yield self.fail("billing_provider.tax_id", None, "The tax number has not nine digits.")


@final
class CliaShape(Edit[Any]):
    """A laboratory's CLIA number is none.

    Why: a CLIA number has two digits, a D and seven digits.
    Cure: take it from the certificate.
    """

    id, name, snip = "CLM25", "clia-shape", 5
    source = Source("CMS", "Medicare Claims Processing Manual, Pub. 100-04, chapter 16", section="70.2")
    settings = (Setting.PROFESSIONAL,)
    passes = (visit(references=ClaimReferences(clia="34D1234567")),)
    fails = (visit(references=ClaimReferences(clia="1234567")),)

    def check(self, claim: Any, _context: Context) -> Iterator[Finding]:
        """Look at the claim's number and at each line's."""
        lines = ((f"lines[{number}].", each) for number, each in enumerate(claim.lines))
        for path, part in (("", claim), *lines):
            clia = part.references.clia
            if clia and not CLIA_NUMBER.fullmatch(clia):
                yield self.fail(f"{path}references.clia", clia, f"{clia} is not shaped like a CLIA number.")


@final
class MbiShape(Edit[Any]):
    """The Medicare number is none.

    Why: a Medicare beneficiary identifier has eleven characters, letters and digits in fixed places,
    and none of the letters S, L, O, I, B and Z.
    Cure: copy it from the patient's card.
    """

    id, name, snip = "CLM27", "mbi-shape", 5
    since = date(2020, 1, 1)
    needs = ("day",)
    source = Source("CMS", "Understanding the Medicare Beneficiary Identifier format")
    concerns = "medicare"
    passes = (visit(subscriber=MEDICARE_PATIENT), visit())
    fails = (visit(subscriber=MEDICARE_PATIENT.evolve(member_id="123456789A")),)

    def check(self, claim: Any, _context: Context) -> Iterator[Finding]:
        """Look at the number on a claim to Medicare, and never show it."""
        number = claim.subscriber.member_id
        if number and Mbi.normal(number) != number:
            yield self.fail("subscriber.member_id", None, "The number is not shaped like a Medicare number.")
