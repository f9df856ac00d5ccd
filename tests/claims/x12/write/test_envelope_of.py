"""The envelope of what was read: nothing of it that sets do not share, and its moments to the second."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

import pytest
from tests.claims.x12.texts import (
    GS,
    HEADER,
    ISA,
    ONE,
    PROVIDER,
    SELF,
    claim,
    enclosed,
    swapped,
    transaction,
    wire,
)

from medcode.claims import ProfessionalClaim, x12
from medcode.errors import X12Error

if TYPE_CHECKING:
    from pathlib import Path

FIRST = transaction(HEADER, PROVIDER, SELF, claim("C1"))
SECOND = transaction(HEADER, PROVIDER, SELF, claim("C2"), number="0002")


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("*0930*CH", "*0930*RP", "claim_type"),
        ("BHT*0019*00", "BHT*0019*18", "purpose"),
        ("BATCH1*20260105", "BATCH1*20260106", "reference_created"),  # what claims are judged on
        ("NM1*41*2*MAPLE BILLING", "NM1*41*2*OAK BILLING", "submitter"),
        ("PER*IC*ANN", "PER*IC*BEA", "submitter"),
        ("NM1*40*2*PLAN ONE*****46*P1", "NM1*40*2*PLAN TWO*****46*P1", "receiver_name"),
        ("NM1*40*2*PLAN ONE*****46*P1", "NM1*40*2*PLAN ONE*****46*P2", "receiver_id"),
    ],
)
def test_sets_that_differ_are_written_one_by_one(old: str, new: str, named: str) -> None:
    other = swapped(SECOND, old, new)
    sent = x12.loads(wire(enclosed(FIRST, other)))
    (interchange,) = sent.interchanges
    with pytest.raises(X12Error, match=f"the transaction sets differ in {named}"):
        x12.Envelope.of(interchange)
    for each, alone in zip(interchange.groups[0].sets, (FIRST, other), strict=True):
        envelope = x12.Envelope.of(interchange, each)
        assert x12.dumps(each.records(ProfessionalClaim), envelope) == wire(enclosed(alone))


def test_groups_of_other_partners_differ() -> None:
    second = f"{GS.replace('*PLAN*', '*OTHER*').replace('*1*X', '*2*X')}\n{FIRST}\nGE*1*2"
    text = f"{ISA}\n{GS}\n{FIRST}\nGE*1*1\n{second}\nIEA*2*000000001"
    with pytest.raises(X12Error, match="differ in group_receiver"):
        x12.Envelope.of(x12.loads(wire(text)).interchanges[0])


def test_numbers_and_moments_of_a_set_are_its_own() -> None:
    other = SECOND.replace("BATCH1*20260105*0930", "BATCH2*20260105*1015")
    sent = x12.loads(wire(enclosed(FIRST, other)))
    assert x12.Envelope.of(sent.interchanges[0]).reference == "BATCH1"
    assert [each.control_number for each in sent.claims()] == ["C1", "C2"]


@pytest.mark.parametrize("moment", ["0930", "093015", "09301525"])
def test_seconds_are_kept(moment: str) -> None:
    text = ONE.replace("GS*HC*CLINIC*PLAN*20260105*0930", f"GS*HC*CLINIC*PLAN*20260105*{moment}")
    text = wire(swapped(text, "BATCH1*20260105*0930", f"BATCH1*20260105*{moment}"))
    sent = x12.loads(text)
    envelope = x12.Envelope.of(sent.interchanges[0])
    assert x12.dumps(list(sent.claims()), envelope) == text
    assert envelope.reference_created
    assert envelope.reference_created.time() >= time(9, 30)


def test_now_is_written_to_the_minute() -> None:
    (first,) = x12.iter_claims(wire(ONE))
    text = x12.dumps([first], check=False)
    assert len(text.split("~")[1].split("*")[5]) == len("HHMM")


def test_the_cases(reference: Path) -> None:
    cases = reference / "cases/x12"
    for name in ("d01_n4_without_n3", "d02_x292"):
        text = (cases / f"{name}.x12").read_text(encoding="utf-8")
        sent = x12.loads(text)
        assert x12.dumps(list(sent.claims()), x12.Envelope.of(sent.interchanges[0])) == text
    differing = x12.load(cases / "d03_two_sets_ch_rp.x12")
    with pytest.raises(X12Error, match="claim_type, submitter"):
        x12.Envelope.of(differing.interchanges[0])


@pytest.mark.parametrize(("day", "at"), [("20260105", "XX"), ("20261305", "0930"), ("XX", "XX")])
def test_a_malformed_moment_is_named_and_not_shown(day: str, at: str) -> None:
    sent = x12.loads(wire(ONE).replace("BATCH1*20260105*0930", f"BATCH1*{day}*{at}"))
    with pytest.raises(X12Error, match="BHT has a malformed number, date or time"):
        x12.Envelope.of(sent.interchanges[0])
