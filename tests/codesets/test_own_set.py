"""A code set of somebody else: a class, a CSV and an entry point."""

from __future__ import annotations

import os
import pickle
import re
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from medcode.codesets import CODE_SETS, code_set
from medcode.codesets.base import Code, CodeSet, Status
from medcode.codesets.registry import GROUP, UnknownSet
from medcode.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MODULE = """
import re
from pathlib import Path
from medcode.codesets.base import Code, CodeSet

class Ward(Code):
    label = "ward"
    pattern = re.compile(r"W[0-9]{2}")
    expected = "W and two digits"
    good, bad = ("W01",), ("01",)

ward = CodeSet("ward", Ward, csv=Path(__file__).with_name("ward.csv"))
other = "not a code set"
"""
CSV = "code,title,start,end,billable\nw01,Cardiology,2020-01-01,,\nW02,Old surgery,2015-01-01,2019-12-31,\nW03,Wards,,,no\n"


@pytest.fixture
def hospital(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package installed with three entry points, of which one is ours."""
    (tmp_path / "hospital_wards.py").write_text(MODULE, encoding="utf-8")
    (tmp_path / "ward.csv").write_text(CSV, encoding="utf-8")
    about = tmp_path / "hospital-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: hospital\nVersion: 1.0\n", encoding="utf-8")
    points = "ward = hospital_wards:ward\nwrong = hospital_wards:other\nicd10cm = hospital_wards:ward\n"
    (about / "entry_points.txt").write_text(f"[{GROUP}]\n{points}", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    vars(CODE_SETS).pop("installed", None)
    yield tmp_path
    vars(CODE_SETS).pop("installed", None)
    sys.modules.pop("hospital_wards", None)


def test_an_entry_point_is_a_code_set(hospital: Path) -> None:
    assert hospital.is_dir()
    ward = code_set("ward")
    assert ward is CODE_SETS["ward"]
    assert "ward" in CODE_SETS
    assert list(CODE_SETS)[-2:] == ["ward", "wrong"]
    assert len(CODE_SETS) == len(list(CODE_SETS))
    assert (ward["W01"].title, ward["w02"].end) == ("Cardiology", date(2019, 12, 31))
    day = date(2020, 1, 1)
    assert [ward.status(code, day) for code in ("W01", "W02", "W03", "W04", "W1")] == [
        Status.BILLABLE,
        Status.DELETED,
        Status.HEADER,
        Status.UNKNOWN,
        Status.MALFORMED,
    ]
    assert pickle.loads(pickle.dumps(ward)) is ward
    assert [str(code) for code in ward.as_of(day)] == ["W01", "W03"]


def test_a_name_of_ours_is_not_taken_and_another_object_is_refused(hospital: Path) -> None:
    assert hospital.is_dir()
    assert code_set("icd10cm").code_type.label == "ICD-10-CM"
    with pytest.raises(
        TableError, match="entry point wrong = hospital_wards:other: not a code set of this name"
    ):
        code_set("wrong")
    with pytest.raises(UnknownSet, match="unknown set 'wards'; did you mean ward"):
        code_set("wards")


def test_the_command_line_knows_it(hospital: Path) -> None:
    (hospital / "list.csv").write_text("ward\nW01\nW02\nW9\n", encoding="utf-8")
    path = os.pathsep.join([str(hospital), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(  # our own words
        [sys.executable, "-m", "medcode", "lookup", "W01", "--set", "ward"],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.startswith("W01  Cardiology")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("name\nx\n", ":1: a column named code is missing"),
        ("", ":1: a column named code is missing"),
        ("code\nW01\nX\n", ":3: 'X' is not in own format"),
        ("code,start\nW01,yesterday\n", ":2: start is 'yesterday', not a date such as 2026-10-01"),
        ("code,end\nW01,1/1/2020\n", ":2: end is '1/1/2020', not a date such as 2026-10-01"),
        ("code,billable\nW01,Y\nW02,maybe\n", ":3: billable is 'maybe', not yes or no"),
        ("code,Title,title\nW01,a,b\n", ":1: two columns are named title"),
        ("Code, code\nW01,W02\n", ":1: two columns are named code"),
        ("code,title\n,\n", ": it lists no own code"),
        (
            "code,start,end\nW01,2020-01-02,2020-01-01\n",
            ":2: W01 ends on 2020-01-01, before it begins on 2020-01-02",
        ),
        ("code,title\nW01,a\nW01,b\n", ":3: W01 is in another row with other values on the same days"),
        (
            "code,end\nW01,2020-01-02\n\nW01,\n",
            ":4: W01 is in another row with other values on the same days",
        ),
        ('code,title\nW01,"a\nW02,b\n', ":3: commas and quotes do not match"),
        ("code,title\nW01,Caf\udce9\n", ": not UTF-8 text"),
        (None, ": No such file or directory"),
    ],
)
def test_a_csv_at_fault_is_named_with_its_line(tmp_path: Path, text: str | None, reason: str) -> None:
    path = tmp_path / "own.csv"
    if text is not None:
        path.write_text(text, encoding="utf-8", errors="surrogateescape")

    class Own(Code):
        label = "own"
        pattern = re.compile("W[0-9]{2}")

    with pytest.raises(TableError, match=reason):
        CodeSet("own", Own, csv=path).status("W01")


def test_headings_in_any_case_blank_rows_and_several_intervals(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    rows = (
        "\N{BYTE ORDER MARK}Title , CODE,Start,End,",
        "Old,W01,2010-01-01,2012-12-31,",
        ",,,,",
        '"Of two\nlines", W01 ,2015-01-01,,more',
        '"Of two\nlines", W01 ,2015-01-01,,again',
    )
    path.write_text("\n".join(rows), encoding="utf-8")

    class Own(Code):
        label = "own"
        pattern = re.compile("W[0-9]{2}")

    own = CodeSet("own", Own, csv=path)
    assert own["W01"].title == "Of two lines"
    days = (date(2012, 12, 31), date(2013, 1, 1), date(2015, 1, 1))
    assert [str(own.status("W01", day)) for day in days] == ["billable", "deleted", "billable"]
