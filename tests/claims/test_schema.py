"""The JSON Schema accepts what the reader accepts, and refuses what it refuses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from medcode.claims import DentalClaim, InstitutionalClaim, ProfessionalClaim
from medcode.claims.schema import json_schema
from medcode.claims.submission import Submission

if TYPE_CHECKING:
    from pathlib import Path

TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "null": type(None),
}  # fmt: skip


def fits(value: Any, schema: dict[str, Any], top: dict[str, Any]) -> bool:
    """Judge a value by the few words of JSON Schema that the schemas use."""
    if "$ref" in schema:
        return fits(value, top["$defs"][schema["$ref"].rpartition("/")[2]], top)
    if "anyOf" in schema:
        return any(fits(value, each, top) for each in schema["anyOf"])
    return value in schema["enum"] if "enum" in schema else plain_fits(value, schema, top)


def plain_fits(value: Any, schema: dict[str, Any], top: dict[str, Any]) -> bool:
    names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(isinstance(value, TYPES[name]) for name in names):
        return False
    if isinstance(value, list):
        return all(fits(each, schema["items"], top) for each in value)
    if isinstance(value, dict):
        known = schema["properties"]
        return set(schema["required"]) <= set(value) <= set(known) and all(
            fits(each, known[name], top) for name, each in value.items()
        )
    return True


SCHEMA = json_schema(Submission)
VISIT = {
    "control_number": "1", "billing_provider": {"npi": "1234567893"}, "subscriber": {}, "payer": {},
    "diagnoses": ["E11.9", {"code": "I10"}],
    "lines": [{"procedure": "99213", "charge": 5, "service_date": {"start": "2026-01-05", "end": "2026-01-06"}}],
}  # fmt: skip


def test_the_example_fits(root: Path) -> None:
    submission = Submission.load(root / "examples/office-visit.toml")
    assert fits(json.loads(submission.to_json()), SCHEMA, SCHEMA)


@pytest.mark.parametrize(
    ("change", "fit"),
    [
        ({}, True),
        ({"kind": "professional"}, True),
        ({"benefits_assigned": None}, True),
        ({"chrage": 1}, False),
        ({"diagnoses": "E11.9"}, False),
        ({"control_number": 1}, False),
        ({"kind": "pharmacy"}, False),
    ],
)
def test_it_judges_as_the_reader_does(change: dict[str, Any], fit: bool) -> None:
    data = {"claims": [VISIT | change]}
    assert fits(data, SCHEMA, SCHEMA) is fit
    if fit:
        assert len(Submission.from_dict(data).claims) == 1
    else:
        with pytest.raises(ValueError, match="claims"):
            Submission.from_dict(data)


def test_each_kind_of_claim_has_its_own() -> None:
    assert fits(VISIT, json_schema(ProfessionalClaim), json_schema(ProfessionalClaim))
    assert "kind" in json_schema(InstitutionalClaim)["required"]
    assert json_schema(DentalClaim)["properties"]["kind"] == {"enum": ["dental"]}
    assert "ICD-10-CM" in json.dumps(json_schema(InstitutionalClaim))
    assert "origin" not in json_schema(DentalClaim)["properties"]
