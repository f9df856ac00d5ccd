"""Where care was given, as the claim shows it: it decides which edits apply and which day counts."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from medcode.claims.model.dental import DentalClaim
from medcode.claims.model.institutional import InstitutionalClaim

if TYPE_CHECKING:
    from medcode.claims.model.claim import Claim

__all__ = ["INSTITUTIONAL", "Setting", "setting_of"]


class Setting(StrEnum):
    """The kinds of claim that edits tell apart."""

    PROFESSIONAL = "professional"
    DENTAL = "dental"
    INPATIENT = "inpatient"
    OUTPATIENT = "outpatient"


INSTITUTIONAL = (Setting.INPATIENT, Setting.OUTPATIENT)


def setting_of(claim: Claim) -> Setting:
    """Return the setting of a claim: by its kind, and for an institution by its type of bill."""
    if isinstance(claim, InstitutionalClaim):
        return Setting.INPATIENT if claim.is_inpatient else Setting.OUTPATIENT
    return Setting.DENTAL if isinstance(claim, DentalClaim) else Setting.PROFESSIONAL
