"""Every place of the three guides where a value stands is broken in every way that has one answer, and fixed.

The text of everything a guide has is the start; what it has of ids, addresses and codes is set to values that are right.
"""

from __future__ import annotations

import re
from datetime import date

import pytest
from tests.claims.x12.guides.test_guides_full import Filled
from tests.edits.test_reach import ENVELOPE, GUIDES

from medcode.claims.x12.validate.forms import code_sent, day_sent, number_sent
from medcode.fixing import fix_file

ON = date(2026, 2, 2)
RIGHT = {
    r"^(SBR\*.*\*)..$": r"\1MB",
    r"^(NM1\*IL\*.*\*)\w\w\*\w+$": r"\1MI*1EG4TE5MK73",
    r"^REF\*EI\*.*": "REF*EI*987654321",
    r"^REF\*SY\*.*": "REF*SY*219099999",
    r"^LIN.*": "LIN**N4*00026063512",
    r"^(N4\*[^*]*)\*.*": r"\1*FL*331110001",
    r"^(SV[123]\*.*?)(ER|IV):99213:.*?\*": r"\1HC:G0463:25:LT*",
}
"""What the segments of a guide's text are replaced with, so that each value is one."""

PEOPLE = r"^(PER\*IC\*ANN\*TE\*)(305)(555)(0100)"  # of the submitter, in the head of the file, no claim knows
BROKEN: dict[str, dict[str, tuple[str, ...]]] = {
    "ZIP code": {
        r"^(N4\*.*)(33111)(0001)$": (r"\1 \2\3", r"\1\2\3 ", r"\1\2-\3", r"\1\2 \3", r"\1 \2-\3 "),
    },
    "state": {r"^(N4\*[^*]*\*)(FL)": (r"\1 FL", r"\1FL ", r"\1fl", r"\1FLORIDA", r"\1F.L.", r"\1Florida ")},
    "tax id": {r"^(REF\*EI\*)(98)(7654321)": (r"\1 \2\3", r"\1\2\3 ", r"\1\2-\3", r"\1\2 \3", r"\1\2-\3 ")},
    "social security number": {
        r"^(REF\*SY\*)(219)(09)(9999)": (r"\1 \2\3\4", r"\1\2\3\4 ", r"\1\2-\3-\4", r"\1\2 \3 \4")
    },
    "Medicare number": {
        r"^(NM1\*IL\*.*\*MI\*)(1EG4)(TE5)(MK73)": (
            r"\1 \2\3\4",
            r"\1\2\3\4 ",
            r"\1\2-\3-\4",
            r"\1\2 \3 \4",
            r"\g<1>1eg4te5mk73",
        )
    },
    "telephone": {
        PEOPLE: (
            r"\1 \2\3\4",
            r"\1\2\3\4 ",
            r"\1\2-\3-\4",
            r"\1(\2) \3-\4",
            r"\1\2.\3.\4",
            r"\g<1>1\2\3\4",
            r"\1+1 \2 \3 \4",
        )
    },
    "drug code": {
        r"^(LIN\*\*N4\*)(00026)(0635)(12)": (r"\1 \2\3\4", r"\1\2\3\4 ", r"\1\2-\3-\4", r"\g<1>0026-0635-12")
    },
    "NPI": {r"(\*XX\*)(123)(4567893)": (r"\1 \2\3", r"\1\2\3 ", r"\1\2-\3", r"\1\2 \3")},
    "diagnosis": {
        r"((?:AB[KFJN]|APR):)(J06)(9)": (
            r"\1 \2\3",
            r"\1\2\3 ",
            r"\1\2.\3",
            r"\1\2 \3",
            r"\g<1>j06\3",
            r"\g<1>j06.9 ",
        )
    },
    "inpatient procedure": {r"(BB[RQ]:)(02703DZ)": (r"\1 \2", r"\1\2 ", r"\g<1>02703dz", r"\g<1>02703 DZ")},
    "procedure": {r"(HC:)(G0463)(?=:25)": (r"\1 \2", r"\1\2 ", r"\g<1>g0463", r"\g<1>G 0463")},
    "modifier": {r"(HC:G0463:25:)(LT)": (r"\1 \2", r"\1\2 ", r"\g<1>lt", r"\1\2:LT", r"\1\2:25")},
    "present on admission": {r"(AB[KFN]:J069:::::::)([YNUW])(?=[*~]|$)": (r"\1\2 ", r"\1 \2")},
    "amount": {
        r"^(SV1\*[^*]*\*|SV2\*\w+\*[^*]*\*|SV3\*[^*]*\*|CLM\*\w+\*)(\d+)": (
            r"\1\2 ",
            r"\1\2.00",
            r"\1$\2",
            r"\g<1>0\2",
            r"\1 \2.0",
        )
    },
    "date": {
        r"^(DTP\*\d+\*D8\*)(\d{4})(\d\d)(\d\d)": (r"\1\2\3\4 ", r"\1\2-\3-\4", r"\1\2/\3/\4", r"\1\2.\3.\4")
    },
    "sex": {r"^(DMG\*D8\*\d+\*)([FM])": (r"\1\2 ", r"\1 \2")},
    "separators": {
        r"^((?!ISA|SV|HI).*[^*])$": (r"\1*", r"\1***"),
        r"^(SV\d\*(?:0...\*)?HC:G0463:25:LT)\*": (r"\1:*", r"\1:::*"),
    },
}
"""Values by name: where they stand, and how each is broken."""
MOST_FORMS = max(len(forms) for places in BROKEN.values() for forms in places.values())


def replaced(text: str, changes: dict[str, str]) -> str:
    """Change each segment of a text."""
    segments = text.split("~")
    for old, new in changes.items():
        segments = [re.sub(old, new, segment) for segment in segments]
    return "~".join(segments)


def whole(convention: str) -> str:
    """Everything a guide has, with every value right: fixing it once leaves what has no fix."""
    text = ENVELOPE.format(convention, Filled(convention, dependent=True).text)
    return fix_file(replaced(text, RIGHT), on=ON).after


@pytest.mark.slow
@pytest.mark.parametrize("convention", GUIDES)
def test_every_value_is_fixed_wherever_it_stands(convention: str) -> None:
    right = whole(convention)
    head = right.index("HL*1")
    assert fix_file(right, on=ON).after == right
    left: list[tuple[str, str, str]] = []
    for number in range(MOST_FORMS):
        for start in range(2):  # neighbors that share a segment are broken in turn
            changes = {
                place: forms[number % len(forms)]
                for name in [*BROKEN][start::2]
                for place, forms in BROKEN[name].items()
            }
            text = right[:head] + replaced(right[head:], changes)
            parts = (each.split("~") for each in (right, text, fix_file(text, on=ON).after))
            left += [each for each in zip(*parts, strict=True) if each[0] != each[2]]
    assert left == []


def test_every_value_is_somewhere() -> None:
    texts = [whole(convention).split("~") for convention in GUIDES]
    missing = [
        name
        for name, places in BROKEN.items()
        if not any(re.search(place, segment) for place in places for text in texts for segment in text)
    ]
    assert missing == []


def test_what_may_mean_several_values_has_none() -> None:
    assert {
        day_sent("DT", "2026"),
        day_sent("D8", "a day"),
        day_sent("TM", "9"),
        day_sent("D8", "1/12/2026"),
    } == {None}
    assert {number_sent("12x"), number_sent("."), number_sent("1,23"), number_sent("5")} == {None}
    assert code_sent("X", {"F"}) is None
    assert (number_sent("000"), number_sent("-$3.10"), number_sent("+.50")) == ("0", "-3.1", ".5")
    assert (day_sent("D8", "13-1-2026"), day_sent("RD8", "20260112")) == ("20260113", "20260112-20260112")


def test_what_is_wrapped_stays() -> None:
    text = whole(GUIDES[0])
    wrapped = text.replace("*FL*331110001~", "*FL\n*331110001~", 1)
    assert wrapped != text
    assert "*FL\n*331110001~" in fix_file(wrapped, on=ON).after
