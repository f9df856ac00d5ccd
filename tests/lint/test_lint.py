"""Code lists of a made-up project: what has rotted is found with its place, and mended."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from medcode.cli import main
from medcode.lint import Choice, lint_text, upgrade_text

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = date(2026, 11, 1)
FILES = {
    "heart.csv": '# value set\nname,icd10,note\nold,I42.0,"a, b"\n new , h81.41,"I42.0"\nok,E11.9,\nshort\n\n',
    "dx.tsv": "dx_code\tcount\nT84.040A\t3\nE119\t4\n",
    "codes.json": '{"diagnosis": ["I42.0", "E119"], "size": ["A12"], "x": "M54.5", "empty": ""}\n',
    "codes.yaml": "dx:\n  - I42.0  # old\n  - 'E11.9'\nfirst_dx: T84.040A\nname: heart\n",
    "codes.toml": 'icd10 = ["I420", "E11.9"] # H81.41\n[icd10cm]\nname = "i42.0"\n',
    "query.sql": "select 1 where icd10 NOT IN ('I420', 'E11%', 'Q99-Q98') -- 'H81.41'\n  and name = 'I420'\n",
    "rules.py": "ICD10_CODES = {\n    'I42.0',\n    'E11.9',\n}\nnpi = '1234567890'\n",
    "list.txt": "I42.0 heart\nI420 E11 medcode: nothing\n",
    "noted.csv": "icd10,note\nI420,x # medcode: on=2024-01-01\nI420,x\n",
    "pinned.txt": "# medcode: set=icd10cm on=2024-01-01\nI42.0\nI421 E11  // medcode: on=2026-11-01\nI420 ZZZ.9 zz I42.00\n",
}  # fmt: skip
FOUND = {
    "heart.csv": ["3:5 I42.0 LNT01", "4:8 h81.41 LNT01", "4:16 I42.0 LNT01"],
    "dx.tsv": ["2:1 T84.040A LNT01"],
    "codes.json": ["1:17 I42.0 LNT01", "1:57 M54.5 LNT01"],
    "codes.yaml": ["2:5 I42.0 LNT01", "4:11 T84.040A LNT01"],
    "codes.toml": ["1:11 I420 LNT01", "3:9 i42.0 LNT01"],
    "query.sql": ["1:31 I420 LNT01", "1:47 Q99-Q98 LNT06"],
    "rules.py": ["2:6 I42.0 LNT01", "5:8 1234567890 LNT04"],
    "list.txt": ["1:1 I42.0 LNT01"],
    "noted.csv": ["3:1 I420 LNT01"],
    "pinned.txt": ["3:6 E11 LNT02", "4:6 ZZZ.9 LNT03", "4:12 zz LNT04", "4:15 I42.00 LNT05"],
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def run_(*words: str) -> tuple[int, str, str]:
        code = main(words)
        return code, *capsys.readouterr()

    return run_


@pytest.mark.parametrize("name", FILES)
def test_each_rotten_code_is_found_where_it_stands(name: str) -> None:
    text = FILES[name]
    found = list(lint_text(text, name, Choice(on=DAY)))
    assert [f"{f.location.line}:{f.location.column} {f.code} {f.rule}" for f in found] == FOUND[name]
    lines = text.split("\n")
    for each in found:
        assert each.location.line is not None
        assert each.location.column is not None
        assert lines[each.location.line - 1][each.location.column - 1 :].startswith(each.code or "?")


def test_a_finding_names_day_and_successors() -> None:
    (found,) = lint_text("icd10\nI42.0", "a.csv", Choice(on=DAY))
    assert (
        str(found) == "LNT01 I42.0 is not billable since 2026-10-01. Fix: Replace with I42.00|I42.01|I42.09."
    )
    assert str(found.source).startswith("CMS")


def test_what_the_user_says_of_a_column_goes_first() -> None:
    choice = Choice(on=DAY, columns={"what": "place_of_service"})
    assert [f.code for f in lint_text("what\n11\n00\n", "a.csv", choice)] == ["00"]
    assert [f.code for f in lint_text("what\nI420\n", "a.csv", Choice(on=DAY, code_set="icd10cm"))] == [
        "I420"
    ]


@pytest.mark.parametrize("pattern", ["E11.-", "E11%", "E11*", "I20-I25", "E11.6-"])
def test_prefixes_and_ranges_are_understood(pattern: str) -> None:
    assert list(lint_text(f"icd10\n{pattern}\n", "a.csv", Choice(on=DAY))) == []
    assert [f.rule for f in lint_text("icd10\nY9Y.-\n", "a.csv", Choice(on=DAY))] == ["LNT06"]


def test_one_successor_is_written_as_the_old_code_was() -> None:
    text = 'icd10,x\r\n  h81.41 ,"1"\nT84040A,2\nI42.0,3\n'
    new, undecided = upgrade_text(text, "a.csv", Choice(on=DAY))
    assert new == 'icd10,x\r\n  h81.4 ,"1"\nM9701XA,2\nI42.0,3\n'
    assert [(place.text, now) for place, now in undecided] == [("I42.0", ["I42.00", "I42.01", "I42.09"])]
    assert upgrade_text(new, "a.csv", Choice(on=DAY)) == (new, undecided)
    assert upgrade_text("npi\n1234567893\n", "a.csv", Choice(on=DAY))[1] == []


def test_a_folder_is_linted(project: Path, run: Callable[..., tuple[int, str, str]]) -> None:
    (project / "sub").mkdir()
    (project / "sub/link.csv").symlink_to(project / "heart.csv")
    (project / "README.md").write_text("I42.0\n")
    code, out, _ = run("lint", ".", "--on", "2026-11-01")
    assert code == 1
    assert len(out.splitlines()) == sum(map(len, FOUND.values()))
    assert "heart.csv:3:5: LNT01 I42.0 is not billable since 2026-10-01. Replace with" in out
    files = json.loads(run("lint", "heart.csv", "--on", "2026-11-01", "--format", "json")[1])["files"]
    assert [finding["column"] for finding in files[0]["findings"]] == [5, 8, 16]


def test_what_cannot_be_read_is_named_and_the_rest_is_done(
    project: Path, run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "bytes.csv").write_bytes(b"icd10\n\xff\n")
    (project / "broken.json").write_text("{")
    (project / "broken.toml").write_text("= 1")
    (project / "loop.csv").symlink_to("loop.csv")
    (project / "pragma.txt").write_text("# medcode: set=snomed\n")
    (project / "day.txt").write_text("# medcode: on=someday\n")
    names = ["bytes.csv", "broken.json", "broken.toml", "loop.csv", "pragma.txt", "day.txt", "nowhere.csv"]
    code, out, _ = run("lint", *names, "list.txt", "--on", "2026-11-01")
    assert code == 2
    assert [line.split(":")[0] for line in out.splitlines()] == [*names, "list.txt"]
    assert run("upgrade", "bytes.csv", "list.txt", "--to", "2026-11-01")[0] == 2
    monkeypatch.setattr("medcode.cli.linting._LARGEST", 10)
    assert "too large" in run("lint", "heart.csv")[1]


def test_an_upgrade_shows_and_then_writes(project: Path, run: Callable[..., tuple[int, str, str]]) -> None:
    before = (project / "dx.tsv").read_bytes()
    code, out, _ = run("upgrade", "dx.tsv", "--to", "2026-11-01")
    assert code == 0
    assert "-T84.040A\t3\n+M97.01XA\t3\n" in out
    assert (project / "dx.tsv").read_bytes() == before
    assert run("upgrade", ".", "--to", "2026-11-01", "--write")[0] == 1
    assert (project / "dx.tsv").read_bytes() == before.replace(b"T84.040A", b"M97.01XA")
    assert run("upgrade", "dx.tsv", "--to", "2026-11-01", "--write") == (0, "", "")
    assert run("lint", "dx.tsv", "--set", "icd10cm", "--on", "2026-11-01")[0] == 1  # the counts are no codes


def test_nothing_to_do_is_ok(project: Path, run: Callable[..., tuple[int, str, str]]) -> None:
    (project / "empty").mkdir()
    assert run("upgrade", "empty")[0] == 0
    Path("good.csv").write_text("icd10\nE11.9\n")
    assert run("lint", "good.csv") == (0, "", "")
