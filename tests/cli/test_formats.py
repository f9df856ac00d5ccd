"""Reports in the forms that people and programs read."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from medcode import scrub
from medcode.claims.submission import Submission
from medcode.cli import main
from medcode.cli.checked import Checked
from medcode.cli.completing import described
from medcode.cli.formats import FORMATS, shown
from medcode.findings import Finding, Fix, Location, Outcome, Report, Severity

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


FOUND = Checked(
    "dir a/b,c.837",
    Report(
        findings=(
            Finding(
                "E1", "first", "Wrong:\n100%, really.", location=Location(path="lines[0]", line=3, column=7),
                fix=Fix("Do this."), claim=0,
            ),
            Finding("I1", "noted", "Only noted.", Severity.INFO, location=Location(line=4)),
        ),
        not_checked=(
            Finding("N1", "unseen", "Not checked: no table is loaded.", Severity.INFO, Outcome.NOT_CHECKED, claim=0),
            Finding("N1", "unseen", "Not checked: no table is loaded.", Severity.INFO, Outcome.NOT_CHECKED, claim=1),
        ),
        claims=1_200,
    ),
)  # fmt: skip
FAILED = Checked("gone.837", Report(), "No such file")


def test_text_says_everything_once() -> None:
    assert shown([FOUND], "text").splitlines() == [
        "dir a/b,c.837: 1,200 claims, 1 error, 1 info, 2 not checked",
        "  3:7: error E1 first",
        "    at claim 1, lines[0]",
        "    Wrong: 100%, really.",
        "    fix: Do this.",
        "  line 4: info I1 noted",
        "    Only noted.",
        "  not checked: N1 unseen (2 times): no table is loaded.",
    ]


def test_annotations_are_escaped() -> None:
    assert shown([FOUND, FAILED], "github").splitlines() == [
        "::error file=dir a/b%2Cc.837,line=3,col=7,title=E1 first::Wrong:%0A100%25, really. Fix: Do this.",
        "::notice file=dir a/b%2Cc.837,line=4,title=I1 noted::Only noted.",
        "::error file=gone.837::No such file",
    ]


def test_sarif_names_rules_results_and_files_that_failed() -> None:
    log = json.loads(shown([FOUND, FAILED], "sarif"))
    (about,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert [rule["id"] for rule in about["tool"]["driver"]["rules"]] == ["E1", "I1", "N1"]
    assert [(each["ruleIndex"], each["kind"], each["level"]) for each in about["results"]] == [
        (0, "fail", "error"), (1, "fail", "note"), (2, "open", "none"), (2, "open", "none"),
    ]  # fmt: skip
    place = about["results"][0]["locations"][0]
    assert place["physicalLocation"]["region"] == {"startLine": 3, "startColumn": 7}
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "dir%20a/b%2Cc.837"
    assert place["logicalLocations"][0]["fullyQualifiedName"] == "lines[0]"
    assert about["invocations"][0]["executionSuccessful"] is False
    assert (
        about["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
        == "gone.837: No such file"
    )


def test_sarif_of_a_real_file_cites_the_source(root: Path) -> None:
    claim = Submission.load(root / "examples/office-visit.toml").claims[0]
    report = scrub(claim.evolve(stated_total=1))
    (about,) = json.loads(shown([Checked("bad.837", report)], "sarif"))["runs"]
    assert all(rule["fullDescription"]["text"] for rule in about["tool"]["driver"]["rules"])


def test_junit_has_a_suite_for_each_file() -> None:
    empty = Checked("good.837", Report())
    bad = Checked("bad\x00.csv", Report((Finding("E2", "plain", "Is \x1b<&>."),)))
    suites = ET.fromstring(shown([FOUND, FAILED, empty, bad], "junit"))  # noqa: S314  # our own words
    assert suites.attrib == {"name": "medcode", "tests": "7", "failures": "3", "errors": "1"}
    first = suites[0]
    assert first.attrib == {
        "name": "dir a/b,c.837", "tests": "4", "failures": "2", "errors": "0", "skipped": "2",
    }  # fmt: skip
    assert [case.get("name") for case in first] == [
        "E1 first 3:7", "I1 noted 4", "N1 unseen", "N1 unseen",
    ]  # fmt: skip
    assert [case[0].tag for case in first] == ["failure", "failure", "skipped", "skipped"]
    assert first[0][0].get("message") == "Wrong:\n100%, really. Fix: Do this."
    assert (suites[1][0][0].tag, suites[1][0][0].get("message")) == ("error", "No such file")
    assert (suites[2][0].get("name"), len(suites[2][0])) == ("ok", 0)
    assert suites[3][0][0].get("message") == "Is \ufffd<&>."


FINDINGS_COMMANDS = {"build", "check", "lint"}


def test_every_command_takes_its_formats_from_the_one_table() -> None:
    for each in described():
        for option in each.options:
            if "--format" in option.names:
                findings = each.words[1] in FINDINGS_COMMANDS
                assert option.values == tuple(
                    n for n, f in FORMATS.items() if findings or not f.findings_only
                )


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_shows_what_build_found(
    form: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", str(root / "examples/office-visit.toml"), "--format", form, "-o", os.devnull]) == 0
    assert "office-visit.toml" in capsys.readouterr().err or form in {"sarif", "github"}
