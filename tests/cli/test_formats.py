"""Reports in the forms that people and programs read."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import attrs
import pytest

from medcode import scrub
from medcode.claims.submission import Submission
from medcode.cli import main
from medcode.cli.checked import Checked
from medcode.cli.checking import _is_x12
from medcode.cli.completing import described
from medcode.cli.formats import FORMATS, shown
from medcode.edits import explain
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
        "    at claim 1, line 1",
        "    Wrong: 100%, really.",
        "    fix: Do this.",
        "  line 4: info I1 noted",
        "    Only noted.",
        "  not checked: N1 unseen (2 times): no table is loaded.",
    ]


def test_annotations_are_escaped() -> None:
    assert shown([FOUND, FAILED], "github").splitlines() == [
        "::error file=dir a/b%2Cc.837,line=3,col=7,title=E1 first::Claim 1, line 1: Wrong:%0A100%25, really. Fix: Do this.",
        "::notice file=dir a/b%2Cc.837,line=4,title=I1 noted::Only noted.",
        "::error file=gone.837::No such file",
        "::notice title=medcode did not check everything::N1 (2 times)",
    ]
    assert shown([FAILED], "github") == "::error file=gone.837::No such file"


def test_sarif_names_rules_results_and_files_that_failed() -> None:
    log = json.loads(shown([FOUND, FAILED], "sarif"))
    (about,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert [rule["id"] for rule in about["tool"]["driver"]["rules"]] == ["E1", "I1", "N1"]
    assert [(each["ruleIndex"], each["kind"], each["level"]) for each in about["results"]] == [
        (0, "fail", "error"), (1, "fail", "note"),
    ]  # fmt: skip
    place = about["results"][0]["locations"][0]
    assert place["physicalLocation"]["region"] == {"startLine": 3, "startColumn": 7}
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "dir%20a/b%2Cc.837"
    assert place["logicalLocations"][0]["fullyQualifiedName"] == "lines[0]"
    assert about["invocations"][0]["executionSuccessful"] is False
    failed, skipped = about["invocations"][0]["toolExecutionNotifications"]
    assert (failed["level"], failed["message"]["text"]) == ("error", "gone.837: No such file")
    assert (skipped["level"], skipped["associatedRule"]) == ("note", {"id": "N1", "index": 2})
    assert skipped["message"]["text"] == "N1 unseen (2 times): Not checked: no table is loaded."


def test_sarif_of_a_real_file_cites_the_source(root: Path) -> None:
    claim = Submission.load(root / "examples/office-visit.toml").claims[0]
    report = scrub(claim.evolve(stated_total=1))
    (about,) = json.loads(shown([Checked("bad.837", report)], "sarif"))["runs"]
    for rule in about["tool"]["driver"]["rules"]:
        assert rule["shortDescription"]["text"].endswith(".")
        assert "Fix: " in rule["help"]["text"]
        assert rule["helpUri"].startswith("https://medcode.readthedocs.io/en/stable/generated/edits/")
    total = next(each for each in about["tool"]["driver"]["rules"] if each["id"] == "CLM02")
    assert total["properties"]["source"] == explain("CLM02").source
    assert str(total["help"]["markdown"]).startswith(
        "The total of the claim is not the sum of its lines.\n\n"
    )


def test_fingerprints_stay_while_a_file_grows() -> None:
    def marks(*findings: Finding) -> list[str]:
        (about,) = json.loads(shown([Checked("a.837", Report(findings))], "sarif"))["runs"]
        return [each["partialFingerprints"]["medcode/v1"] for each in about["results"]]

    lower = attrs.evolve(
        FOUND.report.findings[0], location=attrs.evolve(FOUND.report.findings[0].location, line=99)
    )
    assert marks(*FOUND.report.findings[:1]) == marks(lower)
    assert len(set(marks(*FOUND.report.findings))) == len(FOUND.report.findings)


def test_rules_of_structure_and_of_lint_have_their_pages() -> None:
    findings = (
        Finding("X057", "set-segment-count", "Wrong."),
        Finding("LNT01", "x", "Wrong."),
        Finding("MINE1", "own", "Wrong."),
    )
    (about,) = json.loads(shown([Checked("a.837", Report(findings))], "sarif"))["runs"]
    pages = [rule.get("helpUri", "").rpartition("/stable/")[2] for rule in about["tool"]["driver"]["rules"]]
    assert pages == ["generated/structure.html", "howto/code-lists.html", ""]


def test_junit_has_a_suite_for_each_file() -> None:
    empty = Checked("good.837", Report())
    bad = Checked("bad\x00.csv", Report((Finding("E2", "plain", "Is \x1b<&>."),)))
    suites = ET.fromstring(shown([FOUND, FAILED, empty, bad], "junit"))  # noqa: S314  # our own words
    assert suites.attrib == {"name": "medcode", "tests": "7", "failures": "2", "errors": "1"}
    first = suites[0]
    assert first.attrib == {
        "name": "dir a/b,c.837", "file": "dir a/b,c.837", "tests": "4", "failures": "1", "errors": "0", "skipped": "2",
    }  # fmt: skip
    assert [case.get("name") for case in first] == [
        "E1 first 3:7", "I1 noted 4", "N1 unseen", "N1 unseen (2)",
    ]  # fmt: skip
    assert [case[0].tag for case in first] == ["failure", "system-out", "skipped", "skipped"]
    assert first[0][0].get("message") == "Claim 1, line 1: Wrong:\n100%, really. Fix: Do this."
    assert (first[0][0].text or "").splitlines()[:2] == ["Wrong:", "100%, really."]
    assert (first[0][0].text or "").splitlines()[-1] == "Fix: Do this."
    assert (suites[1][0][0].tag, suites[1][0][0].get("message")) == ("error", "No such file")
    assert suites[1][0][0].text == "No such file"
    assert (suites[2][0].get("name"), len(suites[2][0])) == ("ok", 0)
    assert suites[3][0][0].get("message") == "Is \\x1b<&>."


JUNIT = {
    "testsuites": ({"name", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": ({"name", "file", "tests", "failures", "errors", "skipped"}, {"testcase"}),
    "testcase": ({"name", "classname"}, {"failure", "error", "skipped", "system-out"}),
    "failure": ({"type", "message"}, set()),
    "error": ({"message"}, set()),
    "skipped": ({"message"}, set()),
    "system-out": (set(), set()),
}
"""What Jenkins' xUnit plugin allows, which refuses a report with anything else, and GitLab reads: attributes and children."""


def test_junit_has_nothing_that_a_server_refuses() -> None:
    checked = [FOUND, FAILED, Checked("good.837", Report()), attrs.evolve(FOUND, strict=True)]
    for element in ET.fromstring(shown(checked, "junit")).iter():  # noqa: S314  # our own words
        attributes, children = JUNIT[element.tag]
        assert set(element.attrib) <= attributes, element.tag
        assert {each.tag for each in element} <= children, element.tag
        if element.tag == "testcase":
            assert len(element) <= 1
            assert element.get("classname"), "GitLab tells cases apart by it and the name"
        if element.tag in {"failure", "error", "skipped"}:
            assert element.text, "GitLab shows the text, not the message"
        if element.tag == "testsuite":
            names = [case.get("name") for case in element]
            assert len(names) == len(set(names)) == int(element.get("tests", ""))


FINDINGS_COMMANDS = {"build", "check", "lint"}
ROWS = {"ledger"}  # it shows rows, of which CSV is a form, and no findings


def test_every_command_takes_its_formats_from_the_one_table() -> None:
    for each in described():
        for option in each.options:
            if "--format" in option.names and each.words[1] not in ROWS:
                findings = each.words[1] in FINDINGS_COMMANDS
                assert option.values == tuple(
                    n for n, f in FORMATS.items() if findings or not f.findings_only
                )


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_shows_what_build_found(
    form: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", str(root / "examples/office-visit.toml"), "--format", form, "-o", os.devnull]) == 0
    assert "office-visit.toml" in capsys.readouterr().err or form in {"sarif", "github", "statistics"}


MANY = Report(
    tuple(
        Finding("E1", "first", "Wrong.", claim=number, location=Location(line=number + 1))
        for number in range(9)
    )
)


def test_a_rule_found_often_is_shown_once_with_its_number() -> None:
    lines = shown([Checked("a.837", MANY, fold=True)], "text").splitlines()
    assert lines[1:] == [
        "  line 1: error E1 first",
        "    at claim 1",
        "    Wrong.",
        "    x 9 in this file, 9 claims: 1, 2, 3, 4, 5, ...; --full shows each",
    ]
    assert shown([Checked("a.837", MANY)], "text").count("error E1") == 9
    unclaimed = Report(tuple(attrs.evolve(each, claim=None) for each in MANY.findings))
    assert "x 9 in this file, the first of them here" in shown(
        [Checked("a.837", unclaimed, fold=True)], "text"
    )
    few = Report(MANY.findings[:3])
    assert shown([Checked("a.837", few, fold=True)], "text").count("error E1") == 3


def test_many_files_fit_one_screen() -> None:
    rules = [
        Finding(f"W{number}", "rule", "Odd. " * 40, Severity.WARNING, location=Location(line=3))
        for number in range(30)
    ]
    files = [
        Checked(f"claims-{number}.837", Report((*rules, *MANY.findings), claims=2)) for number in range(50)
    ]
    gone = [Checked(f"gone-{number}.837", Report(), "No such file") for number in range(4)]
    lines = shown([*files, *gone], "statistics").splitlines()
    assert len(lines) == 23, "a screen has 24 lines"
    assert max(map(len, lines)) <= 80
    assert lines[:5] == [
        "54 files, 100 claims, 50 files with errors",
        "  gone-0.837: No such file",
        "  gone-1.837: No such file",
        "  2 files more that cannot be read",
        "  error E1 first, 450 times in 50 files",
    ]
    assert lines[-2:] == ["  and 25 more rules", "--full shows every finding."]
    assert shown([Checked("a.csv", Report(), unit="")], "statistics") == "1 file, 0 files with errors"
    lists = Checked("a.csv", Report(MANY.findings), unit="")
    assert shown([lists], "statistics").endswith("\n--format text shows every finding.")


def test_statistics_name_the_rules_that_could_not_be_applied() -> None:
    assert shown([FOUND], "statistics").splitlines()[-2:] == [
        "  not checked everywhere: N1",
        "--full shows every finding.",
    ]
    notes = tuple(attrs.evolve(FOUND.report.not_checked[0], rule=f"NOTE{n}") for n in range(60))
    lines = shown([attrs.evolve(FOUND, report=Report(not_checked=notes))], "statistics").splitlines()
    assert len(lines) == 3
    assert lines[-1].endswith(" ...")


def test_a_folder_is_checked_file_by_file(
    tmp_path: Path, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = Submission.load(root / "examples/office-visit.toml").to_x12()
    (tmp_path / "notes.txt").write_text("not X12", encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 2
    assert "no X12 file in this folder" in capsys.readouterr().err
    for number in range(6):
        (tmp_path / f"{number}.837").write_text(text, encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 0
    assert capsys.readouterr().out.startswith("6 files, 6 claims, 0 files with errors")
    assert main(["check", "--full", str(tmp_path)]) == 0
    assert " ".join(capsys.readouterr().out.split()).count("1 claim, no findings") == 6
    (tmp_path / "5.837").unlink()
    (tmp_path / "5.837").symlink_to(tmp_path / "nowhere")
    assert main(["check", str(tmp_path)]) == 0


def test_a_file_of_a_folder_that_cannot_be_opened_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.837"
    path.write_text("ISA", encoding="utf-8")
    monkeypatch.setattr(type(path), "open", refuse)
    assert _is_x12(path)


def refuse(*_: object, **__: object) -> None:
    raise PermissionError


NAMES = ["a\x1b[2J.837", "a\nb.837", "a\udcff.837", "a\u202eb.837", "\x07.837"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", FORMATS)
def test_a_name_moves_no_cursor_and_is_text_in_every_format(form: str, name: str) -> None:
    finding = Finding("E1", "first", "Title \x1b]0;gone\x07 of it.\nMore.", fix=Fix("Do \x9b this."))
    said = shown([Checked(name, Report((finding,))), Checked(name, Report(), f"{name}: gone")], form)
    assert said.encode()
    assert all(each.isprintable() or each == "\n" for each in said), ascii(said)
    if form in {"json", "sarif"}:
        assert json.dumps(json.loads(said), ensure_ascii=False).encode()


def test_a_warning_fails_a_case_only_where_it_fails_the_command() -> None:
    warned = Checked("a.837", Report((Finding("E1", "first", "So so.", severity=Severity.WARNING),)))
    for each, failures in ((warned, 0), (attrs.evolve(warned, strict=True), 1)):
        suites = ET.fromstring(shown([each], "junit"))  # noqa: S314  # our own words
        assert suites.get("failures") == suites[0].get("failures") == str(failures)
        assert len(suites.findall(".//failure")) == failures
