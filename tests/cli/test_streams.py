"""Standard input and output: long ones, and ones that end early."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from medcode.claims.submission import Submission
from medcode.cli import main
from medcode.findings import Report

if TYPE_CHECKING:
    from collections.abc import Iterator

VISIT = Path(__file__).resolve().parents[2] / "examples/office-visit.toml"


@pytest.fixture(autouse=True)
def screen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)


def many(claims: int) -> Iterator[str]:
    """Give an 837 of as many patients with a claim each as wanted, in one set."""
    text = Submission.load(VISIT).to_x12()
    start, level, end = text.index("ST*"), text.index("HL*2*"), text.index("SE*")
    yield text[:level]
    yield from (text[level:end].replace("HL*2*", f"HL*{number}*") for number in range(2, claims + 2))
    count = text[start:level].count("~") + text[level:end].count("~") * claims + 1
    yield f"SE*{count}*" + text[end:].split("*", 2)[2]


def test_the_standard_input_is_not_held_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """It stands on disk while it is checked, and `scrub` reads a path piece by piece."""
    seen: list[tuple[Path, bytes]] = []

    def scrub(source: Any, **_: Any) -> Report:
        if source:
            seen.append((source, source.read_bytes()))
        return Report()

    monkeypatch.setattr("medcode.scrubbing.scrub", scrub)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"ISA*...")))
    assert main(["check", "-", "-"]) == 0
    ((path, held),) = seen
    assert held == b"ISA*..."
    assert not path.exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this platform has no named pipes")
def test_a_pipe_by_name_is_read_once(capsys: pytest.CaptureFixture[str]) -> None:
    """As in `medcode check <(zcat claims.837.gz)`; findings still have their place."""
    os.mkfifo("pipe")
    text = "".join(many(1)).replace("E1165", "E11")
    writer = threading.Thread(target=Path("pipe").write_text, args=[text])
    writer.start()
    assert main(["check", "pipe", "--select", "ICD01"]) == 1
    writer.join()
    line = text[: text.index("HI*")].count("\n") + 1
    assert f"  {line}:1: error ICD01" in capsys.readouterr().out


@pytest.mark.slow
def test_the_memory_of_an_answer_does_not_grow_with_the_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def peak(claims: int) -> int:
        stdin = io.TextIOWrapper(io.BytesIO("".join(many(claims)).encode()))
        monkeypatch.setattr(sys, "stdin", stdin)
        tracemalloc.start()
        assert main(["ack", "-"]) == 0
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        capsys.readouterr()
        return most

    peak(300)  # whatever is loaded once is loaded
    grown = len("".join(many(1_500))) - len("".join(many(300)))
    assert (
        peak(1_500) - peak(300) < grown
    )  # the numbers of the claims are kept; a file that is held takes twenty times that


def test_each_file_is_shown_as_it_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    for name in "ab":
        Path(f"{name}.837").write_text("".join(many(1)), encoding="utf-8")
    assert main(["check", "a.837", "b.837", "--select", "X"]) == 0
    assert capsys.readouterr().out == "a.837: 1 claim, no findings\n\nb.837: 1 claim, no findings\n"
    assert main(["check", "a.837", "b.837", "--select", "X", "--format", "github"]) == 0
    assert capsys.readouterr().out == ""


def test_an_answer_goes_to_the_standard_output_by_name(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    Path("a.837").write_text("".join(many(1)), encoding="utf-8")
    assert main(["ack", "a.837", "-o", "-"]) == 0
    assert capsysbinary.readouterr().out.startswith(b"ISA*")
    assert sorted(os.listdir()) == ["a.837"]  # noqa: PTH208  # names are all it is asked for


def test_an_interchange_that_is_rejected_is_not_ok() -> None:
    text = "".join(many(1))
    Path("bad.837").write_text(text.replace("IEA*1*", "IEA*7*"), encoding="utf-8")
    assert main(["ack", "bad.837", "-o", "bad.999"]) == 1
    assert "TA1*" in Path("bad.999").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="needs the pipes of a POSIX shell")
def test_a_reader_that_goes_away_is_told_by_the_exit_code() -> None:
    Path("long.837").write_text("".join(many(1_500)).replace("E1165", "E11"), encoding="utf-8")
    words = [sys.executable, "-m", "medcode", "check", "--select", "ICD01", "--full", "long.837"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as begun:  # noqa: S603  # our own words
        assert begun.stdout
        assert begun.stderr
        begun.stdout.readline()
        begun.stdout.close()
        assert begun.wait(60) == 141
        assert begun.stderr.read() == b""


def given(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


LIST = b"name,icd10\nfailure,I42.0\nloosening,T84.040A\n"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_list_from_standard_input_has_the_name_and_format_it_is_given(
    jobs: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("other.txt").write_text("I42.0\n", encoding="utf-8")
    given(monkeypatch, LIST)
    options = ["--on", "2026-11-01", "--stdin-filename", "heart.csv", "--jobs", jobs]
    assert main(["lint", "-", "other.txt", *options]) == 1
    places = [line.partition(" ")[0] for line in capsys.readouterr().out.splitlines() if "LNT01" in line]
    assert places == ["heart.csv:2:9:", "heart.csv:3:11:", "other.txt:1:1:"]


def test_a_list_from_standard_input_without_a_name_is_plain_text(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given(monkeypatch, b"I42.0\n")
    assert main(["lint", "--on", "2026-11-01", "-"]) == 1
    assert capsys.readouterr().out.startswith("-:1:1: LNT01 I42.0")
    for data, why in ((b"\xff", "-: line 1: not UTF-8 text"), (b" " * ((1 << 25) + 1), "-: too large")):
        given(monkeypatch, data)
        assert main(["lint", "-"]) == 2
        assert capsys.readouterr().out.startswith(why)


def test_upgrade_is_a_filter(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["upgrade", "-", "--to", "2026-11-01", "--stdin-filename", "heart.csv"]
    given(monkeypatch, LIST)
    assert main(command) == 1
    shown = capsys.readouterr()
    assert shown.out.startswith("--- heart.csv\n+++ heart.csv\n")
    assert not shown.err
    given(monkeypatch, LIST)
    assert main([*command, "--write"]) == 1
    shown = capsys.readouterr()
    assert shown.out.encode() == LIST.replace(b"T84.040A", b"M97.01XA"), "the list and nothing else"
    assert shown.err.splitlines() == [
        "heart.csv:2:9: I42.0 became one of I42.00, I42.01, I42.09",
        "heart.csv:3:11: T84.040A is now M97.01XA",
    ]
    given(monkeypatch, b"icd10\nE11.9\n")
    assert main([*command, "--write"]) == 0
    assert capsys.readouterr().out == "icd10\nE11.9\n", "what needs no change goes through"
