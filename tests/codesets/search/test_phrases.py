"""The phrases of clinicians, patients and coders, and which of several right codes comes first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from medcode import icd10cm
from medcode.codesets import code_set
from medcode.codesets.modifiers import modifiers

DAY = date(2026, 5, 4)


@pytest.mark.slow
def test_the_phrases_are_answered() -> None:
    lines = (Path(__file__).parent / "phrases.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.startswith("third")]
    first = five = 0
    for _, name, _, _, phrase, codes in rows:
        right = tuple(code.replace(".", "") for code in codes.split())
        found = [str(hit.code).startswith(right) for hit in code_set(name).search(phrase, limit=5, on=DAY)]
        first += found[:1] == [True]
        five += any(found)
    assert first > 0.95 * len(rows)
    assert five > 0.98 * len(rows)


@pytest.mark.parametrize(("query", "codes"), [
    ("nephrotic syndrome", ["N04.9", "N04"]),  # the code of what is not specified, then its heading
    ("asthma", ["J45.909"]),  # uncomplicated
    ("gastritis", ["K29.70"]),  # without bleeding
    ("Graves disease", ["E05.00"]),
    ("hypertensive heart and chronic kidney disease with heart failure", ["I13"]),  # the query tells the codes apart
])  # fmt: skip
def test_where_nothing_more_is_known_the_residual_code_comes_first(query: str, codes: list[str]) -> None:
    found = icd10cm.search(query, limit=len(codes), on=DAY)
    assert [hit.code.dotted for hit in found] == codes
    assert len(codes) == 1 or found[0].why.startswith(f"title of {codes[1]} ")


def test_a_letter_tells_one_disorder_from_another() -> None:
    assert [icd10cm.search(query, limit=1, on=DAY)[0].code.dotted for query in ("hepatitis A", "flu a")] == [
        "B15.9",
        "J10.1",
    ]
    assert icd10cm.search("hepatitis", limit=1, on=DAY)[0].code.dotted == "K75.9"


def test_each_meaning_of_a_modifier_is_found() -> None:
    for query in ("rental", "ambulance from residence to residence"):
        assert modifiers.search(query, limit=1, on=DAY)[0].code == "RR"
    assert [text.text for text in modifiers.texts_of("LT")] == ["left side"]
