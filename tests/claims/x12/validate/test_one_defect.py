"""A segment that is lost, or is there twice, is one finding: of structure, and in all that is known of a claim."""

from __future__ import annotations

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
