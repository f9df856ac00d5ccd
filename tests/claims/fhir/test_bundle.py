"""What a bundle of anybody holds: claims, the patient's codes, and a list of the rest."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.claims.fhir.payments import CLAIMS, payment
from tests.history.visits import visit

from medcode.claims import DentalClaim, ProfessionalClaim, fhir
from medcode.claims.fhir import systems as uri
from medcode.errors import VisitError


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
        "Bundle.entry[1].resource.diagnosis[0]",
        "Bundle.entry[1].resource",
        "Bundle.entry[2].resource",
        "Bundle.entry[3].resource",
        "Bundle.entry[3]",
    ]
    assert unread[0].endswith("Observation is not read")
    assert "not a professional, institutional or oral claim" in unread[2]
    assert fhir.read_bundle({}) == ((), None, ())


def eob(**changes: Any) -> dict[str, Any]:
    """An explanation of benefit as a payer writes it: amounts as adjudications, days that are still open."""
    carin = "http://hl7.org/fhir/us/carin-bb/CodeSystem/"
    tho = "http://terminology.hl7.org/CodeSystem/"

    def concept(system: str, code: str) -> dict[str, Any]:
        return {"coding": [{"system": system, "code": code, "display": "as people read it"}]}

    def info(sequence: int, category: str, **value: Any) -> dict[str, Any]:
        return {"sequence": sequence, "category": concept(f"{carin}C4BBSupportingInfoType", category)} | value

    tooth = concept(f"{tho}ADAUniversalToothDesignationSystem", "4")
    submitted = {"category": concept(f"{tho}adjudication", "submitted"), "amount": {"value": 90}}
    return {
        "resourceType": "ExplanationOfBenefit",
        "type": concept(f"{tho}claim-type", "oral"),
        "patient": {"reference": "Patient/1"},
        "provider": {"reference": "Organization/o"},
        "insurer": {"reference": "Organization/gone"},
        "billablePeriod": {"start": "2026-01-05"},
        "careTeam": [
            {"sequence": 7, "provider": {"reference": "Organization/o"}, "role": concept(carin, "unheard")}
        ],
        "supportingInfo": [
            info(1, "clmrecvddate", timingDate="2026-01-09"),
            info(2, "patientaccountnumber", valueString="P-1"),
            info(3, "additionalbodysite", code=tooth),
            info(4, "additionalbodysite", code=tooth),
            info(5, "servicefacility", valueReference={"reference": "Organization/o"}),
            info(6, "typeofbill", code=concept("https://www.nubc.org/CodeSystem/TypeOfBill", "Dummy")),
        ],
        "item": [
            {
                "sequence": 1,
                "informationSequence": [3, 9],
                "productOrService": concept("http://ada.org/cdt", "D0120"),
                "bodySite": concept(f"{tho}ADAUniversalToothDesignationSystem", "3"),
                "servicedPeriod": {"start": "2026-01-05"},
                "adjudication": [{"category": concept(carin, "discount")}, submitted],
            }
        ],
        "payment": {"amount": {"value": 80}},
    } | changes


def bundled(*resources: dict[str, Any]) -> dict[str, Any]:
    others: list[dict[str, Any]] = [
        {
            "resourceType": "Patient",
            "id": "1",
            "maritalStatus": {"text": "married", "coding": [{"code": "M"}]},
        },
        {"resourceType": "Organization", "id": "o", "name": "CLINIC", "address": [{"line": ["1 OAK ST"]}]},
    ]
    return {"entry": [{"resource": each} for each in (*resources, *others)]}


def test_an_explanation_of_benefit_of_a_payer_is_read_and_the_rest_is_listed() -> None:
    [claim], history, unread = fhir.read_bundle(bundled(eob()))
    assert (claim.control_number, str(claim.total)) == ("P-1", "90")
    assert isinstance(claim, DentalClaim)
    assert claim.lines[0].service_date == date(2026, 1, 5)
    assert [tooth.number for tooth in claim.lines[0].teeth] == ["3", "4"]
    assert claim.service_facility is not None
    assert claim.service_facility.address is not None
    assert history is not None
    main = "Bundle.entry[0].resource"
    assert set(unread) == {
        f"{main}.careTeam[0]: not understood",
        f"{main}.supportingInfo[0]: not understood",
        f"{main}.supportingInfo[3]: not understood",
        f"{main}.supportingInfo[5]: not understood",
        f"{main}.item[0].servicedPeriod.end: not understood",
        f"{main}.insurer: refers to nothing here",
        f"{main}.item[0].adjudication[0]: not read",
        f"{main}.payment: not read",
        f"{main}: payer is missing",
        f"{main}: subscriber is missing",
        "Bundle.entry[1].resource: not read",
    }
    assert fhir.from_bundle(fhir.to_bundle(claim)) == claim


def test_what_a_resource_does_not_say_is_left_empty_and_listed() -> None:
    item = {"sequence": 1, "productOrService": {"coding": [{"system": uri.CPT, "code": "99213"}]}}
    kind = {"coding": [{"system": uri.CLAIM_TYPE, "code": "professional"}]}
    bundle = bundled(eob(type=kind, supportingInfo=[], item=[item]))
    [claim], _, unread = fhir.read_bundle(bundle)
    assert claim.lines[0].charge == ""
    main = "Bundle.entry[0].resource"
    assert sorted(each for each in unread if "missing" in each) == sorted(
        [
            f"{main}: lines[0].charge is missing",
            f"{main}: control_number is missing",
            f"{main}: payer is missing",
            f"{main}: subscriber is missing",
        ]
    )
    with pytest.raises(VisitError):
        fhir.from_bundle(bundled({**bundle["entry"][0]["resource"], "resourceType": "Claim"}))
    wrong = eob(
        related=[{"reference": {"value": "1"}}], item=[{"diagnosisSequence": [1], "net": {"value": True}}]
    )
    assert fhir.read_bundle(bundled(wrong)).claims


def test_an_extension_that_names_no_field_makes_no_claim() -> None:
    parts = [{"url": "path", "valueString": "nonsense"}, {"url": "value", "valueString": "1"}]
    unknown = eob(extension=[{"url": "urn:medcode:claim-field", "extension": parts}])
    claims, _, unread = fhir.read_bundle(bundled(unknown))
    assert claims == ()
    assert "Bundle.entry[0].resource: not enough for a claim: " in "\n".join(unread)
    assert "nonsense: unknown field" in "\n".join(unread)


def test_whom_a_reference_names_by_itself() -> None:
    """A logical reference, and a conditional one, as servers and generators of records write them."""
    npi = {"system": uri.NPI, "value": "1234567893"}
    payer = {"identifier": {"system": "http://plans.example", "value": "60001"}, "display": "PLAN"}
    plain = {"resourceType": "Coverage", "id": "c", "payor": [{"display": "OTHER"}]}
    main = eob(
        contained=[plain],
        provider={"reference": f"Practitioner?identifier={uri.NPI}|1234567893"},
        insurer=payer,
        insurance=[{"focal": False, "coverage": {"reference": "#c"}}, {"focal": True, "coverage": {}}],
        careTeam=[
            {"sequence": 1, "provider": {"type": "Organization", "identifier": npi, "display": "GROUP"}, "role": {"coding": [{"code": "referring"}]}},
            {"sequence": 2, "provider": {"identifier": npi}, "role": {"coding": [{"code": "attending"}]}},
        ],
    )  # fmt: skip
    [claim], _, unread = fhir.read_bundle(bundled(main))
    assert isinstance(claim, DentalClaim)
    assert (claim.payer.organization, claim.payer.payer_id) == ("PLAN", "60001")
    assert claim.billing_provider.npi == "1234567893"
    assert claim.referring_provider is not None
    assert claim.referring_provider.organization == "GROUP"
    assert claim.other_payers[0].payer.organization == "OTHER"
    assert "Bundle.entry[0].resource.careTeam[1]: not understood" in unread  # a dental claim has no such role
    known = {"resourceType": "Practitioner", "id": "p", "name": [{"family": "POE"}], "identifier": [npi]}
    assert fhir.read_bundle(bundled(main, known)).claims[0].billing_provider.last_name == "POE"


def test_what_a_claim_has_once_is_read_once_and_in_its_own_unit() -> None:
    """A second distance, one in kilometers, an amount in another currency: each is listed, none is taken."""

    def concept(system: str, code: str) -> dict[str, Any]:
        return {"coding": [{"system": system, "code": code}]}

    def distance(**changes: Any) -> dict[str, Any]:
        miles = {"value": 21, "unit": "[mi_i]", "system": uri.UCUM}  # some write the code as the unit
        return {"category": concept(uri.INFO, "transportationdistance"), "valueQuantity": miles | changes}

    main = eob(type=concept(uri.CLAIM_TYPE, "professional"), supportingInfo=[distance(), distance()])
    [claim], _, unread = fhir.read_bundle(bundled(main))
    assert claim.to_dict()["ambulance"]["distance"] == "21"
    assert "Bundle.entry[0].resource.supportingInfo[1]: not understood" in unread
    for other in ({"code": "km"}, {"unit": "miles"}, {"system": "http://nowhere.example"}):
        [claim], _, unread = fhir.read_bundle(bundled(main | {"supportingInfo": [distance(**other)]}))
        assert "ambulance" not in claim.to_dict()
        assert any("supportingInfo[0]" in each for each in unread)
    net = {"value": 90, "currency": "CAD"}
    line = {"sequence": 1, "productOrService": concept(uri.CPT, "99213"), "net": net}
    [claim], _, unread = fhir.read_bundle(bundled(main | {"item": [line], "total": []}))
    assert claim.lines[0].charge == ""
    assert "Bundle.entry[0].resource.item[0].net: not read" in unread


def test_a_claim_without_diagnoses_comes_back() -> None:
    claim = ProfessionalClaim.from_dict(visit("1", "2026-01-05", "I10").to_dict() | {"diagnoses": []})
    assert fhir.from_bundle(fhir.to_bundle(claim, extensions=False)).diagnoses == ()
    assert fhir.from_bundle(fhir.to_bundle(claim)) == claim
    stay = ProfessionalClaim.from_dict(claim.to_dict() | {"lines": []})
    assert fhir.dropped(stay) == ("lines",)
    assert fhir.from_bundle(fhir.to_bundle(stay)) == stay


def test_a_condition_of_another_patient_is_refused() -> None:
    code = {"coding": [{"system": uri.ICD10CM, "code": "I10"}]}
    theirs = {"resourceType": "Condition", "id": "c", "code": code, "subject": {"reference": "Patient/2"}}
    main = eob(contained=[theirs], diagnosis=[{"diagnosisReference": {"reference": "#c"}}])
    with pytest.raises(ValueError, match=r"of 2 patients: Bundle.entry\[0\].resource.diagnosis\[0\]"):
        fhir.read_bundle(bundled(main))
    own = {**theirs, "subject": {"reference": "Patient/1"}}
    main = eob(contained=[own], diagnosis=[{"diagnosisReference": {"reference": "#c"}}])
    _, history, _ = fhir.read_bundle(bundled(main))
    assert history is not None
    assert history.ever("I10")


def test_contained_resources_that_refer_to_one_another_are_followed_once() -> None:
    """Roles of each other, a coverage that pays itself, and a resource that contains itself by name."""
    roles = [
        {"resourceType": "PractitionerRole", "id": "a", "practitioner": {"reference": "#b"}},
        {"resourceType": "PractitionerRole", "id": "b", "practitioner": {"reference": "#a"}},
        {
            "resourceType": "Coverage",
            "id": "c",
            "payor": [{"reference": "#c"}],
            "subscriber": {"reference": "#"},
        },
    ]
    insurance = [{"sequence": 1, "focal": True, "coverage": {"reference": "#c"}}]
    main = eob(contained=roles, provider={"reference": "#a"}, insurance=insurance, insurer={"reference": "#"})
    [claim], _, unread = fhir.read_bundle(bundled(main))
    assert claim.billing_provider.last_name is None
    assert not [each for each in unread if "refers to nothing" in each]


def test_two_patients_are_refused() -> None:
    bundles = [fhir.to_bundle(CLAIMS["professional"]), fhir.to_bundle(CLAIMS["oral"])]
    both = {"entry": [entry for bundle in bundles for entry in bundle["entry"]]}
    with pytest.raises(ValueError, match="of 2 patients"):
        fhir.read_bundle(both)
