"""PFS09: a part of a service that the hospital is paid for, billed by the practitioner."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import ProfessionalClaim
from medcode.edits.base import Edit
from medcode.edits.examples import MEDICARE_PATIENT, line, visit
from medcode.edits.fees.example import EXAMPLE
from medcode.edits.fees.indicators import indicators_of
from medcode.edits.services import services
from medcode.edits.setting import Setting
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["TechnicalPartInHospital"]

HOSPITALS = frozenset({"19", "21", "22", "23"})
TECHNICAL_ALONE, INCIDENT = "3", "5"
TECHNICAL = "TC"


@final
class TechnicalPartInHospital(Edit[ProfessionalClaim]):
    """A practitioner bills the hospital's component of a service.

    Why: in a hospital, Medicare pays the technical part of a test, and services incident to a
    physician's, to the hospital.
    Fix: bill the professional component (26), or leave the line to the hospital.
    """

    id, name, snip = "PFS09", "technical-part-in-hospital", 7
    ack = "A3:249"
    carc = ("5",)
    rarc = ("M77",)
    source = Source("CMS", "Medicare Claims Processing Manual, Pub. 100-04, chapter 13", section="20.2.1")
    severity = Severity.WARNING
    settings = (Setting.PROFESSIONAL,)
    requires = ("day",)
    applies_to = "medicare"
    example_tables = EXAMPLE
    passes = (
        visit(subscriber=MEDICARE_PATIENT, place_of_service="22", lines=(line("G0130", modifiers=("26",)),)),
        visit(subscriber=MEDICARE_PATIENT, lines=(line("G0130", modifiers=("TC",)),)),
    )
    fails = (
        visit(subscriber=MEDICARE_PATIENT, place_of_service="22", lines=(line("G0130", modifiers=("TC",)),)),
    )

    def check(self, claim: ProfessionalClaim, context: Context[ProfessionalClaim]) -> Iterator[Finding]:
        """Check each service in a hospital."""
        for service in services(context):
            place = claim.lines[service.number].place_of_service or claim.place_of_service
            if place not in HOSPITALS:
                continue
            found = indicators_of(self, service, context)
            if found is None:
                continue
            if not isinstance(found, tuple):
                yield found
            elif TECHNICAL in service.modifiers or found.pctc in {TECHNICAL_ALONE, INCIDENT}:
                message = f"{service.code} ({service.line}) is paid to the hospital at place of service {place}; bill the professional component (26) if there is one."
                yield self.fail(service.path, service.code, message)
