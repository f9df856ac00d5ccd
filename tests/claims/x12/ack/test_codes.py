"""Which code answers what: of the set (IK502), the segment (IK304), the element (IK403), and whose set it is (AK202)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.claims.x12.texts import ONE, recounted, swapped, wire

from medcode.claims import x12
from medcode.claims.acknowledgment import GroupAnswer

if TYPE_CHECKING:
    from medcode.claims.acknowledgment import SetResult


def answered(text: str) -> SetResult:
    """Return the one set of the 999 that answers a text."""
    (group,) = x12.answers(x12.acknowledge(x12.loads(wire(text))))
    assert isinstance(group, GroupAnswer)
    (of_set,) = group.sets
    return of_set


@pytest.mark.parametrize(
    ("old", "new", "reasons"),
    [
        ("SV1*HC:99213*40*", "SV1*HC:99213*40.A*", ("5",)),  # the standard's own syntax
        ("*UN*1***1", "*XX*1***1", ("5", "I5")),  # the guide's list
        ("SV1*HC:99213*40*UN*1***1\n", "", ("5", "I5")),  # a segment of the guide
        ("SE*23*0001", "SE*24*0001", ("4",)),  # no segment at all
    ],
)
def test_a_segment_in_error_is_always_5(old: str, new: str, reasons: tuple[str, ...]) -> None:
    text = swapped(ONE, old, new)
    assert answered(text if "SE*" in old else recounted(text)).reasons == reasons


@pytest.mark.parametrize(("segment", "code"), [("BHT*", "3"), ("HI*", "I8"), ("SV1*", "I8")])
def test_a_missing_segment_is_the_standards_or_the_guides(segment: str, code: str) -> None:
    lines = [line for line in ONE.split("\n") if not line.startswith(segment)]
    errors = answered(recounted("\n".join(lines))).errors
    assert [(error.segment, error.code) for error in errors] == [(segment[:-1], code)]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("UN*1***1", "DA*1***1", "I6"),  # days: a unit of institutional lines
        ("UN*1***1", "QQ*1***1", "7"),
        ("11:B:1", "11:A:1", "I6"),
        ("SV1*HC:99213*", "SV1*HC:99213::::::::X*", "13"),
        ("SV1*HC:99213*", "SV1*HC:99213:::::::::*", "13"),
        ("SV1*HC:99213*", "SV1*HC:99213:::*", "3"),
        ("DTP*472*D8*", "DTP*472*RD8*", "8"),
        ("PER*IC*", "PER*QQ*", "7"),
    ],
)
def test_an_element_in_error(old: str, new: str, code: str) -> None:
    (error,) = answered(swapped(ONE, old, new)).errors
    assert (error.code, [element.code for element in error.elements]) == ("8", [code])


@pytest.mark.parametrize(
    ("number", "echo"),
    [
        ("A B1", "A B1"),
        ("ab-01", "ab-01"),
        ("#12.3/4", "#12.3/4"),
        ("00012", "00012"),
        ("AB12  ", "AB12"),
        ("1234567890", "123456789"),
        ("12", "0012"),
        ("A\x07B12", "AB12"),
    ],
)
def test_the_set_is_named_as_it_named_itself(number: str, echo: str) -> None:
    text = swapped(ONE, "ST*837*0001*", f"ST*837*{number}*").replace("SE*23*0001", f"SE*23*{number}")
    answer = x12.acknowledge(x12.loads(wire(text)))
    assert answer.findings == ()
    assert next(each.elements[2] for each in answer.segments if each.elements[0] == "AK2") == echo
