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
