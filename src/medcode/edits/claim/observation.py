"""OBS01 to OBS03: observation hours and direct referrals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, final

from medcode.claims.model.institutional import InstitutionalClaim
from medcode.edits.base import Edit
from medcode.edits.examples import room, stay
from medcode.edits.modifiers.conflicts import manual
from medcode.edits.services import services
from medcode.edits.setting import Setting
from medcode.findings import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["ObservationBill", "ObservationRevenue", "ReferralWithoutHours"]

HOURS, REFERRAL = "G0378", "G0379"
REVENUE = "0762"
BILLS = frozenset({"13", "85"})
OUTPATIENT: dict[str, Any] = {"facility_type": "13", "admission": None, "reasons_for_visit": ("R07.9",)}


def hours(code: str = HOURS, revenue_code: str = REVENUE, quantity: int = 20) -> Any:
    """Make a line of observation, for the examples."""
    return room(
        revenue_code=revenue_code,
        procedure=code,
        quantity=quantity,
        unit="UN",
        service_date="2026-01-03",
        charge="900",
    )


@final
class ReferralWithoutHours(Edit[InstitutionalClaim]):
    """A direct referral for observation is billed without the observation.

    Why: G0379 is the referral of a patient to observation, whose hours G0378 counts on the same bill.
    Fix: bill the hours with G0378, or remove G0379.
    """

    id, name, snip = "OBS01", "referral-without-observation", 6
    yields_to = ("OCE58",)
    source = Source("CMS", "Integrated OCE Specifications", section="edit 58")
    settings = (Setting.OUTPATIENT,)
    applies_to = "procedures"
    ack = "A3:736"
    carc, rarc = ("107",), ("N674",)
    passes = (stay("I50.20", **OUTPATIENT, lines=(hours(), hours(REFERRAL, quantity=1))),)
    fails = (stay("I50.20", **OUTPATIENT, lines=(hours(REFERRAL, quantity=1),)),)

    def check(self, _claim: InstitutionalClaim, context: Context[InstitutionalClaim]) -> Iterator[Finding]:
        """Look for the hours beside a referral."""
        found = services(context)
        for service in found:
            if service.code == REFERRAL and all(each.code != HOURS for each in found):
                message = (
                    f"G0379 ({service.line}) is a referral to observation; its hours (G0378) are not billed."
                )
                yield self.fail(service.path, service.code, message)


@final
class ObservationBill(Edit[InstitutionalClaim]):
    """Observation is billed on another type of bill than a hospital's outpatient bill.

    Why: G0378 and G0379 are for types of bill 013x and 085x.
    Fix: correct the type of bill, or remove the lines.
    """

    id, name, snip = "OBS02", "observation-bill-type", 6
    yields_to = ("OCE53",)
    source = Source("CMS", "Integrated OCE Specifications", section="edit 53")
    settings = (Setting.OUTPATIENT,)
    applies_to = "procedures"
    ack = "A7:228"
    carc, rarc = ("5", "16"), ("MA30",)
    passes = (stay("I50.20", **OUTPATIENT, lines=(hours(),)),)
    fails = (stay("I50.20", **{**OUTPATIENT, "facility_type": "14"}, lines=(hours(),)),)

    def check(self, claim: InstitutionalClaim, context: Context[InstitutionalClaim]) -> Iterator[Finding]:
        """Check the type of bill."""
        for service in services(context):
            if service.code in {HOURS, REFERRAL} and claim.facility_type not in BILLS:
                message = (
                    f"{service.code} ({service.line}) is for bills 013x and 085x, not {claim.bill_type}."
                )
                yield self.fail(service.path, service.code, message)


@final
class ObservationRevenue(Edit[InstitutionalClaim]):
    """Observation hours have another revenue code than 0762, or more hours than the bill has.

    Why: the hours of G0378 are billed once, on the day observation began, under revenue code 0762.
    Fix: correct the revenue code or the hours.
    """

    id, name, snip = "OBS03", "observation-hours", 6
    source = manual(4, "290.2.2")
    settings = (Setting.OUTPATIENT,)
    requires = ("discharge", "days", "quantities")
    applies_to = "procedures"
    ack = "A7:455"
    carc, rarc = ("16",), ("M50", "M53")
    passes = (stay("I50.20", **OUTPATIENT, lines=(hours(),)),)
    fails = (
        stay("I50.20", **OUTPATIENT, lines=(hours(revenue_code="0761"),)),
        stay("I50.20", **OUTPATIENT, lines=(hours(quantity=400),)),
    )

    def check(self, claim: InstitutionalClaim, context: Context[InstitutionalClaim]) -> Iterator[Finding]:
        """Check each line of hours."""
        for service in services(context):
            if service.code != HOURS:
                continue
            revenue = claim.lines[service.number].revenue_code
            if revenue != REVENUE:
                message = f"G0378 ({service.line}) is billed under revenue code 0762, not {revenue}."
                yield self.fail(f"lines[{service.number}].revenue_code", service.code, message)
            most = 24 * ((context.day - service.day).days + 1) if context.day else None
            if most is not None and service.units > most > 0:
                message = f"G0378 ({service.line}) has {service.units} hours; from {service.day} to the end of the bill there are {most}."
                yield self.fail(f"lines[{service.number}].quantity", service.code, message)
