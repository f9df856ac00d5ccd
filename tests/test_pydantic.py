"""Codes and claims as fields of pydantic models, read, written and described."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.history.visits import visit

from medcode import Icd10Cm, Npi
from medcode.claims import ProfessionalClaim
from medcode.codesets.mbi import Mbi

pydantic = pytest.importorskip(
    "pydantic", reason="pydantic, of the dependency group interop, is not installed"
)

Visit = pydantic.create_model(
    "Visit", diagnosis=(Icd10Cm, ...), npi=(Npi | None, None), claim=(ProfessionalClaim | None, None)
)


def test_codes_are_read_in_any_form_and_written_in_that_of_claims() -> None:
    read = Visit(diagnosis=" e11.9", npi="1234567893")
    assert read.diagnosis == Icd10Cm("E11.9")
    assert json.loads(read.model_dump_json()) == {"diagnosis": "E119", "npi": "1234567893", "claim": None}
    assert Visit.model_validate_json(read.model_dump_json()) == read


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"diagnosis": "E1"}, "'E1' is not in ICD-10-CM format"),
        ({"diagnosis": 5}, "valid string"),
        ({"diagnosis": "E119", "npi": "1234567890"}, "the check digit of NPI 1234567890 should be 3"),
        ({"diagnosis": "E119", "claim": 5}, "a claim or an object"),
        ({"diagnosis": "E119", "claim": {}}, "billing_provider: missing"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(values: dict[str, Any], message: str) -> None:
    with pytest.raises(pydantic.ValidationError, match=message):
        Visit(**values)


def test_a_claim_is_read_from_plain_data_and_written_as_such() -> None:
    claim = visit("1", "2026-01-05", "I10")
    read = Visit(diagnosis="I10", claim=claim.to_dict())
    assert read.claim == claim == Visit(diagnosis="I10", claim=claim).claim
    assert Visit.model_validate_json(read.model_dump_json()) == read


def test_the_schema_has_formats_and_whole_parts() -> None:
    schema = Visit.model_json_schema()
    assert schema["properties"]["diagnosis"]["examples"][0] == "E11.9"
    assert "$ref" not in json.dumps(schema)
    claim = schema["properties"]["claim"]["anyOf"][0]
    assert '"line1"' in json.dumps(claim["properties"]["billing_provider"]["properties"]["address"])
    member = pydantic.create_model("Member", id=(Mbi, ...)).model_json_schema()
    assert "examples" not in member["properties"]["id"]


def test_the_endpoint_of_the_page_takes_a_claim_as_its_body() -> None:
    page = Path(__file__).resolve().parent.parent / "docs/howto/fastapi.md"
    (code,) = re.findall(r"^```py\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102  # our own page
    post = names["app"].openapi()["paths"]["/claims/check"]["post"]
    assert list(post["requestBody"]["content"]) == ["application/json"]
    assert "parameters" not in post
