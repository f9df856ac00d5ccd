"""From claims to the codes of a patient: who the patient is, and what was documented on which days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from medcode.claims.model import DentalClaim, InstitutionalClaim, ProfessionalClaim
from medcode.claims.model.base import DateRange
from medcode.claims.model.diagnosis import Snodent
from medcode.claims.model.stay import AbcCode
from medcode.codesets.base import Malformed
from medcode.codesets.hcpcs import Hcpcs, hcpcs
from medcode.codesets.icd9cm import Icd9Cm
from medcode.codesets.icd9cm_procedures import Icd9CmProcedure
from medcode.codesets.icd10cm import Icd10Cm
from medcode.codesets.icd10pcs import Icd10Pcs
from medcode.codesets.ndc import Ndc
from medcode.history.event import CodedEvent, EventSource

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medcode.claims.model.claim import Claim
    from medcode.claims.model.line import Line
    from medcode.history.event import EventKind

__all__ = ["Span", "claim_events", "document_of", "patient_key", "set_of", "span_of"]

_DOCUMENTS: dict[type, str] = {
    ProfessionalClaim: "professional",
    InstitutionalClaim: "institutional",
    DentalClaim: "dental",
}
_SETS: dict[type, str] = {
    Icd10Cm: "icd10cm",
    Icd9Cm: "icd9cm",
    Icd10Pcs: "icd10pcs",
    Icd9CmProcedure: "icd9cm_procedures",
    Ndc: "ndc",
    Snodent: "snodent",
    AbcCode: "abc",
}
_QUALIFIERS = {"HC": "hcpcs", "AD": "cdt", "HP": "hipps"}
_NATIONAL_DRUG_CODE = "N4"


class Span(NamedTuple):
    """The first and the last day of something; None where no day is known."""

    start: date | None
    end: date | None


NO_SPAN = Span(None, None)


def patient_key(claim: Claim) -> str | None:
    """Return what tells the patient of a claim from others, or None if the claim names nobody.

    A subscriber is the member id; a dependent the member id with first name and birth date. Without
    a member id it is the whole name with the birth date: a name alone identifies nobody.
    """
    subscriber, patient = claim.subscriber, claim.patient
    member = (subscriber.member_id or "").strip().upper()
    if member and claim.dependent is None:
        return f"member|{member}"
    first = (patient.first_name or "").strip().upper()
    born = patient.birth_date
    if not first or not isinstance(born, date):
        return None
    if member:
        return f"member|{member}|{first}|{born}"
    return f"name|{(patient.last_name or '').strip().upper()}|{first}|{born}"


def document_of(claim: Claim) -> str:
    """Return the kind of a claim."""
    return _DOCUMENTS[type(claim)]


def set_of(code: str, otherwise: str) -> str:
    """Return the name of the code set that a typed code belongs to, else the other; a HCPCS code may be CPT or CDT."""
    if isinstance(code, Hcpcs):
        return hcpcs.owner(code).name
    return _SETS.get(type(code), otherwise)


def span_of(value: object) -> Span:
    """Return the first and last day of a date, a moment or a range; a malformed end is unknown."""
    if isinstance(value, DateRange):
        start, end = span_of(value.start).start, span_of(value.end).end
        days = [day for day in (start, end) if day]
        return Span(min(days), max(days)) if days else NO_SPAN
    day = getattr(value, "date", None)  # of a datetime
    found = day() if callable(day) else value
    return Span(found, found) if isinstance(found, date) else NO_SPAN


def claim_events(claim: Claim) -> Iterator[CodedEvent]:
    """Yield an event for each code that a claim documents: diagnoses, procedures, drugs, in claim order.

    A code that is empty documents nothing; one that is malformed is kept as it was sent.

    A professional diagnosis has the days of the lines that point to it, one of an institutional claim
    the statement dates; a procedure of a stay its own day; a service and a drug those of their line.
    """
    yield from (event for event in _all_events(claim) if event.code)


def _all_events(claim: Claim) -> Iterator[CodedEvent]:
    yield from _diagnoses(claim)
    if isinstance(claim, InstitutionalClaim):
        for each in claim.procedures:
            own = span_of(each.date)
            days = own if own.start else span_of(claim.statement_dates)
            yield _event("procedure", each.code, "icd10pcs", days, _source(claim))
    if isinstance(claim, ProfessionalClaim):
        days = _whole(claim, claim.lines)
        for code in claim.anesthesia_procedures:
            yield _event("procedure", code, "hcpcs", days, _source(claim))
    for number, line in enumerate(claim.lines, 1):
        yield from _services(claim, number, line)


def _diagnoses(claim: Claim) -> Iterator[CodedEvent]:
    source = _source(claim)
    if not isinstance(claim, InstitutionalClaim):
        for number, each in enumerate(claim.diagnoses, 1):
            pointing = [line for line in claim.lines if number in getattr(line, "diagnosis_pointers", ())]
            days = _whole(claim, pointing or claim.lines)
            role = "principal" if number == 1 else "other"
            yield _event("diagnosis", each.code, "icd10cm", days, source, role=role)
        return
    days = span_of(claim.statement_dates)
    first = span_of(claim.admission).start or days.start
    came = Span(first, first)
    if claim.admitting_diagnosis is not None:
        yield _event("diagnosis", claim.admitting_diagnosis, "icd10cm", came, source, role="admitting")
    for code in claim.reasons_for_visit:
        yield _event("diagnosis", code, "icd10cm", came, source, role="reason_for_visit")
    roles = (("principal", (claim.principal_diagnosis,)), ("other", claim.other_diagnoses))
    for role, group in (*roles, ("external_cause", claim.external_causes)):
        for each in group:
            poa = each.present_on_admission
            yield _event("diagnosis", each.code, "icd10cm", days, source, role=role, present_on_admission=poa)


def _services(claim: Claim, number: int, line: Line) -> Iterator[CodedEvent]:
    days, source = _whole(claim, (line,)), _source(claim, number, line)
    procedure = line.procedure
    if procedure is not None:
        name = _QUALIFIERS.get(procedure.qualifier, procedure.qualifier.lower())
        yield _event("procedure", procedure.code, name, days, source, modifiers=procedure.modifiers)
    drug = getattr(line, "drug", None)
    if drug is not None:
        national = drug.code_type == _NATIONAL_DRUG_CODE
        code = Ndc.parse(drug.code) if national else drug.code
        yield _event("drug", code, "ndc" if national else drug.code_type.lower(), days, source)


def _event(kind: EventKind, code: str, name: str, days: Span, source: EventSource, **more: Any) -> CodedEvent:
    """Return an event; `name` is the code set of a code that does not say it by its type."""
    return CodedEvent(kind, code, set_of(code, name), *days, **more, sources=(source,))


def _source(claim: Claim, number: int | None = None, line: Line | None = None) -> EventSource:
    """Return a claim or a line as a source; nobody rendering means the billing provider."""
    provider = (line and line.rendering_provider) or claim.rendering_provider or claim.billing_provider
    npi = provider.npi
    shown = str(npi) if npi is not None and not isinstance(npi, Malformed) else None
    return EventSource(document_of(claim), claim.control_number, number, shown)


def _whole(claim: Claim, lines: Iterable[Line]) -> Span:
    """Return the days from the first to the last of lines; those of the claim where the lines have none."""
    spans = [span for line in lines if (span := span_of(line.service_date)).start]
    if spans:
        starts, ends = zip(*spans, strict=True)
        return Span(min(starts), max(ends))
    if isinstance(claim, InstitutionalClaim):
        return span_of(claim.statement_dates)
    return span_of(getattr(claim, "service_date", None))
