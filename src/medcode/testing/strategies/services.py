"""Lines of professional claims, and now and then the rarer parts that the guide has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import strategies as st

from medcode.claims.model import (
    Ambulance,
    Equipment,
    EquipmentCertification,
    Form,
    FormAnswer,
    Identifier,
    LineDates,
    LineReferences,
    Note,
    Procedure,
    ProfessionalClaim,
    ProfessionalLine,
    ProviderIdentity,
    PurchasedService,
    TestResult,
)
from medcode.claims.model.base import DateRange
from medcode.testing.strategies.codes import clia_numbers, procedures
from medcode.testing.strategies.guided import codes_at, guided
from medcode.testing.strategies.parties import addresses, contacts, located, providers
from medcode.testing.strategies.primitives import (
    DAY,
    charges,
    days_until,
    identifiers,
    kept,
    listed,
    money,
    names,
    numbers,
    one_of,
    some,
    texts,
)
from medcode.testing.strategies.supplements import (
    attachments,
    built,
    contracts,
    drug_of,
    drugs,
    notices,
    references,
    repricings,
)
from medcode.testing.strategies.transport import ambulances, certified

if TYPE_CHECKING:
    from datetime import date

    from hypothesis.strategies import SearchStrategy

    Table = dict[str, SearchStrategy[Any]]

__all__ = ["PLACES", "professional_lines"]

CLAIM = ProfessionalClaim

PLACES = ("11", "12", "20", "22", "81")
DENTAL = {
    "appliance_placement",
    "prior_placement",
    "prior_placement_kind",
    "replacement",
    "treatment_start",
    "treatment_completion",
}
DATES = [field.name for field in attrs.fields(LineDates) if field.name not in DENTAL]


@kept
def equipment(code: Any) -> SearchStrategy[Equipment]:
    """Draw equipment of a procedure, with its certificate."""
    return st.builds(
        lambda days, rental, price, frequency, kind, months, sent, needs: Equipment(
            procedure=str(code), days=days, rental_price=rental, purchase_price=price, rental_frequency=frequency,
            certification=EquipmentCertification(kind, months), certificate_transmission=sent, conditions=needs,
        ),
        st.integers(1, 365), money(), money(), guided(CLAIM, "lines.equipment.rental_frequency"),
        guided(CLAIM, "lines.equipment.certification.type"), st.integers(1, 99),
        guided(CLAIM, "lines.equipment.certificate_transmission", but="AD"),
        certified(codes_at(CLAIM, "lines.equipment.conditions.conditions"), 2),
    )  # fmt: skip


@kept
def forms(on: date) -> SearchStrategy[Form]:
    """Draw forms with answers of each kind."""
    answer = (
        st.builds(FormAnswer, numbers(2, 1), one_of("YNW"))
        | st.builds(FormAnswer, numbers(2, 1), text=names(30))
        | st.builds(FormAnswer, numbers(2, 1), date=days_until(on))
    )
    return st.builds(Form, one_of(("10.03", "484.03", "463")), listed(answer, 3))


@kept
def line_references() -> SearchStrategy[LineReferences]:
    """Draw numbers of a line."""
    named = "mammography_certification immunization_batch repriced_line adjusted_repriced_line"
    table: Table = dict.fromkeys(named.split(), identifiers(2, 30)) | {
        "clia": clia_numbers(),
        "referring_clia": clia_numbers(),
        "prior_authorizations": references(),
        "referrals": references(),
    }
    return built(LineReferences, table)


@kept
def bought() -> SearchStrategy[dict[str, Any]]:
    """Draw a service bought from another provider, and who that is."""
    provider = st.builds(Identifier, st.just("G2"), identifiers()).map(
        lambda number: ProviderIdentity(identifiers=(number,))
    )
    service = st.builds(PurchasedService, identifiers(2, 15), money())
    return st.fixed_dictionaries({"purchased_service": service, "purchased_service_provider": provider})


def line_table(on: date) -> Table:
    """Draw the rarer parts of a professional line, by their field."""
    return {
        "control_number": identifiers(2, 30),
        "service_date": st.just(DateRange(on, on)),
        "place_of_service": one_of(PLACES),
        "emergency": st.just("Y"),
        "epsdt": st.just("Y"),
        "family_planning": st.just("Y"),
        "copay_exempt": st.just("0"),
        "hospice_employee": guided(CLAIM, "lines.hospice_employee"),
        "dates": built(LineDates, dict.fromkeys(DATES, days_until(on))),
        "references": line_references(),
        "repricing": repricings(CLAIM, "lines."),
        "attachments": listed(attachments(CLAIM, "lines.")),
        "contract": contracts(CLAIM, "lines."),
        "drug": drugs(CLAIM),
        "ambulance": st.integers(2, 9).map(lambda riders: Ambulance(patient_count=riders)) | ambulances(),
        "obstetric_units": st.integers(1, 20),
        "test_results": listed(
            st.builds(TestResult, measure=guided(CLAIM, "lines.test_results.measure"), value=money(99)), 2
        ),
        "sales_tax": money(9),
        "postage": money(9),
        "file_information": notices(),
        "note": st.builds(Note, texts(), guided(CLAIM, "lines.note.type")),
        "third_party_note": texts(),
        "rendering_provider": providers(specialty=True),
        "service_facility": located(),
        "supervising_provider": providers(person=True),
        "ordering_provider": providers(person=True),
        "referring_provider": providers(person=True),
        "primary_care_provider": providers(person=True),
        "forms": st.tuples(forms(on)),
    }


@kept
def line_parts(on: date) -> SearchStrategy[dict[str, Any]]:
    """Draw a few of the rarer parts of a professional line."""
    return some(line_table(on), 2)


@kept
@st.composite
def professional_lines(draw: st.DrawFn, valid_on: date = DAY, diagnoses: int = 1) -> ProfessionalLine:
    """Draw service lines of a day that point to some of so many diagnoses."""
    pointers = st.lists(st.integers(1, diagnoses), min_size=1, max_size=min(4, diagnoses), unique=True)
    given: dict[str, Any] = {
        "procedure": draw(procedures()),
        "charge": draw(charges()),
        "quantity": draw(st.integers(1, 99)),
        "service_date": valid_on,
        "diagnosis_pointers": tuple(draw(pointers)),
        **draw(line_parts(valid_on)),
    }
    special = draw(st.integers(0, 15))
    if special == ANESTHESIA:
        code = draw(numbers(5, 100, 1_999) | one_of((BY_THE_DAY, UNLISTED_ANESTHESIA)))
        described = {"description": draw(texts())} if code == UNLISTED_ANESTHESIA else {}
        given |= {"procedure": Procedure(code, **described), "unit": "MJ"}
        if code == BY_THE_DAY:
            given |= {"unit": "UN", "quantity": 1}
    elif special == UNLISTED:
        given["procedure"] = Procedure("J3490", description=draw(texts()))
    elif special == EQUIPMENT:
        given["equipment"] = draw(equipment(given["procedure"].code))
        given["dates"] = LineDates(
            begin_therapy=valid_on, recertification=valid_on, last_certification=valid_on
        )
        ordering = draw(providers(person=True))
        given["ordering_provider"] = ordering.evolve(address=draw(addresses()), contacts=draw(contacts()))
    elif special == BOUGHT:
        given |= draw(bought())
    given.setdefault("drug", draw(drug_of(CLAIM, given["procedure"].code)))
    return ProfessionalLine(**given)


BY_THE_DAY, UNLISTED_ANESTHESIA = "01996", "01999"
"""Anesthesia codes that are not billed in minutes, or not without a description."""

ANESTHESIA, UNLISTED, EQUIPMENT, BOUGHT = 15, 14, 13, 12
"""The services, one in sixteen each, that bring their own rules."""
