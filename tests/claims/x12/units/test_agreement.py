"""Whatever comes or goes, generated functions make of it what the codecs do."""

from __future__ import annotations

from random import Random

import attrs
import pytest
from hypothesis import example, given, settings, strategies as st
from tests.claims.x12.units.agreement import differs, make_room, written
from tests.claims.x12.units.drawn import damaged, drawn

from medcode.claims import x12

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


ODD = ("ROE*ANN", "ROE:ANN", "ROE^ANN", "ROE~", "", " ROE", "R\nE", "É", "X" * 90)


@pytest.mark.slow
@pytest.mark.property
@settings(max_examples=min(settings().max_examples, 1_000))
@given(st.integers(0, 2**32))
@example(461921)  # a level that lacks segments, and right ones after it up to the end of the batch
def test_claims_of_damaged_files_are_written_alike(seed: int) -> None:
    random = Random(seed)
    convention = random.choice(GUIDES)
    make_room(convention)
    lines = drawn(random, convention)
    claims = [
        claim
        for _ in range(MUTANTS)
        for claim in x12.iter_claims("~".join([*damaged(random, lines), ""]))
        if type(claim).guide == convention
    ]
    if not claims:
        return
    at = random.randrange(len(claims))
    name = attrs.evolve(claims[at].subscriber, last_name=random.choice(ODD))
    claims[at] = attrs.evolve(claims[at], subscriber=name)
    envelope = x12.Envelope(convention=convention, line_end=random.choice(("", "\n")))
    for check in (True, False):
        plain, generated = (written(claims, envelope, mode, check=check) for mode in ("never", "always"))
        assert plain == generated, seed
