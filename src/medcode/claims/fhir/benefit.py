"""A claim and what was paid for it as an explanation of benefit of CARIN's Blue Button guide.

The claim's own resources are made as for a bundle of the claim. What the guide does not allow in its place
(roles of a care team, kinds of diagnosis, malformed codes, practitioners without an identifier) is left out; the
claim itself holds it. A resource whose lines have a code that the guide does not allow names no profile.

Source: HL7 CARIN Consumer Directed Payer Data Exchange (CARIN IG for Blue Button) 2.2.0.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from medcode.claims.fhir import systems as uri
from medcode.claims.fhir.adjudication import amounts, network_status, paired, reasons
from medcode.claims.fhir.datatypes import (
    UNKNOWN,
    clean,
    coding,
    day_text,
    identifier,
    money,
    without_empty,
)
from medcode.claims.fhir.encode import Encoder
from medcode.claims.fhir.guide import (
    DIAGNOSES,
    KEPT,
    NAMES,
    NEWBORN,
    QUANTITIES,
    REASON,
    ROLES,
    TRANSPORT,
    code_in,
    guide_modifier,
    has_services,
    in_guide,
    is_identified,
    profile,
)
from medcode.claims.model.base import DateRange
from medcode.claims.model.institutional import InstitutionalClaim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from medcode.claims.fhir.datatypes import Resource
    from medcode.claims.model.claim import Claim
    from medcode.claims.remittance import ClaimPayment, Remittance

__all__ = ["Benefit"]


class Benefit:
    """Makes the bundle of one explanation of benefit; see `medcode.claims.fhir.explanation_of_benefit`."""

    def __init__(
        self,
        claim: Claim,
        payment: ClaimPayment,
        remittance: Remittance | None,
        network: str | None,
        day: date,
    ) -> None:
        self._claim = claim
        self._payment = payment
        self._remittance = remittance
        self._network = network
        self._day = day
        encoder = Encoder(claim, day)
        self._main = encoder.resources[0]
        self._others = encoder.resources[1:]
        self._roles = {
            f"urn:uuid:{each['id']}": each.get("practitioner") or each["organization"]
            for each in self._others
            if each["resourceType"] == "PractitionerRole"
        }
        self._unnamed = {
            each["id"]
            for each in self._others
            if each["resourceType"] == "Practitioner" and not is_identified(each)
        }
        """The practitioners who have no identifier that the guide allows; nothing refers to them."""
        institutional = isinstance(claim, InstitutionalClaim)
        kind: str = self._main["type"]["coding"][0]["code"]
        self._kind = self._main["subType"]["coding"][0]["code"] if institutional else kind
        self._paired = paired(claim.lines, payment)

    def bundle(self) -> Resource:
        """Return the explanation of benefit first, then what it refers to."""
        main, benefit = self._main, self._benefit()
        head = {
            "resourceType": "ExplanationOfBenefit",
            "id": main["id"],
            "meta": self._meta(NAMES[self._kind]),
        }
        if not has_services(self._kind, main["item"]):
            del head["meta"]["profile"]
        kept = [
            each for each in self._others if each["resourceType"] in KEPT and each["id"] not in self._unnamed
        ]
        resources = [head | benefit, *(each | {"meta": self._meta(each["resourceType"])} for each in kept)]
        self._identify(next(each for each in resources if each["resourceType"] == "Patient"))
        entries = [{"fullUrl": f"urn:uuid:{each['id']}", "resource": each} for each in resources]
        return {"resourceType": "Bundle", "type": "collection", "entry": entries}

    def _meta(self, name: str) -> Resource:
        return {
            "lastUpdated": f"{self._day.isoformat()}T00:00:00Z",
            "profile": [profile(name)],
        }

    def _identify(self, patient: Resource) -> None:
        """Add the member id of the policy to a dependent: it is on the insurance card."""
        kinds = "http://terminology.hl7.org/CodeSystem/v2-0203"
        if "identifier" not in patient and (
            found := identifier(kinds, "MB", self._claim.subscriber.member_id, uri.MEMBER)
        ):
            patient["identifier"] = [found]

    def _benefit(self) -> Resource:
        main, payment = self._main, self._payment
        infos = list(self._information())
        teams, places = self._teams()
        transport = [each["sequence"] for each in infos if code_in(each["category"]) in TRANSPORT]
        by_line = any(self._paired)
        items = [
            self._item(item, places, transport, line if by_line else None)
            for item, line in zip(main["item"], self._paired, strict=True)
        ]
        shared = (
            "type",
            "subType",
            "use",
            "patient",
            "insurer",
            "priority",
            "related",
            "accident",
        )
        return without_empty(
            {name: main.get(name) for name in shared}
            | {
                "billablePeriod": main.get("billablePeriod") or {"_start": UNKNOWN},
                "identifier": list(self._identifiers()),
                "status": "cancelled" if payment.is_reversal or main["status"] == "cancelled" else "active",
                "created": self._day.isoformat(),
                "provider": self._provider(),
                "payee": {"type": coding("http://terminology.hl7.org/CodeSystem/payeetype", self._payee())},
                "outcome": "complete",
                "careTeam": teams,
                "supportingInfo": infos,
                "diagnosis": [in_guide(each) for each in main.get("diagnosis", ()) if self._has_place(each)],
                "procedure": list(self._procedures()),
                "insurance": [
                    {name: value for name, value in each.items() if name != "sequence"}
                    for each in main["insurance"]
                ],
                "item": items,
                "adjudication": list(self._header(by_line=by_line)),
                "total": list(amounts(payment, payment.allowed, to_patient=self._payee() != "provider")),
                "payment": self._money(),
            }
        )

    def _identifiers(self) -> Iterator[Resource]:
        if found := identifier(uri.IDENTIFIER_TYPE, "uc", self._payment.payer_claim_number):
            yield found
        yield from self._main.get("identifier", ())

    def _payee(self) -> str:
        return "subscriber" if self._claim.benefits_assigned == "N" else "provider"

    def _whom(self, reference: Resource) -> Resource:
        """Return the practitioner or organization itself where a reference names its role."""
        whom: Resource = self._roles.get(reference["reference"], reference)
        return whom

    def _provider(self) -> Resource:
        """Return the billing provider; by name alone where the guide does not allow the resource."""
        whom = self._whom(self._main["provider"])
        if whom["reference"].removeprefix("urn:uuid:") not in self._unnamed:
            return whom
        provider = self._claim.billing_provider
        name = " ".join(text for each in (provider.first_name, provider.last_name) if (text := clean(each)))
        return {"display": name or "unknown"}

    def _teams(self) -> tuple[list[Resource], dict[int, int]]:
        """Return the members whose role the guide allows, and their new place by the old one."""
        allowed = ROLES["institutional" if self._kind in {"inpatient", "outpatient"} else "professional"]
        people = {
            f"urn:uuid:{each['id']}"
            for each in self._others
            if each["resourceType"] == "Practitioner" and each["id"] not in self._unnamed
        }
        teams: list[Resource] = []
        places: dict[int, int] = {}
        for each in self._main.get("careTeam", ()):
            whom = self._whom(each["provider"])
            if not self._is_qualified(each):
                continue
            if code_in(each["role"]) in allowed and whom["reference"] in people:
                places[each["sequence"]] = len(teams) + 1
                teams.append(each | {"sequence": len(teams) + 1, "provider": whom})
        return teams, places

    def _is_qualified(self, member: Resource) -> bool:
        """Whether a member has the taxonomy that the guide asks of who renders outpatient services."""
        rendering = self._kind == "outpatient" and code_in(member["role"]) == "rendering"
        return not rendering or "qualification" in member

    def _has_place(self, diagnosis: Resource) -> bool:
        """Whether a diagnosis is well formed and of a kind that the guide allows for the claim."""
        kind, system = (
            code_in(diagnosis["type"][0]),
            diagnosis["diagnosisCodeableConcept"]["coding"][0]["system"],
        )
        return kind in DIAGNOSES[self._kind] and system != uri.ABSENT

    def _procedures(self) -> Iterator[Resource]:
        for each in self._main.get("procedure", ()):
            known = each["procedureCodeableConcept"]["coding"][0]["system"] in {uri.ICD10PCS, uri.ICD9}
            if known and code_in(each["type"][0]) in {"principal", "other"}:
                yield each

    # Supporting information

    def _information(self) -> Iterator[Resource]:
        rows = [*self._received(), *map(self._carin, self._main.get("supportingInfo", ())), *self._facts()]
        for number, row in enumerate(rows, 1):
            yield row | {"sequence": number}

    def _received(self) -> Iterator[Resource]:
        if day := day_text(self._payment.received_date):
            yield {"category": coding(uri.INFO, "clmrecvddate"), "timingDate": day}

    def _carin(self, info: Resource) -> Resource:
        """Return what the claim says in the form that CARIN's slices ask for."""
        name, row = code_in(info["category"]), dict(info)
        if name == REASON:
            (row["reason"],) = row.pop("code")["coding"]  # a Coding here, where Claim has a concept
        elif name in QUANTITIES:
            row["valueQuantity"] = row["valueQuantity"] | {"unit": row["valueQuantity"].get("code")}
        elif name == "pointoforigin" and getattr(self._claim, "admission_type", None) == NEWBORN:
            row["code"] = coding(uri.NUBC + "PointOfOriginNewborn", code_in(row["code"]))
        elif name == "admissionperiod":
            dates = getattr(self._claim, "statement_dates", None)
            end = day_text(dates.end if isinstance(dates, DateRange) else dates)
            row["timingPeriod"] = row["timingPeriod"] | ({"end": end} if end and self._claim_ended() else {})
        return row

    def _claim_ended(self) -> bool:
        """Whether the patient had left by the end of the statement: status 30 is still a patient."""
        return getattr(self._claim, "discharge_status", "30") != "30"

    def _facts(self) -> Iterator[Resource]:
        if text := clean(self._claim.control_number):
            yield {"category": coding(uri.INFO, "patientaccountnumber"), "valueString": text}
        ambulance = getattr(self._claim, "ambulance", None)
        for name, place in (("pickuplocation", "pick_up"), ("dropofflocation", "drop_off")):
            if text := _place_text(getattr(getattr(ambulance, place, None), "address", None)):
                yield {"category": coding(uri.INFO, name), "valueString": text}

    # Lines and money

    def _item(self, item: Resource, places: dict[int, int], transport: Sequence[int], paid: Any) -> Resource:
        row = dict(item)
        row["careTeamSequence"] = [places[each] for each in row.pop("careTeamSequence", ()) if each in places]
        row["informationSequence"] = list(transport)
        row["modifier"] = [guide_modifier(each) for each in row.pop("modifier", ())]
        row["adjudication"] = list(self._line(paid))
        if self._kind != "inpatient" and not {"servicedDate", "servicedPeriod"} & row.keys():
            row["_servicedDate"] = UNKNOWN
        return without_empty(in_guide(row))

    def _line(self, paid: Any) -> Iterator[Resource]:
        if paid is not None:
            yield from amounts(paid, paid.allowed, to_patient=self._payee() != "provider")
            yield from reasons(paid, [each.code for each in paid.remarks])
        elif self._kind in {"professional", "oral"}:
            nothing = money(Decimal(0))
            yield {"category": coding(uri.ADJUDICATION, "benefit"), "amount": nothing}
        if self._kind in {"professional", "oral"}:
            yield network_status("benefitpaymentstatus", self._network or "other")

    def _header(self, *, by_line: bool) -> Iterator[Resource]:
        payment = self._payment
        if self._kind in {"inpatient", "outpatient"} and not by_line:
            yield from amounts(payment, payment.allowed, to_patient=self._payee() != "provider")
        decision = payment.inpatient or payment.outpatient
        yield from reasons(payment, decision.remark_codes if decision else ())
        if self._network:
            yield network_status("billingnetworkstatus", self._network)
        if self._kind == "oral" and self._network:
            yield network_status("renderingnetworkstatus", self._network)
        if self._kind != "professional":
            yield network_status("benefitpaymentstatus", self._network or "other")

    def _money(self) -> Resource:
        payment = self._payment
        refused = any(line is not None and line.is_denied for line in self._paired)
        status = "denied" if payment.is_denied else "partiallypaid" if refused else "paid"
        found: Resource = {
            "type": coding(uri.CARIN + "C4BBPayerAdjudicationStatus", status),
            "amount": money(payment.paid),
        }
        if self._remittance is not None:
            found["date"] = day_text(self._remittance.payment.date)
            if trace := clean(self._remittance.payment.trace):
                found["identifier"] = {"value": trace}
        return without_empty(found)


def _place_text(place: Any) -> str:
    parts = [getattr(place, name, None) for name in ("line1", "line2", "city", "state", "zip")]
    return ", ".join(text for part in parts if (text := clean(part)))
