"""Edits of the whole claim, case by case: rows 32 to 38 of the tricky cases, and what examples do not show."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from medcode.claims.model.adjudication import Adjustment, LineAdjudication
from medcode.claims.model.party import Address
from medcode.codesets.base import Malformed
from medcode.edits import EDITS, check
from medcode.edits.claim.timely import last_timely_day
from medcode.edits.examples import BILLING, MEDICARE_PATIENT, dental, line, other, room, stay, visit

if TYPE_CHECKING:
    from collections.abc import Iterable


def found(claim: Any, *rules: str, **rest: Any) -> list[tuple[str, str | None]]:
    """Rule and path of each finding."""
    return [(f.rule, f.location.path) for f in check(claim, select=rules or (), **rest).findings]


def test_row_32_an_npi_begins_with_1_or_2() -> None:
    claim = visit(billing_provider=BILLING.evolve(npi="7778889999"))
    assert found(claim) == [("CLM03", "billing_provider.npi")]


def test_row_33_a_replacement_names_what_it_replaces() -> None:
    assert found(visit(frequency="7")) == [("CLM08", "references.payer_claim_number")]
    assert found(visit(frequency="1")) == []


def test_row_35_without_decisions_by_line_the_claim_need_not_balance() -> None:
    taken = (Adjustment("CO", "45", "5000"), Adjustment("PR", "1", "4000"))
    claim = visit(lines=(line(charge="10000"),), other_payers=(other("1000", *taken),))
    assert found(claim, "SNIP3") == []


@pytest.mark.parametrize(
    ("served", "last"),
    [
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2024, 3, 1), date(2025, 3, 3)),
        (date(2024, 3, 2), date(2025, 3, 3)),
        (date(2024, 3, 3), date(2025, 3, 3)),
        (date(2024, 3, 4), date(2025, 3, 4)),
        (date(2020, 12, 31), date(2022, 1, 3)),
        (date(2023, 12, 31), date(2024, 12, 31)),
        (date(2026, 12, 31), date(2028, 1, 3)),
    ],
)
def test_row_36_the_last_timely_day(served: date, last: date) -> None:
    claim = visit(on=served.isoformat(), subscriber=MEDICARE_PATIENT)
    assert last_timely_day(served) == last
    assert found(claim, "CLM13", on=last) == []
    assert found(claim, "CLM13", on=date.fromordinal(last.toordinal() + 1)) == [
        ("CLM13", "lines[0].service_date")
    ]


def test_a_service_in_the_last_year_of_the_calendar_is_not_late() -> None:
    assert found(visit(on="9999-01-05", subscriber=MEDICARE_PATIENT), "CLM13", on=date(2026, 1, 5)) == []


def test_row_36_a_stay_is_timely_by_its_through_date() -> None:
    claim = stay("I50.20", on="2025-01-03", subscriber=MEDICARE_PATIENT.evolve(claim_filing="MA"))
    assert found(claim, "CLM13", on=date(2026, 1, 5)) == []
    assert found(claim, "CLM13", on=date(2026, 1, 6)) == [("CLM13", "statement_dates")]


def test_row_37_a_pointer_to_a_third_diagnosis_of_two() -> None:
    claim = visit("E11.9", "I10", lines=(line(diagnosis_pointers=(3,)),))
    assert found(claim) == [("CLM01", "lines[0].diagnosis_pointers[0]")]


def test_row_38_a_box_is_no_billing_address_and_may_be_where_payments_go() -> None:
    box = Address("PO BOX 12", "ANYTOWN", "NY", "123450001")
    assert found(visit(billing_provider=BILLING.evolve(address=box))) == [
        ("CLM20", "billing_provider.address.line1")
    ]
    assert found(visit(billing_provider=BILLING.evolve(pay_to_address=box))) == []


@pytest.mark.parametrize("text", ["1 BOXWOOD LANE", "12 LOCKE ROAD"])
def test_a_street_that_only_sounds_like_a_box(text: str) -> None:
    box = Address(text, "ANYTOWN", "NY", "123450001")
    assert found(visit(billing_provider=BILLING.evolve(address=box))) == []


def test_a_replacement_of_a_stay_may_have_any_status() -> None:
    assert found(stay("I50.20", frequency="7", discharge_status="30"), "CLM28") == []


@pytest.mark.parametrize("changes", [{"bundled_line": 2}, {"paid": "much"}])
def test_a_decision_that_cannot_be_added_up_is_passed_over(changes: dict[str, Any]) -> None:
    given = {"payer_id": "FIRST", "paid": "1", **changes}
    claim = visit(lines=(line(adjudications=(LineAdjudication(**given),)),))
    assert found(claim, "CLM18") == []


@pytest.mark.parametrize(
    ("charges", "met"), [((0, 0), True), (("much",), False), ((0, "much"), False), ((), False)]
)
def test_nothing_is_charged_where_every_charge_says_so(charges: Any, met: bool) -> None:
    claim = visit(lines=[line(charge=each) for each in charges])
    assert found(claim, "CLM17") == [("CLM17", "lines[0].charge")] * met


@pytest.mark.parametrize("amount", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_what_is_no_finite_number_is_held_and_breaks_no_edit(amount: str) -> None:
    claim = visit(lines=[line(charge=Decimal(amount), quantity=Decimal(amount))])
    assert claim.lines[0].charge == claim.lines[0].quantity == Malformed(amount)
    assert "internal-error" not in {each.name for each in check(claim)}


def test_the_same_claim_twice_in_a_batch_and_other_ones() -> None:
    assert found([visit(), visit("I10"), visit(age=50)], "CLM07") == [("CLM07", "control_number")]
    assert found([visit(), visit(frequency="7"), visit(on="2026-01-06")], "CLM07") == []
    assert found([visit(), visit(payer=visit().payer.evolve(payer_id="77777"))], "CLM07") == []


def test_what_identifies_a_person_is_never_shown() -> None:
    claim = visit(
        subscriber=MEDICARE_PATIENT.evolve(member_id="SECRET99999"),
        billing_provider=BILLING.evolve(tax_id="TAX-SECRET"),
    )
    report = check(claim, select=("CLM23", "CLM27"))
    assert len(report.findings) == 2
    assert "SECRET" not in report.to_json() + str(report) + repr(report)


@pytest.mark.parametrize(
    "claim",
    [
        visit(),
        dental("K02.9"),
        visit("E11.9", "I10"),
        stay("I50.20", "E11.65"),
        stay("I50.20", facility_type="13", admission=None),
    ],
    ids=["visit", "dental", "two diagnoses", "stay", "outpatient"],
)
def test_the_plain_examples_meet_nothing(claim: Any) -> None:
    assert found(claim) == []


def failing() -> Iterable[Any]:
    """Each failing example of an edit that runs by itself."""
    for edit in EDITS.values():
        if not edit.opt_in and not edit.over_batch:
            for claim in edit.fails:
                yield pytest.param(edit, claim, id=edit.id)


@pytest.mark.parametrize(("edit", "claim"), list(failing()))
def test_one_defect_is_one_finding(edit: Any, claim: Any) -> None:
    assert [finding.rule for finding in check(claim, tables=edit.example_tables).findings] == [edit.id]


def test_a_room_without_a_procedure_is_in_order() -> None:
    assert found(stay("I50.20", lines=(room(), room(charge="10"))), "CLM") == []


@pytest.mark.parametrize("rule", ["AGE03", "CLM46", "CLM47", "CLM48"])
def test_without_the_user_s_table_nothing_is_checked(rule: str) -> None:
    edit = EDITS[rule]
    (finding,) = check(edit.fails, select=(rule,)).not_checked
    assert "Tables(" in finding.message


def test_what_the_table_has_no_entry_for_is_free() -> None:
    given = EDITS["CLM48"].example_tables
    assert check(visit(), select=("CLM48",), tables=given).ok
    claim = stay("E11.9", lines=(room(procedure="G0108"),))
    assert check(claim, select=("CLM48",), tables=given).ok
