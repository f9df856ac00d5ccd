"""ORD01 and VAX01: services that need an order, or a vaccine beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import ProfessionalClaim
from medcode.claims.model.institutional import InstitutionalClaim
from medcode.claims.model.references import ClaimReferences
from medcode.edits.base import Edit
from medcode.edits.examples import ATTENDING, MEDICARE_PATIENT, line, visit
from medcode.edits.kinds import CodeList, kinds_of
from medcode.edits.modifiers.conflicts import manual
from medcode.edits.services import services
from medcode.edits.setting import Setting
from medcode.findings import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["AdministrationWithoutVaccine", "OrderingProvider"]

INTERPRETED = "26"
ORDERED = {"laboratory": "a laboratory test", "imaging": "imaging", "supplier_items": "equipment or a supply"}
CLIA = ClaimReferences(clia="34D1234567")

VACCINES = {
    "G0008": CodeList(
        """90630 90631 90635 90637 90638 90653-90658 90660-90662 90664 90666-90668 90672-90674 90682 90685-90689
        90694 90756 Q2034-Q2039"""
    ),
    "G0009": CodeList("90670 90671 90677 90684 90732"),
    "G0010": CodeList("90739 90740 90743 90744 90746-90748 90759"),
}
NAMES = {"G0008": "influenza", "G0009": "pneumococcal disease", "G0010": "hepatitis B"}


@final
class OrderingProvider(Edit[ProfessionalClaim]):
    """A service that Medicare pays only on an order names nobody who ordered it.

    Why: imaging, laboratory tests and equipment name the ordering or referring provider with the NPI; an
    interpretation alone (modifier 26) does not.
    Fix: add the ordering provider of the line or the referring provider of the claim.
    """

    id, name, snip = "ORD01", "ordering-provider", 7
    source = Source("HHS", "42 CFR 424.507", section="(a)")
    settings = (Setting.PROFESSIONAL,)
    applies_to = "medicare"
    ack = "A7:562:DK"
    carc, rarc = ("16", "206"), ("N264", "N265", "N285", "N286")
    passes = (
        visit(
            subscriber=MEDICARE_PATIENT, referring_provider=ATTENDING, references=CLIA, lines=(line("80053"),)
        ),
        visit(subscriber=MEDICARE_PATIENT, lines=(line("71046", modifiers=("26",)),)),
    )
    fails = (
        visit(subscriber=MEDICARE_PATIENT, lines=(line("71046"),)),
        visit(subscriber=MEDICARE_PATIENT, lines=(line("E0601", modifiers=("RR",)),)),
    )

    def check(self, claim: ProfessionalClaim, context: Context[ProfessionalClaim]) -> Iterator[Finding]:
        """Check each such service."""
        for service in services(context):
            kinds = [word for kind, word in ORDERED.items() if kind in kinds_of(service.code)]
            if not kinds or INTERPRETED in service.modifiers:
                continue
            each = claim.lines[service.number]
            if not (each.ordering_provider or each.referring_provider or claim.referring_provider):
                message = f"{service.code} ({service.line}) is {kinds[0]}; Medicare asks for the provider who ordered it."
                yield self.fail(f"lines[{service.number}].ordering_provider", service.code, message)


@final
class AdministrationWithoutVaccine(Edit[ProfessionalClaim | InstitutionalClaim]):
    """The administration of a vaccine is billed without the vaccine.

    Why: G0008, G0009 and G0010 administer influenza, pneumococcal and hepatitis B vaccines, which are billed beside
    them even where they cost nothing.
    Fix: bill the vaccine of the day, or the administration that was done.
    """

    id, name, snip = "VAX01", "administration-without-vaccine", 6
    source = manual(18, "10.2.1")
    settings = (Setting.PROFESSIONAL, Setting.OUTPATIENT)
    requires = ("day", "days")
    applies_to = "medicare"
    ack = "A3:736"
    carc, rarc = ("107",), ("N674",)
    passes = (visit("Z23", subscriber=MEDICARE_PATIENT, lines=(line("G0008"), line("90662"))),)
    fails = (
        visit("Z23", subscriber=MEDICARE_PATIENT, lines=(line("G0008"),)),
        visit("Z23", subscriber=MEDICARE_PATIENT, lines=(line("G0009"), line("90662"))),
    )

    def check(
        self,
        _claim: ProfessionalClaim | InstitutionalClaim,
        context: Context[ProfessionalClaim | InstitutionalClaim],
    ) -> Iterator[Finding]:
        """Look for a vaccine of the kind on the day."""
        found = services(context)
        for service in found:
            vaccines = VACCINES.get(service.code)
            if vaccines and not any(each.code in vaccines and each.meets(service) for each in found):
                message = f"{service.code} ({service.line}) administers a vaccine against {NAMES[service.code]} on {service.day}; the vaccine is not billed."
                yield self.fail(service.path, service.code, message)
