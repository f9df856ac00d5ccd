"""From words to codes: what a search finds, in which order, and why."""

from __future__ import annotations

import threading
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st

from medcode import hcpcs, icd10cm, icd10pcs
from medcode.codesets.discharge_status import discharge_status
from medcode.codesets.icd9cm import icd9cm
from medcode.codesets.icd10cm import Icd10Cm, Icd10CmSet
from medcode.codesets.modifiers import modifiers
from medcode.codesets.place_of_service import place_of_service

if TYPE_CHECKING:
    from collections.abc import Sequence


def found(query: str, limit: int = 5) -> Sequence[str]:
    return [hit.code.dotted for hit in icd10cm.search(query, limit=limit)]


def first(query: str) -> str:
    return found(query, 1)[0]


# What must not be confused.


@pytest.mark.parametrize(("query", "right", "wrong"), [
    ("hives", "L50", ("B20", "Z21", "R75")),
    ("heat stroke", "T67.0", ("I63", "I64")),
    ("high potassium", "E87.5", ("E87.6",)),
    ("low potassium", "E87.6", ("E87.5",)),
    ("high sodium", "E87.0", ("E87.1",)),
    ("overactive thyroid", "E05", ("E03", "E02")),
    ("underactive thyroid", "E03", ("E05",)),
    ("hyperglycemia", "R73.9", ("E16.2",)),
    ("low blood sugar", "E16.2", ("R73",)),
    ("hypotension", "I95", ("I10", "I16")),
    ("constipation", "K59.0", ("R19.7",)),
    ("nearsighted", "H52.1", ("H52.0",)),
])  # fmt: skip
def test_opposites_do_not_match(query: str, right: str, wrong: tuple[str, ...]) -> None:
    codes = found(query, 10)
    assert codes[0].startswith(right)
    assert not [code for code in codes if code.startswith(wrong)]


@pytest.mark.parametrize(("query", "right"), [
    ("left knee gout", "M10.062"),
    ("shingles right ear", "B02"),
    ("left leg cellulitis", "L03.116"),
    ("migraine left side", "G43"),
    ("psoriasis elbow", "L40"),
    ("rash on left arm", "R21"),
    ("osteoporosis hip", "M81"),
    ("melanoma left shoulder", "C43.62"),
])  # fmt: skip
def test_site_and_side_do_not_beat_the_disorder(query: str, right: str) -> None:
    assert first(query).startswith(right)


@pytest.mark.parametrize(("query", "right"), [
    ("migraine with aura", "G43.1"),
    ("migraine without aura", "G43.0"),
    ("migraine w/o aura", "G43.0"),
    ("concussion without loss of consciousness", "S06.0X0"),
    ("acute bronchitis", "J20"),
    ("chronic bronchitis", "J42"),
    ("type 1 diabetes", "E10"),
    ("type 2 diabetes", "E11"),
    ("ckd stage 4", "N18.4"),
    ("ckd stage 5", "N18.5"),
    ("secondary hypertension", "I15"),
    ("hypertension", "I10"),
    ("preeclampsia", "O14"),
    ("eclampsia", "O15"),
    ("benign neoplasm of colon", "D12"),
    ("displaced fracture of left femoral neck", "S72.0"),
    ("gestational diabetes second trimester", "O24.4"),
    ("BMI 42", "Z68.41"),
    ("BMI 27.5 adult", "Z68.27"),
    ("38 weeks pregnant", "Z3A.38"),
])  # fmt: skip
def test_what_qualifies_counts(query: str, right: str) -> None:
    assert first(query).startswith(right)


@pytest.mark.parametrize("query", [
    "brain mets", "metastatic lung cancer to the brain", "breast cancer with brain metastases", "secondary malignant neoplasm of brain", "lung ca metastatic to brain",
])  # fmt: skip
def test_a_cancer_that_has_spread_is_coded_where_it_has_spread_to(query: str) -> None:
    assert first(query) == "C79.31"


@pytest.mark.parametrize(("query", "right"), [
    ("ankle sprain subsequent", "S93.409D"),
    ("sprained left ankle follow up", "S93.402D"),
    ("hip fracture initial encounter", "S72.009A"),
    ("open fracture of right tibia, initial", "S82.201B"),
    ("right distal radius fracture nonunion", "S52.501K"),
    ("sequela of burn of right hand", "T23.001S"),
])  # fmt: skip
def test_the_encounter_is_the_7th_character(query: str, right: str) -> None:
    assert right in found(query)


def test_a_side_is_found_below_a_heading() -> None:
    assert first("glaucoma suspect bilateral") == "H40.003"
    assert first("glaucoma suspect") == "H40.0"


# Words: their order, their form, their spelling.


@pytest.mark.parametrize(("one", "other"), [
    ("fracture of the hip", "hip fractures"),
    ("neuropathy diabetic", "diabetic neuropathy"),
    ("Migraine", "MIGRAINES"),
    ("heartburn", "heart burn"),
    ("heat stroke", "heatstroke"),
    ("pre eclampsia", "pre-eclampsia"),
    ("kidneystone", "kidney stone"),
    ("haemorrhage of anus", "hemorrhage of anus"),
    ("leaking bladder", "bladder leakage"),
    ("Ménière's disease", "menieres disease"),
    ("DKA", "diabetic ketoacidosis"),
    ("T2DM", "type II diabetes mellitus"),
    ("c/o chest pain", "chest pain"),
    ("s/p CABG", "CABG status"),
])  # fmt: skip
def test_two_ways_to_write_the_same(one: str, other: str) -> None:
    assert first(one) == first(other)


@pytest.mark.parametrize(("wrong", "right"), [
    ("hypertention", "I10"), ("pnuemonia", "J18"), ("migrane", "G43"), ("diabetis type 2", "E11"), ("apendicitis", "K3"),
    ("hypokalemai", "E87.6"), ("hyperkalemai", "E87.5"), ("siezure", "R56"), ("bronchitus", "J40"), ("hemmorhoids", "K64"),
])  # fmt: skip
def test_misspellings(wrong: str, right: str) -> None:
    assert first(wrong).startswith(right)


def test_capitals_tell_an_abbreviation_from_a_word() -> None:
    assert first("HIT") == "D75.82"
    assert first("hit by baseball").startswith("W21")
    assert first("severe AS").startswith("I35.0")
    assert first("ALL in remission").startswith("C91.01")


# Why.


def test_a_hit_says_why() -> None:
    hit = icd10cm.search("cyclical vomiting migrane", limit=1)[0]
    assert "migrane → migraine" in hit.why
    term = next(hit for hit in icd10cm.search("whitmore") if hit.kind == "inclusion term")
    assert term.title != term.found_in
    assert term.why.startswith(f"inclusion term '{term.found_in}': ")


def test_a_hit_names_the_rows_of_the_lexicon() -> None:
    hit = icd10cm.search("SVT", limit=1)[0]
    assert hit.lexicon == ("SVT = supraventricular tachycardia",)
    assert (
        hit.why.endswith("SVT → supraventricular tachycardia (lexicon: SVT = supraventricular tachycardia)")
        or "svt →" in hit.why
    )
    assert icd10cm.search("cholera", limit=1)[0].lexicon == ()


# A code as the query.


@pytest.mark.parametrize("query", ["E11.9", "e119", " E119 "])
def test_a_code_answers_itself_and_its_neighbors(query: str) -> None:
    hits = icd10cm.search(query, limit=4)
    assert [hit.code.dotted for hit in hits] == ["E11.9", "E11.8", "E11.6", "E11.5"]
    assert [hit.kind for hit in hits] == ["code", "neighbor", "neighbor", "neighbor"]
    assert hits[0].why == "code 'Type 2 diabetes mellitus without complications'"


def test_a_heading_answers_what_is_below_it() -> None:
    assert found("E11", 3) == ["E11", "E11.0", "E11.1"]


def test_a_code_that_is_not_in_the_table_answers_what_is_near_it() -> None:
    assert found("E11.99", 2) == ["E11.9", "E11.8"]
    assert found("E11.Z", 1)[0].startswith("E11.")
    assert {hit.kind for hit in icd10cm.search("E11.99")} == {"neighbor"}


def test_a_code_that_ended_answers_its_successors() -> None:
    assert found("M54.5", 2) == ["M54.5", "M54.50"]
    assert "I42.00" in found("I42.0", 4)
    hits = icd10cm.search("G35", on=date(2025, 10, 1), limit=3)
    assert [hit.code.dotted for hit in hits][:2] == ["G35", "G35.A"]


def test_words_that_look_like_codes_are_words() -> None:
    assert first("h1n1").startswith("J")
    assert first("B12 deficiency").startswith("E53.8")
    assert icd10cm.search("ZZZ.9") == ()


# Filters and limits.


def test_filters() -> None:
    assert all(hit.code.startswith("O") for hit in icd10cm.search("diabetes", within="O00-O9A"))
    assert all(hit.code.startswith("E11") for hit in icd10cm.search("diabetes", within="E11.-"))
    assert all(icd10cm[hit.code].billable for hit in icd10cm.search("hip fracture", billable=True, limit=20))
    before, after = date(2026, 9, 30), date(2026, 10, 1)
    assert "I4200" in {hit.code for hit in icd10cm.search("dilated cardiomyopathy", on=after)}
    assert "I4200" not in {hit.code for hit in icd10cm.search("dilated cardiomyopathy", on=before)}
    assert len(icd10cm.search("pain", limit=3)) == 3
    assert icd10cm.search("pain", limit=0) == ()
    assert len({hit.code for hit in icd10cm.search("diabetes", billable=True, limit=200)}) == 200


def test_a_negative_limit_is_an_error() -> None:
    with pytest.raises(ValueError, match="limit must be 0 or more, not -1"):
        icd10cm.search("pain", limit=-1)


@pytest.mark.parametrize("query", ["", "   ", "???", "the of and", "zzzzzz qqqqq", "x" * 100_000, "not"])
def test_words_that_say_nothing_find_nothing(query: str) -> None:
    assert icd10cm.search(query) == ()


@given(st.text(max_size=80))
def test_any_text_can_be_searched(query: str) -> None:
    for searched in (icd10cm, place_of_service):
        hits = searched.search(query)
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True) or hits[
            0
        ].kind != "title"
        assert len({hit.code for hit in hits}) == len(hits)


def test_a_day_that_is_given_needs_no_newer_release(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("medcode.codesets.clock.today", lambda: date(2028, 1, 1))
    monkeypatch.setattr(icd10cm, "_warned", False)
    (hit,) = icd10cm.search("hip fracture", on=date(2025, 10, 1), limit=1)
    assert hit.title


def test_a_code_is_found_once() -> None:
    hits = icd10cm.search("cholera", billable=True, limit=1_000)
    assert len({hit.code for hit in hits}) == len(hits) > 3


# Other sets, and first use.


@pytest.mark.parametrize(("query", "right"), [
    ("cesarean section", "10D00Z"), ("c-section", "10D00Z"), ("lap chole", "0FT44ZZ"), ("intubation", "0BH17EZ"),
    ("total knee replacement right", "0SRC"), ("endoscopic resection appendix", "0DTJ4ZZ"), ("PICC line", "02HV33Z"),
    ("blood transfusion", "302"), ("below knee amputation left", "0Y6J"), ("ORIF right hip", "0QS6"), ("TURP", "0VB"),
])  # fmt: skip
def test_procedures(query: str, right: str) -> None:
    assert icd10pcs.search(query, limit=1)[0].code.startswith(right)


@pytest.mark.slow
def test_small_sets() -> None:
    assert place_of_service.search("ER", limit=1)[0].code == "23"
    assert [hit.code for hit in place_of_service.search("23")] == ["23"]
    day = date(2026, 1, 5)
    assert modifiers.search("left side", limit=1, on=day)[0].code == "LT"
    assert modifiers.search("LT", limit=1, on=day)[0].code == "LT"
    assert icd9cm.search("CHF", limit=1)[0].code.startswith("428")
    assert discharge_status.search("home") == ()


@pytest.mark.slow
def test_the_first_search_may_come_from_several_threads() -> None:
    fresh = Icd10CmSet("icd10cm", Icd10Cm, table="icd10cm", titles="icd10cm_titles")
    answers: list[Sequence[str]] = []
    threads = [
        threading.Thread(
            target=lambda: answers.append([hit.code for hit in fresh.search("dka", on=date(2026, 1, 1))])
        )
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 4
    assert all(answer == answers[0] for answer in answers)


def test_a_dead_code_answers_with_its_successors() -> None:
    hits = [hit.code.dotted for hit in icd10cm.search("T81.4XXA", on=date(2026, 1, 5), limit=3)]
    assert hits == ["T81.40XA", "T81.41XA", "T81.42XA"]


@pytest.mark.parametrize(
    ("query", "category"),
    [
        ("liverfailure", "K72"),
        ("cardio myopathy", "I42"),
        ("foot ball player", "Y93"),
        ("fever without rash", "R50"),
    ],
)
def test_words_joined_or_apart_are_found(query: str, category: str) -> None:
    assert icd10cm.search(query, on=date(2026, 1, 5), limit=1)[0].code.startswith(category)


def test_encounter_words_mean_nothing_where_no_text_has_them() -> None:
    alone = icd10pcs.search("appendectomy", on=date(2026, 1, 5), limit=3)
    said = icd10pcs.search("appendectomy initial encounter", on=date(2026, 1, 5), limit=3)
    assert [hit.code for hit in said] == [hit.code for hit in alone] != []


def test_an_injected_drug_is_found_though_its_descriptor_does_not_say_so() -> None:
    assert [text.kind for text in hcpcs.texts_of("J1100")] == ["title", "injected drug"]
    assert [text.kind for text in hcpcs.texts_of("J1644")] == ["title"]  # Inj heparin sodium per 1000u
    found = [str(hit.code) for hit in hcpcs.search("dexamethasone injection", limit=2, on=date(2026, 5, 4))]
    assert "J1100" in found


@pytest.mark.parametrize(("query", "right"), [
    ("yeast infection down there", "B373"),
    ("feeling down", "F32"),
    ("hypoK", "E876"),
    ("hyperNa", "E870"),
    ("mets liver", "C787"),
    ("bursitis right hip", "M70"),
    ("ABLA", "D62"),
    ("vitamin d deficiency", "E559"),
    ("I&D of an abscess", "L02"),
    ("foul smelling stool", "R195"),
    ("patchy hair loss", "L63"),
])  # fmt: skip
def test_shorthand_and_what_is_not_named(query: str, right: str) -> None:
    assert icd10cm.search(query, limit=1, on=date(2026, 5, 4))[0].code.startswith(right)
