"""The command line as a whole: help, versions, errors that nobody expected, and ways to break it off."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import warnings
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from medcode.cli import COMMANDS, main
from medcode.cli.version import releases
from medcode.codesets import CODE_SETS

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(autouse=True)
def screen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("MEDCODE_DEBUG", raising=False)
    monkeypatch.setattr("gc.set_threshold", lambda _: None)  # the process is not the command's
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def run_(*words: object) -> tuple[int, str, str]:
        code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    return run_


def test_help_is_shown_without_a_command(run: Any) -> None:
    code, _, err = run()
    assert code == 2
    assert all(name in err for name in COMMANDS)
    assert max(map(len, err.splitlines())) <= 80


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_fits_the_screen(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([name, "--help"])
    assert caught.value.code == 0
    out = capsys.readouterr().out
    assert "Examples:" in out
    assert max(map(len, out.splitlines())) <= 80


def test_the_version_comes_with_the_releases(run: Any) -> None:
    code, out, _ = run("--version")
    assert code == 0
    assert out.startswith("medcode 0.")
    assert "icd10cm FY2016-FY2027" in out
    assert "npi: no table is loaded" in out
    assert max(map(len, out.splitlines())) <= 80


def test_a_wrong_day_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["lookup", "E11.9", "--on", "tomorrow"])
    assert caught.value.code == 2
    assert "must be a date such as 2026-01-05" in capsys.readouterr().err


def test_an_error_that_nobody_expected_asks_for_a_report(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("JANE DOE")

    monkeypatch.setattr("medcode.edits.explain", fail)
    code, _, err = run("explain", "CLM02")
    assert code == 2
    assert "Please report it" in err
    assert "JANE" not in err
    monkeypatch.setenv("MEDCODE_DEBUG", "1")
    with pytest.raises(RuntimeError):
        main(["explain", "CLM02"])


def test_an_interrupt_and_a_warning_are_quiet(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        warnings.simplefilter("default")
        warnings.warn("the table ends soon", UserWarning, stacklevel=1)
        raise KeyboardInterrupt

    monkeypatch.setattr("medcode.edits.explain", interrupt)
    assert run("explain", "CLM02") == (130, "", "medcode: the table ends soon\n")


def test_a_reader_that_goes_away_is_no_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Gone(io.StringIO):
        def flush(self) -> None:
            raise BrokenPipeError

        def fileno(self) -> int:
            return file.fileno()

    with (tmp_path / "out").open("wb") as file:
        monkeypatch.setattr(sys, "stdout", Gone())
        assert main(["explain", "CLM02"]) == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this platform has no full device")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("said", [["lookup", "E11.9"], ["--help"], ["check", "--help"]])
def test_a_full_disk_is_told(said: list[str], unbuffered: str) -> None:
    words = [sys.executable, "-m", "medcode", *said]
    settings = os.environ | {"PYTHONUNBUFFERED": unbuffered}
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(  # noqa: S603  # our own words
            words, stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False, env=settings
        )
    assert (done.returncode, done.stderr) == (2, "medcode: No space left on device\n")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
@pytest.mark.parametrize("words", [["data", "list"], ["--version"]])
def test_what_an_encoding_cannot_hold_is_escaped(
    words: list[str], encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["medcode", *words])
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, io.TextIOWrapper(io.BytesIO(), encoding, write_through=True))
    assert main() == 0
    assert isinstance(sys.stdout, io.TextIOWrapper)
    assert isinstance(sys.stdout.buffer, io.BytesIO)
    assert b"\\u2026" in sys.stdout.buffer.getvalue()


def test_a_stream_that_is_no_file_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["medcode", "--version"])
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert main() == 0
    assert isinstance(sys.stdout, io.StringIO)
    assert "…" in sys.stdout.getvalue()


def test_closed_streams_are_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["medcode", "lookup", "-"])
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    code = main()
    for name in ("stdin", "stdout", "stderr"):
        getattr(sys, name).close()
    assert code == 0


def test_it_runs_as_a_module(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["medcode"])
    with pytest.raises(SystemExit) as caught:
        import_module("medcode.__main__")
    assert caught.value.code == 2
    words = [sys.executable, "-m", "medcode", "lookup", "E11.9"]
    done = subprocess.run(words, capture_output=True, encoding="utf-8", check=True)  # noqa: S603  # our own words
    assert done.stdout.startswith("E11.9  Type 2 diabetes")


@pytest.mark.parametrize(
    ("words", "unwanted"),
    [
        (["--help"], {"attrs", "lxml", "rich", "medcode.codesets", "medcode.claims", "medcode.edits"}),
        (["check", "--help"], {"attrs", "lxml", "rich", "medcode.codesets", "medcode.cli.build"}),
        (["--version"], {"lxml", "rich", "medcode.claims", "medcode.codesets.timeline"}),
        (["lookup", "E11.9", "--set", "icd10cm"], {"lxml", "rich", "medcode.claims", "medcode.codesets.cpt"}),
        (["explain", "CLM02"], {"lxml", "rich", "medcode.claims.x12", "medcode.lint"}),
    ],
)
def test_a_command_loads_nothing_that_it_does_not_need(words: list[str], unwanted: set[str]) -> None:
    """So it starts at once, and no clock is needed to see it."""
    script = (
        "import sys\nfrom medcode.cli import main\n"
        f"try: main({words})\nexcept SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)  # noqa: S603  # our own words
    assert unwanted & set(done.stderr.split()) == set()


def test_the_releases_are_those_that_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are read without the tables; a release of one's own stands before the one that ships."""
    monkeypatch.setenv("MEDCODE_DATA", str(tmp_path / "data"))
    (tmp_path / "own.csv").write_text("Code,Title\n11,Here\n", encoding="utf-8")
    words = [
        "data",
        "add",
        str(tmp_path / "own.csv"),
        "--set",
        "place_of_service",
        "--from",
        "2026-01-01",
        "--partial",
    ]
    assert main(words) == 0
    try:
        for name, code_set in CODE_SETS.items():
            assert tuple(releases(name)) == tuple(code_set.releases)
        assert len(tuple(releases("place_of_service"))) == 2
    finally:
        monkeypatch.undo()
        for code_set in CODE_SETS.values():
            code_set.reload()
