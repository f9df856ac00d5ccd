"""The people, organizations and insurances of FHIR resources as leaves of a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medcode.claims.fhir import systems as uri
from medcode.claims.fhir.reading import (
    code_of,
    first_of,
    first_text,
    identified_by,
    list_of,
    peek,
    relationship_of,
    table_of,
    tables_of,
    text_of,
    whole_of,
    with_system,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medcode.claims.fhir.leaves import Leaf, Leaves
    from medcode.claims.fhir.references import Resources

__all__ = ["PartyDecoder"]

_SEX = {"female": "F", "male": "M", "unknown": "U"}
_ORDER = dict(enumerate("PSTABCDEFGH", 1))


class PartyDecoder:
    """Reads the people, organizations and insurances of one Claim resource into leaves."""

    def __init__(self, claim: Mapping[str, Any], resources: Resources) -> None:
        self._claim = claim
        self._resources = resources
        self.leaves: Leaves = {}

    def _put(self, path: str, value: Leaf | None) -> None:
        if value is not None:
            self.leaves[path] = value

    def _follow(self, reference: Any, element: str) -> Mapping[str, Any]:
        return self._resources.follow(reference, self._claim, element)

    def _people(self) -> None:
        claim = self._claim
        self._provider(
            "billing_provider", self._resources.party(claim.get("provider"), claim, "provider"), typed=True
        )
        patient = self._follow(claim.get("patient"), "patient")
        insurances = sorted(tables_of(claim.get("insurance")), key=lambda each: each.get("focal") is not True)
        coverages = [self._follow(each.get("coverage"), "coverage") for each in insurances]
        first = coverages[0] if coverages else {}
        relationship = relationship_of(first)
        holder = self._follow(first.get("subscriber"), "subscriber")
        if not holder and ("subscriber" not in first or relationship == "18"):
            holder = patient
        self._person("subscriber", holder)
        self._group("subscriber", first)
        own = identified_by(holder, "MB")
        self._put("subscriber.member_id", text_of(first.get("subscriberId")) or own)
        self._put("subscriber.ssn", with_system(holder, uri.SSN))
        self._put("subscriber.payer_responsibility", _ORDER.get(whole_of(first.get("order")) or 0))
        if holder is not patient and relationship != "18":
            self._person("dependent", patient)
            self._put("dependent.relationship", relationship)
        payor = self._resources.party(claim.get("insurer"), claim, "insurer") or self._resources.party(
            first_of(first.get("payor")), first, "payor"
        )
        self._payer("payer", payor)
        if insurances:
            self._put("references.prior_authorization", text_of(first_text(insurances[0].get("preAuthRef"))))
        for number, coverage in enumerate(coverages[1:]):
            self._other_payer(f"other_payers[{number}]", coverage)

    def _other_payer(self, path: str, coverage: Mapping[str, Any]) -> None:
        holder = self._resources.follow(coverage.get("subscriber"), coverage, "subscriber")
        self._person(f"{path}.subscriber", holder)
        own = identified_by(holder, "MB")
        self._put(f"{path}.subscriber.member_id", text_of(coverage.get("subscriberId")) or own)
        payor = self._resources.party(first_of(coverage.get("payor")), coverage, "payor")
        self._payer(f"{path}.payer", payor)
        self._group(path, coverage)
        self._put(f"{path}.relationship", relationship_of(coverage))
        self._put(f"{path}.payer_responsibility", _ORDER.get(whole_of(coverage.get("order")) or 0))

    def _group(self, path: str, coverage: Mapping[str, Any]) -> None:
        self._put(f"{path}.claim_filing", code_of(coverage.get("type"), uri.OUR + "x12:1032"))
        for each in tables_of(coverage.get("class")):
            if code_of(each.get("type"), uri.COVERAGE_CLASS) == "group":
                self._put(f"{path}.group_number", text_of(each.get("value")))
                self._put(f"{path}.group_name", text_of(each.get("name")))

    def _person(self, path: str, person: Mapping[str, Any]) -> None:
        self._name(path, person)
        if sex := _SEX.get(text_of(peek(person, "gender")) or ""):
            self._put(f"{path}.sex", sex)
            person.get("gender")
        self._put(f"{path}.birth_date", text_of(person.get("birthDate")))
        died = text_of(person.get("deceasedDateTime"))
        self._put(f"{path}.death_date", died[:10] if died else None)
        self._address(f"{path}.address", first_of(person.get("address")))
        if path in {"subscriber", "dependent"}:
            self._contact(path, tables_of(person.get("telecom")), None)

    def _name(self, path: str, person: Mapping[str, Any]) -> None:
        name = first_of(person.get("name"))
        self._put(f"{path}.last_name", text_of(name.get("family")))
        given = [each for each in list_of(name.get("given")) if isinstance(each, str)]
        for field, text in zip(("first_name", "middle_name"), given, strict=False):
            self._put(f"{path}.{field}", text)
        self._put(f"{path}.suffix", first_text(name.get("suffix")))

    def _contact(self, path: str, telecom: list[Mapping[str, Any]], name: str | None) -> None:
        ways: dict[str, str] = {}
        for each in telecom:
            system, text = text_of(each.get("system")), text_of(each.get("value"))
            if system in {"phone", "fax", "email"} and text:
                ways.setdefault(system, text)
        if ways or name:
            self._put(f"{path}.contacts[0].name", name)
            for system, text in ways.items():
                self._put(f"{path}.contacts[0].{system}", text)

    def _address(self, path: str, address: Mapping[str, Any]) -> None:
        lines = [each for each in list_of(address.get("line")) if isinstance(each, str)]
        for field, text in zip(("line1", "line2"), lines, strict=False):
            self._put(f"{path}.{field}", text)
        if lines:
            for field, key in (
                ("city", "city"),
                ("state", "state"),
                ("zip", "postalCode"),
                ("country", "country"),
            ):
                self._put(f"{path}.{field}", text_of(address.get(key)))

    def _payer(self, path: str, payer: Mapping[str, Any]) -> None:
        self._put(f"{path}.organization", text_of(payer.get("name")))
        for each in tables_of(payer.get("identifier")):
            system = text_of(each.get("system")) or ""
            if system.startswith(uri.PAYER_ID):
                self._put(f"{path}.payer_id", text_of(each.get("value")))
                if (kind := system.removeprefix(uri.PAYER_ID)) != "PI":
                    self._put(f"{path}.payer_id_type", kind)
                break
        else:
            self._put(f"{path}.payer_id", text_of(first_of(payer.get("identifier")).get("value")))
        self._address(f"{path}.address", first_of(payer.get("address")))

    def _provider(
        self, path: str, found: Mapping[str, Any], *, typed: bool = False, taxonomy: Any = None
    ) -> None:
        """Read a practitioner, an organization, or a role of one; `taxonomy` is that of a care team's member."""
        specialty = code_of(first_of(found.get("specialty")), uri.TAXONOMY)
        if found.get("resourceType") == "PractitionerRole":
            element = "practitioner" if found.get("practitioner") else "organization"
            whom = found.get(element)
            found = self._resources.party(whom, found, element) or self._follow(whom, element)
        qualification = code_of(taxonomy, uri.TAXONOMY)
        self._put(f"{path}.taxonomy", specialty or qualification)
        if found.get("resourceType") == "Organization":
            self._put(f"{path}.organization", text_of(found.get("name")))
            contact = first_of(found.get("contact"))
            ways = tables_of(contact.get("telecom")) or tables_of(found.get("telecom"))
            self._contact(path, ways, text_of(table_of(contact.get("name")).get("text")))
        else:
            self._name(path, found)
            self._contact(path, tables_of(found.get("telecom")), None)
        self._put(f"{path}.npi", with_system(found, uri.NPI))
        if typed:
            self._put(f"{path}.tax_id", with_system(found, uri.EIN) or identified_by(found, "TAX"))
        self._address(f"{path}.address", first_of(found.get("address")))

    def _location(self, path: str, place: Mapping[str, Any]) -> None:
        self._put(f"{path}.organization", text_of(place.get("name")))
        self._put(f"{path}.npi", with_system(place, uri.NPI))
        address = place.get("address")
        self._address(f"{path}.address", address if isinstance(address, dict) else first_of(address))
