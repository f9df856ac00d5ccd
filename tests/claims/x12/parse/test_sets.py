"""The records of one transaction set, also of one that ends before its end."""

from __future__ import annotations

from tests.claims.x12.texts import ONE, wire

from medcode.claims import Claim, x12


def test_the_claims_of_a_set_that_is_cut_off() -> None:
    text = wire(ONE)
    [whole] = x12.loads(text).claims()
    cut = x12.loads(text[: text.index("SE*")])
    [only] = cut.interchanges[0].groups[0].sets
    assert list(only.records(Claim)) == [whole]


def test_a_provider_under_a_subscriber_has_no_parent() -> None:
    text = wire(ONE)
    start, end = text.index("HL*1*"), text.index("SE*")
    again = text[start:end].replace("HL*1**", "HL*3*2*", 1).replace("HL*2*1*", "HL*4*3*", 1)
    claims = list(x12.loads(text[:end] + again + text[end:]).claims())
    assert len(claims) == 2
    assert claims[0].billing_provider == claims[1].billing_provider
