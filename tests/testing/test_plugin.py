"""The pytest plugin, run by an inner pytest and by one in a process of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from medcode.claims.submission import Submission
from medcode.edits import EDITS

pytest_plugins = ["pytester"]

EXAMPLE = Path(__file__).resolve().parents[2] / "examples/office-visit.toml"
OPTIONS = ("-p", "medcode.testing.plugin", "-p", "no:cacheprovider", "--medcode-on", "2026-11-23")


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    assert EDITS  # in this process for good: a pytest within it forgets what it was the first to import
    pytester.makeini("[pytest]")  # or pytest goes up to settings of ours
    text = Submission.load(EXAMPLE).to_x12()
    (pytester.path / "good.837").write_text(text, encoding="utf-8")
    (pytester.path / "bad.837").write_text(text.replace("ABK:E1165", "ABK:E11"), encoding="utf-8")
    (pytester.path / "letter.x12").write_text("Dear Sir", encoding="utf-8")
    (pytester.path / "good.csv").write_text("icd10\nE11.9\n", encoding="utf-8")
    (pytester.path / "bad.csv").write_text("icd10\nI42.0\n", encoding="utf-8")
    (pytester.path / "broken.json").write_text("[", encoding="utf-8")
    return pytester


def test_files_are_tests(project: pytest.Pytester) -> None:
    result = project.runpytest_inprocess(*OPTIONS, "--medcode")
    result.assert_outcomes(passed=2, failed=4)
    result.stdout.fnmatch_lines_random(
        [
            "*medcode scrub: bad.837*",
            "bad.837:*: error ICD01 E11 is a heading*",
            "*medcode, not checked*",
            "bad.837: info NCCI01 Not checked: no table is loaded.*",
            "*medcode lint: bad.csv*",
            "bad.csv:2:1: error LNT01 I42.0 is not billable since 2026-10-01. Replace with *",
            "*medcode lint: broken.json*",
            "not valid JSON",
            "*medcode scrub: letter.x12*",
        ]
    )
    text = result.stdout.str()
    assert "Traceback" not in text
    assert not [word for word in ("DOE", "JANE", "XYZ000123456", "2026-000147") if word in text]


def test_nothing_is_collected_unasked(project: pytest.Pytester) -> None:
    project.runpytest_inprocess(*OPTIONS).assert_outcomes()


def test_files_can_be_chosen_by_the_marker(project: pytest.Pytester) -> None:
    project.makepyfile("def test_nothing(): pass")
    words = (*OPTIONS, "--strict-markers", "--medcode")
    project.runpytest_inprocess(*words, "-m", "medcode", "good.csv", ".").assert_outcomes(
        passed=2, failed=4, deselected=1
    )


def test_the_profile_of_the_command_line_holds(project: pytest.Pytester) -> None:
    words = (*OPTIONS, "--medcode", "good.837", "--medcode-profile")
    project.runpytest_inprocess(*words, "commercial").assert_outcomes(passed=1)
    result = project.runpytest_inprocess(*words, "blue")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    (line,) = filter(None, result.stderr.lines)
    assert line.startswith("ERROR: --medcode-profile: unknown profile 'blue'; expected one of default, ")


def test_a_wrong_day_is_refused(project: pytest.Pytester) -> None:
    result = project.runpytest_inprocess("-p", "medcode.testing.plugin", "--medcode-on", "tomorrow")
    result.stderr.fnmatch_lines_random(["*must be a date such as 2026-01-05*"])


def test_an_error_of_medcode_itself_shows_its_trace(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("inside")

    monkeypatch.setattr("medcode.scrub", fail)
    result = project.runpytest_inprocess(*OPTIONS, "--medcode", "good.837")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines_random(["*RuntimeError: inside"])


def test_the_project_says_how_its_lists_are_read(project: pytest.Pytester) -> None:
    (project.path / "medcode.toml").write_text('[columns]\nreason = "icd10cm"\n', encoding="utf-8")
    (project.path / "own.csv").write_text("reason\nI42.0\n", encoding="utf-8")
    project.runpytest_inprocess(*OPTIONS, "--medcode", "own.csv").assert_outcomes(failed=1)
    words = ("-p", "medcode.testing.plugin", "--medcode", "--medcode-on", "2026-01-01")
    project.runpytest_inprocess(*words, "own.csv").assert_outcomes(passed=1)


def test_what_the_project_excludes_is_no_test(project: pytest.Pytester) -> None:
    (project.path / "medcode.toml").write_text(
        'exclude = ["bad.*", "*.x12", "broken.json"]\n', encoding="utf-8"
    )
    project.runpytest_inprocess(*OPTIONS, "--medcode").assert_outcomes(passed=2)
    project.runpytest_inprocess(*OPTIONS, "--medcode", "bad.csv").assert_outcomes(failed=1)


def test_a_fault_in_the_settings_is_told_and_no_more(project: pytest.Pytester) -> None:
    (project.path / "medcode.toml").write_text("excluded = []\n", encoding="utf-8")
    result = project.runpytest_inprocess(*OPTIONS, "--medcode", ".")
    result.assert_outcomes(errors=7)
    result.stdout.fnmatch_lines_random(["*medcode.toml:1: excluded: unknown field; did you mean exclude[?]"])
    assert "Traceback" not in result.stdout.str()


def test_what_the_baseline_knows_is_no_error(project: pytest.Pytester) -> None:
    (project.path / "medcode.toml").write_text('baseline = "known.json"\n', encoding="utf-8")
    row = '{"file": "lists/a.csv", "rule": "LNT01", "code": "I42.0", "count": 1}'
    (project.path / "known.json").write_text(f'{{"version": 1, "findings": [{row}]}}', encoding="utf-8")
    (project.mkdir("lists") / "a.csv").write_text("icd10\nI42.0\n", encoding="utf-8")
    words = (*OPTIONS, "--medcode", "lists")
    project.runpytest_inprocess(*words).assert_outcomes(passed=1)
    (project.path / "lists/a.csv").write_text("icd10\nI42.0\nI42.0\n", encoding="utf-8")
    result = project.runpytest_inprocess(*words)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines_random(["lists/a.csv:3:1: error LNT01 *"])
    (project.path / "known.json").unlink()
    result = project.runpytest_inprocess(*words)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines_random(["*known.json: No such file or directory*"])


def test_the_fixture_and_the_marker(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        from datetime import date
        import pytest
        from medcode.errors import Rejected

        pytestmark = pytest.mark.medcode(select=["ICD01"], profile="commercial")

        def test_good(medcode_check):
            assert medcode_check("good.837").claims == 1

        def test_bad(medcode_check):
            with pytest.raises(Rejected):
                medcode_check("bad.837")
            medcode_check("bad.837", select=["CLM02"])

        @pytest.mark.medcode(select=["CLM02"])
        def test_the_nearest_marker_holds(medcode_check):
            assert medcode_check("bad.837").ok

        @pytest.mark.medcode(on=date(2026, 1, 1))
        def test_a_list(medcode_check):
            assert medcode_check("bad.csv").ok
            with pytest.raises(Rejected):
                medcode_check("bad.csv", on=date(2026, 11, 1))

        def test_that_fails(medcode_check):
            medcode_check("bad.837")

        def test_a_list_that_fails(medcode_check):
            medcode_check("bad.csv")
        """
    )
    result = project.runpytest_inprocess(*OPTIONS, "--strict-markers", "--showlocals")
    result.assert_outcomes(passed=4, failed=2)
    result.stdout.fnmatch_lines_random(["*ICD01 *E11 is a heading*", "*LNT01 2:1: I42.0 is not billable*"])
    assert "DOE" not in result.stdout.str()


def test_the_page_about_it_is_true(project: pytest.Pytester) -> None:
    page = (EXAMPLE.parents[1] / "docs/howto/pytest.md").read_text(encoding="utf-8")
    project.makepyfile(page.split("```py\n")[1].split("```")[0])
    for folder, old, new in (
        ("examples", "good.837", "visit.837"),
        ("valuesets", "good.csv", "diabetes.csv"),
    ):
        project.mkdir(folder)
        (project.path / old).rename(project.path / folder / new)
    project.runpytest_inprocess(*OPTIONS, "--strict-markers").assert_outcomes(passed=2)
    shown = project.runpytest_inprocess(*OPTIONS, "--medcode", "bad.837").stdout.str()
    (screen,) = re.findall(r"^```text\n_+ (.*) _+\n(.*)\n```$", page, re.MULTILINE)
    assert all(line in shown for line in screen)


def test_it_costs_next_to_nothing_until_it_is_used() -> None:
    script = (
        "import sys, pytest\n"
        "before = set(sys.modules)\n"
        "import medcode.testing.plugin\n"
        "print(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)  # noqa: S603  # our own words
    assert done.stdout.split() == ["medcode", "medcode.testing", "medcode.testing.plugin"]


@pytest.mark.slow
def test_a_pytest_of_its_own_process_runs_it(project: pytest.Pytester) -> None:
    result = project.runpytest_subprocess(*OPTIONS, "--medcode", "good.837", "bad.csv")
    result.assert_outcomes(passed=1, failed=1)
