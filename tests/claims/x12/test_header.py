"""Who sends a set of claims to whom is read as it was written."""

from __future__ import annotations

from datetime import date, time

from tests.claims.x12.visits import ENVELOPE, VISIT

from medcode.claims import Contact, x12

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
    assert isinstance(header.created_date, date)
    assert isinstance(header.created_time, time)


def test_a_set_without_claims_has_no_such_header() -> None:
    (interchange,) = x12.loads("ST*999*0001*005010X231A1~SE*2*0001~").interchanges
    assert interchange.groups[0].sets[0].header is None
