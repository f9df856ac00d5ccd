"""Which claim a finding is about, and which one the 999 names for it."""

from __future__ import annotations

import pytest
from tests.claims.x12.texts import (
    HEADER,
    ONE,
    PROVIDER,
    SELF,
    claim,
    enclosed,
    line,
    recounted,
    swapped,
    transaction,
    wire,
)

from medcode.claims import x12

TWO = enclosed(transaction(HEADER, PROVIDER, SELF, claim("C1"), claim("C2")))


def of_claims(text: str) -> list[tuple[str, int | None]]:
    return [(each.name, each.claim) for each in x12.loads(wire(text)).findings]


def contexts(text: str) -> list[str]:
    """Give the claims that the answer to a text names."""
    answer = x12.acknowledge(x12.loads(wire(text)))
    assert answer.findings == ()
    return [each.elements[1] for each in answer.segments if each.elements[0] == "CTX"]


@pytest.mark.parametrize(
    ("gone", "name"),
    [
        ("\nDTP*472*D8*20260105", "segment-missing"),
        ("\nHI*ABK:J069", "segment-missing"),
        (f"\n{line()}", "loop-missing"),
    ],
)
@pytest.mark.parametrize("number", [0, 1])
def test_what_a_claim_lacks_is_told_of_that_claim(gone: str, name: str, number: int) -> None:
    claims = [claim("C1"), claim("C2")]
    claims[number] = swapped(claims[number], gone, "")
    text = enclosed(transaction(HEADER, PROVIDER, SELF, *claims))
    assert of_claims(text) == [(name, number)]
    assert contexts(text) == [f"CLM01:C{number + 1}"]


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("BHT*0019*00*BATCH1*20260105*0930*CH\n", "", "segment-missing"),
        ("SE*28*0001", "SE*28*0001*MORE", "element-too-many"),
        ("SE*28*0001", "SE*29*0001", "set-segment-count"),
        ("SE*28*0001\n", "", "set-trailer-missing"),
        ("N3*2 OAK ST", "N3*", "element-missing"),
    ],
)
def test_what_stands_outside_claims_is_told_of_none(old: str, new: str, name: str) -> None:
    text = swapped(TWO, old, new)
    text = recounted(text) if old.startswith("BHT") else text
    assert of_claims(text)[0] == (name, None)
    assert not any(each.startswith("CLM01") for each in contexts(text))


def test_a_claim_below_the_wrong_person_is_named() -> None:
    text = swapped(TWO, "SBR*P*18*", "SBR*P**")
    text = recounted(text)
    assert of_claims(text) == [("element-due", None)]
    family = enclosed(
        transaction(
            HEADER,
            PROVIDER,
            SELF.replace("SBR*P*18*", "SBR*P**").replace("*22*0", "*22*1"),
            claim("C1"),
            "HL*3*2*23*0\nPAT*19\nNM1*QC*1*DOE*SAM\nN3*2 OAK ST\nN4*MIAMI*FL*33111\nDMG*D8*20150501*M",
            claim("C2"),
        )
    )
    assert of_claims(family) == [("segment-not-due", 0)]
    assert "CLM01:C1" in contexts(family)
    assert "CLM01:C2" not in contexts(family)


def test_a_claim_too_many_is_that_claim() -> None:
    text = enclosed(transaction(HEADER, PROVIDER, SELF, *(claim(f"C{number}") for number in range(102))))
    assert of_claims(text) == [("loop-too-often", 100), ("loop-too-often", 101)]
    assert contexts(text) == ["CLM01:C100", "CLM01:C101"]


def test_claims_of_a_second_set_are_counted_on() -> None:
    bad = transaction(HEADER, PROVIDER, SELF, swapped(claim("C3"), "\nHI*ABK:J069", ""), number="0002")
    text = enclosed(transaction(HEADER, PROVIDER, SELF, claim("C1"), claim("C2")), bad)
    assert of_claims(text) == [("segment-missing", 2)]
    assert contexts(text) == ["CLM01:C3"]


def test_a_set_of_one_claim_and_stray_claims_before_it() -> None:
    text = recounted(swapped(ONE, "HL*1**20*1", "CLM*STRAY*1\nHL*1**20*1").replace("UN*1***1", "XX*1***1"))
    assert {("element-missing", 0), ("element-code", 1)} <= set(of_claims(text))
    assert contexts(text)[-1] == "CLM01:C1"
    assert [each.control_number for each in x12.iter_claims(wire(text))] == ["STRAY", "C1"]
