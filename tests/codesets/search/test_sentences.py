"""Sentences of patients: words that only sentences are made of, forms of verbs, words written apart."""

from __future__ import annotations

from datetime import date

import pytest

from medcode import icd10cm
from medcode.codesets.search.words import stem

DAY = date(2026, 1, 5)


def first(query: str) -> str:
    return icd10cm.search(query, on=DAY, limit=1)[0].code.dotted


@pytest.mark.parametrize(("query", "category"), [
    ("my belly button sticks out", "K42"),  # not a hockey stick
    ("thirsty all the time", "R63.1"),  # not ALL, a leukemia
    ("my bladder fell down", "N81"),  # not Down syndrome
    ("my knee gave out", "M25.3"),  # not GAVE, of the stomach
    ("grandma broke her hip", "S72"),  # not grand mal
])  # fmt: skip
def test_what_sentences_are_made_of_is_not_searched(query: str, category: str) -> None:
    assert first(query).startswith(category)


@pytest.mark.parametrize("query", ["hands shake", "hands shaking", "shaky hands", "my hands shook"])
def test_a_term_is_found_in_any_form_of_its_verb(query: str) -> None:
    assert first(query) == "R25.1"


def test_a_verb_has_one_stem() -> None:
    assert {stem(form) for form in ("throw", "threw", "thrown", "throwing")} == {"throw"}
    assert stem("ring") == "ring"  # what is left would be too short


@pytest.mark.parametrize(
    ("apart", "joined"),
    [("gall bladder stones", "gallbladder stones"), ("toe nail fungus", "toenail fungus")],
)
def test_words_written_apart_are_one(apart: str, joined: str) -> None:
    assert first(apart) == first(joined)


def test_everyday_words_alone_are_no_answer() -> None:
    for hit in icd10cm.search("cramps all the time", on=DAY, limit=50):
        assert {asked for asked, _ in hit.matched} != {"all"}
    assert icd10cm.search("all", on=DAY)  # where nothing else is asked, they are


def test_a_cause_comes_after_the_disorder() -> None:
    assert first("bumped my head on a cabinet").startswith("S0")
    assert first("fell off a ladder").startswith("W11")
