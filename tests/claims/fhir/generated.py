"""A bundle in the shapes of Synthea's R4 exports, whose values are made up here.

The export of 2019 holds every resource that it refers to. Later ones refer to providers and places by conditional
references to what stands in other files. Both name an insurance by its display alone, code what was found and done in
SNOMED CT, drugs in RxNorm and vaccines in CVX, and pair each Claim with an ExplanationOfBenefit.
"""

from __future__ import annotations

from typing import Any

from medcode.claims.fhir import systems as uri

__all__ = ["generated"]

SNOMED = "http://snomed.info/sct"
_THO = "http://terminology.hl7.org/CodeSystem/"
_OWN = "https://records.example/generator"
_PATIENT = {"reference": "urn:uuid:patient"}
_DAY = {"start": "2019-03-05T09:00:00-05:00", "end": "2019-03-05T09:15:00-05:00"}


def _concept(system: str, code: str, text: str = "") -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code}]} | ({"text": text} if text else {})


def _referred(kind: str, number: str, display: str, *, whole: bool) -> dict[str, Any]:
    """Return a reference to a resource that is here, or a conditional one to another file."""
    system = uri.NPI if kind == "Practitioner" else _OWN
    return {
        "reference": f"urn:uuid:{kind.lower()}" if whole else f"{kind}?identifier={system}|{number}",
        "display": display,
    }


def _bill(kind: str, *, whole: bool) -> dict[str, Any]:
    return {
        "resourceType": kind,
        "status": "active",
        "type": _concept(uri.CLAIM_TYPE, "professional"),
        "use": "claim",
        "patient": _PATIENT | {"display": "Ann Poe"},
        "billablePeriod": _DAY,
        "created": _DAY["end"],
        "provider": _referred("Organization", "o-1", "EASTSIDE CLINIC", whole=whole),
        "facility": _referred("Location", "l-1", "EASTSIDE CLINIC", whole=False),
        "diagnosis": [{"sequence": 1, "diagnosisReference": {"reference": "urn:uuid:condition"}}],
    }


def _claim(*, whole: bool) -> dict[str, Any]:
    visit = {"reference": "urn:uuid:encounter"}
    return _bill("Claim", whole=whole) | {
        "id": "claim",
        "priority": _concept(_THO + "processpriority", "normal"),
        "supportingInfo": [
            {
                "sequence": 1,
                "category": _concept(_THO + "claiminformationcategory", "info"),
                "valueReference": {"reference": "urn:uuid:immunization"},
            }
        ],
        "procedure": [{"sequence": 1, "procedureReference": {"reference": "urn:uuid:procedure"}}],
        "insurance": [{"sequence": 1, "focal": True, "coverage": {"display": "PRAIRIE PLAN"}}],
        "item": [
            {"sequence": 1, "productOrService": _concept(SNOMED, "162673000"), "encounter": [visit]},
            {
                "sequence": 2,
                "procedureSequence": [1],
                "productOrService": _concept(uri.CPT, "99213"),
                "net": {"value": 81.5, "currency": "USD"},
            },
        ],
        "total": {"value": 129.16, "currency": "USD"},
    }


def _explanation(*, whole: bool) -> dict[str, Any]:
    who = _referred("Practitioner", "1234567893", "Dr. Lee Roe", whole=whole)
    coverage = {
        "resourceType": "Coverage",
        "id": "coverage",
        "status": "active",
        "type": {"text": "PRAIRIE PLAN"},
        "beneficiary": _PATIENT,
        "payor": [{"display": "PRAIRIE PLAN"}],
    }
    place = _concept(_THO + "ex-serviceplace", "19")
    return _bill("ExplanationOfBenefit", whole=whole) | {
        "id": "explanation",
        "contained": [{"resourceType": "ServiceRequest", "id": "referral", "requester": who}, coverage],
        "identifier": [
            {"system": "https://bluebutton.cms.gov/resources/variables/clm_id", "value": "claim"},
            {"system": "https://bluebutton.cms.gov/resources/identifier/claim-group", "value": "99999999999"},
        ],
        "provider": who,
        "referral": {"reference": "#referral"},
        "claim": {"reference": "urn:uuid:claim"},
        "outcome": "complete",
        "careTeam": [
            {"sequence": 1, "provider": who, "role": _concept(_THO + "claimcareteamrole", "supervisor")}
        ],
        "insurance": [{"focal": True, "coverage": {"reference": "#coverage", "display": "PRAIRIE PLAN"}}],
        "item": [
            {
                "sequence": 1,
                "category": _concept("https://bluebutton.cms.gov/resources/variables/line_cms_type_srvc_cd", "1"),
                "productOrService": _concept(uri.CPT, "99213"),
                "servicedPeriod": _DAY,
                "locationCodeableConcept": place,
                "net": {"value": 81.5, "currency": "USD"},
            }
        ],
        "total": [
            {
                "category": _concept(uri.ADJUDICATION, "submitted"),
                "amount": {"value": 129.16, "currency": "USD"},
            }
        ],
        "payment": {"amount": {"value": 60.0, "currency": "USD"}},
    }  # fmt: skip


def _history(*, whole: bool) -> list[dict[str, Any]]:
    done = {"status": "completed", "encounter": {"reference": "urn:uuid:encounter"}}
    return [
        {
            "resourceType": "Patient",
            "id": "patient",
            "identifier": [
                {"system": _OWN, "value": "p-1"},
                {
                    "type": _concept(_THO + "v2-0203", "SS"),
                    "system": "http://hl7.org/fhir/sid/us-ssn",
                    "value": "999-12-3456",
                },
            ],
            "name": [{"use": "official", "family": "Poe", "given": ["Ann"], "prefix": ["Ms."]}],
            "gender": "female",
            "birthDate": "1961-04-12",
            "multipleBirthBoolean": False,
        },
        {
            "resourceType": "Encounter",
            "id": "encounter",
            "status": "finished",
            "class": {"system": _THO + "v3-ActCode", "code": "AMB"},
            "type": [_concept(SNOMED, "162673000")],
            "subject": _PATIENT,
            "participant": [
                {"individual": _referred("Practitioner", "1234567893", "Dr. Lee Roe", whole=whole)}
            ],
            "period": _DAY,
        },
        {
            "resourceType": "Condition",
            "id": "condition",
            "clinicalStatus": _concept(_THO + "condition-clinical", "active"),
            "verificationStatus": _concept(_THO + "condition-ver-status", "confirmed"),
            "code": _concept(SNOMED, "15777000", "Prediabetes"),
            "subject": _PATIENT,
            "onsetDateTime": _DAY["start"],
        },
        {
            "resourceType": "Procedure",
            "id": "procedure",
            "code": _concept(SNOMED, "430193006"),
            "subject": _PATIENT,
            "performedPeriod": _DAY,
        }
        | done,
        {
            "resourceType": "MedicationRequest",
            "id": "request",
            "status": "active",
            "intent": "order",
            "medicationCodeableConcept": _concept("http://www.nlm.nih.gov/research/umls/rxnorm", "860975"),
            "subject": _PATIENT,
            "authoredOn": _DAY["start"],
        },
        {
            "resourceType": "Immunization",
            "id": "immunization",
            "vaccineCode": _concept("http://hl7.org/fhir/sid/cvx", "140"),
            "patient": _PATIENT,
            "occurrenceDateTime": _DAY["start"],
            "primarySource": True,
        }
        | done,
        {"resourceType": "Observation", "id": "observation", "status": "final", "subject": _PATIENT},
    ]


def _providers() -> list[dict[str, Any]]:
    return [
        {
            "resourceType": "Organization",
            "id": "organization",
            "identifier": [{"system": _OWN, "value": "o-1"}],
            "name": "EASTSIDE CLINIC",
            "telecom": [{"system": "phone", "value": "2175550100"}],
            "address": [
                {"line": ["60 MAIN ST"], "city": "SPRINGFIELD", "state": "IL", "postalCode": "627010001"}
            ],
        },
        {
            "resourceType": "Practitioner",
            "id": "practitioner",
            "identifier": [{"system": uri.NPI, "value": "1234567893"}],
            "name": [{"family": "Roe", "given": ["Lee"], "prefix": ["Dr."]}],
        },
    ]


def generated(*, whole: bool) -> dict[str, Any]:
    """Return a patient's transaction bundle, with or without the providers that it refers to."""
    resources = [
        *_history(whole=whole),
        *(_providers() if whole else []),
        _claim(whole=whole),
        _explanation(whole=whole),
    ]
    return {
        "resourceType": "Bundle",
        "type": "transaction",
        "entry": [
            {
                "fullUrl": f"urn:uuid:{each['id']}",
                "resource": each,
                "request": {"method": "POST", "url": each["resourceType"]},
            }
            for each in resources
        ],
    }
