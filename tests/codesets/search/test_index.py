"""The index: built, written, read, and the shipped one against the texts of today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from medcode import icd10cm, icd10pcs
from medcode.codesets.search import SearchIndex, Text, index_of
from medcode.codesets.store import pack, unpack

if TYPE_CHECKING:
    from medcode.codesets.base import CodeSet

HEADER = {"name": "x", "publisher": "y", "edition": "z", "license": "none", "coverage": [None, None]}
TEXTS = [
    Text("B1", "Gout of knee"),
    Text("B", "Gout"),
    Text("A", "Fever", "inclusion term"),
    Text("A", "Fever, unspecified"),
]


def test_what_is_written_is_read() -> None:
    built = SearchIndex.of(TEXTS)
    header, columns = built.columns()
    read = SearchIndex.read(unpack(pack({**HEADER, **header}, columns), "x"))
    assert (list(read.codes), list(read.is_title), read.vocabulary) == (
        ["A", "A", "B", "B1"],
        [1, 0, 1, 1],
        built.vocabulary,
    )
    for word in ("fever", "gout", "knee"):
        symbol = read.symbol(word)
        assert symbol is not None
        assert read.word(symbol) == word
        assert (
            list(read.texts_with(symbol)) == list(built.texts_with(symbol)) == list(read.texts_with(symbol))
        )
        assert read.count(symbol) == len(read.texts_with(symbol))
    assert read.symbol("~unknown") is None
    assert [read.is_leaf(number) for number in range(4)] == [True, True, False, True]
    assert list(read.lengths) == [3, 3, 3, 4]


def test_characters_pass_over_surrogates() -> None:
    index = SearchIndex.of(Text(f"{number:05}", f"word{number:05}") for number in range(0xD800))
    last = index.symbol("word55290")
    assert last is not None
    assert ord(last) > 0xDFFF
    assert index.word(last) == "word55290"
    assert list(index.texts_with(last)) == [55290]


def test_what_is_kept_at_hand_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("medcode.codesets.search.index._KEPT", 1)
    index = SearchIndex.of(TEXTS)
    for _ in range(2):
        for word in ("fever", "gout"):
            assert len(index.texts_with(index.symbol(word) or "")) == 2


@pytest.mark.slow
@pytest.mark.parametrize("indexed", [icd10cm, icd10pcs])
def test_the_shipped_index_is_of_the_shipped_texts(indexed: CodeSet[Any]) -> None:
    built, shipped = SearchIndex.of(indexed.texts()), index_of(indexed)
    assert built.columns() == shipped.columns(), "run: python -m tools.build_data search"
