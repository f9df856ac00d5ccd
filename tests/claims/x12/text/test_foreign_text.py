"""Text that is no X12 before, between and within interchanges: it hides nothing of what is."""

from __future__ import annotations

import pytest
from tests.claims.x12.text.test_lexing import controls
from tests.claims.x12.texts import ONE, wire

from medcode.claims import x12


@pytest.mark.parametrize(
    "between", ["garbage\n", "\ngarbage\n", "NM1*IL*1*CUT OFF", "isa\n", " visa \n", "\u00df\u00df isa "]
)
@pytest.mark.parametrize("other", ["*", "|"])
def test_foreign_text_hides_no_isa(between: str, other: str) -> None:
    after = wire(ONE.replace("C1", "C2").replace("000000001", "000000002").replace("*", other))
    assert controls(wire(ONE) + between + after) == ["C1", "C2"]
    assert [each.name for each in x12.loads(wire(ONE) + between + after).findings] == [
        "text-between-segments"
    ]
    assert x12.loads(wire(ONE) + between + after).findings[0].location.segment is None


@pytest.mark.parametrize(
    "before", ["visa x\n\n", "\u00df\u00df\u00df ", "isa isa ISA ", "LISA", "VISA, MASTER, AND SO ON, "]
)
def test_an_isa_is_found_behind_words_that_hold_its_letters(before: str) -> None:
    assert controls(before + wire(ONE)) == ["C1"]
    assert [each.name for each in x12.loads(before + wire(ONE)).findings] == ["text-between-segments"]


def test_letters_of_isa_in_data_begin_nothing() -> None:
    text = wire(
        ONE.replace("DOE*JO", "ISA*LISA")
        .replace("2 OAK ST", "ISA")
        .replace("MIAMI*FL*33111\n", "ISA*FL*33111\n")
    )
    assert controls(text) == ["C1"]
    assert x12.loads(text).findings == ()


def test_an_interchange_after_one_that_is_cut_off_in_a_segment() -> None:
    text = wire(ONE)[:-40] + wire(ONE.replace("C1", "C2").replace("000000001", "000000002"))
    assert controls(text) == ["C1", "C2"]
    assert {each.name for each in x12.loads(text).findings} >= {
        "text-between-segments",
        "interchange-trailer-missing",
    }
