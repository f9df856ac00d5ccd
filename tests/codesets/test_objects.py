"""Concepts, views and value sets as objects people use."""

from __future__ import annotations

import json
import operator
import pickle
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from medcode import Icd10Cm, icd10cm, icd10pcs
from medcode.codesets.base import CodeSet, Concept, Status
from medcode.codesets.states import State
from medcode.codesets.value_set import ValueSet

if TYPE_CHECKING:
    from collections.abc import Callable

THEN = date(2025, 10, 1)


def test_a_concept_knows_its_neighbours() -> None:
    concept = icd10cm["E11"]
    assert "E1165" in concept.descendants
    assert concept.children == icd10cm.children("E11")
    assert icd10cm["E11.9"].parent == "E11"
    old = icd10cm.as_of(date(2021, 9, 30))["M54.5"]
    assert old.billable
    assert old.children == ()
    assert pickle.loads(pickle.dumps(old)) == old
    assert {old, icd10cm.concept("M545", old.on)} == {old}
    assert old != icd10cm["M54.5"]
    assert old != "M545"


def test_a_concept_shows_itself_and_may_have_no_title() -> None:
    shown = "Concept(code=Icd10Cm('E11'), title='Type 2 diabetes mellitus', status=<Status.HEADER: 'header'>, start="
    assert repr(icd10cm["E11"]).startswith(shown)
    assert repr({icd10cm["E11"]}).startswith("{Concept(")
    bare = CodeSet("icd10cm", Icd10Cm, table="icd10cm")
    assert (bare["E11.9"].title, bare["E11.9"].note) == (None, None)
    assert Icd10Cm.why_not("E11.9") == ""


def test_every_spelling_of_a_code_has_its_answers_once_and_again() -> None:
    bare = CodeSet(
        "icd10cm", Icd10Cm, table="icd10cm", titles="icd10cm_titles", earlier_titles="icd10cm_earlier_titles"
    )
    spellings = ("I42.0", "i420", "i42.0", " I42.0 ", Icd10Cm("I42.0"), "I420")
    for day in (date(2026, 9, 30), date(2026, 10, 1), None):
        for _ in range(2):  # first it is put into wire form, then it is known
            found = [bare.concept(text, day) for text in spellings]
            assert len({concept.title for concept in found}) == 1
            assert {str(concept.code) for concept in found} == {"I420"}
            assert set(found) == {bare.concept("I420", day)}
            assert len({bare.status(text, day) for text in spellings}) == 1
            assert all(text in bare for text in spellings)


def test_the_spellings_that_are_kept_are_few_and_plain_text() -> None:
    class Heavy(str):
        __slots__ = ("load",)

    bare = CodeSet("states", State, table="states", titles="states")
    heavy = Heavy("NY ")
    assert (bare[heavy].title, heavy in bare) == (bare["NY"].title, True)
    assert all(type(text) is str for text in bare.table.lookup)
    for blanks in range(5):
        for code in bare:
            assert bare[" " * blanks + code].title == bare[code].title
    kept = [text for known in (bare.table.lookup, bare["NY"]._loaded.titles) for text in known]
    assert len(kept) <= 2 * 3 * len(bare)


def test_a_concept_matches_a_pattern_and_becomes_json() -> None:
    concept = icd10cm["E11.9"]
    match concept:
        case Concept(code="E119", status=Status.BILLABLE):
            pass
        case _:
            pytest.fail("it is a billable code")
    plain = json.loads(json.dumps(concept.to_dict()))
    assert (plain["dotted"], plain["start"], plain["end"]) == ("E11.9", "2015-10-01", None)


def test_objects_show_themselves_in_a_notebook() -> None:
    assert "Type 2 diabetes mellitus" in icd10cm["E11"]._repr_html_()
    assert "<td>A00</td>" in icd10cm.as_of(THEN)._repr_html_()
    assert "missing" in icd10cm.check(["E11.9", None])._repr_html_()
    assert f"{len(icd10cm.as_of(THEN)):,} codes" in icd10cm.as_of(THEN)._repr_html_()


class FakeArrow:
    """Stands for pyarrow, so that what is handed over can be seen."""

    string = bool_ = date32 = staticmethod(lambda: None)

    @staticmethod
    def array(values: list[Any], _: object) -> list[Any]:
        return values

    def table(self, columns: dict[str, list[Any]]) -> FakeArrow:
        self.columns = columns
        return self

    def __arrow_c_stream__(self, schema: object) -> tuple[object, dict[str, list[Any]]]:
        return schema, self.columns


def test_a_set_becomes_an_arrow_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", FakeArrow())
    stream: Any = icd10pcs.as_of(THEN).__arrow_c_stream__()
    schema, columns = stream
    assert schema is None
    assert list(columns) == ["code", "dotted", "title", "billable", "start", "end"]
    assert len(columns["code"]) == 79_115
    assert all(columns["billable"])


def test_arrow_itself_reads_the_stream() -> None:
    pa = pytest.importorskip("pyarrow", reason="pyarrow cannot be imported", exc_type=ImportError)
    table = pa.table(icd10cm.as_of(THEN))
    assert table.num_rows == len(icd10cm.as_of(THEN))
    assert table.column("code").to_pylist()[0] == "A00"


def test_value_sets() -> None:
    diabetes = ValueSet("E08-E13", exclude="E09, E10.-")
    assert "e11.9" in diabetes
    assert "E10.9" not in diabetes
    assert "E11.Z" not in diabetes
    assert "nonsense!" not in diabetes
    assert diabetes.contains("E11.A", on=THEN)
    assert not diabetes.contains("E11.A", on=date(2025, 9, 30))
    assert not diabetes.contains("E11")
    assert not diabetes.contains("?")
    assert "E11A" in diabetes.codes(on=THEN)
    assert "E11A" not in diabetes.codes(on=date(2025, 9, 30))
    assert list(diabetes) == list(diabetes.codes())


def test_value_sets_combine() -> None:
    diabetes, pregnancy = ValueSet("E08-E13"), ValueSet("O00-O9A")
    either = diabetes | pregnancy
    assert "E11.9" in either
    assert "O24.410" in either
    assert "E11.9" not in either - diabetes
    assert "E11.9" in either & diabetes
    assert "O24.410" not in either & diabetes
    assert set(either.codes(THEN)) == {*diabetes.codes(THEN), *pregnancy.codes(THEN)}
    assert str(either - diabetes) == "((E08-E13), (O00-O9A)) except (E08-E13)"
    assert repr(diabetes) == "<ValueSet of ICD-10-CM: E08-E13>"
    again = pickle.loads(pickle.dumps(either))
    assert again == either
    assert hash(again) == hash(either)
    assert either != diabetes
    assert diabetes != "E08-E13"
    assert ValueSet("E08-E13", exclude=[ValueSet("E10"), "E09"]) != diabetes


@pytest.mark.parametrize("joined", [operator.or_, operator.sub, operator.and_])
def test_value_sets_of_two_code_sets_do_not_combine(joined: Callable[[ValueSet, ValueSet], object]) -> None:
    diabetes, heart = ValueSet("E08-E13"), ValueSet("021-02Y", code_set=icd10pcs)
    for one, other in ((diabetes, heart), (heart, diabetes)):
        with pytest.raises(
            ValueError, match=r"a value set of ICD-10-(CM|PCS) cannot hold codes of ICD-10-(PCS|CM)"
        ):
            joined(one, other)


def test_value_sets_of_other_code_sets() -> None:
    heart = ValueSet("021-02Y", code_set=icd10pcs)
    assert "02703DZ" in heart
    assert "0DTJ0ZZ" not in heart
