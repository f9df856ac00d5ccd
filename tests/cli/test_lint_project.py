"""A made-up project downstream, its value sets in ten files of eight formats: found, mended, and found no more.

Rotten codes stand between «marks», which tell where they are and are taken out before the files are written.
"""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from medcode.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, str]]

NOW = {  # what the codes became by 2026-11-01
    "I42.0": "I42.00|I42.01|I42.09",
    "D69.1": "D69.11|D69.19",
    "M54.5": "M54.50|M54.51|M54.59",
    "N18.3": "N18.30|N18.31|N18.32",
    "H81.41": "H81.4",
    "H81.42": "H81.4",
    "T84.040A": "M97.01XA",
}
PROJECT = {
    "medcode.toml": """
on = 2026-11-01
exclude = ["vendor/"]
[columns]
"cohort_*" = "icd10cm"
[files]
"lists/*.txt" = "icd10cm"
""",
    "seeds/heart.csv": (
        '\ufeffcode_id,icd10,descr\r\n1,«I42.0»,"Cardiomyopathy, ""dilated"""\r\n'
        '2,"«H8141»",Ménière 😀\r\n3,I50.9,T84.040A-like text\r\n'
    ),
    "seeds/cohorts.tsv": "cohort_a\tcohort_b\tn\n«M545»\tE11.9\t42\n\t «T84.040A» \t54\n",
    "fhir/valueset.json": """{
  "resourceType": "ValueSet", "status": "active",
  "compose": {"include": [
    {"system": "http://hl7.org/fhir/sid/icd-10-cm",
     "concept": [{"code":"«H81.41»","display":"Vertigo I42.0"},\t{"code": "I10"}, {"code": "«D691»"}]},
    {"system": "http://snomed.info/sct", "concept": [{"code": "I420"}]}
  ]}
}""",
    "rules/kidney.yaml": """# kidney disease
kidney:
  icd10:   # stages
    - «N18.3»   # stage 3
    - 'N18.4'
    - "«t84.040a»"
  title: N183
""",
    "rules/hips.toml": """[hips]
dx = [
  '«T84040A»', # loosening
  "M16.11",
]
size = "T84040A"
""",
    "models/dim_dx.sql": """{# it's a model #}
select * from {{ ref('claims') }}
where dx_code in ('«I420»', 'I43') -- not 'I420'
   or dx_code like 'E11%' and note = 'I420'
""",
    "src/features.py": '''"""Features."""

VERTIGO_ICD10: list[str] = ["«H81.42»", "R42"]  # once "H81.42"
LABELS = {"«M54.5»": "low back pain", "R42": "dizziness"}
''',
    "R/cohort.R": "back <- filter(claims, dx %in% c(\"«M54.5»\", 'M54.9'))\n",
    "lists/codes.txt": "# vertigo\n«H8141» vertigo\r\nR42 dizziness\n",
    "vendor/old.csv": "icd10\nI42.0\n",
}
MARK = re.compile("«([^»]*)»")


def places(name: str) -> list[str]:
    """Read off the marks where lint must point, and to what."""
    found = []
    for number, line in enumerate(re.split("\r\n|\n", PROJECT[name].removeprefix("\ufeff")), 1):
        gone = 0
        for mark in MARK.finditer(line):
            found.append(f"{name}:{number}:{mark.start() + 1 - gone}: {mark[1]} → {NOW[dotted(mark[1])]}")
            gone += 2
    return found


def dotted(code: str) -> str:
    code = code.upper()
    return code if "." in code else f"{code[:3]}.{code[3:]}"


def mended(text: str) -> str:
    """Put the one successor, as the code was written, where a mark is."""

    def put(mark: re.Match[str]) -> str:
        old, now = mark[1], NOW[dotted(mark[1])]
        if "|" in now:
            return old
        now = now if "." in old else now.replace(".", "")
        return now.lower() if old.islower() else now

    return MARK.sub(put, text)


@pytest.fixture
def names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.chdir(tmp_path)
    yaml = importlib.util.find_spec("yaml") is not None
    for name, text in PROJECT.items():
        if yaml or not name.endswith("yaml"):
            Path(name).parent.mkdir(exist_ok=True)
            Path(name).write_bytes(MARK.sub(r"\1", text).encode())
    return [
        name
        for name in sorted(PROJECT)
        if Path(name).exists() and name not in {"medcode.toml", "vendor/old.csv"}
    ]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run_(*words: str) -> tuple[int, str]:
        code = main(words)
        return code, capsys.readouterr().out

    return run_


def found(run: Run) -> list[str]:
    """Lint the project; give each finding with its place and its successors."""
    _, out = run("lint", ".", "--format", "json")
    return [
        f"{file['file']}:{each['line']}:{each['column']}: {each['code']} → "
        + (each["fix"] or each["message"]).removeprefix("Replace with ").removesuffix(".")
        for file in json.loads(out)["files"]
        for each in file["findings"]
    ]


def test_each_rotten_code_is_found_with_line_column_and_successor(run: Run, names: list[str]) -> None:
    expected = [place for name in names for place in places(name)]
    assert len(expected) >= 13
    assert found(run) == expected
    assert run("lint", ".")[0] == 1


def test_what_is_one_to_one_is_mended_and_every_other_byte_stays(run: Run, names: list[str]) -> None:
    assert run("upgrade", ".", "--from", "2025-10-01", "--to", "2026-11-01", "--write")[0] == 1
    for name, text in PROJECT.items():
        if Path(name).exists():
            assert Path(name).read_bytes() == mended(text).encode(), name
    open_ = [place for name in names for place in places(name) if "|" in place]
    codes = [re.sub(r":\d+:\d+:", ":", place) for place in open_]
    assert [re.sub(r":\d+:\d+:", ":", place) for place in found(run)] == codes


def test_a_second_run_finds_nothing_to_mend(run: Run, names: list[str]) -> None:
    run("upgrade", ".", "--to", "2026-11-01", "--write")
    before = {name: Path(name).read_bytes() for name in names}
    code, out = run("upgrade", ".", "--to", "2026-11-01", "--write", "--diff")
    assert code == 1
    assert all(" became one of " in line for line in out.splitlines())
    assert {name: Path(name).read_bytes() for name in names} == before


def test_the_difference_alone_writes_nothing(run: Run, names: list[str]) -> None:
    before = {name: Path(name).read_bytes() for name in names}
    _, out = run("upgrade", ".", "--to", "2026-11-01")
    assert "+  'M9701XA', # loosening" in out
    assert {name: Path(name).read_bytes() for name in names} == before
