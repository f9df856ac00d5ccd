"""Every field of the three claims and their lines is drawn now and then, and so is what belongs together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest
from tests.testing.samples import KINDS, sample

from medcode.claims import model
from medcode.testing.strategies.coordination import RANKS

if TYPE_CHECKING:
    from collections.abc import Iterable

EXAMPLES = 600
PARTS: dict[str, tuple[type, type]] = {
    "professional": (model.ProfessionalClaim, model.ProfessionalLine),
    "institutional": (model.InstitutionalClaim, model.InstitutionalLine),
    "dental": (model.DentalClaim, model.DentalLine),
}
NEVER = {
    "currency": "amounts are in US dollars",
    "stated_total": "a total that is wrong",
    "extras": "what a guide has no place for",
    "origin": "claims that were read have one",
}
ELSEWHERE = {
    "professional": {"predetermination"},
    "institutional": {"predetermination"},
    "dental": set(),
}
"""Fields that the kind of claim inherits and its guide has no place for."""


def set_in(parts: Iterable[Any]) -> set[str]:
    """Name the fields that any of the parts has set to other than their default."""
    return {
        field.name
        for part in parts
        for field in attrs.fields(type(part))
        if getattr(part, field.name) != field.default
    }


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_drawn_now_and_then(kind: str) -> None:
    claim, line = PARTS[kind]
    claims = sample(kind, EXAMPLES)
    for cls, parts in ((claim, claims), (line, [line for claim in claims for line in claim.lines])):
        names = {field.name for field in attrs.fields(cls)}
        assert names - set_in(parts) <= NEVER.keys() | ELSEWHERE[kind]


TOGETHER: dict[str, Any] = {
    "a replacement and its number": lambda claim: (
        claim.frequency in "78" and claim.references.payer_claim_number
    ),
    "a car accident and its day": lambda claim: (
        claim.accident and claim.accident.state and claim.dates.accident
    ),
    "anesthesia in minutes": lambda claim: any(line.unit == "MJ" for line in claim.lines),
    "a described service": lambda claim: any(line.procedure.description for line in claim.lines),
    "a bought service and its provider": lambda claim: any(
        line.purchased_service and line.purchased_service_provider for line in claim.lines
    ),
    "where payment goes": lambda claim: claim.billing_provider.pay_to_plan,
    "decisions by line": lambda claim: any(line.adjudications for line in claim.lines),
    "three payers": lambda claim: len(claim.other_payers) > 1,
}


@pytest.mark.parametrize("what", TOGETHER)
def test_what_belongs_together_is_drawn_together(what: str) -> None:
    claims = sample("professional", EXAMPLES)
    assert 0 < len([claim for claim in claims if TOGETHER[what](claim)]) < len(claims) / 2


@pytest.mark.parametrize("kind", KINDS)
def test_a_claim_after_other_payers_says_its_rank(kind: str) -> None:
    coordinated = [claim for claim in sample(kind, EXAMPLES) if claim.other_payers]
    assert coordinated
    for claim in coordinated:
        ranks = [other.payer_responsibility for other in claim.other_payers]
        assert [*ranks, claim.subscriber.payer_responsibility] == list(RANKS[: len(ranks) + 1])
        assert len({other.payer.payer_id for other in claim.other_payers}) == len(ranks)
