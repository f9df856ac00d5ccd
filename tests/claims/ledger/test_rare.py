"""What seldom comes: whole batches refused, places that name nothing, lines that fit several, answers without a day."""

from __future__ import annotations

import re
from datetime import date

import pytest
from tests.claims.ledger.made import (
    CLINIC,
    CO45,
    JANE,
    NPI,
    claim,
    ledger,
    line,
    paid,
    paid_line,
    remittance,
    sent,
    status,
)
from tests.history.visits import stay

from medcode.claims import Adjustment, OtherPayer, OtherSubscriber, Payer, x12
from medcode.claims.acknowledgment import ElementError, GroupAnswer, SegmentError, SetResult
from medcode.claims.claim_status import (
    BatchStatus,
    InquiryStatus,
    LineStatus,
    ProviderStatus,
    Status,
    StatusParty,
)
from medcode.claims.ledger import EventKind, MatchKind
from medcode.claims.ledger.answering import _payment_identity
from medcode.claims.model import Procedure
from medcode.claims.remittance import ClaimPayment, InpatientPayment

REJECTED = Status("A3", "24", "85", date=date(2026, 1, 9), action="U", charge=100)


def refused(*errors: SegmentError) -> str:
    result = SetResult(kind="837", control_number="0001", decision="R", reasons=("5",), errors=errors)
    answer = GroupAnswer(
        kind="HC",
        control_number="1",
        convention="005010X222A1",
        decision="R",
        included=1,
        received=1,
        taken=0,
        sets=[result],
    )
    return x12.dumps([answer], check=False)


def test_a_place_leads_to_a_field_as_far_as_there_is_one() -> None:
    text = sent(claim("PCN1", line(), line("85025", 20)))
    end = len(x12.loads(text).interchanges[0].groups[0].sets[0].segments)
    found = {}
    for name, error in {
        "missing": SegmentError(segment="DTP", position=end, loop="2400", code="3"),
        "missing loop": SegmentError(segment="NM1", position=9, loop="2310", code="I7"),
        "header": SegmentError(
            segment="NM1", position=3, loop="1000", code="8", elements=[ElementError(element=9, code="6")]
        ),
        "element unknown": SegmentError(
            segment="CLM", position=20, code="8", elements=[ElementError(element=1, code="99")]
        ),
        "no position": SegmentError(segment="CLM", code="1"),
        "unknown segment": SegmentError(segment="ZZZ", position=20, code="1"),
    }.items():
        found[name] = [(each.path, each.own) for each in ledger(text, refused(error))["PCN1"].problems]
    assert found["missing"][0][0] is not None
    assert found["missing"][0][0].startswith("lines[1].")
    assert found["missing loop"][0][1]
    assert found["header"] == [("header.submitter.id", True)]
    assert found["no position"] == [(None, False)]
    assert found["unknown segment"] == [(None, True)]


def test_a_provider_that_is_refused_takes_its_claims_along_and_no_others() -> None:
    other = CLINIC.evolve(organization="HILL CLINIC", npi="1467890129")
    refusal = status(
        None, patient=None, service_date=None, statuses=(),
        provider=ProviderStatus(party=StatusParty(entity_type="2", organization="LAKEVIEW CLINIC", id=NPI, id_type="XX"), trace="1", statuses=[REJECTED]),
    )  # fmt: skip
    made = ledger(sent(claim(), claim("PCN2", billing_provider=other)), refusal)
    assert [str(entry.state) for entry in made] == ["rejected", "sent"]


def test_a_batch_of_several_of_one_reference_is_found_by_its_charge_or_not_at_all() -> None:
    def refusal(charge: int) -> object:
        whole = BatchStatus(reference="BATCH1", statuses=[REJECTED.evolve(charge=charge, entity="41")])
        return status(None, patient=None, provider=None, service_date=None, statuses=()).evolve(batch=whole)

    one, two = sent(claim()), sent(claim("PCN2", line(charge=70)), number=2).replace("BATCH2", "BATCH1")
    assert [str(entry.state) for entry in ledger(one, two, refusal(70))] == ["sent", "rejected"]
    unclear = ledger(one, two, refusal(5)).unmatched[0]
    assert (unclear.match.kind, unclear.why) == (MatchKind.AMBIGUOUS, "2 batches have its reference")
    assert ledger(refusal(5)).unmatched[0].why == "no batch has its reference"


@pytest.mark.parametrize(
    ("category", "state"),
    [("P1", "pended"), ("R3", "requested"), ("F1", "finalized"), ("D0", "sent")],
)
def test_an_answer_to_an_inquiry_says_where_the_claim_is(category: str, state: str) -> None:
    base = status()
    answer = InquiryStatus(
        source=base.source, receiver=base.receiver, provider=base.provider, patient=base.patient, control_number="TRACE7",
        patient_account_number="PCN1", statuses=[Status(category, "1", date=date(2026, 1, 15), charge=100)], service_date=base.service_date,
    )  # fmt: skip
    entry = ledger(sent(claim()), answer)["PCN1"]
    assert str(entry.state) == state
    assert entry.next_step


def test_lines_that_fit_several_are_left_alone() -> None:
    two = claim("PCN1", line("85025", 20), line("85025", 30))
    payment = paid("PCN1", paid_line(25, 25, procedure="85025"), charge=50, paid=25)
    [match] = ledger(sent(two), remittance(payment))["PCN1"].events[1].lines
    assert (match.line, match.match.kind) == (None, MatchKind.AMBIGUOUS)
    numbered = paid(
        "PCN1",
        paid_line(20, 20, procedure="85025", control_number="2"),
        paid_line(9, 9, procedure="99213", control_number="1"),
    )
    first, second = ledger(sent(two), remittance(numbered))["PCN1"].events[1].lines
    assert (first.line, first.match.differences) == (1, ("charge",))
    assert second.line is None
    modified = paid("PCN1", paid_line(20, 20, procedure="85025", control_number="L1"))
    of_number = claim("PCN1", line("85025", 20, control_number="L1"), line("85025", 20, control_number="L2"))
    [found] = ledger(sent(of_number), remittance(modified))["PCN1"].events[1].lines
    assert (found.line, found.match.kind) == (0, MatchKind.EXACT)


def test_a_rejected_line_is_named() -> None:
    blamed = LineStatus(
        procedure="85025", charge=20, control_number="2", statuses=[Status("A7", "507", action="U")]
    )
    stranger = LineStatus(procedure="J0171", charge=9, statuses=[Status("A7", "507", action="U")])
    rejected = status(
        "PCN1", Status("A7", "21", date=date(2026, 1, 9), action="U", charge=120), lines=[blamed, stranger]
    )
    problems = ledger(sent(claim("PCN1", line(), line("85025", 20))), rejected)["PCN1"].problems
    assert [(each.path, each.line) for each in problems] == [(None, None), ("lines[1]", 2), (None, None)]


def test_a_claim_without_days_and_a_subscriber_of_the_next_payer_in_line() -> None:
    undated = ledger("TA1*000000001*260107*0930*A*000~", sent(claim()))["PCN1"]
    assert undated.events[1].date is None
    other = OtherPayer(
        payer=Payer(organization="SECOND PLAN", payer_id="PLAN2"), subscriber=OtherSubscriber(last_name="DOE", first_name="JACK", member_id="S1"),
        payer_responsibility="S", relationship="01", claim_filing="CI",
    )  # fmt: skip
    decided = remittance(paid("PCN1", paid_line(100, 60, CO45, Adjustment("PR", "2", 10))))
    entry = ledger(sent(claim(other_payers=[other])), decided)["PCN1"]
    second = entry.secondary()
    assert (second.subscriber.first_name, second.subscriber.birth_date) == ("JACK", None)
    assert second.dependent is not None
    assert (
        entry.secondary(subscriber=JANE.evolve(payer_responsibility="T")).subscriber.payer_responsibility
        == "T"
    )


def test_a_payment_that_adds_up_to_nothing_says_so() -> None:
    entry = ledger(sent(claim()), remittance(paid("PCN1", paid_line(100, 60, CO45), paid_line(-10, -10))))[
        "PCN1"
    ]
    assert entry.next_step.startswith("Compare the payment with the contract")
    assert entry.state == EventKind.PAID
    assert entry.submissions[0].control_number == "PCN1"


def test_a_claim_without_any_day_or_any_readable_charge_is_kept() -> None:
    text = sent(claim())
    bare = re.sub(r"(BHT\*0019\*00\*BATCH1)\*\d+", r"\1*", text[text.index("ST*837") : text.index("GE*")])
    entry = ledger(bare)["PCN1"]
    assert (entry.days_open(), str(entry.state)) == (0, "sent")
    unreadable = text.replace("CLM*PCN1*100", "CLM*PCN1*x").replace("SV1*HC:99213*100", "SV1*HC:99213*x")
    event = ledger(unreadable, remittance(paid()))["PCN1"].events[1]
    assert event.match.kind is MatchKind.EXACT


def test_a_number_that_several_lines_have_decides_nothing() -> None:
    twins = claim("PCN1", line("85025", 20, control_number="L1"), line("85025", 30, control_number="L1"))
    payment = paid("PCN1", paid_line(30, 30, procedure="85025", control_number="L1"))
    [match] = ledger(sent(twins), remittance(payment))["PCN1"].events[1].lines
    assert (match.line, match.match.kind) == (1, MatchKind.EXACT)
    modified = paid("PCN1", paid_line(100, 100, procedure=Procedure("99213", ["25"])))
    [match] = ledger(sent(claim()), remittance(modified))["PCN1"].events[1].lines
    assert match.match.differences == ("modifiers",)


def test_sets_without_a_head_or_an_end_are_read_as_far_as_they_go() -> None:
    text = sent(claim())
    headless = re.sub(r"BHT\*[^~]*~\s*", "", text)
    assert [entry.control_number for entry in ledger(headless)] == ["PCN1"]
    cut = text[: text.index("SE*")]
    assert [entry.control_number for entry in ledger(cut)] == ["PCN1"]
    paid_in_full = x12.dumps([remittance(paid())], check=False)
    assert ledger(sent(claim()), paid_in_full[: paid_in_full.index("SE*")])["PCN1"].paid == 100
    empty = re.sub(r"(?<=~)\s*BPR\*.*(?=SE\*)", "", paid_in_full, flags=re.DOTALL)
    assert ledger(empty).totals().received == 0
    assert _payment_identity(None) == ""


def test_what_a_hospital_was_paid_goes_into_its_next_claim() -> None:
    bill = stay(
        "1",
        "2026-01-05",
        "2026-01-09",
        "I50.20",
        admission="2026-01-05",
        admission_type="1",
        admission_source="1",
        payer={"organization": "FIRST PLAN", "payer_id": "PLAN1"},
    )
    inpatient = InpatientPayment(covered_days=4)
    payment = ClaimPayment(
        control_number="1", payer_claim_number="ICN1", charge=bill.total, paid=bill.total - 100,
        adjustments=[Adjustment("PR", "1", 100)], patient_responsibility=100, inpatient=inpatient,
    )  # fmt: skip
    entry = ledger(bill, remittance(payment))["1"]
    second = entry.secondary(
        payer=Payer(organization="SECOND PLAN", payer_id="PLAN2"), subscriber=bill.subscriber
    )
    decision = second.other_payers[0].inpatient
    assert decision is not None
    assert decision.covered_days == 4
