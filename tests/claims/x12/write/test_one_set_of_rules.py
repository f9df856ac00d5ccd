"""What `dumps` refuses `validate` refuses, and what it writes validates: one set of rules for both ways."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, strategies as st
from tests.claims.x12.write.test_written_or_refused import (
    added,
    everything,
    exact,
    fields,
    lengthened,
    multiplied,
    paired,
)

from medcode.claims import x12
from medcode.codesets.base import Malformed
from medcode.edits.examples import visit
from medcode.errors import FindingError, Rejected
from medcode.testing import strategies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims import Claim

ENVELOPE = x12.Envelope(sender="SUB", receiver="PAYER", control_number=1)
ONLY_IN_CLAIMS = {"value-without-place", "malformed-value"}
"""What no text shows: a value that no element holds, and one that is malformed in a way that is well formed as text."""

TEXTS = ("9O", "", "Q", "2026-13-45", " A ", "a")


def spoiled(claim: Claim) -> Iterator[tuple[str, Any]]:
    """Yield the claim with each single value malformed, or another text."""
    for path, part, put in everything(claim):
        for name, field in fields(part):
            if not field.part and not field.many:
                for text in TEXTS:
                    yield f"{path}.{name}", put(part.evolve(**{name: Malformed(text)}))
                    if str in field.scalars and not field.codes:
                        yield f"{path}.{name}", put(part.evolve(**{name: text}))


def refused(claim: Claim) -> set[str]:
    """Return the names of the rules for which a claim is not written."""
    try:
        x12.dumps([claim], ENVELOPE)
    except Rejected as errors:
        return {each.finding.name for each in errors.exceptions if isinstance(each, FindingError)}
    return set()


def found_in_text(claim: Claim) -> set[str]:
    """Return the names of the errors in the text of a claim; a delimiter in a value is written by no means."""
    try:
        text = x12.dumps([claim], ENVELOPE, check=False)
    except Rejected:
        return refused(claim) - ONLY_IN_CLAIMS
    return {each.name for each in x12.validate(text).errors}


@pytest.mark.slow
@given(strategies.claims(), st.integers(0, 2**20))
def test_a_claim_is_refused_for_what_is_found_in_its_text(claim: Claim, chance: int) -> None:
    ways = (multiplied, added, paired, exact, spoiled, lambda claim: lengthened(claim)[1].items())
    changed = [change for way in ways for change in Random(chance).sample([*way(claim)], 1)]
    for path, other in [("as drawn", claim), *changed]:
        assert refused(other) - ONLY_IN_CLAIMS == found_in_text(other), path


def test_the_changes_are_refused_or_written() -> None:
    verdicts = {bool(refused(other)) for _, other in [*spoiled(visit())][::9]}
    assert verdicts == {True, False}
