"""A baseline knows findings by file, rule and code, wherever their lines went."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from medcode.lint import Choice, lint_text
from medcode.lint.baseline import Baseline, BaselineError

if TYPE_CHECKING:
    from medcode.findings import Finding


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(*codes: str) -> list[Finding]:
    text = "\n".join(("icd10", *codes))
    return list(lint_text(text, "a.csv", Choice(on=date(2026, 11, 1))))


def known(*codes: str) -> Baseline:
    Path("a.csv").touch()
    baseline = Baseline(Path("known.json")).renewed({"a.csv": found(*codes)})
    baseline.path.write_text(str(baseline), encoding="utf-8")
    return Baseline.load(baseline.path)


def test_moved_lines_stay_known() -> None:
    baseline = known("I42.0", "M54.5", "I42.0")
    assert len(baseline) == 3
    assert list(baseline.new("a.csv", found("E11.9", "M54.5", "I10", "I42.0", "I42.0"))) == []
    assert list(baseline.gone(["a.csv"])) == []


def test_one_occurrence_more_is_new_and_the_last_of_them() -> None:
    (new,) = known("I42.0").new("a.csv", found("I42.0", "I42.0"))
    assert new.location.line == 3


def test_its_own_codes_are_none_of_a_list() -> None:
    baseline = known("I42.0", "H81.41")
    assert list(lint_text(str(baseline), "known.json", Choice(on=date(2026, 11, 1)))) == []


def test_another_file_is_not_known() -> None:
    assert len(list(known("I42.0").new("b.csv", found("I42.0")))) == 1


def test_what_is_gone_is_said() -> None:
    baseline = known("I42.0", "I42.0", "M54.5")
    list(baseline.new("a.csv", found()))
    assert list(baseline.gone(["a.csv"])) == [
        "a.csv: LNT01 I42.0 is gone (2 times)",
        "a.csv: LNT01 M54.5 is gone",
    ]


def test_files_that_were_not_gone_through_are_kept_and_those_that_are_no_more_are_gone() -> None:
    baseline = known("I42.0")
    assert list(baseline.gone(["b.csv"])) == []
    assert len(baseline.renewed({"b.csv": found("M54.5")})) == 2
    Path("a.csv").unlink()
    assert list(baseline.gone(["b.csv"])) == ["a.csv: LNT01 I42.0 is gone"]
    assert len(baseline.renewed({"b.csv": found("M54.5")})) == 1


def test_paths_are_those_of_its_folder(folder: Path) -> None:
    (folder / "sub").mkdir()
    baseline = Baseline(Path("sub/known.json")).renewed({str(folder / "a.csv"): found("I42.0")})
    assert '"file": "../a.csv"' in str(baseline)
    assert list(baseline.new("a.csv", found("I42.0"))) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "No such file or directory; create it with --write-baseline"),
        ("{", "not a baseline of this version of medcode"),
        ("[]", "not a baseline of this version of medcode"),
        ('{"version": 9, "findings": []}', "not a baseline of this version of medcode"),
        ('{"version": 1, "findings": [{}]}', "not a baseline of this version of medcode"),
    ],
)
def test_what_is_no_baseline_says_so(text: str | None, message: str) -> None:
    path = Path("known.json")
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(BaselineError) as caught:
        Baseline.load(path)
    assert str(caught.value) == f"known.json: {message}"
