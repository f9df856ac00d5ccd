"""What only some claims have: an edit about such a feature runs only where it is there.

The parts of a claim are looked at once, so that the many edits about few claims cost the others nothing.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import attrs

from medcode.claims.model.base import DateRange
from medcode.claims.model.claim import ProfessionalClaim
from medcode.claims.model.dates import NO_CLAIM_DATES
from medcode.claims.model.dental import DentalClaim, DentalLine
from medcode.claims.model.institutional import InstitutionalClaim, InstitutionalLine
from medcode.claims.model.line import ProfessionalLine
from medcode.claims.model.party import Subscriber
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


MINUTES, ORIGINAL, PRIMARY = "MJ", "1", "P"

OF_CLAIM: dict[str, Callable[[Claim], bool]] = {
    "other_days": has_other_days,
    "medicare": lambda claim: claim.subscriber.claim_filing in MEDICARE,
    "medicare_member": has_member,
    "several_lines": lambda claim: len(claim.lines) > 1,
    "corrected": lambda claim: claim.frequency != ORIGINAL,
    "later_payer": lambda claim: claim.subscriber.payer_responsibility != PRIMARY,
}
"""What a claim has besides fields that are set: the last two are not the usual ones, which reading sets as well."""

OF_LINES = ("modifiers", "procedures", "minutes", "spans", "undated", "uncharged")
"""That a line has a modifier, a procedure, minutes, several days, no day that can be read, no charge above zero."""

FEATURES = frozenset({ANY, *OF_CLAIM, *OF_LINES, *KINDS})
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
    """Return the fields of the claims, and those of their lines and subscribers behind `lines.` and `subscriber.`."""
    parts = (("", CLAIMS), (LINES, LINE_KINDS), (SUBSCRIBER, (Subscriber,)))
    return frozenset(
        f"{path}{field.name}" for path, kinds in parts for kind in kinds for field in attrs.fields(kind)
    )


CLAIMS = (ProfessionalClaim, InstitutionalClaim, DentalClaim)
LINE_KINDS = (ProfessionalLine, InstitutionalLine, DentalLine)
LINES, SUBSCRIBER = "lines.", "subscriber."


def features(claim: Claim, asked: frozenset[str]) -> frozenset[str]:
    """Return those of the features asked about that a claim has.

    A part keeps only the fields that differ from their defaults, so their names are what it has.
    """
    modified = coded = timed = spans = undated = uncharged = False
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
        day, charge = line.service_date, line.charge
        if not isinstance(day, date):
            spans = spans or isinstance(day, DateRange)
            undated = undated or not isinstance(day, DateRange)
        uncharged = uncharged or not isinstance(charge, Decimal) or charge <= 0
    of_claim = tuple([has(claim) for has in OF_CLAIM.values()])
    of_lines = (modified, coded, timed, spans, undated, uncharged)
    of_parts = (tuple(claim.__dict__), tuple(claim.subscriber.__dict__))
    return named(asked, of_claim, of_lines, kinds, of_parts, frozenset(shapes))


@lru_cache(maxsize=4096)
def named(  # noqa: PLR0913, PLR0917  # it is the key of what is remembered
    asked: frozenset[str],
    of_claim: tuple[bool, ...],
    of_lines: tuple[bool, ...],
    kinds: frozenset[str],
    of_parts: tuple[tuple[str, ...], tuple[str, ...]],
    shapes: frozenset[tuple[str, ...]],
) -> frozenset[str]:
    """Return the names of the features that are there; `of_parts` are the fields of claim and subscriber, `shapes` of lines."""
    pairs = (*zip(OF_CLAIM, of_claim, strict=True), *zip(OF_LINES, of_lines, strict=True))
    claim_fields, subscriber_fields = of_parts
    return asked & {
        ANY,
        *(name for name, there in pairs if there),
        *kinds,
        *claim_fields,
        *(f"{SUBSCRIBER}{name}" for name in subscriber_fields),
        *(f"{LINES}{name}" for shape in shapes for name in shape),
    }


NO_KINDS: frozenset[str] = frozenset()
