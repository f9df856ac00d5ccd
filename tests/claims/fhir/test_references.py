"""References that lead to nothing, to another kind of resource, or round in circles: each is named, and none is followed."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from tests.claims.fhir.payments import CLAIMS

from medcode.claims import fhir
from medcode.claims.fhir.references import TARGETS, Resources, misdirected
from medcode.history import CodedHistory

MAIN = "Bundle.entry[0].resource"


def spoilt(**elements: Any) -> Any:
    """Return a bundle of an office visit with some elements of its claim replaced."""
    bundle = copy.deepcopy(fhir.to_bundle(CLAIMS["professional"], extensions=False))
    bundle["entry"][0]["resource"] |= elements
    return bundle


def test_what_refers_to_another_kind_of_resource_is_not_followed() -> None:
    """Each reference of the bundle, led to each of its resources in turn."""
    base = spoilt()
    for name in ("patient", "provider", "insurer"):
        for each in base["entry"]:
            kind = each["resource"]["resourceType"]
            if kind in TARGETS[name] or (name, kind) == ("insurer", "Organization"):
                continue
            bundle = spoilt(**{name: {"reference": each["fullUrl"]}})
            content = fhir.read_bundle(bundle)
            assert f"{MAIN}.{name}: must refer to {' or '.join(TARGETS[name])}" in content.unread
    coverage = spoilt(insurance=[{"coverage": {"reference": base["entry"][0]["fullUrl"]}}])
    assert f"{MAIN}.insurance[0].coverage: must refer to Coverage" in fhir.read_bundle(coverage).unread


def test_contained_resources_that_refer_to_each_other_end() -> None:
    roles = [
        {"resourceType": "PractitionerRole", "id": id_, "practitioner": {"reference": f"#{other}"}}
        for id_, other in ("ab", "ba")
    ]
    content = fhir.read_bundle(spoilt(contained=roles, provider={"reference": "#a"}))
    assert content.claims[0].billing_provider.npi is None
    for number in (0, 1):
        assert f"{MAIN}.contained[{number}].practitioner: must refer to Practitioner" in content.unread
    itself = fhir.read_bundle(spoilt(provider={"reference": "#"}))
    assert any(each.startswith(f"{MAIN}.provider: must refer to") for each in itself.unread)


def test_what_is_contained_without_an_id_is_led_to_by_nothing() -> None:
    held = [{"resourceType": "Practitioner"}, {"resourceType": "Practitioner", "id": "a", "identifier": []}]
    content = fhir.read_bundle(spoilt(contained=held, provider={"reference": "#a"}))
    assert content.claims[0].billing_provider.npi is None


@pytest.mark.parametrize(
    "where", ["Patient/none", "#none", "urn:uuid:none", "http://example.com/Patient/1", ""]
)
def test_a_subscriber_who_is_not_there_is_not_the_patient(where: str) -> None:
    bundle = spoilt()
    coverage = next(
        each["resource"] for each in bundle["entry"] if each["resource"]["resourceType"] == "Coverage"
    )
    coverage["subscriber"] = {"reference": where}
    del coverage["relationship"]
    content = fhir.read_bundle(bundle)
    assert content.claims[0].subscriber.last_name is None
    assert any(each.endswith(".subscriber: refers to nothing here") for each in content.unread)
    del coverage["subscriber"]
    assert fhir.read_bundle(bundle).claims[0].subscriber.last_name


def test_what_is_nested_too_deeply_is_refused_by_its_path() -> None:
    deep: Any = {}
    for _ in range(5_000):
        deep = {"extension": [deep]}
    bundle = spoilt(extension=[deep])
    for read in (fhir.read_bundle, fhir.from_bundle, CodedHistory.from_bundle):
        with pytest.raises(
            ValueError, match=r"Bundle.entry\[0\].resource.extension is nested deeper than 100"
        ):
            read(bundle)


def test_a_reference_costs_the_same_in_a_bundle_of_any_size() -> None:
    def bundle(count: int) -> dict[str, Any]:
        subjects = ("Patient/no", "Patient?identifier=urn:a|7")
        people = [
            {"resourceType": "Patient", "identifier": [{"system": "urn:a", "value": str(at)}]}
            for at in range(count)
        ]
        held = [{"resourceType": "Patient", "id": f"held{at}"} for at in range(count)]
        conditions = [
            {"resourceType": "Condition", "subject": {"reference": subject}} for subject in subjects
        ]
        items = [{"locationReference": {"reference": f"#held{count - 1}"}} for _ in range(count)]
        bill = {"resourceType": "Claim", "contained": held, "item": items}
        return {"entry": [{"resource": each} for each in (*people, *conditions * count, bill)]}

    class Counted(dict[str, Any]):
        """Counts how often a value is looked up."""

        count = 0

        def get(self, key: str, default: Any = None) -> Any:
            Counted.count += 1
            return super().get(key, default)

    def counted(value: Any) -> Any:
        if isinstance(value, dict):
            return Counted({key: counted(each) for key, each in value.items()})
        return [counted(each) for each in value] if isinstance(value, list) else value

    costs = []
    for size in (20, 40, 60):
        whole = counted(bundle(size))
        Counted.count = 0
        resources = Resources(whole)
        for resource in [entry["resource"] for entry in whole["entry"]]:
            list(misdirected(resource, "", resources, resource))
            resources.of("Patient")
        costs.append(Counted.count)
    assert costs[2] - costs[1] <= 1.3 * (costs[1] - costs[0])
