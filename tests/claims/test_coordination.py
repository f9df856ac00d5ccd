"""Secondary claims: what another payer decided adds up, on the published examples and on all that is drawn."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from tests.claims.test_model import visit
from tests.claims.x12.test_published_cob import EXAMPLES as COORDINATED, TO_SECOND
from tests.claims.x12.test_published_medicare_second import EXAMPLES as MEDICARE

from medcode.claims.balance import Balance, claim_balance, line_balance, payment_balance
from medcode.claims.model import Adjustment, LineAdjudication, OtherPayer, OtherSubscriber, Payer
from medcode.testing import strategies
from medcode.testing.strategies.coordination import coordinated

DAY = date(2026, 1, 5)
PUBLISHED = {
    name: claims[0]
    for name, (claims, _) in (COORDINATED | MEDICARE).items()
    if claims[0].other_payers[0].paid
}


def other(paid: str | None, *adjustments: Adjustment) -> OtherPayer:
    payer, subscriber = (
        Payer(organization="FIRST", payer_id="F1"),
        OtherSubscriber(last_name="DOE", member_id="1"),
    )
    return OtherPayer(payer=payer, subscriber=subscriber, paid=paid, adjustments=adjustments)


def decided(paid: str, *adjustments: Adjustment, **more: Any) -> LineAdjudication:
    return LineAdjudication(payer_id="F1", paid=paid, adjustments=adjustments, **more)


def test_the_published_secondary_claim_balances_three_ways() -> None:
    (claim,) = TO_SECOND
    (first,) = claim.other_payers
    assert payment_balance(claim, first) == Balance(Decimal("39.15"), Decimal("76.04") - Decimal("36.89"))
    assert claim_balance(claim, first) == Balance(
        Decimal("79.04"), Decimal("39.15") + Decimal("36.89") + Decimal("3.00")
    )
    line = claim.lines[0]
    assert line_balance(line, line.adjudications[0]) == Balance(Decimal(43), Decimal(40) + Decimal(3))


def test_three_published_claims_follow_a_payment() -> None:
    assert len(PUBLISHED) == 3


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_published_decision_balances(name: str) -> None:
    claim = PUBLISHED[name]
    for payer in claim.other_payers:
        for balance in (payment_balance(claim, payer), claim_balance(claim, payer)):
            assert balance is not None
            assert balance.holds
    for line in claim.lines:
        for decision in line.adjudications:
            found = line_balance(line, decision)
            assert found is not None
            assert found.holds


def test_without_decisions_by_line_the_payment_is_not_held_against_them() -> None:
    adjustments = Adjustment("CO", "45", 5000), Adjustment("PR", "1", 4000)
    first = other("1000", *adjustments)
    claim = visit(other_payers=(first,))
    claim = claim.evolve(lines=(claim.lines[0].evolve(charge=Decimal(10_000)),))
    assert payment_balance(claim, first) is None
    assert claim_balance(claim, first) == Balance(Decimal(10_000), Decimal(10_000))


def test_a_cent_too_much_is_found() -> None:
    line = (
        visit()
        .lines[0]
        .evolve(charge=Decimal(100), adjudications=(decided("80.01", Adjustment("PR", "2", 20)),))
    )
    first = other("80")
    claim = visit(lines=(line,), other_payers=(first,))
    found = line_balance(line, line.adjudications[0])
    assert found is not None
    assert (found.holds, found.difference) == (False, Decimal("-0.01"))
    paid = payment_balance(claim, first)
    assert paid is not None
    assert paid.difference == Decimal("-0.01")
    total = claim_balance(claim, first)
    assert total is not None
    assert total.holds


@pytest.mark.parametrize("amount", ["1,00", "free"])
def test_an_amount_that_cannot_be_read_leaves_the_equation_open(amount: str) -> None:
    line = visit().lines[0].evolve(adjudications=(decided(amount),))
    first = other(amount)
    claim = visit(lines=(line,), other_payers=(first,))
    assert line_balance(line, line.adjudications[0]) is None
    assert payment_balance(claim, first) is None
    assert claim_balance(claim, first) is None
    adjusted = other("1", Adjustment("PR", "1", amount))
    decided_on = visit(lines=(line.evolve(adjudications=(decided("1"),)),), other_payers=(adjusted,))
    assert payment_balance(decided_on, adjusted) is None


def test_a_payer_that_has_not_paid_has_nothing_to_balance() -> None:
    line = visit().lines[0].evolve(adjudications=(decided("1"),))
    waiting = other(None)
    claim = visit(lines=(line,), other_payers=(waiting,))
    assert payment_balance(claim, waiting) is None
    assert claim_balance(claim, waiting) is None


def test_a_bundled_line_does_not_balance_by_itself() -> None:
    line = visit().lines[0]
    assert line_balance(line, decided("1", bundled_line=2)) is None


def test_each_payer_is_held_against_its_own_decisions() -> None:
    line = visit().lines[0].evolve(charge=Decimal(10), adjudications=(decided("10").evolve(payer_id="F2"),))
    first = other("4", Adjustment("PR", "3", 6))
    claim = visit(lines=(line,), other_payers=(first,))
    assert payment_balance(claim, first) is None
    assert claim_balance(claim, first) == Balance(Decimal(10), Decimal(10))


@pytest.mark.property
@settings(suppress_health_check=list(HealthCheck))
@given(
    strategies.claims(valid_on=DAY)
    .filter(lambda claim: not claim.other_payers)
    .flatmap(lambda claim: coordinated(claim, DAY))
)
def test_what_the_strategies_coordinate_balances(claim: Any) -> None:
    for payer in claim.other_payers:
        total, paid = claim_balance(claim, payer), payment_balance(claim, payer)
        assert total is not None
        assert total.holds
        assert paid is None or paid.holds
    for line in claim.lines:
        for decision in line.adjudications:
            found = line_balance(line, decision)
            assert found is not None
            assert found.holds
