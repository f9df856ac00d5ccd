"""The examples run, and they show what they are meant to show."""

from __future__ import annotations

import json
import runpy
from typing import TYPE_CHECKING, Any

import pytest

from medcode import scrub
from medcode.claims import x12

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def examples(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(root / "examples")
    return root / "examples"


def test_the_office_visit_is_built(examples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(examples / "office-visit.py"))
    text = capsys.readouterr().out
    assert scrub(text).ok
    (claim,) = x12.loads(text).claims()
    assert claim.patient.last_name == "DOE"


SHOWN = {
    "quickstart.ipynb": ["Dilated cardiomyopathy", "ICD01"],
    "tables.ipynb": ["ICD01", "M545", "charged", "paid_amount"],
}
"""The notebooks, and what running them must print."""


@pytest.mark.parametrize("name", SHOWN)
def test_every_cell_of_a_notebook_runs(name: str, examples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notebook = json.loads((examples / name).read_text(encoding="utf-8"))
    names: dict[str, Any] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            exec(compile("".join(cell["source"]), name, "exec"), names)  # noqa: S102  # our own cells
    printed = capsys.readouterr().out
    for text in SHOWN[name]:
        assert text in printed


def test_every_notebook_is_run(examples: Path) -> None:
    assert sorted(path.name for path in examples.glob("*.ipynb")) == sorted(SHOWN)
