"""Which claim an answer is about: exact, cut, soft, ambiguous or none, and never a guess."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from typing import Any

import pytest
from tests.claims.ledger.made import (
    JANE,
    claim,
    kinds,
    ledger,
    line,
    paid,
    paid_line,
    remittance,
    sent,
    status,
    whole,
)

from medcode.claims import x12
from medcode.claims.ledger import MatchKind, UnknownClaim
from medcode.claims.remittance import PaidParty
from medcode.edits.examples import stay
from medcode.testing import Payer


def test_a_cut_number_is_matched_and_named() -> None:
    number = "ACCOUNT-2026-000000000000017"
    made = ledger(sent(claim(number)), status(number[:20]), remittance(paid(number[:24])))
    entry = made[number]
    assert [event.match.kind for event in entry.events] == [MatchKind.EXACT, MatchKind.CUT, MatchKind.CUT]
    short = ledger(sent(claim(number)), remittance(paid(number[:19], patient=None)))
    assert short.unmatched[0].match.kind is MatchKind.NONE
    two = ledger(sent(claim(number), claim(number[:-1] + "8")), remittance(paid(number[:20])))
    assert two.unmatched[0].match.kind is MatchKind.AMBIGUOUS
    assert set(two.unmatched[0].candidates) == {number, number[:-1] + "8"}


def test_what_differs_is_named() -> None:
    later = date(2026, 3, 3)
    other = PaidParty(last_name="ROE", first_name="RAY", id="X9", id_type="MI")
    cases: dict[tuple[str, ...], Any] = {
        ("charge",): paid("PCN1", paid_line(90, 90)),
        ("date",): paid("PCN1", paid_line(service_date=later)),
        ("patient",): paid("PCN1", patient=other),
        (): paid(" pcn1", patient=None),
    }
    for differences, payment in cases.items():
        event = ledger(sent(claim()), remittance(payment))["PCN1"].events[1]
        assert event.match.differences == differences
        assert event.match.kind is (MatchKind.SOFT if differences else MatchKind.EXACT)


def test_a_number_that_means_another_claim_is_not_matched() -> None:
    stranger = paid(
        "PCN1", paid_line(7, 7, service_date=date(2020, 1, 1)), patient=PaidParty(last_name="ROE", id="X9")
    )
    found = ledger(sent(claim()), remittance(stranger))
    assert kinds(found["PCN1"]) == ["sent"]
    assert found.unmatched[0].candidates == ("PCN1",)
    assert found.unmatched[0].why == (
        "the claim of its control number is another one: the charge, the dates of service, the patient differ"
    )
    assert found.totals().unmatched == 7
    assert found.totals().difference == 0
    assert "ROE" not in repr(found.unmatched)
    assert "PCN1" not in repr(found.unmatched)


def test_two_claims_of_one_number_are_told_apart_or_left_alone() -> None:
    ray = JANE.evolve(last_name="ROE", first_name="RAY", member_id="W2")
    files = [sent(claim(), claim(subscriber=ray, lines=[line(charge=80)]))]
    made = ledger(
        *files,
        remittance(
            paid("PCN1", paid_line(80, 80), patient=PaidParty(last_name="ROE", first_name="RAY", id="W2"))
        ),
    )
    jane, other = made.find("PCN1")
    assert whole(jane.paid, other.paid) == [0, 80]
    with pytest.raises(UnknownClaim, match="2 claims of the ledger have this control number; use find"):
        made["PCN1"]
    unclear = ledger(*files, remittance(paid("PCN1", paid_line(charge=5, paid=5), patient=None)))
    assert unclear.unmatched[0].match.kind is MatchKind.AMBIGUOUS
    assert unclear.unmatched[0].candidates == ("PCN1", "PCN1")


def test_a_number_that_is_used_for_another_visit_makes_another_entry() -> None:
    again = date(2026, 4, 4)
    made = ledger(
        sent(claim(), claim(lines=[line(service_date=again)])),
        remittance(paid("PCN1", paid_line(service_date=again))),
    )
    assert [entry.paid for entry in made.find("PCN1")] == [0, 100]


def test_an_answer_without_the_number_is_found_by_the_payers_own_or_by_all_else() -> None:
    by_payer = ledger(sent(claim()), status(payer_claim_number="ICN1"), remittance(paid("0", patient=None)))
    assert by_payer["PCN1"].events[2].match.differences == ("control_number",)
    by_content = ledger(sent(claim()), remittance(paid("0")))
    assert by_content["PCN1"].paid == 100
    not_sure = ledger(sent(claim(), claim("PCN2")), remittance(paid("0")))
    assert not_sure.unmatched[0].match.kind is MatchKind.AMBIGUOUS
    differs = ledger(sent(claim()), remittance(paid("0", paid_line(99, 99))))
    assert differs.unmatched[0].match.kind is MatchKind.NONE


def test_a_number_that_is_not_ours_means_another_claim() -> None:
    stranger = ledger(sent(claim()), remittance(paid("X9")))
    assert stranger.unmatched[0].match.kind is MatchKind.NONE
    assert stranger.unmatched[0].candidates == ("PCN1",)
    garbled = ledger(sent(claim()), status(payer_claim_number="ICN1"), remittance(paid("X9")))
    assert garbled["PCN1"].events[-1].match.differences == ("control_number",)
    other = ledger(sent(claim()), status(payer_claim_number="ICN1"), remittance(paid("X9", paid_line(7, 7))))
    assert other["PCN1"].paid == 0


def test_an_answer_to_what_was_never_sent_is_kept_until_it_is() -> None:
    made = ledger(remittance(paid()), status(), x12.acknowledge(sent(claim())))
    assert [(each.by, each.match.kind) for each in made.unmatched] == [
        ("835", MatchKind.NONE), ("277CA", MatchKind.NONE), ("999", MatchKind.NONE),
    ]  # fmt: skip
    assert made.unmatched[0].payment == paid()
    assert made.unmatched[1].status is not None
    made.add(sent(claim()))
    assert made.unmatched == ()
    assert made["PCN1"].state == "paid"


ANSWERED = (
    "ISA*00*          *00*          *ZZ*PLAN           *ZZ*CLINIC         *{0}*1000*^*00501*000000009*0*T*:~"
    "GS*FA*PLAN*CLINIC*{1}*1000*9*X*005010X231A1~ST*999*0001*005010X231A1~AK1*HC*1~AK2*837*0001~IK5*A~"
    "AK9*A*1*1*1~SE*6*0001~GE*1*9~IEA*1*000000009~"
)
"""An acknowledgment of group 1 that was made on a day."""

_ONE = sent(claim())
_SET = _ONE[_ONE.index("ST*") : _ONE.index("GE*")]
TWO_SETS = _ONE.replace(_SET, _SET + _SET.replace("*0001", "*0002").replace("PCN1", "PCN2")).replace(
    "GE*1", "GE*2"
)
"""A file of two transaction sets with a claim each."""


def test_an_acknowledgment_of_several_files_alike_is_ambiguous() -> None:
    one, two = sent(claim(), number=1), sent(claim("PCN2"), number=2, group_control_number=1)
    answer = "ST*999*0001*005010X231A1~AK1*HC*1~AK2*837*0001~IK5*A~AK9*A*1*1*1~SE*6*0001~"
    made = ledger(one, two, answer)
    assert made.unmatched[0].match.kind is MatchKind.AMBIGUOUS
    assert made.unmatched[0].why == "several files have its group control number"
    made = ledger(answer)
    assert made.unmatched[0].why == "no claims were sent under its group control number"


OTHER_DAY = line(service_date=date(2026, 4, 4))


@pytest.mark.parametrize(
    "sources",
    [
        # one file's group number is used again a month later; the acknowledgment was made in between
        [
            sent(claim()),
            sent(claim("PCN2"), number=2, group_control_number=1, on=date(2026, 2, 7)),
            ANSWERED.format("260108", "20260108"),
        ],
        # two files of one day share it
        [sent(claim()), sent(claim("PCN2"), number=2, group_control_number=1), ANSWERED.format("260108", "20260108")],
        # an acknowledgment of an interchange, or of a group, is about each of its sets
        [TWO_SETS, "TA1*000000001*260107*0930*A*000~", "ST*999*0001*005010X231A1~AK1*HC*1~AK9*A*2*2*2~SE*4*0001~"],
        # two visits have one number, and the payment is of the second
        [sent(claim()), sent(claim(lines=[OTHER_DAY]), number=2), remittance(paid("PCN1", paid_line(service_date=date(2026, 4, 4))))],
        # and one says too little to tell which
        [sent(claim()), sent(claim(lines=[OTHER_DAY]), number=2), remittance(paid("PCN1", lines=[], charge=100, paid=100))],
        # a garbled number fits one claim until another has it
        [sent(claim()), sent(claim("PCN2")), remittance(paid("0"))],
        # two files have one reference, by which a batch is rejected
        [sent(claim()), sent(claim("PCN2"), number=2).replace("*BATCH2*", "*BATCH1*"), Payer("batch-rejected").answer(sent(claim())).x277ca],
    ],
)  # fmt: skip
def test_the_order_of_files_does_not_matter(sources: list[Any]) -> None:
    found = set()
    for order in permutations(sources):
        made = ledger(*order)
        found.add(
            (
                *sorted((entry.control_number, str(entry.first_day), *map(str, kinds(entry)), entry.paid) for entry in made),
                *((each.by, each.match.kind, each.why) for each in made.unmatched),
            )
        )  # fmt: skip
    assert len(found) == 1, found


def test_a_line_is_found_by_its_charge_where_its_day_or_code_cannot_be_right() -> None:
    lines = [line("99213", 100), line("85025", 20), line("J017", 15)]
    later = date(2026, 6, 1)
    payment = paid(
        "PCN1", paid_line(100, 100, service_date=later), paid_line(20, 20, procedure="85025", service_date=later),
        paid_line(15, 15, procedure="J0170"), paid_line(9, 9, procedure="85025", service_date=later),
    )  # fmt: skip
    [event] = [
        each for each in ledger(claim("PCN1", *lines), remittance(payment))["PCN1"].events if each.payment
    ]
    assert [(each.line, each.match.differences) for each in event.lines] == [
        (0, ("date",)), (1, ("date",)), (2, ("procedure",)), (None, ()),
    ]  # fmt: skip


def test_a_revenue_code_of_three_digits_is_that_of_four() -> None:
    bill = stay("I50.20")
    bill = bill.evolve(lines=[bill.lines[0].evolve(revenue_code="120", procedure=None)])
    text = x12.dumps([bill], x12.Envelope(sender="CLINIC", receiver="PLAN"), check=False)
    [entry] = ledger(text, Payer("paid-in-full").answer(text).x835)
    assert [each.line for event in entry.events for each in event.lines] == [0]


def test_lines_find_their_lines() -> None:
    lines = [line("99213", 100, control_number="L1"), line("85025", 20), line("J0171", 15)]
    payment = paid(
        "PCN1", paid_line(control_number="L1"), paid_line(20, 20, procedure="85025"),
        paid_line(15, 15, procedure="J0171", submitted_procedure="J0170"), paid_line(9, 9, procedure="36415"),
    )  # fmt: skip
    event = ledger(sent(claim("PCN1", *lines)), remittance(payment))["PCN1"].events[1]
    assert [(each.line, each.match.kind) for each in event.lines] == [
        (0, MatchKind.EXACT), (1, MatchKind.EXACT), (None, MatchKind.NONE), (None, MatchKind.NONE),
    ]  # fmt: skip
