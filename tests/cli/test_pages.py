"""The screens that the documentation shows are the screens that the commands give."""

from __future__ import annotations

import os
import re
import shlex
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from medcode.claims.submission import Submission
from medcode.cli import main

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/cli.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ medcode (.*)\n", re.MULTILINE)


def test_every_screen_is_real(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    visit = (ROOT / "examples/office-visit.toml").read_text(encoding="utf-8")
    Path("wrong-visit.toml").write_text(visit.replace('"E11.65"', '"E11"'), encoding="utf-8")
    Path("hearts.csv").write_text(
        "name,icd10\nmyopathy,I42.0\nfibrillation,I48.91\nloosening,T84.040A\n", encoding="utf-8"
    )
    Path("visit.837").write_text(Submission.load("wrong-visit.toml").to_x12(), encoding="utf-8")

    Path("letter.txt").write_text("Dear Sir or Madam, this is a letter.\n", encoding="utf-8")

    def screen(found: re.Match[str]) -> str:
        return f"```console\n{''.join(map(answered, COMMAND.findall(found[1])))}```"

    def answered(words: str) -> str:
        with suppress(SystemExit):  # words that are wrong
            main(shlex.split(words))
        captured = capsys.readouterr()
        return f"$ medcode {words}\n{captured.out or captured.err}"

    page = PAGE.read_text(encoding="utf-8")
    real = BLOCK.sub(screen, page)
    if "MEDCODE_REWRITE" in os.environ:
        PAGE.write_text(real, encoding="utf-8")
    assert real == page, "MEDCODE_REWRITE=1 pytest tests/cli/test_pages.py writes the page anew"
