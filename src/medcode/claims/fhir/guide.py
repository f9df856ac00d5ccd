"""What CARIN's Blue Button guide allows in an explanation of benefit, and what it calls the systems of codes.

Source: HL7 CARIN Consumer Directed Payer Data Exchange (CARIN IG for Blue Button) 2.2.0.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from medcode.claims.fhir import systems as uri
from medcode.claims.fhir.datatypes import coding

if TYPE_CHECKING:
    from medcode.claims.fhir.datatypes import Resource

__all__ = [
    "DIAGNOSES",
    "KEPT",
    "NAMES",
    "NEWBORN",
    "QUANTITIES",
    "REASON",
    "ROLES",
    "TRANSPORT",
    "code_in",
    "guide_modifier",
    "has_services",
    "in_guide",
    "is_identified",
    "profile",
]

NAMES = {
    "professional": "ExplanationOfBenefit-Professional-NonClinician",
    "oral": "ExplanationOfBenefit-Oral",
    "inpatient": "ExplanationOfBenefit-Inpatient-Institutional",
    "outpatient": "ExplanationOfBenefit-Outpatient-Institutional",
}
KEPT = {"Patient", "Coverage", "Organization", "Practitioner", "RelatedPerson"}

ROLES = {
    "professional": {"primary", "supervisor", "rendering", "purchasedservice", "referring"},
    "institutional": {"primary", "attending", "referring", "operating", "otheroperating", "rendering"},
}
SERVICES = {"professional": {uri.CPT, uri.HCPCS}, "oral": {uri.CDT}}
"""The systems of services of a line; a stay or an outpatient bill may also have HIPPS rates."""

DIAGNOSES = {
    "professional": {"principal", "secondary"},
    "oral": {"principal", "secondary"},
    "inpatient": {"principal", "other", "externalcauseofinjury", "admitting"},
    "outpatient": {"principal", "other", "externalcauseofinjury", "patientreasonforvisit"},
}
REASON = "ambulancetransportreason"
QUANTITIES = {"patientweight", "transportationdistance"}
TRANSPORT = QUANTITIES | {
    REASON,
    "roudtrippurpose",
    "stretcherpurpose",
    "pickuplocation",
    "dropofflocation",
}
"""What is about a transport, which each line refers to."""

_CPT_MODIFIER = re.compile(r"[0-9].|P[1-6]")
NEWBORN = "4"


def profile(name: str) -> str:
    """Return the URL of a profile with the version of the guide."""
    return f"http://hl7.org/fhir/us/carin-bb/StructureDefinition/C4BB-{name}|2.2.0"


def has_services(kind: str, items: list[Resource]) -> bool:
    """Whether each line has a code of a system that the guide allows for a kind of claim."""
    codes = {
        (each["productOrService"]["coding"][0]["system"], code_in(each["productOrService"])) for each in items
    }
    allowed = SERVICES.get(kind, {uri.CPT, uri.HCPCS, uri.HIPPS})
    missing = [code for system, code in codes if system not in allowed]
    return not missing or (kind != "professional" and set(missing) == {"not-applicable"})


def is_identified(practitioner: Resource) -> bool:
    """Whether a practitioner has an NPI or an EIN."""
    return any(each.get("system") in {uri.NPI, uri.EIN} for each in practitioner.get("identifier", ()))


def in_guide(value: Any) -> Any:
    """Return what a resource holds with the systems called as the guide calls them."""
    if isinstance(value, list):
        return [in_guide(each) for each in value]
    if not isinstance(value, dict):
        return value
    found = {key: in_guide(each) for key, each in value.items()}
    if found.get("system") in uri.GUIDE:
        found["system"] = uri.GUIDE[found["system"]]
    return found


def code_in(concept: Resource | None) -> str:
    """Return the one code of a concept that we have made."""
    return str(concept["coding"][0]["code"]) if concept else ""


def guide_modifier(concept: Resource) -> Resource:
    """Return a modifier in the system of CPT where it is one of CPT's."""
    code = code_in(concept)
    return coding(uri.CPT, code) or concept if _CPT_MODIFIER.fullmatch(code) else concept
