"""Edits of the whole claim that examples do not show in full: addresses, certificates, days, roles, other payers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from medcode.claims.model.adjudication import Adjustment, LineAdjudication, OtherSubscriber
from medcode.claims.model.ambulance import Ambulance, Location
from medcode.claims.model.certification import Accident
from medcode.claims.model.dates import ClaimDates
from medcode.claims.model.party import Address, Contact, Dependent, Identifier, Payer, PayToPlan
from medcode.edits import Tables, check
from medcode.edits.claim.accident import INJURED
from medcode.edits.claim.timely import federal_holidays, last_timely_day
from medcode.edits.examples import BILLING, PAYER, SUBSCRIBER, line, other, room, stay, visit

WRONG = Address("1 MAIN ST", "ANYTOWN", "XX", "12")


def found(claim: Any, *rules: str, **rest: Any) -> list[tuple[str, str | None]]:
    """Rule and path of each finding."""
    return [(f.rule, f.location.path) for f in check(claim, select=rules or (), **rest).findings]


def test_every_address_of_a_claim_is_looked_at() -> None:
    payer = other("100").evolve(
        payer=Payer(organization="FIRST PAYER", payer_id="FIRST", address=WRONG),
        subscriber=OtherSubscriber(last_name="DOE", member_id="1", address=WRONG),
    )
    plan = PayToPlan(organization="PLAN", payer_id="1", tax_id="123456789", address=WRONG)
    claim = visit(
        billing_provider=BILLING.evolve(pay_to_address=WRONG, pay_to_plan=plan),
        subscriber=SUBSCRIBER.evolve(address=WRONG),
        dependent=Dependent(relationship="19", last_name="DOE", birth_date="2010-01-01", address=WRONG),
        payer=PAYER.evolve(address=WRONG),
        other_payers=(payer,),
        ambulance=Ambulance(pick_up=Location(WRONG)),
        lines=(line(ambulance=Ambulance(drop_off=Location(WRONG))),),
    )
    places = [
        "subscriber",
        "dependent",
        "payer",
        "other_payers[0].payer",
        "other_payers[0].subscriber",
        "ambulance.pick_up",
        "lines[0].ambulance.drop_off",
    ]
    paths = [f"{place}.address" for place in places]
    paths += ["billing_provider.pay_to_address", "billing_provider.pay_to_plan.address"]
    assert found(claim, "CLM22") == [("CLM22", f"{path}.state") for path in paths]
    assert found(claim, "CLM65") == [("CLM65", f"{path}.zip") for path in paths]


def test_a_plan_without_an_address_has_nothing_to_look_at() -> None:
    plan = PayToPlan(organization="PLAN", payer_id="1", tax_id="123456789")
    assert found(visit(billing_provider=BILLING.evolve(pay_to_plan=plan)), "CLM22") == []


def test_an_address_without_a_city_is_no_whole_address_yet() -> None:
    assert (
        found(visit(subscriber=SUBSCRIBER.evolve(birth_date="1986-01-01", address=Address("X"))), "CLM64")
        == []
    )


def test_the_user_s_list_says_which_tests_need_a_clia_number() -> None:
    both = visit(lines=(line("80053"), line("G0432", charge="5"), line("85025", modifiers=("26",))))
    assert found(both, "CLM56") == [("CLM56", f"lines[{at}].references.clia") for at in (0, 1)]
    assert found(both, "CLM56", tables=Tables(clia=["G0432"])) == [("CLM56", "lines[1].references.clia")]


def test_an_injury_at_work_lacks_all_three() -> None:
    bare = INJURED.evolve(casualty_claim_number=None)
    assert [path for _, path in found(visit(subscriber=bare), "CLM79")] == [
        "accident.causes",
        "dates.accident",
        "subscriber.casualty_claim_number",
    ]
    car = Accident(("AA",), state="NY")
    assert next(path for _, path in found(visit(subscriber=bare, accident=car), "CLM79")) == "accident.causes"
    report = check(visit(subscriber=bare), profile="workers_comp")
    assert {finding.rule for finding in report.findings} == {"CLM79"}


def test_the_third_equation_speaks_only_where_the_other_two_hold() -> None:
    taken = Adjustment("CO", "45", "20")
    decision = LineAdjudication(payer_id="FIRST", paid="70", adjustments=(taken,))
    wrong_line = visit(lines=(line(adjudications=(decision,)),), other_payers=(other("70"),))
    assert found(wrong_line, "SNIP3") == [("CLM18", "lines[0].adjudications[0].paid")]
    right = decision.evolve(paid="80")
    wrong_payment = visit(lines=(line(adjudications=(right,)),), other_payers=(other("75"),))
    assert found(wrong_payment, "SNIP3") == [("CLM19", "other_payers[0].paid")]
    undecided = visit(
        lines=(line(adjudications=(right,)), line("99214", charge="50")), other_payers=(other("80"),)
    )
    assert found(undecided, "SNIP3") == [("CLM63", "other_payers[0].paid")]
    assert found(visit(other_payers=(other("much"),)), "SNIP3") == []


@pytest.mark.parametrize(
    ("served", "last"),
    [
        ("2023-07-04", "2024-07-05"),  # Independence Day
        ("2024-12-25", "2025-12-26"),  # Christmas
        ("2025-01-01", "2026-01-02"),  # New Year
        ("2024-11-27", "2025-11-28"),  # Thanksgiving
        ("2025-06-19", "2026-06-22"),  # Juneteenth, a Friday: then a weekend
        ("2020-07-03", "2021-07-06"),  # Saturday, Sunday, and Independence Day kept on Monday
    ],
)
def test_row_36_a_last_day_on_a_holiday_moves_to_the_next_workday(served: str, last: str) -> None:
    assert last_timely_day(date.fromisoformat(served)) == date.fromisoformat(last)


def test_federal_holidays_of_a_year() -> None:
    days = sorted(day.isoformat() for day in federal_holidays(2026))
    assert days == [
        "2026-01-01", "2026-01-19", "2026-02-16", "2026-05-25", "2026-06-19", "2026-07-03",
        "2026-09-07", "2026-10-12", "2026-11-11", "2026-11-26", "2026-12-25",
    ]  # fmt: skip
    assert len(federal_holidays(2020)) == 10


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"dates": ClaimDates(accident="2026-01-06")}, "dates.accident"),
        (
            {"dates": ClaimDates(last_worked="2026-01-04", return_to_work="2026-01-03")},
            "dates.return_to_work",
        ),
        ({"dates": ClaimDates(last_menstrual_period="2026-01-07")}, "dates.last_menstrual_period"),
        ({"dates": ClaimDates(initial_treatment="2026-01-07")}, "dates.initial_treatment"),
        ({"dates": ClaimDates(admission="2026-01-07")}, "dates.admission"),
    ],
)
def test_days_in_order(changes: dict[str, Any], path: str) -> None:
    assert found(visit(**changes), "CLM66") == [("CLM66", path)]


def test_death_comes_after_birth_and_after_the_last_service() -> None:
    patient = SUBSCRIBER.evolve(birth_date="1986-01-01", death_date="1985-01-01")
    assert found(visit(subscriber=patient), "CLM66") == [
        ("CLM66", "subscriber.death_date"),
        ("CLM66", "subscriber.death_date"),
    ]
    assert found(visit(subscriber=patient.evolve(death_date="2026-01-05")), "CLM66") == []


def test_what_cannot_be_read_orders_nothing() -> None:
    claim = visit(dates=ClaimDates(onset="soon"), lines=(line(service_date=None),))
    assert found(claim, "CLM66", "CLM67") == []


def test_one_day_of_outpatient_care_dates_all_its_lines() -> None:
    given: dict[str, Any] = {"facility_type": "13", "admission": None, "lines": (room(procedure="G0101"),)}
    assert found(stay("I50.20", statement_dates="2026-01-05", **given), "CLM71") == []
    assert found(stay("I50.20", **given), "CLM71") == [("CLM71", "lines[0].service_date")]


def test_who_gives_no_health_care_has_the_payer_s_number() -> None:
    taxi = BILLING.evolve(npi=None)
    assert found(visit(billing_provider=taxi), "CLM73") == [("CLM73", "billing_provider.npi")]
    known = PAYER.evolve(billing_provider_identifiers=(Identifier("G2", "77"),))
    assert found(visit(billing_provider=taxi, payer=known), "CLM73") == []
    doctor = BILLING.evolve(npi=None, identifiers=(Identifier("0B", "1"),))
    assert found(visit(rendering_provider=doctor), "CLM73") == []
    assert found(visit(lines=(line(rendering_provider=taxi),)), "CLM73") == [
        ("CLM73", "lines[0].rendering_provider.npi")
    ]


def test_no_number_of_a_person_or_an_office_is_shown() -> None:
    claim = visit(
        billing_provider=BILLING.evolve(contacts=Contact("OFFICE", phone="SECRET", fax="SECRET")),
        subscriber=SUBSCRIBER.evolve(ssn="SECRET", address=Address("X", "Y", "NY", "SECRET")),
    )
    report = check(claim, select=("CLM65", "CLM75", "CLM76"))
    assert len(report.findings) == 4
    assert "SECRET" not in report.to_json() + repr(report)


def test_identifiers_of_people_are_looked_at_wherever_they_are() -> None:
    dependent = Dependent(
        relationship="19",
        last_name="DOE",
        birth_date="2010-01-01",
        patient_id="000051120",
        patient_id_type="SY",
        contacts=Contact(phone="555-0100"),
    )
    payer = PAYER.evolve(identifiers=(Identifier("NF", "12-3456789"), Identifier("EI", "12-3456789")))
    assert found(visit(dependent=dependent, payer=payer), "CLM23", "CLM75", "CLM76") == [
        ("CLM23", "payer.identifiers[1].value"),
        ("CLM75", "dependent.contacts[0].phone"),
        ("CLM76", "dependent.patient_id"),
    ]
