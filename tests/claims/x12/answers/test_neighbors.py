"""Segments of answers that are exchanged with their neighbor, misnamed, or levels under another number or code."""

from __future__ import annotations

import pytest
from tests.claims.x12.answers.other_texts import CLEARINGHOUSE, HOSPITAL, RESPONSE
from tests.claims.x12.answers.texts import ACKNOWLEDGMENT, REMITTANCE, changed

from medcode.claims import x12

TEXTS = (REMITTANCE, HOSPITAL, ACKNOWLEDGMENT, CLEARINGHOUSE, RESPONSE)
TWICE = {"CLP*PCN003*19*450*400**12*ICN003", "LX*2"}
"""Exchanged with what follows, they are two findings: the amounts of two claims change, or a group begins within a claim."""


def several(segments: list[str]) -> list[str]:
    """Return the findings of a changed text, if there are several."""
    found = [str(each) for each in x12.validate("~\n".join(segments))]
    return found if len(found) > 1 else []


def inside(text: str) -> tuple[list[str], range]:
    """Return the segments of a text, and the places of those between ST and SE."""
    segments = text.split("~\n")
    first = next(at for at, each in enumerate(segments) if each.startswith("ST*"))
    last = next(at for at, each in enumerate(segments) if each.startswith("SE*"))
    return segments, range(first + 1, last)


@pytest.mark.parametrize("text", TEXTS)
def test_neighbors_that_are_exchanged_are_one_finding_at_most(text: str) -> None:
    segments, places = inside(text)
    wrong = {}
    for at in places[:-1]:
        exchanged = [*segments[:at], segments[at + 1], segments[at], *segments[at + 2 :]]
        if (found := several(exchanged)) and segments[at] not in TWICE:
            wrong[segments[at]] = found
    assert wrong == {}


@pytest.mark.parametrize("text", TEXTS)
def test_a_segment_with_another_id_or_qualifier_is_one_finding(text: str) -> None:
    segments, places = inside(text)
    wrong = {}
    for at in places:
        elements = segments[at].split("*")
        for change in (["ZZ", *elements[1:]], [elements[0], "X1", *elements[2:]]):
            if found := several([*segments[:at], "*".join(change), *segments[at + 1 :]]):
                wrong[segments[at]] = found
    assert wrong == {}


@pytest.mark.parametrize("text", [ACKNOWLEDGMENT, CLEARINGHOUSE, RESPONSE])
def test_a_level_with_another_number_parent_or_code_is_one_finding(text: str) -> None:
    segments, places = inside(text)
    for at in (at for at in places if segments[at].startswith("HL*")):
        elements = segments[at].split("*")
        for place, values in ((1, "1234579"), (2, "1234567"), (3, ["19", "20", "21", "22", "23", "PT", "X"])):
            for value in values:
                if elements[place] in {value, ""}:
                    continue
                changed_ = [*elements[:place], value, *elements[place + 1 :]]
                found = x12.validate("~\n".join([*segments[:at], "*".join(changed_), *segments[at + 1 :]]))
                assert len(found.findings) == 1, changed_


def test_what_is_held_when_the_text_ends_is_checked_where_it_is() -> None:
    text = REMITTANCE[: REMITTANCE.index("SVC*HC:97110")] + "DTM*232*20260112~"
    cut = REMITTANCE[: REMITTANCE.index("SVC*HC:97110")] + "TRN*1*X*1123456789~"
    assert "segment-unexpected" not in {each.name for each in x12.validate(text)}
    assert len(x12.validate(cut).findings) == len(x12.validate(text).findings) + 1


def test_several_segments_after_one_that_comes_too_early_are_one_finding() -> None:
    found = x12.validate(changed(REMITTANCE, "LQ*HE*N130: swap")).findings
    assert [str(each.location) for each in found] == ["2110 DTM (segment 38)"]
    assert found[0].message == "The segment belongs before the LQ (Remark on the line) beside it."


def test_the_value_of_a_segment_out_of_place_is_judged() -> None:
    text = changed(changed(REMITTANCE, "DTM*405: 2=20261331"), "DTM*405: swap")
    assert {each.name for each in x12.validate(text)} >= {"element-date"}


@pytest.mark.parametrize("target", ["HL*4*3*PT", "NM1*QC*1*MAPLE", "TRN*2*PCN001", "STC*A3:24:85"])
def test_a_segment_that_comes_twice_is_not_exchanged_with_itself(target: str) -> None:
    found = x12.validate(changed(ACKNOWLEDGMENT, f"{target}: repeat")).findings
    assert "segment-out-of-order" not in {each.name for each in found}


def test_a_group_that_is_lost_is_found_once_for_all_its_sets() -> None:
    head, _, rest = REMITTANCE.partition("ST*835*0001")
    body, _, _ = rest.partition("GE*1*17")
    second = body.replace("SE*73*0001", "SE*73*0002")
    both = f"{head}ST*835*0001{body}ST*835*0002{second}GE*2*17~\nIEA*1*000000017~\n"
    assert x12.validate(both).findings == ()
    lost = "\n".join(line for line in both.split("\n") if not line.startswith("GS*"))
    assert [each.name for each in x12.validate(lost)] == ["group-header-element"]


def test_several_strays_are_not_the_trailer_that_is_missing() -> None:
    text = REMITTANCE.replace("GE*1*17~", "QQ*1~\nQQ*2~")
    assert [each.name for each in x12.validate(text)] == ["text-between-segments", "group-trailer-missing"]


ENVELOPES = [
    ("ISA*00", "interchange-header-missing", "GS comes before ISA, which should begin it: exchange the two."),
    ("GS*", "group-header-element", "ST comes before GS, which should begin it: exchange the two."),
    ("SE*", "set-trailer-missing", "GE comes before SE, which it should follow: exchange the two."),
    ("GE*", "group-trailer-missing", "IEA comes before GE, which it should follow: exchange the two."),
    ("AMT*YY*400", "text-between-segments", "The segment comes after SE, which counts it."),
]


@pytest.mark.parametrize(("target", "rule", "message"), ENVELOPES)
def test_segments_of_the_envelope_that_are_exchanged_are_one_finding(
    target: str, rule: str, message: str
) -> None:
    segments = ACKNOWLEDGMENT.split("~\n")
    at = next(at for at, each in enumerate(segments) if each.startswith(target))
    text = "~\n".join([*segments[:at], segments[at + 1], segments[at], *segments[at + 2 :]])
    assert [(each.name, each.message) for each in x12.validate(text)] == [(rule, message)]
    assert x12.dumps(x12.loads(text)) == text


def test_a_group_of_another_version_is_found_once_and_not_for_each_set() -> None:
    text = REMITTANCE.replace("X*005010X221A1", "X*004010X091A1")
    assert [each.name for each in x12.validate(text)] == ["group-version-unsupported"]
