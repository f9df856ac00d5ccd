"""What the edits of ICD-10-CM answer, word for word: the code that is named, and the fix with its kind and options."""

from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from medcode.codesets.icd10cm import Icd10Cm, icd10cm
from medcode.edits import check
from medcode.edits.examples import stay, visit
from medcode.edits.icd.excludes1 import between, is_near, notes_of, told
from medcode.edits.icd.order import moved
from medcode.findings import FixKind

if TYPE_CHECKING:
    from medcode.claims.model import Claim
    from medcode.findings import Finding

DAY = date(2026, 1, 5)
PRESUMED = "ICD-10-CM presumes that it comes of the diabetes"


def found(claim: Claim, rule: str) -> tuple[Finding, ...]:
    return check(claim, select=[rule], on=DAY).findings


def answer(codes: str, rule: str) -> tuple[Any, ...]:
    """Return path, message, and the fix's path, options and kind of the one finding of a visit."""
    (finding,) = found(visit(*codes.split()), rule)
    fix = finding.fix and (finding.fix.path, finding.fix.options, finding.fix.kind)
    return finding.location.path, finding.message, fix


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        ("E11.9 E10.9", "Conflict: E11.9 has an Excludes1 note (E11) that names E10.9."),
        ("E10.9 E11.9", "Conflict: E10.9 has an Excludes1 note (E10) that names E11.9."),
        ("R52 H92.01", "Needs review: R52 has an Excludes1 note (R52) that names H92.01."),
        (  # one note alone, within a block
            "E11.319 E13.10",
            "Conflict: E11.319 has an Excludes1 note (E11) that names E13.10.",
        ),
        ("H92.01 R52", "Needs review: R52 has an Excludes1 note (R52) that names H92.01."),
    ],
)
def test_the_code_with_the_note_is_named_and_the_one_it_excludes(codes: str, said: str) -> None:
    first, second = map(Icd10Cm, codes.split())
    excluded = between(first, second)
    assert excluded is not None
    assert told(first, second, *excluded) == said


@pytest.mark.parametrize("codes", ["E11.9 N18.30", "N18.30 E11.9"])
def test_a_presumed_complication_names_both_codes_and_the_one_to_use(codes: str) -> None:
    at = codes.split().index("E11.9")
    assert answer(codes, "ICD18") == (
        f"diagnoses[{at}].code",
        f"E11.9 with chronic kidney disease (N18.30): {PRESUMED}; code E11.22, unless the record says otherwise.",
        (f"diagnoses[{at}].code", ("E1122",), FixKind.CHOICE),
    )


def test_a_named_complication_is_the_only_finding() -> None:
    path, message, fix = answer("E11.65 E11.9 N18.30", "ICD18")
    assert (path, fix[0], fix[2]) == ("diagnoses[1].code", "diagnoses[1]", FixKind.CHOICE)
    assert message == "E11.9 says that there is no complication, and E11.65 names one; remove E11.9."


def test_a_note_is_quoted_with_the_codes_it_names() -> None:
    assert answer("J45.909 D63.1", "ICD11") == (
        "diagnoses[1].code",
        "D63.1 is coded after a code such as N18; none is listed before it.",
        None,
    )


def test_a_code_that_is_never_first_changes_places_with_the_first_that_may_be() -> None:
    claim = visit("W19.XXXA", "Y92.009", "S72.001A", "I10")
    fixes = [each.fix for each in found(claim, "ICD06")]
    assert [fix and fix.kind for fix in fixes] == [FixKind.SAFE]
    assert [str(each.code) for each in fixes[0].new] == ["S72001A", "W19XXXA", "Y92009", "I10"]  # type: ignore[union-attr]  # the kind says that it is there
    assert fixes[0].text == "List S72.001A first."  # type: ignore[union-attr]  # as above


def test_only_an_injury_is_a_sequela_by_its_last_letter() -> None:
    assert not found(visit("S72.001A", "S72.001S"), "ICD07")
    assert not found(visit("S72.001A"), "ICD07")
    assert not found(visit("S72S"), "ICD07")  # no code of seven characters


def test_a_heading_is_replaced_by_a_choice_and_a_misspelling_by_one_code() -> None:
    assert answer("M54.5 I10", "ICD01")[2] == (
        "diagnoses[0].code",
        ("M5450", "M5451", "M5459"),
        FixKind.CHOICE,
    )
    assert answer("E119X I10", "ICD01")[2] == ("diagnoses[0].code", ("E119",), FixKind.SAFE)
    assert answer("J4590 I10", "ICD01")[2] == (
        "diagnoses[0].code",
        ("J45901", "J45902", "J45909"),
        FixKind.CHOICE,
    )
    assert answer("H81.41 I10", "ICD01")[2] == ("diagnoses[0].code", ("H814",), FixKind.CHOICE)
    heading, misspelt = (found(visit(code, "I10"), "ICD01")[0].fix for code in ("M54.5", "E119X"))
    assert (heading and heading.new, misspelt and misspelt.new) == (None, "E119")
    (deleted,) = found(visit("H81.41", "I10"), "ICD01")
    assert deleted.fix is not None
    assert deleted.fix.new == "H814"


def test_another_first_diagnosis_is_a_choice_of_those_there_are() -> None:
    several, alone = moved("diagnoses", ("E119", "Z0000")), moved("diagnoses", ("Z0000",))
    assert (several.kind, several.path, several.options) == (FixKind.CHOICE, "diagnoses", ("Z0000",))
    assert (alone.kind, alone.path, alone.options) == (FixKind.ADVICE, None, ())


def test_a_diagnosis_without_a_code_is_no_repetition() -> None:
    assert not found(visit("E11.9", " ", " "), "ICD03")


def test_a_repeated_diagnosis_of_a_stay_is_removed_by_a_person() -> None:
    (finding,) = found(stay("I50.20", "E11.9", "E11.9"), "ICD03")
    assert finding.fix is not None
    assert (finding.fix.kind, f"{finding.fix.path}.code") == (FixKind.CHOICE, finding.location.path)
    assert len(finding.fix.options) == 1
    assert not found(stay("I50.20", "I50.20"), "ICD03")  # the MCE reports the principal
    (finding,) = found(visit("E11.9", "I10", "E11.9"), "ICD03")
    assert finding.fix is not None
    assert (finding.fix.kind, finding.fix.options) == (FixKind.SAFE, ())


def test_pairs_far_from_each_others_notes_do_not_exclude_each_other() -> None:
    """A pair is looked at only where one code is in a category that the notes of the other reach."""
    choose = random.Random(5)  # the same pairs each time
    codes = list(icd10cm)
    noted = [code for code in choose.sample(codes, 100) if notes_of(code)]
    found = 0
    for code in noted:
        for note in notes_of(code):
            for reference in note.references:
                others = [other for other in icd10cm.children(reference.first[:3]) if note.covers(other)]
                found += len(others)
                assert all(is_near(other, code) for other in others)
    assert found > len(noted)
    pairs = [(choose.choice(codes), choose.choice(codes)) for _ in range(2_000)]
    far = [(one, other) for one, other in pairs if not (is_near(one, other) or is_near(other, one))]
    assert far
    assert not [(one, other) for one, other in far if between(Icd10Cm(one), Icd10Cm(other))]
