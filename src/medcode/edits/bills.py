"""What the type of bill says about how an institution is paid.

Source: CMS, Medicare Claims Processing Manual, chapters 1, 3 and 4; Integrated OCE Specifications, processing
conditions by type of bill.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from medcode.claims.model.institutional import InstitutionalClaim

__all__ = ["is_acute_stay", "is_hospice", "is_opps"]

ACUTE_HOSPITAL = frozenset({"11"})
OPPS = frozenset({"12", "13", "14", "76"})
HOSPICE = frozenset({"81", "82"})


def is_acute_stay(claim: InstitutionalClaim) -> bool:
    """Whether a bill is one of a hospital stay, 011x, which the Medicare Code Editor looks at."""
    return claim.facility_type in ACUTE_HOSPITAL


def is_opps(claim: InstitutionalClaim) -> bool:
    """Whether an outpatient bill is paid by Medicare's outpatient system: 012x, 013x, 014x or 076x."""
    return claim.facility_type in OPPS


def is_hospice(claim: InstitutionalClaim) -> bool:
    """Whether a bill is one of a hospice: 081x or 082x."""
    return claim.facility_type in HOSPICE
