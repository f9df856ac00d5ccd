"""The settings of a project for the commands that check claims, and the baseline of known findings."""

from __future__ import annotations

import io
import json
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from tests.history.visits import visit

from medcode.claims import x12
from medcode.cli import main

if TYPE_CHECKING:
    from pathlib import Path

WRONG = visit("1", "2026-01-05", "M54.5", "M54.5")
TEXT = x12.dumps([WRONG], check=False)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "claims.837").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, str]]:
    code = main(["check", "--format", "json", *words])
    out = capsys.readouterr().out
    files = json.loads(out)["files"] if out else []
    return code, {each["rule"]: each["severity"] for file in files for each in file["findings"]}


def test_settings_choose_weigh_and_ignore(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, rules = found(capsys, "claims.837")
    assert (code, rules["ICD01"], rules["ICD03"]) == (1, "error", "error")
    settings = project / "medcode.toml"
    settings.write_text(
        'ignore = ["ICD03", "heading"]\n[severities]\ncode-not-billable = "warning"\n', encoding="utf-8"
    )
    code, rules = found(capsys, "claims.837")
    assert (rules["ICD01"], "ICD03" in rules) == ("warning", False)
    settings.write_text('select = ["ICD03"]\n', encoding="utf-8")
    assert set(found(capsys, "claims.837")[1]) == {"ICD03"}
    assert set(found(capsys, "claims.837", "--select", "ICD01")[1]) == {"ICD01"}
    settings.unlink()
    (project / "pyproject.toml").write_text(
        '[tool.medcode]\nselect = ["ICD"]\nprofile = "medicare_part_a"\n', encoding="utf-8"
    )
    assert set(found(capsys, "claims.837")[1]) == {"ICD01", "ICD03"}
    other = project / "other.toml"
    other.write_text('select = ["ICD03"]\n', encoding="utf-8")
    assert set(found(capsys, "claims.837", "--config", "other.toml")[1]) == {"ICD03"}


def test_tables_of_the_settings_are_used(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "own.toml").write_text(
        '[[policies]]\nname = "L1"\ncodes = ["99213"]\ndiagnoses = ["E08"]\n', encoding="utf-8"
    )
    (project / "medcode.toml").write_text('tables = ["own.toml"]\nselect = ["POL"]\n', encoding="utf-8")
    assert "POL01" in found(capsys, "claims.837")[1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('ignore = ["ICD99x"]', "medcode.toml:1: ignore: unknown rule 'ICD99x'"),
        ('profile = "medicar"', "medcode.toml:1: profile: unknown profile 'medicar'"),
        (
            '[severities]\nICD01 = "grave"',
            "medcode.toml:2: severities.ICD01: must be error or warning or info",
        ),
        ('[severities]\nICD1 = "error"', "medcode.toml:1: severities: unknown rule 'ICD1'"),
        ('tables = ["../own.toml"]', "medcode.toml:1: tables: must be inside the folder"),
    ],
)
def test_a_wrong_setting_is_named(
    project: Path, capsys: pytest.CaptureFixture[str], text: str, message: str
) -> None:
    (project / "medcode.toml").write_text(text, encoding="utf-8")
    for words in (["check", "claims.837"], ["lint", "claims.837"], ["fix", "claims.837"]):
        assert main(words) == 2
        assert message in capsys.readouterr().err


def test_style_is_off_unless_it_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "claims.837").write_text(TEXT.replace("*90*", "*90.00*"), encoding="utf-8")
    assert "X082" not in found(capsys, "claims.837")[1]
    assert found(capsys, "claims.837", "--select", "number-form") == (0, {"X082": "info"})
    (project / "medcode.toml").write_text('[severities]\nX082 = "warning"\n', encoding="utf-8")
    assert found(capsys, "claims.837")[1]["X082"] == "warning"
    (project / "medcode.toml").write_text('select = ["X082"]\n', encoding="utf-8")
    assert found(capsys, "claims.837")[1] == {"X082": "info"}


def test_a_baseline_keeps_what_is_known(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("claims.837", "--select", "ICD", "--baseline", "known.json")
    assert main(["check", *words]) == 2
    assert "create it with --write-baseline" in capsys.readouterr().err
    assert found(capsys, *words, "--write-baseline") == (0, {})
    assert found(capsys, *words) == (0, {})
    (project / "claims.837").write_text(TEXT.replace("ABF:M545", "ABF:I10X"), encoding="utf-8")
    code, rules = found(capsys, *words)
    assert (code, set(rules)) == (1, {"ICD01"})
    main(["check", *words])
    assert "medcode: known.json: claims.837: ICD03 M545 is gone" in capsys.readouterr().err
    assert main(["check", "claims.837", "--write-baseline"]) == 2
    assert "--write-baseline needs a file" in capsys.readouterr().err
    (project / "medcode.toml").write_text('baseline = "known.json"\nselect = ["ICD03"]\n', encoding="utf-8")
    (project / "claims.837").write_text(TEXT, encoding="utf-8")
    assert found(capsys, "claims.837") == (0, {})


def test_what_was_not_checked_is_shown_once_a_run(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "more.837").write_text(TEXT, encoding="utf-8")
    main(["check", "claims.837", "more.837", "--select", "ICD,CLM41"])
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if "not checked: " in line] == [
        "  not checked: CLM41 procedure-not-in-force (2 times): no table of CPT is"
    ]
    assert (
        lines[-3:-1]
        == ["  not checked: CLM41 procedure-not-in-force (2 times): no table of CPT is", lines[-2]]
        or lines[-1]
    )


def test_build_goes_by_the_settings(project: Path, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    visit_text = (
        (root / "examples/office-visit.toml").read_text(encoding="utf-8").replace('"E11.65"', '"E11"')
    )
    (project / "visit.toml").write_text(visit_text, encoding="utf-8")
    assert main(["build", "visit.toml"]) == 1
    (project / "medcode.toml").write_text('[severities]\nICD01 = "warning"\n', encoding="utf-8")
    assert main(["build", "visit.toml"]) == 0
    assert "warning ICD01" in capsys.readouterr().err


def test_fix_reads_standard_input(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def given() -> Any:
        return SimpleNamespace(buffer=io.BytesIO(TEXT.encode()))

    monkeypatch.setattr("sys.stdin", given())
    assert main(["fix", "-", "-o", "fixed.837"]) == 1
    fixed = (project / "fixed.837").read_text(encoding="utf-8")
    capsys.readouterr()
    for options in (["--write"], ["-o", "-"]):
        monkeypatch.setattr("sys.stdin", given())
        assert main(["fix", "-", *options]) == 1
        out, err = capsys.readouterr()
        assert out == fixed, "the file and nothing else"
        assert " left.\n" in err


def test_every_command_that_judges_claims_goes_by_the_settings(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "visit.json").write_text(json.dumps({"claims": [WRONG.to_dict()]}), encoding="utf-8")
    settings = project / "medcode.toml"
    commands = {
        "check": (["check", "claims.837"], None),
        "fix": (["fix", "claims.837"], None),
        "build": (["build", "visit.json", "-o", "out.837"], None),
        "view": (["view", "claims.837", "-o", "page.html"], "page.html"),
        "form": (["form", "claims.837", "-o", "form.html"], "form.html"),
    }
    for name, (words, made) in commands.items():

        def shown(text: str, words: list[str] = words, made: str | None = made) -> str:
            settings.write_text(text, encoding="utf-8")
            assert main(words) in {0, 1}
            output = capsys.readouterr()
            return (project / made).read_text(encoding="utf-8") if made else output.out + output.err

        both = shown('profile = "default"')
        assert "ICD01" in both, name
        assert ("ICD03" in both) is (name != "fix"), "it is fixed"
        assert "ICD03" not in shown('ignore = ["ICD03"]'), name
        assert "ICD01" not in shown('select = ["ICD03"]'), name
        assert "ICD01" not in shown("on = 2021-01-05\nselect = ['ICD03']"), name
        assert "POL01" not in both, name
        (project / "own.toml").write_text(
            '[[policies]]\nname = "L1"\ncodes = ["99213"]\ndiagnoses = ["E08"]\n', encoding="utf-8"
        )
        assert "POL01" in shown('tables = ["own.toml"]'), name
    settings.write_text(
        'select = ["ICD"]\n[severities]\nICD01 = "warning"\nICD03 = "info"\n', encoding="utf-8"
    )
    for name in ("check", "fix", "build"):
        assert main(commands[name][0]) == 0, name


def test_lookup_and_search_ask_on_the_day_of_the_settings(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "medcode.toml").write_text("on = 2021-01-05\n", encoding="utf-8")
    assert main(["lookup", "M54.5"]) == 0
    assert "billable on 2021-01-05" in capsys.readouterr().out
    assert main(["lookup", "M54.5", "--on", "2026-01-05"]) == 0
    assert "not billable on 2026-01-05" in capsys.readouterr().out
    main(["search", "low", "back", "pain"])
    assert capsys.readouterr().out.startswith("M54.5 ")


def test_lint_selects_and_weighs_its_rules(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "codes.csv").write_text("icd10\nM54.5\nE11\nzz99\n", encoding="utf-8")
    settings = project / "medcode.toml"

    def rules(*words: str) -> tuple[int, set[str]]:
        code = main(["lint", "codes.csv", "--on", "2026-01-05", "--format", "json", *words])
        (file,) = json.loads(capsys.readouterr().out)["files"]
        return code, {each["rule"] for each in file["findings"]}

    assert rules() == (1, {"LNT01", "LNT02", "LNT03"})
    assert rules("--select", "heading") == (0, {"LNT02"})
    settings.write_text('select = ["LNT01", "ICD01"]\n[severities]\ncode-ended = "info"\n', encoding="utf-8")
    assert rules() == (0, {"LNT01"})
    settings.write_text('ignore = ["LNT02"]\n[files]\n"*.csv" = { ignore = ["LNT03"] }\n', encoding="utf-8")
    assert rules() == (1, {"LNT01"})


def test_patterns_stand_for_files(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "below").mkdir()
    (project / "below" / "more.837").write_text(TEXT, encoding="utf-8")
    (project / "odd[1].837").write_text(TEXT, encoding="utf-8")
    words = ["check", "--format", "json", "--select", "ICD03"]
    main([*words, "**/*.837", "odd[1].837"])
    files = [each["file"] for each in json.loads(capsys.readouterr().out)["files"]]
    assert files == ["below/more.837", "claims.837", "odd[1].837"]
    main([*words, "claims.837", "--history", "below/*"])
    assert json.loads(capsys.readouterr().out)["files"][0]["findings"]
    for command in (["check"], ["lint"], ["ledger"], ["check", "claims.837", "--tables"]):
        assert main([*command, "nothing*.toml"]) == 2
        shown = capsys.readouterr()
        assert "nothing*.toml: No such file" in shown.out + shown.err


def test_rules_are_explained_once_at_the_end(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["claims.837", "--select", "ICD01,ICD03", "--explain"]
    main(["check", *words])
    text = capsys.readouterr().out
    assert text.count("\nICD01 code-not-billable: ") == text.count("\nICD03 ") == 1
    assert text.count("\n  Why: ") == text.count("\n  Source: ") == 2
    main(["check", *words, "--statistics"])
    assert capsys.readouterr().out.endswith(text.partition("\n\n")[2])
    main(["check", *words, "--format", "github"])
    assert "Why: " not in capsys.readouterr().out
    (project / "visit.json").write_text(json.dumps({"claims": [WRONG.to_dict()]}), encoding="utf-8")
    main(["build", "visit.json", "--explain"])
    assert "\nICD01 code-not-billable: " in capsys.readouterr().err


def test_a_visit_on_standard_input_is_drawn(
    project: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = (
        (root / "examples" / "office-visit.toml").read_bytes(),
        json.dumps({"claims": [WRONG.to_dict()]}).encode(),
        TEXT.encode(),
    )
    for data in given:
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))
        assert main(["form", "-", "-o", "form.svg"]) == 0
        assert (project / "form.svg").read_text(encoding="utf-8").startswith("<svg")
        (project / "form.svg").unlink()
