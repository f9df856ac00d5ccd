"""Dental claims, and now and then the rarer parts that the guide has."""

from __future__ import annotations

from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from medcode.claims.model import (
    ClaimDates,
    ClaimReferences,
    DentalClaim,
    DentalLine,
    LineDates,
    LineReferences,
    Orthodontics,
    Procedure,
    Tooth,
    ToothStatus,
)
from medcode.codesets.hcpcs import Hcpcs
from medcode.edits.claim.teeth import (
    ARCHES,
    BY_QUADRANT,
    BY_TOOTH,
    PERMANENT,
    PRIMARY,
    WORK,
    regions,
    surfaces_of,
    work_of,
)
from medcode.edits.kinds import kinds_of
from medcode.testing.strategies.codes import cdt_codes, diagnosis_lists, taxonomies
from medcode.testing.strategies.guided import guided
from medcode.testing.strategies.parties import located, providers
from medcode.testing.strategies.primitives import (
    DAY,
    charges,
    days_until,
    identifiers,
    kept,
    listed,
    money,
    one_of,
    some,
    texts,
)
from medcode.testing.strategies.shared import accidents, different, finished, who
from medcode.testing.strategies.supplements import (
    attachments,
    built,
    contracts,
    notices,
    references,
    repricings,
)

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from medcode.claims.model import Provider

    Table = dict[str, SearchStrategy[Any]]

__all__ = ["dental_claims", "dental_lines", "teeth"]

CLAIM = DentalClaim
ORAL_CAVITY = ("00", "01", "02", "10", "20", "30", "40")
TEETH_OF_ONE_LINE = 4


@kept
def tooth_numbers() -> SearchStrategy[str]:
    """Draw teeth by their universal number."""
    return one_of((*PERMANENT, *PRIMARY))


@kept
def teeth() -> SearchStrategy[Tooth]:
    """Draw teeth, and perhaps the surfaces that were treated."""
    return tooth_numbers().flatmap(lambda number: st.builds(Tooth, st.just(number), surfaces(number, 0)))


def surfaces(number: str, least: int, most: int = 5) -> SearchStrategy[list[str]]:
    """Draw surfaces that a tooth has."""
    return st.lists(one_of(sorted(surfaces_of(number))), min_size=least, max_size=most, unique=True)


@kept
def treated(code: Hcpcs) -> SearchStrategy[list[Tooth]]:
    """Draw the teeth, and their surfaces, that a procedure is for; most procedures say nothing of either."""
    least = int(code in BY_TOOTH or code in BY_QUADRANT)
    most = 0 if code in ARCHES else TEETH_OF_ONE_LINE
    work = work_of(code)
    if work is None:
        return st.lists(teeth(), min_size=least, max_size=most, unique_by=attrgetter("number"))
    fitting = one_of(sorted(work.teeth)).flatmap(
        lambda number: st.builds(Tooth, st.just(number), surfaces(number, work.least, work.most))
    )
    return st.lists(fitting, min_size=least, max_size=most, unique_by=attrgetter("number"))


@kept
def dental_codes() -> SearchStrategy[Hcpcs]:
    """Draw dental codes, often such as are for certain teeth and surfaces."""
    return cdt_codes() | one_of([Hcpcs(code) for work in WORK for code in work.codes])


def specialists(*, person: bool | None = None, codes: str = "") -> SearchStrategy[Provider]:
    """Return providers with a taxonomy, which the guide asks of those who treat."""
    return st.builds(
        lambda found, taxonomy: found.evolve(taxonomy=taxonomy),
        providers(person=person, codes=codes),
        taxonomies(),
    )


def claim_table(on: date) -> Table:
    """Draw the rarer parts of a dental claim, by their field."""
    day, number = days_until(on), identifiers(2, 30)
    named = (
        "prior_authorization referral clearinghouse predetermination repriced_claim adjusted_repriced_claim"
    )
    return {
        "dates": built(ClaimDates, {"accident": day, "appliance_placement": day, "repricer_received": day}),
        "references": built(ClaimReferences, dict.fromkeys(named.split(), number)),
        "accident": accidents(),
        "attachments": listed(attachments(CLAIM)),
        "contract": contracts(CLAIM),
        "file_information": notices(),
        "repricing": repricings(CLAIM),
        "orthodontics": st.integers(1, 36).flatmap(
            lambda total: st.builds(
                Orthodontics, total_months=st.just(total), remaining_months=st.integers(0, total)
            )
        ),
        "tooth_status": st.lists(
            st.builds(ToothStatus, tooth_numbers(), guided(CLAIM, "tooth_status.status")),
            min_size=1,
            max_size=5,
            unique_by=attrgetter("number"),
        ),
        "patient_paid": money(99),
        "notes": listed(texts(), 3),
        "place_of_service": st.just("22"),
        "provider_signature": guided(CLAIM, "provider_signature", but="Y"),
        "service_date": st.just(on),
        "special_program": guided(CLAIM, "special_program"),
        "delay_reason": guided(CLAIM, "delay_reason"),
        "frequency": one_of("78"),
        "accepts_assignment": guided(CLAIM, "accepts_assignment", but="A"),
        "benefits_assigned": guided(CLAIM, "benefits_assigned", but="Y"),
        "release_of_information": guided(CLAIM, "release_of_information", but="Y"),
        "predetermination": guided(CLAIM, "predetermination"),
        "rendering_provider": specialists(codes="0B G2 LU"),
        "referring_provider": providers(person=True, specialty=True, codes="0B G2"),
        "primary_care_provider": providers(person=True),
        "service_facility": located(),
        "assistant_surgeon": specialists(person=True),
        "supervising_provider": providers(person=True),
    }


@kept
def claim_parts(on: date) -> SearchStrategy[dict[str, Any]]:
    """Draw a few of the rarer parts of a dental claim."""
    return some(claim_table(on))


def line_table(on: date) -> Table:
    """Draw the rarer parts of a dental line, by their field."""
    day = days_until(on)
    named = ("appliance_placement", "replacement", "treatment_start", "treatment_completion")
    numbers: Table = {
        "prior_authorizations": references(),
        "referrals": references(),
        "predeterminations": references(),
        "repriced_line": identifiers(2, 30),
    }
    return {
        "control_number": identifiers(2, 30),
        "oral_cavity": listed(one_of(ORAL_CAVITY), 5),
        "quantity": st.integers(2, 9),
        "place_of_service": one_of(("11", "22")),
        "dates": built(LineDates, dict.fromkeys(named, day)),
        "contract": contracts(CLAIM, "lines."),
        "references": built(LineReferences, numbers),
        "repricing": repricings(CLAIM, "lines."),
        "sales_tax": money(9),
        "file_information": notices(),
        "rendering_provider": specialists(),
        "assistant_surgeon": providers(person=True, specialty=True),
        "supervising_provider": providers(person=True),
        "service_facility": located(),
    }


@kept
def line_parts(on: date) -> SearchStrategy[dict[str, Any]]:
    """Draw a few of the rarer parts of a dental line."""
    return some(line_table(on), 2)


@kept
def replacements(on: date) -> SearchStrategy[dict[str, Any]]:
    """Return the facts of a crown or denture that takes the place of another."""
    dates = days_until(on).map(lambda day: LineDates(prior_placement=day, prior_placement_kind="441"))
    return st.builds(lambda placed: {"prosthesis": "R", "dates": placed}, dates)


@kept
@st.composite
def dental_lines(draw: st.DrawFn, valid_on: date = DAY, diagnoses: int = 1) -> DentalLine:
    """Draw dental services of a day; they point to diagnoses where the claim has any."""
    given: dict[str, Any] = draw(line_parts(valid_on))
    given |= draw(one_of(({}, {"prosthesis": "I"})) | replacements(valid_on))
    if diagnoses:
        given["diagnosis_pointers"] = draw(listed(st.integers(1, diagnoses), min(4, diagnoses)))
    code = draw(dental_codes())
    description = "SERVICE" if "unlisted" in kinds_of(code) else None
    line = DentalLine(
        procedure=Procedure(code, qualifier="AD", description=description),
        charge=draw(charges()),
        service_date=valid_on,
        teeth=draw(treated(code)),
        **given,
    )
    return consistent(line)


def consistent(line: DentalLine) -> DentalLine:
    """Return a line whose areas are those of its teeth or its arch, whose units are not of teeth, and whose treatment ends last."""
    changes: dict[str, Any] = {}
    if line.oral_cavity and line.teeth:
        changes["oral_cavity"] = sorted({area for tooth in line.teeth for area in regions(tooth.number)})
    elif line.oral_cavity and line.procedure.code in ARCHES:
        changes["oral_cavity"] = [ARCHES[line.procedure.code]]
    if line.teeth:
        changes["quantity"] = None
    start, end = line.dates.treatment_start, line.dates.treatment_completion
    if isinstance(start, date) and isinstance(end, date) and end < start:
        changes["dates"] = line.dates.evolve(treatment_start=end, treatment_completion=start)
    return line.evolve(**changes)


@kept
@st.composite
def dental_claims(draw: st.DrawFn, valid_on: date = DAY) -> DentalClaim:
    """Draw dental claims for care on a day; few of them have a diagnosis."""
    codes = draw(st.just([]) | diagnosis_lists(valid_on, 4))
    claim = DentalClaim(
        **draw(who(valid_on, providers(billing=True))),
        diagnoses=codes,
        lines=draw(different(dental_lines(valid_on, len(codes)))),
        **draw(claim_parts(valid_on)),
    )
    if claim.orthodontics is None and any(each.procedure.code.startswith("D8") for each in claim.lines):
        claim = claim.evolve(orthodontics=Orthodontics(total_months=24, remaining_months=24))
    there = {tooth.number for line in claim.lines for tooth in line.teeth}
    claim = claim.evolve(tooth_status=[each for each in claim.tooth_status if each.number not in there])
    if claim.predetermination:  # asks about services to come, which have no day
        claim = claim.evolve(
            service_date=None, lines=[each.evolve(service_date=None) for each in claim.lines]
        )
    return draw(finished(claim, valid_on))
