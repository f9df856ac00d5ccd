"""ICD08 to ICD10: deliveries and weeks of pregnancy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import Claim
from medcode.codesets.icd10cm import icd10cm
from medcode.edits.base import Edit, initials_of
from medcode.edits.examples import line, visit
from medcode.edits.judged import shown
from medcode.edits.kinds import CodeList
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.codesets.code import Code, Malformed
    from medcode.codesets.concept import Status
    from medcode.edits.concern import LineKey
    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["DeliveryWithoutOutcome", "NormalDeliveryAndMore", "WeeksWithoutPregnancy", "is_delivery"]

GUIDELINES = "ICD-10-CM Official Guidelines for Coding and Reporting"
TABULAR = "ICD-10-CM Tabular List"
CHAPTER_15 = re.compile(r"O[0-9]")
OUTCOME, SEQUELA = "Z37", "O94"
OF_DELIVERY = ("O601", "O602", "O68", "O69", "O70", "O7582", "O80", "O82")
DELIVERED = ("10D00Z", "10D07Z", "10E0XZ")
"""How the ICD-10-PCS codes of extraction and delivery of the products of conception begin."""

OBSTETRIC = CodeList("59400 59409 59410 59510 59514 59515 59610 59612 59614 59618 59620 59622")
"""Deliveries in CPT."""

PREGNANCY = re.compile(r"O(09|[1-9])|Z34|Z36|Z33")


@final
class NormalDeliveryAndMore(Edit[Claim]):
    """A normal delivery is coded with another code of pregnancy or childbirth.

    Why: O80 is for a delivery without any complication; any other code of chapter 15 names one.
    Fix: remove O80, or the other code.
    """

    id, name, snip = "ICD09", "normal-delivery-and-more", 5
    initials = frozenset("O")
    ack = "A7:255"
    carc = ("16",)
    rarc = ("M76",)
    source = Source("NCHS", TABULAR, section="O80")
    passes = (visit("O80", "Z37.0"),)
    fails = (visit("O80", "O09.511", "Z37.0"),)

    def concerns_code(self, code: Code | Malformed, _status: Status, _flags: frozenset[str], /) -> bool:
        """Whether a code is of a normal delivery."""
        return code == "O80"

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Report each other code of chapter 15 beside O80."""
        if all(code != "O80" for _, code in context.codes):
            return
        for path, code in context.codes:
            if code != "O80" and CHAPTER_15.match(code):
                message = f"O80 (normal delivery) may not be coded with {shown(code)}."
                yield self.fail(path, code, message)


@final
class DeliveryWithoutOutcome(Edit[Claim]):
    """A delivery is coded without its outcome.

    Why: the mother's claim of a delivery says with a code of Z37 how many were born, and how many alive. A
    delivery is known by its diagnosis (O80, O82, a complication of childbirth) or by its procedure.
    Fix: add the code of Z37; with O80 that is Z37.0.
    """

    id, name, snip = "ICD08", "delivery-without-outcome", 5
    initials = initials_of((*DELIVERED, "O"))
    ack = "A7:255"
    carc = ("16",)
    rarc = ("M64",)
    source = Source("CMS and NCHS", GUIDELINES, section="I.C.15.b.5")
    severity = Severity.WARNING
    passes = (visit("O80", "Z37.0"), visit("O82", "Z37.2"), visit("O99.013"), visit("O60.03"))
    fails = (
        visit("O80"),
        visit("O82"),
        visit("O99.02"),
        visit("O70.1"),
        visit("O09.513", lines=(line("59409"),)),
    )

    def concerns_code(self, code: Code | Malformed, _status: Status, _flags: frozenset[str], /) -> bool:
        """Whether a code is of a delivery."""
        return code.startswith(DELIVERED) or is_delivery(code)

    def concerns_line(self, line: LineKey, /) -> bool:
        """Whether a line is a delivery."""
        return line.code in OBSTETRIC

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Report the first code of a delivery on a claim without a code of Z37."""
        codes = context.codes
        first: tuple[str, str] | None = next(
            ((path, code) for path, code in codes if code[:1] == "O" and is_delivery(code)), None
        )
        first = first or delivery_of(context)
        if first and not any(code.startswith(OUTCOME) for _, code in codes):
            path, code = first
            yield self.fail(path, code, f"{shown(code)} is a delivery; no code of Z37 names its outcome.")


def delivery_of(context: Context[Claim]) -> tuple[str, str] | None:
    """Return the path and the code of the first procedure that is a delivery."""
    if context.is_institutional:
        return next((each for each in context.procedures if each[1].startswith(DELIVERED)), None)
    for number, each in enumerate(context.claim.lines):
        if each.procedure and each.procedure.code.startswith("59") and each.procedure.code in OBSTETRIC:
            return f"lines[{number}].procedure.code", each.procedure.code
    return None


def is_delivery(code: str) -> bool:
    """Whether a diagnosis is of a delivery: by its category, or its title that says childbirth."""
    if not CHAPTER_15.match(code) or code.startswith(SEQUELA):
        return False
    title = icd10cm[code].title if code in icd10cm else None
    return code.startswith(OF_DELIVERY) or "childbirth" in (title or "").lower()


@final
class WeeksWithoutPregnancy(Edit[Claim]):
    """Weeks of pregnancy are coded without a pregnancy.

    Why: codes of Z3A belong to the mother's record, after the code of the pregnancy.
    Fix: code the pregnancy, or remove the weeks from a newborn's claim.
    """

    id, name, snip = "ICD10", "weeks-without-pregnancy", 5
    initials = frozenset("Z")
    ack = "A7:255"
    carc = ("16",)
    rarc = ("M76",)
    source = Source("NCHS", TABULAR, section="Z3A")
    severity = Severity.WARNING
    passes = (visit("O09.512", "Z3A.20"), visit("Z34.82", "Z3A.20"))
    fails = (visit("E11.9", "Z3A.20"), visit("Z3A.20", "O09.512"))

    def concerns_code(self, code: Code | Malformed, _status: Status, _flags: frozenset[str], /) -> bool:
        """Whether a code counts weeks."""
        return code.startswith("Z3A")

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Report each code of Z3A that no code of a pregnancy comes before."""
        pregnant = False
        for path, code in context.codes:
            pregnant = pregnant or bool(PREGNANCY.match(code))
            if code.startswith("Z3A") and not pregnant:
                message = (
                    f"{getattr(code, 'dotted', code)} counts weeks; no code of a pregnancy comes before it."
                )
                yield self.fail(path, code, message)
