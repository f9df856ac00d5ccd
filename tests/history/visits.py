"""Claims of one made-up patient, written briefly."""

from __future__ import annotations

from typing import Any

from medcode.claims import DentalClaim, InstitutionalClaim, ProfessionalClaim

PARTIES: dict[str, Any] = {
    "billing_provider": {"organization": "CLINIC", "npi": "1234567893"},
    "payer": {"organization": "PLAN"},
}
PATIENT: dict[str, Any] = {"last_name": "ROE", "member_id": "M1", "birth_date": "1950-04-01", "sex": "F"}


def visit(number: str, day: str | None, *codes: str, **changes: Any) -> ProfessionalClaim:
    """Return an office visit; changes are fields of the claim."""
    line = {"charge": "90", "procedure": "99213"} | ({"service_date": day} if day else {})
    plain = {"control_number": number, "subscriber": PATIENT, "diagnoses": list(codes), "lines": [line]}
    return ProfessionalClaim.from_dict(PARTIES | plain | changes)


def stay(number: str, first: str, last: str, principal: str, **changes: Any) -> InstitutionalClaim:
    """Return a hospital stay."""
    plain = {
        "control_number": number,
        "subscriber": PATIENT,
        "facility_type": "11",
        "statement_dates": {"start": first, "end": last},
        "discharge_status": "01",
        "principal_diagnosis": principal,
        "lines": [{"charge": "900", "revenue_code": "0120"}],
    }
    return InstitutionalClaim.from_dict(PARTIES | plain | changes)


def dental_visit(number: str, day: str) -> DentalClaim:
    """Return a dental visit without a diagnosis."""
    plain = {
        "control_number": number,
        "subscriber": PATIENT,
        "service_date": day,
        "lines": [{"charge": "50", "procedure": "D0120"}],
    }
    return DentalClaim.from_dict(PARTIES | plain)
