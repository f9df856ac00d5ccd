"""The page on code lists shows its own files, the screens that the commands give, and every rule."""

from __future__ import annotations

import io
import os
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from medcode.cli import main
from medcode.lint import RULES

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = Path(__file__).resolve().parents[2] / "docs/howto/code-lists.md"
FILE = re.compile(r"^`([\w/.-]+)`:\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SCREEN = re.compile(r"^```console\n\$ medcode (.*)\n((?:.*\n)*?)```$", re.MULTILINE)
TABLE = re.compile(r"(?<=<!-- rules -->\n)(.*\n)*?(?=<!-- end -->)")


def rules(_: re.Match[str]) -> str:
    rows = [
        ("rule", "name", "", "what it finds", "fix"),
        ("---",) * 5,
        *((each.id, f"`{each.name}`", each.severity, each.meaning, each.fix) for each in RULES.values()),
    ]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


@pytest.fixture
def screen(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[[re.Match[str]], str]:
    def screen_(found: re.Match[str]) -> str:
        command, _, given = found[1].partition(" < ")
        if given:
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(Path(given).read_bytes())))
        main(shlex.split(command))
        return f"```console\n$ medcode {found[1]}\n{''.join(capsys.readouterr())}```"

    return screen_


def test_the_page_is_real(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, screen: Callable[[re.Match[str]], str]
) -> None:
    pytest.importorskip("yaml", reason="PyYAML, the extra yaml, is not installed")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    page = PAGE.read_text(encoding="utf-8")
    for name, text in FILE.findall(page):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")
    real = TABLE.sub(rules, SCREEN.sub(screen, page))
    if "MEDCODE_REWRITE" in os.environ:
        PAGE.write_text(real, encoding="utf-8")
    assert real == page, "MEDCODE_REWRITE=1 pytest tests/cli/test_lint_page.py writes the page anew"
