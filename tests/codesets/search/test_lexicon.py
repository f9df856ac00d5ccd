"""The lexicon: every row can be read, says something, and says it once."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from importlib.resources import files

import pytest

from medcode import hcpcs, icd10cm
from medcode.codesets import code_set
from medcode.codesets.base import CodeSet
from medcode.codesets.place_of_service import place_of_service
from medcode.codesets.search import SearchIndex, Text, index_of
from medcode.codesets.search.lexicon import FILES_OF, Lexicon, lexicon_of, rows
from medcode.codesets.search.query import QueryReader
from medcode.codesets.search.tokens import term_forms, wording
from medcode.codesets.search.words import canonical, words

NAMES = sorted(
    file.name.removesuffix(".tsv")
    for file in files("medcode.codesets.search").joinpath("lexicon").iterdir()
    if file.name.endswith(".tsv")
)
TERMS = sorted({name for names in FILES_OF.values() for name in names})
OF_DIAGNOSES = FILES_OF["icd10cm"]


def test_every_file_is_read() -> None:
    assert set(NAMES) == {
        *TERMS,
        "common",
        "common_hcpcs",
        "constructions",
        "descriptors",
        "opposites",
        "shorthand",
        "verbs",
        "weights",
        "words",
    }


def test_it_is_as_broad_as_a_clinic() -> None:
    counts = {name: len(rows(name)) for name in NAMES}
    assert counts["abbreviations"] > 600
    assert counts["lay"] > 900
    assert sum(counts[name] for name in OF_DIAGNOSES) > 3_000


@pytest.mark.slow
def test_every_reading_has_words_of_the_texts() -> None:
    known = {name: set(index_of(code_set(name)).number) for name, files in FILES_OF.items() if files}
    empty = [
        (term, reading)
        for name in TERMS
        for term, readings in rows(name)
        for reading in readings.split("|")
        if not any(
            word.form in known[each]
            for word in words(reading)
            for each, files in FILES_OF.items()
            if name in files
        )
    ]
    assert empty == []


@pytest.mark.parametrize("name", TERMS)
def test_no_term_has_two_rows(name: str) -> None:
    terms = Counter(term.lower() for term, _ in rows(name))
    assert [term for term, count in terms.items() if count > 1] == []
    assert all(list(words(term)) for term, _ in rows(name))


def test_no_word_has_two_meanings() -> None:
    variants = Counter(variant for _, variants in rows("words") for variant in variants.split())
    assert [word for word, count in variants.items() if count > 1] == []
    kinds = Counter(word for _, names in rows("weights") for word in names.split())
    assert [word for word, count in kinds.items() if count > 1] == []


def test_opposites_are_words_of_the_texts() -> None:
    known = {*index_of(icd10cm).number, *index_of(place_of_service).number}
    for how, members in rows("opposites"):
        assert how in {"less", "never"}
        assert sum(canonical(word) in known for word in members.split()) >= 2, members


def test_common_codes_are_codes_and_stand_once() -> None:
    codes = Counter(code for level, codes in rows("common") for code in codes.split())
    assert [code for code, count in codes.items() if count > 1] == []
    gone = [code for code in codes if not icd10cm.search(code, limit=1, on=date(2026, 10, 1))]
    assert gone == []


def test_short_forms_are_those_of_the_descriptors() -> None:
    held = {part for text in CodeSet.texts(hcpcs) for part in re.findall("[a-z]+", text.text.lower())}
    forms = Counter(form for form, _ in rows("descriptors"))
    assert [form for form, count in forms.items() if count > 1 or form not in held] == []
    common = [code for _, codes in rows("common_hcpcs") for code in codes.split()]
    assert len(common) == len({*common})
    assert [code for code in common if code not in hcpcs] == []


def test_how_common_a_code_is_goes_by_its_longest_beginning() -> None:
    lexicon = Lexicon((), {"E11": 1, "E119": 3})
    assert [lexicon.commonness(code) for code in ("E119", "E1165", "E10")] == [3, 1, 0]
    assert lexicon_of("states") == Lexicon((), {})


def test_a_term_is_found_among_other_words_in_any_order() -> None:
    index = SearchIndex.of(
        [Text("A", "Acute myocardial infarction"), Text("B", "Heart"), Text("C", "Gout attack")]
    )
    reader = QueryReader(index, lexicon_of("icd10cm"))

    def asked(query: str) -> set[str]:
        return {unit.asked for unit in reader.read(query).units}

    assert "heart attack" in asked("old heart attack")
    assert "heart attack" in asked("attack of the heart")
    assert "heart attack" not in asked("heart is fine and well and strong but gout attack")


def test_a_term_does_not_apply_without_its_words_that_say_nothing() -> None:
    lexicon = lexicon_of("icd10cm")
    rest = {
        term.text: forms[0]
        for term in lexicon.terms
        if len(forms := term_forms(term.text)) == 1 and " " in wording(term.text).strip()
    }
    assert {"I&D": "d", "too much iron": "iron"}.items() <= rest.items()
    reader = QueryReader(index_of(icd10cm), lexicon)
    terms = {term.text: term for term in lexicon.terms}
    for text, form in rest.items():
        row = f"{text} = {' or '.join(terms[text].readings)}"
        assert row not in {unit.row for unit in reader.read(form).units}, text
