"""Where care was given, as the claim shows it: it decides which edits apply and which day counts."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from medcode.claims.model.claim import Claim

__all__ = ["Setting", "setting_of"]


class Setting(StrEnum):
    """The kinds of claim that edits tell apart."""

    PROFESSIONAL = "professional"
    DENTAL = "dental"
    INPATIENT = "inpatient"
    OUTPATIENT = "outpatient"


INPATIENT_BILLS = frozenset({"11", "18", "21", "28", "41", "65", "66"})
"""Facility and class of bill of a stay: hospital, swing bed, skilled nursing, religious, intermediate care."""


def setting_of(claim: Claim) -> Setting:
    """Tell the setting of a claim: by its kind, and for an institution by its bill type."""
    return KINDS.get(claim.guide) or _institutional(claim)


KINDS = {"005010X222A1": Setting.PROFESSIONAL, "005010X224A2": Setting.DENTAL}


def _institutional(claim: Claim) -> Setting:
    return (
        Setting.INPATIENT if getattr(claim, "bill_type", "")[-3:-1] in INPATIENT_BILLS else Setting.OUTPATIENT
    )
