"""Whatever comes, generated functions make of it what the codecs do."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings, strategies as st
from tests.claims.x12.units.agreement import differs, make_room
from tests.claims.x12.units.drawn import damaged, drawn

GUIDES = ("005010X222A1", "005010X223A2", "005010X224A2")
MUTANTS = 20


@pytest.mark.slow
@pytest.mark.property
@settings(max_examples=min(settings().max_examples, 1_000))
@given(st.integers(0, 2**32))
def test_a_damaged_file_is_read_alike(seed: int) -> None:
    random = Random(seed)
    convention = random.choice(GUIDES)
    make_room(convention)
    lines = drawn(random, convention)
    for _ in range(MUTANTS):
        end = random.choice(("~", "~", "~\n", "\n", "~\r\n"))
        text = end.join([*damaged(random, lines), ""])
        size = random.choice((1 << 16, 5_000, 900))
        assert not differs(text, size), (seed, text)
