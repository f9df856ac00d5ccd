"""`medcode lint` as a person and a CI job meet it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from medcode.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, list[str], str]]

DAY = ("--on", "2026-11-01")
HEART = "name,icd10\ncardiomyopathy,I42.0\nmeniere,H81.41\nsugar,E11.9\n"
I420 = "LNT01 I42.0 is not billable since 2026-10-01. Replace with I42.00|I42.01|I42.09."


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("valuesets").mkdir()
    Path("valuesets/heart.csv").write_text(HEART, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run_(*words: str) -> tuple[int, list[str], str]:
        code = main(words)
        out, err = capsys.readouterr()
        assert "went wrong inside" not in err
        return code, out.splitlines(), err

    return run_


@pytest.mark.slow
def test_case_3_a_commit_fails_when_a_code_list_rots(run: Run) -> None:
    code, out, err = run("lint", "valuesets/", *DAY)
    assert (code, err) == (1, "")
    assert out == [f"valuesets/heart.csv:2:16: {I420}", out[1]]
    assert out[1].startswith("valuesets/heart.csv:3:9: LNT01 H81.41 is not billable since")


def test_a_list_in_order_is_silent(run: Run) -> None:
    Path("good.csv").write_text("icd10\nE11.9\n", encoding="utf-8")
    assert run("lint", "good.csv") == (0, [], "")


def test_a_warning_fails_only_where_that_is_wanted(run: Run) -> None:
    Path("a.csv").write_text("icd10\nE11\n", encoding="utf-8")
    assert run("lint", "a.csv", *DAY)[0] == 0
    assert run("lint", "a.csv", *DAY, "--strict")[0] == 1
    assert run("lint", "a.csv", *DAY, "--strict", "--ignore", "LNT01,heading") == (0, [], "")
    assert run("lint", "a.csv", "--ignore", "LNT99")[0] == 2


def test_what_is_not_checked_is_said_and_does_not_fail(run: Run) -> None:
    Path("a.csv").write_text("cpt\n99213\n", encoding="utf-8")
    assert run("lint", "a.csv", *DAY) == (
        0,
        ["a.csv:2:1: LNT07 1 code of CPT not checked: no CPT table is loaded. Load one: medcode data add FILE --set cpt."],
        "",
    )  # fmt: skip


def test_what_cannot_be_used_is_named_and_the_rest_is_done(run: Run) -> None:
    Path("valuesets/bytes.csv").write_bytes(b"icd10\n\xff\n")
    Path("valuesets/broken.json").write_text("{\n", encoding="utf-8")
    Path("valuesets/long.csv").touch()
    with Path("valuesets/long.csv").open("wb") as file:
        file.truncate(2 << 30)  # sparse
    Path("valuesets/loop.csv").symlink_to("loop.csv")
    Path("valuesets/pragma.txt").write_text("# medcode: set=snomed\n", encoding="utf-8")
    Path("empty").mkdir()
    code, out, _ = run("lint", "valuesets", "empty", "nowhere.csv", *DAY)
    assert code == 2
    assert [line for line in out if "LNT" not in line] == [
        "valuesets/broken.json: line 2: not valid JSON",
        "valuesets/bytes.csv: line 2: not UTF-8 text",
        "valuesets/long.csv: too large for a code list: over 32 MB",
        "valuesets/loop.csv: a broken link: Too many levels of symbolic links",
        "valuesets/pragma.txt: line 1: medcode: set: unknown code set 'snomed'",
        "empty: no code list in this folder",
        "nowhere.csv: No such file or directory",
    ]
    assert sum("heart.csv" in line for line in out) == 2


def test_processes_share_the_work_and_the_order_stays(run: Run) -> None:
    for number in range(20):
        Path(f"valuesets/{number:02}.csv").write_text(HEART, encoding="utf-8")
    one = run("lint", "valuesets", *DAY)
    assert len(one[1]) == 42
    assert run("lint", "valuesets", *DAY, "--jobs", "2") == one


class TestConfig:
    def test_it_is_found_above_the_paths(self, run: Run) -> None:
        Path("medcode.toml").write_text("on = 2026-09-30\n[columns]\nname = 'icd10cm'\n", encoding="utf-8")
        code, out, _ = run("lint", "valuesets/heart.csv")
        assert code == 1
        assert "2:1: LNT04 cardiomyopathy does not have the format" in out[0]
        assert not any("I42.0" in line for line in out)
        assert any("I42.0" in line for line in run("lint", "valuesets", *DAY)[1])

    def test_it_may_be_named(self, run: Run) -> None:
        Path("medcode.toml").write_text("broken", encoding="utf-8")
        Path("other.toml").write_text("on = 2015-11-01\n", encoding="utf-8")
        assert run("lint", "valuesets", "--config", "other.toml") == (0, [], "")
        assert run("lint", "valuesets")[0] == 2

    def test_a_fault_in_it_is_told_with_its_place(self, run: Run) -> None:
        Path("pyproject.toml").write_text("[tool.medcode.columns]\ndx = 'icd10cn'\n", encoding="utf-8")
        code, out, err = run("lint", "valuesets")
        assert (code, out) == (2, [])
        assert err.endswith(
            (
                "pyproject.toml:2: tool.medcode.columns.dx: unknown code set 'icd10cn'; did you mean icd10cm?\n",
                "pyproject.toml:2: columns.dx: unknown code set 'icd10cn'; did you mean icd10cm?\n",
            )
        )

    def test_a_set_on_the_command_line(self, run: Run) -> None:
        Path("a.txt").write_text("I420\n", encoding="utf-8")
        assert run("lint", "a.txt", *DAY) == (0, [], "")
        assert run("lint", "a.txt", *DAY, "--set", "icd10cm")[0] == 1
        assert run("lint", "a.txt", "--set", "snomed")[0] == 2


class TestLock:
    def test_a_locked_result_is_had_again(self, run: Run) -> None:
        first = run("lint", "valuesets", *DAY, "--lock")
        assert first[2] == "medcode: medcode.lock pins icd10cm\n"
        assert "on = 2026-11-01" in Path("medcode.lock").read_text(encoding="utf-8")
        assert run("lint", "valuesets", "--locked") == (first[0], first[1], "")
        assert run("lint", "valuesets", "--locked", "--on", "2025-01-01")[1] == first[1][1:]

    def test_without_a_day_today_is_pinned(self, run: Run) -> None:
        run("lint", "valuesets", "--lock")
        assert "on = 2026-11-23" in Path("medcode.lock").read_text(encoding="utf-8")
        Path("a.txt").write_text("none\n", encoding="utf-8")
        assert run("lint", "a.txt", "--lock")[2] == "medcode: medcode.lock pins no table\n"

    def test_a_lock_file_that_links_elsewhere_is_not_written(self, run: Run) -> None:
        """It may have come with somebody else's repository."""
        elsewhere = Path("..", "elsewhere.txt")
        elsewhere.write_text("mine", encoding="utf-8")
        Path("medcode.lock").symlink_to(elsewhere)
        code, _, err = run("lint", "a.txt", "--lock")
        assert code == 2
        assert "medcode.lock: must be inside the folder" in err
        assert elsewhere.read_text(encoding="utf-8") == "mine"

    def test_other_tables_are_refused(self, run: Run) -> None:
        run("lint", "valuesets", "--lock")
        lock = Path("medcode.lock")
        lock.write_text(
            lock.read_text(encoding="utf-8").replace('sha256 = "', 'sha256 = "0'), encoding="utf-8"
        )
        code, out, err = run("lint", "valuesets", "--locked")
        assert (code, out) == (2, [])
        assert err.startswith("medcode: medcode.lock: icd10cm is icd10cm FY2016")
        assert err.endswith("Run `medcode lint --lock` to pin the current tables\n")
        lock.unlink()
        assert "No such file" in run("lint", "valuesets", "--locked")[2]


class TestBaseline:
    def test_what_is_known_does_not_count_and_what_is_gone_is_said(self, run: Run) -> None:
        write = run("lint", "valuesets", *DAY, "--baseline", "valuesets/known.json", "--write-baseline")
        assert write == (0, [], "medcode: valuesets/known.json: 2 known findings\n")
        again = ("lint", "valuesets", *DAY, "--baseline", "valuesets/known.json")
        assert run(*again) == (0, [], "")
        Path("valuesets/heart.csv").write_text(
            "name,icd10\nnew,M54.5\nx,E11.9\nmoved,I42.0\n", encoding="utf-8"
        )
        code, out, err = run(*again)
        assert code == 1
        assert [line.split(" is")[0] for line in out] == ["valuesets/heart.csv:2:5: LNT01 M54.5"]
        assert err == "medcode: valuesets/known.json: heart.csv: LNT01 H81.41 is gone\n"
        assert run(*again, "--write-baseline")[:2] == (0, [])
        assert run(*again) == (0, [], "")

    def test_its_place_may_be_configured(self, run: Run) -> None:
        assert run("lint", "valuesets", "--write-baseline")[0] == 2
        Path("medcode.toml").write_text("on = 2026-11-01\nbaseline = 'known.json'\n", encoding="utf-8")
        assert run("lint", "valuesets")[0] == 2
        assert run("lint", "valuesets", "--write-baseline")[0] == 0
        assert run("lint", "valuesets") == (0, [], "")

    def test_a_file_that_cannot_be_read_is_not_taken_for_mended(self, run: Run) -> None:
        known = ("--baseline", "known.json")
        run("lint", "valuesets", *DAY, *known, "--write-baseline")
        Path("valuesets/heart.csv").write_bytes(b"\xff")
        assert run("lint", "valuesets", *DAY, *known)[2] == ""
        assert "2 known findings" in run("lint", "valuesets", *DAY, *known, "--write-baseline")[2]


class TestForms:
    def test_json(self, run: Run) -> None:
        _, out, _ = run("lint", "valuesets", *DAY, "--format", "json")
        report = json.loads("\n".join(out))
        assert list(report["tables"]) == ["icd10cm"]
        (file,) = report["files"]
        assert [(each["line"], each["column"], each["code"]) for each in file["findings"]] == [
            (2, 16, "I42.0"), (3, 9, "H81.41"),
        ]  # fmt: skip

    def test_github(self, run: Run) -> None:
        _, out, _ = run("lint", "valuesets", *DAY, "--format", "github")
        assert out[0].startswith(
            "::error file=valuesets/heart.csv,line=2,col=16,title=LNT01 code-ended::I42.0 is"
        )

    def test_github_and_a_file_at_fault(self, run: Run) -> None:
        Path("a.json").write_text("{", encoding="utf-8")
        _, out, _ = run("lint", "a.json", "--format", "github")
        assert out == ["::error file=a.json::line 1: not valid JSON"]

    def test_junit(self, run: Run) -> None:
        Path("good.csv").write_text("icd10\nE11.9\n", encoding="utf-8")
        _, out, _ = run("lint", "valuesets", "good.csv", "nowhere.csv", *DAY, "--format", "junit")
        suites = ET.fromstring("\n".join(out))  # noqa: S314  # our own words
        assert suites.attrib == {"name": "medcode", "tests": "4", "failures": "2", "errors": "1"}
        assert [suite.get("failures") for suite in suites] == ["2", "0", "0"]
        first = suites[0][0]
        assert first.get("name") == "LNT01 code-ended 2:16"
        assert first[0].attrib["type"] == "error"


@pytest.mark.parametrize("word", ["LNT01", "lnt01", "code-ended"])
def test_a_rule_is_explained(run: Run, word: str) -> None:
    assert run("explain", word)[1][0].startswith(
        "LNT01 code-ended: a rule of lint. The code is no longer billable"
    )
    assert json.loads("".join(run("explain", word, "--format", "json")[1]))["severity"] == "error"
