"""References between the resources of a bundle: what each leads to, and which lead to nothing or astray.

Source: HL7 FHIR R4 (4.0.1), section 2.3.0 (references) and the targets in the definitions of the resources.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medcode.claims.fhir.reading import tables_of, text_of, with_system

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Resources", "misdirected"]

_PROVIDERS = ("Practitioner", "PractitionerRole", "Organization")
_PEOPLE = ("Patient", "RelatedPerson")
_PLACES = ("Organization", "Location")

TARGETS: Mapping[str, tuple[str, ...]] = {
    "patient": ("Patient",),
    "subject": ("Patient",),
    "beneficiary": ("Patient",),
    "subscriber": _PEOPLE,
    "provider": _PROVIDERS,
    "practitioner": ("Practitioner",),
    "organization": ("Organization",),
    "insurer": ("Organization",),
    "payor": ("Organization", *_PEOPLE),
    "coverage": ("Coverage",),
    "facility": ("Location", "Organization"),
    "servicefacility": ("Location", "Organization"),
    "encounter": ("Encounter",),
    "diagnosisReference": ("Condition",),
    "procedureReference": ("Procedure",),
    "medicationReference": ("Medication",),
}
"""The types of the resources that elements may refer to."""


class Resources:
    """The resources of a bundle, found by their full URL, by type and id, or contained."""

    def __init__(self, bundle: Mapping[str, Any]) -> None:
        self._by_url: dict[str, Mapping[str, Any]] = {}
        self._by_kind: dict[str | None, list[Mapping[str, Any]]] = {}
        self._by_identifier: dict[tuple[str | None, str, str], list[Mapping[str, Any]]] = {}
        self._contained: dict[int, dict[str, Mapping[str, Any]]] = {}
        for entry in tables_of(bundle.get("entry")):
            resource = entry.get("resource")
            if not isinstance(resource, dict):
                continue
            kind = text_of(resource.get("resourceType"))
            self._by_kind.setdefault(kind, []).append(resource)
            for key in _identifiers(resource):
                self._by_identifier.setdefault((kind, *key), []).append(resource)
            if isinstance(url := entry.get("fullUrl"), str):
                self._by_url.setdefault(url, resource)
            if isinstance(id_ := resource.get("id"), str):
                self._by_url.setdefault(f"{kind}/{id_}", resource)

    def of(self, kind: str) -> list[Mapping[str, Any]]:
        """Return the resources of a type."""
        return self._by_kind.get(kind, [])

    def follow(self, reference: Any, inside: Mapping[str, Any], element: str) -> Mapping[str, Any]:
        """Return the resource that an element refers to, or an empty one where it names nothing of its kind here."""
        found = self.target(reference, inside)
        return found if found.get("resourceType") in TARGETS[element] else {}

    def target(self, reference: Any, inside: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return whatever a reference names; `inside` is the resource that it is in."""
        name = reference.get("reference") if isinstance(reference, dict) else None
        if not isinstance(name, str):
            return {}
        if name.startswith("#"):
            if name == "#":
                return inside
            return self._held(inside).get(name[1:], {})
        kind, asks, query = name.partition("?identifier=")
        if asks:
            return self._asked(kind, query)
        return self._by_url.get(name) or self._by_url.get("/".join(name.split("/")[-2:])) or {}

    def party(self, reference: Any, inside: Mapping[str, Any], element: str) -> Mapping[str, Any]:
        """Return whom an element refers to: a resource, or what the reference itself says by identifier and display.

        The type is what the reference says, or what it asks for or names, as `Organization?identifier=…` and
        `Organization/17` do. The name of a person is not read, since a text does not say which part is the family name.
        """
        if (found := self.follow(reference, inside, element)) or not isinstance(reference, dict):
            return found
        named_by = text_of(reference.get("reference")) or ""
        asked, _, query = named_by.partition("?identifier=")
        kind = text_of(reference.get("type")) or (asked if query else "/".join(named_by.split("/")[-2:-1]))
        if not kind and element in {"insurer", "payor"}:
            kind = "Organization"
        if kind and kind not in TARGETS[element]:
            return {}
        system, _, value = query.partition("|")
        identifiers: list[Mapping[str, Any]] = [{"system": system, "value": value}] if value else []
        identifiers += tables_of([reference.get("identifier")])
        named = {"name": reference.get("display")} if kind in _PLACES and "display" in reference else {}
        return {"resourceType": kind, "identifier": identifiers, **named} if identifiers or named else {}

    def _asked(self, kind: str, query: str) -> Mapping[str, Any]:
        """Return the one resource of a type with an identifier, as a conditional reference asks for it."""
        system, _, value = query.partition("|")
        found = self._by_identifier.get((kind, system, value), [])
        return found[0] if len(found) == 1 and with_system(found[0], system) else {}

    def _held(self, inside: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
        """Return what a resource contains, by id; the first of an id, as one bundle may hold thousands."""
        if (held := self._contained.get(id(inside))) is None:
            held = self._contained[id(inside)] = {}
            for each in tables_of(inside.get("contained")):
                if isinstance(id_ := each.get("id"), str):
                    held.setdefault(id_, each)
        return held


def _identifiers(resource: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the identifiers of a resource, the first of each system."""
    first: dict[str, Any] = {}
    held = dict.get(resource, "identifier")  # not by its own method, which would note that it was read
    for each in held if isinstance(held, list) else ():
        if isinstance(each, dict) and isinstance(system := dict.get(each, "system"), str):
            first.setdefault(system, dict.get(each, "value"))
    yield from ((system, value) for system, value in first.items() if isinstance(value, str))


def misdirected(
    value: Any, path: str, resources: Resources, inside: Mapping[str, Any], element: str = ""
) -> Iterator[str]:
    """Yield the path of each reference in a resource that names nothing in the bundle, or what it cannot refer to, and why."""
    if isinstance(value, dict):
        if isinstance(value.get("reference"), str):
            found = resources.target(value, inside)
            kinds = TARGETS.get(element)
            if not found:
                yield f"{path}: refers to nothing here"
            elif kinds and found.get("resourceType") not in kinds:
                yield f"{path}: must refer to {' or '.join(kinds)}"
        for key, each in value.items():
            yield from misdirected(each, f"{path}.{key}", resources, inside, key)
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from misdirected(each, f"{path}[{number}]", resources, inside, element)
