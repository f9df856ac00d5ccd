"""A payment as CARIN's explanation of benefit, answers as ClaimResponse, a remittance as PaymentReconciliation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import assume, given, settings, strategies as st
from tests.claims.fhir.carin import broken, code
from tests.claims.fhir.payments import CLAIMS, benefit, payment
from tests.history.visits import visit

from medcode.claims import fhir
from medcode.claims.claim_status import ClaimStatus, LineStatus, Status, StatusReceiver, StatusSource
from medcode.claims.fhir import systems as uri
from medcode.claims.remittance import (
    Adjustment,
    ClaimPayment,
    Payee,
    Payment,
    ProviderAdjustment,
    Remark,
    Remittance,
    RemittancePayer,
    ServicePayment,
)
from medcode.testing import strategies

if TYPE_CHECKING:
    from medcode.claims.model.claim import Claim


@pytest.mark.parametrize("kind", CLAIMS)
@pytest.mark.parametrize("by_line", [True, False])
def test_each_kind_meets_its_profile(kind: str, *, by_line: bool) -> None:
    claim = CLAIMS[kind]
    eob = benefit(claim, payment(claim, by_line=by_line))
    assert kind in eob["meta"]["profile"][0].lower()
    totals = {code(each["category"]): each["amount"]["value"] for each in eob["total"]}
    assert totals["submitted"] == totals["paidtoprovider"] + totals["discount"] + totals["memberliability"]
    assert totals["eligible"] == totals["submitted"] - totals["discount"]
    assert totals["deductible"] == totals["memberliability"]


def test_a_newborn_comes_from_its_own_point_of_origin() -> None:
    claim = CLAIMS["inpatient"]
    infos = {code(each["category"]): each for each in benefit(claim, payment(claim))["supportingInfo"]}
    assert infos["pointoforigin"]["code"]["coding"][0]["system"].endswith("PointOfOriginNewborn")
    assert infos["admissionperiod"]["timingPeriod"] == {"start": "2026-01-05", "end": "2026-01-09"}
    still = claim.evolve(discharge_status="30")  # type: ignore[call-arg]  # a field of a stay
    infos = {code(each["category"]): each for each in benefit(still, payment(still))["supportingInfo"]}
    assert infos["admissionperiod"]["timingPeriod"] == {"start": "2026-01-05"}


def test_reasons_and_remarks() -> None:
    claim = visit("1", "2026-01-05", "E11.9")
    line = ServicePayment(
        procedure="99213",
        charge=90,
        paid=0,
        adjustments=[Adjustment("CO", "97", 90), Adjustment("CO", "", 0)],
        remarks=[Remark("N115"), Remark("")],
    )
    paid = ClaimPayment(
        control_number="1", payer_claim_number="", charge=90, paid=0, lines=[line], received_date="2026-01-07"
    )
    bundle = fhir.explanation_of_benefit(claim, paid)
    eob = bundle["entry"][0]["resource"]
    assert broken(bundle) == ["unique claim id"]  # the payer gave none
    reasons = [
        each for each in eob["item"][0]["adjudication"] if code(each["category"]) == "adjustmentreason"
    ]
    assert [(code(each["reason"]), each.get("amount", {}).get("value")) for each in reasons] == [
        ("97", 90),
        ("N115", None),
    ]
    assert reasons[0]["extension"] == [{"url": "urn:medcode:adjustment-group", "valueCode": "CO"}]
    assert code(eob["payment"]["type"]) == "denied"
    assert eob["supportingInfo"][0]["timingDate"] == "2026-01-07"


def test_lines_are_known_by_number_then_by_what_was_done() -> None:
    lines = [
        {"charge": "10", "procedure": "99213", "control_number": "L1", "service_date": "2026-01-05"},
        {"charge": "20", "procedure": "99214", "service_date": "2026-01-05"},
        {"charge": "10", "procedure": "99213", "control_number": "L2", "service_date": "2026-01-05"},
    ]
    claim = visit("1", "2026-01-05", "E11.9", lines=lines)
    paid = payment(
        claim,
        lines=[
            ServicePayment(procedure="99214", charge=20, paid=15),
            ServicePayment(procedure="99999", charge=10, paid=5, control_number="L1"),
            ServicePayment(procedure="99213", charge=10, paid=1, control_number="L9"),
        ],
    )
    items = benefit(claim, paid)["item"]
    amounts = [
        [
            each["amount"]["value"]
            for each in item["adjudication"]
            if code(each["category"]) == "paidtoprovider"
        ]
        for item in items
    ]
    assert amounts == [[5], [15], []]
    assert code(benefit(claim, paid)["payment"]["type"]) == "paid"
    denied = attrs.evolve(paid.lines[0], paid=0, adjustments=[Adjustment("CO", "97", 20)])
    assert (
        code(benefit(claim, attrs.evolve(paid, lines=[denied, paid.lines[1]]))["payment"]["type"])
        == "partiallypaid"
    )


def test_revenue_lines_are_known_by_their_code() -> None:
    claim = CLAIMS["inpatient"]
    other = ServicePayment(revenue_code="0250", charge=900, paid=1)
    items = benefit(claim, payment(claim, lines=[other]))
    assert "adjudication" not in items["item"][0]


def test_what_the_guide_does_not_allow_is_left_to_the_claim() -> None:
    person: dict[str, Any] = {"last_name": "ROE", "npi": "1234567893", "taxonomy": "207Q00000X"}
    claim = visit(
        "1",
        "2026-01-05",
        "nonsense",
        "E11.9",
        rendering_provider=person,
        referring_provider={"organization": "GROUP", "npi": "1234567893"},
        lines=[
            {
                "charge": "90",
                "procedure": {"code": "A0428", "modifiers": ["RH", "76", "P3"]},
                "service_date": "2026-01-05",
                "ordering_provider": person,
                "rendering_provider": person,
            }
        ],
        ambulance={
            "reason": "A",
            "distance": "12",
            "patient_weight": "150",
            "round_trip_purpose": "dialysis",
            "pick_up": {"address": {"line1": "1 OAK ST", "city": "SALEM", "state": "OR"}},
        },
        anesthesia_procedures=["27447"],
        benefits_assigned="N",
        dependent={"relationship": "19", "last_name": "ROE", "first_name": "ANN"},
    )
    bundle = fhir.explanation_of_benefit(claim, payment(claim))
    assert broken(bundle) == []
    eob = bundle["entry"][0]["resource"]
    assert [code(each["role"]) for each in eob["careTeam"]] == ["rendering", "rendering"]
    assert eob["item"][0]["careTeamSequence"] == [2]
    assert len(eob["item"][0]["informationSequence"]) == 5
    systems = [each["coding"][0]["system"] for each in eob["item"][0]["modifier"]]
    assert systems == [uri.GUIDE[uri.HCPCS], uri.CPT, uri.CPT]
    assert [each["sequence"] for each in eob["diagnosis"]] == [2]
    assert "procedure" not in eob
    reason = next(each["reason"] for each in eob["supportingInfo"] if "reason" in each)
    assert reason == {
        "system": "https://x12.org/codesystem.x12.org/ambulance-transport-reason-codes",
        "code": "A",
    }
    (read,) = fhir.read_bundle(bundle).claims
    assert read.to_dict()["ambulance"]["reason"] == "A"
    assert code(eob["payee"]["type"]) == "subscriber"
    patient = next(
        each["resource"] for each in bundle["entry"] if each["resource"]["resourceType"] == "Patient"
    )
    assert patient["identifier"][0]["value"] == "M1"


def test_a_reversal_is_cancelled_and_a_network_has_two_names() -> None:
    claim = CLAIMS["professional"]
    assert benefit(claim, payment(claim, status="22"))["status"] == "cancelled"
    with pytest.raises(ValueError, match="network must be"):
        fhir.explanation_of_benefit(claim, payment(claim), network="other")  # type: ignore[arg-type]  # what a user may try


@given(
    strategies.professional_claims() | strategies.institutional_claims() | strategies.dental_claims(),
    st.booleans(),
)
@settings(max_examples=15)
def test_drawn_claims_meet_their_profile(claim: Claim, by_line: bool) -> None:  # Hypothesis passes it by name
    assume(not getattr(claim, "predetermination", None))  # it asks about services to come, which nobody pays
    bundle = fhir.explanation_of_benefit(claim, payment(claim, by_line=by_line), network="outofnetwork")
    assert broken(bundle) == []
    assert (
        fhir.explanation_of_benefit(claim, payment(claim, by_line=by_line), network="outofnetwork") == bundle
    )


def test_fhirkit_finds_nothing() -> None:
    fhirkit = pytest.importorskip("fhirkit", reason="fhirkit-rs is not installed")
    moved = visit("1", "2026-01-05", "E11.9", ambulance={"reason": "A", "distance": "12"})
    for claim in (*CLAIMS.values(), moved):
        paid = payment(claim)
        for bundle in (fhir.explanation_of_benefit(claim, paid), fhir.claim_response(claim, paid)):
            assert [str(issue) for issue in fhirkit.validate(bundle)] == []


# Responses


def test_a_payment_is_a_complete_response() -> None:
    claim = CLAIMS["professional"]
    response = fhir.claim_response(claim, payment(claim, status="22"), created=date(2026, 2, 1))["entry"][0][
        "resource"
    ]
    assert (response["outcome"], response["status"], response["created"]) == (
        "complete",
        "cancelled",
        "2026-02-01",
    )
    assert response["item"][0]["itemSequence"] == 1
    assert code(response["item"][0]["adjudication"][-1]["reason"]) == "1"


def test_a_status_that_rejects_is_an_error() -> None:
    claim = visit(
        "1", "2026-01-05", "E11.9", lines=[{"charge": "90", "procedure": "99213", "control_number": "L1"}]
    )
    status = answer(
        statuses=[Status("A7", "562", entity="85", action="U", text="BAD NPI")], lines=["L1", "L9"]
    )
    response = fhir.claim_response(claim, status)["entry"][0]["resource"]
    assert (response["outcome"], response["disposition"]) == ("error", "A7:562:85")
    assert [[each["code"] for each in error["code"]["coding"]] for error in response["error"]] == [
        ["A7", "562", "85"],
        ["A3", "21"],
        ["A3", "21"],
    ]
    assert [error.get("itemSequence") for error in response["error"]] == [None, 1, None]
    assert response["processNote"] == [{"text": "BAD NPI"}]
    taken = fhir.claim_response(claim, answer(statuses=[Status("A2", "20", action="WQ")], lines=[]))
    assert taken["entry"][0]["resource"]["outcome"] == "queued"


def answer(statuses: list[Status], lines: list[str]) -> ClaimStatus:
    """Return a 277CA's word on a claim, and that it rejects lines."""
    rejected = [
        LineStatus(
            procedure="99213", charge=90, statuses=[Status("A3", "21", action="U")], control_number=number
        )
        for number in lines
    ]
    return ClaimStatus(
        source=StatusSource(organization="PAYER"),
        receiver=StatusReceiver(),
        control_number="1",
        statuses=statuses,
        lines=rejected,
    )


def test_amounts_that_are_no_numbers_are_left_out() -> None:
    claim = visit("\0", "2026-01-05", "E11.9")  # nor is the number of the claim a text for FHIR
    line = ServicePayment(
        procedure="99213",
        charge="many",
        paid="0",
        adjustments=[Adjustment("", "45", "few"), Adjustment("CO", "", 1)],
    )
    wrong = payment(claim, charge="many", paid="none", lines=[line], adjustments=())
    assert "amount" not in fhir.explanation_of_benefit(claim, wrong)["entry"][0]["resource"]["payment"]
    response = fhir.claim_response(claim, wrong)["entry"][0]["resource"]
    assert "item" not in response  # the line is not known by its charge
    same = attrs.evolve(wrong, lines=[attrs.evolve(line, charge=90)])
    [item] = fhir.claim_response(claim, same)["entry"][0]["resource"]["item"]
    reasons = [each for each in item["adjudication"] if "reason" in each]
    assert [sorted(each) for each in reasons] == [["category", "reason"]]


def test_a_remittance_without_a_trace_and_with_a_wrong_adjustment() -> None:
    drawn = Remittance(
        payment=Payment(amount=10, date="soon", trace="", payer_tax_id="1"),
        payer=RemittancePayer(),
        payee=Payee(id_type="FI"),
        provider_adjustments=[
            ProviderAdjustment(provider_id="1", fiscal_year_end="2026-12-31", reason="", amount="x")
        ],
    )
    main = fhir.payment_reconciliation(drawn, created=date(2026, 1, 5))["entry"][0]["resource"]
    assert (main["paymentDate"], main["detail"]) == (
        "2026-01-05",
        [
            {
                "type": {
                    "coding": [
                        {"system": "http://terminology.hl7.org/CodeSystem/payment-type", "code": "adjustment"}
                    ]
                }
            }
        ],
    )
    bundle = fhir.explanation_of_benefit(CLAIMS["oral"], payment(CLAIMS["oral"]), remittance=drawn)
    assert "identifier" not in bundle["entry"][0]["resource"]["payment"]
    traced = attrs.evolve(drawn, payment=Payment(amount=10, date="2026-01-07", trace="T1", payer_tax_id="1"))
    main = fhir.explanation_of_benefit(CLAIMS["oral"], payment(CLAIMS["oral"]), remittance=traced)["entry"][
        0
    ]["resource"]
    assert (main["payment"]["identifier"], main["payment"]["date"]) == ({"value": "T1"}, "2026-01-07")
    assert main["created"] == "2026-01-07"


@given(strategies.remittances())
@settings(max_examples=8)
def test_a_remittance_is_reconciled(remittance: Remittance) -> None:
    bundle = fhir.payment_reconciliation(remittance)
    main = bundle["entry"][0]["resource"]
    claims, adjusted = len(remittance.claims), len(remittance.provider_adjustments)
    details = main.get("detail", [])
    assert [code(each["type"]) for each in details] == ["payment"] * claims + ["adjustment"] * adjusted
    amounts = [Decimal(str(each["amount"]["value"])) for each in details]
    assert sum(amounts, Decimal()) == remittance.paid - remittance.provider_adjusted
    assert Decimal(str(main["paymentAmount"]["value"])) == remittance.payment.signed_amount
    made = remittance.production_date or remittance.payment.date
    assert main["created"] == str(made)
