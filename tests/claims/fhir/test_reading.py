"""Bundles of anybody as claims: what is understood, what is not, and nothing guessed."""

from __future__ import annotations

import contextlib
import copy
import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from tests.claims.fhir.bundles import carried, office_visit, resource

from medcode.claims import InstitutionalClaim, fhir
from medcode.claims.fhir.decode import Decoder, Resources
from medcode.claims.plain import claim_from
from medcode.errors import VisitError
from medcode.testing import strategies

if TYPE_CHECKING:
    from medcode.claims.model import Claim

slowly = settings(suppress_health_check=list(HealthCheck), max_examples=10)

EVERY_TYPE: tuple[Any, ...] = (None, True, 1, 1.5, "", "x", [], {}, [[]], [None], [{}], {"x": []})


def test_a_bundle_must_hold_one_claim() -> None:
    with pytest.raises(ValueError, match="0 Claim resources"):
        fhir.from_bundle({"resourceType": "Bundle"})
    bundle = fhir.to_bundle(office_visit())
    with pytest.raises(ValueError, match="2 Claim resources"):
        fhir.from_bundle({"entry": bundle["entry"] * 2})
    with pytest.raises(VisitError, match="billing_provider"):
        fhir.from_bundle({"entry": [{"resource": {"resourceType": "Claim"}}]})


def test_a_claim_of_another_system_is_read() -> None:
    """As other software writes it: contained resources, references by type and id, display texts, no codes of ours."""
    bundle = {
        "resourceType": "Bundle",
        "entry": [
            {"resource": {"resourceType": "Patient", "id": "p", "name": [{"family": "Roe", "given": ["Ann"]}], "gender": "female", "birthDate": "1970-01-02"}},
            {"resource": {"resourceType": "Coverage", "id": "c", "subscriber": {"reference": "Patient/p"}, "payor": [{"reference": "#x"}], "contained": [{"resourceType": "Organization", "id": "y"}]}},
            {"resource": {"resourceType": "Condition", "id": "d", "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "I10"}]}}},
            {"resource": {"resourceType": "Practitioner", "id": "q", "name": [{"family": "Poe"}], "identifier": [{"system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567893"}]}},
            {"resource": {
                "resourceType": "Claim",
                "contained": [{"resourceType": "Organization", "id": "o", "name": "PLAN", "identifier": [{"value": "77"}]}],
                "identifier": [{"value": "X-1"}],
                "type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/claim-type", "code": "professional"}]},
                "patient": {"reference": "http://server.example/fhir/Patient/p"},
                "provider": {"reference": "Practitioner/q"},
                "insurer": {"reference": "#o"},
                "insurance": [{"sequence": 1, "focal": True, "coverage": {"reference": "Coverage/c"}}],
                "careTeam": [
                    {"sequence": 1, "provider": {"reference": "Practitioner/q"}, "role": {"coding": [{"code": "rendering"}]}},
                    {"sequence": 2, "provider": {"reference": "Practitioner/q"}, "role": {"text": "nobody knows"}},
                ],
                "supportingInfo": [{"sequence": 4, "category": {"text": "unknown"}}],
                "diagnosis": [{"sequence": 1, "diagnosisReference": {"reference": "Condition/d"}}, {"sequence": 2}],
                "procedure": [{"sequence": 1}],
                "item": [
                    {"sequence": 1, "diagnosisSequence": [1], "net": {"value": 12.5}, "servicedDate": "2026-01-05T10:00:00Z",
                     "productOrService": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "99213", "display": "x"}]}},
                    {"sequence": 2, "net": {"value": 1}, "productOrService": {"text": "something"}},
                ],
            }},
        ],
    }  # fmt: skip
    main = bundle["entry"][-1]["resource"]  # type: ignore[index]  # entries are a list
    found = Decoder(main, Resources(bundle))
    assert found.unread == [
        "diagnosis[1]",
        "procedure[0]",
        "supportingInfo[0]",
        "item[1].productOrService",
        "careTeam[1]",
    ]
    main["item"].pop()
    claim = fhir.from_bundle(bundle)
    assert claim.billing_provider.npi == "1234567893"
    assert claim.subscriber.last_name == "Roe"
    assert claim.payer.payer_id == "77"
    assert claim.rendering_provider
    assert claim.rendering_provider.last_name == "Poe"
    assert claim.lines[0].service_date == date(2026, 1, 5)
    assert claim.total == Decimal("12.5")


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, each in inner for found in paths(each, (*path, key)))]


NONSENSE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=5),
    st.just([]),
    st.just({}),
    st.just([[]]),
    st.just([None]),
)


@slowly
@given(data=st.data(), claim=strategies.claims())
def test_a_bundle_of_wrong_types_is_refused_or_read_and_never_breaks(
    data: st.DataObject, claim: Claim
) -> None:
    bundle = carried(fhir.to_bundle(claim))
    for _ in range(3):
        *way, last = data.draw(st.sampled_from(paths(bundle)[1:]))
        node: Any = bundle
        with contextlib.suppress(KeyError, IndexError, TypeError):  # what an earlier change took away
            for step in way:
                node = node[step]
            node[last] = copy.deepcopy(data.draw(NONSENSE))
    with contextlib.suppress(VisitError, ValueError):
        fhir.from_bundle(bundle)


STAY: dict[str, Any] = {
    "kind": "institutional",
    "control_number": "S1",
    "billing_provider": {"organization": "HOSPITAL", "npi": "1234567893", "contacts": [{"name": "OFFICE", "phone": "2175550134", "fax": "2175550135"}]},
    "subscriber": {"last_name": "DOE", "first_name": "JANE", "ssn": "123456789", "contacts": [{"email": "j@example.org"}]},
    "payer": {"payer_id": "60001", "payer_id_type": "XV"},
    "facility_type": "11",
    "statement_dates": {"start": "2026-01-02", "end": "2026-01-05"},
    "admission": "2026-01-02T14:30:00",
    "admission_type": "1",
    "admission_source": "1",
    "discharge_status": "01",
    "drg": "871",
    "principal_diagnosis": {"code": "A41.9", "present_on_admission": "Y"},
    "other_diagnoses": ["E11.9", "E11..9"],
    "admitting_diagnosis": "R50.9",
    "reasons_for_visit": ["R50.9", "R05.9"],
    "external_causes": ["W19.XXXA"],
    "principal_procedure": {"code": "02703DZ", "date": "2026-01-03"},
    "other_procedures": ["0BH17EZ", {"code": "icd9cm_procedures:9671", "date": "2026-01-04"}, "wrong?"],
    "occurrences": [{"code": "11", "date": "2026-01-01"}],
    "occurrence_spans": [
        {"code": "74", "dates": {"start": "2026-01-02", "end": "2026-01-03"}},
        {"code": "M0", "dates": {"start": "2026-01-04", "end": "2026-01-03"}},
    ],
    "value_codes": [{"code": "80", "amount": "3"}],
    "condition_codes": ["30"],
    "treatment_codes": ["A01"],
    "attending_provider": {"last_name": "POE", "npi": "1234567893"},
    "lines": [
        {"revenue_code": "0120", "charge": "3000", "quantity": "3", "unit": "DA"},
        {"revenue_code": "0250", "charge": "9999999999999999.5", "procedure": {"code": "J1100", "modifiers": ["JZ"], "description": "DRUG"},
         "drug": {"code": "00002759701", "quantity": "10", "unit": "ML"}},
        {"revenue_code": "0250", "charge": "10000000000000000", "drug": {"code": "00002759701", "quantity": "1.5", "unit": "XX"}},
    ],
}  # fmt: skip

DENTAL: dict[str, Any] = {
    "kind": "dental",
    "control_number": "D1",
    "billing_provider": {"last_name": "POE", "first_name": "ANN", "tax_id": "123456789", "tax_id_type": "SY"},
    "subscriber": {"last_name": "DOE", "middle_name": "Q"},
    "payer": {},
    "service_date": "2026-01-02",
    "place_of_service": "11",
    "diagnoses": [],
    "service_facility": {"organization": "ROOM", "npi": "1234567893", "address": {"line1": "1 A ST", "line2": "B", "city": "X", "state": "IL", "zip": "60601", "country": "CA"}},
    "lines": [
        {"charge": "10", "procedure": "D1110", "teeth": [{"number": "3", "surfaces": ["M", "O"]}, {"number": "4"}]},
        {"charge": "10", "procedure": "D1110", "teeth": [{"number": "5"}], "place_of_service": "12", "service_date": {"start": "2026-01-02", "end": "2026-01-03"},
         "rendering_provider": {"last_name": "ROE"}},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    "data", [STAY, DENTAL, DENTAL | {"service_date": {"start": "2026-01-02", "end": "2026-01-04"}}]
)
def test_a_stay_and_a_dental_visit_come_back_equal(data: dict[str, Any]) -> None:
    claim = claim_from(data)
    bundle = carried(fhir.to_bundle(claim))
    assert fhir.from_bundle(bundle) == claim
    assert not {"lines[0].charge", "control_number"} & set(fhir.dropped(claim))


@pytest.mark.slow
@pytest.mark.parametrize("data", [STAY, DENTAL], ids=["stay", "dental"])
def test_any_one_value_of_any_type_is_read_or_refused(data: dict[str, Any]) -> None:
    """Every place of a bundle in turn, with a value of every type of JSON."""
    whole = json.dumps(fhir.to_bundle(claim_from(data)))
    places = paths(json.loads(whole))[1:]
    for number, (*way, last) in enumerate(places):
        bundle = json.loads(whole)
        node: Any = bundle
        for step in way:
            node = node[step]
        node[last] = EVERY_TYPE[number % len(EVERY_TYPE)]
        with contextlib.suppress(VisitError, ValueError):
            fhir.from_bundle(bundle)


def test_a_stay_says_what_it_is() -> None:
    main = resource(fhir.to_bundle(claim_from(STAY)), "Claim")
    assert main["subType"]["coding"][0]["code"] == "inpatient"
    kinds = [each["type"][0]["coding"][0]["code"] for each in main["diagnosis"]]
    assert kinds == [
        "principal",
        "other",
        "other",
        "admitting",
        "patientreasonforvisit",
        "patientreasonforvisit",
        "externalcauseofinjury",
    ]
    assert main["item"][0]["productOrService"]["coding"][0]["code"] == "not-applicable"
    bill = next(
        each for each in main["supportingInfo"] if each["category"]["coding"][0]["code"] == "typeofbill"
    )
    assert bill["code"]["coding"][0]["code"] == "0111"
    assert "admission" in fhir.dropped(claim_from(STAY))  # FHIR allows no hour without a time zone


def test_a_stay_of_another_system_is_read() -> None:
    """A diagnosis without a type is the principal one if it comes first; a second principal is not guessed."""
    bundle = carried(fhir.to_bundle(claim_from(STAY)))
    main = resource(bundle, "Claim")
    main["diagnosis"][1]["type"] = main["diagnosis"][0]["type"]
    main["diagnosis"][0].pop("type")
    main["related"] = [{"reference": None}]
    main["accident"] = {
        "date": "2026-01-01",
        "type": {"coding": [{"code": "MVA"}]},
        "locationAddress": {"state": "IL"},
    }
    main["extension"].append(
        {"url": "urn:medcode:claim-field", "extension": [{"url": "path", "valueInteger": 1}]}
    )
    main["extension"].append(
        {
            "url": "urn:medcode:claim-field",
            "extension": [{"url": "path", "valueString": "drg"}, {"url": "value", "valueBase64Binary": "!"}],
        }
    )
    main["extension"].append({"url": "urn:else"})
    main["extension"].append(
        {
            "url": "urn:medcode:claim-field",
            "extension": [
                {"url": "path", "valueString": "billing_note"},
                {"url": "empty", "valueCode": "text"},
            ],
        }
    )
    found = Decoder(main, Resources(bundle))
    assert found.unread == ["diagnosis[1]", "diagnosis[2]", "procedure[3]"]
    assert found.leaves["accident.causes[0]"] == "AA"
    claim = fhir.from_bundle(bundle)
    assert isinstance(claim, InstitutionalClaim)
    assert claim.drg == ""
    assert claim.billing_note == ""


def test_odd_values_of_a_claim_come_back() -> None:
    adjudication = {
        "payer_id": "2",
        "paid": "1",
        "procedure": "99214",
        "quantity": "1",
        "bundled_line": 2,
        "date": "2026-01-03",
    }
    claim = office_visit(
        control_number=" \x07 ",
        billing_provider={"last_name": "\x00"},
        service_facility={"organization": "ROOM"},
        accident={"causes": ["OA"]},
        dates={"accident": "2026-01-01"},
        anesthesia_procedures=["99214"],
        dependent={"last_name": "DOE", "relationship": " "},
        lines=[
            {
                "charge": "1",
                "procedure": "99214",
                "service_date": {"start": "2026-01-03", "end": "2026-01-02"},
                "adjudications": [adjudication],
            }
        ],
    )
    bundle = carried(fhir.to_bundle(claim))
    assert fhir.from_bundle(bundle) == claim
    assert "lines[0].adjudications[0].bundled_line" in fhir.dropped(claim)


def test_what_is_not_known_is_passed_over() -> None:
    bundle = carried(fhir.to_bundle(office_visit()))
    bundle["entry"].append({"fullUrl": "urn:uuid:0"})
    main, coverage = resource(bundle, "Claim"), resource(bundle, "Coverage")
    main["identifier"] = [{"value": "1"}, {"value": "2"}]
    main["accident"] = {"date": "2026-01-01"}
    main["item"][0]["careTeamSequence"] = [9]
    coverage["class"] = [{"type": {"coding": [{"code": "plan"}]}, "value": "x"}]
    resource(bundle, "Patient")["telecom"] = [{"system": "pager", "value": "1"}]
    claim = fhir.from_bundle(bundle)
    assert claim.control_number == "1"
    assert claim.dates.accident == date(2026, 1, 1)


def test_texts_beside_a_claim_come_back() -> None:
    claim = claim_from(STAY).evolve(billing_note="SEE THE CHART")
    assert fhir.from_bundle(fhir.to_bundle(claim)) == claim
