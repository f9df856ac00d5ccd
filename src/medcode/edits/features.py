"""What only some claims have: an edit about such a feature runs only where it is there.

The parts of a claim are looked at once, so that the many edits about few claims cost the others nothing.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

import attrs

from medcode.claims.model.claim import ProfessionalClaim
from medcode.claims.model.dates import NO_CLAIM_DATES
from medcode.claims.model.dental import DentalClaim, DentalLine
from medcode.claims.model.institutional import InstitutionalClaim, InstitutionalLine
from medcode.claims.model.line import ProfessionalLine
from medcode.edits.kinds import KINDS, kinds_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.claims.model.claim import Claim

__all__ = ["ANY", "FEATURES", "MEDICARE", "features", "is_feature", "words"]

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


MINUTES = "MJ"
PRIMARY = "P"

OF_CLAIM: dict[str, Callable[[Claim], bool]] = {
    "other_days": has_other_days,
    "medicare": lambda claim: claim.subscriber.claim_filing in MEDICARE,
    "medicare_member": has_member,
    "several_lines": lambda claim: len(claim.lines) > 1,
    "later_payer": lambda claim: bool(claim.other_payers) or claim.subscriber.payer_responsibility != PRIMARY,
}
OF_LINE = ("modifiers", "procedures", "minutes")

FEATURES = frozenset({ANY, *OF_CLAIM, *OF_LINE, *KINDS})
"""The features with a name of their own; a field that a claim has is one too, such as `accident` or `lines.drug`."""


def is_feature(name: str) -> bool:
    """Whether an edit may name this as what it applies to.

    >>> [is_feature(name) for name in ("medicare", "accident", "lines.drug", "drug")]
    [True, True, True, False]
    """
    return name in FEATURES or name in fields()


def words(names: str | tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of an edit's `applies_to` as a tuple."""
    return (names,) if isinstance(names, str) else names


@cache
def fields() -> frozenset[str]:
    """Return the fields of the claims, and those of their lines behind `lines.`."""
    of_claims = {field.name for kind in CLAIMS for field in attrs.fields(kind)}
    return frozenset(
        of_claims | {f"{LINES}{field.name}" for kind in LINE_KINDS for field in attrs.fields(kind)}
    )


CLAIMS = (ProfessionalClaim, InstitutionalClaim, DentalClaim)
LINE_KINDS = (ProfessionalLine, InstitutionalLine, DentalLine)
LINES = "lines."


def features(claim: Claim, asked: frozenset[str]) -> frozenset[str]:
    """Return those of the features asked about that a claim has.

    A part keeps only the fields that differ from their defaults, so their names are what it has.
    """
    modified = coded = timed = False
    kinds, shapes = NO_KINDS, set()
    for line in claim.lines:
        own = line.__dict__
        shapes.add(tuple(own))
        procedure = line.procedure
        if procedure is not None:
            coded = True
            modified = modified or bool(procedure.modifiers)
            kinds |= kinds_of(procedure.code)
        timed = timed or ("unit" in own and own["unit"] == MINUTES)
    of_claim = tuple([has(claim) for has in OF_CLAIM.values()])
    return named(asked, of_claim, (modified, coded, timed), kinds, (tuple(claim.__dict__), *shapes))


@lru_cache(maxsize=4096)
def named(
    asked: frozenset[str],
    of_claim: tuple[bool, ...],
    of_lines: tuple[bool, ...],
    kinds: frozenset[str],
    shapes: tuple[tuple[str, ...], ...],
) -> frozenset[str]:
    """Return the names of the features that are there; `shapes` are the fields of the claim, then of lines."""
    pairs = (*zip(OF_CLAIM, of_claim, strict=True), *zip(OF_LINE, of_lines, strict=True))
    of_fields = {*shapes[0], *(f"{LINES}{name}" for shape in shapes[1:] for name in shape)}
    return asked & {ANY, *(name for name, there in pairs if there), *kinds, *of_fields}


NO_KINDS: frozenset[str] = frozenset()
