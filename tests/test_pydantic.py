"""Codes and claims as fields of pydantic models, read, written and described."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.history.visits import visit

from medcode import Icd10Cm, Npi
from medcode.claims import ProfessionalClaim
from medcode.codesets.mbi import Mbi

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def example() -> dict[str, Any]:
    """Return what the example of the page about FastAPI defines."""
    page = Path(__file__).resolve().parent.parent / "docs/howto/fastapi.md"
    (code,) = re.findall(r"^```py\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102  # our own page
    return names


def test_the_endpoint_of_the_page_takes_a_claim_as_its_body() -> None:
    post = example()["app"].openapi()["paths"]["/claims/check"]["post"]
    assert list(post["requestBody"]["content"]) == ["application/json"]
    assert "parameters" not in post


def spoiled(data: Any, word: Any) -> Iterator[Any]:
    """Yield plain data with the word in place of each value that is no table or list, and of each of these."""
    for key in data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ():
        copied = dict(data) if isinstance(data, dict) else list(data)
        for each in (word, *spoiled(data[key], word)):
            copied[key] = each
            yield json.loads(json.dumps(copied))


def answered(app: Any, path: str, body: bytes) -> tuple[int, str]:
    """Return the status and the body with which an application answers a request."""
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": path, "headers": [(b"content-type", b"application/json")], "query_string": b"",
    }  # fmt: skip
    asyncio.run(app(scope, receive, send))
    return sent[0]["status"], b"".join(each.get("body", b"") for each in sent).decode()


@pytest.mark.parametrize("word", ["Qzmaple", {"a": "Qzmaple"}, ["Qzmaple"], "Qzmaple, JANE 1931-07-19"])
def test_no_error_and_no_answer_quotes_patient_data(word: Any) -> None:
    """Neither what the page shows for a model, nor the endpoint that it shows, whatever is wrong with a claim."""
    app = example()["app"]
    order = pydantic.create_model(
        "Order", __config__=pydantic.ConfigDict(hide_input_in_errors=True), claim=(ProfessionalClaim, ...)
    )
    statuses = set()
    for data in [*spoiled(visit("1", "2026-01-05", "I10").to_dict(), word), word]:
        try:
            shown = repr(order(claim=data))
        except pydantic.ValidationError as error:
            shown = f"{error} {error!r} {[each['msg'] for each in error.errors()]}"
        assert "qzmaple" not in shown.lower()
        status, body = answered(app, "/claims/check", json.dumps(data).encode())
        statuses.add(status)
        assert "qzmaple" not in body.lower()
    assert 422 in statuses
    status, body = answered(app, "/claims/check", b'{"Qzmaple')
    assert (status, "Qzmaple" in body) == (422, False)
