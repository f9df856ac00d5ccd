"""AMB01 to AMB04: where an ambulance went, and its miles."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_UP, Decimal
from typing import TYPE_CHECKING, Any, final

from medcode.claims.model.ambulance import Ambulance, Location
from medcode.claims.model.claim import ProfessionalClaim
from medcode.claims.model.institutional import InstitutionalClaim
from medcode.claims.model.party import Address
from medcode.edits.base import Edit
from medcode.edits.examples import MEDICARE_PATIENT, line, visit
from medcode.edits.kinds import AMBULANCE_BASE, MILEAGE
from medcode.edits.modifiers.conflicts import manual
from medcode.edits.modifiers.lists import TRIP, listed
from medcode.edits.services import services
from medcode.edits.setting import Setting
from medcode.findings import Fix, FixKind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.edits.services import Service
    from medcode.findings import Finding

__all__ = ["MileagePrecision", "MileageWithoutTransport", "OriginAndDestination", "TransportWithoutMileage"]

SOURCE = manual(15, "30")
OF_AIR = {"A0435": frozenset({"A0430"}), "A0436": frozenset({"A0431"})}
OF_GROUND = frozenset({"A0426", "A0427", "A0428", "A0429", "A0433", "A0434"})
TO_THE_SCENE = frozenset({"QL"})  # the patient died before transport
SCENE = Location(Address("5 ELM ST", "ANYTOWN", "NY", "12345"))
A_TRIP = Ambulance(reason="A", distance=12, pick_up=SCENE, drop_off=SCENE)


def to_medicare(*lines: object, **changes: Any) -> ProfessionalClaim:
    """Make a trip of a Medicare patient, for the examples."""
    given: dict[str, Any] = {
        "lines": lines,
        "subscriber": MEDICARE_PATIENT,
        "ambulance": A_TRIP,
        **changes,
    }
    return visit(place_of_service="41", **given)


@final
class OriginAndDestination(Edit[ProfessionalClaim | InstitutionalClaim]):
    """An ambulance service does not say from where to where.

    Why: two letters in one modifier name the origin and the destination of the trip, such as RH from a
    residence to a hospital: D, E, G, H, I, J, N, P, R or S, and X only as a stop on the way.
    Fix: add the modifier of the trip to the transport and to its miles.
    """

    id, name, snip = "AMB01", "origin-and-destination", 7
    source = SOURCE
    settings = (Setting.PROFESSIONAL, Setting.OUTPATIENT)
    applies_to = "ambulance"
    ack = "A7:453"
    carc, rarc = ("4", "16"), ("N822",)
    passes = (
        to_medicare(line("A0427", modifiers=("RH",))),
        to_medicare(line("A0427"), subscriber=MEDICARE_PATIENT.evolve(claim_filing="CI")),
    )
    fails = (to_medicare(line("A0427")),)

    def check(
        self,
        _claim: ProfessionalClaim | InstitutionalClaim,
        context: Context[ProfessionalClaim | InstitutionalClaim],
    ) -> Iterator[Finding]:
        """Check each transport and each mileage of a claim to Medicare."""
        for service in services(context) if context.is_medicare else ():
            if service.code not in AMBULANCE_BASE and service.code not in MILEAGE:
                continue
            if not service.modifiers & (TRIP | TO_THE_SCENE):
                message = f"{service.code} ({service.line}) needs the modifier of its origin and destination, such as RH (residence to hospital)."
                yield self.fail(service.modifiers_path, service.code, message)


@final
class MileageWithoutTransport(Edit[ProfessionalClaim | InstitutionalClaim]):
    """Ambulance miles are billed without the transport.

    Why: miles are paid only with a covered transport of the same trip: ground miles with a ground ambulance, air
    miles with an airplane or a helicopter; both lines name the same origin and destination.
    Fix: bill the transport, remove the miles, or correct the modifier of the trip.
    """

    id, name, snip = "AMB02", "mileage-without-transport", 6
    source = SOURCE
    settings = (Setting.PROFESSIONAL, Setting.OUTPATIENT)
    applies_to = "ambulance"
    requires = ("day", "days")
    ack = "A3:736"
    carc, rarc = ("107",), ("N674",)
    passes = (to_medicare(line("A0427", modifiers=("RH",)), line("A0425", modifiers=("RH",), quantity=12)),)
    fails = (
        to_medicare(line("A0425", modifiers=("RH",), quantity=12)),
        to_medicare(line("A0427", modifiers=("RH",)), line("A0436", modifiers=("RH",), quantity=12)),
        to_medicare(line("A0427", modifiers=("RH",)), line("A0425", modifiers=("HR",), quantity=12)),
    )

    def check(
        self,
        _claim: ProfessionalClaim | InstitutionalClaim,
        context: Context[ProfessionalClaim | InstitutionalClaim],
    ) -> Iterator[Finding]:
        """Look beside each mileage for a transport of its kind on the day, and of its trip."""
        found = services(context)
        for service in found:
            if service.code not in MILEAGE:
                continue
            kind = "air transport" if service.code in OF_AIR else "ground transport"
            beside = [
                each
                for each in found
                if each.meets(service) and each.code in OF_AIR.get(service.code, OF_GROUND)
            ]
            if not beside:
                message = (
                    f"{service.code} ({service.line}) bills miles on {service.day} without {kind} that day."
                )
                yield self.fail(service.path, service.code, message)
            elif strays(service, beside):
                others = ", ".join(f"{listed(each.modifiers & TRIP)} ({each.line})" for each in beside)
                message = f"{service.code} ({service.line}) bills miles of trip {listed(service.modifiers & TRIP)}; the {kind} of {service.day} is {others}."
                yield self.fail(service.modifiers_path, service.code, message)


def strays(miles: Service, transports: list[Service]) -> bool:
    """Whether miles name a trip, and every transport another one."""
    trip = miles.modifiers & TRIP
    return bool(trip) and all(bool(own := each.modifiers & TRIP) and not own & trip for each in transports)


@final
class TransportWithoutMileage(Edit[ProfessionalClaim]):
    """An ambulance transport is billed without its miles.

    Why: every covered transport carries the patient some distance, which is billed on a line of its own.
    Fix: bill the miles that the patient was carried.
    """

    id, name, snip = "AMB03", "transport-without-mileage", 6
    source = SOURCE
    severity = Severity.INFO
    settings = (Setting.PROFESSIONAL,)
    applies_to = "ambulance"
    requires = ("day", "days")
    opt_in = True
    no_ack = "payers take such a claim; it is the provider that loses the payment of the miles"
    passes = (to_medicare(line("A0427", modifiers=("RH",)), line("A0425", modifiers=("RH",), quantity=12)),)
    fails = (to_medicare(line("A0427", modifiers=("RH",))),)

    def check(
        self,
        _claim: ProfessionalClaim,
        context: Context[ProfessionalClaim],
    ) -> Iterator[Finding]:
        """Look beside each transport for miles."""
        found = services(context)
        for service in found:
            if service.code in AMBULANCE_BASE and not any(is_of_trip(each, service) for each in found):
                message = f"{service.code} ({service.line}) has no miles on {service.day}."
                yield self.fail(service.path, service.code, message)


def is_of_trip(each: Service, transport: Service) -> bool:
    """Whether a service bills miles on the day of a transport."""
    return each.code in MILEAGE and each.meets(transport)


TENTH, WHOLE = Decimal("0.1"), Decimal(1)
LONG_TRIP = 100


@final
class MileagePrecision(Edit[ProfessionalClaim | InstitutionalClaim]):
    """Ambulance miles are finer than Medicare counts them.

    Why: since 2011 trips of less than 100 miles are billed in tenths of a mile, rounded up, and longer ones in whole
    miles; Medicare cuts off what is finer, so that up to a tenth of a mile or a mile is lost.
    Fix: round the miles up.
    """

    id, name, snip = "AMB04", "mileage-precision", 7
    source = SOURCE
    severity = Severity.WARNING
    settings = (Setting.PROFESSIONAL, Setting.OUTPATIENT)
    applies_to = "ambulance"
    requires = ("quantities",)
    since = date(2011, 1, 1)
    no_ack = "Medicare takes such a claim and cuts off the decimals"
    passes = (
        to_medicare(line("A0427", modifiers=("RH",)), line("A0425", modifiers=("RH",), quantity="12.3")),
    )
    fails = (
        to_medicare(line("A0427", modifiers=("RH",)), line("A0425", modifiers=("RH",), quantity="12.25")),
    )

    def check(
        self,
        _claim: ProfessionalClaim | InstitutionalClaim,
        context: Context[ProfessionalClaim | InstitutionalClaim],
    ) -> Iterator[Finding]:
        """Round the miles of each trip of a claim to Medicare."""
        for service in services(context) if context.is_medicare else ():
            step = TENTH if service.units < LONG_TRIP else WHOLE
            rounded = service.units.quantize(step, ROUND_UP)
            if service.code in MILEAGE and rounded != service.units:
                path = f"lines[{service.number}].quantity"
                unit = (
                    "tenths of a mile below 100 miles" if step == TENTH else "whole miles from 100 miles on"
                )
                message = f"{service.code} ({service.line}) bills {service.units} miles; Medicare counts {unit}, rounded up: {rounded}."
                fix = Fix(f"Bill {rounded} miles.", path, rounded, old=service.units, kind=FixKind.SAFE)
                yield self.fail(path, service.code, message, fix=fix)
