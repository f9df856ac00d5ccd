"""ICD08 to ICD10: deliveries and weeks of pregnancy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, final

from medcode.edits.base import Edit
from medcode.edits.examples import visit
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["DeliveryWithoutOutcome", "NormalDeliveryAndMore", "WeeksWithoutPregnancy"]

GUIDELINES = "ICD-10-CM Official Guidelines for Coding and Reporting"
TABULAR = "ICD-10-CM Tabular List"
CHAPTER_15 = re.compile(r"O[0-9]")
PREGNANCY = re.compile(r"O(09|[1-9])|Z34|Z36|Z33")


@final
class NormalDeliveryAndMore(Edit[Any]):
    """A normal delivery stands beside another code of pregnancy or childbirth.

    Why: O80 says that nothing was out of the ordinary; any other code of chapter 15 says that something was.
    Cure: take O80 out, or the other code.
    """

    id, name, snip = "ICD09", "normal-delivery-and-more", 5
    source = Source("NCHS", TABULAR, section="O80")
    passes = (visit("O80", "Z37.0"),)
    fails = (visit("O80", "O09.511", "Z37.0"),)

    def check(self, _claim: Any, context: Context) -> Iterator[Finding]:
        """Report each other code of chapter 15 beside O80."""
        if all(code != "O80" for _, code in context.codes):
            return
        for path, code in context.codes:
            if code != "O80" and CHAPTER_15.match(code):
                message = f"{getattr(code, 'dotted', code)} says that the delivery O80 was not a normal one."
                yield self.fail(path, code, message)


@final
class DeliveryWithoutOutcome(Edit[Any]):
    """A delivery is coded without its outcome.

    Why: the mother's claim of a delivery says with a code of Z37 how many were born, and how many alive.
    Cure: add the code of Z37; with O80 that is Z37.0.
    """

    id, name, snip = "ICD08", "delivery-without-outcome", 5
    source = Source("CMS and NCHS", GUIDELINES, section="I.C.15.b.5")
    severity = Severity.WARNING
    passes = (visit("O80", "Z37.0"), visit("O82", "Z37.2"))
    fails = (visit("O80"), visit("O82"))

    def check(self, _claim: Any, context: Context) -> Iterator[Finding]:
        """Report a delivery, normal or by cesarean, on a claim without a code of Z37."""
        if any(code.startswith("Z37") for _, code in context.codes):
            return
        for path, code in context.codes:
            if code in {"O80", "O82"}:
                yield self.fail(path, code, f"{code} is a delivery; no code of Z37 gives its outcome.")


@final
class WeeksWithoutPregnancy(Edit[Any]):
    """Weeks of pregnancy stand on a claim that tells of none.

    Why: codes of Z3A belong to the mother's record, after the code of the pregnancy.
    Cure: code the pregnancy, or take the weeks off a newborn's claim.
    """

    id, name, snip = "ICD10", "weeks-without-pregnancy", 5
    source = Source("NCHS", TABULAR, section="Z3A")
    severity = Severity.WARNING
    passes = (visit("O09.511", "Z3A.20"), visit("Z34.82", "Z3A.20"))
    fails = (visit("E11.9", "Z3A.20"), visit("Z3A.20", "O09.511"))

    def check(self, _claim: Any, context: Context) -> Iterator[Finding]:
        """Report each code of Z3A that no code of a pregnancy comes before."""
        pregnant = False
        for path, code in context.codes:
            pregnant = pregnant or bool(PREGNANCY.match(code))
            if code.startswith("Z3A") and not pregnant:
                message = (
                    f"{getattr(code, 'dotted', code)} counts weeks; no code of a pregnancy comes before it."
                )
                yield self.fail(path, code, message)
