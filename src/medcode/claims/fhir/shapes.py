"""What JSON type each element of a FHIR resource has, so that a value of another type is named and not passed over.

The elements are those that are read here; others are listed as not read, whatever they are.
Source: HL7 FHIR R4 (4.0.1), the definitions of the resources and data types.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["misshapen"]

_BILL = """
 status type:Concept subType:Concept use patient:Reference billablePeriod:Period created outcome insurer:Reference
 payee:Payee provider:Reference priority:Concept related:Related* referral:Reference facility:Reference claim:Reference
 careTeam:Member* supportingInfo:Information* diagnosis:BillDiagnosis* procedure:BillProcedure* insurance:Insurance*
 accident:Accident item:Item* adjudication:Adjudication*"""
_DRUG = """
 status medicationCodeableConcept:Concept medicationReference:Reference subject:Reference encounter:Reference
 effectiveDateTime effectivePeriod:Period whenPrepared whenHandedOver authoredOn doNotPerform:bool"""
_PERSON = " active:bool name:Name* telecom:Contact* gender birthDate deceasedDateTime address:Address*"

_RESOURCES = {
    "Claim": f"{_BILL} total:Money",
    "ExplanationOfBenefit": f"{_BILL} preAuthRef:text* total:Adjudication*",
    "Patient": _PERSON,
    "Practitioner": f"{_PERSON} qualification:Qualification*",
    "RelatedPerson": f"{_PERSON} patient:Reference relationship:Concept*",
    "PractitionerRole": "active:bool practitioner:Reference organization:Reference code:Concept* specialty:Concept*",
    "Organization": "active:bool type:Concept* name telecom:Contact* address:Address* contact:OrganizationContact*",
    "Location": "status name type:Concept* telecom:Contact* address:Address",
    "Coverage": "status type:Concept subscriber:Reference subscriberId beneficiary:Reference dependent"
    " relationship:Concept period:Period payor:Reference* class:CoverageClass* order:int",
    "Encounter": "status class:Coding type:Concept* subject:Reference period:Period",
    "Condition": "verificationStatus:Concept category:Concept* code:Concept subject:Reference encounter:Reference"
    " onsetDateTime onsetPeriod:Period abatementDateTime recordedDate",
    "Procedure": "status category:Concept code:Concept subject:Reference encounter:Reference performedDateTime"
    " performedPeriod:Period",
    "Medication": "code:Concept status",
    "MedicationAdministration": _DRUG,
    "MedicationDispense": _DRUG,
    "MedicationRequest": _DRUG,
    "MedicationStatement": _DRUG,
    "Immunization": "status vaccineCode:Concept patient:Reference encounter:Reference occurrenceDateTime recorded",
}
"""The elements of the resources that are read: a name alone is text, a star is a list."""

_PARTS = {
    "Bundle": "resourceType type timestamp entry:Entry*",
    "Meta": "lastUpdated source profile:text* tag:Coding* security:Coding*",
    "Entry": "fullUrl resource:Resource",
    "Related": "claim:Reference relationship:Concept reference:Identifier",
    "Payee": "type:Concept party:Reference",
    "Member": "sequence:int provider:Reference responsible:bool role:Concept qualification:Concept",
    "Information": "sequence:int category:Concept code:Concept timingDate timingPeriod:Period valueString"
    " valueQuantity:Quantity valueReference:Reference reason:Concept",
    "BillDiagnosis": "sequence:int diagnosisCodeableConcept:Concept diagnosisReference:Reference type:Concept*"
    " onAdmission:Concept",
    "BillProcedure": "sequence:int type:Concept* date procedureCodeableConcept:Concept procedureReference:Reference",
    "Insurance": "sequence:int focal:bool identifier:Identifier coverage:Reference preAuthRef:text*",
    "Accident": "date type:Concept locationAddress:Address",
    "Item": "sequence:int careTeamSequence:int* diagnosisSequence:int* informationSequence:int* revenue:Concept"
    " productOrService:Concept modifier:Concept* servicedDate servicedPeriod:Period locationCodeableConcept:Concept"
    " quantity:Quantity net:Money bodySite:Concept subSite:Concept* encounter:Reference* detail:Item*"
    " adjudication:Adjudication*",
    "Adjudication": "category:Concept reason:Concept amount:Money value:number",
    "Qualification": "identifier:Identifier* code:Concept period:Period",
    "OrganizationContact": "name:Name telecom:Contact* address:Address",
    "CoverageClass": "type:Concept value name",
    "Concept": "coding:Coding* text system version code display",  # or a coding, where the reader takes both
    "Coding": "system version code display userSelected:bool",
    "Identifier": "use type:Concept system value period:Period",
    "Reference": "reference type identifier:Identifier display",
    "Period": "start end",
    "Quantity": "value:number comparator unit system code",
    "Money": "value:number currency",
    "Name": "use text family given:text* prefix:text* suffix:text* period:Period",
    "Address": "use type text line:text* city state postalCode country period:Period",
    "Contact": "system value use rank:int period:Period",
    "Extension": "url extension:Extension* valueString valueInteger:int valueCode valueBase64Binary",
}
"""The elements of the parts and data types within them."""

_OF_EACH = "id extension:Extension*"
_OF_RESOURCES = "meta:Meta contained:Resource* identifier:Identifier*"

_WORDS = {"text": "text", "int": "a whole number", "number": "a number", "bool": "true or false"}


class _Shape(NamedTuple):
    kind: str
    many: bool


@cache
def _shapes(name: str) -> Mapping[str, _Shape]:
    """Return the elements of a resource or part, by their names; none of one that is not known."""
    known = f"{_OF_RESOURCES} {_RESOURCES[name]}" if name in _RESOURCES else _PARTS.get(name, "")
    found = {}
    for each in f"{_OF_EACH} {known}".split():
        element, _, kind = each.partition(":")
        found[element] = _Shape(kind.removesuffix("*") or "text", kind.endswith("*"))
    return found


def misshapen(value: Any, path: str, kind: str = "Resource") -> Iterator[str]:
    """Yield the path of each value within a resource, or a part of that kind, that is of another JSON type, and its type.

    >>> list(misshapen({"resourceType": "Patient", "gender": 1, "name": {"family": "ROE"}}, "Patient"))
    ['Patient.gender: must be text, not a number', 'Patient.name: must be a list, not an object']
    """
    if kind in _WORDS:
        if not _is(value, kind):
            yield f"{path}: must be {_WORDS[kind]}, not {_json_type(value)}"
    elif not isinstance(value, dict):
        yield f"{path}: must be an object, not {_json_type(value)}"
    else:
        if kind == "Resource":
            yield from misshapen(value.get("resourceType"), f"{path}.resourceType", "text")
        shapes = _shapes(str(value.get("resourceType")) if kind == "Resource" else kind)
        for name, each in value.items():
            if name in shapes:
                is_extended = f"_{name}" in value  # then null stands for what is an extension alone
                yield from _element(each, f"{path}.{name}", shapes[name], is_extended=is_extended)


def _element(value: Any, path: str, shape: _Shape, *, is_extended: bool) -> Iterator[str]:
    if not shape.many:
        yield from misshapen(value, path, shape.kind)
    elif isinstance(value, list):
        for number, each in enumerate(value):
            if each is not None or not is_extended:
                yield from misshapen(each, f"{path}[{number}]", shape.kind)
    else:
        yield f"{path}: must be a list, not {_json_type(value)}"


def _is(value: Any, kind: str) -> bool:
    if kind == "text":
        return isinstance(value, str)
    if isinstance(value, bool) or kind == "bool":
        return kind == "bool" and isinstance(value, bool)
    return isinstance(value, int if kind == "int" else (int, float, Decimal))


def _json_type(value: Any) -> str:
    if isinstance(value, bool):
        return "true or false"
    names: dict[type, str] = {type(None): "null", str: "text", list: "a list", dict: "an object"}
    return next((word for type_, word in names.items() if isinstance(value, type_)), "a number")
