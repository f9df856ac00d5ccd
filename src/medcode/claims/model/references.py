"""The numbers that payers, laboratories and intermediaries assign to a claim or line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from medcode.claims.model.base import PHI, Part, all_of, part, texts

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "CLIA_NUMBER",
    "NO_CLAIM_REFERENCES",
    "NO_LINE_REFERENCES",
    "ClaimReferences",
    "LineReferences",
    "Reference",
]

CLIA_NUMBER = re.compile(r"\d{2}D\d{7}", re.ASCII)
"""The form of a laboratory's CLIA number."""


@part
class Reference(Part):
    """A number that a payer assigned; `payer_id` where that is not the payer of the claim."""

    value: str = attrs.field(metadata=PHI)
    payer_id: str | None = None


def to_references(values: Iterable[Reference]) -> tuple[Reference, ...]:
    """Return references as a tuple, in claim order. Raises TypeError for anything else."""
    return all_of(Reference, values)


@part(kw_only=True)
class ClaimReferences(Part):
    """Numbers of a claim.

    `payer_claim_number` is the payer's own number of the claim that this one replaces or voids.
    `authorization_exception` (1 to 7) says why care was rendered without authorization;
    `medicare_crossover` is Y or N; `clearinghouse` the number an intermediary assigned. Only professional
    claims have `clia`, `mammography_certification`, `care_plan_oversight` and
    `medicare_crossover`, institutional ones `peer_review`, dental ones `predetermination`.

    >>> ClaimReferences(prior_authorization="A-77")
    ClaimReferences(prior_authorization=…)
    """

    prior_authorization: str | None = attrs.field(default=None, metadata=PHI)
    referral: str | None = attrs.field(default=None, metadata=PHI)
    payer_claim_number: str | None = attrs.field(default=None, metadata=PHI)
    medical_record: str | None = attrs.field(default=None, metadata=PHI)
    clearinghouse: str | None = attrs.field(default=None, metadata=PHI)
    clia: str | None = None
    mammography_certification: str | None = None
    investigational_devices: tuple[str, ...] = attrs.field(default=(), converter=texts)
    demonstration_project: str | None = None
    care_plan_oversight: str | None = None
    authorization_exception: str | None = None
    medicare_crossover: str | None = None
    repriced_claim: str | None = attrs.field(default=None, metadata=PHI)
    adjusted_repriced_claim: str | None = attrs.field(default=None, metadata=PHI)
    peer_review: str | None = attrs.field(default=None, metadata=PHI)
    predetermination: str | None = attrs.field(default=None, metadata=PHI)


@part(kw_only=True)
class LineReferences(Part):
    """Numbers of a line, where they differ from the claim's.

    `referring_clia` is the laboratory that referred the test; `immunization_batch` the vaccine's lot,
    `predeterminations` the numbers of dental predeterminations.
    """

    prior_authorizations: tuple[Reference, ...] = attrs.field(default=(), converter=to_references)
    referrals: tuple[Reference, ...] = attrs.field(default=(), converter=to_references)
    predeterminations: tuple[Reference, ...] = attrs.field(default=(), converter=to_references)
    clia: str | None = None
    referring_clia: str | None = None
    mammography_certification: str | None = None
    immunization_batch: str | None = None
    repriced_line: str | None = attrs.field(default=None, metadata=PHI)
    adjusted_repriced_line: str | None = attrs.field(default=None, metadata=PHI)


NO_CLAIM_REFERENCES = ClaimReferences()
NO_LINE_REFERENCES = LineReferences()
