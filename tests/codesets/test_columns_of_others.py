"""Columns of pandas, polars and pyarrow, by stand-ins that have their faces; and by the libraries where they are."""

from __future__ import annotations

import pickle
import sys
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from medcode import hcpcs as hcpcs_set, icd10cm as icd10cm_set

hcpcs: Any = hcpcs_set
icd10cm: Any = icd10cm_set
DAY = date(2026, 1, 5)
CODES = ["E11.9", "E11", None, "E11.9"]
EXPECTED = ["billable", "header", None, "billable"]


def stand_in(library: str, **more: Any) -> Any:
    """Make a column type that says it is of a library."""

    class Column:
        def __init__(self, *values: Any, **about: Any) -> None:
            self.values = values[-1]
            self.name = values[0] if len(values) > 1 else about.get("name", "dx")
            self.index = about.get("index")

        def __len__(self) -> int:
            return len(self.values)

    Column.__module__ = f"{library}.core"
    for name, value in more.items():
        setattr(Column, name, value)
    return Column


def test_a_column_gives_a_column_of_its_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    for library in ("pandas", "polars"):
        kind = stand_in(library, to_list=lambda self: self.values, __hash__=None)
        for found in (icd10cm.check(kind(CODES), on=DAY), icd10cm.status(kind(CODES), on=DAY)):
            assert type(found) is kind
            assert found.values == EXPECTED
    read = {"tolist": lambda self: self.values, "__hash__": None}
    index, array = stand_in("pandas", to_list=read["tolist"], __hash__=None), stand_in("pandas", **read)
    plain = SimpleNamespace(
        Index=lambda values, **about: ("Index", values, about["name"]), array=lambda *values, **_: values
    )
    monkeypatch.setitem(sys.modules, "pandas", plain)
    of_index, of_array = index(CODES), array(CODES)
    del of_index.index, of_array.index
    of_index.name = "dx"
    del of_array.name
    assert icd10cm.check(of_index, on=DAY) == ("Index", EXPECTED, "dx")
    assert icd10cm.status(of_array, on=DAY) == (EXPECTED,)
    arrow = stand_in("pyarrow", to_pylist=lambda self: self.values, __hash__=None)
    monkeypatch.setitem(sys.modules, "pyarrow", SimpleNamespace(array=lambda values, _: arrow(values)))
    assert icd10cm.check(arrow(CODES), on=DAY).values == EXPECTED
    chunked = stand_in("pyarrow", to_pylist=lambda self: self.values, __hash__=None, chunks=())
    modules = SimpleNamespace(chunked_array=lambda values, _: chunked(values[0]))
    with monkeypatch.context() as patched:
        patched.setitem(sys.modules, "pyarrow", modules)
        assert icd10cm.check(chunked(CODES), on=DAY).values == EXPECTED
    days = arrow([DAY] * 4)
    assert icd10cm.check(arrow(CODES), on=days).values == EXPECTED
    assert list(icd10cm.check(CODES, on=days)) == EXPECTED
    long = kind(CODES * 30)
    assert icd10cm.status(long, on=DAY).values == EXPECTED * 30
    assert hcpcs.check(kind(["J1100", "99213"]), on=DAY).values == ["billable", "not_checked"]


def test_a_data_frame_is_not_a_column() -> None:
    frame = stand_in("pandas", columns=["dx"])([1])
    for ask in (icd10cm.check, icd10cm.status):
        with pytest.raises(TypeError, match="must be a column, not a Column: pass one of its columns"):
            ask(frame, on=DAY)


def test_an_expression_is_not_a_value() -> None:
    class Expr:
        """Stands for polars' expression, which has no truth value, as NA has none."""

        def __ne__(self, other: object) -> Any:
            raise TypeError

        def alias(self) -> None:
            """Name it."""

        __hash__ = None  # type: ignore[assignment]  # nor is it used as a key

    with pytest.raises(TypeError, match="must be str, not Expr"):
        icd10cm.status(Expr(), on=DAY)
    for value in (Expr(), None, 5, b"E11.9", bytearray(b"E11.9"), memoryview(b"E11.9")):
        with pytest.raises(TypeError, match=f"must be a list of ICD-10-CM codes, not {type(value).__name__}"):
            icd10cm.check(value, on=DAY)


class Scalar:
    """Stands for numpy's numbers and days, which are hashable and say of a slice that it is no index."""

    def __init__(self, *, nan: bool) -> None:
        self.nan = nan

    def __ne__(self, other: object) -> bool:
        return self.nan

    def __eq__(self, other: object) -> bool:
        return not self.nan

    __hash__ = object.__hash__

    def __getitem__(self, _: object) -> Any:
        raise IndexError


class Many(Scalar):
    """Stands for an array, which compares to an array of one truth value, or to one with NA."""

    def __init__(self, *, has_na: bool) -> None:
        super().__init__(nan=True)
        self.has_na = has_na

    def __ne__(self, other: object) -> bool:
        if self.has_na:
            raise TypeError
        return True

    def __len__(self) -> int:
        return 1

    __hash__ = None  # type: ignore[assignment]  # as arrays have none


ASKED: dict[str, Any] = {
    "in": lambda codes, value: value in codes,
    "get": lambda codes, value: codes.get(value),
    "status": lambda codes, value: codes.status(value, DAY),
    "check": lambda codes, value: codes.check([value], on=DAY)[0],
    "in as of": lambda codes, value: value in codes.as_of(DAY),
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
@pytest.mark.parametrize("codes", [icd10cm, hcpcs], ids=["dotted", "not dotted"])
def test_a_scalar_of_another_library(codes: Any, ask: Any) -> None:
    assert not ask(codes, Scalar(nan=True))
    for value in (Scalar(nan=False), Many(has_na=False), Many(has_na=True)):
        with pytest.raises(TypeError, match="code must be str, not"):
            ask(codes, value)


def test_the_scalars_and_arrays_themselves() -> None:
    numpy = pytest.importorskip("numpy")
    pandas = pytest.importorskip("pandas")
    for ask in ASKED.values():
        for missing in (numpy.float64("nan"), numpy.datetime64("NaT", "D"), pandas.NA, pandas.NaT):
            assert not ask(icd10cm, missing)
        groups = pandas.DataFrame({"dx": CODES}).groupby("dx")
        for wrong in (numpy.int64(5), numpy.array([float("nan")]), numpy.array(["E11.9"]), groups):
            with pytest.raises(TypeError, match="code must be str, not"):
                ask(icd10cm, wrong)
        assert ask(icd10cm, numpy.str_("E11.9"))
    index = icd10cm.check(pandas.CategoricalIndex(CODES, name="dx"), on=DAY)
    assert (type(index), index.name, list(index)[:2]) == (pandas.Index, "dx", EXPECTED[:2])
    for array in (pandas.array(CODES, dtype="string"), pandas.Categorical(CODES)):
        found = icd10cm.status(array, on=DAY)
        assert (found.dtype, list(found)[:2]) == ("string", EXPECTED[:2])


def test_what_is_wrong_is_shown() -> None:
    many = icd10cm.check([*CODES, *(f"ZZZ{n}" for n in range(20, 35))], on=DAY)
    assert many.wrong[0] == ("E11", "header")
    shown = many._repr_html_()
    assert "ZZZ20" in shown
    assert "…" in shown
    assert pickle.loads(pickle.dumps(many)) == many


def values(column: Any) -> list[Any]:
    return list(column.to_pylist() if hasattr(column, "to_pylist") else column.to_list())


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_the_libraries_themselves(library: str) -> None:
    module = pytest.importorskip(library)
    column = module.array(CODES) if library == "pyarrow" else module.Series(CODES)
    for found in (icd10cm.check(column, on=DAY), icd10cm.status(column, on=DAY)):
        assert [value if isinstance(value, str) else None for value in values(found)] == EXPECTED
        assert isinstance(found, type(column))
    empty = column[:0]
    assert (len(icd10cm.check(empty, on=DAY)), type(icd10cm.check(empty, on=DAY))) == (0, type(column))
    if library == "polars":
        assert icd10cm.check(empty, on=DAY).dtype == module.String
        with pytest.raises(TypeError, match="not Expr"):
            icd10cm.status(module.col("dx"), on=DAY)
    if library == "pyarrow":
        chunks = module.chunked_array([CODES, CODES])
        assert isinstance(icd10cm.check(chunks, on=DAY), module.ChunkedArray)
    if library == "pandas":
        index = icd10cm.check(module.Index(CODES, name="dx"), on=DAY)
        assert isinstance(index, module.Index)
        assert (index.name, list(index)[:2]) == ("dx", EXPECTED[:2])
