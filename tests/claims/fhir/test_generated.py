"""Bundles in the shapes of generated records: what is understood becomes claims and history, the rest is listed."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from tests.claims.fhir.generated import SNOMED, generated

from medcode.claims import ProfessionalClaim, fhir
from medcode.claims.fhir import systems as uri


def _listed(bundle: dict[str, Any], unread: tuple[str, ...]) -> list[str]:
    """Return what was not read by type of resource in place of its number."""
    kinds = [each["resource"]["resourceType"] for each in bundle["entry"]]
    pattern = re.compile(r"Bundle\.entry\[(\d+)\]\.resource")
    return [pattern.sub(lambda found: kinds[int(found[1])], each) for each in unread]


@pytest.mark.parametrize("whole", [True, False])
def test_a_generated_record_is_read(*, whole: bool) -> None:
    claims, history, _ = fhir.read_bundle(generated(whole=whole))
    sent, explained = claims
    assert isinstance(sent, ProfessionalClaim)
    assert isinstance(explained, ProfessionalClaim)
    assert (sent.billing_provider.organization, sent.payer.organization) == ("EASTSIDE CLINIC", None)
    assert sent.service_facility is not None
    assert sent.service_facility.organization == "EASTSIDE CLINIC"
    assert [str(line.charge) for line in sent.lines] == ["81.5"]  # what SNOMED CT alone codes is no line
    assert (explained.control_number, explained.payer.organization) == ("claim", "PRAIRIE PLAN")
    assert explained.billing_provider.npi == "1234567893"
    assert explained.place_of_service == "19"
    assert str(explained.stated_total) == "129.16"
    assert history is not None
    found = {(event.kind, event.code_set, event.code, event.start) for event in history.events}
    day = date(2019, 3, 5)
    assert {
        ("diagnosis", SNOMED, "15777000", day),
        ("procedure", SNOMED, "430193006", day),
        ("procedure", "cpt", "99213", day),
        ("drug", "http://www.nlm.nih.gov/research/umls/rxnorm", "860975", day),
        ("drug", "http://hl7.org/fhir/sid/cvx", "140", day),
    } <= found


def test_the_organization_and_the_practitioner_of_the_bundle_are_followed() -> None:
    sent, explained = fhir.read_bundle(generated(whole=True)).claims
    assert sent.billing_provider.contacts[0].phone == "2175550100"
    assert sent.billing_provider.address is not None
    assert sent.billing_provider.address.city == "SPRINGFIELD"
    assert explained.billing_provider.last_name == "Roe"


@pytest.mark.parametrize("whole", [True, False])
def test_what_a_generated_record_says_beyond_a_claim_is_listed(*, whole: bool) -> None:
    bundle = generated(whole=whole)
    listed = _listed(bundle, fhir.read_bundle(bundle).unread)
    assert {
        "Observation: Observation is not read",
        "Claim.diagnosis[0]: not understood",  # SNOMED CT
        "Claim.procedure[0]: not understood",
        "Claim.supportingInfo[0]: not understood",  # it refers to an immunization, as it may
        "Claim.item[0].productOrService: not understood",
        "Claim: payer is missing",
        "Claim.insurance: not read",  # its display names an insurance, not who pays
        "ExplanationOfBenefit.identifier[1]: not read",
        "ExplanationOfBenefit.payment: not read",
        "Patient.multipleBirthBoolean: not read",
    } <= set(listed)
    astray = [each for each in listed if "refer" in each]
    assert all("refers to nothing here" in each for each in astray)
    assert any(each.startswith("Claim.provider:") for each in astray) is not whole


def test_a_reference_says_what_kind_it_names() -> None:
    """A type in the reference itself decides whose name a display is, and whether it may stand there."""
    bundle = generated(whole=True)
    claim = next(each["resource"] for each in bundle["entry"] if each["resource"]["resourceType"] == "Claim")
    named = {"reference": "Organization/17", "display": "WESTSIDE CLINIC"}
    claim["provider"] = named
    assert fhir.read_bundle(bundle).claims[0].billing_provider.organization == "WESTSIDE CLINIC"
    claim["provider"] = named | {"reference": "https://server.example/fhir/Organization/17"}
    assert fhir.read_bundle(bundle).claims[0].billing_provider.organization == "WESTSIDE CLINIC"
    for other in ("Coverage/17", "Coverage?identifier=http://plans.example|17"):
        claim["provider"] = named | {"reference": other}
        assert fhir.read_bundle(bundle).claims[0].billing_provider.organization is None


def test_a_coverage_of_its_own_names_the_payer_by_its_display() -> None:
    bundle = generated(whole=True)
    claim = next(each["resource"] for each in bundle["entry"] if each["resource"]["resourceType"] == "Claim")
    claim["contained"] = [{"resourceType": "Coverage", "id": "c", "payor": [{"display": "PRAIRIE PLAN"}]}]
    claim["insurance"][0]["coverage"] = {"reference": "#c"}
    assert fhir.read_bundle(bundle).claims[0].payer.organization == "PRAIRIE PLAN"


def test_a_line_points_to_the_diagnoses_that_the_claim_has() -> None:
    """Sequence numbers name diagnoses; the claim numbers those that it has, and a pointer to any other is listed."""
    bundle = generated(whole=True)
    at, claim = next(
        (number, each["resource"])
        for number, each in enumerate(bundle["entry"])
        if each["resource"]["resourceType"] == "Claim"
    )
    codes = {7: "E11.9", 2: "I10", 4: "J06.9"}
    claim["diagnosis"] += [
        {"sequence": number, "diagnosisCodeableConcept": {"coding": [{"system": uri.ICD10CM, "code": code}]}}
        for number, code in [*codes.items(), (4, "R05.9")]
    ]
    claim["item"][1]["diagnosisSequence"] = [7, 1, 2, 4, 9]
    read, _, unread = fhir.read_bundle(bundle)
    assert isinstance(read[0], ProfessionalClaim)
    assert [each.code for each in read[0].diagnoses] == ["I10", "J069", "R059", "E119"]
    assert read[0].lines[0].diagnosis_pointers == (4, 1)
    path = f"Bundle.entry[{at}].resource.item[1].diagnosisSequence"
    assert [each for each in unread if each.startswith(path)] == [
        f"{path}[{number}]: not understood" for number in (1, 3, 4)
    ]
