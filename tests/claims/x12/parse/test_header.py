"""Who sends a set of claims to whom is read as it was written."""

from __future__ import annotations

from datetime import date, time

import pytest
from tests.claims.x12.visits import ENVELOPE, VISIT

from medcode.claims import Contact, x12
from medcode.errors import Rejected, X12Error

SUBMITTER = ENVELOPE.header(VISIT).submitter


def test_the_header_of_a_set_is_read() -> None:
    envelope = x12.Envelope(
        sender="SUB",
        receiver="PAYER",
        reference="B7",
        claim_type="RP",
        submitter=SUBMITTER.evolve(contacts=(Contact("DESK", phone="6085550100"),)),
        receiver_name="BLUE PLAN",
    )
    (interchange,) = x12.loads(x12.dumps([VISIT], envelope)).interchanges
    header = interchange.groups[0].sets[0].header
    assert header == envelope.header(VISIT)
    assert header is not None
    assert isinstance(header.created_date, date)
    assert isinstance(header.created_time, time)


def test_a_set_without_claims_has_no_such_header() -> None:
    (interchange,) = x12.loads("ST*999*0001*005010X231A1~SE*2*0001~").interchanges
    assert interchange.groups[0].sets[0].header is None


@pytest.mark.parametrize("line_end", ["", "\n", "\r\n"])
@pytest.mark.parametrize("component", [":", "\x1f"])
def test_an_envelope_is_that_of_what_was_read(line_end: str, component: str) -> None:
    envelope = x12.Envelope(
        sender="SUB",
        receiver="PAYER",
        usage="P",
        control_number=77,
        group_control_number=5,
        transaction_control_number="A001",
        reference="B7",
        delimiters=x12.Delimiters("|", component, "!", "~"),
        line_end=line_end,
    )
    text = x12.dumps([VISIT], envelope)
    received = x12.loads(text)
    assert list(received.claims()) == [VISIT]
    assert x12.dumps(received.claims(), x12.Envelope.of(received.interchanges[0])) == text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ISA*", "XXX*"),
        ("GS*", "GX*"),
        ("*000000001*0*", "*00000000X*0*"),
        ("BHT*0019*00*1*2", "BHT*0019*00*1*X"),
    ],
)
def test_an_envelope_of_a_broken_one(old: str, new: str) -> None:
    text = x12.dumps([VISIT], ENVELOPE).replace(old, new)
    with pytest.raises(X12Error, match="ISA, GS"):
        x12.Envelope.of(x12.loads(text[text.index("GS") :] if new == "XXX*" else text).interchanges[0])


@pytest.mark.parametrize(
    "marks",
    [
        ("*", ":", "^", "*"),
        ("A", ":", "^", "~"),
        ("*", "", "^", "~"),
        ("*", " ", "^", "~"),
        ("**", ":", "^", "~"),
    ],
)
def test_delimiters_that_text_cannot_be_cut_by(marks: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="four different characters"):
        x12.Envelope(delimiters=x12.Delimiters(*marks))


def test_a_line_end_is_blank() -> None:
    with pytest.raises(ValueError, match="only white space"):
        x12.Envelope(line_end="XYZ")


@pytest.mark.parametrize("mark", [":", "~", "^"])
def test_a_delimiter_in_the_envelope_is_refused(mark: str) -> None:
    for names in (
        {"sender": f"S{mark}B", "group_sender": "SUB", "submitter": SUBMITTER},
        {"group_receiver": f"P{mark}"},
    ):
        with pytest.raises(Rejected) as caught:
            x12.dumps([VISIT], ENVELOPE.evolve(**names))
        assert "delimiter-in-data" in {error.finding.name for error in caught.value.errors}


def test_numbers_of_sets_count_on() -> None:
    assert [
        x12.Envelope(transaction_control_number=first).transaction_control(1) for first in ("0099", "A009")
    ] == [
        "0100",
        "A010",
    ]
    with pytest.raises(X12Error, match="must end in a digit"):
        x12.Envelope(transaction_control_number="AAAA").transaction_control(1)


def test_what_the_encoding_has_not() -> None:
    claim = VISIT.evolve(control_number="A\udc80")
    with pytest.raises(X12Error, match="utf-8"):
        x12.dumpb([claim], ENVELOPE, check=False)
    with pytest.raises(X12Error, match="latin-1"):
        x12.dumpb(x12.Transmission("ST*837*0001~NTE*ADD*\u20ac~", "latin-1"))
