"""The README keeps its promises; `test_docs` runs its Python."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from medcode import scrub
from medcode.claims.submission import Submission
from medcode.cli import main

if TYPE_CHECKING:
    import pytest

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def block(heading: str) -> list[str]:
    section = README.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    found = re.search(r"```\w+\n(.*?)```", section, re.DOTALL)
    assert found
    return found[1].strip().splitlines()


def commands() -> list[str]:
    return re.findall(r"^```sh\n(.*)\n```$", README, re.MULTILINE)


def test_it_says_what_it_is_in_three_sentences() -> None:
    head = README.split("## ", 1)[0]
    assert len(re.findall(r"\.(?:\s|$)", head)) == 3


def test_one_command_installs_and_builds_the_example(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(root)
    install, build = commands()[0].split("/medcode ")
    assert "pip install" in install
    assert main(shlex.split(build)) == 0
    out, err = capsys.readouterr()
    assert scrub(out).ok
    assert "examples/office-visit.toml: 1 claim" in err


def test_one_command_installs_what_the_tests_need_and_runs_them() -> None:
    (command,) = [line for line in README.splitlines() if "--group test" in line]
    assert command == commands()[1]
    assert command.endswith("-m pytest -n auto")


def test_the_samples_are_short() -> None:
    assert len(block("In a notebook")) <= 10
    assert len([line for line in block("In an application") if line]) <= 10
    assert len([line for line in block("In CI") if not line.startswith("steps")]) <= 5


def test_the_line_for_ci_names_what_is_wrong(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (line,) = [line for line in block("In CI") if "medcode check" in line]
    words = shlex.split(line.split("&& medcode ", 1)[1])
    assert words[-1] == "claims/*.837"
    text = Submission.load(root / "examples/office-visit.toml").to_x12().replace("ABK:E1165", "ABK:E11")
    path = tmp_path / "visit.837"
    path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main([*words[:-1], "visit.837"]) == 1
    assert capsys.readouterr().out.startswith("::error file=visit.837,line=")


def test_it_is_short_and_of_no_machine() -> None:
    assert len(README.splitlines()) < 80
    assert not re.search(r"!\[|/home/|localhost", README)
