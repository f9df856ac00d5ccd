"""Links between parts: what one part of a claim says of another, which must be there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims.model.adjudication import ProviderIdentity
from medcode.claims.model.equipment import Equipment
from medcode.claims.model.party import Identifier
from medcode.claims.model.references import LineReferences, Reference
from medcode.claims.model.supplement import PurchasedService
from medcode.edits.claim.charges import by_line, decided
from medcode.edits.examples import ATTENDING, dental, line, other, room, stay, visit
from medcode.edits.situations.base import (
    DENTAL,
    INSTITUTIONAL,
    PRACTICE,
    PROFESSIONAL,
    Fault,
    Row,
    any_of,
    in_lines,
    missing,
    table,
)
from medcode.edits.situations.payers import CONTRACT, decisions
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.model.claim import Claim, ProfessionalClaim
    from medcode.claims.model.dental import DentalClaim, DentalLine
    from medcode.claims.model.institutional import InstitutionalClaim
    from medcode.claims.model.line import Line, ProfessionalLine
    from medcode.claims.model.party import Provider
    from medcode.edits.context import Context

__all__ = ["LINK_EDITS"]

REFERENCES = ("prior_authorizations", "referrals", "predeterminations")
PROVIDERS = (
    "rendering_provider",
    "purchased_service_provider",
    "service_facility",
    "supervising_provider",
    "ordering_provider",
    "referring_provider",
    "primary_care_provider",
    "operating_physician",
    "other_operating_physician",
    "assistant_surgeon",
)
VISION = "V2"
BOUGHT = PurchasedService("G12345", "60")
SELLER = ProviderIdentity(identifiers=(Identifier("G2", "G12345"),))
PRIOR = LineReferences(prior_authorizations=(Reference("A77", "FIRST"),))
OWED = by_line("80").evolve(remaining_liability="0")
SENT = Equipment(certificate_transmission="AB")


def unknown_bundle(claim: Claim, _context: Context[Claim]) -> Iterator[Fault]:
    """Look for lines that a payer bundled into one that is not on the claim."""
    for path, made in decisions(claim):
        number = made.bundled_line
        if isinstance(number, int) and not 1 <= number <= len(claim.lines):
            message = (
                f"The payer bundled the line into line {number}; the claim has {len(claim.lines)} lines."
            )
            yield Fault(f"{path}.bundled_line", str(number), message)


def numbers_of(line: Line) -> Iterator[tuple[str, str | None]]:
    """Yield the payer of each number of a line that a payer assigned, with its path."""
    for name in REFERENCES:
        for at, reference in enumerate(getattr(line.references, name)):
            yield f"references.{name}[{at}].payer_id", reference.payer_id
    for name in PROVIDERS:
        provider = getattr(line, name, None)
        for at, identifier in enumerate(provider.identifiers if provider else ()):
            yield f"{name}.identifiers[{at}].payer_id", identifier.payer_id


def number_of_unknown_payer(claim: Claim, _context: Context[Claim]) -> Iterator[Fault]:
    """Look for numbers on lines that are said to be another payer's, which the claim does not name."""
    known = {each.payer.payer_id for each in claim.other_payers}
    for number, each in enumerate(claim.lines):
        for path, payer in numbers_of(each):
            if payer and payer not in known:
                message = f"The number is that of payer {payer}, which is no other payer of the claim."
                yield Fault(f"lines[{number}].{path}", payer, message)


def liability_twice(claim: Claim, _context: Context[Claim]) -> Iterator[Fault]:
    """Look for what the patient owes after a payer, told for the claim and for its lines."""
    by_line = {made.payer_id for _, made in decisions(claim) if made.remaining_liability is not None}
    for number, each in enumerate(claim.other_payers):
        if each.remaining_liability is not None and each.payer.payer_id in by_line:
            message = "What the patient still owes (AMT*EAF) is sent for the claim and for its lines; send one of them."
            yield Fault(f"other_payers[{number}].remaining_liability", each.payer.payer_id, message)


def bought(line: ProfessionalLine) -> str | None:
    """Return the code of a line whose service was bought from another provider; of lenses PS1 has what they cost."""
    code = str(line.procedure.code)
    return code if line.purchased_service and not code.startswith(VISION) else None


def seller(line: ProfessionalLine) -> str | None:
    """Return the code of a line that names who sold the service."""
    return str(line.procedure.code) if line.purchased_service_provider else None


def sent_certificate(line: ProfessionalLine) -> str | None:
    """Return how the certificate of medical necessity of a line is sent."""
    return line.equipment.certificate_transmission if line.equipment else None


def initial_referral_alone(
    claim: ProfessionalClaim | DentalClaim, _context: Context[ProfessionalClaim | DentalClaim]
) -> Iterator[Fault]:
    """Look for the provider of a first referral (P3) where nobody referred the patient here (DN)."""
    lines: tuple[ProfessionalLine | DentalLine, ...] = claim.lines
    parts = [("", claim.primary_care_provider, claim.referring_provider)]
    parts += [
        (
            f"lines[{n}].",
            getattr(each, "primary_care_provider", None),
            claim.referring_provider or referring(each),
        )
        for n, each in enumerate(lines)
    ]
    for path, first, last in parts:
        if first and not last:
            message = "The provider of the initial referral (P3) is sent without the referring provider (DN); send a single one as DN."
            yield Fault(f"{path}primary_care_provider", None, message)


def referring(line: ProfessionalLine | DentalLine) -> Provider | None:
    """Return who referred the patient for a line; a dental one has none of its own."""
    found: Provider | None = getattr(line, "referring_provider", None)
    return found


def second_surgeon_alone(claim: InstitutionalClaim, _context: Context[InstitutionalClaim]) -> Iterator[Fault]:
    """Look for another operating physician where the operating physician is not named."""
    has_first = claim.operating_physician is not None
    of_lines = any(each.operating_physician for each in claim.lines)
    parts = [("", claim.other_operating_physician, has_first or of_lines)]
    parts += [
        (f"lines[{n}].", each.other_operating_physician, has_first or each.operating_physician is not None)
        for n, each in enumerate(claim.lines)
    ]
    for path, second, first in parts:
        if second and not first:
            message = "Another operating physician (ZZ) is named and the operating physician (72) is not."
            yield Fault(f"{path}other_operating_physician", None, message)


LINK_EDITS = table(
    Row(
        number=42,
        name="bundled-line-unknown",
        place="2430 SVD06",
        ack="A7:526",
        applies_to="lines.adjudications",
        severity=Severity.WARNING,
        what="A payer bundled a line into one that is not on the claim.",
        why="SVD06 is the number of another line of the same claim.",
        fix="correct the number of the line.",
        look=unknown_bundle,
        passes=(
            visit(
                other_payers=(by_line("80"),),
                lines=(line(adjudications=(decided("80", CONTRACT).evolve(bundled_line=1),)),),
            ),
        ),
        fails=(
            visit(
                other_payers=(by_line("80"),),
                lines=(line(adjudications=(decided("80", CONTRACT).evolve(bundled_line=2),)),),
            ),
        ),
    ),
    Row(
        number=43,
        name="number-of-unknown-payer",
        place="2400 REF04",
        ack="A7:479",
        rarc=("M56",),
        severity=Severity.WARNING,
        applies_to=("lines.references", *(f"lines.{name}" for name in PROVIDERS)),
        what="A number on a line is another payer's, and the claim does not name that payer.",
        why="the payer of the number is found by its identifier among the other payers.",
        fix="use the identifier of the other payer, or name the payer.",
        look=number_of_unknown_payer,
        passes=(visit(other_payers=(other("80", CONTRACT),), lines=(line(references=PRIOR),)), visit()),
        fails=(
            visit(lines=(line(references=PRIOR),)),
            visit(
                lines=(
                    line(
                        purchased_service=BOUGHT,
                        purchased_service_provider=ProviderIdentity(
                            identifiers=(Identifier("G2", "G12345", payer_id="FIRST"),)
                        ),
                    ),
                )
            ),
        ),
    ),
    Row(
        number=44,
        name="purchased-service-incomplete",
        place="2400 PS1 and 2420B",
        ack="A6:469",
        rarc=("MA111",),
        guides=(PROFESSIONAL,),
        severity=Severity.WARNING,
        applies_to=("lines.purchased_service", "lines.purchased_service_provider"),
        what="A service was bought from another provider, and its price or its provider is missing.",
        why="PS1 has what was paid for the service, loop 2420B who performed it; they go together.",
        fix="add the missing one, or leave out the other.",
        look=any_of(
            missing(
                in_lines(bought),
                purchased_service_provider="{code} was bought (PS1); the provider who performed it (2420B) is missing.",
            ),
            missing(
                in_lines(seller),
                purchased_service="{code} names the provider of a purchased service (2420B); PS1 is missing.",
            ),
        ),
        passes=(
            visit(lines=(line(purchased_service=BOUGHT, purchased_service_provider=SELLER),)),
            visit(lines=(line("V2020", purchased_service=BOUGHT),)),
        ),
        fails=(
            visit(lines=(line(purchased_service=BOUGHT),)),
            visit(lines=(line(purchased_service_provider=SELLER),)),
        ),
    ),
    Row(
        number=45,
        name="patient-liability-twice",
        place="2320 and 2430 AMT EAF",
        ack="A7:672",
        rarc=("N58",),
        source=Source("X12", "RFI 1391: remaining patient liability"),
        applies_to="lines.adjudications",
        what="What the patient still owes after a payer is sent for the claim and for its lines.",
        why="the amount of the claim is for payers that stated none for the lines, and is not sent besides theirs.",
        fix="leave out the amount of the claim.",
        look=liability_twice,
        passes=(visit(other_payers=(OWED,), lines=(line(adjudications=(decided("80", CONTRACT),)),)),),
        fails=(
            visit(
                other_payers=(OWED,),
                lines=(line(adjudications=(decided("80", CONTRACT).evolve(remaining_liability="0"),)),),
            ),
        ),
    ),
    Row(
        number=46,
        name="certificate-without-duration",
        place="2400 PWK CT and CR3",
        ack="A6:260",
        rarc=("M125",),
        guides=(PROFESSIONAL,),
        applies_to="lines.equipment",
        what="A certificate of medical necessity is sent and its kind and duration are missing.",
        why="CR3 says whether the certificate is initial, renewed or revised, and for how many months.",
        fix="add CR3, or leave out the attachment (PWK*CT).",
        look=missing(
            in_lines(sent_certificate),
            equipment__certification="A certificate of medical necessity is sent ({code}); CR3 is missing.",
        ),
        passes=(visit(),),
        fails=(visit(lines=(line("K0001", ("RR",), equipment=SENT),)),),
    ),
    Row(
        number=48,
        name="referring-provider-missing",
        place="2310A and 2420F NM1 P3",
        ack="A6:125:DN",
        rarc=("N285",),
        guides=(PROFESSIONAL, DENTAL),
        applies_to=("primary_care_provider", "lines.primary_care_provider"),
        what="The provider of the initial referral is named and the referring provider is not.",
        why="a single referral is sent as DN; P3 is for the first of two.",
        fix="send the provider as the referring provider, or add that one.",
        look=initial_referral_alone,
        passes=(
            visit(referring_provider=ATTENDING, primary_care_provider=ATTENDING),
            visit(referring_provider=ATTENDING, lines=(line(primary_care_provider=ATTENDING),)),
            visit(lines=(line(referring_provider=ATTENDING, primary_care_provider=ATTENDING),)),
            dental(referring_provider=ATTENDING, primary_care_provider=ATTENDING),
        ),
        fails=(
            visit(primary_care_provider=ATTENDING),
            visit(lines=(line(primary_care_provider=ATTENDING),)),
            dental(primary_care_provider=ATTENDING),
        ),
    ),
    Row(
        number=49,
        name="first-surgeon-missing",
        place="2310B and 2310C",
        ack="A6:125:72",
        rarc=("N261",),
        guides=(INSTITUTIONAL,),
        source=PRACTICE,
        severity=Severity.WARNING,
        applies_to=("other_operating_physician", "lines.other_operating_physician"),
        what="Another operating physician is named and the operating physician is not.",
        why="the other operating physician took part in the surgery of the first.",
        fix="add the operating physician, or send the other one as that.",
        look=second_surgeon_alone,
        passes=(
            stay("I50.20", operating_physician=ATTENDING, other_operating_physician=ATTENDING),
            stay(
                "I50.20",
                operating_physician=ATTENDING,
                lines=(room(other_operating_physician=ATTENDING),),
            ),
            stay(
                "I50.20",
                other_operating_physician=ATTENDING,
                lines=(room(operating_physician=ATTENDING, other_operating_physician=ATTENDING),),
            ),
        ),
        fails=(
            stay("I50.20", other_operating_physician=ATTENDING),
            stay("I50.20", lines=(room(other_operating_physician=ATTENDING),)),
        ),
    ),
)
"""The edits by their ids."""
