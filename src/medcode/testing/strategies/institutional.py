"""Institutional claims: stays and outpatient visits, and now and then the rarer parts that the guide has."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from medcode.claims.model import (
    Accident,
    Certification,
    ClaimDates,
    ClaimReferences,
    Diagnosis,
    InpatientProcedure,
    InstitutionalClaim,
    InstitutionalLine,
    LineReferences,
    Note,
    Occurrence,
    OccurrenceSpan,
    ValueAmount,
)
from medcode.testing.strategies.codes import (
    compatible,
    diagnosis_codes,
    diagnosis_lists,
    external_causes,
    inpatient_procedure_codes,
    on_side,
    procedures,
)
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
    numbers,
    one_of,
    some,
    texts,
)
from medcode.testing.strategies.shared import different, finished, who
from medcode.testing.strategies.supplements import (
    attachments,
    built,
    contracts,
    drug_of,
    drugs,
    notices,
    repricings,
)

if TYPE_CHECKING:
    from datetime import date

    from hypothesis.strategies import SearchStrategy

    Table = dict[str, SearchStrategy[Any]]

__all__ = ["institutional_claims", "outpatient_visits", "stays"]

CLAIM = InstitutionalClaim
DISCHARGED = ("01", "02", "03", "06", "07", "20")
PHYSICIAN = "0B G2 LU"


@kept
def claim_references() -> SearchStrategy[ClaimReferences]:
    """Draw numbers of a claim."""
    named = (
        "prior_authorization referral medical_record clearinghouse demonstration_project peer_review "
        "repriced_claim adjusted_repriced_claim"
    )
    table: Table = dict.fromkeys(named.split(), identifiers(2, 30)) | {
        "investigational_devices": listed(identifiers(2, 30), 3),
        "authorization_exception": guided(CLAIM, "references.authorization_exception"),
    }
    return built(ClaimReferences, table)


def claim_table(on: date) -> Table:
    """Draw the rarer parts of an institutional claim, by their field."""
    return {
        "dates": days_until(on).map(lambda day: ClaimDates(repricer_received=day)),
        "references": claim_references(),
        "accident": one_of(("FL", "NY")).map(lambda state: Accident(state=state)),
        "attachments": listed(attachments(CLAIM)),
        "contract": contracts(CLAIM),
        "file_information": notices(),
        "repricing": repricings(CLAIM),
        "notes": listed(st.builds(Note, texts(), guided(CLAIM, "notes.type"))),
        "billing_note": texts(),
        "patient_due": money(99),
        "epsdt_referral": st.builds(Certification, listed(guided(CLAIM, "epsdt_referral.conditions"), 3)),
        "occurrences": listed(st.builds(Occurrence, one_of(("11", "18", "42")), days_until(on)), 3),
        "occurrence_spans": listed(
            st.builds(OccurrenceSpan, one_of(("70", "72")), days_until(on).map(lambda day: (day, on)))
        ),
        "value_codes": listed(st.builds(ValueAmount, one_of(("01", "50", "A1")), money(999)), 3),
        "condition_codes": listed(one_of(("09", "C5", "17")), 3),
        "treatment_codes": listed(one_of(("A01", "B02")), 2),
        "delay_reason": guided(CLAIM, "delay_reason"),
        "frequency": one_of("78"),
        "accepts_assignment": guided(CLAIM, "accepts_assignment", but="A"),
        "benefits_assigned": guided(CLAIM, "benefits_assigned", but="Y"),
        "release_of_information": guided(CLAIM, "release_of_information", but="Y"),
        "operating_physician": providers(person=True, codes=PHYSICIAN),
        "other_operating_physician": providers(person=True),
        "rendering_provider": providers(person=True),
        "referring_provider": providers(person=True, codes="0B G2"),
        "service_facility": located(),
    }


@kept
def claim_parts(on: date) -> SearchStrategy[dict[str, Any]]:
    """Draw a few of the rarer parts of an institutional claim."""
    return some(claim_table(on))


def line_table() -> Table:
    """Draw the rarer parts of a revenue line, by their field."""
    named = dict.fromkeys(("repriced_line", "adjusted_repriced_line"), identifiers(2, 30))
    return {
        "control_number": identifiers(2, 30),
        "non_covered": money(99),
        "attachments": listed(attachments(CLAIM, "lines.")),
        "references": built(LineReferences, named),
        "service_tax": money(9),
        "facility_tax": money(9),
        "third_party_note": texts(),
        "repricing": repricings(CLAIM, "lines."),
        "drug": drugs(CLAIM),
        "operating_physician": providers(person=True),
        "other_operating_physician": providers(person=True),
        "rendering_provider": providers(person=True),
        "referring_provider": providers(person=True),
    }


@kept
def line_parts() -> SearchStrategy[dict[str, Any]]:
    """Draw a few of the rarer parts of a revenue line."""
    return some(line_table(), 2)


@kept
@st.composite
def revenue_lines(draw: st.DrawFn, on: date, *, outpatient: bool) -> InstitutionalLine:
    """Draw revenue lines; those of an outpatient have a procedure and its day."""
    given = draw(line_parts())
    if outpatient:
        procedure = draw(procedures(professional=False))
        given |= {"procedure": procedure, "service_date": on}
        given.setdefault("drug", draw(drug_of(CLAIM, procedure.code)))
    return InstitutionalLine(
        revenue_code=draw(one_of(("0250", "0300", "0360", "0450", "0730"))),
        charge=draw(charges()),
        quantity=draw(st.integers(1, 99)),
        **given,
    )


@kept
@st.composite
def rooms(draw: st.DrawFn, days: int) -> InstitutionalLine:
    """Draw lines of room and board."""
    code = draw(one_of(("0120", "0110", "0200")))
    return InstitutionalLine(revenue_code=code, charge=draw(charges()), quantity=days, unit="DA")


@kept
@st.composite
def diagnosed(draw: st.DrawFn, on: date, *, present: bool) -> dict[str, Any]:
    """Draw diagnoses that may stand together, the principal one first, and perhaps an external cause."""
    codes = draw(diagnosis_lists(on, 25))
    causes = draw(st.lists(external_causes(on), max_size=2, unique=True))
    together = compatible([*codes, *causes])
    all_ = [
        Diagnosis(
            code,
            present_on_admission=draw(guided(CLAIM, "principal_diagnosis.present_on_admission"))
            if present
            else None,
        )
        for code in together
    ]
    kept = len(codes)
    return {
        "principal_diagnosis": all_[0],
        "other_diagnoses": tuple(all_[1:kept]),
        "external_causes": tuple(all_[kept:]),
    }


@kept
@st.composite
def stays(draw: st.DrawFn, valid_on: date = DAY) -> InstitutionalClaim:
    """Draw stays in a hospital that end on a day."""
    days = draw(st.integers(1, 30))
    admitted = valid_on - timedelta(days)
    hour = draw(st.integers(0, 23))
    procedures = draw(st.lists(inpatient_procedure_codes(valid_on), max_size=6, unique=True))
    done = [InpatientProcedure(code, draw(days_until(valid_on, days))) for code in procedures]
    claim = InstitutionalClaim(
        **draw(who(admitted, providers(billing=True, person=False))),
        facility_type="11",
        statement_dates=(admitted, valid_on),
        admission=datetime.combine(admitted, time(hour)),
        admission_type=draw(one_of("12359")),
        admission_source=draw(one_of("1245689")),
        discharge_status=draw(one_of(DISCHARGED)),
        discharge_time=draw(st.integers(0, 23).map(time)),
        admitting_diagnosis=draw(diagnosis_codes(valid_on)),
        **draw(diagnosed(valid_on, present=True)),
        principal_procedure=done[0] if done else None,
        other_procedures=done[1:],
        drg=draw(st.none() | numbers(3, 1)),
        attending_provider=draw(providers(person=True, specialty=True, codes=PHYSICIAN)),
        lines=[draw(rooms(days)), *draw(different(revenue_lines(valid_on, outpatient=False), 0))],
        **draw(claim_parts(valid_on)),
    )
    if claim.operating_physician is None and done:
        claim = claim.evolve(operating_physician=draw(providers(person=True, codes=PHYSICIAN)))
    if draw(st.booleans()):
        claim = claim.evolve(value_codes=(*claim.value_codes, *draw(counted(days))))
    return draw(finished(claim, valid_on))


@st.composite
def counted(draw: st.DrawFn, days: int) -> tuple[ValueAmount, ...]:
    """Draw the days of a stay as its value codes count them: all of them, covered and not."""
    covered = draw(st.integers(1, days))
    rest = (ValueAmount("81", days - covered),) if covered < days else ()
    return (ValueAmount("80", covered), *rest)


@kept
@st.composite
def outpatient_visits(draw: st.DrawFn, valid_on: date = DAY) -> InstitutionalClaim:
    """Draw visits to the outpatient department of a hospital on a day."""
    claim = InstitutionalClaim(
        **draw(who(valid_on, providers(billing=True, person=False))),
        facility_type=draw(one_of(("13", "14", "83"))),
        statement_dates=(valid_on, valid_on),
        admission_type=draw(one_of("312")),
        discharge_status="01",
        reasons_for_visit=tuple(
            draw(st.lists(diagnosis_codes(valid_on), min_size=1, max_size=3, unique=True))
        ),
        **draw(diagnosed(valid_on, present=False)),
        attending_provider=draw(providers(person=True, specialty=True)),
        lines=draw(different(revenue_lines(valid_on, outpatient=True))),
        **draw(claim_parts(valid_on)),
    )
    if claim.operating_physician is None and any(line.revenue_code == "0360" for line in claim.lines):
        claim = claim.evolve(operating_physician=draw(providers(person=True, codes=PHYSICIAN)))
    return draw(finished(claim.evolve(lines=[sided(claim, line) for line in claim.lines]), valid_on))


def sided(claim: InstitutionalClaim, line: InstitutionalLine) -> InstitutionalLine:
    """Return a line whose modifiers have the side of the principal diagnosis."""
    codes: list[Any] = [claim.principal_diagnosis.code]
    return line.evolve(procedure=line.procedure and on_side(line.procedure, codes))


def institutional_claims(valid_on: date = DAY) -> SearchStrategy[InstitutionalClaim]:
    """Draw institutional claims for care that ends on a day: outpatient visits and stays."""
    return outpatient_visits(valid_on) | stays(valid_on)
