"""Bundles to read in the tests of FHIR."""

from __future__ import annotations

import json
from typing import Any

from medcode.claims import ProfessionalClaim

__all__ = ["carried", "office_visit", "resource"]


def carried(bundle: dict[str, Any]) -> dict[str, Any]:
    """A bundle as it comes out of JSON."""
    found: dict[str, Any] = json.loads(json.dumps(bundle))
    return found


def resource(bundle: dict[str, Any], kind: str) -> dict[str, Any]:
    return next(each["resource"] for each in bundle["entry"] if each["resource"]["resourceType"] == kind)


def office_visit(**changes: Any) -> ProfessionalClaim:
    data: dict[str, Any] = {
        "control_number": "A1",
        "billing_provider": {
            "organization": "CLINIC",
            "npi": "1234567893",
            "tax_id": "870000001",
            "taxonomy": "207Q00000X",
        },
        "subscriber": {
            "last_name": "DOE",
            "first_name": "JANE",
            "member_id": "M1",
            "sex": "F",
            "birth_date": "1961-04-12",
        },
        "payer": {"organization": "PLAN", "payer_id": "60001"},
        "diagnoses": ["E11.65", "icd9cm:250.00"],
        "lines": [
            {
                "charge": "120.50",
                "service_date": "2026-01-02",
                "procedure": "99214",
                "diagnosis_pointers": [1],
            }
        ],
    }
    return ProfessionalClaim.from_dict(data | changes)
