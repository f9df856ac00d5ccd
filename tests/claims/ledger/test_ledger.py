"""A ledger: what was sent meets what came back, in any order, once each, to the cent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest
from tests.claims.ledger.made import (
    CO45,
    JANE,
    PR1,
    SEEN,
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

from medcode.claims import OtherPayer, OtherSubscriber, Payer, x12
from medcode.claims.claim_status import BatchStatus, Status
from medcode.claims.ledger import COLUMNS, EventKind, Ledger, MatchKind, UnknownClaim
from medcode.claims.remittance import Adjustment, PaidParty, ProviderAdjustment
from medcode.errors import X12Error

if TYPE_CHECKING:
    from pathlib import Path


def test_a_claim_goes_from_sent_to_paid() -> None:
    text = sent(claim())
    received = x12.acknowledge(text)
    steps: list[tuple[Any, str]] = [
        (text, "sent"),
        (received, "received"),
        (status(entity="AY"), "accepted"),
        (status(), "accepted"),
        (remittance(paid("PCN1", paid_line(100, 60, CO45, PR1))), "paid"),
    ]
    made = Ledger()
    for source, state in steps:
        made.add(source)
        assert made["PCN1"].state == state
    entry = made["PCN1"]
    assert kinds(entry) == ["sent", "accepted", "accepted", "paid", "received"]
    assert whole(entry.charge, entry.paid, entry.written_off, entry.patient_responsibility) == [
        100,
        60,
        30,
        10,
    ]
    assert entry.balance == 10
    assert entry.adjustments == (CO45, PR1)
    assert entry.claim == claim()
    assert entry.payments[0].control_number == "PCN1"
    assert entry.payer_claim_number == "ICN1"
    assert entry.next_step == "Bill the patient 10.00."
    assert made.unmatched == ()
    assert made.totals().difference == 0


def test_the_order_of_what_is_added_does_not_matter() -> None:
    sources = [sent(claim()), status(), remittance(paid("PCN1", paid_line(100, 60, CO45, PR1))), remittance(paid("PCN1", status="22", charge=-100, paid=-60, lines=[], adjustments=[Adjustment("CO", "45", -30), Adjustment("PR", "1", -10)]), on=date(2026, 2, 2), trace="EFT2")]  # fmt: skip
    found = set()
    for order in permutations(sources):
        entry = ledger(*order)["PCN1"]
        found.add((*kinds(entry), entry.state, entry.paid, entry.balance, entry.adjustments))
    assert found == {
        ("sent", "accepted", "paid", "reversed", EventKind.REVERSED, Decimal(0), Decimal(100), ())
    }


def test_what_is_added_twice_counts_once(tmp_path: Path) -> None:
    texts = [
        sent(claim()),
        x12.dumps([status()]),
        x12.dumps([remittance(paid(), paid(status="4"))], check=False),
    ]
    path = tmp_path / "once.837"
    path.write_text(texts[0], encoding="utf-8")
    once = ledger(*texts)
    twice = ledger(
        *texts, path, str(path), *texts, BytesIO(texts[0].encode()), texts[0].encode(), x12.loads(texts[0])
    )
    assert kinds(twice["PCN1"]) == kinds(once["PCN1"]) == ["sent", "accepted", "paid", "paid"]
    assert twice.totals() == once.totals()
    assert twice["PCN1"].paid == 200


def test_two_payments_of_the_same_words_in_one_remittance_both_count() -> None:
    made = ledger(sent(claim()), remittance(paid("PCN1", paid_line(50, 50)), paid("PCN1", paid_line(50, 50))))
    assert made["PCN1"].paid == 100
    assert [event.match.kind for event in made["PCN1"].events[1:]] == [MatchKind.SOFT] * 2
    assert made["PCN1"].events[1].match.differences == ("charge",)


def test_a_claim_that_came_as_an_object_is_the_one_of_its_file() -> None:
    for sources in ([claim(), sent(claim()), claim()], [sent(claim()), claim()]):
        entry = ledger(*sources)["PCN1"]
        assert kinds(entry) == ["sent"]
        assert entry.events[0].date == date(2026, 1, 7)
        assert entry.claim.origin.place("lines[0].charge").position > 20
    assert ledger(claim())["PCN1"].events[0].date is not None


def test_a_rejection_leads_to_the_field() -> None:
    broken = sent(claim("PCN1", line(), line("85025", 20)), claim("PCN2")).replace(
        "SV1*HC:85025*20", "SV1*HC:85025*x"
    )
    answer = x12.acknowledge(broken)
    made = ledger(broken, answer)
    entry = made["PCN1"]
    assert entry.state == "rejected"
    [problem] = entry.problems
    assert (problem.path, problem.line, problem.code, problem.own) == ("lines[1].charge", 2, "6", True)
    assert str(problem) == "line 2 lines[1].charge SV102: invalid character (6)"
    [other] = made["PCN2"].problems
    assert (other.own, str(other)) == (
        False, "ST: the file was rejected for a fault that is not in this claim (999) (I5)".replace("I5", other.code),
    )  # fmt: skip
    assert entry.next_step.startswith("Correct what the rejection names")


def test_a_rejected_interchange_and_a_rejected_batch_reject_their_claims() -> None:
    text = sent(claim())
    for answer in (
        "TA1*000000001*260107*0930*R*023~",
        (
            "ISA*00*          *00*          *ZZ*PLAN           *ZZ*CLINIC         *260108*0930*^*00501*000000009*0*P*:~"
            "GS*FA*PLAN*CLINIC*20260108*0930*1*X*005010X231A1~ST*999*0001*005010X231A1~AK1*HC*1~AK9*R*1*1*0*2~SE*4*0001~"
        ),
        status(None, batch="BATCH1", patient=None, provider=None, service_date=None, statuses=()).evolve(
            batch=BatchStatus(
                reference="BATCH1",
                statuses=[Status("A3", "24", "41", date=date(2026, 1, 9), action="U", charge=100)],
            )
        ),
    ):
        entry = ledger(text, answer)["PCN1"]
        assert entry.state == "rejected", answer
        assert not entry.problems[0].own or entry.problems[0].code == "A3:24:41"


def test_later_answers_outrank_earlier_ones() -> None:
    rejected = status(
        "PCN1",
        Status("A7", "562", "85", date=date(2026, 1, 12), action="U", charge=100),
        on=date(2026, 1, 12),
    )
    made = ledger(sent(claim()), status(entity="AY"), rejected)
    assert made["PCN1"].state == "rejected"
    assert [str(each) for each in made["PCN1"].problems] == [
        (
            "The claim was rejected because information is invalid. Correct it and send a new claim. "
            "It is about: billing provider. (A7:562:85)"
        )
    ]
    made.add(sent(claim(), number=2, on=date(2026, 1, 14)))
    assert made["PCN1"].state == "sent"
    assert [event.submission for event in made["PCN1"].events] == [0, 0, 0, 1]
    made.add(status(batch="BATCH2", on=date(2026, 1, 16)))
    assert made["PCN1"].events[-1].submission == 1
    assert made["PCN1"].state == "accepted"


@pytest.mark.parametrize(
    ("adjustments", "paid_amount", "state", "balance", "words"),
    [
        ((CO45,), 70, "paid", 0, "Nothing"),
        ((CO45, Adjustment("PR", "1", 70)), 0, "paid", 70, "Bill the patient 70.00."),
        ((Adjustment("CO", "97", 100),), 0, "denied", 100, "Bundled: Check the edits"),
        ((CO45, Adjustment("PI", "197", 70)), 0, "denied", 70, "Authorization: "),
        ((CO45, Adjustment("CO", "16", 20)), 50, "reduced", 20, "Information missing: "),
    ],
)
def test_a_decision_says_what_is_open_and_what_to_do(
    adjustments: tuple[Adjustment, ...], paid_amount: int, state: str, balance: int, words: str
) -> None:
    entry = ledger(sent(claim()), remittance(paid("PCN1", paid_line(100, paid_amount, *adjustments))))["PCN1"]
    assert (str(entry.state), int(entry.balance)) == (state, balance)
    assert entry.next_step.startswith(words)
    assert (entry.refused > 0) is (state != "paid")


def test_a_correction_after_a_reversal_is_one() -> None:
    first = remittance(paid("PCN1", paid_line(100, 0, Adjustment("CO", "50", 100))))
    back = paid("PCN1", paid_line(-100, 0, Adjustment("CO", "50", -100)), status="22")
    again = paid("PCN1", paid_line(100, 70, CO45))
    made = ledger(sent(claim()), first, remittance(back, again, trace="EFT2", on=date(2026, 2, 2)))
    assert kinds(made["PCN1"]) == ["sent", "denied", "reversed", "corrected"]
    assert (str(made["PCN1"].state), made["PCN1"].adjustments) == ("paid", (CO45,))
    assert made["PCN1"].paid == 70


def test_money_that_is_taken_back_finds_its_claim() -> None:
    def plb(reason: str, amount: int, reference: str | None) -> ProviderAdjustment:
        return ProviderAdjustment(
            provider_id="1234567893",
            fiscal_year_end=date(2026, 12, 31),
            reason=reason,
            amount=amount,
            reference=reference,
        )

    recovered = remittance(
        paid("PCN2", payer_claim_number="ICN2"), trace="EFT2", on=date(2026, 2, 2),
        adjusted=(plb("WO", 30, "ICN1"), plb("L6", -2, None), plb("FB", -5, "ICN9"), plb("CS", 1, "PCN2")),
    )  # fmt: skip
    made = ledger(recovered, sent(claim(), claim("PCN2")), remittance(paid()))
    event = made["PCN1"].events[-1]
    assert (str(event.kind), event.by, event.reason) == ("recovered", "PLB", "WO")
    assert event.amount == 30
    assert made["PCN2"].events[-1].kind == "adjusted"
    assert made["PCN1"].paid == 100
    totals = made.totals()
    assert whole(totals.paid, totals.provider_adjusted, totals.received, totals.difference) == [
        200,
        24,
        176,
        0,
    ]
    assert len(made.remittances) == 2
    assert made.unmatched == ()


def test_payers_in_a_row_do_not_write_off_twice() -> None:
    second = Payer(organization="SECOND PLAN", payer_id="PLAN2")
    other = OtherPayer(
        payer=second,
        subscriber=OtherSubscriber(last_name="DOE", first_name="JANE", member_id="S1"),
        payer_responsibility="S",
    )
    primary = remittance(paid("PCN1", paid_line(100, 50, CO45, Adjustment("PR", "2", 20))))
    made = ledger(sent(claim(other_payers=[other])), primary)
    assert made["PCN1"].next_step == "Send the claim to the next payer (LedgerEntry.secondary)."
    made.add(
        sent(
            claim(payer=second, subscriber=JANE.evolve(member_id="S1", payer_responsibility="S")),
            number=2,
            on=date(2026, 1, 25),
        )
    )
    assert made["PCN1"].state == "sent"
    made.add(remittance(paid("PCN1", paid_line(100, 15, Adjustment("OA", "23", 50), CO45, Adjustment("PR", "2", 5)), status="2"), payer="PLAN2", trace="EFT2", on=date(2026, 2, 9)))  # fmt: skip
    entry = made["PCN1"]
    assert whole(entry.paid, entry.written_off, entry.patient_responsibility, entry.balance) == [65, 30, 5, 5]
    assert entry.events[-1].submission == 1
    assert len(entry.submissions) == 2


def test_a_forwarded_claim_waits_for_the_next_payer() -> None:
    carrier = PaidParty(entity_type="2", organization="SECOND PLAN", id="PLAN2", id_type="PI")
    payment = paid(
        "PCN1", paid_line(100, 50, CO45, Adjustment("PR", "2", 20)), status="19", crossover_carrier=carrier
    )
    entry = ledger(sent(claim()), remittance(payment))["PCN1"]
    assert entry.is_forwarded
    assert entry.next_step == "Wait for the next payer: the claim was forwarded to it."


def test_a_source_that_is_no_x12_leaves_the_ledger_as_it_was() -> None:
    made = ledger(sent(claim()))
    with pytest.raises(X12Error):
        made.add("ISA*nothing of the kind")
    with pytest.raises(TypeError):
        made.add(7)
    assert len(made) == 1
    made.add(sent(claim("PCN2"), number=2))
    assert {entry.control_number for entry in made} == {"PCN1", "PCN2"}
    assert "PCN2" in made
    assert "PCN3" not in made
    assert 7 not in made
    with pytest.raises(UnknownClaim, match="no claim of the ledger has this control number"):
        made["PCN3"]


def test_rows_have_the_columns_and_reprs_no_patient() -> None:
    made = ledger(sent(claim()), remittance(paid("PCN1", paid_line(100, 60, CO45, PR1))))
    [row] = made.rows(on=date(2026, 3, 1))
    assert tuple(row) == COLUMNS
    assert (row["days_open"], row["state"], row["sent_on"]) == (53, "paid", date(2026, 1, 7))
    shown = f"{made!r} {made['PCN1']!r} {made['PCN1'].events!r}"
    assert shown.startswith(
        "<Ledger: 1 claims, 0 unmatched answers> <LedgerEntry paid: charge 100, paid 60, balance 10>"
    )
    assert not any(secret in shown for secret in ("DOE", "JANE", "W1", "PCN1", "ICN1", str(SEEN)))


def test_a_closed_claim_is_open_no_longer() -> None:
    entry = ledger(sent(claim()), remittance(paid()))["PCN1"]
    assert entry.days_open(on=date(2030, 1, 1)) == 13
    assert ledger(sent(claim()))["PCN1"].days_open(on=date(2026, 1, 10)) == 3
