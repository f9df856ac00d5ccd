"""Code sets over columns: the same answers as one by one, from whatever library holds the column."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, strategies as st

import medcode.frames.duckdb
import medcode.frames.pandas
import medcode.frames.polars  # registers the namespace
from medcode import frames, icd10cm
from medcode.codesets import clock, code_set
from medcode.codesets.value_set import ValueSet
from medcode.frames import columns
from medcode.frames.duckdb import register

if TYPE_CHECKING:
    from collections.abc import Callable

SETS = ("icd10cm", "icd10pcs", "hcpcs", "place_of_service")
DAY = date(2021, 10, 1)

some_codes = st.one_of(
    st.none(),
    st.sampled_from(
        ["E11.9", "e119", "M54.5", "M54.50", "E11", " i10 ", "", "n/a", "99213", "J1100", "11", "D0120"]
    ),
    st.sampled_from(list(icd10cm.table.codes)),
    st.text(max_size=70),
)
some_days = st.one_of(st.none(), st.dates(date(2014, 1, 1), date(2029, 1, 1)), st.just(date(1900, 1, 1)))
rows = st.lists(st.tuples(some_codes, some_days), max_size=30)


def one_by_one(name: str, codes: list[Any], days: list[Any]) -> list[str | None]:
    found = code_set(name).check(codes, on=days)
    return [None if status is None else str(status) for status in found]


FACES: dict[str, Callable[[list[Any], list[Any], str], list[Any]]] = {
    "lists": lambda codes, days, name: frames.status(codes, days, code_set=name).to_pylist(),
    "arrow": lambda codes, days, name: frames.status(
        pa.array(codes, pa.string()), pa.array(days, pa.date32()), code_set=name
    ).to_pylist(),
    "large": lambda codes, days, name: frames.status(
        pa.array(codes, pa.large_string()), pa.array(days, pa.date64()), code_set=name
    ).to_pylist(),
    "view": lambda codes, days, name: frames.status(
        pa.array(codes, pa.string_view()), pa.array(days, pa.date32()).cast(pa.timestamp("us")), code_set=name
    ).to_pylist(),
    "dictionary": lambda codes, days, name: frames.status(
        pa.array(codes, pa.string()).dictionary_encode(), pa.array(days, pa.date32()), code_set=name
    ).to_pylist(),
    "chunked": lambda codes, days, name: frames.status(
        pa.chunked_array([codes[:3], codes[3:]], pa.string()), pa.array(days, pa.date32()), code_set=name
    ).to_pylist(),
    "polars": lambda codes, days, name: (
        pl.DataFrame({"c": codes, "d": days}, {"c": pl.String, "d": pl.Date})
        .select(pl.col("c").medcode.status(on=pl.col("d"), code_set=name))  # type: ignore[attr-defined]  # registered
        .to_series()
        .to_list()
    ),
    "pandas": lambda codes, days, name: [
        None if isinstance(text, float) else text
        for text in pd.Series(codes, dtype=object).medcode.status(
            on=pa.array(days, pa.date32()), code_set=name
        )
    ],
}


@cache
def in_memory() -> duckdb.DuckDBPyConnection:
    return register(duckdb.connect(), "place_of_service")


def in_duckdb(codes: list[Any], days: list[Any], name: str) -> list[Any]:
    table = pa.table(
        {"n": range(len(codes)), "c": pa.array(codes, pa.string()), "d": pa.array(days, pa.date32())}
    )
    connection = in_memory()
    connection.register("rows", table)
    query = f"SELECT medcode_status(c, d, '{name}') FROM rows ORDER BY n"  # noqa: S608  # our own names
    return [row[0] for row in connection.sql(query).fetchall()]


FACES["duckdb"] = in_duckdb


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("face", FACES)
@given(drawn=rows)
def test_a_column_answers_as_its_codes_do_one_by_one(
    face: str, name: str, drawn: list[tuple[Any, Any]]
) -> None:
    codes, days = [code for code, _ in drawn], [day for _, day in drawn]
    assert FACES[face](codes, days, name) == one_by_one(name, codes, days)


@given(codes=st.lists(some_codes, max_size=30), name=st.sampled_from(SETS), day=st.dates(date(2014, 1, 1)))
def test_one_day_serves_all_rows(codes: list[Any], name: str, day: date) -> None:
    expected = one_by_one(name, codes, [day] * len(codes))
    assert frames.status(codes, day, code_set=name).to_pylist() == expected
    assert (
        frames.status(codes, datetime(day.year, day.month, day.day, tzinfo=UTC), code_set=name).to_pylist()
        == expected
    )


@pytest.mark.parametrize("codes", [["E11.9", None, "Zzz", "i10"], ["E11.9", "I10"], ["E119", "I10"]])
def test_a_long_column_is_looked_up_among_the_known_codes_first(
    codes: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    days = [DAY + timedelta(days=number) for number in range(len(codes))]
    expected = one_by_one("icd10cm", codes, days)
    monkeypatch.setattr(columns, "LONG", 1)
    assert frames.status(codes, on=days).to_pylist() == expected
    assert frames.normalize(codes).to_pylist() == [code and icd10cm.code_type.normal(code) for code in codes]


def test_a_day_far_from_the_others_costs_no_memory() -> None:
    assert frames.status(["I10", "I10"], on=[date(1, 1, 1), date(9999, 1, 1)]).to_pylist() == [
        "not_yet"
        if icd10cm.status("I10", date(1, 1, 1)) == "not_yet"
        else str(icd10cm.status("I10", date(1, 1, 1))),
        "out_of_range",
    ]


def test_times_with_a_zone_count_as_the_day_there() -> None:
    late = pa.array([datetime(2021, 10, 1, 3, tzinfo=UTC)], pa.timestamp("us", "America/New_York"))
    assert frames.status(["M54.5"], on=late).to_pylist() == ["billable"]


def test_no_day_means_today() -> None:
    assert frames.status(["I42.0"]).to_pylist() == [str(icd10cm.status("I42.0", clock.today()))] == ["header"]


def test_descriptions() -> None:
    found = frames.describe(["E11.9", "E11", "E11.Z", "?", None], on=date(2026, 1, 5)).to_pylist()
    assert [row["status"] for row in found] == ["billable", "header", "unknown", "malformed", None]
    assert [row["billable"] for row in found] == [True, False, None, None, None]
    assert [row["code"] for row in found] == ["E119", "E11", "E11Z", None, None]
    assert [row["parent"] for row in found] == ["E11", None, None, None, None]
    assert found[0]["start"] == date(2015, 10, 1)
    assert found[0]["title"] == "Type 2 diabetes mellitus without complications"


def test_value_sets_successors_and_children() -> None:
    days = [date(2021, 9, 30), DAY, None, DAY]
    codes = ["M54.5", "M54.5", "M54.5", None]
    assert frames.matches(codes, "M54.-", on=days).to_pylist() == [True, False, None, None]
    assert frames.matches(codes, ValueSet("M54.5"), on=days).to_pylist() == [True, False, None, None]
    assert frames.successors(["M54.5"], on=[DAY]).to_pylist() == [["M5450", "M5451", "M5459"]]
    assert frames.children(["M54.5", "E11Z"], on=DAY).to_pylist() == [["M5450", "M5451", "M5459"], []]
    with pytest.raises(TypeError, match="no successors are known of ICD-10-PCS codes"):
        frames.successors(["02703DZ"], code_set=code_set("icd10pcs"))


@pytest.mark.parametrize(
    ("codes", "on", "message"),
    [
        ("E11.9", None, "codes must be a column or a list, not str"),
        (5, None, "codes must be a column or a list, not int"),
        ([1, 2], None, "codes must be a column of text, not int64"),
        (["E11.9", 2], None, "codes must be a column of one type"),
        (pl.DataFrame({"a": ["E11.9"], "b": [1]}), None, "codes must be one column, not a table of 2"),
        (["E11.9"], [5], "on must be a date or a column of dates, not int64"),
        (["E11.9"], "2026-01-05", "on must be a date or a column of dates, not str"),
        (["E11.9"], 5, "on must be a date or a column of dates, not int"),
    ],
)
def test_a_column_of_a_wrong_type_is_refused_by_name(codes: Any, on: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        frames.status(codes, on)


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="codes has 2 rows and on has 1"):
        frames.status(["E11.9", "I10"], on=[DAY])
    with pytest.raises(KeyError, match="icd11"):
        frames.status(["E11.9"], code_set="icd11")


@pytest.mark.parametrize(
    "empty", [[], pa.array([], pa.string()), pa.chunked_array([], pa.string()), np.array([], str)]
)
def test_nothing_gives_nothing(empty: Any) -> None:
    assert frames.status(empty).to_pylist() == []
    assert frames.status(empty, on=pa.chunked_array([], pa.date32())).to_pylist() == []


def test_numpy_and_null_columns() -> None:
    assert frames.status(np.array(["E11.9", "x"]), on=DAY).to_pylist() == ["billable", "malformed"]
    assert frames.status([None, None], on=[None, None]).to_pylist() == [None, None]


def test_polars_namespaces() -> None:
    frame = pl.DataFrame({"dx": ["E11.9", "M54.5", None], "dos": [DAY, DAY, DAY]})
    dx = pl.col("dx").medcode  # type: ignore[attr-defined]  # registered by the import
    asked = frame.select(
        status=dx.status(on=DAY),
        normal=dx.normalize(),
        diabetes=dx.matches("E08-E13"),
        after=dx.successors(on=pl.col("dos")),
        below=dx.children(),
        about=dx.describe(),
    )
    assert asked.row(1)[:5] == (
        "header",
        "M545",
        False,
        ["M5450", "M5451", "M5459"],
        ["M5450", "M5451", "M5459"],
    )
    assert asked["about"].struct.field("title").to_list()[0].startswith("Type 2 diabetes")
    assert frame["dx"].medcode.status(on=frame["dos"]).to_list() == ["billable", "header", None]  # type: ignore[attr-defined]  # as above
    assert frame["dx"].medcode.describe().struct.field("status").to_list()[:2] == ["billable", "header"]  # type: ignore[attr-defined]  # as above
    streamed = frame.lazy().select(dx.status(on=pl.col("dos"))).collect(engine="streaming")
    assert streamed.columns == ["dx"]
    assert streamed.schema["dx"] == pl.Enum(frames.STATUSES)
    several = pl.col("dx", "dx2").medcode.status(on=pl.col("dos"))  # type: ignore[attr-defined]  # as above
    with pytest.raises(pl.exceptions.PolarsError):
        frame.with_columns(dx2="dx").select(several)
    with pytest.raises(TypeError, match="a date or an expression"):
        dx.status(on=frame["dos"])


@pytest.mark.parametrize("dtype", ["str", "object", "category", pd.ArrowDtype(pa.string())])
def test_pandas_accessor(dtype: Any) -> None:
    series = pd.Series(["E11.9", "M54.5", None], index=[7, 8, 9], name="dx", dtype=dtype)
    days = pd.Series(pd.to_datetime(["2021-10-01"] * 3), index=series.index)
    accessor = series.medcode
    found = accessor.status(on=days)
    assert found.index.equals(series.index)
    assert found.name == "dx"
    assert found.astype(object).where(found.notna(), None).tolist() == ["billable", "header", None]
    assert accessor.normalize().tolist()[:2] == ["E119", "M545"]
    assert accessor.matches("E08-E13").tolist()[:2] == [True, False]
    assert list(accessor.successors()[8]) == ["M5450", "M5451", "M5459"] == list(accessor.children()[8])
    assert accessor.describe(on=DAY).loc[8, "status"] == "header"
    with pytest.raises(ValueError, match="another index"):
        accessor.status(on=days.reset_index(drop=True))


@pytest.mark.slow
def test_duckdb_tables_and_functions() -> None:
    connection = register(duckdb.connect(), "icd10cm", "place_of_service", on=DAY)
    found = connection.sql("SELECT count(*) FROM icd10cm WHERE billable").fetchall()
    assert found == [(icd10cm.as_of(DAY).billable(),)]
    rows = connection.sql(
        "SELECT medcode_status(c, DATE '2021-10-01', s), medcode_normalize(c, s) "
        "FROM (VALUES ('M54.5', 'icd10cm'), ('11', 'place_of_service'), ('x', NULL)) AS t(c, s)"
    ).fetchall()
    assert rows == [("header", "M545"), ("billable", "11"), (None, None)]


@pytest.mark.slow
def test_duckdb_has_value_sets_as_conditions_and_tables_of_claims() -> None:
    lines = pa.table({"dx": ["E11.9", "I10", None], "dos": [date(2024, 3, 1)] * 3})
    connection = register(duckdb.connect(), tables={"lines": lines})
    query = "SELECT dx FROM lines WHERE medcode_matches(dx, dos, 'E08-E13')"
    assert connection.sql(query).fetchall() == [("E11.9",)]


def test_duckdb_functions_ask_each_code_set_about_its_own_rows() -> None:
    """DuckDB calls them on threads of its own, where coverage does not look."""
    face = medcode.frames.duckdb
    ask_status, ask_normal, ask_matches = face._status, face._normalize, face._matches
    rules = pa.chunked_array([["E08-E13", "M54"]])
    both, day = pa.chunked_array([["E11.9", "M54.51"]]), pa.chunked_array([[date(2024, 3, 1)] * 2])
    assert ask_matches(both, day, rules).to_pylist() == [True, True]
    assert ask_matches(both, day, pa.chunked_array([["M54"] * 2])).to_pylist() == [False, True]
    codes = pa.chunked_array([["M54.5", "11", "x"]])
    days = pa.chunked_array([[DAY, DAY, DAY]])
    assert ask_status(codes, days, pa.chunked_array([["icd10cm"] * 3])).to_pylist() == [
        "header",
        "malformed",
        "malformed",
    ]
    mixed = pa.chunked_array([["icd10cm", "place_of_service", None]])
    assert ask_status(codes, days, mixed).to_pylist() == ["header", "billable", None]
    assert ask_normal(codes, mixed).to_pylist() == ["M545", "11", None]


def test_without_any_table_every_day_is_like_the_next() -> None:
    days = [DAY, DAY + timedelta(days=400)]
    assert frames.status(["99213", "99214"], days, code_set="cpt").to_pylist() == one_by_one(
        "cpt", ["99213", "99214"], days
    )


def test_days_may_be_text() -> None:
    codes = ["M54.5", "M54.5", "M54.5", "M54.5", "M54.5"]
    days = ["2021-01-05", "20260105", "1/5/2021", "", None]
    for kind in (pa.string(), pa.large_string(), pa.string_view()):
        found = frames.status(pa.array(codes), on=pa.array(days, kind)).to_pylist()
        dated = pa.array([date(2021, 1, 5), date(2026, 1, 5), date(2021, 1, 5), None, None])
        assert found == frames.status(pa.array(codes), on=dated).to_pylist()
    with pytest.raises(ValueError, match=r"on must be dates such as .*; row 1 is not"):
        frames.status(pa.array(codes[:2]), on=pa.array(["2021-01-05", "soon"]))


@pytest.mark.parametrize("wrong", [["icd10cm"], {"icd10cm": 1}, 10, None])
def test_a_code_set_is_named_by_a_text(wrong: Any) -> None:
    with pytest.raises(TypeError, match="a code set is named by a text such as 'icd10cm', not by "):
        frames.status(pa.array(["E11.9"]), code_set=wrong)
