"""ICD-10-PCS: axes, meanings, titles, and why a code fails."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, strategies as st
from lxml import etree

from medcode import icd10pcs
from medcode.codesets.pcs_names import AXES, BODY_SYSTEMS, OPERATIONS, SECTIONS
from medcode.errors import InvalidFormat

if TYPE_CHECKING:
    from pathlib import Path

OCTOBER_2025 = date(2025, 10, 1)


@pytest.fixture(scope="module")
def tables(reference: Path) -> list[Any]:
    """The official tables of FY2026."""
    return list(etree.parse(reference / "data/icd10pcs_tables_2026.xml").iter("pcsTable"))


def labels(axis: Any) -> dict[str, str]:
    return {label.get("code"): label.text for label in axis.findall("label")}


def test_the_official_tables_accept_exactly_the_valid_codes(tables: list[Any]) -> None:
    accepted = {
        "".join(values)
        for table in tables
        for row in table.findall("pcsRow")
        for values in product(*(labels(axis) for axis in (*table.findall("axis"), *row.findall("axis"))))
    }
    assert accepted == {str(code) for code in icd10pcs.as_of(OCTOBER_2025)}
    assert len(accepted) == 79_115


def test_names_are_the_official_ones(tables: list[Any]) -> None:
    for table in tables:
        section, system, operation = (next(iter(labels(axis).items())) for axis in table.findall("axis"))
        assert SECTIONS[section[0]] == section[1]
        assert BODY_SYSTEMS[section[0] + system[0]] == system[1]
        assert OPERATIONS[section[0] + operation[0]] == operation[1]
        for row in table.findall("pcsRow"):
            titles = [axis.findtext("title") for axis in (*table.findall("axis"), *row.findall("axis"))]
            assert [title.replace(" / ", "/") for title in titles] == list(AXES[section[0]])


OF_FY2027 = {"X9", "XE", "XU"}  # body systems whose names no table at hand tells


def test_every_code_has_a_section_a_body_system_and_an_operation_with_a_name() -> None:
    assert {code[0] for code in icd10pcs} == SECTIONS.keys() == AXES.keys()
    assert {code[:2] for code in icd10pcs} == BODY_SYSTEMS.keys() | OF_FY2027
    assert not BODY_SYSTEMS.keys() & OF_FY2027
    assert {code[0] + code[2] for code in icd10pcs} | {"XW2"} == OPERATIONS.keys()  # XW2 for FY2021 alone


def words(text: str) -> frozenset[str]:
    return frozenset(text.lower().replace(",", "").replace("(s)", "").split())


def test_meanings_are_worded_like_the_official_labels(tables: list[Any]) -> None:
    """Four in five say the same words in some order, and most others a part of them."""
    seen: Counter[str] = Counter()
    for table in tables:
        prefix = "".join(next(iter(labels(axis))) for axis in table.findall("axis"))
        for axis in (axis for row in table.findall("pcsRow") for axis in row.findall("axis")):
            place = int(axis.get("pos"))
            for value, label in labels(axis).items():
                code = prefix + "Z" * (place - 4) + value + "Z" * (7 - place)
                ours, theirs = (
                    icd10pcs.axes(code)[place - 1].meaning or "",
                    label.replace("No Device", "none"),
                )
                theirs = theirs.replace("No Qualifier", "none")
                same, part = (
                    words(ours) == words(theirs),
                    words(ours) <= words(theirs) or words(theirs) <= words(ours),
                )
                seen["same" if same else "absent" if not ours else "part" if part else "other"] += 1
    total = sum(seen.values())
    assert seen["same"] / total > 0.75
    assert seen["other"] / total < 0.01


@pytest.mark.parametrize(("code", "place", "value"), [
    ("0DTJ0Z1", 7, "1"),
    ("02703D1", 7, "1"),
    ("02705DZ", 5, "5"),
    ("0ZTJ0ZZ", 2, "Z"),
    ("ZZZZZZZ", 1, "Z"),
    ("0DZJ0ZZ", 3, "Z"),
])  # fmt: skip
def test_why_a_code_fails(code: str, place: int, value: str) -> None:
    found = icd10pcs.misfits(code)
    assert (place, value) in {(misfit.axis.place, misfit.axis.value) for misfit in found}
    for misfit in found:
        assert misfit.allowed
        assert f"character {misfit.axis.place}" in str(misfit)


def test_a_valid_code_has_no_misfit() -> None:
    assert icd10pcs.misfits("02703DZ") == ()
    assert icd10pcs.misfits("XY0YX28", on=date(2019, 10, 1)) != ()
    assert icd10pcs.misfits("02703DZ", on=date(2015, 9, 30))[0].allowed == {}


@pytest.mark.slow
@given(st.from_regex(r"[0-9A-HJ-NP-Z]{7}", fullmatch=True))
def test_a_misfit_names_values_that_fit(code: str) -> None:
    for misfit in icd10pcs.misfits(code, on=OCTOBER_2025):
        assert misfit.axis.value not in misfit.allowed
        place = misfit.axis.place
        start = code[: place - 1] + next(iter(misfit.allowed))
        assert any(valid.startswith(start) for valid in icd10pcs.as_of(OCTOBER_2025))


def test_titles() -> None:
    assert icd10pcs["0DTJ0ZZ"].title == "Resection of Appendix, Open Approach"
    composed = icd10pcs["0HNUXZZ"]
    assert composed.title == "Release Left Breast, External Approach"
    assert composed.note == "the title of the 2009 release"
    assert icd10pcs["0370046"].title == (
        "Dilation of Right Internal Mammary Artery, Bifurcation, with Drug-eluting Intraluminal Device, Open Approach"
    )
    assert icd10pcs["0RG03ZJ"].note == "composed of the meanings of its axes"
    noted = Counter(
        "none" if not concept.title else concept.note or "official" for concept in icd10pcs.values()
    )
    assert noted == {
        "official": 78_931,
        "the title of the 2009 release": 1_042,
        "composed after the titles of its neighbors": 1_951,
        "composed of the meanings of its axes": 288,
        "none": 296,
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [("02703OZ", "did you mean 027030Z"), ("O27O3DZ", "did you mean 02703DZ"), ("02703", "without I and O$")],
)
def test_a_letter_for_a_digit_is_noticed(text: str, message: str) -> None:
    with pytest.raises(InvalidFormat, match=message):
        icd10pcs.code_type(text)


def test_only_what_is_shaped_like_a_code_has_axes() -> None:
    with pytest.raises(InvalidFormat):
        icd10pcs.axes("02703OZ")


def test_most_codes_have_a_meaning_on_every_axis() -> None:
    """Without one are values that FY2025 to FY2027 add, and some that ended before FY2023."""
    lacking = [code for code in icd10pcs if not all(axis.meaning for axis in icd10pcs.axes(code))]
    assert len(lacking) == 296
    ended = {code for code in lacking if icd10pcs[code].start <= date(2024, 9, 30)}
    assert ended == {"XW23346", "XW23376", "XW24346", "XW24376"}
    assert lacking == [code for code in icd10pcs if not icd10pcs[code].title]


@pytest.mark.parametrize(
    "code", ["5A1955Z", "10D00Z1", "4A023N7", "XW033E5", "9WB9XLZ", "F0FZJZZ", "047Y4Z6"]
)
def test_every_axis_of_codes_in_common_use_has_its_meaning(code: str) -> None:
    assert all(axis.meaning for axis in icd10pcs.axes(code))


@pytest.mark.parametrize(("code", "meant"), [
    ("XW013W7", "COVID-19 Vaccine Booster"),
    ("XW03392", "Defibrotide Sodium Anticoagulant"),
    ("XW0J3HA", "Paclitaxel-Coated Balloon Technology, One Balloon"),
    ("XNS40GA", "Ring External Fixation Device with Automated Strut Adjustment"),
    ("XRG10RB", "Interbody Fusion Device, Custom-Made Anatomically Designed"),
])  # fmt: skip
def test_a_value_that_new_technology_uses_again_means_what_its_year_says(code: str, meant: str) -> None:
    assert icd10pcs.axes(code)[5].meaning == meant


def test_a_place_that_new_technology_uses_again_too() -> None:
    meanings = [icd10pcs.axes(code)[3].meaning for code in ("XNS4032", "XNS40GA")]
    assert meanings == ["Thoracic", "Humeral Shaft, Right"]


def test_a_qualifier_of_an_administration_is_one_of_its_substance() -> None:
    influenza, cells = icd10pcs.axes("3E01340")[6], icd10pcs.axes("3E030U0")[6]
    assert (influenza.meaning, cells.meaning) == ("Influenza", "Autologous")


def test_a_meaning_may_hold_for_a_whole_section() -> None:
    meanings = {axis.place: axis.meaning for axis in icd10pcs.axes("5A1955Z")}
    assert (meanings[4], meanings[6], meanings[7]) == ("Respiratory", "Ventilation", "none")
    assert icd10pcs.axes("10D00Z1")[3].meaning == "Products of Conception"
    assert icd10pcs.axes("XW0U4XB")[6].meaning == "New Technology Group 11"
