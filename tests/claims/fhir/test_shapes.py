"""Values of a wrong JSON type, wherever they are in a bundle: each is named by its path, and nothing breaks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.claims.fhir.payments import CLAIMS, payment

from medcode.claims import fhir
from medcode.claims.fhir.shapes import misshapen
from medcode.history import CodedHistory

if TYPE_CHECKING:
    from collections.abc import Iterator

WRONG: tuple[Any, ...] = (17, "nonsense", [], {}, True, None, [None], {"x": 1}, [[]], -1.5)


def places(value: Any, path: str = "Bundle") -> Iterator[tuple[Any, Any, str]]:
    """Yield every value of a bundle by its holder, its key in that, and its path."""
    for key, each in value.items() if isinstance(value, dict) else enumerate(value):
        inner = f"{path}[{key}]" if isinstance(value, list) else f"{path}.{key}"
        yield value, key, inner
        if isinstance(each, (dict, list)):
            yield from places(each, inner)


def kind_of(value: Any) -> type:
    return float if isinstance(value, int) and not isinstance(value, bool) else type(value)


def covers(path: str, note: str) -> bool:
    """Whether a note is about a value, what is around it, or what is inside it."""
    named = note.split(":", maxsplit=1)[0]
    return f"{path}.".startswith((f"{named}.", f"{named}[")) or named.startswith(path)


@pytest.mark.parametrize("kind", CLAIMS)
def test_each_value_of_a_wrong_type_is_named_by_its_path(kind: str) -> None:
    claim = CLAIMS[kind]
    whole = (
        fhir.explanation_of_benefit(claim, payment(claim))
        if kind == "inpatient"
        else fhir.to_bundle(claim, extensions=False)
    )
    bundle = json.loads(json.dumps(whole))
    silent = []
    for number, (holder, key, path) in enumerate(list(places(bundle))):
        right = holder[key]
        holder[key] = next(
            each for each in (*WRONG[number % 10 :], *WRONG) if kind_of(each) is not kind_of(right)
        )
        named = any(covers(path, each) for each in misshapen(bundle, "Bundle", "Bundle"))
        if not named and not any(covers(path, each) for each in fhir.read_bundle(bundle).unread):
            silent.append(path)
        holder[key] = right
    assert silent == []


@pytest.mark.parametrize("kind", CLAIMS)
def test_a_code_of_an_unknown_system_is_not_taken_for_one_that_is_known(kind: str) -> None:
    """So with units, currencies and genders: what is not understood is listed, or nothing is made of it."""
    claim = CLAIMS[kind]
    bundle = json.loads(json.dumps(fhir.to_bundle(claim, extensions=False)))
    before = fhir.read_bundle(bundle).claims
    strange = {"system": "http://nowhere.example", "currency": "CAD", "gender": "other"}
    changed = 0
    for holder, key, path in list(places(bundle)):
        if key not in strange or "identifier" in path:
            continue
        right, holder[key] = holder[key], strange[key]
        content = fhir.read_bundle(bundle)
        assert content.claims == before or any(covers(path, each) for each in content.unread), path
        changed += content.claims != before
        holder[key] = right
    assert changed


def test_what_a_history_is_read_from_is_named_as_well() -> None:
    patient = {"resourceType": "Patient", "id": "P", "gender": 7, "name": {"family": "ROE"}}
    history = CodedHistory.from_bundle({"entry": [{"resource": patient}]})
    assert history.notes == (
        "Bundle.entry[0].resource.gender: must be text, not a number",
        "Bundle.entry[0].resource.name: must be a list, not an object",
    )


@pytest.mark.parametrize("kind", [None, 7, [], ["Patient"], {}, {"x": 1}, True])
def test_a_resource_of_no_type_is_not_read(kind: Any) -> None:
    content = fhir.read_bundle({"entry": [{"resource": {"resourceType": kind}}, {"resource": kind}, kind]})
    assert not content.claims
    for path in ("entry[0].resource", "entry[1].resource", "entry[2].resource"):
        assert f"Bundle.{path}: a resource of another type is not read" in content.unread


def test_null_stands_for_a_value_of_a_list_that_has_an_extension_alone() -> None:
    name: dict[str, Any] = {"family": "ROE", "given": ["ANN", None], "_given": [None, {"extension": []}]}
    assert list(misshapen({"resourceType": "Patient", "name": [name]}, "Patient")) == []
    assert list(misshapen({"resourceType": "Patient", "name": [None]}, "Patient")) == [
        "Patient.name[0]: must be an object, not null"
    ]


def test_numbers_and_truth_are_told_apart() -> None:
    item = {"sequence": True, "net": {"value": "12"}, "careTeamSequence": [1.5]}
    bill = {"resourceType": "Claim", "item": [item], "insurance": [{"focal": 1}]}
    assert list(misshapen(bill, "Claim")) == [
        "Claim.item[0].sequence: must be a whole number, not true or false",
        "Claim.item[0].net.value: must be a number, not text",
        "Claim.item[0].careTeamSequence[0]: must be a whole number, not a number",
        "Claim.insurance[0].focal: must be true or false, not a number",
    ]
