"""CLM35, CLM36 and CLM79: accidents without their state or day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, final

from medcode.claims.model.certification import Accident
from medcode.claims.model.dates import ClaimDates
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
class AccidentWithoutState(Edit[Any]):
    """A car accident does not name its state.

    Why: which insurer pays depends on the state's law.
    Cure: give the state; where it happened abroad, the country.
    """

    id, name, snip = "CLM35", "accident-without-state", 4
    source = Source("X12", "005010X222A1", section="2300 CLM11-4")
    settings = (Setting.PROFESSIONAL, Setting.DENTAL)
    concerns = "accident"
    passes = (visit(accident=Accident(("AA",), state="NY"), dates=ON_NEW_YEAR), visit())
    fails = (visit(accident=Accident(("AA",)), dates=ON_NEW_YEAR),)

    def check(self, claim: Any, _context: Context) -> Iterator[Finding]:
        """Look for state or country."""
        accident = claim.accident
        if accident and CAR in accident.causes and not (accident.state or accident.country):
            yield self.fail("accident.state", None, "A car accident needs its state.")


@final
class AccidentWithoutDate(Edit[Any]):
    """An accident does not name its day.

    Why: with a car or another accident as cause the payer asks when it happened.
    Cure: give the day of the accident.
    """

    id, name, snip = "CLM36", "accident-without-date", 4
    source = Source("X12", "005010X222A1", section="2300 DTP 439")
    settings = (Setting.PROFESSIONAL, Setting.DENTAL)
    concerns = "accident"
    passes = (visit(accident=Accident(("OA",)), dates=ON_NEW_YEAR), visit(accident=Accident(("EM",))))
    fails = (dental(accident=Accident(("OA",))), visit(accident=Accident(("OA",))))

    def check(self, claim: Any, _context: Context) -> Iterator[Finding]:
        """Look for the day."""
        accident = claim.accident
        if accident and {CAR, ANY_OTHER} & set(accident.causes) and claim.dates.accident is None:
            yield self.fail("dates.accident", None, "An accident needs its day.")


@final
class WorkInjuryUndated(Edit[Any]):
    """An injury at work does not say that it is one, or when it happened.

    Why: the compensation payer finds the case by its number and the day of the injury.
    Cure: give employment as the cause, the day of the injury, and the payer's number of the case.
    """

    id, name, snip = "CLM79", "work-injury-undated", 7
    source = Source("X12", "005010X222A1", section="2300 CLM11 and DTP 439, 2010BA REF Y4")
    settings = (Setting.PROFESSIONAL,)
    opt_in = True
    passes = (visit(accident=Accident(("EM",)), dates=ON_NEW_YEAR, subscriber=INJURED), visit())
    fails = (visit(subscriber=INJURED, dates=ON_NEW_YEAR),)

    def check(self, claim: Any, _context: Context) -> Iterator[Finding]:
        """Look for all three on a claim to a compensation payer."""
        if claim.subscriber.claim_filing != COMPENSATION:
            return
        if claim.accident is None or WORK not in claim.accident.causes:
            yield self.fail("accident.causes", None, "The claim does not name employment as the cause.")
        if claim.dates.accident is None:
            yield self.fail("dates.accident", None, "The day of the injury is missing.")
        if not claim.patient.casualty_claim_number:
            yield self.fail(
                "patient.casualty_claim_number", None, "The payer's number of the case is missing."
            )
