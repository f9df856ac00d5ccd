"""The next claim of an institution."""

from __future__ import annotations

from tests.claims.ledger.made import CO45, JANE, PLAN, ledger, paid, remittance, sent

from medcode.claims import Adjustment, Payer
from medcode.edits.examples import room, stay

SECOND = Payer(organization="SECOND PLAN", payer_id="PLAN2")


def test_a_bill_goes_to_medicare_without_the_reason_that_only_practitioners_state() -> None:
    bill = stay(
        "E11.9", control_number="PCN1", payer=PLAN, subscriber=JANE, lines=(room(charge="100", quantity=5),)
    )
    share = Adjustment("PR", "2", 10)
    payment = paid(
        "PCN1", charge=100, paid=60, patient_responsibility=10, lines=(), adjustments=(CO45, share)
    )
    made = ledger(sent(bill), remittance(payment))["PCN1"].secondary(
        payer=SECOND, subscriber=JANE.evolve(claim_filing="MA")
    )
    assert (made.subscriber.payer_responsibility, made.subscriber.insurance_type) == ("S", None)
