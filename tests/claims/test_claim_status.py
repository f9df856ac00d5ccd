"""Claim statuses as objects: what they accept and reject, at which level."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, strategies as st

from medcode.claims.claim_status import (
    BatchStatus,
    ClaimStatus,
    InquiryStatus,
    LineStatus,
    ProviderStatus,
    Status,
    StatusParty,
    StatusReceiver,
    StatusSource,
)
from medcode.testing import strategies

DAY = date(2026, 1, 31)
ACCEPTED = Status("A2", "20", "PR", action="WQ", charge=100, date=DAY)
REJECTED = Status("A7", "562", "85", action="U", charge=100, date=DAY)


def claim_status(**more: Any) -> ClaimStatus:
    return ClaimStatus(
        source=StatusSource(organization="EXAMPLE HEALTH PLAN"),
        receiver=StatusReceiver(entity_type="2", organization="LAKEVIEW BILLING"),
        **more,
    )


@pytest.mark.parametrize(
    ("status", "accepted", "rejected"),
    [
        (ACCEPTED, True, False),
        (REJECTED, False, True),
        (Status("A2", "20"), True, False),
        (Status("A3", "21"), False, True),
        (Status("F1", "65"), False, False),
        (Status("A2", "20", action="U"), False, True),
    ],
)
def test_the_action_says_what_became_of_it_and_without_one_the_category(
    status: Status, *, accepted: bool, rejected: bool
) -> None:
    assert (status.is_accepted, status.is_rejected) == (accepted, rejected)


def test_a_claim_is_rejected_if_one_status_rejects_it() -> None:
    both = claim_status(control_number="1", statuses=[ACCEPTED, REJECTED])
    assert (both.level, both.is_accepted, both.is_rejected) == ("claim", False, True)
    one = claim_status(control_number="1", statuses=[ACCEPTED])
    assert (one.is_accepted, one.is_rejected) == (True, False)


def test_the_batch_decides_nothing_about_a_claim() -> None:
    claim = claim_status(control_number="1", statuses=[REJECTED], batch=BatchStatus(statuses=[ACCEPTED]))
    assert claim.is_rejected


def test_a_provider_or_a_batch_is_refused_as_a_whole() -> None:
    provider = claim_status(
        provider=ProviderStatus(statuses=[REJECTED]), batch=BatchStatus(statuses=[ACCEPTED])
    )
    assert (provider.level, provider.is_rejected) == ("provider", True)
    batch = claim_status(batch=BatchStatus(statuses=[REJECTED]))
    assert (batch.level, batch.is_rejected) == ("batch", True)
    nothing = claim_status()
    assert (nothing.level, nothing.is_rejected, nothing.is_accepted) == ("batch", False, False)


def test_a_patient_alone_is_about_a_claim() -> None:
    assert claim_status(patient=StatusParty(last_name="MAPLE")).level == "claim"


def test_lines_and_parties_keep_quiet_about_who_it_is() -> None:
    line = LineStatus(charge=100, procedure="99213", statuses=[REJECTED], control_number="L1")
    party = StatusParty(last_name="MAPLE", id="M0001")
    shown = repr(claim_status(control_number="PCN1", patient=party, lines=[line]))
    for secret in ("MAPLE", "M0001", "PCN1", "L1"):
        assert secret not in shown
    assert party.is_person
    assert not StatusParty(entity_type="2").is_person


def test_lists_hold_what_they_are_for() -> None:
    with pytest.raises(TypeError):
        claim_status(lines=["line"])
    with pytest.raises(TypeError):
        claim_status(statuses=["A2"])


def test_an_answer_to_an_inquiry_is_the_same_with_more() -> None:
    answer = InquiryStatus(
        source=StatusSource(organization="EXAMPLE HEALTH PLAN"),
        receiver=StatusReceiver(entity_type="2", organization="LAKEVIEW BILLING"),
        statuses=[Status("F1", "65", paid="80.00", paid_date=DAY)],
        dependent=StatusParty(last_name="MAPLE"),
    )
    assert answer.guide == "005010X212"
    assert answer.level == "claim"
    assert answer.statuses[0].paid == 80


@given(st.data())
def test_drawn_statuses_are_accepted_or_rejected(data: st.DataObject) -> None:
    status = data.draw(strategies.claim_statuses(DAY))
    assert status.is_accepted is not status.is_rejected
    assert status.level == "claim"
