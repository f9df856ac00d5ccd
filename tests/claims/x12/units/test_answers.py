"""Answers of payers, whole and damaged: generated functions make of them what the codecs and rules do."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings, strategies as st
from tests.claims.x12.answers.other_texts import CLEARINGHOUSE, HOSPITAL, RESPONSE
from tests.claims.x12.answers.texts import ACKNOWLEDGMENT, REMITTANCE
from tests.claims.x12.units.agreement import differs, make_room
from tests.claims.x12.units.drawn import damaged, drawn

from medcode.claims.claim_status import ClaimStatus
from medcode.claims.remittance import ClaimPayment

if TYPE_CHECKING:
    from medcode.claims.model.base import Part

KINDS: dict[str, type[Part]] = {
    "005010X221A1": ClaimPayment,
    "005010X214": ClaimStatus,
    "005010X212": ClaimStatus,
}
TEXTS = {
    "005010X221A1": (REMITTANCE, HOSPITAL),
    "005010X214": (ACKNOWLEDGMENT, CLEARINGHOUSE),
    "005010X212": (RESPONSE,),
}
"""Right answers, whose sums agree: one fault in them is the only one."""
MUTANTS = 20


@pytest.mark.slow
@pytest.mark.property
@settings(max_examples=min(settings().max_examples, 1_000))
@given(st.integers(0, 2**32))
def test_a_damaged_answer_is_read_alike(seed: int) -> None:
    random = Random(seed)
    convention = random.choice(sorted(KINDS))
    make_room(convention, KINDS[convention])
    right = random.choice([None, *TEXTS[convention]])
    lines = right.rstrip("~\n").replace("\n", "").split("~") if right else drawn(random, convention)
    for _ in range(MUTANTS):
        end = random.choice(("~", "~", "~\n", "\n", "~\r\n"))
        text = end.join([*damaged(random, lines), ""])
        size = random.choice((1 << 16, 5_000, 900))
        assert not differs(text, size, KINDS[convention]), (seed, text)
