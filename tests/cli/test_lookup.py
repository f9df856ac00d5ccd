"""`medcode lookup` as a person meets it: what it shows of a code, and in which order."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from medcode.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


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
        return code, out, err

    return run_


class TestLookup:
    def test_a_code_is_shown_on_its_day(self, run: Any) -> None:
        code, out, _ = run("lookup", "m54.5", "--on", "2021-09-30")
        assert code == 0
        assert out.splitlines()[:3] == [
            "M54.5  Low back pain",
            "  ICD-10-CM: billable on 2021-09-30",
            "  from 2015-10-01 to 2021-09-30",
        ]
        assert "  now: M54.50, M54.51, M54.59" in out.splitlines()
        assert max(map(len, out.splitlines())) <= 80

    def test_every_set_that_has_it_is_shown(self, run: Any) -> None:
        found = json.loads(run("lookup", "11", "--format", "json")[1])["found"]
        assert "place_of_service" in [each["set"] for each in found]
        code, out, _ = run("lookup", "11", "--set", "place_of_service")
        assert (code, out.splitlines()[0]) == (0, "11  Office")

    def test_a_code_in_no_table_says_what_is_known(self, run: Any) -> None:
        code, out, _ = run("lookup", "Z99.999", "--set", "icd10cm")
        assert code == 1
        assert "not in any table" in out
        assert "well formed, but no table is loaded" in run("lookup", "99213", "--set", "cpt")[1]
        assert "valid; the format" in run("lookup", "1234567893", "--set", "npi")[1]

    def test_a_text_that_is_no_code_says_so(self, run: Any) -> None:
        code, out, _ = run("lookup", "no code at all")
        assert (code, out) == (1, "'no code at all' does not have the format of any code set.\n")
        assert run("lookup", "E11.", "--set", "icd10cm")[1].endswith("did you mean E11?\n")

    @pytest.mark.parametrize(
        ("code", "line"),
        [
            ("E11.", "  did you mean E11 (ICD-10-CM)?"),
            ("E11..9", "  did you mean E11.9 (ICD-10-CM)?"),
            ("1234567890", "  the check digit of NPI 1234567890 should be 3"),
            ("E11.99", "  near it: E11.9, E11"),
            ("I5O.9", "  near it: I50.9"),
            ("0131", "0131 is well formed, but no table is loaded: type of bill, revenue code"),
            ("470", "Also well formed, but no table is loaded: claim adjustment reason (CARC), type"),
            ("13:A:1", "  type of bill: well formed, but no table is loaded"),
            ("1EG4TE5MK7", "'1EG4TE5MK7' does not have the format of any code set."),
        ],
    )
    def test_what_may_have_been_meant_is_named(self, run: Any, code: str, line: str) -> None:
        assert line in run("lookup", code)[1].splitlines()

    def test_sets_where_a_code_has_ended_come_last(self, run: Any) -> None:
        shown = [line for line in run("lookup", "470")[1].splitlines() if line and line[0] != " "]
        assert [line.split()[0] for line in shown] == ["470", "Also", "470", "47.0"]
        assert shown[0].startswith("470  Major Hip")
        assert run("lookup", "111")[1].startswith(
            "111 is well formed, but no table is loaded: claim adjustment"
        )
        found = json.loads(run("lookup", "470", "--format", "json")[1])["found"]
        assert [each["set"] for each in found] == ["drg", "icd9cm", "icd9cm_procedures"]

    def test_many_codes_come_from_the_standard_input(self, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        words = ("lookup", "--set", "icd10cm", "I10", "-")
        monkeypatch.setattr(sys, "stdin", io.StringIO("E11.9\n\n  J02.9 \n"))
        code, out, _ = run(*words)
        assert code == 0
        assert [each.split()[0] for each in out.split("\n\n")] == ["I10", "E11.9", "J02.9"]
        monkeypatch.setattr(sys, "stdin", io.StringIO("E11.9\nQ99.99\n"))
        code, out, _ = run(*words, "--format", "json")
        assert code == 1
        found = json.loads(out)
        assert [each["code"] for each in found] == ["I10", "E11.9", "Q99.99"]
        assert [each["found"][0]["status"] for each in found] == ["billable", "billable", "unknown"]
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff\n"), encoding="utf-8"))
        assert run(*words)[0::2] == (2, "medcode: -: not UTF-8 text\n")

    def test_json_is_one_document_however_many_codes_there_are(
        self, run: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        words = ("lookup", "--format", "json", "--set", "icd10cm")
        assert json.loads(run(*words, "I10")[1])["code"] == "I10"
        assert [each["code"] for each in json.loads(run(*words, "I10", "E11.9")[1])] == ["I10", "E11.9"]
        for given in ([], ["I10"]):
            monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(given)))
            assert [each["code"] for each in json.loads(run(*words, "-")[1])] == given

    def test_an_unknown_set_is_named(self, run: Any) -> None:
        code, _, err = run("lookup", "11", "--set", "snomed")
        assert code == 2
        assert err.startswith("medcode: unknown code set 'snomed'; choose from ")
        assert "did you mean icd10pcs?" in run("lookup", "11", "--set", "icd10ps")[2]
