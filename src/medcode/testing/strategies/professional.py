"""Professional claims: office visits, and now and then the rarer parts that the guide has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import strategies as st

from medcode.claims.model import (
    Certification,
    ClaimDates,
    ClaimReferences,
    Note,
    ProfessionalClaim,
    SpinalManipulation,
)
from medcode.testing.strategies.codes import (
    clia_numbers,
    diagnosis_lists,
    hcpcs_codes,
    on_side,
)
from medcode.testing.strategies.guided import codes_at, guided
from medcode.testing.strategies.parties import located, providers
from medcode.testing.strategies.primitives import (
    DAY,
    days_until,
    identifiers,
    kept,
    listed,
    money,
    one_of,
    some,
    texts,
)
from medcode.testing.strategies.services import PLACES, professional_lines
from medcode.testing.strategies.shared import accidents, different, finished, treated, who
from medcode.testing.strategies.supplements import (
    attachments,
    built,
    contracts,
    notices,
    repricings,
)
from medcode.testing.strategies.transport import ambulances, certified

if TYPE_CHECKING:
    from datetime import date

    from hypothesis.strategies import SearchStrategy

    from medcode.claims.model import ProfessionalLine

    Table = dict[str, SearchStrategy[Any]]

__all__ = ["professional_claims"]

CLAIM = ProfessionalClaim
NOT_HERE = {"disability", "disability_kind", "appliance_placement"}
DATES = [field.name for field in attrs.fields(ClaimDates) if field.name not in NOT_HERE]


@kept
def claim_references() -> SearchStrategy[ClaimReferences]:
    """Draw numbers of a claim."""
    named = (
        "prior_authorization referral medical_record clearinghouse mammography_certification demonstration_project "
        "care_plan_oversight repriced_claim adjusted_repriced_claim"
    )
    table: Table = dict.fromkeys(named.split(), identifiers(2, 30)) | {
        "clia": clia_numbers(),
        "investigational_devices": listed(identifiers(2, 30), 1),
        "authorization_exception": guided(CLAIM, "references.authorization_exception"),
        "medicare_crossover": guided(CLAIM, "references.medicare_crossover"),
    }
    return built(ClaimReferences, table)


def claim_table(on: date) -> Table:
    """Draw the rarer parts of a professional claim, by their field."""
    return {
        "dates": built(ClaimDates, dict.fromkeys(DATES, days_until(on))).map(ordered),
        "references": claim_references(),
        "accident": accidents(),
        "attachments": listed(attachments(CLAIM)),
        "contract": contracts(CLAIM),
        "file_information": notices(),
        "repricing": repricings(CLAIM),
        "note": st.builds(Note, texts(), guided(CLAIM, "note.type")),
        "ambulance": ambulances(),
        "spinal_manipulation": st.builds(
            SpinalManipulation,
            condition=guided(CLAIM, "spinal_manipulation.condition"),
            description=st.none() | texts(),
        ),
        "vision_certifications": st.tuples(
            certified(
                codes_at(CLAIM, "vision_certifications.conditions"),
                5,
                category=guided(CLAIM, "vision_certifications.category"),
            )
        ),
        "homebound": guided(CLAIM, "homebound"),
        "epsdt_referral": certified(codes_at(CLAIM, "epsdt_referral.conditions")),
        "anesthesia_procedures": listed(hcpcs_codes()),
        "condition_codes": listed(one_of(("17", "A1", "AB"))),
        "patient_paid": money(99),
        "provider_signature": guided(CLAIM, "provider_signature", but="Y"),
        "patient_signature_source": guided(CLAIM, "patient_signature_source"),
        "special_program": guided(CLAIM, "special_program"),
        "delay_reason": guided(CLAIM, "delay_reason"),
        "frequency": one_of("78"),
        "accepts_assignment": guided(CLAIM, "accepts_assignment", but="A"),
        "benefits_assigned": guided(CLAIM, "benefits_assigned", but="Y"),
        "release_of_information": guided(CLAIM, "release_of_information", but="Y"),
        "rendering_provider": providers(specialty=True, codes="0B G2 LU"),
        "referring_provider": providers(person=True, codes="0B G2"),
        "primary_care_provider": providers(person=True),
        "supervising_provider": providers(person=True, codes="0B G2 LU"),
        "service_facility": located(phone=True),
    }


def sided(line: ProfessionalLine, codes: list[Any]) -> ProfessionalLine:
    """Return a line whose modifiers have the side of the diagnoses that it points to."""
    pointed = [codes[at - 1] for at in line.diagnosis_pointers if isinstance(at, int)]
    return line.evolve(procedure=on_side(line.procedure, pointed))


def ordered(dates: ClaimDates) -> ClaimDates:
    """Draw days in their order: nobody leaves before coming, or is back at work before being off it."""
    for first, second in (("admission", "discharge"), ("last_worked", "return_to_work")):
        both = (getattr(dates, first), getattr(dates, second))
        if None not in both:
            dates = dates.evolve(**dict(zip((first, second), sorted(both), strict=True)))
    return dates


@kept
def claim_parts(on: date) -> SearchStrategy[dict[str, Any]]:
    """Draw a few of the rarer parts of a professional claim."""
    return some(claim_table(on))


@kept
def conditions(on: date) -> SearchStrategy[dict[str, Any]]:
    """Draw what the claim may tell of the patient besides."""
    table: Table = {
        "death_date": st.just(on),
        "weight": money(300),
        "casualty_claim_number": identifiers(2, 30),
    }
    return some(table, 1)


@kept
@st.composite
def professional_claims(draw: st.DrawFn, valid_on: date = DAY) -> ProfessionalClaim:
    """Draw professional claims for care on a day: an office visit and what may go with it."""
    codes = draw(diagnosis_lists(valid_on, 12))
    lines = draw(different(professional_lines(valid_on, len(codes))))
    claim = ProfessionalClaim(
        **draw(who(valid_on, providers(billing=True))),
        place_of_service=draw(one_of(PLACES)),
        diagnoses=codes,
        lines=[sided(line, codes) for line in lines],
        **draw(claim_parts(valid_on)),
    )
    if claim.epsdt_referral is None and any(line.epsdt for line in claim.lines):
        claim = claim.evolve(epsdt_referral=Certification(("NU",), "N"))
    return draw(finished(treated(claim, **draw(conditions(valid_on))), valid_on))
