"""The next claim: to the next payer with what the last one decided, or one that replaces or voids it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from tests.claims.ledger.made import (
    CO45,
    JANE,
    PLAN,
    claim,
    ledger,
    line,
    paid,
    paid_line,
    remittance,
    sent,
    status,
)
from tests.testing.samples import KINDS, sample

from medcode import scrub
from medcode.claims import Adjustment, Dependent, OtherPayer, OtherSubscriber, Payer, Subscriber, x12
from medcode.claims.claim_status import Status
from medcode.claims.ledger import NotDueError
from medcode.claims.remittance import PaidParty
from medcode.testing import Payer as Box

if TYPE_CHECKING:
    from pathlib import Path

    from medcode.claims import Claim
    from medcode.claims.ledger import LedgerEntry

SECOND = Payer(organization="SECOND PLAN", payer_id="PLAN2")
JACK = Subscriber(
    last_name="DOE", first_name="JACK", member_id="S1", birth_date="1969-01-02", sex="M", claim_filing="CI"
)
LATER = date(2026, 3, 1)
DECIDED = paid_line(100, 60, CO45, Adjustment("PR", "2", 10))


def decided(*lines: Any, first: Claim | None = None, **more: Any) -> LedgerEntry:
    return ledger(sent(first or claim()), remittance(paid("PCN1", *(lines or (DECIDED,)), **more)))["PCN1"]


def test_the_secondary_claim_holds_what_the_first_payer_decided() -> None:
    made = decided().secondary(payer=SECOND, subscriber=JANE.evolve(member_id="S1"))
    [first] = made.other_payers
    assert (first.payer.payer_id, first.payer_responsibility, first.relationship) == ("PLAN1", "P", "18")
    assert (first.paid, first.claim_number, first.subscriber.member_id) == (Decimal(60), "ICN1", "W1")
    [decision] = made.lines[0].adjudications
    assert (decision.payer_id, decision.paid, decision.date) == ("PLAN1", Decimal(60), date(2026, 1, 20))
    assert decision.adjustments == (CO45, Adjustment("PR", "2", 10))
    assert (made.payer, made.subscriber.payer_responsibility, made.dependent) == (SECOND, "S", None)
    assert scrub(sent(made, number=2, on=LATER)).ok


def test_the_next_payer_is_the_one_that_the_claim_names() -> None:
    other = OtherPayer(
        payer=SECOND, subscriber=OtherSubscriber(last_name="DOE", first_name="JANE", member_id="S1"),
        payer_responsibility="S", claim_filing="CI", group_number="G7",
    )  # fmt: skip
    for made in (
        decided(first=claim(other_payers=[other])).secondary(),
        decided(first=claim(other_payers=[other])).secondary(payer=SECOND),
    ):
        assert made.payer == SECOND
        assert (made.subscriber.member_id, made.subscriber.group_number, made.subscriber.birth_date) == (
            "S1",
            "G7",
            JANE.birth_date,
        )
        assert [each.payer for each in made.other_payers] == [PLAN]
        assert scrub(sent(made, number=2, on=LATER)).ok


def test_the_patient_is_a_dependent_where_the_next_subscriber_is_another() -> None:
    with pytest.raises(NotDueError, match="give the relationship between them"):
        decided().secondary(payer=SECOND, subscriber=JACK)
    made = decided().secondary(payer=SECOND, subscriber=JACK, relationship="01")
    assert made.dependent is not None
    assert (made.dependent.first_name, made.dependent.relationship) == ("JANE", "01")
    child = Dependent(
        last_name="DOE",
        first_name="TIM",
        birth_date="2015-03-04",
        sex="M",
        relationship="19",
        address=JANE.address,
    )
    of_child = decided(first=claim(dependent=child)).secondary(payer=SECOND, subscriber=JACK)
    assert of_child.dependent == child
    assert of_child.other_payers[0].relationship == "19"
    grown = decided(first=claim(dependent=child)).secondary(
        payer=SECOND, subscriber=JACK.evolve(first_name="TIM")
    )
    assert grown.dependent is None


def test_a_tertiary_claim_holds_both_decisions() -> None:
    first = sent(claim())
    answer = remittance(paid("PCN1", DECIDED))
    made = ledger(first, answer)
    second = made["PCN1"].secondary(payer=SECOND, subscriber=JANE.evolve(member_id="S1"))
    made.add(sent(second, number=2, on=date(2026, 1, 25)))
    line_2 = paid_line(100, 6, Adjustment("OA", "23", 90), Adjustment("PR", "2", 4))
    made.add(
        remittance(
            paid("PCN1", line_2, status="2", payer_claim_number="ICN2"),
            payer="PLAN2",
            trace="E2",
            on=date(2026, 2, 9),
        )
    )
    third = made["PCN1"].secondary(payer=Payer(organization="THIRD PLAN", payer_id="PLAN3"), subscriber=JANE)
    assert [(each.payer.payer_id, each.payer_responsibility, each.paid) for each in third.other_payers] == [
        ("PLAN2", "S", Decimal(6)), ("PLAN1", "P", Decimal(60)),
    ]  # fmt: skip
    assert third.subscriber.payer_responsibility == "T"
    assert [each.payer_id for each in third.lines[0].adjudications] == ["PLAN1", "PLAN2"]
    assert scrub(sent(third, number=3, on=LATER)).ok


def test_a_decision_that_was_corrected_counts_as_it_is_now() -> None:
    denied = paid("PCN1", paid_line(100, 0, Adjustment("CO", "16", 100)))
    made = ledger(
        sent(claim()),
        remittance(denied),
        remittance(denied.reversal(), paid("PCN1", DECIDED), trace="E2", on=date(2026, 2, 2)),
    )
    [decision] = made["PCN1"].secondary(payer=SECOND, subscriber=JANE).lines[0].adjudications
    assert (decision.paid, decision.adjustments) == (Decimal(60), (CO45, Adjustment("PR", "2", 10)))


CARRIER = PaidParty(entity_type="2", organization="SECOND PLAN", id="PLAN2", id_type="PI")


@pytest.mark.parametrize(
    ("entry", "subscriber", "why"),
    [
        (lambda: ledger(sent(claim()))["PCN1"], JANE, "no payer has decided on the claim yet"),
        (lambda: decided(status="19", crossover_carrier=CARRIER), JANE, "forwarded the claim to SECOND PLAN: the next payer has it"),
        (lambda: ledger(claim(payer=Payer(organization="NO ID")), remittance(paid("PCN1", DECIDED)))["PCN1"], JANE, "the payer that has decided has no id"),
        (lambda: decided(paid_line(100, 60, CO45, procedure="99214")), JANE, "a line of the remittance fits no line of the claim"),
        (lambda: decided(paid_line(100, 60, CO45)), JANE, "the claim does not balance: 100.00 is stated, the other amounts add up to 90.00"),
        (decided, JANE.evolve(claim_filing="MB"), "Medicare after another payer needs the reason"),
        (decided, None, "the claim names no payer that has not decided"),
    ],
)  # fmt: skip
def test_a_claim_that_is_not_due_says_why(entry: Any, subscriber: Subscriber | None, why: str) -> None:
    found = entry() if callable(entry) else entry
    with pytest.raises(NotDueError, match=why):
        found.secondary(payer=SECOND if subscriber else None, subscriber=subscriber)


def test_a_decision_that_was_taken_back_is_none() -> None:
    payment = paid("PCN1", DECIDED)
    made = ledger(
        sent(claim()), remittance(payment), remittance(payment.reversal(), trace="E2", on=date(2026, 2, 2))
    )
    with pytest.raises(NotDueError, match="taken its decision back"):
        made["PCN1"].secondary(payer=SECOND, subscriber=JANE)


def test_a_replacement_and_a_void_name_the_payers_number() -> None:
    entry = decided()
    corrected = entry.replacement(lines=[line("99214", 140)])
    assert (corrected.frequency, corrected.references.payer_claim_number) == ("7", "ICN1")
    assert corrected.total == 140
    assert (
        entry.replacement(
            references=entry.claim.references.evolve(medical_record="M1")
        ).references.medical_record
        == "M1"
    )
    assert (entry.void().frequency, entry.void().references.payer_claim_number) == ("8", "ICN1")
    made = ledger(
        sent(claim()), remittance(paid("PCN1", DECIDED)), sent(entry.void(), number=2, on=date(2026, 2, 1))
    )
    assert (made["PCN1"].charge, str(made["PCN1"].state)) == (Decimal(0), "sent")
    rejected = status("PCN1", Status("A7", "562", "85", date=date(2026, 1, 9), action="U", charge=100))
    with pytest.raises(NotDueError, match="send it again as a new one"):
        ledger(sent(claim()), rejected)["PCN1"].replacement()
    with pytest.raises(NotDueError, match="send it again as a new one"):
        ledger(sent(claim()))["PCN1"].void()


@pytest.mark.parametrize("kind", KINDS)
def test_secondaries_of_drawn_claims_balance_and_follow_the_guide(kind: str) -> None:
    claims = [
        each.evolve(control_number=f"{at}-{each.control_number}"[:20], other_payers=(), frequency="1")
        for at, each in enumerate(sample(kind, 8))
        if each.subscriber.payer_responsibility == "P" and each.payer.payer_id
    ]
    text = x12.dumps(claims, x12.Envelope(sender="CLINIC", receiver="PLAN"))
    made = ledger(text, Box("coinsurance").answer(text).x835)
    seconds = [
        entry.secondary(payer=SECOND, subscriber=entry.claim.subscriber.evolve(claim_filing="CI", insurance_type=None), relationship=None)
        for entry in made
    ]  # fmt: skip
    assert len(seconds) == len(claims) > 2
    created = datetime(2027, 3, 1)  # noqa: DTZ001  # as the envelope's
    again = x12.dumps(
        seconds, x12.Envelope(sender="CLINIC", receiver="PLAN2", control_number=2, created=created)
    )
    before = {finding.rule for finding in scrub(text).findings}
    assert {finding.rule for finding in scrub(again).findings} <= before


def test_the_published_examples_of_coordination(reference: Path) -> None:
    """X12's examples 3.A to 3.C, and 4: the remittance is written from the amounts that are printed in the secondary claim."""
    folder = reference / "samples/stupidedi/837P"
    [first] = x12.load(folder / "cob-claim-from-billing-provider-to-payer-a.edi").claims()
    answer = remittance(
        paid(
            "26407789", paid_line(43, 40, Adjustment("CO", "42", 3), service_date=date(2005, 10, 3)),
            paid_line(15, 15, procedure="90782", service_date=date(2005, 10, 3)),
            paid_line("21.04", "21.04", procedure="J3301", service_date=date(2005, 10, 3)),
            charge="79.04", paid="39.15", adjustments=[Adjustment("PR", "1", "21.89"), Adjustment("PR", "2", 15)],
            patient=PaidParty(last_name="SMITH", first_name="TED"),
        ),
        on=date(2005, 10, 15), payer="KEY",
    )  # fmt: skip
    made = ledger(folder / "cob-claim-from-billing-provider-to-payer-a.edi", answer)["26407789"]
    for name in (
        "cob-claim-from-billing-provider-to-payer-b",
        "cob-claim-from-payer-a-to-payer-b-in-payer-to-payer",
    ):
        [printed] = x12.load(folder / f"{name}.edi").claims()
        claim_b = made.secondary(payer=printed.payer, subscriber=printed.subscriber)
        assert [each.adjudications for each in claim_b.lines] == [
            each.adjudications for each in printed.lines
        ]
        assert (claim_b.subscriber, claim_b.payer, claim_b.dependent) == (
            printed.subscriber,
            printed.payer,
            first.dependent,
        )
        ours, theirs = claim_b.other_payers[0], printed.other_payers[0]
        for field in ("adjustments", "paid", "remaining_liability", "payer_responsibility", "claim_filing", "benefits_assigned"):  # fmt: skip
            assert getattr(ours, field) == getattr(theirs, field), field
        assert ours.payer.payer_id == theirs.payer.payer_id
        assert ours.subscriber.last_name == theirs.subscriber.last_name

    [printed] = x12.load(folder / "medicare-secondary-payer-cob.edi").claims()
    [theirs] = printed.other_payers
    primary = printed.evolve(
        payer=theirs.payer, other_payers=[], lines=tuple(each.evolve(adjudications=()) for each in printed.lines),
        subscriber=Subscriber(
            last_name="MEDYUM", first_name="CAROL", address=theirs.subscriber.address, member_id=theirs.subscriber.member_id,
            group_name="COMMERCE", claim_filing="CI",
        ),
        dependent=Dependent(
            last_name="MEDYUM", first_name="WAYNE", middle_name="M", birth_date="1956-01-10", sex="M", relationship="01",
            address=printed.subscriber.address,
        ),
    )  # fmt: skip
    answer = remittance(
        paid(
            "101KEN6055",
            paid_line(120, 80, Adjustment("CO", "42", 25), Adjustment("PR", "2", 15), procedure=printed.lines[0].procedure, service_date=date(2005, 1, 19)),
            patient=PaidParty(last_name="MEDYUM", first_name="WAYNE"),
        ),
        on=date(2005, 1, 28),
    )  # fmt: skip
    second = ledger(primary, answer)["101KEN6055"].secondary(
        payer=printed.payer, subscriber=printed.subscriber
    )
    assert second.lines == printed.lines
    assert second.dependent is None
    [ours] = second.other_payers
    for field in (
        "adjustments",
        "paid",
        "payer_responsibility",
        "relationship",
        "group_name",
        "claim_filing",
        "subscriber",
        "payer",
    ):
        assert getattr(ours, field) == getattr(theirs, field), field
