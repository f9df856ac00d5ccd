"""CLM55 to CLM58: certificates of laboratories and mammography, and the trip of an ambulance."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from medcode.claims.model.ambulance import Ambulance
from medcode.claims.model.claim import ProfessionalClaim
from medcode.claims.model.references import ClaimReferences, LineReferences
from medcode.edits.base import Edit
from medcode.edits.examples import line, visit
from medcode.edits.kinds import kinds_of
from medcode.edits.services import services
from medcode.edits.setting import Setting
from medcode.edits.tables import Tables
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.edits.services import Service
    from medcode.findings import Finding

__all__ = [
    "AmbulanceWithoutTrip",
    "LaboratoryWithoutClia",
    "MammographyUncertified",
    "WaivedTestWithoutClia",
]

CLIA_MANUAL = "Medicare Claims Processing Manual, Pub. 100-04, chapter 16"
WAIVED = "QW"
INTERPRETED = "26"
CLIA = ClaimReferences(clia="34D1234567")


def certified(claim: ProfessionalClaim, service: Service, field: str) -> bool:
    """Whether the line or the claim has a certificate."""
    parts = (claim.lines[service.number], claim)
    return any(getattr(part.references, field) for part in parts)


@final
class WaivedTestWithoutClia(Edit[ProfessionalClaim]):
    """A waived laboratory test has no CLIA number.

    Why: modifier QW says that the laboratory holds a CLIA certificate of waiver; its number belongs on
    the claim or on the line.
    Fix: add the number of the certificate.
    """

    id, name, snip = "CLM55", "waived-test-without-clia", 6
    ack = "A7:544"
    carc = ("16",)
    rarc = ("MA120",)
    source = Source("CMS", CLIA_MANUAL, section="70.2 and 70.8")
    settings = (Setting.PROFESSIONAL,)
    applies_to = "modifiers"
    passes = (
        visit(lines=(line("81025", modifiers=("QW",)),), references=CLIA),
        visit(lines=(line("81025", modifiers=("QW",), references=LineReferences(clia="34D1234567")),)),
    )
    fails = (visit(lines=(line("81025", modifiers=("QW",)),)),)

    def concerns_modifiers(self, modifiers: tuple[str, ...], /) -> bool:
        """Whether a line is a waived test."""
        return WAIVED in modifiers

    def check(self, claim: ProfessionalClaim, context: Context[ProfessionalClaim]) -> Iterator[Finding]:
        """Check each line with QW."""
        for service in services(context):
            if WAIVED in service.modifiers and not certified(claim, service, "clia"):
                message = f"{service.code} ({service.line}) is billed as a waived test (QW); the laboratory's CLIA number is missing."
                yield self.fail(f"lines[{service.number}].references.clia", service.code, message)


@final
class LaboratoryWithoutClia(Edit[ProfessionalClaim]):
    """A laboratory test has no CLIA number.

    Why: tests that CLIA covers are paid to certified laboratories alone. Which tests it covers CMS lists;
    without the user's table of them, `Tables(clia=...)`, any code of the laboratory chapter counts.
    Fix: add the number of the laboratory's certificate, where the test is covered.
    """

    id, name, snip = "CLM56", "laboratory-without-clia", 6
    ack = "A7:544"
    carc = ("16",)
    rarc = ("MA120",)
    source = Source("CMS", CLIA_MANUAL, section="70.10")
    severity = Severity.WARNING
    settings = (Setting.PROFESSIONAL,)
    applies_to = "procedures"
    example_tables = Tables(clia=["80053"])
    passes = (visit(lines=(line("80053"),), references=CLIA), visit(lines=(line("86485"),)), visit())
    fails = (visit(lines=(line("80053"),)),)

    @classmethod
    def concerns_claim(cls, context: Context[ProfessionalClaim], /) -> bool:
        """Whether a line has a code of the laboratory chapter, or the user's table says which tests are covered."""
        done = [line.procedure.code for line in context.claim.lines]
        return bool(context.tables.clia) or any("laboratory" in kinds_of(code) for code in done)

    def check(self, claim: ProfessionalClaim, context: Context[ProfessionalClaim]) -> Iterator[Finding]:
        """Check each test that is not merely interpreted; one with QW is another edit's."""
        listed = context.tables.clia
        for service in services(context):
            covered = service.code in listed if listed else "laboratory" in kinds_of(service.code)
            if not covered or service.modifiers & {WAIVED, INTERPRETED}:
                continue
            if not certified(claim, service, "clia"):
                message = f"{service.code} ({service.line}) is a laboratory test; the laboratory's CLIA number is missing."
                yield self.fail(f"lines[{service.number}].references.clia", service.code, message)


@final
class MammographyUncertified(Edit[ProfessionalClaim]):
    """A mammography has no certification number.

    Why: mammograms are paid to facilities that FDA certified; the number belongs on the claim or line.
    Fix: add the facility's certification number.
    """

    id, name, snip = "CLM57", "mammography-uncertified", 6
    ack = "A7:142:77"
    carc = ("16",)
    rarc = ("MA128",)
    source = Source("CMS", "Medicare Claims Processing Manual, Pub. 100-04, chapter 18", section="20")
    severity = Severity.WARNING
    settings = (Setting.PROFESSIONAL,)
    applies_to = "mammography"
    passes = (
        visit(lines=(line("77067"),), references=ClaimReferences(mammography_certification="123456")),
        visit(),
    )
    fails = (visit(lines=(line("77067"),)),)

    def check(self, claim: ProfessionalClaim, context: Context[ProfessionalClaim]) -> Iterator[Finding]:
        """Check each mammography."""
        for service in services(context):
            if "mammography" in kinds_of(service.code) and not certified(
                claim, service, "mammography_certification"
            ):
                path = f"lines[{service.number}].references.mammography_certification"
                yield self.fail(
                    path,
                    service.code,
                    f"{service.code} ({service.line}) needs the facility's mammography certification number.",
                )


@final
class AmbulanceWithoutTrip(Edit[ProfessionalClaim]):
    """An ambulance service has no trip.

    Why: the reason and the distance of a trip decide how it is paid.
    Fix: add the reason and the distance to the claim or the line.
    """

    id, name, snip = "CLM58", "ambulance-without-trip", 6
    ack = "A7:337"
    carc = ("16",)
    rarc = ("MA130",)
    source = Source("X12", "005010X222A1", section="2300 and 2400 CR1")
    severity = Severity.WARNING
    settings = (Setting.PROFESSIONAL,)
    applies_to = "ambulance"
    passes = (
        visit(place_of_service="41", lines=(line("A0427"),), ambulance=Ambulance(reason="A", distance=12)),
        visit(),
    )
    fails = (visit(place_of_service="41", lines=(line("A0427"),)),)

    def check(self, claim: ProfessionalClaim, context: Context[ProfessionalClaim]) -> Iterator[Finding]:
        """Look for the trip beside each ambulance service."""
        for service in services(context):
            trip = claim.ambulance or claim.lines[service.number].ambulance
            if "ambulance" in kinds_of(service.code) and not trip:
                message = f"{service.code} ({service.line}) is an ambulance service; add the reason and distance of the trip."
                yield self.fail(f"lines[{service.number}].ambulance", service.code, message)
