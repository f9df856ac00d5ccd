"""Professional and dental services: what a line, or the claim for its lines, must bring along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims.model.ambulance import Ambulance, Location
from medcode.claims.model.certification import Certification, SpinalManipulation
from medcode.claims.model.dates import ClaimDates, LineDates
from medcode.claims.model.dental import Orthodontics
from medcode.claims.model.equipment import Equipment, EquipmentCertification
from medcode.claims.model.party import Address, Contact, Provider
from medcode.claims.model.references import ClaimReferences, LineReferences
from medcode.claims.model.supplement import Attachment
from medcode.codesets.code import Malformed
from medcode.edits.examples import ATTENDING, MEDICARE_PATIENT, dental, filling, line, room, stay, visit
from medcode.edits.features import IN_HOSPITAL
from medcode.edits.kinds import kinds_of
from medcode.edits.situations.base import (
    DENTAL,
    PROFESSIONAL,
    Fault,
    Row,
    Unread,
    any_of,
    in_claim,
    in_lines,
    missing,
    table,
)
from medcode.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.model.claim import ProfessionalClaim
    from medcode.claims.model.dental import DentalClaim, DentalLine
    from medcode.claims.model.institutional import InstitutionalClaim
    from medcode.claims.model.line import ProfessionalLine
    from medcode.edits.context import Context

__all__ = ["SERVICE_EDITS"]

"""Places of service where the patient is admitted: hospital, psychiatric facility, rehabilitation facility."""

SENT = frozenset({"BM", "EL", "EM", "FT", "FX"})
SEVERAL_RODE, OUTSIDE_LABORATORY = "GM", "90"
HOSPICE_MODIFIERS = frozenset({"GV", "GW"})
ACUTE = frozenset({"A", "M"})
RENEWED = frozenset({"R", "S"})
SUPERVISED = {
    "390200000X": "a student or resident in training",
    "225200000X": "a physical therapy assistant",
    "224Z00000X": "an occupational therapy assistant",
}
ORTHODONTIC = "D8"
REPLACED = "R"
SCREENED = "Y"
PREDETERMINED = "PB"

HERE, THERE = (
    Location(Address("1 MAIN ST", "ANYTOWN", "NY", "12345")),
    Location(Address("9 HILL RD", "ANYTOWN", "NY", "12345")),
)
RIDE = Ambulance(reason="A", distance=12, pick_up=HERE, drop_off=THERE)
ORDERED_BY = ATTENDING.evolve(
    address=Address("3 ELM ST", "ANYTOWN", "NY", "12345"), contacts=Contact("ROE", phone="5555550101")
)
CERTIFIED = Equipment(certification=EquipmentCertification("I", 12), certificate_transmission="AB")
RENEWAL = Equipment(certification=EquipmentCertification("R", 12), certificate_transmission="AB")
BEGUN = LineDates(begin_therapy="2026-01-01", last_certification="2026-01-02")
CHAIR = line("K0001", ("RR",), equipment=CERTIFIED, dates=BEGUN, ordering_provider=ORDERED_BY)
RESIDENT = Provider(last_name="LEE", first_name="KIM", npi="1234567893", taxonomy="390200000X")
CERTIFICATE = ClaimReferences(clia="34D1234567")


def inpatient_place(claim: ProfessionalClaim) -> str | None:
    """Return the first place of service that is a hospital the patient was admitted to."""
    places = (claim.place_of_service, *(each.place_of_service for each in claim.lines))
    return next((each for each in places if each in IN_HOSPITAL), None)


def certificate(line: ProfessionalLine) -> str | None:
    """Return the type of the certificate of medical necessity that goes with a line."""
    held = line.equipment.certification if line.equipment else None
    return held.type if held else None


def renewed_certificate(line: ProfessionalLine) -> str | None:
    """Return the type of a certificate that renews or revises another."""
    held = certificate(line)
    return held if held in RENEWED else None


def acute_manipulation(claim: ProfessionalClaim) -> str | None:
    """Return the condition that spinal manipulation treats, where it is acute."""
    treated = claim.spinal_manipulation
    return treated.condition if treated and treated.condition in ACUTE else None


def hospice_modifier(line: ProfessionalLine) -> str | None:
    """Return the modifier by which a line is for a patient of a hospice."""
    return next((each for each in line.procedure.modifiers if each in HOSPICE_MODIFIERS), None)


def orthodontic_code(claim: DentalClaim) -> str | None:
    """Return the first orthodontic procedure."""
    codes = (str(each.procedure.code) for each in claim.lines)
    return next((code for code in codes if code.startswith(ORTHODONTIC)), None)


def shared_rides(claim: ProfessionalClaim) -> Iterator[tuple[str, Ambulance, str]]:
    """Yield the trips that a modifier says several patients shared."""
    for number, each in enumerate(claim.lines):
        trip = each.ambulance or claim.ambulance
        if SEVERAL_RODE in each.procedure.modifiers and trip:
            yield (
                "ambulance." if each.ambulance is None else f"lines[{number}].ambulance.",
                trip,
                SEVERAL_RODE,
            )


def orderers(claim: ProfessionalClaim) -> Iterator[tuple[str, Provider, str]]:
    """Yield the ordering providers of lines that a certificate goes with."""
    for prefix, each, type_ in in_lines(certificate)(claim):
        if each.ordering_provider:
            yield f"{prefix}ordering_provider.", each.ordering_provider, type_


def no_attachment_number(
    claim: ProfessionalClaim | InstitutionalClaim | DentalClaim,
    _context: Context[ProfessionalClaim | InstitutionalClaim | DentalClaim],
) -> Iterator[Fault]:
    """Look for papers sent apart from the claim without a number to find them by."""
    parts = [("", claim.attachments)]
    parts += [(f"lines[{n}].", getattr(each, "attachments", ())) for n, each in enumerate(claim.lines)]
    for path, attachments in parts:
        for number, each in enumerate(attachments):
            if each.transmission in SENT and not each.control_number:
                message = f"Attachments sent by {each.transmission} need a control number (PWK05 and PWK06)."
                yield Fault(f"{path}attachments[{number}].control_number", each.transmission, message)


def no_day(
    claim: ProfessionalClaim | DentalClaim, context: Context[ProfessionalClaim | DentalClaim]
) -> Iterator[Fault | Unread]:
    """Look for services without a day, of the line or the claim."""
    lines: tuple[ProfessionalLine | DentalLine, ...] = claim.lines
    for number, each in enumerate(lines):
        if isinstance(each.service_date, Malformed):
            yield Unread(f"lines[{number}].service_date")
        elif context.line_days[number] is None and claim.predetermination is None:
            message = f"Line {number + 1} has no date of service, and the claim has none for it."
            yield Fault(f"lines[{number}].service_date", str(each.procedure.code), message)


def rides(claim: ProfessionalClaim) -> Iterator[tuple[str, str, Ambulance]]:
    """Yield where the trip of an ambulance service is told, its code, and the trip."""
    for number, each in enumerate(claim.lines):
        code = str(each.procedure.code)
        trip = each.ambulance or claim.ambulance
        if trip and "ambulance" in kinds_of(code):
            yield "ambulance" if each.ambulance is None else f"lines[{number}].ambulance", code, trip


def no_ride_ends(claim: ProfessionalClaim, _context: Context[ProfessionalClaim]) -> Iterator[Fault]:
    """Look for where a ride began and ended."""
    told: set[str] = set()
    for path, code, trip in rides(claim):
        overall = claim.ambulance or trip
        for field, words in (("pick_up", "pick-up (NM1*PW)"), ("drop_off", "drop-off (NM1*45)")):
            place = f"{path}.{field}"
            if getattr(trip, field) is None and getattr(overall, field) is None and place not in told:
                told.add(place)
                yield Fault(
                    place, code, f"{code} is an ambulance service; the place of the {words} is missing."
                )


def no_supervisor(
    claim: ProfessionalClaim | DentalClaim, _context: Context[ProfessionalClaim | DentalClaim]
) -> Iterator[Fault]:
    """Look for who supervised a rendering provider that never works alone."""
    lines: tuple[ProfessionalLine | DentalLine, ...] = claim.lines
    overall = claim.supervising_provider
    parts = [("", claim.rendering_provider, overall)]
    parts += [
        (f"lines[{n}].", each.rendering_provider, each.supervising_provider or overall)
        for n, each in enumerate(lines)
    ]
    for path, rendering, supervising in parts:
        taxonomy = rendering.taxonomy if rendering else None
        if taxonomy in SUPERVISED and not supervising:
            message = f"The rendering provider is {SUPERVISED[taxonomy]} ({taxonomy}); the supervising provider is missing."
            yield Fault(f"{path}supervising_provider", taxonomy, message)


def needless_placement(claim: DentalClaim, _context: Context[DentalClaim]) -> Iterator[Fault]:
    """Look for a prior placement where nothing is replaced."""
    for number, each in enumerate(claim.lines):
        if each.dates.prior_placement is not None and each.prosthesis != REPLACED:
            message = f"Line {number + 1} has a prior placement (DTP*441) but SV305 does not say that it replaces one (R)."
            yield Fault(f"lines[{number}].dates.prior_placement", each.prosthesis, message)


def dated_predetermination(claim: DentalClaim, _context: Context[DentalClaim]) -> Iterator[Fault]:
    """Look for services that have a day though they are only asked about."""
    if claim.predetermination != PREDETERMINED:
        return
    days = [("service_date", claim.service_date)]
    days += [(f"lines[{n}].service_date", each.service_date) for n, each in enumerate(claim.lines)]
    for path, day in days:
        if day is not None:
            yield Fault(
                path, PREDETERMINED, "A predetermination asks about services to come; they have no date."
            )


SERVICE_EDITS = table(
    Row(
        number=26,
        name="inpatient-admission-missing",
        place="2300 DTP 435",
        ack="A6:189",
        rarc=("MA40",),
        guides=(PROFESSIONAL,),
        applies_to=("in_hospital", "lines.place_of_service"),
        what="Services to an inpatient have no admission date.",
        why="with place of service 21, 51 or 61 the patient was admitted; payers match the stay by that date.",
        fix="add the date of admission, or correct the place of service.",
        look=missing(
            in_claim(inpatient_place),
            dates__admission="Place of service {code} is inpatient: send the date of admission (DTP*435).",
        ),
        passes=(visit(place_of_service="21", dates=ClaimDates(admission="2026-01-03")), visit()),
        fails=(
            visit(place_of_service="21"),
            visit(place_of_service="51"),
            visit(lines=(line(place_of_service="61"),)),
        ),
    ),
    Row(
        number=27,
        name="attachment-number-missing",
        place="2300 and 2400 PWK05 and PWK06",
        ack="A6:489",
        rarc=("N753",),
        applies_to=("attachments", "lines.attachments"),
        what="An attachment is sent apart from the claim without a control number.",
        why="what comes by mail, fax, e-mail or file is found by its number.",
        fix="add the control number of the attachment.",
        look=no_attachment_number,
        passes=(visit(attachments=(Attachment("OZ", "BM", "A77"), Attachment("OZ", "AA"))), visit()),
        fails=(
            visit(attachments=(Attachment("OZ", "BM"),)),
            stay("I50.20", lines=(room(attachments=(Attachment("OZ", "EL"),)),)),
            dental(attachments=(Attachment("RB", "FX"),)),
        ),
    ),
    Row(
        number=28,
        name="service-date-missing",
        place="2400 DTP 472",
        ack="A6:187",
        rarc=("M52",),
        guides=(PROFESSIONAL, DENTAL),
        yields_to=("X033",),
        applies_to="undated",
        what="A service has no date.",
        why="each service was performed on a day, of its line or, on a dental claim, of the claim.",
        fix="add the date of service.",
        look=no_day,
        passes=(visit(), dental(service_date="2026-01-05", lines=(filling(service_date=None),))),
        fails=(dental(lines=(filling(service_date=None),)),),
    ),
    Row(
        number=29,
        name="ambulance-place-missing",
        place="2310E and 2310F",
        ack="A6:266",
        rarc=("N53",),
        guides=(PROFESSIONAL,),
        applies_to="ambulance",
        what="An ambulance service does not say where the ride began or ended.",
        why="ambulance claims name the places of pick-up and drop-off.",
        fix="add the missing place.",
        look=no_ride_ends,
        passes=(visit(place_of_service="41", lines=(line("A0427"),), ambulance=RIDE),),
        fails=(
            visit(place_of_service="41", lines=(line("A0427"),), ambulance=RIDE.evolve(pick_up=None)),
            visit(place_of_service="41", lines=(line("A0429", ambulance=RIDE.evolve(drop_off=None)),)),
        ),
    ),
    Row(
        number=30,
        name="ambulance-count-missing",
        place="2400 QTY PT",
        ack="A6:21",
        guides=(PROFESSIONAL,),
        applies_to="ambulance",
        what="Several patients rode in an ambulance and their number is missing.",
        why="modifier GM says that there were several; the ride is shared among them.",
        fix="add the number of patients, or correct the modifier.",
        look=missing(
            shared_rides, patient_count="Modifier {code} says that several patients rode; QTY*PT is missing."
        ),
        passes=(
            visit(
                place_of_service="41", lines=(line("A0427", ("GM",), ambulance=RIDE.evolve(patient_count=2)),)
            ),
        ),
        fails=(visit(place_of_service="41", lines=(line("A0427", ("GM",), ambulance=RIDE),)),),
    ),
    Row(
        number=31,
        name="certificate-date-missing",
        place="2400 DTP 463, 461 and 607",
        ack="A6:580",
        rarc=("N322",),
        guides=(PROFESSIONAL,),
        applies_to="lines.equipment",
        what="A certificate of medical necessity lacks one of its dates.",
        why="a certificate goes with the dates the therapy began and it was signed, and of its renewal or revision.",
        fix="add the date.",
        look=any_of(
            missing(
                in_lines(certificate),
                dates__begin_therapy="A certificate of medical necessity needs the start date of the therapy (DTP*463).",
                dates__last_certification="A certificate of medical necessity needs the date it was signed (DTP*461).",
            ),
            missing(
                in_lines(renewed_certificate),
                dates__recertification="A renewed or revised certificate ({code}) needs its date (DTP*607).",
            ),
        ),
        passes=(
            visit(lines=(CHAIR,)),
            visit(
                lines=(
                    CHAIR.evolve(
                        equipment=RENEWAL,
                        dates=BEGUN.evolve(recertification="2026-01-01"),
                    ),
                )
            ),
        ),
        fails=(
            visit(lines=(CHAIR.evolve(dates=BEGUN.evolve(begin_therapy=None)),)),
            visit(lines=(CHAIR.evolve(dates=BEGUN.evolve(last_certification=None)),)),
            visit(lines=(CHAIR.evolve(equipment=RENEWAL),)),
        ),
    ),
    Row(
        number=32,
        name="ordering-provider-missing",
        place="2420E",
        ack="A6:125:DK",
        rarc=("N264",),
        guides=(PROFESSIONAL,),
        applies_to="lines.equipment",
        what="Equipment with a certificate does not name who ordered it, or their address or contact.",
        why="the certificate is that of the ordering provider, whom the payer may have to ask.",
        fix="add the ordering provider with address and contact.",
        look=any_of(
            missing(
                in_lines(certificate),
                ordering_provider="A certificate of medical necessity needs the ordering provider (2420E).",
            ),
            missing(
                orderers,
                address="With a certificate the ordering provider needs an address (2420E N3 and N4).",
                contacts="With a certificate the ordering provider needs a contact (2420E PER).",
            ),
        ),
        passes=(visit(lines=(CHAIR,)),),
        fails=(
            visit(lines=(CHAIR.evolve(ordering_provider=None),)),
            visit(lines=(CHAIR.evolve(ordering_provider=ORDERED_BY.evolve(address=None)),)),
            visit(lines=(CHAIR.evolve(ordering_provider=ORDERED_BY.evolve(contacts=())),)),
        ),
    ),
    Row(
        number=33,
        name="acute-manifestation-missing",
        place="2300 DTP 453",
        ack="A6:715",
        rarc=("N306",),
        guides=(PROFESSIONAL,),
        applies_to="medicare",
        what="Spinal manipulation of an acute condition has no date of acute manifestation.",
        why="Medicare asks when the acute condition (CR208 A or M) showed.",
        fix="add the date of the acute manifestation, or correct the condition.",
        look=missing(
            in_claim(acute_manipulation),
            dates__acute_manifestation="Spinal manipulation of an acute condition ({code}) needs the date it showed (DTP*453).",
        ),
        passes=(
            visit(
                subscriber=MEDICARE_PATIENT,
                spinal_manipulation=SpinalManipulation(condition="A"),
                dates=ClaimDates(acute_manifestation="2026-01-02"),
            ),
            visit(subscriber=MEDICARE_PATIENT, spinal_manipulation=SpinalManipulation(condition="C")),
        ),
        fails=(visit(subscriber=MEDICARE_PATIENT, spinal_manipulation=SpinalManipulation(condition="M")),),
    ),
    Row(
        number=34,
        name="outside-laboratory-clia-missing",
        place="2400 REF F4",
        ack="A6:544",
        rarc=("MA120",),
        guides=(PROFESSIONAL,),
        severity=Severity.WARNING,
        applies_to="modifiers",
        what="A test was sent to an outside laboratory and its CLIA number is missing.",
        why="modifier 90 says that another laboratory did the test; its certificate covers it.",
        fix="add the number of that laboratory's certificate.",
        look=missing(
            in_lines(
                lambda line: OUTSIDE_LABORATORY if OUTSIDE_LABORATORY in line.procedure.modifiers else None
            ),
            references__referring_clia="Modifier {code} says that an outside laboratory did the test; REF*F4 is missing.",
        ),
        passes=(
            visit(
                lines=(line("80053", ("90",), references=LineReferences(referring_clia="34D7654321")),),
                references=CERTIFICATE,
            ),
        ),
        fails=(visit(lines=(line("80053", ("90",)),), references=CERTIFICATE),),
    ),
    Row(
        number=35,
        name="hospice-employee-missing",
        place="2400 CRC 70",
        ack="A6:747",
        rarc=("MA94",),
        guides=(PROFESSIONAL,),
        severity=Severity.WARNING,
        applies_to="medicare",
        what="A service to a hospice patient does not say whether the hospice employs the physician.",
        why="Medicare pays physicians whom the hospice does not employ, and others through the hospice.",
        fix="send Y or N with the line.",
        look=missing(
            in_lines(hospice_modifier),
            hospice_employee="Modifier {code} is for hospice patients: CRC*70 must say whether the hospice employs the physician.",
        ),
        passes=(visit(subscriber=MEDICARE_PATIENT, lines=(line("99213", ("GV",), hospice_employee="N"),)),),
        fails=(visit(subscriber=MEDICARE_PATIENT, lines=(line("99213", ("GV",)),)),),
    ),
    Row(
        number=36,
        name="supervising-provider-missing",
        place="2310D, 2310E, 2420C and 2420D NM1 DQ",
        ack="A6:125:DQ",
        rarc=("N296",),
        guides=(PROFESSIONAL, DENTAL),
        severity=Severity.WARNING,
        what="The rendering provider works under supervision and the supervising provider is missing.",
        why="residents, students and therapy assistants do not give care on their own.",
        fix="add the supervising provider, or correct the taxonomy.",
        applies_to=("specialty", "lines.rendering_provider"),
        look=no_supervisor,
        passes=(
            visit(rendering_provider=RESIDENT, supervising_provider=ATTENDING),
            visit(lines=(line(rendering_provider=RESIDENT, supervising_provider=ATTENDING),)),
            visit(rendering_provider=ATTENDING),
        ),
        fails=(
            visit(rendering_provider=RESIDENT),
            visit(lines=(line(rendering_provider=RESIDENT),)),
        ),
    ),
    Row(
        number=37,
        name="epsdt-referral-missing",
        place="2300 CRC ZZ",
        ack="A6:564",
        guides=(PROFESSIONAL,),
        severity=Severity.WARNING,
        applies_to="lines.epsdt",
        what="An EPSDT screening does not say whether it led to a referral.",
        why="a claim for a screening says whether the child was referred, and to whom.",
        fix="add the referral, or N with NU for none.",
        look=missing(
            in_claim(lambda claim: next((SCREENED for line in claim.lines if line.epsdt == SCREENED), None)),
            epsdt_referral="A line is an EPSDT service: CRC*ZZ must say whether it led to a referral.",
        ),
        passes=(visit(lines=(line(epsdt="Y"),), epsdt_referral=Certification(("NU",), "N")), visit()),
        fails=(visit(lines=(line(epsdt="Y"),)),),
    ),
    Row(
        number=38,
        name="prior-placement-missing",
        place="2400 SV305 and DTP 441",
        ack="A6:201",
        rarc=("N333",),
        guides=(DENTAL,),
        applies_to="lines.prosthesis",
        what="A prosthesis is replaced and the date of the prior placement is missing.",
        why="payers replace crowns and dentures only after some years.",
        fix="add the date of the prior placement, estimated (139) where it is not known.",
        look=missing(
            in_lines(lambda line: REPLACED if line.prosthesis == REPLACED else None),
            dates__prior_placement="A prosthesis is replaced; the date of the prior placement (DTP*441) is missing.",
        ),
        passes=(
            dental(lines=(filling(prosthesis="I"),)),
            dental(
                lines=(
                    filling(
                        prosthesis="R",
                        dates=LineDates(prior_placement="2016-05-01", prior_placement_kind="441"),
                    ),
                )
            ),
        ),
        fails=(dental(lines=(filling(prosthesis="R"),)),),
    ),
    Row(
        number=39,
        name="prior-placement-not-due",
        place="2400 SV305 and DTP 441",
        ack="A7:201",
        rarc=("N333",),
        guides=(DENTAL,),
        severity=Severity.WARNING,
        applies_to="lines.dates",
        what="A line has a prior placement and does not say that it replaces a prosthesis.",
        why="the prior placement is that of what is replaced (SV305 R).",
        fix="send R, or leave the date out.",
        look=needless_placement,
        passes=(dental(),),
        fails=(
            dental(
                lines=(
                    filling(
                        prosthesis="I",
                        dates=LineDates(prior_placement="2016-05-01", prior_placement_kind="441"),
                    ),
                )
            ),
        ),
    ),
    Row(
        number=40,
        name="orthodontics-missing",
        place="2300 DN1",
        ack="A6:605",
        guides=(DENTAL,),
        severity=Severity.WARNING,
        what="Orthodontic services do not say how long the treatment takes.",
        why="payers spread what they pay over the months of treatment.",
        fix="add the months in all and those that remain.",
        look=missing(
            in_claim(orthodontic_code),
            orthodontics="{code} is orthodontic; the months of treatment (DN1) are missing.",
        ),
        passes=(
            dental(
                lines=(filling(procedure="D8080"),),
                orthodontics=Orthodontics(total_months=24, remaining_months=24),
            ),
            dental(),
        ),
        fails=(dental(lines=(filling(procedure="D8080"),)),),
    ),
    Row(
        number=41,
        name="predetermination-dated",
        place="2300 CLM19 and 2400 DTP 472",
        ack="A7:187",
        rarc=("M52",),
        guides=(DENTAL,),
        severity=Severity.WARNING,
        what="A predetermination has dates of service.",
        why="it asks what would be paid for services that are still to come.",
        fix="leave the dates out, or send the claim as one of services performed.",
        look=dated_predetermination,
        passes=(dental(predetermination="PB", lines=(filling(service_date=None),)), dental()),
        fails=(dental(predetermination="PB"),),
    ),
)
"""The edits by their ids."""
