"""The commands as a person meets them: their screens, their exit codes, their refusals."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from medcode.claims.submission import Submission
from medcode.cli import main
from medcode.findings import Finding, Report, Severity

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
VISIT = ROOT / "examples/office-visit.toml"


@pytest.fixture(autouse=True)
def screen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("MEDCODE_DEBUG", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def run_(*words: object) -> tuple[int, str, str]:
        code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    return run_


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.toml"
    text = VISIT.read_text(encoding="utf-8").replace('["E11.65", "I10"]', '["E11", "I10"]', 1)
    path.write_text(
        text.replace('["E11.65"', '["E11"').replace('npi = "14678', 'npi = "14679'), encoding="utf-8"
    )
    return path


@pytest.fixture
def wrong(bad: Path) -> Path:
    path = bad.with_suffix(".837")
    path.write_text(Submission.load(bad).to_x12(check=False), encoding="utf-8")
    return path


class TestBuild:
    def test_a_clean_visit_is_written_and_its_findings_shown(self, run: Any) -> None:
        code, out, err = run("build", VISIT)
        assert code == 0
        assert out.startswith("ISA*00*")
        assert out.endswith("~\n")
        assert "office-visit.toml: 1 claim, no findings" in " ".join(err.split())

    def test_a_wrong_visit_is_not_written_and_every_finding_is_shown(self, run: Any, bad: Path) -> None:
        code, out, err = run("build", bad.name, "-o", "bad.837")
        assert (code, out) == (1, "")
        assert not Path("bad.837").exists()
        assert [line.strip() for line in err.splitlines() if "error " in line] == [
            "line 5: error ICD01 code-not-billable",
            "line 9: error CLM03 npi-check-digit",
        ]
        assert err.endswith("medcode: nothing was written\n")

    @pytest.mark.parametrize("form", ["json", "sarif"])
    def test_a_document_of_findings_has_nothing_after_it(self, run: Any, bad: Path, form: str) -> None:
        code, out, err = run("build", bad.name, "--format", form)
        assert (code, out) == (1, "")
        assert json.loads(err)

    def test_force_writes_it_all_the_same(self, run: Any, bad: Path) -> None:
        code, out, _ = run("build", bad, "--force")
        assert code == 1
        assert "HI*ABK:E11*" in out

    def test_a_file_is_written_whole(self, run: Any, tmp_path: Path) -> None:
        assert run("build", VISIT, "-o", "visit.837")[:2] == (0, "")
        assert (tmp_path / "visit.837").read_text(encoding="utf-8").endswith("~\n")
        assert os.listdir(tmp_path) == ["visit.837"]  # noqa: PTH208  # names are all it is asked for
        code, _, err = run("build", VISIT, "-o", "no/visit.837")
        assert code == 2
        assert "No such file or directory" in err

    def test_findings_of_several_claims_and_of_json_find_their_place(self, run: Any, bad: Path) -> None:
        several = re.sub(
            r"^(\[+)(?!envelope)", r"\1claims.", bad.read_text(encoding="utf-8"), flags=re.MULTILINE
        )
        Path("two.toml").write_text("[[claims]]\n" + several, encoding="utf-8")
        assert "line 6: error ICD01" in run("build", "two.toml")[2]
        Path("bad.json").write_text(Submission.load(bad).to_json(), encoding="utf-8")
        assert "  error ICD01" in run("build", "bad.json")[2]

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("nip = 1\n[payer]\nx = 1", "visit.toml: line 1: nip: unknown field of ProfessionalClaim"),
            ("a =", "visit.toml: not valid TOML: invalid value (at end of document)"),
            ("\udcff", "visit.toml: not UTF-8 text"),
            (None, "visit.toml: No such file or directory"),
        ],
    )
    def test_what_is_no_visit_says_so(self, run: Any, text: str | None, message: str) -> None:
        if text is not None:
            Path("visit.toml").write_bytes(text.encode(errors="surrogateescape"))
        code, out, err = run("build", "visit.toml")
        assert (code, out) == (2, "")
        assert message in err

    def test_a_file_called_json_is_json(self, run: Any) -> None:
        Path("visit.json").write_text("[\n", encoding="utf-8")
        assert "visit.json: line 2: not valid JSON: " in run("build", "visit.json")[2]

    def test_the_standard_input_is_toml_or_json(self, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        text = VISIT.read_text(encoding="utf-8")
        for visit in (text, Submission.from_toml(text).to_json()):
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(visit.encode())))
            code, out, err = run("build", "-")
            assert code == 0
            assert out.startswith("ISA*00*")
            assert err.startswith("-: 1 claim, no findings")

    def test_data_with_a_delimiter_is_never_written(self, run: Any) -> None:
        Path("visit.toml").write_text(
            VISIT.read_text(encoding="utf-8").replace('"DOE"', '"DO*E"'), encoding="utf-8"
        )
        code, out, err = run("build", "visit.toml")
        assert (code, out) == (1, "")
        assert "delimiter-in-data" in err
        assert "DO*E" not in err
        assert run("build", "visit.toml", "--force")[:2] == (2, "")


class TestCheck:
    def test_findings_have_their_place(self, run: Any, wrong: Path) -> None:
        code, out, _ = run("check", wrong.name)
        assert code == 1
        assert out.startswith("bad.837: 1 claim, 2 errors")
        assert "    at claim 1, diagnosis 1, 2300 HI01-2 (segment 21)" in out.splitlines()
        assert max(map(len, out.splitlines())) <= 80

    def test_json_has_what_the_contract_names(self, run: Any, wrong: Path) -> None:
        code, out, _ = run("check", wrong, wrong, "--format", "json")
        report = json.loads(out)
        assert code == 1
        assert list(report) == ["version", "tables", "files"]
        assert [each["file"] for each in report["files"]] == [str(wrong)]
        assert list(report["files"][0]) == ["file", "claims", "findings", "not_checked"]
        finding = next(each for each in report["files"][0]["findings"] if each["rule"] == "ICD01")
        assert list(finding) == [
            "rule", "name", "severity", "snip", "outcome", "claim", "loop", "segment", "element", "position",
            "line", "column", "path", "code", "message", "source", "fix", "ack",
        ]  # fmt: skip
        assert (finding["claim"], finding["path"], finding["code"]) == (1, "diagnoses[0].code", "E11")

    def test_json_counts_what_was_found_several_times_in_a_row(self, run: Any, wrong: Path) -> None:
        wrong.write_text(wrong.read_text(encoding="utf-8").replace("\nHL*", "\n~~~HL*", 1), encoding="utf-8")
        _, out, _ = run("check", wrong, "--format", "json", "--select", "segment-empty")
        (finding,) = json.loads(out)["files"][0]["findings"]
        assert finding["count"] == 3

    def test_rules_and_the_day_are_chosen(self, run: Any, wrong: Path) -> None:
        assert run("check", wrong, "--select", "CLM01,CLM02", "--select", "X")[0] == 0
        assert run("check", wrong, "--ignore", "ICD,CLM")[0] == 0
        assert run("check", wrong, "--on", "2026-12-01", "--select", "ICD01")[0] == 1

    def test_a_word_that_names_no_rule_is_unusable(self, run: Any, wrong: Path) -> None:
        code, out, err = run("check", wrong, "--select", "ICD99")
        assert (code, out) == (2, "")
        assert err.startswith("medcode: unknown edit 'ICD99'")
        assert "expected one of default, medicare_part_a" in run("check", wrong, "--profile", "blue")[2]
        assert run("check", wrong, "--profile", "commercial")[0] == 1

    def test_what_cannot_be_used_is_named_and_the_rest_is_done(self, run: Any, wrong: Path) -> None:
        Path("letter.txt").write_text("Dear Sir\nno X12\n", encoding="utf-8")
        code, out, _ = run("check", "letter.txt", "nowhere.837", wrong)
        assert code == 2
        assert "letter.txt: " in out
        assert "nowhere.837: No such file or directory" in out
        assert "2 errors" in out
        reports = json.loads(run("check", "nowhere.837", "--format", "json")[1])["files"]
        assert reports[0]["error"] == "No such file or directory"

    def test_several_files_are_checked_at_the_same_time(self, run: Any, wrong: Path) -> None:
        Path("other.837").write_bytes(wrong.read_bytes())
        one, two = (run("check", "bad.837", "other.837", "--on", "2026-11-23", "--jobs", n) for n in (1, 2))
        assert one == two
        assert one[1].count("2 errors") == 2

    def test_the_standard_input_is_read(self, run: Any, wrong: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(wrong.read_bytes())))
        code, out, _ = run("check", "-")
        assert code == 1
        assert out.startswith("-: 1 claim, 2 errors")

    def test_a_warning_is_not_ok_when_strict(
        self, run: Any, wrong: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        found = Report((Finding("W1", "warned", "Look.", Severity.WARNING),))
        monkeypatch.setattr("medcode.scrubbing.scrub", lambda *_, **__: found)
        assert run("check", wrong)[0] == 0
        assert run("check", wrong, "--strict")[0] == 1


class TestAck:
    def test_a_file_is_answered(self, run: Any) -> None:
        Path("visit.837").write_text(Submission.load(VISIT).to_x12(), encoding="utf-8")
        code, out, _ = run("ack", "visit.837")
        assert code == 0
        assert "~IK5*A~AK9*A*1*1*1~" in out

    def test_what_is_rejected_is_not_ok(self, run: Any) -> None:
        Path("visit.837").write_text(
            Submission.load(VISIT).to_x12().replace("SE*30", "SE*31"), encoding="utf-8"
        )
        assert run("ack", "visit.837", "-o", "visit.999")[:2] == (1, "")
        assert "~IK5*R*4~" in Path("visit.999").read_text(encoding="utf-8")

    def test_what_is_no_x12_is_unusable(self, run: Any) -> None:
        Path("letter.txt").write_text("Dear Sir\n", encoding="utf-8")
        code, _, err = run("ack", "letter.txt")
        assert code == 2
        assert err.startswith("medcode: letter.txt: ")


class TestSearch:
    def test_codes_are_found_by_words(self, run: Any) -> None:
        code, out, _ = run("search", "diabetes", "kidney", "--within", "E11", "--billable", "--limit", "2")
        assert code == 0
        assert out.startswith("E11.")
        assert max(map(len, out.splitlines())) <= 80
        found = json.loads(run("search", "low back pain", "--limit", "1", "--format", "json")[1])
        assert found[0]["code"].startswith("M54.5")

    def test_nothing_found_says_so(self, run: Any) -> None:
        assert run("search", "xyzzyx", "--set", "place_of_service")[:2] == (1, "Nothing found.\n")


class TestExplain:
    def test_an_edit_and_a_rule_of_structure(self, run: Any) -> None:
        assert run("explain", "claim-total")[1].startswith("CLM02 claim-total: The total")
        code, out, _ = run("explain", "x024")
        assert (code, out.splitlines()[0]) == (
            0,
            "X024 set-segment-count: SE01 is not the number of segments in the set.",
        )
        assert json.loads(run("explain", "X024", "--format", "json")[1])["ack"] == "999 IK502 4"
        assert json.loads(run("explain", "CLM02", "--format", "json")[1])["snip"] == 3

    def test_a_rule_that_does_not_exist(self, run: Any) -> None:
        assert run("explain", "CLM0")[0] == 2
        assert run("explain", "X57")[2] == "medcode: unknown rule 'X57'; did you mean X057?\n"
        assert run("explain", "LNT1")[2].endswith("did you mean LNT01?\n")
        assert run("explain", "icd1")[2].endswith("did you mean ICD01?\n")
        assert "did you mean element-code" in run("explain", "element-cod")[2]
