"""From words to codes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies as st

from medcode import icd10cm, icd10pcs
from medcode.codesets.discharge_status import discharge_status
from medcode.codesets.place_of_service import place_of_service
from medcode.codesets.search import expanded

PHRASES = {  # what people write, and the code it means, to the category
    "hip fracture": "S72",
    "htn": "I10",
    "high blood pressure": "I10",
    "t2dm": "E11",
    "type 1 diabetes": "E10",
    "diabetic retinopathy type 2": "E11",
    "gestational diabetes": "O24",
    "copd": "J44",
    "copd exacerbation": "J44",
    "asthma attack": "J45",
    "community acquired pneumonia": "J18",
    "covid": "U07",
    "flu": "J11",
    "strep throat": "J02",
    "sore throat": "J02",
    "common cold": "J00",
    "ear infection": "H66",
    "pink eye": "H10",
    "cataract": "H26",
    "glaucoma": "H40",
    "heart attack": "I21",
    "nstemi": "I21",
    "afib": "I48",
    "chf": "I50",
    "stroke": "I63",
    "tia": "G45",
    "dvt": "I82",
    "pulmonary embolism": "I26",
    "low back pain": "M54",
    "sciatica": "M54",
    "knee osteoarthritis": "M17",
    "rheumatoid arthritis": "M06",
    "gout": "M10",
    "osteoporosis": "M81",
    "sprained ankle": "S93",
    "wrist fx": "S52",
    "concussion": "S06",
    "migraine": "G43",
    "epilepsy": "G40",
    "multiple sclerosis": "G35",
    "parkinsons": "G20",
    "alzheimers": "G30",
    "depression": "F32",
    "anxiety": "F41",
    "ptsd": "F43",
    "adhd": "F90",
    "alcohol dependence": "F10",
    "smoker": "F17",
    "uti": "N39",
    "kidney stones": "N20",
    "ckd stage 3": "N18",
    "bph": "N40",
    "gerd": "K21",
    "appendicitis": "K35",
    "gallstones": "K80",
    "crohns disease": "K50",
    "breast cancer": "C50",
    "hypothyroidism": "E03",
    "obesity": "E66",
    "iron deficiency anemia": "D50",
}
MISSED = {"wrist fx"}  # S62, fracture at wrist level, comes before the distal radius


def found(phrase: str) -> list[str]:
    return [hit.code[:3] for hit in icd10cm.search(phrase, limit=5)]


def test_everyday_phrases() -> None:
    assert len(PHRASES) == 60
    missed = {phrase for phrase, category in PHRASES.items() if category not in found(phrase)}
    assert missed == MISSED
    assert len(missed) <= 6


@pytest.mark.parametrize(("one", "other"), [
    ("fracture of the hip", "hip fractures"),
    ("neuropathy diabetic", "diabetic neuropathy"),
    ("Migraine", "MIGRAINES"),
])  # fmt: skip
def test_order_case_and_plural_do_not_matter(one: str, other: str) -> None:
    assert found(one)[0] == found(other)[0]


@pytest.mark.parametrize(("wrong", "category"), [
    ("hypertention", "I10"), ("hypertension", "I10"), ("pnuemonia", "J18"), ("migrane", "G43"), ("diabetis type 2", "E11"), ("apendicitis", "K35"),
])  # fmt: skip
def test_small_misspellings(wrong: str, category: str) -> None:
    assert category[0] in {code[0] for code in found(wrong)}
    assert category in [hit.code[:3] for hit in icd10cm.search(wrong, limit=15)]


def test_a_hit_says_why() -> None:
    hit = icd10cm.search("cyclical vomiting migrane", limit=1)[0]
    assert "migrane → migraine" in hit.why
    term = next(hit for hit in icd10cm.search("hay fever") if hit.kind == "inclusion term")
    assert "hay" in term.why
    assert term.title != term.found_in


def test_filters() -> None:
    assert all(hit.code.startswith("O") for hit in icd10cm.search("diabetes", within="O00-O9A"))
    assert all(hit.code.startswith("E11") for hit in icd10cm.search("diabetes", within="E11.-"))
    assert all(icd10cm[hit.code].billable for hit in icd10cm.search("hip fracture", billable=True, limit=20))
    before, after = date(2026, 9, 30), date(2026, 10, 1)
    assert "I4200" in {hit.code for hit in icd10cm.search("dilated cardiomyopathy", on=after)}
    assert "I4200" not in {hit.code for hit in icd10cm.search("dilated cardiomyopathy", on=before)}
    assert len(icd10cm.search("pain", limit=3)) == 3
    assert len({hit.code for hit in icd10cm.search("diabetes", billable=True, limit=200)}) == 200


@pytest.mark.parametrize("query", ["", "   ", "???", "the of and", "zzzzzz qqqqq", "x" * 100_000])
def test_words_that_say_nothing_find_nothing(query: str) -> None:
    assert icd10cm.search(query) == ()


@given(st.text(max_size=80))
def test_any_text_can_be_searched(query: str) -> None:
    scores = [hit.score for hit in icd10cm.search(query)]
    assert scores == sorted(scores, reverse=True)


def test_a_day_that_is_given_needs_no_newer_release(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("medcode.codesets.clock.today", lambda: date(2028, 1, 1))
    monkeypatch.setattr(icd10cm, "_warned", False)
    (hit,) = icd10cm.search("hip fracture", on=date(2025, 10, 1), limit=1)
    assert hit.title


def test_a_code_is_found_once() -> None:
    hits = icd10cm.search("cholera", billable=True, limit=1_000)
    assert len({hit.code for hit in hits}) == len(hits) > 3


def test_every_set_with_titles_can_be_searched() -> None:
    assert discharge_status.search("home") == ()
    assert icd10pcs.search("endoscopic resection appendix", limit=1)[0].code == "0DTJ4ZZ"
    assert place_of_service.search("emergency room")[0].code == "23"
    assert expanded("HTN, T2DM") == " essential primary hypertension type 2 diabetes mellitus "
