"""What a bundle of anybody holds: claims, the patient's codes, and a list of the rest."""

from __future__ import annotations

from typing import Any

import pytest
from tests.claims.fhir.payments import CLAIMS, payment

from medcode.claims import fhir


@pytest.mark.parametrize("kind", CLAIMS)
def test_a_bundle_of_ours_gives_the_claim_and_its_history(kind: str) -> None:
    claim = CLAIMS[kind]
    claims, history, unread = fhir.read_bundle(fhir.to_bundle(claim))
    assert claims == (claim,)
    assert unread == ()
    assert history is not None
    assert {event.code for event in history.diagnoses} == {each.code for each in claim.diagnoses} | set(
        getattr(claim, "reasons_for_visit", ())
    )


@pytest.mark.parametrize("kind", CLAIMS)
def test_an_explanation_of_benefit_gives_the_claim_as_far_as_it_says(kind: str) -> None:
    claim = CLAIMS[kind]
    [read], history, unread = fhir.read_bundle(fhir.explanation_of_benefit(claim, payment(claim)))
    assert (read.control_number, read.diagnoses, read.total) == (
        claim.control_number,
        claim.diagnoses,
        claim.total,
    )
    assert [line.procedure for line in read.lines] == [line.procedure for line in claim.lines]
    assert history is not None
    assert history.events
    assert not [each for each in unread if "not enough" in each]


def test_what_is_not_read_is_listed() -> None:
    bundle: dict[str, Any] = {
        "entry": [
            {"resource": {"resourceType": "Observation"}},
            {"resource": {"resourceType": "Claim", "diagnosis": [{"sequence": 1}]}},
            {"resource": {"resourceType": "<b>"}},
            "nothing",
        ]
    }
    claims, history, unread = fhir.read_bundle(bundle)
    assert (claims, history) == ((), None)
    assert [each.partition(": ")[0] for each in unread] == [
        "Bundle.entry[0].resource",
        "Bundle.entry[1].resource.diagnosis[1]",
        "Bundle.entry[1].resource",
        "Bundle.entry[2].resource",
        "Bundle.entry[3].resource",
    ]
    assert unread[0].endswith("Observation is not read")
    assert "not enough for a claim" in unread[2]
    assert fhir.read_bundle({}) == ((), None, ())


def test_two_patients_are_refused() -> None:
    bundles = [fhir.to_bundle(CLAIMS["professional"]), fhir.to_bundle(CLAIMS["oral"])]
    both = {"entry": [entry for bundle in bundles for entry in bundle["entry"]]}
    with pytest.raises(ValueError, match="of 2 patients"):
        fhir.read_bundle(both)
