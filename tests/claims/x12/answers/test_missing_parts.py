"""Answers with a part that is lost or unreadable: the rules judge what is left and invent nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.claims.x12.answers.test_answers import ENVELOPE, INQUIRY, found
from tests.claims.x12.answers.texts import ACKNOWLEDGMENT, REMITTANCE, changed, position

from medcode.claims import x12
from medcode.claims.remittance import Remittance
from medcode.claims.x12.validate import claim_status
from medcode.claims.x12.validate.claim_status import AcknowledgmentRules
from medcode.claims.x12.validate.remittance import RemittanceRules

if TYPE_CHECKING:
    from medcode.claims.x12.validate.situations import Place, Situation


CONTRADICTIONS = {
    "claim-answered-twice",
    "days-disagree",
    "payer-id-mismatch",
    "status-action",
    "two-decisions",
}
"""Rules that hold one segment against another: none can be broken by a segment alone."""


def names(text: str, *changes: str) -> set[str]:
    for change in changes:
        text = changed(text, change)
    return {name for name, _ in found(text)}


@pytest.mark.parametrize(
    "changes",
    [
        ["HL*2*1*21*1: delete"],
        ["HL*3: delete"],
        ["HL*2*1*21*1: delete", "HL*3: delete"],
        ["HL*1: delete"],
        ["HL*4*3*PT: delete"],
    ],
)
def test_a_lost_level_is_reported_as_lost_and_not_as_a_wrong_child(changes: list[str]) -> None:
    assert "hierarchy-child" not in names(ACKNOWLEDGMENT, *changes)


def test_a_lost_patient_of_an_inquiry_leaves_the_level_above_as_it_is() -> None:
    assert "hierarchy-child" not in {each.name for each in x12.validate(INQUIRY.replace("HL*4*3*22*0~", ""))}


def test_a_number_of_zero_tells_nobody_apart() -> None:
    assert names(ACKNOWLEDGMENT, "TRN*2*PCN001: 2=0", "TRN*2*PCN003: 2=0") == set()


def test_so_many_numbers_are_remembered_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    twice = changed(ACKNOWLEDGMENT, "TRN*2*PCN003: 2=PCN002")
    assert names(twice) == {"claim-answered-twice"}
    monkeypatch.setattr(claim_status, "_SEEN", 1)
    assert names(twice) == set()


@pytest.mark.parametrize("target", ["TRN*2*PCN001", "TRN*2*PCN002", "TRN*2*PCN003"])
def test_a_status_without_its_claim_is_read_and_changes_no_other_claim(target: str) -> None:
    whole = list(x12.loads(ACKNOWLEDGMENT).claim_statuses())
    number = target.rpartition("*")[2]
    read = list(x12.loads(changed(ACKNOWLEDGMENT, f"{target}: delete")).claim_statuses())
    assert [each.control_number for each in read] == [
        None if each.control_number == number else each.control_number for each in whole
    ]
    assert [each.statuses for each in read] == [each.statuses for each in whole]


@pytest.mark.parametrize(
    "target", ["CLP*PCN001", "CLP*PCN002", "CLP*PCN004*22", "SVC*HC:99213", "LX*1", "N1*PE"]
)
def test_what_is_left_of_a_loop_that_lost_its_first_segment_is_read(target: str) -> None:
    (whole,) = x12.loads(REMITTANCE).remittances()
    text = changed(REMITTANCE, f"{target}: delete")
    (read,) = x12.loads(text).remittances()
    assert [len(claim.lines) for claim in read.claims] == [len(claim.lines) for claim in whole.claims]
    assert [claim.patient for claim in read.claims] == [claim.patient for claim in whole.claims]
    assert read.payee.address == whole.payee.address
    assert x12.dumps(x12.loads(text)) == text


@pytest.mark.parametrize("target", ["CAS*PR*1", "DTM*472*20260110", "AMT*B6", "REF*6R*L1"])
def test_a_segment_that_is_only_late_opens_no_loop(target: str) -> None:
    assert names(REMITTANCE, f"{target}: swap") == {"segment-out-of-order"}


def test_a_rejected_line_contradicts_an_accepted_claim() -> None:
    text = changed(ACKNOWLEDGMENT, "DTP*472*D8*20260110: insert SVC*HC:99213*20*****1")
    text = changed(text, "SVC*HC:99213*20*: insert STC*A7:454:82**U")
    assert found(text) == [("status-action", position(text, "STC*A7:454:82**U"))]


@pytest.mark.parametrize(
    "change",
    ["SVC*HC:99213: 2=x", "QTY*QA: 2=x", "STC*A2:20:PR*20260131*WQ*200: 4=x", "STC*A3:24:85: 4=x"],
)
def test_an_unreadable_number_is_left_out_of_the_sums(change: str) -> None:
    assert names(ACKNOWLEDGMENT, change) == {"element-characters"}


def test_a_provider_refused_as_a_whole_holds_no_accepted_claim() -> None:
    assert names(ACKNOWLEDGMENT, "STC*A1:19:PR**WQ: 1=A3:24:85;3=U") == {"level-contradicts"}


def test_a_refused_provider_without_a_charge_leaves_the_charges_of_the_batch_unknown() -> None:
    assert names(ACKNOWLEDGMENT, "STC*A3:24:85: 4=", "AMT*YY*400: delete") == {"element-missing"}


def test_a_level_without_claims_is_held_against_its_own_parts() -> None:
    text = changed(ACKNOWLEDGMENT, "AMT*YY*400: insert AMT*YU*10")
    messages = [each.message for each in x12.validate(text)]
    assert any("STC04 of the provider is 400.00" in each and "make 410.00" in each for each in messages)


def test_a_remittance_without_payment_has_nothing_to_balance() -> None:
    assert names(REMITTANCE, "BPR: delete") == {"segment-missing"}


@pytest.mark.parametrize("segment", ["SVC*HC:99213*10*10", "CAS*CO*45*10", "DTM*232*20260110", "MOA***MA01"])
def test_what_belongs_to_no_claim_is_found_after_the_last(segment: str) -> None:
    assert names(REMITTANCE, f"PLB: insert {segment}") & {"segment-unexpected", "segment-out-of-order"}


def test_an_unreadable_amount_is_left_out_of_what_was_adjusted_by_kind() -> None:
    (remittance,) = x12.loads(changed(REMITTANCE, "CAS*CO*45*40: 3=x")).remittances()
    assert sum(remittance.claims[0].by_kind().values()) == Decimal(60)


def test_adjustments_of_two_providers_take_a_segment_each() -> None:
    (remittance,) = x12.loads(REMITTANCE).remittances()
    first, second = remittance.provider_adjustments
    other = second.evolve(provider_id="1245319599")
    sent = x12.dumps([remittance.evolve(provider_adjustments=[first, other], extras=())], ENVELOPE)
    assert [each for each in sent.split("~") if each.strip().startswith("PLB")] != []
    (read,) = x12.loads(sent).remittances()
    assert read.provider_adjustments == (first, other)


def test_a_remittance_without_provider_adjustments_has_no_segment_of_them() -> None:
    (remittance,) = x12.loads(REMITTANCE).remittances()
    bare = remittance.evolve(
        provider_adjustments=(), payment=remittance.payment.evolve(amount=Decimal(1110)), extras=()
    )
    assert "PLB*" not in x12.dumps([bare], ENVELOPE)


def test_an_answer_is_acknowledged_as_a_claim_is() -> None:
    texts = [x12.dumps(x12.acknowledge(text)) for text in (REMITTANCE, ACKNOWLEDGMENT)]
    assert all("IK5*A" in text for text in texts)


@pytest.mark.parametrize(
    ("rules", "text"), [(AcknowledgmentRules, ACKNOWLEDGMENT), (RemittanceRules, REMITTANCE)]
)
def test_a_segment_without_those_around_it_breaks_no_rule(
    rules: type[AcknowledgmentRules | RemittanceRules], text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched: list[tuple[list[str], Place]] = []
    with monkeypatch.context() as patch:
        patch.setattr(rules, "accept", lambda _, elements, place: watched.append((elements, place)))
        assert x12.validate(text).ok
    assert len(watched) > 25
    for elements, place in watched:
        reported: list[Situation] = []
        alone = rules(reported.append, 0)
        alone.accept(elements, place)
        alone.finish()
        assert not {each.rule for each in reported} & CONTRADICTIONS


@pytest.mark.parametrize(
    ("path", "element"),
    [
        ("provider_adjustments[0].reason", 3),
        ("provider_adjustments[1].reason", 5),
        ("provider_adjustments[1].amount", 6),
        ("provider_adjustments[1].provider_id", 1),
    ],
)
def test_adjustments_that_share_a_segment_lead_to_their_own_elements(path: str, element: int) -> None:
    (remittance,) = x12.loads(REMITTANCE).remittances()
    at = remittance.origin.places().find(path)
    assert (at.segment, at.element) == ("PLB", element)
    assert remittance.origin.places().find("provider_adjustments[2].amount") is None


def test_half_a_remittance_is_yielded_as_far_as_it_goes() -> None:
    (half,) = x12.iter_records(REMITTANCE[: REMITTANCE.index("CLP*PCN003")], Remittance)
    assert [claim.status for claim in half.claims] == ["1", "4"]


def test_zeros_before_the_number_at_the_end_of_a_set_are_named_as_such() -> None:
    assert names(REMITTANCE, "SE: 2=00001") == {"set-control-padding"}
