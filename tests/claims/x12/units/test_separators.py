"""Separators that are letters: composites are cut at them as at any other."""

from __future__ import annotations

from tests.claims.x12.texts import ONE, wire

from medcode.claims import x12


def test_codes_are_cut_at_a_separator_that_is_a_letter() -> None:
    text = wire(ONE)
    lettered = text[:104] + "Z" + text[105:].replace(":", "Z")
    for _ in range(12):  # a function is generated meanwhile
        (claim,) = x12.iter_claims(lettered)
    (other,) = x12.iter_claims(text)
    assert (claim.diagnoses, claim.lines) == (other.diagnoses, other.lines)
