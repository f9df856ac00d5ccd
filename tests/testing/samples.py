"""Claims that the strategies draw, always the same ones."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

from medcode.testing import strategies

DAY = date(2026, 1, 5)
KINDS: dict[str, Any] = {
    "professional": strategies.professional_claims,
    "institutional": strategies.institutional_claims,
    "dental": strategies.dental_claims,
}


@cache
def sample(kind: str, count: int) -> tuple[Any, ...]:
    """Draw so many claims of a kind for care on a day."""
    seen: list[Any] = []

    @settings(
        max_examples=count,
        phases=[Phase.generate],
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(KINDS[kind](valid_on=DAY))
    def collect(claim: Any) -> None:
        seen.append(claim)

    collect()
    return tuple(seen)
