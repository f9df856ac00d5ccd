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
from medcode.edits.kinds import KINDS, KNOWN

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.claims.model.claim import Claim
    from medcode.claims.model.party import Provider

__all__ = ["ANY", "FEATURES", "IN_HOSPITAL", "MEDICARE", "features", "is_feature", "words"]

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


def has_specialty(claim: Claim) -> bool:
    """Whether the provider who rendered the claim has a taxonomy."""
    rendering: Provider | None = getattr(claim, "rendering_provider", None)
    return rendering is not None and rendering.taxonomy is not None


def listed_codes(claim: Claim) -> list[str]:
    """Return the diagnoses that a claim lists, external causes of an institution included."""
    if isinstance(claim, InstitutionalClaim):
        first = claim.principal_diagnosis
        return [each.code for each in (first, *claim.other_diagnoses, *claim.external_causes)]
    assert isinstance(claim, (ProfessionalClaim, DentalClaim))  # noqa: S101  # there is no fourth kind
    return [each.code for each in claim.diagnoses]


MINUTES, ORIGINAL, PRIMARY = "MJ", "1", "P"

IN_HOSPITAL = frozenset({"21", "51", "61"})
"""Places of service that are hospitals a patient was admitted to."""

OF_CLAIM: dict[str, Callable[[Claim], bool]] = {
    "other_days": has_other_days,
    "medicare": lambda claim: claim.subscriber.claim_filing in MEDICARE,
    "medicare_member": has_member,
    "several_lines": lambda claim: len(claim.lines) > 1,
    "corrected": lambda claim: claim.frequency != ORIGINAL,
    "later_payer": lambda claim: claim.subscriber.payer_responsibility != PRIMARY,
    "in_hospital": lambda claim: getattr(claim, "place_of_service", None) in IN_HOSPITAL,
    "specialty": has_specialty,
}
"""What a claim has besides fields that are set: `corrected` and `later_payer` are not the usual ones, which reading
sets as well; `specialty` is a taxonomy of who rendered it."""

OF_LINES = (
    "modifiers",
    "procedures",
    "minutes",
    "spans",
    "undated",
    "uncharged",
    "unnamed",
    "repeated_procedures",
)
"""That a line has a modifier, a procedure, minutes, several days, no day that can be read, no charge above zero, a blank
for its procedure; and that two lines have the same procedure."""

OF_DIAGNOSES = ("repeated_diagnoses", "several_classifications")
"""That two diagnoses of a claim are the same, or are codes of different kinds."""

FEATURES = frozenset({ANY, *OF_CLAIM, *OF_LINES, *OF_DIAGNOSES, *KINDS})
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
    modified = timed = spans = undated = uncharged = unnamed = False
    kinds, shapes, codes = NO_KINDS, set(), []
    for line in claim.lines:
        own = line.__dict__
        shapes.add(tuple(own))
        procedure = line.procedure
        if procedure is not None:
            code = procedure.code
            codes.append(code)
            modified = modified or bool(procedure.modifiers)
            unnamed = unnamed or not code.strip()
            if known := KNOWN[code]:
                kinds |= known
        timed = timed or ("unit" in own and own["unit"] == MINUTES)
        day, charge = line.service_date, line.charge
        if not isinstance(day, date):
            spans = spans or isinstance(day, DateRange)
            undated = undated or not isinstance(day, DateRange)
        uncharged = uncharged or not isinstance(charge, Decimal) or charge <= 0
    of_claim = tuple([has(claim) for has in OF_CLAIM.values()])
    repeated = len(set(codes)) < len(codes)
    of_lines = (modified, bool(codes), timed, spans, undated, uncharged, unnamed, repeated)
    listed = listed_codes(claim)
    of_diagnoses = (len(set(listed)) < len(listed), len(set(map(type, listed))) > 1)
    of_parts = (tuple(claim.__dict__), tuple(claim.subscriber.__dict__))
    return named(asked, of_claim, of_lines, of_diagnoses, kinds, of_parts, frozenset(shapes))


@lru_cache(maxsize=4096)
def named(  # noqa: PLR0913, PLR0917  # it is the key of what is remembered
    asked: frozenset[str],
    of_claim: tuple[bool, ...],
    of_lines: tuple[bool, ...],
    of_diagnoses: tuple[bool, ...],
    kinds: frozenset[str],
    of_parts: tuple[tuple[str, ...], tuple[str, ...]],
    shapes: frozenset[tuple[str, ...]],
) -> frozenset[str]:
    """Return the names of the features that are there; `of_parts` are the fields of claim and subscriber, `shapes` of lines."""
    names = (*OF_CLAIM, *OF_LINES, *OF_DIAGNOSES)
    pairs = zip(names, (*of_claim, *of_lines, *of_diagnoses), strict=True)
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
