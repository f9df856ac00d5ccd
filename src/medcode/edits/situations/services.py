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
from medcode.edits.kinds import kinds_of
from medcode.edits.situations.base import DENTAL, PROFESSIONAL, Fault, Row, Unread, table
from medcode.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.model.claim import ProfessionalClaim
    from medcode.claims.model.dental import DentalClaim, DentalLine
    from medcode.claims.model.institutional import InstitutionalClaim
    from medcode.claims.model.line import ProfessionalLine
    from medcode.edits.context import Context

__all__ = ["SERVICE_EDITS"]

IN_HOSPITAL = {
    "21": "inpatient hospital",
    "51": "inpatient psychiatric facility",
    "61": "inpatient rehabilitation facility",
}
SENT = frozenset({"BM", "EL", "EM", "FT", "FX"})
SEVERAL_RODE, OUTSIDE_LABORATORY = "GM", "90"
HOSPICE_MODIFIERS = frozenset({"GV", "GW"})
ACUTE = frozenset({"A", "M"})
RENEWED = {"R": "renewal", "S": "revision"}
SUPERVISED = {
    "390200000X": "a student or resident in training",
    "225200000X": "a physical therapy assistant",
    "224Z00000X": "an occupational therapy assistant",
}
ORTHODONTIC = "D8"
REPLACED = "R"
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
BEGUN = LineDates(begin_therapy="2026-01-01")
CHAIR = line("K0001", ("RR",), equipment=CERTIFIED, dates=BEGUN, ordering_provider=ORDERED_BY)
RESIDENT = Provider(last_name="LEE", first_name="KIM", npi="1234567893", taxonomy="390200000X")
CERTIFICATE = ClaimReferences(clia="34D1234567")


def no_admission(claim: ProfessionalClaim, _context: Context[ProfessionalClaim]) -> Iterator[Fault]:
    """Look for the admission of an inpatient, by the places of service."""
    places = (claim.place_of_service, *(each.place_of_service for each in claim.lines))
    place = next((each for each in places if each in IN_HOSPITAL), None)
    if place and claim.dates.admission is None:
        message = f"Place of service {place} ({IN_HOSPITAL[place]}) needs the day of the admission (DTP*435)."
        yield Fault("dates.admission", place, message)


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


def no_riders(claim: ProfessionalClaim, _context: Context[ProfessionalClaim]) -> Iterator[Fault]:
    """Look for how many patients rode where a modifier says that there were several."""
    for number, each in enumerate(claim.lines):
        trip = each.ambulance or claim.ambulance
        if SEVERAL_RODE in each.procedure.modifiers and trip and trip.patient_count is None:
            where = "ambulance" if each.ambulance is None else f"lines[{number}].ambulance"
            yield Fault(
                f"{where}.patient_count",
                SEVERAL_RODE,
                "Modifier GM says that several patients rode; QTY*PT is missing.",
            )


def incomplete_certificate(claim: ProfessionalClaim, _context: Context[ProfessionalClaim]) -> Iterator[Fault]:
    """Look for the days of a certificate of medical necessity."""
    for number, each in enumerate(claim.lines):
        certificate = each.equipment.certification if each.equipment else None
        if certificate is None:
            continue
        path = f"lines[{number}].dates"
        if each.dates.begin_therapy is None:
            message = "A certificate of medical necessity needs the begin of the therapy (DTP*463)."
            yield Fault(f"{path}.begin_therapy", certificate.type, message)
        if certificate.type in RENEWED and each.dates.recertification is None:
            message = f"A certificate that is a {RENEWED[certificate.type]} needs its day (DTP*607)."
            yield Fault(f"{path}.recertification", certificate.type, message)


def no_orderer(claim: ProfessionalClaim, _context: Context[ProfessionalClaim]) -> Iterator[Fault]:
    """Look for who ordered equipment that a certificate goes with, and how to reach them."""
    for number, each in enumerate(claim.lines):
        if each.equipment is None or each.equipment.certification is None:
            continue
        path, provider = f"lines[{number}].ordering_provider", each.ordering_provider
        code = str(each.procedure.code)
        if provider is None:
            yield Fault(path, code, "A certificate of medical necessity needs the ordering provider (2420E).")
        elif provider.address is None:
            yield Fault(f"{path}.address", code, "With a certificate the ordering provider needs an address.")


def no_acute_manifestation(claim: ProfessionalClaim, _context: Context[ProfessionalClaim]) -> Iterator[Fault]:
    """Look for when an acute condition showed that Medicare pays spinal manipulation for."""
    treated = claim.spinal_manipulation
    if treated and treated.condition in ACUTE and claim.dates.acute_manifestation is None:
        message = f"Spinal manipulation of an acute condition ({treated.condition}) needs its day (DTP*453)."
        yield Fault("dates.acute_manifestation", treated.condition, message)


def no_referring_laboratory(
    claim: ProfessionalClaim, _context: Context[ProfessionalClaim]
) -> Iterator[Fault]:
    """Look for the certificate of the laboratory that a test was sent to."""
    for number, each in enumerate(claim.lines):
        if OUTSIDE_LABORATORY in each.procedure.modifiers and not each.references.referring_clia:
            message = (
                f"{each.procedure.code} was done by an outside laboratory (modifier 90); REF*F4 is missing."
            )
            yield Fault(f"lines[{number}].references.referring_clia", str(each.procedure.code), message)


def no_hospice_answer(claim: ProfessionalClaim, _context: Context[ProfessionalClaim]) -> Iterator[Fault]:
    """Look for whether the hospice employs who treated its patient."""
    for number, each in enumerate(claim.lines):
        modifier = next((m for m in each.procedure.modifiers if m in HOSPICE_MODIFIERS), None)
        if modifier and each.hospice_employee is None:
            message = f"Modifier {modifier} is for hospice patients; CRC*70 must say whether the hospice employs the physician."
            yield Fault(f"lines[{number}].hospice_employee", modifier, message)


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


def no_referral_answer(claim: ProfessionalClaim, _context: Context[ProfessionalClaim]) -> Iterator[Fault]:
    """Look for what an EPSDT screening led to."""
    screened = next((n for n, each in enumerate(claim.lines) if each.epsdt == "Y"), None)
    if screened is not None and claim.epsdt_referral is None:
        message = f"Line {screened + 1} is an EPSDT service; CRC*ZZ must say whether it led to a referral."
        yield Fault("epsdt_referral", "Y", message)


def no_prior_placement(claim: DentalClaim, _context: Context[DentalClaim]) -> Iterator[Fault]:
    """Look for when a prosthesis that is replaced was placed."""
    for number, each in enumerate(claim.lines):
        if each.prosthesis == REPLACED and each.dates.prior_placement is None:
            message = f"Line {number + 1} replaces a prosthesis; the day of the prior placement (DTP*441) is missing."
            yield Fault(f"lines[{number}].dates.prior_placement", REPLACED, message)


def needless_placement(claim: DentalClaim, _context: Context[DentalClaim]) -> Iterator[Fault]:
    """Look for a prior placement where nothing is replaced."""
    for number, each in enumerate(claim.lines):
        if each.dates.prior_placement is not None and each.prosthesis != REPLACED:
            message = f"Line {number + 1} has a prior placement (DTP*441) and does not say that it replaces (SV305 R)."
            yield Fault(f"lines[{number}].dates.prior_placement", each.prosthesis, message)


def no_orthodontics(claim: DentalClaim, _context: Context[DentalClaim]) -> Iterator[Fault]:
    """Look for the months of orthodontic treatment."""
    code = next(
        (str(each.procedure.code) for each in claim.lines if each.procedure.code.startswith(ORTHODONTIC)),
        None,
    )
    if code and claim.orthodontics is None:
        yield Fault(
            "orthodontics", code, f"{code} is orthodontic; the months of treatment (DN1) are missing."
        )


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
        guides=(PROFESSIONAL,),
        what="Services to an inpatient have no admission date.",
        why="with place of service 21, 51 or 61 the patient was admitted, and payers match the stay by the day.",
        fix="add the day of the admission, or correct the place of service.",
        look=no_admission,
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
        what="A paper is sent apart from the claim without a control number.",
        why="what comes by mail, fax, e-mail or file is found by its number.",
        fix="add the control number that the paper carries.",
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
        guides=(PROFESSIONAL, DENTAL),
        yields_to=("X033",),
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
        guides=(PROFESSIONAL,),
        applies_to="ambulance",
        what="An ambulance service does not tell where the ride began or ended.",
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
        guides=(PROFESSIONAL,),
        applies_to="ambulance",
        what="Several patients rode in an ambulance and their number is missing.",
        why="modifier GM says that there were several; the ride is shared among them.",
        fix="add the number of patients, or correct the modifier.",
        look=no_riders,
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
        place="2400 DTP 463 and 607",
        guides=(PROFESSIONAL,),
        what="A certificate of medical necessity lacks one of its days.",
        why="a certificate tells when the therapy began and, renewed or revised, when.",
        fix="add the day.",
        look=incomplete_certificate,
        passes=(
            visit(lines=(CHAIR,)),
            visit(
                lines=(
                    CHAIR.evolve(
                        equipment=RENEWAL,
                        dates=LineDates(begin_therapy="2025-01-01", recertification="2026-01-01"),
                    ),
                )
            ),
        ),
        fails=(
            visit(lines=(CHAIR.evolve(dates=LineDates()),)),
            visit(lines=(CHAIR.evolve(equipment=RENEWAL),)),
        ),
    ),
    Row(
        number=32,
        name="ordering-provider-missing",
        place="2420E",
        guides=(PROFESSIONAL,),
        what="Equipment with a certificate does not name who ordered it, or where they are.",
        why="the certificate is that of the ordering provider, whom the payer may have to ask.",
        fix="add the ordering provider with the address.",
        look=no_orderer,
        passes=(visit(lines=(CHAIR,)),),
        fails=(
            visit(lines=(CHAIR.evolve(ordering_provider=None),)),
            visit(lines=(CHAIR.evolve(ordering_provider=ATTENDING),)),
        ),
    ),
    Row(
        number=33,
        name="acute-manifestation-missing",
        place="2300 DTP 453",
        guides=(PROFESSIONAL,),
        applies_to="medicare",
        what="Spinal manipulation of an acute condition has no day of the manifestation.",
        why="Medicare pays for manipulation of an acute condition from the day it showed.",
        fix="add the day of the acute manifestation, or correct the condition.",
        look=no_acute_manifestation,
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
        guides=(PROFESSIONAL,),
        severity=Severity.WARNING,
        applies_to="modifiers",
        what="A test was sent to an outside laboratory and its CLIA number is missing.",
        why="modifier 90 says that another laboratory did the test; its certificate covers it.",
        fix="add the number of that laboratory's certificate.",
        look=no_referring_laboratory,
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
        guides=(PROFESSIONAL,),
        severity=Severity.WARNING,
        applies_to="medicare",
        what="A service to a hospice patient does not say whether the hospice employs the physician.",
        why="Medicare pays physicians whom the hospice does not employ, and others through the hospice.",
        fix="say Y or N with the line.",
        look=no_hospice_answer,
        passes=(visit(subscriber=MEDICARE_PATIENT, lines=(line("99213", ("GV",), hospice_employee="N"),)),),
        fails=(visit(subscriber=MEDICARE_PATIENT, lines=(line("99213", ("GV",)),)),),
    ),
    Row(
        number=36,
        name="supervising-provider-missing",
        place="2310D, 2310E, 2420C and 2420D NM1 DQ",
        guides=(PROFESSIONAL, DENTAL),
        severity=Severity.WARNING,
        what="The rendering provider works under supervision and the supervising provider is missing.",
        why="residents, students and therapy assistants do not give care on their own.",
        fix="add the supervising provider, or correct the taxonomy.",
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
        guides=(PROFESSIONAL,),
        severity=Severity.WARNING,
        what="An EPSDT screening does not say whether it led to a referral.",
        why="claims of screenings tell whether the child was referred, and to whom.",
        fix="add the referral, or N with NU for none.",
        look=no_referral_answer,
        passes=(visit(lines=(line(epsdt="Y"),), epsdt_referral=Certification(("NU",), "N")), visit()),
        fails=(visit(lines=(line(epsdt="Y"),)),),
    ),
    Row(
        number=38,
        name="prior-placement-missing",
        place="2400 SV305 and DTP 441",
        guides=(DENTAL,),
        what="A prosthesis is replaced and the day of the prior placement is missing.",
        why="payers replace crowns and dentures only after some years.",
        fix="add the day of the prior placement, estimated (139) where it is not known.",
        look=no_prior_placement,
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
        guides=(DENTAL,),
        severity=Severity.WARNING,
        what="A line has a prior placement and does not say that it replaces a prosthesis.",
        why="the prior placement is that of what is replaced (SV305 R).",
        fix="say R, or leave the day out.",
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
        guides=(DENTAL,),
        severity=Severity.WARNING,
        what="Orthodontic services do not tell how long the treatment takes.",
        why="payers spread what they pay over the months of treatment.",
        fix="add the months in all and those that remain.",
        look=no_orthodontics,
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
