"""The pytest plugin, run by an inner pytest."""

from __future__ import annotations

from pathlib import Path

import pytest

from medcode.claims.submission import Submission

pytest_plugins = ["pytester"]

EXAMPLE = Path(__file__).resolve().parents[2] / "examples/office-visit.toml"
OPTIONS = ("-p", "medcode.testing.plugin", "-p", "no:cacheprovider", "--medcode-on", "2026-11-23")


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    text = Submission.load(EXAMPLE).to_x12()
    (pytester.path / "good.837").write_text(text)
    (pytester.path / "bad.837").write_text(text.replace("ABK:E1165", "ABK:E11"))
    (pytester.path / "letter.x12").write_text("Dear Sir")
    (pytester.path / "good.csv").write_text("icd10\nE11.9\n")
    (pytester.path / "bad.csv").write_text("icd10\nI42.0\n")
    return pytester


def test_files_are_tests(project: pytest.Pytester) -> None:
    result = project.runpytest_inprocess(*OPTIONS, "--medcode")
    result.assert_outcomes(passed=2, failed=3)
    result.stdout.fnmatch_lines(
        [
            "ICD01 *E11 is a heading*",
            "*medcode lint: bad.csv*",
            "LNT01 I42.0 is not billable since 2026-10-01.*",
        ]
    )
    assert "Traceback" not in result.stdout.str()


def test_nothing_is_collected_unasked(project: pytest.Pytester) -> None:
    project.runpytest_inprocess(*OPTIONS).assert_outcomes()


def test_the_fixture_checks_claims(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import pytest
        from medcode.errors import Rejected

        def test_good(medcode_check):
            assert medcode_check("good.837").claims == 1

        def test_bad(medcode_check):
            with pytest.raises(Rejected):
                medcode_check("bad.837", select=["ICD01"])
        """
    )
    project.runpytest_inprocess(*OPTIONS).assert_outcomes(passed=2)
