"""Codes as values: text with a type."""

from __future__ import annotations

import copy
import json
import pickle
import re

import pytest
from hypothesis import given, strategies as st

from medcode.codesets.base import Code, Malformed
from medcode.codesets.icd9cm import Icd9Cm
from medcode.codesets.icd10cm import Icd10Cm
from medcode.codesets.npi import Npi, check_digit
from medcode.errors import InvalidCheckDigit, InvalidFormat


class Secret(Code):
    __slots__ = ()
    label = "secret"
    private = True
    pattern = re.compile("[0-9]{4}")


def test_the_wire_form_is_the_value() -> None:
    code = Icd10Cm(" e11.9 ")
    assert code == "E119"
    assert code.dotted == "E11.9"
    assert str(code) == f"{code}" == "E119"
    assert type(str(code)) is str
    assert repr(code) == "Icd10Cm('E11.9')"
    by_text: dict[str, int] = {code: 1}
    assert by_text["E119"] == 1
    assert json.dumps([code]) == '["E119"]'
    assert Icd10Cm("I10").dotted == "I10"


def test_a_code_survives_pickle_and_copy() -> None:
    code = Icd10Cm("E119")
    for again in (pickle.loads(pickle.dumps(code)), copy.copy(code), copy.deepcopy(code)):
        assert again == code
        assert type(again) is Icd10Cm


def test_a_code_matches_a_pattern() -> None:
    match Icd10Cm.parse("e11.9"):
        case Icd10Cm() as code:
            assert code == "E119"
        case _:
            pytest.fail("a code is an Icd10Cm")


@pytest.mark.parametrize(
    "text",
    [
        "E1",
        "E11.",
        "E.119",
        "E1.19",
        "E11..9",
        "E11.99999",
        "1E11",
        "",
        "E11-9",
        "\N{FULLWIDTH LATIN CAPITAL LETTER E}119",
        "\N{LATIN SMALL LETTER LONG S}11",
    ],
)  # other scripts are the point
def test_wrong_shapes_of_icd10cm(text: str) -> None:
    assert not Icd10Cm.is_valid(text)
    with pytest.raises(InvalidFormat, match="ICD-10-CM"):
        Icd10Cm(text)
    wrong = Icd10Cm.parse(text)
    assert isinstance(wrong, Malformed)
    assert wrong == text
    assert repr(wrong) == f"Malformed({text!r})"


@pytest.mark.parametrize(
    ("text", "dotted"),
    [("250", "250"), ("25000", "250.00"), ("V7389", "V73.89"), ("E8888", "E888.8"), ("e888", "E888")],
)
def test_the_dot_of_icd9cm(text: str, dotted: str) -> None:
    assert Icd9Cm(text).dotted == dotted
    assert Icd9Cm(dotted) == text.upper()


def test_a_private_code_is_never_shown() -> None:
    assert "1234" not in repr(Secret("1234"))
    with pytest.raises(InvalidFormat) as caught:
        Secret("12345")
    assert "12345" not in str(caught.value)


@pytest.mark.parametrize("text", ["1234567893", "1245319599", " 1234567893 "])
def test_right_npis(text: str) -> None:
    assert Npi(text) == text.strip()


@pytest.mark.parametrize(("text", "error"), [
    ("1234567890", InvalidCheckDigit), ("7778889999", InvalidFormat), ("9876543210", InvalidFormat),
    ("123456789", InvalidFormat), ("12345678931", InvalidFormat),
])  # fmt: skip
def test_wrong_npis(text: str, error: type[Exception]) -> None:
    assert not Npi.is_valid(text)
    with pytest.raises(error):
        Npi(text)


@given(st.from_regex(r"[12][0-9]{8}", fullmatch=True), st.integers(0, 9))
def test_one_check_digit_in_ten_is_right(nine: str, digit: int) -> None:
    assert Npi.is_valid(f"{nine}{digit}") == (str(digit) == check_digit(nine))


@given(st.from_regex(r"[12][0-9]{8}", fullmatch=True), st.integers(1, 9), st.integers(1, 9))
def test_a_wrong_digit_is_always_found(nine: str, place: int, change: int) -> None:
    number = nine + check_digit(nine)
    wrong = str((int(number[place]) + change) % 10)
    assert Npi.is_valid(number)
    assert not Npi.is_valid(number[:place] + wrong + number[place + 1 :])
