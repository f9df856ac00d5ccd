"""The people and organizations of a claim as FHIR resources, and their insurance."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, NamedTuple

from medcode.claims.fhir import systems as uri
from medcode.claims.fhir.datatypes import (
    UNKNOWN,
    address,
    addresses,
    clean,
    code_text,
    coding,
    day_text,
    human_name,
    identifier,
    telecom,
    without_empty,
)
from medcode.codesets.base import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.fhir.datatypes import Resource

__all__ = ["PartyEncoder"]

_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, uri.OUR + "bundle")
_SEX = {"F": "female", "M": "male", "U": "unknown"}
_ORDER = {letter: number for number, letter in enumerate("PSTABCDEFGH", 1)}


class _Cover(NamedTuple):
    """One insurance: who or what holds its group and rank, its payer, and the patient's relationship."""

    policy: Any
    payer: Any
    relationship: Any
    member_id: Any = None


class PartyEncoder:
    """Keeps the resources of a bundle in their order, and makes those of people and organizations."""

    def __init__(self, claim: Any) -> None:
        self._claim = claim
        self._main: Resource = {"resourceType": "Claim"}
        self.resources: list[Resource] = []
        self.insurer: Resource | None = None

    def add(self, resource: Resource) -> Resource:
        """Keep a resource under an id that follows from its place, and return a reference to it."""
        name = f"{self._claim.control_number}/{len(self.resources)}/{resource['resourceType']}"
        resource["id"] = str(uuid.uuid5(_SPACE, name))
        self.resources.append(resource)
        return {"reference": f"urn:uuid:{resource['id']}"}

    # Parties

    def person(self, kind: str, person: Any) -> Resource:
        """Return the resource of a subscriber or a patient."""
        resource: Resource = {"resourceType": kind}
        identifiers = [
            identifier(
                "http://terminology.hl7.org/CodeSystem/v2-0203",
                "MB",
                getattr(person, "member_id", None),
                uri.MEMBER,
            ),
            identifier(
                "http://terminology.hl7.org/CodeSystem/v2-0203", "SS", getattr(person, "ssn", None), uri.SSN
            ),
        ]
        resource |= without_empty(
            {
                "identifier": [each for each in identifiers if each],
                "name": [human_name(person)] if human_name(person) else [],
                "telecom": telecom(getattr(person, "contacts", ())),
                "gender": _SEX.get(getattr(person, "sex", None) or ""),
                "birthDate": day_text(getattr(person, "birth_date", None)),
                "address": [each] if (each := address(person.address)) else [],
            }
        )
        if kind == "Patient" and (died := day_text(person.death_date)):
            resource["deceasedDateTime"] = died
        return resource

    def _organization(self, party: Any) -> Resource:
        resource: Resource = {"resourceType": "Organization", "active": True}
        name = clean(party.organization)
        resource |= {"name": name} if name else {"_name": UNKNOWN}
        return resource | without_empty({"address": addresses(party)})

    def payer(self, payer: Any) -> Resource:
        """Add a payer and return a reference to it."""
        resource = self._organization(payer)
        if payer_id := clean(payer.payer_id):
            resource["identifier"] = [
                {"system": uri.PAYER_ID + (code_text(payer.payer_id_type) or "PI"), "value": payer_id}
            ]
        return self.add(resource)

    def provider(self, provider: Any) -> Resource:
        """Write a provider, and what it is in a role where its taxonomy is given."""
        if provider.organization is not None or provider.last_name is None:
            resource = self._organization(provider)
            people = [
                {"name": {"text": name}, "telecom": telecom([each])}
                for each in provider.contacts
                if (name := clean(each.name))
            ]
            resource |= without_empty({"contact": [without_empty(each) for each in people]})
        else:
            resource = {"resourceType": "Practitioner"}
            resource |= without_empty(
                {
                    "name": [each] if (each := human_name(provider)) else [],
                    "telecom": telecom(provider.contacts),
                    "address": addresses(provider),
                }
            )
        identifiers = [
            {"system": uri.NPI, "value": str(provider.npi)} if isinstance(provider.npi, Code) else None,
            identifier(
                uri.IDENTIFIER_TYPE,
                "TAX",
                provider.tax_id,
                uri.EIN if provider.tax_id_type == "EI" else uri.SSN,
            ),
        ]
        resource |= without_empty({"identifier": [each for each in identifiers if each]})
        whom = self.add(resource)
        if not (specialty := coding(uri.TAXONOMY, provider.taxonomy)):
            return whom
        of = "practitioner" if resource["resourceType"] == "Practitioner" else "organization"
        return self.add({"resourceType": "PractitionerRole", of: whom, "specialty": [specialty]})

    def facility(self, facility: Any) -> Resource | None:
        """Add the place of service and return a reference to it."""
        if facility is None:
            return None
        resource: Resource = {"resourceType": "Location"}
        resource |= without_empty(
            {"name": clean(facility.organization), "address": address(facility.address)}
        )
        if isinstance(facility.npi, Code):
            resource["identifier"] = [{"system": uri.NPI, "value": str(facility.npi)}]
        return self.add(resource)

    # Coverage

    def insurances(self, patient: Resource) -> Iterator[Resource]:
        """Write the insurance of each payer, the one that is asked first."""
        claim = self._claim
        holder = patient
        if claim.dependent:
            holder = self._related_person(claim.subscriber, patient)
        own = _Cover(claim.subscriber, claim.payer, claim.dependent.relationship if claim.dependent else "18")
        first = self._insurance(1, own, patient, holder)
        if authorization := clean(claim.references.prior_authorization):
            first["preAuthRef"] = [authorization]
        yield first
        for number, other in enumerate(claim.other_payers, 2):
            holder = self._related_person(other.subscriber, patient)
            cover = _Cover(other, other.payer, other.relationship, other.subscriber.member_id)
            yield self._insurance(number, cover, patient, holder)

    def _related_person(self, person: Any, patient: Resource) -> Resource:
        return self.add({**self.person("RelatedPerson", person), "active": True, "patient": patient})

    def _insurance(self, number: int, cover: _Cover, patient: Resource, holder: Resource) -> Resource:
        policy = cover.policy
        payor = self.payer(cover.payer)
        if number == 1:
            self.insurer = payor
        group: Resource = {}
        if group_number := clean(policy.group_number):
            group = {"type": coding(uri.COVERAGE_CLASS, "group"), "value": group_number}
            group |= without_empty({"name": clean(policy.group_name)})
        codes = [{"system": uri.RELATIONSHIP, "code": uri.RELATIONSHIPS.get(cover.relationship, "other")}]
        if text := code_text(cover.relationship):
            codes.append({"system": uri.OUR + "x12:1069", "code": text})
        resource: Resource = {"resourceType": "Coverage", "status": "active"}
        resource |= without_empty(
            {
                "type": coding(uri.OUR + "x12:1032", policy.claim_filing),
                "subscriber": holder,
                "subscriberId": clean(cover.member_id or getattr(policy, "member_id", None)),
                "beneficiary": patient,
                "relationship": {"coding": codes},
                "payor": [payor],
                "class": [group] if group else [],
                "order": _ORDER.get(policy.payer_responsibility),
            }
        )
        return {"sequence": number, "focal": number == 1, "coverage": self.add(resource)}
