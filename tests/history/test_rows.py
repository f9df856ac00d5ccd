"""Histories as rows, and what a registry gets of them."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import pytest
from tests.history.visits import PATIENT, stay, visit

from medcode.history import CodedHistory
from medcode.history.rows import COLUMNS

KEY = b"a key of 32 bytes, kept in safety"
HISTORY = CodedHistory.from_claims(
    [
        visit("1", "2020-03-02", "E11.9", "I10"),
        visit("2", "2020-06-02", "E11.9"),
        stay("3", "2021-03-02", "2021-03-05", "E11.65"),
    ]
)
ROW: dict[str, Any] = {"patient": "P", "code_set": "icd10cm", "code": "E11.9"}


def test_rows_have_the_documented_columns_and_give_the_history_back() -> None:
    rows = HISTORY.to_rows()
    assert {tuple(row) for row in rows} == {COLUMNS}
    assert CodedHistory.from_rows(rows) == HISTORY
    texts = [{name: None if value is None else str(value) for name, value in row.items()} for row in rows]
    assert CodedHistory.from_rows(texts) == HISTORY


def test_a_row_needs_little() -> None:
    gaps = {"start": "NaT", "end": math.nan, "kind": "", "line": None, "document": " "}
    sets = {"icd10cm": "E11.9", "ndc": "0002-7597-01", "cpt": "99213", "local": "X 1", "abc": "AAAAA"}
    rows = [ROW | gaps | {"code_set": name, "code": code} for name, code in sets.items()]
    events = CodedHistory.from_rows(rows).events
    assert sorted((event.kind, event.code_set, event.role) for event in events) == [
        ("diagnosis", "icd10cm", "other"),
        ("drug", "ndc", ""),
        ("procedure", "abc", ""),
        ("procedure", "cpt", ""),
        ("procedure", "local", ""),
    ]
    assert {event.title for event in events if event.code_set == "local"} == {None}
    [late] = CodedHistory.from_rows([ROW | {"end": date(2020, 1, 2), "document": "table", "line": 3.0}])
    assert (late.start, late.sources[0].line) == (date(2020, 1, 2), 3)
    assert CodedHistory.from_rows([ROW | {"code": "nonsense"}]).events[0].title is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"patient": None}, "row 1: column patient is empty"),
        ({"code": ""}, "row 1: column code is empty"),
        ({"code_set": math.nan}, "row 1: column code_set is empty"),
        ({"kind": "illness"}, "row 1, column kind: expected diagnosis, procedure, drug"),
        ({"role": "main"}, "row 1, column role: expected principal, "),
        ({"start": "01/05/2026"}, "row 1, column start: expected a date as 2026-01-05"),
        ({"birth_date": "1950"}, "row 1, column birth_date"),
        ({"line": "one"}, "row 1, column line: expected a line number"),
    ],
)
def test_a_wrong_row_is_named(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        CodedHistory.from_rows([ROW | {"document": "table"} | change])


def test_rows_of_two_patients() -> None:
    rows = [ROW, ROW | {"patient": "Q"}]
    assert list(CodedHistory.rows_by_patient(rows)) == ["P", "Q"]
    with pytest.raises(ValueError, match="of 2 patients"):
        CodedHistory.from_rows(rows)


def test_a_registry_gets_years_and_no_identifier() -> None:
    rows = HISTORY.to_registry(KEY, "E11")
    assert [(row["code"], row["start"], row["end"]) for row in rows] == [
        ("E11.9", 2020, 2020),
        ("E11.65", 2021, 2021),
    ]
    assert {(row["birth_year"], row["over_89"], row["sex"]) for row in rows} == {(1950, False, "F")}
    shown = str(rows)
    assert not any(text in shown for text in ("M1", "ROE", "1234567893", "2020-"))
    assert len(HISTORY.to_registry(KEY)) > len(rows)


def test_a_pseudonym_is_the_same_for_one_key_only() -> None:
    def name(history: CodedHistory, key: bytes) -> Any:
        return history.to_registry(key)[0]["patient"]

    again = CodedHistory.from_claims([visit("7", "2026-01-05", "I10")])
    other = CodedHistory.from_claims(
        [visit("7", "2026-01-05", "I10", subscriber=PATIENT | {"member_id": "M2"})]
    )
    assert name(HISTORY, KEY) == name(again, KEY)
    assert len({name(HISTORY, KEY), name(other, KEY), name(HISTORY, KEY + b"x")}) == 3


def test_shifted_days_keep_their_intervals() -> None:
    history = CodedHistory.from_claims([visit("1", "2020-03-02", "I10"), visit("2", None, "E11.9")])
    more = HISTORY.to_registry(KEY, dates="shifted")
    first, later = (next(row["start"] for row in more if row["code"] == code) for code in ("E11.9", "E11.65"))
    assert later - first == date(2021, 3, 2) - date(2020, 3, 2)
    assert 1 <= (date(2020, 3, 2) - first).days <= 365
    assert {row["start"] for row in history.to_registry(KEY, "E11", dates="shifted")} == {None}


def test_ages_over_89_are_one_group() -> None:
    old = CodedHistory.from_claims([visit("1", "2041-01-05", "I10")])
    [row, _] = old.to_registry(KEY)
    assert (row["birth_year"], row["over_89"]) == (None, True)


@pytest.mark.parametrize(
    ("key", "dates", "error"),
    [
        ("a text, not bytes at all", "year", TypeError),
        (b"short", "year", ValueError),
        (KEY, "day", ValueError),
    ],
)
def test_a_registry_needs_a_key_and_a_choice(key: Any, dates: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        HISTORY.to_registry(key, dates=dates)
