"""Words and spellings: what a text is taken apart into, and what an unknown word may have meant."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from medcode import icd10cm
from medcode.codesets.search.spelling import Speller, distance
from medcode.codesets.search.words import canonical, fold, number_range, singular, words


def forms(text: str) -> list[str]:
    return [word.form for word in words(text)]


@pytest.mark.parametrize(("text", "right"), [
    ("Fractures of the left hip", ["fracture", "left", "hip"]),
    ("Pre-eclampsia", ["preeclampsia"]),
    ("Gastro-esophageal reflux", ["gastro", "esophagus", "gastroesophageal", "reflux"]),
    ("Migraine without aura, intractable", ["migraine", "~aura", "intractable"]),
    ("Asthma with (acute) exacerbation", ["asthma", "acute", "exacerbation"]),
    ("Pneumonia, unspecified organism", ["pneumonia"]),
    ("Migraine, unspecified, not intractable", ["migraine", "~intractable"]),
    ("Body mass index [BMI] 40.0-44.9, adult", ["body", "mass", "index", "bmi", "40-44.9", "adult"]),
    ("Crohn's disease", ["crohn", "disease"]),
])  # fmt: skip
def test_words_of_a_text(text: str, right: list[str]) -> None:
    assert forms(text) == right


def test_what_is_in_parentheses_is_aside() -> None:
    assert [(word.written, word.aside) for word in words("Essential (primary) hypertension [HTN]")] == [
        ("essential", False), ("primary", True), ("hypertension", False), ("htn", True),
    ]  # fmt: skip


@given(st.text(alphabet="abcdefghilmnopqrstuyz", min_size=1, max_size=12))
def test_a_common_form_is_its_own(word: str) -> None:
    assert singular(singular(word)) in {singular(word), singular(singular(word))}
    assert canonical(canonical(word) or "x") == (canonical(word) or "x") or word.endswith("s")


def test_folding_and_ranges() -> None:
    assert (
        fold(
            "M\N{LATIN SMALL LETTER E WITH ACUTE}ni\N{LATIN SMALL LETTER E WITH GRAVE}re\N{RIGHT SINGLE QUOTATION MARK}s"
        )
        == "meniere"
    )
    assert number_range("20 - 29.90") == "20-29.9"


KNOWN = {
    "pneumonia": 90,
    "hyperkalemia": 3,
    "hypokalemia": 3,
    "leakage": 9,
    "kidney": 80,
    "stone": 9,
    "edema": 70,
    "tumor": 9,
    "heart": 60,
    "heard": 1,
    "dialyzer": 2,
}


@pytest.mark.parametrize(("word", "right"), [
    ("pnuemonia", "pneumonia"), ("hypokalemai", "hypokalemia"), ("hyperkalemai", "hyperkalemia"), ("oedema", "edema"),
    ("tumour", "tumor"), ("haert", "heart"), ("hear", "heart"), ("zzz", None), ("xyzzyxyzzy", None), ("hyprkalemia", "hyperkalemia"),
])  # fmt: skip
def test_the_nearest_word(word: str, right: str | None) -> None:
    assert Speller(KNOWN).nearest(word) == right


def test_a_prefix_does_not_become_its_opposite() -> None:
    assert Speller({"hyperkalemia": 3}).nearest("hypokalemia") is None
    assert Speller({"tachycardia": 3}).nearest("bradycardia") is None


def test_one_word_of_two_and_of_the_same_stem() -> None:
    speller = Speller(KNOWN)
    assert speller.split("kidneystone") == ("kidney", "stone")
    assert speller.split("kidneys") == ()
    assert speller.related("leaked") == "leakage"
    assert speller.related("stopped") is None
    assert speller.related("red") is None
    assert Speller({"skip": 1}).related("skipping") == "skip"


@pytest.mark.parametrize(("one", "other", "steps"), [
    ("gout", "gout", 0), ("gout", "goat", 1), ("gout", "gotu", 1), ("gout", "out", 1), ("gout", "gouty", 1), ("gout", "fever", 3), ("", "ab", 2),
])  # fmt: skip
def test_distance(one: str, other: str, steps: int) -> None:
    assert distance(one, other, 2) == steps


def test_a_shortened_word_is_completed_where_only_one_stem_begins_so() -> None:
    known = {
        "exacerbation": 20,
        "exacerbated": 3,
        "hydrocele": 5,
        "hydronephrosis": 9,
        "intertrochanteric": 4,
    }
    speller = Speller(known)
    assert speller.completed("exac") == "exacerbation"
    assert speller.completed("intertroch") == "intertrochanteric"
    assert speller.completed("hydro") is None  # of two
    assert speller.completed("exa") is None  # too short
    assert speller.completed("exacerbatio") is None  # a letter off, not cut short


def test_notes_that_cut_words_short_find_what_they_mean() -> None:
    for query, code in (
        ("COPD exac", "J441"),
        ("intertroch fx right hip", "S72141"),
        ("MM not in remission", "C9000"),
    ):
        assert icd10cm.search(query, limit=1)[0].code == code
