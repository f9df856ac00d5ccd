"""The field that was meant by a name the model does not have: by another word for it, or by its spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["field_hint"]

OTHER_WORDS: dict[str, tuple[str, str]] = {
    "name": ("organization last_name", "use organization, or last_name and first_name"),
    "organization_name": ("organization", "use organization"),
    "surname": ("last_name", "use last_name"),
    "family_name": ("last_name", "use last_name"),
    "given_name": ("first_name", "use first_name"),
    "dob": ("birth_date", "use birth_date"),
    "date_of_birth": ("birth_date", "use birth_date"),
    "gender": ("sex", "use sex: F, M or U"),
    "id": ("member_id", "use member_id"),
    "subscriber_id": ("member_id", "use member_id"),
    "policy_number": ("member_id", "use member_id"),
    "payer_name": ("payer", "use payer=Payer(organization=…)"),
    "patient": (
        "subscriber dependent",
        "use subscriber, and dependent where the patient is not the subscriber",
    ),
    "rendering": ("rendering_provider", "use rendering_provider"),
    "facility": ("service_facility", "use service_facility"),
    "dx": ("diagnoses", "use diagnoses"),
    "diagnosis": ("diagnoses", "use diagnoses"),
    "diagnosis_codes": ("diagnoses", "use diagnoses"),
    "services": ("lines", "use lines"),
    "claim_number": ("control_number", "use control_number"),
    "patient_control_number": ("control_number", "use control_number"),
    "patient_account_number": ("control_number", "use control_number"),
    "claim_id": ("control_number", "use control_number"),
    "bill_type": ("facility_type frequency", "use facility_type and frequency: bill 0111 is '11' and '1'"),
    "type_of_bill": ("facility_type frequency", "use facility_type and frequency: bill 0111 is '11' and '1'"),
    "pos": ("place_of_service", "use place_of_service"),
    "frequency_code": ("frequency", "use frequency"),
    "claim_frequency_code": ("frequency", "use frequency"),
    "total_charge": ("lines", "the total is the sum of the lines"),
    "modifier": ("procedure", "use procedure=Procedure(code, modifiers)"),
    "modifiers": ("procedure", "use procedure=Procedure(code, modifiers)"),
    "cpt": ("procedure", "use procedure"),
    "hcpcs": ("procedure", "use procedure"),
    "procedure_code": ("procedure", "use procedure"),
    "code": ("procedure", "use procedure"),
    "amount": ("charge", "use charge"),
    "price": ("charge", "use charge"),
    "charges": ("charge", "use charge"),
    "units": ("quantity", "use quantity"),
    "date": ("service_date", "use service_date"),
    "dos": ("service_date", "use service_date"),
    "date_of_service": ("service_date", "use service_date"),
    "pointers": ("diagnosis_pointers", "use diagnosis_pointers"),
    "revenue": ("revenue_code", "use revenue_code"),
    "ndc": ("drug", "use drug=Drug(code, quantity, unit)"),
    "statement_from": ("statement_dates", "use statement_dates"),
    "admit_date": ("admission", "use admission"),
    "admission_date": ("admission", "use admission"),
    "street": ("line1", "use line1"),
    "address1": ("line1", "use line1"),
    "address2": ("line2", "use line2"),
    "zip_code": ("zip", "use zip"),
    "postal_code": ("zip", "use zip"),
    "ein": ("tax_id", "use tax_id"),
    "tin": ("tax_id", "use tax_id"),
    "taxonomy_code": ("taxonomy", "use taxonomy"),
    "relation": ("relationship", "use relationship"),
    "group": ("group_number", "use group_number"),
}
"""What people call a field: the fields that a class must have for the hint to hold, and the hint."""


def field_hint(name: str, fields: Iterable[str]) -> str:
    """Return the end of a message that says which field was meant; empty where that is not clear.

    >>> field_hint("dob", ["birth_date", "sex"]), field_hint("organisation", ["organization"]), field_hint("x", [])
    ('; use birth_date', '; did you mean organization?', '')
    """
    known = set(fields)
    needed, hint = OTHER_WORDS.get(name.lower(), ("", ""))
    if hint and known.issuperset(needed.split()):
        return f"; {hint}"
    return did_you_mean(name, sorted(known))
