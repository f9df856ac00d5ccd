"""A segment that is lost, there twice, exchanged or misnamed is one finding: of structure, and in all that is known of a claim."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from tests.claims.x12.parse.test_lost_segments import CHILDREN, PATIENTS, WHOLE
from tests.claims.x12.texts import (
    HEADER,
    PARENT,
    PROVIDER,
    child,
    claim,
    enclosed,
    own,
    recounted,
    transaction,
    wire,
)
from tests.claims.x12.validate.test_one_finding import ENVELOPE, SECONDARY

from medcode import scrub
from medcode.claims import x12
from medcode.claims.x12.guides.dictionary import DISCRIMINATORS
from medcode.edits.examples import dental, stay, visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims import Claim

FRAME = ("ISA", "GS", "ST", "SE", "GE", "IEA")


def written(*claims: Claim) -> str:
    return x12.dumps(list(claims), ENVELOPE).replace("~", "\n").rstrip("\n")


TEXTS = {
    "professional": written(visit()),
    "institutional": written(stay("I50.20", procedures=("02703DZ",))),
    "dental": written(dental()),
    "secondary": written(SECONDARY),
    "families": WHOLE,
    "children": enclosed(transaction(HEADER, PROVIDER, *CHILDREN)),
}


def lost(text: str) -> Iterator[tuple[str, str]]:
    """Yield a text without each segment in turn, with the segment."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if not line.startswith(FRAME):
            yield line, wire(recounted("\n".join([*lines[:at], *lines[at + 1 :]])))


def doubled(text: str) -> Iterator[tuple[str, str]]:
    """Yield a text with each segment twice in a row, with the segment."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if not line.startswith(FRAME):
            yield line, wire(recounted("\n".join([*lines[: at + 1], *lines[at:]])))


def several(texts: Iterator[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the segments of which more than one thing is found."""
    found = {line: [each.name for each in x12.validate(text).findings] for line, text in texts}
    return {line: names for line, names in found.items() if len(names) > 1}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_segment_that_is_lost_is_one_finding(text: str) -> None:
    assert several(lost(text)) == {}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_segment_that_is_there_twice_is_one_finding(text: str) -> None:
    assert several(doubled(text)) == {}


def exchanged(text: str) -> Iterator[tuple[str, str]]:
    """Yield a text with each segment after the one that follows it, with the segment."""
    lines = text.split("\n")
    for at, (one, other) in enumerate(pairwise(lines)):
        if not (one.startswith(FRAME) or other.startswith(FRAME)):
            yield one, wire("\n".join([*lines[:at], other, one, *lines[at + 2 :]]))


def misnamed(text: str) -> Iterator[tuple[str, str]]:
    """Yield a text with another id for each segment, and other codes where one tells its use: those of the text, and none."""
    lines = text.split("\n")
    rows = [line.split("*") for line in lines]
    for at, row in enumerate(rows):
        if row[0] in FRAME:
            continue
        changes = [["ZZ", *row[1:]]]
        if row[0] in DISCRIMINATORS:
            place, component = DISCRIMINATORS[row[0]]
            codes = {each[place] for each in rows if each[0] == row[0]} if not component else set()
            changes += [
                [*row[:place], code, *row[place + 1 :]] for code in sorted({"X1", *codes} - {row[place]})
            ]
        for change in changes:
            line = "*".join(change)
            yield line, wire("\n".join([*lines[:at], line, *lines[at + 1 :]]))


NAMED = re.compile(r"\b(Loop \w+|[A-Z][A-Z\d]{1,2}(\d\d)?(-\d+)?)\b")
"""A loop, a segment or an element, as messages name them."""

OF_ANOTHER = {"DTP*434*TM*1100", "DTP*435*TM*1100", "DTP*096*DT*202512310900", "DTP*434*DT*202512310900"}
"""Dates with the code of another that is there as well: which of the two is meant, nothing after them shows."""


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_segments_that_are_exchanged_are_one_finding(text: str) -> None:
    assert several(exchanged(text)) == {}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_segment_under_another_name_is_one_finding(text: str) -> None:
    assert several(misnamed(text)).keys() <= OF_ANOTHER


def test_a_segment_under_another_name_is_named_as_it_is_meant() -> None:
    text = wire(TEXTS["professional"])
    for old, new, at, said in (
        ("NM1*85*", "NM1*IL*", "2010AA NM101", "From what follows, 85 (Billing provider) was meant."),
        ("SV1*", "XX*", "2400 XX", "From its place and elements, SV1 was meant."),
        ("HL*2*1*22", "HL*2*1*23", "2000B HL03", "HL03 does not name the level of what follows."),
    ):
        (found,) = x12.validate(text.replace(old, new)).findings
        assert str(found.location).startswith(at)
        assert said in found.message


def test_every_message_says_what_it_is_about() -> None:
    """Which segment, loop or element: nobody has to look the place up to read what is wrong."""
    for name in ("institutional", "families"):
        for change in (lost, doubled, exchanged, misnamed):
            for line, text in change(TEXTS[name]):
                for found in x12.validate(text).findings:
                    assert NAMED.search(found.message) or found.name == "segment-unrecognized", line


def test_loops_that_come_in_any_order_are_not_exchanged() -> None:
    lines = TEXTS["children"].split("\n")
    at = next(at for at, line in enumerate(lines) if line.startswith("NM1*IL"))
    assert lines[at + 1].startswith("NM1*PR")
    assert x12.validate(wire("\n".join([*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]]))).ok


def names(*parts: str) -> list[tuple[str, str | None]]:
    found = x12.validate(wire(enclosed(transaction(HEADER, PROVIDER, *parts)))).findings
    return [(each.name, each.location.loop) for each in found]


FAMILY = (PARENT, child(3), claim("C3"), child(4), claim("C4"), own(5), claim("C5"))


@pytest.mark.parametrize(
    ("left_out", "found"),
    [
        ((1,), [("segment-not-due", "2300")]),  # the claim of the first child is the parent's
        ((3,), [("segment-missing", "2000C")]),
        ((1, 3), [("loop-missing", "2000C")]),  # neither HL04 nor SBR02 is said to be wrong as well
        ((1, 3, 5, 6), [("loop-missing", "2000C")]),
        ((0,), [("segment-missing", "2000B")]),  # of the children the level above is missing
    ],
)
def test_a_level_that_is_lost_whole_is_one_finding(
    left_out: tuple[int, ...], found: list[tuple[str, str]]
) -> None:
    assert names(*FAMILY) == []
    assert names(*(part for at, part in enumerate(FAMILY) if at not in left_out)) == found


def test_a_last_level_that_is_lost_whole_shows_in_the_count_alone() -> None:
    """Nothing that is left speaks of it: its claims follow those of the level before, as more of the same patient's do."""
    assert names(*PATIENTS[:7], PATIENTS[8]) == []
    whole = wire(enclosed(transaction(HEADER, PROVIDER, *PATIENTS)))
    cut = whole.replace(own(5).replace("\n", "~") + "~", "")
    assert [each.name for each in x12.validate(cut).findings] == ["set-segment-count"]


def test_lines_after_a_wrong_number_are_not_wrong() -> None:
    text = wire(TEXTS["professional"])
    line = text[text.index("LX*1~") : text.index("SE*")]
    lines = "".join(line.replace("LX*1~", f"LX*{number}~") for number in (1, 3, 4, 5))
    more = recounted(text.replace(line, lines).replace("~", "\n").rstrip("\n"))
    (found,) = x12.validate(wire(more)).findings
    assert (found.name, found.message) == ("line-number", "LX01 must be 2, the next number in its loop.")


def test_no_edit_repeats_what_is_lost() -> None:
    for name in ("professional", "institutional", "dental"):
        for line, text in lost(TEXTS[name]):
            structure = x12.validate(text).findings
            found = [each.rule for each in scrub(text).findings]
            assert len(found) <= max(1, len(structure)), (line, found)


@pytest.mark.parametrize("name", ["professional", "families"])
def test_an_acknowledgment_says_what_validation_finds(name: str) -> None:
    """What is known for certain at the end of a set alone is not answered otherwise."""
    for line, text in lost(TEXTS[name]):
        (found,) = x12.validate(text).findings or (None,)
        answer = x12.answers(x12.acknowledge(x12.loads(text)))[0]
        assert isinstance(answer, x12.GroupAnswer)
        noted = [
            (each.segment, each.position, code)
            for each in answer.sets[0].errors
            for code in ([part.code for part in each.elements] or [each.code])
        ]
        if found is None:
            assert noted == [], line
        else:
            at = found.location
            assert noted == [(at.segment, at.position, (found.ack or "").split()[-1])], line


def test_two_things_that_are_lost_are_two_findings() -> None:
    without_claim = claim("C2").partition("\n")[2]
    assert names(own(2), without_claim, own(3), own(4), claim("C4")) == [
        ("segment-missing", "2300"),
        ("segment-due", "2300"),  # of the second patient, who has nothing that may be a claim's
    ]
    receiver = HEADER.rpartition("\n")[0]
    text = wire(enclosed(transaction(receiver, PROVIDER, own(2), without_claim)))
    found = [(each.name, each.location.loop) for each in x12.validate(text).findings]
    assert found == [("loop-missing", "1000B"), ("segment-missing", "2300")]


def test_a_name_after_its_address_is_out_of_order() -> None:
    name = "NM1*85*2*MAPLE CLINIC*****XX*1234567893"
    provider = PROVIDER.replace(f"{name}\nN3*1 ELM ST", f"N3*1 ELM ST\n{name}")
    (found,) = x12.validate(wire(enclosed(transaction(HEADER, provider, own(2), claim())))).findings
    assert (found.name, found.location.segment, found.location.loop) == (
        "segment-out-of-order",
        "N3",
        "2010AA",
    )


def test_each_claim_too_many_is_found_once() -> None:
    claims = [claim(f"C{number}") for number in range(102)]
    found = x12.validate(wire(enclosed(transaction(HEADER, PROVIDER, own(2), *claims)))).findings
    assert [(each.name, each.claim) for each in found] == [("loop-too-often", 100), ("loop-too-often", 101)]


def test_an_address_without_its_name_is_not_that_of_the_loop_before() -> None:
    """A subscriber who is not the patient has a birth date and no address: what follows is the payer's."""
    lines = TEXTS["children"].split("\n")
    at = next(at for at, line in enumerate(lines) if line.startswith("NM1*PR"))
    birth, address = "DMG*D8*19800501*F", ["N3*1 ELM ST", "N4*ANYTOWN*NY*12345"]
    whole = [*lines[:at], birth, lines[at], *address, *lines[at + 1 :]]
    assert x12.validate(wire(recounted("\n".join(whole)))).findings == ()
    lost = [*whole[: at + 1], *whole[at + 2 :]]
    (found,) = x12.validate(wire(recounted("\n".join(lost)))).findings
    assert (found.name, found.location.loop) == ("segment-missing", "2010BB")
