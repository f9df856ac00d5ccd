"""What is there once medcode is installed, with nothing said to anyone."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

PLUGIN = "medcode.testing.plugin"


@pytest.mark.slow
def test_pytest_finds_the_plugin_by_itself(pytester: pytest.Pytester) -> None:
    if PLUGIN not in entry_points(group="pytest11").names:
        pytest.skip("medcode was installed before it had a plugin")
    pytester.makeini("[pytest]")  # or pytest goes up to settings of ours
    (pytester.path / "fixtures").mkdir()
    (pytester.path / "valuesets").mkdir()
    (pytester.path / "fixtures/letter.837").write_text("Dear Sir", encoding="utf-8")
    (pytester.path / "valuesets/codes.csv").write_text("icd10\nE11.9\nI42.0\n", encoding="utf-8")
    Path("test_own.py").write_text("def test_own(medcode_check): pass\n", encoding="utf-8")
    words = ("--medcode", "--medcode-on=2026-11-01", "fixtures/letter.837", "valuesets/", "test_own.py")
    result = pytester.runpytest_subprocess(*words)
    result.assert_outcomes(passed=1, failed=2)
    result.stdout.fnmatch_lines(
        ["valuesets/codes.csv:3:1: error LNT01 I42.0 is not billable since 2026-10-01.*"]
    )
    pytester.runpytest_subprocess("test_own.py", "valuesets/").assert_outcomes(passed=1)
