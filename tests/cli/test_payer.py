"""`medcode payer`: answers to a file, from a payer in a box."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.claims.ledger.made import claim, sent

from medcode.cli import main
from medcode.testing import Payer

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "sent.837"
    path.write_text(sent(claim()), encoding="utf-8")
    return path


def test_answers_are_written_and_named(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = file.parent / "answers"
    assert main(["payer", str(file), "-o", str(folder), "--scenario", "denials", "--seed", "3"]) == 0
    names = capsys.readouterr().out.splitlines()
    assert names == [str(folder / name) for name in ("01.999", "02.277ca", "03.835")]
    assert (folder / "03.835").read_text(encoding="utf-8") == Payer("denials", seed=3).answer(file).x835


def test_the_scenarios_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["payer", "--list"]) == 0
    assert "paid-in-full             Every claim is paid as charged.\n" in capsys.readouterr().out


def test_a_scenario_may_be_a_file(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = file.parent / "own.toml"
    own.write_text('summary = "Nothing but a TA1."\nta1 = "000"\n', encoding="utf-8")
    assert main(["payer", str(file), "-o", str(file.parent / "out"), "--scenario", str(own)]) == 0
    assert capsys.readouterr().out.endswith("01.ta1\n")
    own.write_text("ta2 = 1\n", encoding="utf-8")
    assert main(["payer", str(file), "--scenario", str(own)]) == 2
    assert "own.toml: Scenario has no 'ta2'" in capsys.readouterr().err


def test_what_cannot_be_answered_is_unusable(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["payer"]) == 2
    assert "name a file, or list the scenarios" in capsys.readouterr().err
    assert main(["payer", str(file), "--scenario", "denial"]) == 2
    assert "unknown scenario 'denial'; did you mean denials?" in capsys.readouterr().err
    file.write_text("Dear Sir or Madam", encoding="utf-8")
    assert main(["payer", str(file)]) == 2
    assert "this is not X12" in capsys.readouterr().err


def test_a_scenario_that_is_nested_too_deeply_is_refused(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = file.parent / "own.toml"
    own.write_text("summary = " + "[" * 100_000, encoding="utf-8")
    assert main(["payer", str(file), "-o", str(file.parent / "out"), "--scenario", str(own)]) == 2
    assert "too deeply nested" in capsys.readouterr().err
