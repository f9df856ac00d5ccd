"""Claims with exactly one thing wrong: each edit's own finding and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from medcode.edits import EDITS, check
from medcode.edits.examples import BILLING, SUBSCRIBER, visit
from medcode.edits.tables import NO_TABLES
from medcode.testing import strategies
from medcode.testing.strategies.broken import mixed

if TYPE_CHECKING:
    from medcode.claims import Claim

relaxed = settings(max_examples=5, suppress_health_check=list(HealthCheck))

EVEN_WITHOUT_TABLES = {"ICD16", "CLM56"}
"""Edits that use a table of the user and find some of it without."""


def is_apart(rule: str) -> bool:
    """Say whether an edit runs only when asked for, over a batch, or with tables of the user."""
    edit = EDITS[rule]
    wants_table = edit.example_tables != NO_TABLES and rule not in EVEN_WITHOUT_TABLES
    return edit.opt_in or edit.over_batch or wants_table


@pytest.mark.parametrize("rule", EDITS)
def test_a_broken_claim_has_exactly_that_finding(rule: str) -> None:
    if is_apart(rule):
        with pytest.raises(ValueError, match=f"no claim breaks {rule} and nothing else"):
            strategies.claims(broken=rule)
        return

    @relaxed
    @given(strategies.claims(broken=rule))
    def holds(claim: Claim) -> None:
        assert [finding.rule for finding in check(claim).findings] == [rule]

    holds()


def test_a_rule_may_be_named() -> None:
    strategies.claims(broken="npi-check-digit")
    with pytest.raises(ValueError, match="npi-check-digt"):
        strategies.claims(broken="npi-check-digt")


@relaxed
@given(strategies.claims())
def test_without_a_rule_claims_are_right(claim: Claim) -> None:
    assert check(claim).findings == ()


@relaxed
@given(strategies.claims(broken="tax-id-shape"))
def test_all_but_what_is_wrong_is_drawn(claim: Claim) -> None:
    assert check(claim).findings[0].rule == "CLM23"
    assert claim.billing_provider.npi != BILLING.npi
    assert claim.subscriber.birth_date == visit().subscriber.birth_date


def test_what_differs_from_the_plain_example_is_kept() -> None:
    drawn = SUBSCRIBER.evolve(last_name="ROE", member_id="77")
    wrong = SUBSCRIBER.evolve(member_id="?")
    assert mixed(wrong, SUBSCRIBER, drawn) == drawn.evolve(member_id="?")
    assert mixed(SUBSCRIBER, SUBSCRIBER, drawn) == drawn
    assert mixed(None, SUBSCRIBER, drawn) is None
    assert mixed(SUBSCRIBER, None, drawn) == SUBSCRIBER
    assert mixed(wrong, SUBSCRIBER, None) == wrong
