"""CLM06 and CLM07: a line, or a claim, that is billed twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import Claim
from medcode.claims.model.dental import DentalLine
from medcode.claims.model.institutional import InstitutionalLine
from medcode.claims.model.line import ProfessionalLine
from medcode.edits.base import Edit
from medcode.edits.examples import line, visit
from medcode.edits.services import services, who
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.edits.services import Service
    from medcode.findings import Finding

__all__ = ["DuplicateClaim", "DuplicateLine"]

REPEATED = frozenset(
    [
        "25",
        "59",
        "62",
        "66",
        "76",
        "77",
        "80",
        "81",
        "82",
        "91",
        "AS",
        "GE",
        "GV",
        "XE",
        "XP",
        "XS",
        "XU",
        "JW",
        "JZ",
        "KX",
        "LT",
        "RT",
    ]
    + [f"E{n}" for n in range(1, 5)]
    + ["FA", *(f"F{n}" for n in range(1, 10)), "TA", *(f"T{n}" for n in range(1, 10))]
)
"""Modifiers by which a line says that its service was another one than that of a line like it."""


@final
class DuplicateLine(Edit[Claim]):
    """Two lines of the claim bill the same service.

    Why: a payer denies as a duplicate what has the same code, modifiers, practitioner, place and day,
    whatever is charged for it.
    Fix: remove one; where the service was repeated, say so with modifier 76, 77 or 91.
    """

    id, name, snip = "CLM06", "duplicate-line", 4
    yields_to = ("OCE51",)
    source = Source("CMS", "Medicare Claims Processing Manual, Pub. 100-04, chapter 1", section="120")
    severity = Severity.WARNING
    applies_to = "several_lines"
    ack = "A3:54"
    carc, rarc = ("18",), ("N522",)
    passes = (
        visit(lines=(line("99213"), line("99213", modifiers=("76",)))),
        visit(lines=(line("99213"), line("99213", service_date="2026-01-06"))),
        visit(),
    )
    fails = (
        visit(lines=(line("99213"), line("99213"))),
        visit(lines=(line("99213"), line("99213", charge="50"))),
        visit(
            lines=(line("99232", service_date="20260105-20260107"), line("99232", service_date="2026-01-06"))
        ),
    )

    def check(self, claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Report each line that shares a day with one before it and is equal to it in all that counts."""
        found = services(context)
        if len({each.code for each in found}) == len(found):
            return
        seen: dict[object, list[Service]] = {}
        for service in found:
            same = seen.setdefault((service.code, service.practitioner, key_of(claim, service)), [])
            first = next((each for each in same if each.meets(service)), None)
            same.append(service)
            if first and not service.modifiers & REPEATED:
                days = f"on {max(first.day, service.day)}"
                message = f"{service.code} of {service.line} is already billed on {first.line} {days}."
                yield self.fail(f"lines[{service.number}]", service.code, message)


def key_of(claim: Claim, service: Service) -> tuple[object, ...]:
    """Return what makes two lines of one code the same: all but the charge, the units and the days."""
    each = claim.lines[service.number]
    if isinstance(each, InstitutionalLine):
        return service.modifiers, each.revenue_code, each.drug and each.drug.code
    if isinstance(each, ProfessionalLine):
        place = each.place_of_service or getattr(claim, "place_of_service", None)
        return service.modifiers, place, each.drug and each.drug.code
    assert isinstance(each, DentalLine)  # noqa: S101  # there is no fourth kind
    return service.modifiers, each.teeth, each.oral_cavity


@final
class DuplicateClaim(Edit[Claim]):
    """The claim is in the batch twice.

    Why: the second of two equal claims is denied as a duplicate, and delays the first. The edit is
    opt-in: it remembers every claim, so its memory grows with the batch.
    Fix: send it once; to replace a claim that was sent, use frequency 7 and the payer's number of it.
    """

    id, name, snip = "CLM07", "duplicate-claim", 4
    source = Source("CMS", "Medicare Claims Processing Manual, Pub. 100-04, chapter 1", section="120")
    ack = "A3:78"
    carc, rarc = ("18",), ("N522",)
    passes = (visit(),)
    fails = (visit(), visit(control_number="ANOTHER"))
    over_batch = True
    opt_in = True

    def check(self, claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Report a claim that bills the same payer for the same services to the same patient as one before it."""
        billed = tuple(
            (each.code, each.modifiers, each.day, each.last, each.practitioner, key_of(claim, each))
            for each in services(context)
        )
        uncoded = tuple(
            (line.revenue_code, line.service_date, line.charge)
            for line in claim.lines
            if isinstance(line, InstitutionalLine) and line.procedure is None
        )
        bill = getattr(claim, "bill_type", None)
        between = (who(claim.billing_provider), claim.payer.payer_id, claim.frequency, bill)
        key = hash((patient_of(claim), between, context.day, billed, uncoded))
        first = context.shared.batch.setdefault(key, context.number)
        if first != context.number:
            message = f"The claim bills the same services as claim {first + 1} of the batch."
            yield self.fail("control_number", None, message)


def patient_of(claim: Claim) -> tuple[object, ...]:
    """Return what identifies a patient: the member id, the birth date and the first name."""
    patient = claim.patient
    return claim.subscriber.member_id, patient.birth_date, (patient.first_name or "").upper()
