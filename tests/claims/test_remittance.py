"""Remittances as objects: what they say of money, whom they name, and how they show themselves."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, strategies as st

from medcode.claims.balance import Balance
from medcode.claims.model import OutpatientDecision
from medcode.claims.reasons import ReasonKind
from medcode.claims.remittance import (
    Adjustment,
    Amount,
    ClaimPayment,
    InpatientPayment,
    PaidParty,
    Payee,
    Payment,
    PaymentGroup,
    ProviderAdjustment,
    Remark,
    Remittance,
    RemittancePayer,
    ServicePayment,
    TechnicalContact,
)
from medcode.claims.remittance_parts import total
from medcode.claims.remittance_rows import ADJUSTMENT_COLUMNS, LINE_COLUMNS
from medcode.codesets.base import Malformed
from medcode.testing import strategies

DAY = date(2026, 1, 31)


def paid_line(charge: Any = 100, paid: Any = 0, *adjustments: Adjustment, **more: Any) -> ServicePayment:
    return ServicePayment(procedure="99213", charge=charge, paid=paid, adjustments=adjustments, **more)


def paid_claim(*lines: ServicePayment, **more: Any) -> ClaimPayment:
    values: dict[str, Any] = {
        "control_number": "PCN1",
        "payer_claim_number": "ICN1",
        "charge": total(line.charge for line in lines),
        "paid": total(line.paid for line in lines),
        "lines": lines,
    }
    return ClaimPayment(**{**values, **more})


def remittance(*claims: ClaimPayment, **more: Any) -> Remittance:
    payment = Payment(amount=80, date=DAY, trace="EFT1", payer_tax_id="1123456789")
    values: dict[str, Any] = {
        "payment": payment,
        "payer": RemittancePayer(organization="EXAMPLE HEALTH PLAN"),
        "payee": Payee(organization="LAKEVIEW CLINIC", id="1234567893"),
        "groups": [PaymentGroup(claims=claims)],
    }
    return Remittance(**{**values, **more})


def test_a_line_knows_what_the_contract_and_the_patient_bear() -> None:
    adjustments = [
        Adjustment("CO", "45", 40),
        Adjustment("PR", "1", 30),
        Adjustment("PR", "2", 5),
        Adjustment("PR", "3", 10),
    ]
    line = paid_line(200, 115, *adjustments)
    assert [int(each) for each in (line.contractual, line.deductible, line.coinsurance, line.copay)] == [
        40,
        30,
        5,
        10,
    ]
    assert line.allowed == 160
    assert line.adjusted() == 85
    assert line.adjusted("PR") == 45
    assert line.by_kind() == {ReasonKind.CONTRACTUAL: 40, ReasonKind.PATIENT_SHARE: 45}


def test_what_the_payer_states_as_allowed_goes_first() -> None:
    line = paid_line(200, 115, Adjustment("CO", "45", 40), amounts=[Amount("KH", 1), Amount("B6", 150)])
    assert line.allowed == 150
    assert line.amount("T") is None
    assert paid_line(200, amounts=[Amount("B6", "x")]).allowed == 200


def test_a_claim_adds_up_its_lines_and_its_own_adjustments() -> None:
    claim = paid_claim(
        paid_line(100, 60, Adjustment("CO", "45", 40)),
        adjustments=[Adjustment("CO", "253", 2), Adjustment("PR", "3", 8)],
    )
    assert claim.allowed == 58
    assert claim.adjusted() == 50
    assert [each.reason for each in claim.all_adjustments()] == ["253", "3", "45"]
    assert paid_claim(charge=100, paid=90, adjustments=[Adjustment("CO", "45", 10)]).allowed == 90


@pytest.mark.parametrize(
    ("charge", "paid", "adjustments", "denied"),
    [
        (100, 0, [Adjustment("CO", "50", 100)], True),
        (100, 0, [Adjustment("CO", "45", 40), Adjustment("PI", "197", 60)], True),
        (100, 0, [Adjustment("OA", "18", 100)], True),
        (100, 0, [Adjustment("PR", "1", 100)], False),
        (100, 0, [Adjustment("CO", "45", 40), Adjustment("PR", "1", 60)], False),
        (100, 0, [Adjustment("CO", "45", 100)], False),
        (100, 0, [Adjustment("OA", "23", 100)], False),
        (100, 1, [Adjustment("CO", "50", 99)], False),
        (0, 0, [], False),
        (-100, 0, [Adjustment("CO", "50", -100)], False),
        ("x", 0, [Adjustment("CO", "50", 100)], False),
    ],
)
def test_denied_is_what_was_refused_and_not_what_the_patient_owes(
    charge: Any, paid: int, adjustments: list[Adjustment], *, denied: bool
) -> None:
    assert paid_line(charge, paid, *adjustments).is_denied is denied


def test_a_status_of_denied_decides_nothing_by_itself() -> None:
    assert not paid_claim(paid_line(100, 0, Adjustment("PR", "1", 100)), status="4").is_denied


def test_a_reversal_is_known_by_its_status() -> None:
    assert paid_claim(status="22").is_reversal
    assert not paid_claim().is_reversal


@pytest.mark.parametrize(
    "more",
    [
        {"status": "19"},
        {"status": "23"},
        {"crossover_carrier": PaidParty(entity_type="2", organization="SECOND PLAN")},
        {"outpatient": OutpatientDecision(remark_codes=["MA18"])},
        {"inpatient": InpatientPayment(remark_codes=["N89"])},
        {"lines": [paid_line(remarks=[Remark("N89")])]},
    ],
)
def test_a_forwarded_claim_is_known_by_status_carrier_or_remark(more: dict[str, Any]) -> None:
    assert paid_claim(**more).is_forwarded
    assert not paid_claim(lines=[paid_line(remarks=[Remark("N89", qualifier="RX")])]).is_forwarded


def test_remarks_come_once_each() -> None:
    line = paid_line(remarks=[Remark("N130"), Remark("M15"), Remark("75", qualifier="RX")])
    claim = paid_claim(line, outpatient=OutpatientDecision(remark_codes=["MA01", "N130"]))
    assert claim.remark_codes == ("MA01", "N130", "M15")


def test_the_days_of_a_claim() -> None:
    lines = [
        paid_line(service_date="2026-01-10"),
        paid_line(service_start="2026-01-08", service_end="2026-01-09"),
    ]
    claim = paid_claim(*lines, statement_start="2026-01-10", statement_end="x")
    assert claim.service_dates == (date(2026, 1, 8), date(2026, 1, 9), date(2026, 1, 10))
    assert [line.first_day for line in lines] == [date(2026, 1, 10), date(2026, 1, 8)]


def test_a_debit_is_negative_for_the_payee() -> None:
    payment = Payment(amount=80, date=DAY, trace="1", payer_tax_id="1123456789")
    assert payment.signed_amount == 80
    assert payment.evolve(direction="D").signed_amount == -80


def test_a_payee_is_known_by_its_npi_if_that_is_what_it_has() -> None:
    assert Payee(id="1234567893").npi == "1234567893"
    assert isinstance(Payee(id="1234567890").npi, Malformed)
    assert Payee(id="123456789", id_type="FI").npi is None
    assert Payee().npi is None


def test_parties_are_persons_unless_they_say_otherwise() -> None:
    assert PaidParty(last_name="MAPLE").is_person
    assert not PaidParty(entity_type="2", organization="SECOND PLAN").is_person


def test_a_remittance_sums_up() -> None:
    claims = [
        paid_claim(paid_line(100, 60, Adjustment("CO", "45", 40))),
        paid_claim(paid_line(50, 30, Adjustment("PR", "1", 20))),
    ]
    adjustment = ProviderAdjustment(
        provider_id="1234567893", fiscal_year_end="2026-12-31", reason="WO", amount=10
    )
    whole = remittance(*claims, provider_adjustments=[adjustment])
    sums = whole.billed, whole.allowed, whole.paid, whole.patient_responsibility
    assert [int(each) for each in sums] == [150, 110, 90, 20]
    assert whole.provider_adjusted == 10
    assert whole.by_reason() == {("CO", "45"): 40, ("PR", "1"): 20}
    assert whole.claims == tuple(claims)


def test_a_remittance_shows_amounts_and_names_nobody() -> None:
    patient = PaidParty(last_name="MAPLE", first_name="ALEX", id="M0001", id_type="MI")
    claim = paid_claim(paid_line(100, 80, Adjustment("CO", "45", 20), control_number="L1"), patient=patient)
    whole = remittance(claim)
    for shown in (repr(whole), whole.to_text(), whole._repr_html_()):
        for secret in ("MAPLE", "M0001", "PCN1", "ICN1", "EFT1", "LAKEVIEW", "L1'"):
            assert secret not in shown
    assert "CO 45   Contractual                        20.00" in whole.to_text()
    assert "<td>100.00</td><td>80.00</td><td>80.00</td><td>0.00</td>" in whole._repr_html_()


def test_rows_have_always_the_same_columns() -> None:
    lines = [
        paid_line(
            100, 80, Adjustment("CO", "45", 20), control_number="L1", remarks=[Remark("N130"), Remark("M15")]
        ),
        ServicePayment(charge=10, paid=10, revenue_code="0300", submitted_procedure="99214"),
    ]
    without = paid_claim(charge=5, paid=0, adjustments=[Adjustment("CO", "29", 5)])
    adjustment = ProviderAdjustment(provider_id="1", fiscal_year_end="2026-12-31", reason="WO", amount=10)
    whole = remittance(paid_claim(*lines), without, provider_adjustments=[adjustment])
    rows = list(whole.rows())
    assert [(row["claim"], row["line"], row["paid"]) for row in rows] == [
        (1, 1, 80),
        (1, 2, 10),
        (2, None, None),
    ]
    assert {tuple(row) for row in rows} == {LINE_COLUMNS}
    assert (rows[0]["procedure"], rows[0]["remarks"], rows[0]["line_control_number"]) == (
        "99213",
        "N130 M15",
        "L1",
    )
    assert (rows[1]["procedure"], rows[1]["submitted_procedure"], rows[1]["revenue_code"]) == (
        None,
        "99214",
        "0300",
    )
    assert rows[2]["is_denied"] is True
    adjusted = list(whole.adjustment_rows())
    assert {tuple(row) for row in adjusted} == {ADJUSTMENT_COLUMNS}
    shown = [
        (row["claim"], row["line"], row["line_control_number"], row["group"], row["reason"], row["kind"])
        for row in adjusted
    ]
    assert shown == [
        (1, 1, "L1", "CO", "45", "Contractual"),
        (2, None, None, "CO", "29", "Timely filing"),
        (None, None, None, "PLB", "WO", None),
    ]


def test_a_technical_contact_may_be_an_address_on_the_web() -> None:
    payer = RemittancePayer(technical_contacts=[TechnicalContact(url="www.example.com")])
    assert payer.technical_contacts[0].url == "www.example.com"
    with pytest.raises(TypeError):
        RemittancePayer(technical_contacts=["www.example.com"])  # type: ignore[list-item]  # the mistake that is meant


@given(st.data())
def test_drawn_remittances_balance_by_their_own_words(data: st.DataObject) -> None:
    whole = data.draw(strategies.remittances(DAY))
    assert whole.paid - whole.provider_adjusted == whole.payment.signed_amount
    for claim in whole.claims:
        assert claim.charge == total([claim.paid]) + claim.adjusted()
        assert total([claim.patient_responsibility]) == claim.adjusted("PR")
        for line in claim.lines:
            assert line.charge == total([line.paid]) + line.adjusted()
    assert total(row["amount"] for row in whole.adjustment_rows()) == total(
        claim.adjusted() for claim in whole.claims
    ) + Decimal(whole.provider_adjusted)


LINE = ServicePayment(procedure="99213", charge=125, paid=80, adjustments=[Adjustment("CO", "45", 45)])
CLAIM = ClaimPayment(control_number="7", payer_claim_number="1", charge=125, paid=80, lines=[LINE])


@pytest.mark.parametrize(
    "claim",
    [
        CLAIM.evolve(paid=79),
        CLAIM.evolve(charge=126, adjustments=[Adjustment("CO", "45", 1)]),
        CLAIM.evolve(lines=[LINE.evolve(paid=81)], adjustments=[Adjustment("CO", "45", -1)]),
        CLAIM.evolve(charge=Malformed("1,25")),
        CLAIM.evolve(paid=Malformed("8O")),
        CLAIM.evolve(lines=[LINE.evolve(charge=Malformed("1,25"))]),
        CLAIM.evolve(lines=[LINE.evolve(paid=Malformed("8O"))]),
        CLAIM.evolve(adjustments=[Adjustment("CO", "45", Malformed("O"))]),
    ],
)
def test_what_does_not_add_up_is_not_balanced(claim: ClaimPayment) -> None:
    assert CLAIM.is_balanced
    assert not claim.is_balanced
    assert not remittance(claim).is_balanced


def test_an_equation_has_both_sides_or_is_none() -> None:
    assert CLAIM.balance == Balance(Decimal(80), Decimal(80))
    assert CLAIM.evolve(adjustments=[Adjustment("PR", "1", 5)]).balance == Balance(Decimal(80), Decimal(75))
    assert LINE.evolve(paid=Malformed("8O")).balance is None
    assert remittance(CLAIM).balance == Balance(Decimal(80), Decimal(80))
    assert remittance(CLAIM).is_balanced
    assert remittance(CLAIM.evolve(paid=Malformed("8O"))).balance is None
    alone = remittance(CLAIM).evolve(groups=())
    assert alone.balance == Balance(Decimal(80), Decimal(0))
    assert alone.evolve(payment=alone.payment.evolve(handling="D")).is_balanced
