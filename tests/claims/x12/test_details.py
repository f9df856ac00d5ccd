"""Details of reading, writing and checking that few texts have, so that a change of them would not be noticed."""

from __future__ import annotations

import attrs
import pytest
from tests.claims.x12.answers.texts import ACKNOWLEDGMENT, REMITTANCE
from tests.claims.x12.texts import ISA, ONE, wire
from tests.test_cost import subscribers

from medcode.claims import x12
from medcode.claims.x12.codec.element_map import ValueMap
from medcode.claims.x12.guides.grammar import Element, Segment, Usage
from medcode.claims.x12.text.lexer import isa_delimiters
from medcode.errors import X12Error

TEXT = wire(ONE)
HEAD = TEXT[: len(wire(ISA))]


def test_delimiters_of_an_isa() -> None:
    assert isa_delimiters(HEAD.replace("*", "Q")) is None  # a letter separates nothing
    for mark, read in {"!": "!", "U": "^", "7": "^"}.items():  # before 5010 a letter stood there
        found = isa_delimiters(HEAD.replace("^", mark))
        assert found
        assert found.repetition == read


@pytest.mark.parametrize("blanks", [" ", "  ", "\n"])
def test_a_segment_that_the_next_interchange_cuts_off(blanks: str) -> None:
    found = x12.loads(f"{TEXT}X{blanks}{TEXT}")
    cut = [segment for segment in found.segments if segment.text.startswith("X")]
    assert [segment.offset for segment in cut] == [len(TEXT)]
    assert [each.location.offset for each in found.findings if each.name == "text-between-segments"] == [
        len(TEXT)
    ]


@pytest.mark.parametrize(
    ("element", "text"), [("*20260105*0930*1*", "*2026010X*0930*1*"), ("*0930*1*", "*0990*1*")]
)
def test_an_envelope_has_days_and_times(element: str, text: str) -> None:
    with pytest.raises(X12Error, match="malformed number, date or time"):
        x12.Envelope.of(x12.loads(TEXT.replace(element, text, 1)).interchanges[0])


def test_counts_of_one() -> None:
    for trailer, message in {
        "GE*1*1": "GE01 says 7, but there is 1 set.",
        "IEA*1*": "IEA01 says 7, but there is 1 group.",
    }.items():
        changed = TEXT.replace(trailer, trailer.replace("*1*", "*7*", 1))
        assert message in [each.message for each in x12.validate(changed).findings]


def test_a_lost_level_is_placed_at_the_claim_that_may_be_its_own() -> None:
    whole = subscribers(4)
    first = whole.index("HL*3*")
    text = whole[:first] + whole[whole.index("CLM*", first) :]
    (found,) = (each for each in x12.validate(text).findings if each.name == "segment-missing")
    at = text.index("CLM*C1*")
    place = found.location
    assert (found.claim, place.loop, place.offset) == (1, "2000B", at)
    assert place.position == text[text.index("~ST*") + 1 : at].count("~") + 1


def test_a_value_that_a_segment_does_not_have() -> None:
    place = ValueMap(Segment("K3", "", "Fixed Form", Usage.REQUIRED, 1, (Element("", Usage.REQUIRED),)))
    assert [place.positions(elements, ":") for elements in (["K3"], ["K3", ""], ["K3", "X"])] == [
        (),
        (),
        None,
    ]


def test_places_of_adjustments_in_one_segment() -> None:
    text = REMITTANCE.replace("\n", "")
    cas = next(segment for segment in text.split("~") if segment.startswith("CAS*"))
    group, reason, amount = cas.split("*")[1:4]
    text = text.replace(cas, f"CAS*{group}*{reason}*{amount}*1*A2*5*2", 1)
    (remittance, *_) = x12.loads(text).remittances()
    whole = remittance.origin.places()
    at = "groups[0].claims[0].lines[0].adjustments"
    names = ("group", "reason", "amount", "quantity")
    found = [whole.find(f"{at}[{number}].{name}") for number in (0, 1) for name in names]
    assert [each.element for each in found if each] == [1, 2, 3, 4, 1, 5, 6, 7]


def test_two_sources_of_acknowledgments_are_two_sets() -> None:
    (one, *_) = x12.loads(ACKNOWLEDGMENT.replace("\n", "")).claim_statuses()
    other = attrs.evolve(one, source=attrs.evolve(one.source, id="OTHER"))
    text = x12.dumps([one, one, other], x12.Envelope(), check=False)
    assert text.count("~ST*277*") == 2


@pytest.mark.parametrize("level", ["HL", "HL*1", "HL*1*", "HL*1**20"])
def test_a_level_that_is_cut_off(level: str) -> None:
    (found,) = x12.validate(TEXT.replace("HL*1**20*1", level)).findings
    assert (found.location.segment, found.location.element) == ("HL", 4 if level.endswith("20") else 3)
