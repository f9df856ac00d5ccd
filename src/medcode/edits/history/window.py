"""HIS06: outpatient services of a hospital in the three days before it admits the patient."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, final

from medcode.claims.model.institutional import InstitutionalClaim
from medcode.claims.model.procedure import Procedure
from medcode.edits.base import Edit
from medcode.edits.bills import is_acute_stay, is_opps
from medcode.edits.days import first_day
from medcode.edits.examples import MEDICARE_PATIENT, room, stay
from medcode.edits.history.record import NOT_RELATED, is_apart
from medcode.edits.services import who
from medcode.edits.setting import INSTITUTIONAL
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["OutpatientInWindow"]

WINDOW = 3
MEDICARE = MEDICARE_PATIENT.evolve(claim_filing="MA")
VISIT: dict[str, Any] = {
    "subscriber": MEDICARE,
    "facility_type": "13",
    "admission": None,
    "reasons_for_visit": ("R07.9",),
    "days": 0,
    "on": "2025-12-30",
    "lines": (
        room(
            revenue_code="0730",
            procedure=Procedure("93005"),
            quantity=1,
            unit="UN",
            charge="90",
            service_date="2025-12-30",
        ),
    ),
}


@final
class OutpatientInWindow(Edit[InstitutionalClaim]):
    """A hospital bills an outpatient service of the three days before it admits the patient.

    Why: Medicare pays diagnostic services of the three days before a stay, and others that are related to it, with
    the stay. Ambulance trips and maintenance dialysis are apart.
    Fix: bill the service on the stay's bill; for services that are neither diagnostic nor related add condition
    code 51.
    """

    id, name, snip = "HIS06", "three-day-window", 7
    source = Source("CMS", "Medicare Claims Processing Manual, Pub. 100-04, chapter 3", section="40.3")
    severity = Severity.WARNING
    settings = INSTITUTIONAL
    requires = ("discharge",)
    applies_to = "medicare"
    ack = "A3:735"
    carc, rarc = ("60", "97"), ("M2",)
    over_batch = True
    opt_in = True
    passes = (stay("I50.20", subscriber=MEDICARE),)
    fails = (stay("R07.9", **VISIT), stay("I50.20", subscriber=MEDICARE))

    def check(self, claim: InstitutionalClaim, context: Context[InstitutionalClaim]) -> Iterator[Finding]:
        """Compare an outpatient bill with the hospital's stays; a stay with outpatient bills that were sent."""
        found = context.history.of(context)
        if found is None:
            return
        _, record = found
        hospital = who(claim.billing_provider)
        if is_acute_stay(claim):
            begins = first_day(claim.admission)
            for before in window_before(begins) if begins else ():
                where = record.visits.get((hospital, before))
                if where and where.endswith("history"):
                    message = (
                        f"The outpatient services of {before} ({where}) are within three days before this stay began "
                        f"on {begins}; bill them with the stay, unless condition code 51 applies."
                    )
                    yield self.fail("admission", None, message)
        elif is_opps(claim) and NOT_RELATED not in claim.condition_codes:
            for number, day in enumerate(context.line_days):
                each = claim.lines[number].procedure
                if day is None or is_apart(claim.lines[number]):
                    continue
                days = [day + timedelta(days=ahead) for ahead in range(WINDOW + 1)]
                for admitted in [on for on in days if (hospital, on) in record.admissions][:1]:
                    message = (
                        f"Line {number + 1} of {day} is within three days before the hospital admitted the patient "
                        f"on {admitted} ({record.admissions[hospital, admitted]}); bill it with the stay, or add "
                        f"condition code 51 if it is neither diagnostic nor related."
                    )
                    yield self.fail(f"lines[{number}].service_date", each.code if each else None, message)


def window_before(admitted: date) -> list[date]:
    """Return the day of admission and the three before it."""
    return [admitted - timedelta(days=back) for back in range(WINDOW + 1)]
