"""Color: asked for, forbidden, or left to the terminal."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from medcode.cli import main
from medcode.cli.checked import Checked
from medcode.cli.formats import shown
from medcode.cli.screen import painted, say, use_color
from medcode.findings import Finding, Report

RED = "\033[31merror\033[0m"


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


@pytest.mark.parametrize(
    ("choice", "stream", "environment", "expected"),
    [
        ("auto", Screen(), {}, RED),
        ("auto", io.StringIO(), {}, "error"),
        ("auto", Screen(), {"NO_COLOR": "1"}, "error"),
        ("auto", Screen(), {"NO_COLOR": ""}, RED),
        ("auto", io.StringIO(), {"FORCE_COLOR": "1"}, RED),
        ("auto", io.StringIO(), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, "error"),
        ("auto", Screen(), {"TERM": "dumb"}, "error"),
        ("always", io.StringIO(), {"NO_COLOR": "1", "TERM": "dumb"}, RED),
        ("never", Screen(), {"FORCE_COLOR": "1"}, "error"),
    ],
)
def test_color(
    choice: str,
    stream: io.StringIO,
    environment: dict[str, str],
    expected: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    use_color(choice, stream)
    assert painted("error") == expected
    assert painted("words") == "words"
    use_color("never")


def test_only_the_severity_of_a_finding_is_colored() -> None:
    found = [Checked("error.837", Report((Finding("E1", "an-error", "An error."),), claims=1))]
    plain = shown(found, "text")
    use_color("always")
    assert shown(found, "text") == plain.replace("  error E1", f"  {RED} E1")
    assert "\033" not in shown(found, "json") + shown(found, "sarif") + shown(found, "github")
    use_color("never")


def test_the_option_of_a_command_decides(capsys: pytest.CaptureFixture[str]) -> None:
    main(["lookup", "E11.9", "--color", "always"])
    assert painted("error") == RED
    main(["lookup", "E11.9", "--color", "never"])
    assert painted("error") == "error"
    capsys.readouterr()


def test_what_a_file_says_moves_no_cursor(capsys: pytest.CaptureFixture[str]) -> None:
    say("a\x1b[2J\tb\u202e\nc\udcff")
    assert capsys.readouterr().out == "a\\x1b[2J\tb\\u202e\nc\\xff\n"


def test_a_diff_on_a_terminal_is_visible_and_elsewhere_exact(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("dx.csv").write_text("dx,n\nT84.040A,\x1b[2J\r\n", encoding="utf-8", newline="")
    for stream, end in ((Screen(), "\\x1b[2J\r\n"), (io.StringIO(), "\x1b[2J\r\n")):
        monkeypatch.setattr("sys.stdout", stream)
        main(["upgrade", "dx.csv", "--to", "2026-11-01", "--diff"])
        assert f"+M97.01XA,{end}" in stream.getvalue()
