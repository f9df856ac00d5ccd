"""What only some claims have: an edit about such a feature runs only where it is there.

The parts of a claim are looked at once, so that the many edits about few claims cost the others nothing.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from medcode.claims.model.dates import NO_CLAIM_DATES
from medcode.claims.model.institutional import InstitutionalClaim, InstitutionalLine
from medcode.claims.model.line import ProfessionalLine
from medcode.edits.kinds import KINDS, kinds_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.claims.model.claim import Claim

__all__ = ["ANY", "FEATURES", "MEDICARE", "features"]

ANY = "claim"
"""What every claim has."""

MEDICARE = frozenset({"MA", "MB"})
"""Claim filing indicators of Medicare: part A, part B."""


def has_other_days(claim: Claim) -> bool:
    """Whether a claim has dates other than those of its services and of births."""
    return (
        (claim.dates is not NO_CLAIM_DATES and claim.dates != NO_CLAIM_DATES)
        or claim.patient.death_date is not None
        or (isinstance(claim, InstitutionalClaim) and bool(claim.occurrences))
    )


def has_member(claim: Claim) -> bool:
    """Whether the subscriber of a claim, or of another payer of it, is a member of Medicare."""
    return claim.subscriber.claim_filing in MEDICARE or any(
        other.claim_filing in MEDICARE for other in claim.other_payers
    )


OF_CLAIM: dict[str, Callable[[Claim], bool]] = {
    "accident": lambda claim: claim.accident is not None,
    "other_days": has_other_days,
    "other_payers": lambda claim: bool(claim.other_payers),
    "medicare": lambda claim: claim.subscriber.claim_filing in MEDICARE,
    "medicare_member": has_member,
    "several_lines": lambda claim: len(claim.lines) > 1,
}
OF_LINE = ("modifiers", "procedures", "adjudications", "drugs", "minutes")
MINUTES = "MJ"

FEATURES = frozenset({ANY, *OF_CLAIM, *OF_LINE, *KINDS})
"""Every feature that an edit may name as what it applies to."""


def features(claim: Claim) -> frozenset[str]:
    """Return the names of the features that a claim has."""
    modified = coded = decided = drugged = timed = False
    kinds = NO_KINDS
    for line in claim.lines:
        procedure = line.procedure
        if procedure is not None:
            coded = True
            modified = modified or bool(procedure.modifiers)
            kinds |= kinds_of(procedure.code)
        decided = decided or bool(line.adjudications)
        if isinstance(line, (ProfessionalLine, InstitutionalLine)):
            drugged = drugged or line.drug is not None
            timed = timed or line.unit == MINUTES
    of_claim = tuple([has(claim) for has in OF_CLAIM.values()])
    return named(of_claim, (modified, coded, decided, drugged, timed), kinds)


@lru_cache(maxsize=1024)
def named(of_claim: tuple[bool, ...], of_lines: tuple[bool, ...], kinds: frozenset[str]) -> frozenset[str]:
    """Return the names of the features that are there."""
    pairs = (*zip(OF_CLAIM, of_claim, strict=True), *zip(OF_LINE, of_lines, strict=True))
    return kinds.union((ANY, *(name for name, there in pairs if there)))


NO_KINDS: frozenset[str] = frozenset()
