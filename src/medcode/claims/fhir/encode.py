"""From a claim to FHIR R4 resources: what has a home there.

What is not a right value (`Malformed`, text that FHIR does not allow) is left out; the caller
compares what can be read back with the claim and keeps the rest in an extension.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from medcode.claims.fhir import systems as uri
from medcode.claims.fhir.datatypes import (
    clean,
    code_text,
    coding,
    day_text,
    diagnosis_concept,
    money,
    period,
    procedure_concept,
    quantity,
    service_concept,
    without_empty,
)
from medcode.claims.fhir.parties import PartyEncoder
from medcode.claims.fhir.tables import CARE_TEAM, CODED, DATED, IDENTIFIERS
from medcode.claims.model.base import DateRange
from medcode.claims.model.institutional import InstitutionalClaim

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from medcode.claims.fhir.datatypes import Resource
    from medcode.claims.fhir.tables import Info

__all__ = ["Encoder"]


class Encoder(PartyEncoder):
    """Makes the resources of one claim; `resources` are in the order of the bundle, the claim first."""

    def __init__(self, claim: Any, created: date) -> None:
        super().__init__(claim)
        self._created = created
        self._teams: list[Resource] = []
        self._infos: list[Resource] = []
        self.encode()

    def encode(self) -> None:
        """Make every resource."""
        claim, main = self._claim, self._main
        self.add(main)
        patient = self.add(self.person("Patient", claim.patient))
        insurance = list(self.insurances(patient))
        kind = {"005010X222A1": "professional", "005010X223A2": "institutional"}.get(claim.guide, "oral")
        main |= without_empty(
            {
                "identifier": list(self._identifiers()),
                "status": "cancelled" if claim.frequency == "8" else "active",
                "type": coding(uri.CLAIM_TYPE, kind),
                "subType": self._subtype(),
                "use": "claim",
                "patient": patient,
                "billablePeriod": self._billable(),
                "created": self._created.isoformat(),
                "insurer": self.insurer,
                "provider": self.provider(claim.billing_provider),
                "priority": coding("http://terminology.hl7.org/CodeSystem/processpriority", "normal"),
                "related": self._related(),
                "referral": self._logical(claim.references.referral),
                "facility": self.facility(claim.service_facility),
                "diagnosis": list(self._diagnoses()),
                "procedure": list(self._procedures()),
                "insurance": insurance,
                "accident": self._accident(),
            }
        )
        care_team = [self._member(field, getattr(claim, field, None)) for field in CARE_TEAM]
        self._teams += [each for each in care_team if each]
        self._infos += self._information()
        main["item"] = [self._item(number, line) for number, line in enumerate(claim.lines, 1)]
        total = claim.stated_total if isinstance(claim.stated_total, Decimal) else claim.total
        main |= without_empty(
            {
                "careTeam": _numbered(self._teams),
                "supportingInfo": _numbered(self._infos),
                "total": money(total),
            }
        )
        self._clinical(patient)

    def _identifiers(self) -> Iterator[Resource]:
        if value := clean(self._claim.control_number):
            yield {"type": coding(uri.IDENTIFIER_TYPE, "pat"), "value": value}
        for name in IDENTIFIERS:
            if value := clean(getattr(self._claim.references, name)):
                yield {"type": coding(uri.OUR + "claim-reference", name.replace("_", "-")), "value": value}

    def _subtype(self) -> Resource | None:
        claim = self._claim
        if not isinstance(claim, InstitutionalClaim):
            return None
        return coding(uri.SUBTYPE, "inpatient" if claim.is_inpatient else "outpatient")

    def _billable(self) -> Resource | None:
        claim = self._claim
        own = getattr(claim, "statement_dates", None) or getattr(claim, "service_date", None)
        if own is not None:
            return period(own)
        periods = [each for line in claim.lines if (each := period(line.service_date))]
        if not periods:
            return None
        return {"start": min(each["start"] for each in periods), "end": max(each["end"] for each in periods)}

    def _related(self) -> list[Resource]:
        found = self._logical(self._claim.references.payer_claim_number)
        if not found:
            return []
        prior = coding("http://terminology.hl7.org/CodeSystem/ex-relatedclaimrelationship", "prior")
        return [{"relationship": prior, "reference": found["identifier"]}]

    @staticmethod
    def _logical(value: Any) -> Resource | None:
        text = clean(value)
        return {"identifier": {"value": text}} if text else None

    def _accident(self) -> Resource | None:
        accident = self._claim.accident
        day = day_text(self._claim.dates.accident) if accident else None
        if not (accident and day and accident.causes and (cause := code_text(accident.causes[0]))):
            return None
        codes = [{"system": uri.OUR + "x12:1362", "code": cause}]
        if cause in _ACCIDENTS:
            codes.insert(0, {"system": uri.ACCIDENT_TYPE, "code": _ACCIDENTS[cause]})
        where = without_empty({"state": clean(accident.state), "country": clean(accident.country)})
        return {"date": day, "type": {"coding": codes}} | ({"locationAddress": where} if where else {})

    def _diagnoses(self) -> Iterator[Resource]:
        claim = self._claim
        typed: list[tuple[Any, str, str]] = []
        if isinstance(claim, InstitutionalClaim):
            typed.append((claim.principal_diagnosis, _STANDARD_DIAGNOSIS, "principal"))
            typed += [(each, uri.DIAGNOSIS_TYPE, "other") for each in claim.other_diagnoses]
            if claim.admitting_diagnosis:
                typed.append((claim.admitting_diagnosis, _STANDARD_DIAGNOSIS, "admitting"))
            typed += [(each, uri.DIAGNOSIS_TYPE, "patientreasonforvisit") for each in claim.reasons_for_visit]
            typed += [(each, uri.DIAGNOSIS_TYPE, "externalcauseofinjury") for each in claim.external_causes]
        else:
            kinds = [
                (_STANDARD_DIAGNOSIS, "principal"),
                *[(uri.DIAGNOSIS_TYPE, "secondary")] * len(claim.diagnoses),
            ]
            typed += [(each, *kind) for each, kind in zip(claim.diagnoses, kinds, strict=False)]
        for number, (diagnosis, system, kind) in enumerate(typed, 1):
            code = getattr(diagnosis, "code", diagnosis)
            found: Resource = {"sequence": number, "diagnosisCodeableConcept": diagnosis_concept(code)}
            found["type"] = [coding(system, kind)]
            if poa := coding(
                uri.NUBC + "PresentOnAdmissionIndicator", getattr(diagnosis, "present_on_admission", None)
            ):
                found["onAdmission"] = poa
            yield found

    def _procedures(self) -> Iterator[Resource]:
        claim = self._claim
        typed: list[tuple[Any, str, str]] = []
        if isinstance(claim, InstitutionalClaim):
            first = [claim.principal_procedure] if claim.principal_procedure else []
            typed += [(each, uri.PROCEDURE_TYPE, "principal") for each in first]
            typed += [(each, uri.PROCEDURE_TYPE, "other") for each in claim.other_procedures]
        else:
            codes = getattr(claim, "anesthesia_procedures", ())
            typed += [(each, uri.OUR + "procedure-type", "anesthesia") for each in codes]
        for number, (procedure, system, kind) in enumerate(typed, 1):
            found: Resource = {"sequence": number, "type": [coding(system, kind)]}
            found["procedureCodeableConcept"] = procedure_concept(getattr(procedure, "code", procedure))
            if day := day_text(getattr(procedure, "date", None)):
                found["date"] = day
            yield found

    def _member(self, field: str, provider: Any) -> Resource | None:
        if provider is None:
            return None
        found: Resource = {"provider": self.provider(provider), "role": coding(*CARE_TEAM[field])}
        if field in {"rendering_provider", "attending_provider"}:
            found["responsible"] = True
        if taxonomy := coding(uri.TAXONOMY, provider.taxonomy):
            found["qualification"] = taxonomy
        return found

    def _information(self) -> Iterator[Resource]:
        for row in (*CODED, *DATED):
            if found := _info(row, _reach(self._claim, row.path)):
                yield found
        claim = self._claim
        if not isinstance(claim, InstitutionalClaim):
            return
        yield _category("typeofbill") | {"code": coding(uri.NUBC + "TypeOfBill", claim.bill_type)}
        if start := day_text(claim.admission):
            yield _category("admissionperiod") | {"timingPeriod": {"start": start}}
        for name, values, code_system in (
            ("occurrence", claim.occurrences, "v2-0350"),
            ("span", claim.occurrence_spans, "v2-0351"),
            ("value", claim.value_codes, "v2-0153"),
        ):
            for each in values:
                found = _category(name, uri.OUR + "supporting-info") | without_empty(
                    {
                        "code": coding(f"http://terminology.hl7.org/CodeSystem/{code_system}", each.code),
                        "timingDate": day_text(getattr(each, "date", None)),
                        "timingPeriod": period(getattr(each, "dates", None)),
                        "valueQuantity": quantity(getattr(each, "amount", None)),
                    }
                )
                yield found
        for name, codes in (("condition", claim.condition_codes), ("treatment", claim.treatment_codes)):
            code_system = (
                "http://terminology.hl7.org/CodeSystem/v2-0043"
                if name == "condition"
                else uri.OUR + "x12:treatment"
            )
            for code in codes:
                yield _category(name, uri.OUR + "supporting-info") | without_empty(
                    {"code": coding(code_system, code)}
                )

    # Lines

    def _item(self, number: int, line: Any) -> Resource:
        members = [(field, getattr(line, field, None)) for field in CARE_TEAM]
        sequences = []
        for field, provider in members:
            if member := self._member(field, provider):
                self._teams.append(member)
                sequences.append(len(self._teams))
        pointers = [
            each for each in getattr(line, "diagnosis_pointers", ()) if isinstance(each, int) and each > 0
        ]
        procedure = line.procedure
        item: Resource = {"sequence": number}
        item |= without_empty(
            {
                "careTeamSequence": sequences,
                "diagnosisSequence": pointers,
                "revenue": coding(uri.NUBC + "RevenueCodes", getattr(line, "revenue_code", None)),
                "productOrService": service_concept(procedure),
                "modifier": [
                    found
                    for each in (procedure.modifiers if procedure else ())
                    if (found := coding(uri.HCPCS, each))
                ],
                "quantity": quantity(line.quantity, uri.UNITS.get(getattr(line, "unit", ""), "")),
                "net": money(line.charge),
            }
        )
        place = getattr(line, "place_of_service", None) or getattr(self._claim, "place_of_service", None)
        if found := coding(uri.POS, place):
            item["locationCodeableConcept"] = found
        if isinstance(line.service_date, DateRange):
            if days := period(line.service_date):
                item["servicedPeriod"] = days
        elif day := day_text(line.service_date):
            item["servicedDate"] = day
        return item | self._parts_of(line)

    @staticmethod
    def _parts_of(line: Any) -> Resource:
        """Write the drug and the teeth of a line."""
        found: Resource = {}
        drug = getattr(line, "drug", None)
        if drug and (code := coding(uri.NDC, drug.code)):
            amount = quantity(drug.quantity, uri.UNITS.get(drug.unit or "", ""))
            found["detail"] = [
                {"sequence": 1, "productOrService": code} | ({"quantity": amount} if amount else {})
            ]
        teeth = getattr(line, "teeth", ())
        if teeth and (tooth := coding(uri.TOOTH, teeth[0].number)):
            found["bodySite"] = tooth
            surfaces = [each for code in teeth[0].surfaces if (each := coding(uri.TOOTH_SURFACE, code))]
            found |= {"subSite": surfaces} if surfaces else {}
        return found

    # What stands beside the claim for whoever keeps records; it is not read back.

    def _clinical(self, patient: Resource) -> None:
        """Add an encounter, a condition for each diagnosis and a procedure for each service."""
        claim = self._claim
        inpatient = isinstance(claim, InstitutionalClaim) and claim.is_inpatient
        encounter: Resource = {
            "resourceType": "Encounter",
            "status": "finished",
            "class": {"system": uri.ACCIDENT_TYPE, "code": "IMP" if inpatient else "AMB"},
            "subject": patient,
        }
        about = {
            "subject": patient,
            "encounter": self.add(encounter | without_empty({"period": self._billable()})),
        }
        category = coding("http://terminology.hl7.org/CodeSystem/condition-category", "encounter-diagnosis")
        for each in self._main.get("diagnosis", ()):
            code = each["diagnosisCodeableConcept"]
            self.add({"resourceType": "Condition", "category": [category], "code": code, **about})
        services = [
            (each["procedureCodeableConcept"], each.get("date")) for each in self._main.get("procedure", ())
        ]
        services += [
            (each["productOrService"], each.get("servicedDate"))
            for each in self._main["item"]
            if each["productOrService"]["coding"][0]["system"] != uri.ABSENT
        ]
        for code, day in services:
            when = {"performedDateTime": day} if day else {}
            self.add({"resourceType": "Procedure", "status": "completed", "code": code, **about, **when})


_ACCIDENTS = {"AA": "MVA", "EM": "WPA"}
_STANDARD_DIAGNOSIS = "http://terminology.hl7.org/CodeSystem/ex-diagnosistype"


def _numbered(entries: list[Resource]) -> list[Resource]:
    return [{"sequence": number, **each} for number, each in enumerate(entries, 1)]


def _category(code: str, system: str = uri.INFO) -> Resource:
    return {"category": coding(system, code)}


def _info(row: Info, value: Any) -> Resource | None:
    found: Any = None
    if row.kind == "code":
        found, key = coding(row.detail, value), "code"
    elif row.kind == "quantity":
        found, key = quantity(value, row.detail), "valueQuantity"
    elif row.kind == "date":
        found, key = (
            (period(value), "timingPeriod")
            if isinstance(value, DateRange)
            else (day_text(value), "timingDate")
        )
    else:
        found, key = clean(value), "valueString"
    return _category(row.category, row.system) | {key: found} if found else None


def _reach(part: Any, path: str) -> Any:
    for name in path.split("."):
        part = getattr(part, name, None)
    return part
