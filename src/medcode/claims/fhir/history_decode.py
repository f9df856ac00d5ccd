"""The codes of anybody's FHIR R4 bundle, and whose they are.

Read are Conditions, Procedures, medication resources, Immunizations, and the codes of Claim and
ExplanationOfBenefit. References are followed within the bundle; nothing is guessed, and a bundle of two
patients is refused.
"""

from __future__ import annotations

import base64
import binascii
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from medcode.claims.fhir import systems as uri
from medcode.claims.fhir.history_tables import EVENT, KEY, NAMES, OTHER, SEXES
from medcode.claims.fhir.reading import (
    code_of,
    codes_of,
    codings,
    day_of,
    identified_by,
    list_of,
    numbered,
    peek,
    refuse_depth,
    system_of,
    table_of,
    tables_of,
    text_of,
    whole_of,
    with_system,
)
from medcode.claims.fhir.references import Resources
from medcode.claims.fhir.shapes import misshapen
from medcode.history.event import ROLES, CodedEvent, EventSource, Person
from medcode.history.rows import typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from medcode.history.event import EventKind

__all__ = ["read_history"]

_MBI = "http://hl7.org/fhir/sid/us-mbi"
_LETTERS = {gender: letter for letter, gender in SEXES.items()}

_CODES = {
    "Condition": ("code",),
    "Procedure": ("code",),
    "MedicationAdministration": ("medicationCodeableConcept", "medicationReference"),
    "MedicationDispense": ("medicationCodeableConcept", "medicationReference"),
    "MedicationRequest": ("medicationCodeableConcept", "medicationReference"),
    "MedicationStatement": ("medicationCodeableConcept", "medicationReference"),
    "Immunization": ("vaccineCode",),
}
"""Where each resource has its code, or the reference to a Medication that has it."""

_DAYS = ("performed", "effective", "onset", "occurrence")
"""The elements that are a day (`…DateTime`) or a span (`…Period`)."""

_LATER_DAYS = ("recordedDate", "whenHandedOver", "whenPrepared", "authoredOn", "recorded")
_NOT_DONE = {
    "entered-in-error",
    "not-done",
    "cancelled",
    "refuted",
    "stopped-before-start",
    "declined",
    "draft",
    "preparation",
}
_BILLS = ("Claim", "ExplanationOfBenefit")
_ROLES = {
    "principal": "principal",
    "admitting": "admitting",
    "patientreasonforvisit": "reason_for_visit",
    "externalcauseofinjury": "external_cause",
    "externalcause": "external_cause",
}


class _About(NamedTuple):
    """What is known of codes before they are read."""

    kind: EventKind
    days: tuple[date | None, date | None]
    source: EventSource
    role: str = ""
    modifiers: tuple[str, ...] = ()


def read_history(bundle: Mapping[str, Any]) -> tuple[Person, list[CodedEvent], list[str]]:
    """Return the patient of a bundle, the coded events, and notes of what was not read, by path.

    Raises ValueError where the events are of two patients or the bundle holds nothing of any.
    """
    refuse_depth(bundle)
    resources = Resources(bundle)
    reader = _Reader(resources)
    reader.notes += misshapen(bundle, "Bundle", "Bundle")
    for number, entry in enumerate(list_of(bundle.get("entry"))):
        resource = table_of(table_of(entry).get("resource"))
        reader.read(f"Bundle.entry[{number}].resource", resource)
    return reader.person(), reader.events, reader.notes


class _Reader:
    """Reads resource by resource; `patients` holds whose they are, with the first path of each."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources
        self.patients: dict[str, tuple[Mapping[str, Any], str]] = {}
        self.events: list[CodedEvent] = []
        self.notes: list[str] = []

    def person(self) -> Person:
        """Return the one patient. Raises ValueError for none and for two."""
        alone = self._resources.of("Patient")
        if not self.patients and len(alone) == 1:
            return _person(alone[0], "")
        if len(self.patients) != 1:
            paths = ", ".join(path for _, path in self.patients.values())
            count = len(self.patients)
            raise ValueError(
                f"the bundle is of {count} patients ({paths})" if count else "the bundle names no patient"
            )
        [(name, (patient, _))] = self.patients.items()
        return _person(patient, name)

    def read(self, path: str, resource: Mapping[str, Any]) -> None:
        """Read a resource that holds codes; others are passed over."""
        kind = text_of(resource.get("resourceType")) or ""
        if kind not in _CODES and kind not in _BILLS:
            return
        verification = {text_of(each.get("code")) for each in codings(resource.get("verificationStatus"))}
        if ({text_of(resource.get("status")), *verification} & _NOT_DONE) or resource.get(
            "doNotPerform"
        ) is True:
            self.notes.append(f"{path}: not read, its status says that it did not happen")
            return
        if not self._belongs(path, resource):
            return
        found = list(
            self._bill(kind, path, resource) if kind in _BILLS else self._single(kind, path, resource)
        )
        self.events += found
        if not found and kind in _BILLS:
            self.notes.append(f"{path}: has no code")

    def _belongs(self, path: str, resource: Mapping[str, Any]) -> bool:
        """Whether a resource names its patient; a reference that leads nowhere is noted, unless no patient is here."""
        element = "subject" if "subject" in resource else "patient"
        reference = table_of(resource.get(element))
        name = text_of(reference.get("reference"))
        patient = self._resources.target(reference, resource)
        if patient and patient.get("resourceType") != "Patient":
            self.notes.append(f"{path}.{element}: does not refer to a patient")
            return False
        if not name or (not patient and self._resources.of("Patient")):
            self.notes.append(f"{path}.{element}: {'refers to nothing here' if name else 'is missing'}")
            return False
        key = text_of(patient.get("id")) or name
        self.patients.setdefault(key, (patient, f"{path}.{element}"))
        return True

    def _single(self, kind: str, path: str, resource: Mapping[str, Any]) -> Iterator[CodedEvent]:
        concept: Any = None
        for element in _CODES[kind]:
            value = resource.get(element)
            concept = concept or (
                self._resources.follow(value, resource, element).get("code")
                if element.endswith("Reference")
                else value
            )
        own = _own(resource)
        if own is not None:
            yield own
            return
        drug = kind.startswith("Medication") or kind == "Immunization"
        purpose: EventKind = "drug" if drug else "diagnosis" if kind == "Condition" else "procedure"
        days = _days(resource) or _days(
            self._resources.follow(resource.get("encounter"), resource, "encounter"), "period"
        )
        end = day_of(resource.get("abatementDateTime")) if kind == "Condition" else None
        start = _date(days[0]) if days else None
        last = _date(end) or (_date(days[1]) if days else None)
        source = EventSource(kind, text_of(resource.get("id")))
        role = "other" if purpose == "diagnosis" else ""
        yield from self._coded(concept, _About(purpose, _ordered(start, last), source, role), path)

    def _bill(self, kind: str, path: str, bill: Mapping[str, Any]) -> Iterator[CodedEvent]:
        days = _days(bill, "billablePeriod")
        span = _ordered(_date(days[0]), _date(days[1])) if days else (None, None)
        number = identified_by(bill, "uc") or identified_by(bill, "pat") or text_of(bill.get("id"))
        source = EventSource(kind, number)
        for at, each in numbered(bill.get("diagnosis")):
            concept = each.get("diagnosisCodeableConcept")
            if concept is None:
                concept = self._followed(each, "diagnosisReference", bill, f"{path}.diagnosis[{at}]")
            kinds = {
                code
                for type_ in tables_of(each.get("type"))
                for code in codes_of(type_, uri.DIAGNOSIS_TYPE, "")
            }
            role = next((_ROLES[code] for code in sorted(kinds) if code in _ROLES), "other")
            about = _About("diagnosis", span, source, role)
            yield from self._coded(concept, about, f"{path}.diagnosis[{at}]")
        for at, each in numbered(bill.get("procedure")):
            concept = each.get("procedureCodeableConcept")
            if concept is None:
                concept = self._followed(each, "procedureReference", bill, f"{path}.procedure[{at}]")
            day = _date(day_of(each.get("date")))
            own = (day, day) if day else span
            yield from self._coded(concept, _About("procedure", own, source), f"{path}.procedure[{at}]")
        for at, item in numbered(bill.get("item")):
            yield from self._item(item, span, source, f"{path}.item[{at}]")

    def _followed(
        self, bill_part: Mapping[str, Any], element: str, bill: Mapping[str, Any], path: str
    ) -> Any:
        """Return the code of what a bill refers to; a condition or procedure of another patient raises ValueError."""
        found = self._resources.follow(bill_part.get(element), bill, element)
        subject = self._resources.target(found.get("subject"), found) or table_of(found.get("subject"))
        patient = self._resources.target(bill.get("patient"), bill) or table_of(bill.get("patient"))
        if subject and subject != patient:
            raise ValueError(f"the bundle is of 2 patients: {path} refers to what another one has")
        return found.get("code")

    def _item(
        self, item: Mapping[str, Any], span: tuple[date | None, date | None], source: EventSource, path: str
    ) -> Iterator[CodedEvent]:
        line = EventSource(source.document, source.number, whole_of(item.get("sequence")))
        days = _days(item, "servicedPeriod")
        single = _date(day_of(item.get("servicedDate")))
        own = (single, single) if single else _ordered(_date(days[0]), _date(days[1])) if days else span
        modifiers = tuple(
            code
            for each in tables_of(item.get("modifier"))
            if (code := code_of(each, uri.HCPCS, uri.CPT, ""))
        )
        for number, each in enumerate((item, *tables_of(item.get("detail")))):
            where = f"{path}.detail[{number - 1}]" if number else path
            concept = each.get("productOrService")
            if concept is not None and code_of(concept, uri.ABSENT) is None:
                about = _About("procedure", own, line, modifiers=() if number else modifiers)
                yield from self._coded(concept, about, where)

    def _coded(self, concept: Any, about: _About, path: str) -> Iterator[CodedEvent]:
        """Yield an event for each coding of a set that medcode knows; for the first coding where it knows none."""
        found = [(system_of(each), code) for each in codings(concept) if (code := text_of(each.get("code")))]
        known = [(system, code) for system, code in found if system in NAMES]
        if not found:
            self.notes.append(f"{path}: has no coded value")
        for system, code in known or found[:1]:
            name = NAMES.get(system, system.removeprefix(OTHER) or "unknown")
            if name == "icd9cm" and about.kind == "procedure":
                name = "icd9cm_procedures"
            kind: EventKind = "drug" if name == "ndc" else about.kind
            start, end = about.days
            typed_code = typed(name, code)
            yield CodedEvent(
                kind, typed_code, name, start, end, about.role, about.modifiers, sources=(about.source,)
            )


def _own(resource: Mapping[str, Any]) -> CodedEvent | None:
    """Return the event that a resource of ours holds in its extension, None for anybody else's."""
    for each in tables_of(resource.get("extension")):
        if each.get("url") != EVENT:
            continue
        parts = tables_of(each.get("extension"))
        name, code = _value(parts, "code_set"), _value(parts, "code")
        role = _value(parts, "role") or ""
        if not name or not code or role not in ROLES:
            return None
        kinds: dict[str, EventKind] = {"Condition": "diagnosis", "Procedure": "procedure"}
        kind = kinds.get(text_of(resource.get("resourceType")) or "", "drug")
        modifiers = tuple(text for part in parts if part.get("url") == "modifier" and (text := _text(part)))
        start, end = (_date(_value(parts, each)) for each in ("start", "end"))
        sources = tuple(
            _source(tables_of(part.get("extension"))) for part in parts if part.get("url") == "source"
        )
        poa = _value(parts, "present_on_admission")
        return CodedEvent(kind, typed(name, code), name, start, end, role, modifiers, poa, sources)
    return None


def _source(parts: list[Mapping[str, Any]]) -> EventSource:
    line = next((whole_of(part.get("valueInteger")) for part in parts if part.get("url") == "line"), None)
    return EventSource(_value(parts, "document") or "", _value(parts, "number"), line, _value(parts, "npi"))


def _value(parts: Iterable[Mapping[str, Any]], name: str) -> str | None:
    return next((_text(part) for part in parts if part.get("url") == name), None)


def _text(part: Mapping[str, Any]) -> str | None:
    coded = text_of(part.get("valueBase64Binary"))
    try:
        raw = base64.b64decode(coded, validate=True) if coded else b""
        return raw.decode("utf-8", "surrogatepass") if coded else text_of(part.get("valueString"))
    except (binascii.Error, UnicodeDecodeError):
        return None


def _person(patient: Mapping[str, Any], name: str) -> Person:
    """Return a Patient as a person: by the key that we wrote, the member id, or another identifier."""
    key = with_system(patient, KEY)
    if key is None and (member := identified_by(patient, "MB") or with_system(patient, _MBI)):
        key = f"member|{member.strip().upper()}"
    if key is None:
        identifiers = tables_of(patient.get("identifier"))
        named = (
            f"{each.get('system', '')}|{value}"
            for each in identifiers
            if (value := text_of(each.get("value")))
        )
        key = next(named, name or text_of(patient.get("id")) or "patient")
    gender = text_of(peek(patient, "gender")) or ""
    if gender in _LETTERS:
        patient.get("gender")
    return Person(key, _date(day_of(patient.get("birthDate"))), _LETTERS.get(gender))


def _days(resource: Mapping[str, Any], *elements: str) -> tuple[str | None, str | None] | None:
    """Return the first and last day that a resource has under the first of its elements that says any."""
    for element in elements or _DAYS:
        moment = day_of(resource.get(f"{element}DateTime"))
        if moment:
            return moment, moment
        period = table_of(resource.get(element) if elements else resource.get(f"{element}Period"))
        start, end = day_of(period.get("start")), day_of(period.get("end"))
        if start or end:
            return start or end, end or start
    for element in () if elements else _LATER_DAYS:
        if moment := day_of(resource.get(element)):
            return moment, moment
    return None


def _date(text: str | None) -> date | None:
    """Return a whole day; a year or month alone names none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _ordered(start: date | None, end: date | None) -> tuple[date | None, date | None]:
    start, end = start or end, end or start
    return (start, end) if start is None or end is None or start <= end else (end, start)
