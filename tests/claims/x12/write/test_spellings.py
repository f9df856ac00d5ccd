"""Envelopes as senders write them: whatever of it is valid is kept, and written as it was."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st
from tests.claims.x12.texts import ISA, ONE, wire
from tests.claims.x12.write.oddities import ODDITIES, odd

from medcode.claims import x12
from medcode.errors import X12Error

if TYPE_CHECKING:
    from collections.abc import Collection


def written(text: str) -> list[str]:
    """Return the text of each interchange, written of its claims and its envelope."""
    return [
        x12.dumps(
            [each for group in interchange.groups for own in group.sets for each in own.records()],
            x12.Envelope.of(interchange),
        )
        for interchange in x12.loads(text).interchanges
    ]


@pytest.mark.parametrize("name", ODDITIES)
def test_each_oddity_of_a_valid_envelope_is_written_as_it_was(name: str) -> None:
    text = odd(wire(ONE), [name])
    assert not x12.loads(text).findings
    assert "".join(written(text)) == text != wire(ONE)


@given(st.sets(st.sampled_from(sorted(ODDITIES)), min_size=2, max_size=5))
def test_several_oddities_are_kept_together(names: Collection[str]) -> None:
    text = odd(wire(ONE), sorted(names))
    assert not x12.loads(text).findings
    assert "".join(written(text)) == text


@pytest.mark.parametrize("between", ["", "\n", "\r\n\r\n", " "])
def test_what_is_between_interchanges_is_kept(between: str) -> None:
    """It ends the one before it: put together, the texts are the file."""
    second = wire(ONE).replace("*000000001*", "*000000002*").replace("IEA*1*000000001", "IEA*1*000000002")
    text = between.join([wire(ONE), second, ""])
    assert written(text) == [wire(ONE) + between, second + between]


def test_a_spelling_is_of_the_value_that_it_was_read_with() -> None:
    """A number or time that is changed is written as by default; one that is not keeps its zeros."""
    text = odd(
        wire(ONE), ["time of the group with seconds", "zeros before numbers", "white space at the end"]
    )
    sent = x12.loads(text)
    envelope = x12.Envelope.of(sent.interchanges[0])
    assert {(each.segment, each.element) for each in envelope.spellings} == {
        ("GS", 5), ("GS", 6), ("SE", 1), ("GE", 1), ("GE", 2), ("IEA", 1), ("END", 0),
    }  # fmt: skip
    again = x12.dumps([*sent.claims(), *sent.claims()], envelope.evolve(group_control_number=7))
    assert "GS*HC*CLINIC*PLAN*20260105*093000*7*X*" in again
    assert re.search(r"~SE\*\d\d\*0001~GE\*0001\*7~IEA\*0001\*000000001~ \n$", again)
    later = envelope.evolve(group_created=envelope.created.replace(hour=10))
    assert "*20260105*1030*" in x12.dumps(sent.claims(), later)


def test_a_set_without_its_trailers_has_an_envelope() -> None:
    whole = wire(ONE)
    for end in ("SE*", "GE*", "IEA*"):
        (interchange,) = x12.loads(whole[: whole.index(end)]).interchanges
        assert x12.Envelope.of(interchange).spellings == ()


def test_an_interchange_without_a_set_has_no_envelope() -> None:
    with pytest.raises(X12Error, match="no whole ISA, GS and ST"):
        x12.Envelope.of(x12.loads(wire(f"{ISA}\nIEA*0*000000001")).interchanges[0])


def test_records_that_are_a_whole_set_are_followed_by_other_white_space() -> None:
    """A remittance is written ST to SE in one stretch."""
    remittance = next(x12.iter_records(ANSWER))
    text = x12.dumps([remittance], x12.Envelope(line_end="\n"), check=False)
    text = text.replace("\nGE*", "\n\nGE*")
    assert (
        x12.dumps(x12.iter_records(text), x12.Envelope.of(x12.loads(text).interchanges[0]), check=False)
        == text
    )


def test_what_is_no_white_space_is_refused() -> None:
    with pytest.raises(ValueError, match="only white space"):
        x12.Spelling(segment="GS", element=0, text="~")
    with pytest.raises(ValueError, match="only white space"):
        x12.Envelope(line_end="x")


ANSWER = "ST*835*0001*005010X221A1~BPR*I*0*C*NON************20260105~TRN*1*1*1123456789~SE*4*0001~"
