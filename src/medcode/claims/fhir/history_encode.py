"""A patient's coded history as a FHIR R4 bundle: a Patient, and a resource for each event.

A diagnosis is a Condition, a procedure a Procedure, a drug a MedicationAdministration. The days, role and
sources that these have no home for stand in an extension of ours, so that the history is read back equal.
"""

from __future__ import annotations

import base64
import uuid
from typing import TYPE_CHECKING

from medcode.claims.fhir import systems as uri
from medcode.claims.fhir.datatypes import clean, code_text, day_text, without_empty
from medcode.claims.fhir.history_tables import EVENT, KEY, OTHER, SEXES, SYSTEMS
from medcode.codesets.base import Code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medcode.claims.fhir.datatypes import Resource
    from medcode.history.event import CodedEvent, Person

__all__ = ["write_history"]

_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, uri.OUR + "history")
_CATEGORY = "http://terminology.hl7.org/CodeSystem/condition-category"
_WITH_DOT = {"icd10cm", "icd9cm", "icd9cm_procedures"}


def write_history(person: Person, events: Iterable[CodedEvent]) -> Resource:
    """Return a bundle of type collection, the patient first; the same history gives the same bundle."""
    patient: Resource = {"resourceType": "Patient", "id": str(uuid.uuid5(_SPACE, person.key))}
    patient["identifier"] = [{"system": KEY, "value": person.key}]
    patient["gender"] = SEXES.get(person.sex or "")
    patient["birthDate"] = day_text(person.birth_date)
    subject = {"reference": f"urn:uuid:{patient['id']}"}
    resources = [without_empty(patient)]
    for number, event in enumerate(events):
        id_ = str(uuid.uuid5(_SPACE, f"{patient['id']}|{number}|{event.code_set}|{event.code}"))
        resources.append({"id": id_} | _resource(event, subject))
    entries = [{"fullUrl": f"urn:uuid:{each['id']}", "resource": each} for each in resources]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def _resource(event: CodedEvent, subject: Resource) -> Resource:
    days = without_empty({"start": day_text(event.start), "end": day_text(event.end)})
    shared: Resource = {"subject": subject, "extension": [_extension(event)]}
    if event.kind == "diagnosis":
        category = [{"coding": [{"system": _CATEGORY, "code": "encounter-diagnosis"}]}]
        recorded = without_empty({"recordedDate": day_text(event.start)})
        return (
            {"resourceType": "Condition", "category": category, "code": _concept(event)} | shared | recorded
        )
    if event.kind == "procedure":
        performed = {"performedPeriod": days} if days else {}
        return (
            {"resourceType": "Procedure", "status": "completed", "code": _concept(event)} | shared | performed
        )
    given = {"effectivePeriod": days} if days else {"_effectiveDateTime": _unknown()}
    drug: Resource = {"resourceType": "MedicationAdministration", "status": "completed"}
    return drug | {"medicationCodeableConcept": _concept(event)} | shared | given


def _unknown() -> Resource:
    url = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
    return {"extension": [{"url": url, "valueCode": "unknown"}]}


def _concept(event: CodedEvent) -> Resource:
    shown = event.code.dotted if event.code_set in _WITH_DOT and isinstance(event.code, Code) else event.code
    system = SYSTEMS.get(event.code_set, OTHER + event.code_set)
    text = code_text(shown) if isinstance(event.code, Code) or event.code_set not in SYSTEMS else None
    if text is None:
        return {"coding": [{"system": uri.ABSENT, "code": "error"}]}
    return {"coding": [{"system": system, "code": text}]}


def _extension(event: CodedEvent) -> Resource:
    """Return what a resource has no home for: the set, the raw code if it is wrong, days, role and sources."""
    parts: list[Resource] = [
        _part("code_set", event.code_set),
        _part("code", event.code),
        _part("role", event.role),
        _part("start", day_text(event.start)),
        _part("end", day_text(event.end)),
        _part("present_on_admission", event.present_on_admission),
        *(_part("modifier", each) for each in event.modifiers),
    ]
    for source in event.sources:
        inner = [_part("document", source.document), _part("number", source.number), _part("npi", source.npi)]
        if source.line is not None:
            inner.append({"url": "line", "valueInteger": source.line})
        parts.append({"url": "source", "extension": [each for each in inner if each]})
    return {"url": EVENT, "extension": [each for each in parts if each]}


def _part(name: str, value: str | None) -> Resource:
    """Return one part of the extension; text that a FHIR string may not hold is in base64."""
    if not value:
        return {}
    if (text := clean(str(value))) is not None:
        return {"url": name, "valueString": text}
    return {
        "url": name,
        "valueBase64Binary": base64.b64encode(value.encode("utf-8", "surrogatepass")).decode(),
    }
