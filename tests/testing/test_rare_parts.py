"""Every field of the three claims and their lines is drawn now and then, and so is what belongs together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings, strategies as st
from tests.testing.samples import DAY, KINDS, sample

from medcode.claims import model
from medcode.codesets.icd10cm import Icd10Cm
from medcode.edits.icd.order import is_first_only
from medcode.testing.strategies import dental, institutional, professional, services
from medcode.testing.strategies.codes import on_side
from medcode.testing.strategies.coordination import RANKS
from medcode.testing.strategies.guided import codes_at
from medcode.testing.strategies.shared import finished

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hypothesis.strategies import SearchStrategy

    Table = dict[str, SearchStrategy[Any]]

EXAMPLES = 150
PARTS: dict[str, tuple[type, type]] = {
    "professional": (model.ProfessionalClaim, model.ProfessionalLine),
    "institutional": (model.InstitutionalClaim, model.InstitutionalLine),
    "dental": (model.DentalClaim, model.DentalLine),
}
TABLES: dict[str, tuple[Table, Table]] = {
    "professional": (professional.claim_table(DAY), services.line_table(DAY)),
    "institutional": (institutional.claim_table(DAY), institutional.line_table()),
    "dental": (dental.claim_table(DAY), dental.line_table(DAY)),
}
NEVER = {
    "currency": "amounts are in US dollars",
    "stated_total": "a total that is wrong",
    "extras": "what a guide has no place for",
    "origin": "claims that were read have one",
}
SPECIAL = {
    "unit",
    "equipment",
    "purchased_service",
    "purchased_service_provider",
    "other_payers",
    "adjudications",
}
"""Fields that another test looks for: they stand with others."""

ELSEWHERE: dict[str, set[str]] = {
    "professional": {"predetermination"} | SPECIAL,
    "institutional": {"predetermination"} | SPECIAL,
    "dental": SPECIAL,
}
"""Fields that the kind of claim inherits and its guide has no place for, or that stand with others."""


def set_in(parts: Iterable[Any]) -> set[str]:
    """Name the fields that any of the parts has set to other than their default."""
    return {
        field.name
        for part in parts
        for field in attrs.fields(type(part))
        if getattr(part, field.name) != field.default
    }


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_drawn_now_and_then(kind: str) -> None:
    claims = sample(kind, EXAMPLES)
    drawn = (claims, [line for claim in claims for line in claim.lines])
    for cls, table, parts in zip(PARTS[kind], TABLES[kind], drawn, strict=True):
        names = {field.name for field in attrs.fields(cls)}
        assert table.keys() <= names
        assert names - table.keys() - set_in(parts) <= NEVER.keys() | ELSEWHERE[kind]


ENTRIES = [
    pytest.param(strategy, id=f"{kind} {name}")
    for kind, tables in TABLES.items()
    for table in tables
    for name, strategy in table.items()
]


@pytest.mark.parametrize("strategy", ENTRIES)
def test_every_rarer_part_can_be_drawn(strategy: SearchStrategy[Any]) -> None:
    first = settings(max_examples=10, phases=[Phase.generate], database=None)
    find(strategy, lambda part: part is not None, settings=first)


TOGETHER: dict[str, Any] = {
    "anesthesia by the day": lambda claim: any(
        line.procedure.code == "01996" and line.unit == "UN" for line in claim.lines
    ),
    "a side": lambda claim: any({"LT", "RT"} & {*line.procedure.modifiers} for line in claim.lines),
    "a diagnosis that is only ever first": lambda claim: is_first_only(claim.diagnoses[0].code),
    "anesthesia in minutes": lambda claim: any(line.unit == "MJ" for line in claim.lines),
    "equipment for its procedure": lambda claim: any(
        line.equipment and line.equipment.procedure == line.procedure.code for line in claim.lines
    ),
    "a described service": lambda claim: any(line.procedure.description for line in claim.lines),
    "a bought service and its provider": lambda claim: any(
        line.purchased_service and line.purchased_service_provider for line in claim.lines
    ),
    "where payment goes": lambda claim: claim.billing_provider.pay_to_plan,
    "decisions by line": lambda claim: any(line.adjudications for line in claim.lines),
    "three payers": lambda claim: len(claim.other_payers) > 1,
}


@pytest.mark.slow
@pytest.mark.parametrize("what", TOGETHER)
def test_what_belongs_together_is_drawn_together(what: str) -> None:
    claims = sample("professional", EXAMPLES)
    assert len([claim for claim in claims if TOGETHER[what](claim)]) < len(claims) / 2
    search = settings(
        max_examples=2_000,
        phases=[Phase.generate],
        database=None,
        derandomize=True,
        suppress_health_check=[*HealthCheck],
    )
    find(KINDS["professional"](valid_on=DAY), lambda claim: bool(TOGETHER[what](claim)), settings=search)


@pytest.mark.slow
def test_the_days_of_a_stay_are_counted() -> None:
    stays = [claim for claim in sample("institutional", EXAMPLES) if claim.admission]
    counted = [{each.code: each.amount for each in stay.value_codes} for stay in stays]
    assert {"80", "81"} <= {code for codes in counted for code in codes}
    for stay, codes in zip(stays, counted, strict=True):
        if "80" in codes:
            assert codes["80"] + codes.get("81", 0) == stay.statement_dates.days - 1


@pytest.mark.parametrize("named", ["left", "right"])
def test_a_modifier_names_the_side_of_the_diagnosis(named: str) -> None:
    code, right = {"left": ("M17.12", "LT"), "right": ("M17.11", "RT")}[named]
    for given_ in (("LT",), ("RT",), ("RT", "XS")):
        drawn = on_side(model.Procedure("20610", given_), [Icd10Cm(code), Icd10Cm("E11.9")])
        assert drawn.modifiers == (right, *given_[1:])
    assert on_side(model.Procedure("20610", ("LT",)), [Icd10Cm("M17.0")]).modifiers == ("LT",)
    assert on_side(model.Procedure("20610"), [Icd10Cm(code)]).modifiers == ()


def test_the_side_is_that_of_the_diagnoses_a_line_points_to() -> None:
    codes = [Icd10Cm("M17.12"), Icd10Cm("M17.11")]
    line = model.ProfessionalLine(
        procedure=model.Procedure("20610", ("LT",)), charge=1, diagnosis_pointers=(2,)
    )
    assert professional.sided(line, codes).procedure.modifiers == ("RT",)
    assert professional.sided(line.evolve(diagnosis_pointers=(1, 2)), codes).procedure.modifiers == ("LT",)


def test_codes_are_those_of_the_guide() -> None:
    assert codes_at(model.ProfessionalClaim, "references.authorization_exception") == tuple("1234567")
    assert codes_at(model.DentalClaim, "lines.teeth.surfaces") == tuple("BDFILMO")
    with pytest.raises(LookupError, match="lists no codes of control_number"):
        codes_at(model.ProfessionalClaim, "control_number")


@pytest.fixture(scope="module")
def hurt() -> model.ProfessionalClaim:
    claim: model.ProfessionalClaim = sample("professional", EXAMPLES)[0]
    return claim.evolve(accident=model.Accident(["AA"], state="NY"), frequency="7")


@given(st.data())
def test_a_car_accident_has_its_day_and_a_replacement_its_number(
    hurt: model.ProfessionalClaim, data: st.DataObject
) -> None:
    whole = data.draw(finished(hurt, DAY))
    assert whole.dates.accident is not None
    assert whole.references.payer_claim_number
    assert whole.accident == hurt.accident


def test_a_claim_after_other_payers_says_its_rank() -> None:
    coordinated = [claim for claim in sample("professional", EXAMPLES) if claim.other_payers]
    assert coordinated
    for claim in coordinated:
        ranks = [other.payer_responsibility for other in claim.other_payers]
        assert [*ranks, claim.subscriber.payer_responsibility] == list(RANKS[: len(ranks) + 1])
        assert len({other.payer.payer_id for other in claim.other_payers}) == len(ranks)


def test_days_that_have_an_order_are_drawn_in_it() -> None:
    drawn = model.ClaimDates(admission="2026-01-05", discharge="2026-01-04", last_worked="2026-01-03")
    assert professional.ordered(drawn) == drawn.evolve(admission="2026-01-04", discharge="2026-01-05")
