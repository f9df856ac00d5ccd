"""Stays in a table are edited as one by one; columns that do not fit are refused by name."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from medcode import Hcpcs, Icd10Cm, frames
from medcode.codesets.cpt import Cpt
from medcode.edits.mce import MedicareCodeEditor, Stay

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = date(2024, 9, 30)
STAYS = [
    Stay(
        discharge_date=DAY,
        principal="I50.20",
        age=65,
        sex="M",
        secondary=("E11.65", "ZZZ"),
        procedures=("02703DZ",),
    ),
    Stay(discharge_date=DAY, principal="O80", age=8, sex="M", discharge_status="99", admitting="nope"),
    Stay(discharge_date=date(2014, 1, 1), principal="0340", age=-1, sex="U"),
    Stay(discharge_date=DAY, principal="I10", age=65, sex="F", length_of_stay=3),
    Stay(discharge_date=DAY, principal="I10", age=65, sex="F", admitting="nope"),
]


def table(stays: list[Stay]) -> pa.Table:
    names = (
        "discharge_date", "principal", "age", "sex", "discharge_status", "length_of_stay", "admitting", "secondary",
        "procedures",
    )  # fmt: skip
    return pa.Table.from_pylist([{name: getattr(stay, name) for name in names} for stay in stays])


@pytest.mark.parametrize("hold", [lambda held: held, pl.from_arrow])
def test_stays_of_a_table_meet_the_edits_of_each(hold: Callable[[Any], Any]) -> None:
    found = frames.edit_stays(hold(table(STAYS))).to_pylist()
    for number, stay in enumerate(STAYS):
        result = MedicareCodeEditor().edit(stay)
        mine = [row for row in found if row["stay"] == number]
        assert {row["edit"]: row["count"] for row in mine} == result.counts
        for code, names in result.by_code:
            for name in names:
                (row,) = (row for row in mine if row["edit"] == name)
                assert code in row["codes"]
    assert "nope" in next(
        row["codes"] for row in found if row["stay"] == 4 and row["edit"] == "INVALID_ADMIT_DX"
    )


def test_what_cannot_be_judged_says_why() -> None:
    stays = pa.table(
        {
            "discharge_date": [None, DAY, date(1990, 1, 1)],
            "principal": ["I10", None, "I10"],
            "other": [1, 2, 3],
        }
    )
    why = frames.edit_stays(stays)["not_checked"].to_pylist()
    assert why[:2] == ["discharge_date is null", "principal is null"]
    assert why[2].startswith("the Medicare Code Editor covers discharges from 2000-01-01")


def test_columns_that_do_not_fit_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match="stays lacks the column principal"):
        frames.edit_stays(pa.table({"discharge_date": [DAY]}))
    with pytest.raises(TypeError, match=r"stays\.age must be int64, not string"):
        frames.edit_stays(pa.table({"discharge_date": [DAY], "principal": ["I10"], "age": ["6"]}))
    with pytest.raises(ValueError, match=r"stays\.age has a value that int64 cannot hold"):
        frames.edit_stays(pa.table({"discharge_date": [DAY], "principal": ["I10"], "age": [6.5]}))
    with pytest.raises(TypeError, match="stays must be a table"):
        frames.edit_stays([1])


def test_a_column_of_codes_of_several_sets_is_refused_by_name() -> None:
    mixed = [Icd10Cm("E119"), Hcpcs("J1100"), "I10", None]
    for ask in (frames.status, frames.describe, frames.normalize, frames.successors, frames.children):
        with pytest.raises(TypeError, match="codes holds codes of HCPCS; ICD-10-CM was asked about"):
            ask(mixed)
    with pytest.raises(TypeError, match="codes holds codes of HCPCS"):
        frames.matches(tuple(mixed), "E08-E13")
    with pytest.raises(TypeError, match=r"codes \(column 'dx'\) holds codes of HCPCS"):
        frames.status(pd.Series(mixed, name="dx", dtype=object))
    with pytest.raises(TypeError, match=r"codes \(column 'dx'\) must be a column of one type"):
        frames.status(pd.Series(["E11.9", 2], name="dx", dtype=object))
    with pytest.raises(TypeError, match=r"codes \(column 'dx'\) must be a column of text, not int64"):
        frames.status(pl.Series("dx", [1]))
    with pytest.raises(
        TypeError, match=r"on \(column 'dos'\) must be a date or a column of dates, not int64"
    ):
        frames.status(["E11.9"], pl.Series("dos", [1]))
    assert frames.status(pd.Series(["I10", None, float("nan")], dtype=object), DAY).to_pylist() == [
        "billable",
        None,
        None,
    ]
    assert frames.status([Icd10Cm("E119"), "I10"], DAY).to_pylist() == ["billable", "billable"]
    assert frames.status([Cpt("99213")], DAY, code_set="hcpcs").to_pylist() != []
