"""The notes of the tabular list: parsed, inherited, and the 7th characters they allow."""

from __future__ import annotations

from datetime import date

import pytest

from medcode import icd10cm
from medcode.codesets import notes as module, store
from medcode.codesets.base import Status
from medcode.codesets.notes import notebook
from medcode.codesets.references import Reference, parse_references
from medcode.errors import UnknownCode

APRIL = date(2026, 4, 1)


@pytest.mark.parametrize(("text", "inside", "outside"), [
    ("drug induced diabetes (E08.-)", "E08.9", "E09.9"),
    ("hypertensive retinopathy (H35.0-)", "H35.031", "H35.1"),
    ("one code (R73.01)", "R73.01", "R73.02"),
    ("complicating pregnancy (O10-O11, O13-O16)", "O10.011 O11.1 O13.1 O16.9", "O12.00 O20.0"),
    ("BMI (Z68.1-Z68.45)", "Z68.1 Z68.41 Z68.45", "Z68.51 Z68.9"),
    ("dementia (F10-F19, with .17, .27, .97)", "F10.27 F13.97", "F10.20 F20.9"),
    ("Charcot's joint (E08-E13 with .610)", "E11.610", "E11.618"),
    ("diabetes (E08-E13 with .69-)", "E11.69", "E11.65"),
    ("psychoactive drug use (F11-F19 with .15. .25, .95)", "F11.25 F19.950", "F11.20"),
    ("hyperosmolarity (E08, E09, E11, E13 with final characters .00 or .01)", "E11.00 E08.01", "E11.9 E10.10"),
    ("dysphasia (I69. with final characters -21)", "I69.021 I69.921", "I69.022"),
    ("mononucleosis with liver disease (B27.0-B27.9 with fifth character 9)", "B27.09 B27.99", "B27.01"),
    ("whooping cough with pneumonia (A37 with fifth-character 1)", "A37.01", "A37.00"),
    ("open fracture (S92.-with 7th character B)", "S92.001B", "S92.001A"),
    ("open fracture (S42.- with 7th character B or C)", "S42.351C", "S42.351A"),
    ("open fracture (S32.1--S32.9 with 7th character B)", "S32.10XB S32.9XXB", "S32.009B S32.10XA"),
    ("poisoning (T36-T65 with fifth or sixth character 1-4 or 6)", "T36.0X1A T36.91XA T36.0X6A", "T39.015A T36.95XA"),
    ("underdosing (T36-T50) with fifth or sixth character 6", "T36.0X6A T36.96XA", "T36.0X1A"),
    ("hallucinations (F11-F19 with fifth to sixth characters 51)", "F11.951", "F11.950"),
    ("intracranial injuries in S06.1- to S06.6-, and S06.81- to S06.89-", "S06.2X0A S06.811A", "S06.0X0A S06.9X0A"),
    ("arthritis, if known (M05.00 to M05.8A)", "M05.011 M05.8A", "M05.9 M06.00"),
    ("substance use (F10.-F19.-)", "F10.10 F15.2", "F20.0"),
    ("hemorrhage (I60.-. I61.-, I62.-)", "I60.9 I61.0 I62.9", "I63.9"),
    ("genetic disorders (QA0.-)", "QA0.0101", "Q99.9"),
])  # fmt: skip
def test_references(text: str, inside: str, outside: str) -> None:
    references, whole = parse_references(text)
    assert whole
    for code in inside.split():
        assert any(reference.covers(code) for reference in references), code
        assert any(reference.covers(code.replace(".", "")) for reference in references), code
    for code in outside.split():
        assert not any(reference.covers(code) for reference in references), code


@pytest.mark.parametrize("text", [
    "rheumatic diseases (I05-I09) unless rheumatic fever is also present",
    "diabetic acidosis - see categories E08-E10, E11, E13 with ketoacidosis",
    "(T51-T65 with fifth or sixth character to indicate intent)",
])  # fmt: skip
def test_what_only_a_person_can_judge_is_marked(text: str) -> None:
    references, whole = parse_references(text)
    assert references
    assert not whole


@pytest.mark.parametrize(
    "text", ["polyneuropathy (in):", "HIV, NOS and SSRI", "", "local infections - code to condition"]
)
def test_text_without_codes(text: str) -> None:
    assert parse_references(text) == ((), True)


def test_a_heading_is_not_covered_by_its_part() -> None:
    assert not Reference("E1165", "E1165").covers("E11")
    assert str(Reference("E1165", "E1165")) == "E11.65"
    assert str(Reference("E08", "E13")) == "E08-E13"


@pytest.mark.parametrize(("one", "other", "forward", "backward"), [
    ("E11.9", "E10.9", True, True),
    ("R52", "H92.01", True, False),
    ("I10", "O10.011", True, False),
    ("J44.0", "J44.1", False, False),
])  # fmt: skip
def test_excludes1_of_the_cases(
    one: str, other: str, forward: bool, backward: bool
) -> None:  # a row of facts
    assert any(note.covers(other) for note in icd10cm.notes(one).excludes1) is forward
    assert any(note.covers(one) for note in icd10cm.notes(other).excludes1) is backward


def test_notes_are_inherited_nearest_first() -> None:
    notes = icd10cm.notes("e11.9")
    assert notes is icd10cm.notes("E119")
    owners = [note.owner for note in notes.excludes1]
    assert owners == sorted(owners, key=["E119", "E11", "block E08-E13", "chapter 4"].index)
    assert {"E119", "E11", "chapter 4"} <= set(owners)
    assert "excludes1 (E11): type 1 diabetes mellitus (E10.-)" in str(notes)
    assert any(note.leads_in for note in notes.use_additional)
    assert not notes.includes[0].parsed
    assert all(note.parsed for note in notes.excludes1)
    assert any(note.if_applicable for note in icd10cm.notes("O10.011").use_additional)
    assert "7th character A: initial encounter" in str(icd10cm.notes("S72.001A"))


def test_notes_of_a_manifestation() -> None:
    assert any(note.covers("N18.6") for note in icd10cm.notes("D63.1").code_first)


def test_notes_of_a_normal_delivery() -> None:
    """O80 stands alone among the codes of chapter 15, and wants the outcome beside it."""
    notes = icd10cm.notes("O80")
    assert any(
        "not to be used with any other code from chapter 15" in note.text for note in notes.inclusion_terms
    )
    assert any(note.covers("Z37.0") for note in notes.use_additional)


def test_what_is_above_a_code_speaks_for_one_without_notes() -> None:
    assert icd10cm.status("I42.00", on=APRIL) is Status.NOT_YET
    assert icd10cm.notes("I42.00").excludes2 == icd10cm.notes("I42").excludes2
    with pytest.raises(UnknownCode):
        icd10cm.notes("ZZZ99")


def test_kept_notes_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "NOTES_KEPT", 2)
    book = module.NoteBook(store.shipped("icd10cm_notes"))
    for code in ("E119", "E109", "I10"):
        book.of(code)
    assert len(book._notes) <= 2


def test_chapters_and_blocks() -> None:
    assert len(icd10cm.chapters) == 22
    assert icd10cm.chapters[3].name == "E00-E89"
    chapter = icd10cm.chapter("QA0.0101")
    assert chapter
    assert (chapter.number, chapter.last) == ("17", "QA0")
    assert [block.name for block in icd10cm.blocks("V01.00XA")] == ["V00-V09", "V00-V99", "V00-X58"]
    assert icd10cm.blocks("B20")[0].span == ("B20", "B20")
    assert icd10cm.blocks("QA1.7") == ()  # a category of FY2027, later than the list
    assert notebook().chapter("000") is None
    assert str(notebook().of("000")) == ""
    assert notebook().chapter("ZZZ") is None
    missing = [code for code in icd10cm.as_of(APRIL) if len(code) == 3 and not icd10cm.blocks(code)]
    assert missing == []


@pytest.mark.slow
def test_seventh_characters_make_exactly_the_official_codes() -> None:
    """Expanding the list's 7th characters gives no false code and misses none (S06 is the trap)."""
    then = icd10cm.as_of(APRIL)
    expanded, headings = set(), set()
    for heading in (code for code in then if len(code) < 7):
        seventh = icd10cm.notes(heading).seventh_characters
        below = icd10cm.children(heading, on=APRIL)
        if seventh and below and all(len(code) == 7 for code in below):
            headings.add(heading)
            expanded |= {heading.ljust(6, "X") + character for character in seventh}
    official = {code for code in then if len(code) == 7 and icd10cm.parent(code) in headings}
    assert expanded == official
    assert len(expanded) > 40_000
    assert set(icd10cm.notes("S06.2X7").seventh_characters) == {"A"}
    assert set(icd10cm.notes("S06.2X6").seventh_characters) == {"A", "D", "S"}


def test_notes_of_one_kind_are_those_among_all() -> None:
    for code in ("E119", "I10", "S72001A", "R52", "O10011", "M25569", "Z3A20", "B20"):
        notes = icd10cm.notes(code)
        for kind in ("excludes1", "code_first", "includes", "text"):
            assert notebook().of_kind(kind, code) == getattr(notes, kind)
    assert notebook().of_kind("no such kind", "E119") == ()
