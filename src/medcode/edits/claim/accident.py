"""CLM35, CLM36 and CLM79: accidents without their state or date."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from medcode.claims.model.certification import Accident
from medcode.claims.model.claim import ProfessionalClaim
from medcode.claims.model.dates import ClaimDates
from medcode.claims.model.dental import DentalClaim
from medcode.edits.base import Edit
from medcode.edits.examples import SUBSCRIBER, dental, visit
from medcode.edits.setting import Setting
from medcode.findings import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["AccidentWithoutDate", "AccidentWithoutState", "WorkInjuryUndated"]

CAR, WORK, ANY_OTHER = "AA", "EM", "OA"
COMPENSATION = "WC"
ON_NEW_YEAR = ClaimDates(accident="2026-01-01")
INJURED = SUBSCRIBER.evolve(birth_date="1986-01-01", casualty_claim_number="7", claim_filing="WC")


@final
class AccidentWithoutState(Edit[ProfessionalClaim | DentalClaim]):
    """A car accident has no state.

    Why: which insurer pays depends on the state's law.
    Fix: add the state; where it happened abroad, the country.
    """

    id, name, snip = "CLM35", "accident-without-state", 4
    ack = "A7:750"
    carc = ("16",)
    rarc = ("MA130",)
    source = Source("X12", "005010X222A1", section="2300 CLM11-4")
    settings = (Setting.PROFESSIONAL, Setting.DENTAL)
    applies_to = "accident"
    passes = (visit(accident=Accident(("AA",), state="NY"), dates=ON_NEW_YEAR), visit())
    fails = (visit(accident=Accident(("AA",)), dates=ON_NEW_YEAR),)

    def check(
        self, claim: ProfessionalClaim | DentalClaim, _context: Context[ProfessionalClaim | DentalClaim]
    ) -> Iterator[Finding]:
        """Look for state or country."""
        accident = claim.accident
        if accident and CAR in accident.causes and not (accident.state or accident.country):
            yield self.fail(
                "accident.state",
                None,
                "An auto accident (cause AA) needs the state where it happened, or the country.",
            )


@final
class AccidentWithoutDate(Edit[ProfessionalClaim | DentalClaim]):
    """An accident has no date.

    Why: with a car or another accident as cause the payer asks when it happened.
    Fix: add the date of the accident.
    """

    id, name, snip = "CLM36", "accident-without-date", 4
    ack = "A7:727"
    carc = ("16",)
    rarc = ("N305",)
    source = Source("X12", "005010X222A1", section="2300 DTP 439")
    settings = (Setting.PROFESSIONAL, Setting.DENTAL)
    applies_to = "accident"
    passes = (visit(accident=Accident(("OA",)), dates=ON_NEW_YEAR), visit(accident=Accident(("EM",))))
    fails = (dental(accident=Accident(("OA",))), visit(accident=Accident(("OA",))))

    def check(
        self, claim: ProfessionalClaim | DentalClaim, _context: Context[ProfessionalClaim | DentalClaim]
    ) -> Iterator[Finding]:
        """Look for the day."""
        accident = claim.accident
        if accident and {CAR, ANY_OTHER} & set(accident.causes) and claim.dates.accident is None:
            yield self.fail("dates.accident", None, "An accident (cause AA or OA) needs its date.")


@final
class WorkInjuryUndated(Edit[ProfessionalClaim]):
    """A claim for an injury at work lacks the cause, the date or the case number.

    Why: the compensation payer finds the case by its number and the day of the injury.
    Fix: add employment (EM) as the cause, the date of the injury, and the payer's case number.
    """

    id, name, snip = "CLM79", "work-injury-undated", 7
    ack = "A7:749"
    carc = ("16",)
    rarc = ("N305",)
    source = Source("X12", "005010X222A1", section="2300 CLM11 and DTP 439, 2010BA REF Y4")
    settings = (Setting.PROFESSIONAL,)
    opt_in = True
    passes = (visit(accident=Accident(("EM",)), dates=ON_NEW_YEAR, subscriber=INJURED), visit())
    fails = (visit(subscriber=INJURED, dates=ON_NEW_YEAR),)

    def check(self, claim: ProfessionalClaim, _context: Context[ProfessionalClaim]) -> Iterator[Finding]:
        """Look for all three on a claim to a compensation payer."""
        if claim.subscriber.claim_filing != COMPENSATION:
            return
        if claim.accident is None or WORK not in claim.accident.causes:
            yield self.fail(
                "accident.causes",
                None,
                "Add employment (EM) as a cause of the accident; the claim goes to workers' compensation.",
            )
        if claim.dates.accident is None:
            yield self.fail("dates.accident", None, "The date of the injury is missing.")
        if not claim.patient.casualty_claim_number:
            yield self.fail("patient.casualty_claim_number", None, "The payer's case number is missing.")
