"""Where care was given, as the claim shows it: it decides which edits apply and which day counts."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

__all__ = ["INSTITUTIONAL", "Setting", "setting_of"]


class Setting(StrEnum):
    """The kinds of claim that edits tell apart."""

    PROFESSIONAL = "professional"
    DENTAL = "dental"
    INPATIENT = "inpatient"
    OUTPATIENT = "outpatient"


INSTITUTIONAL = (Setting.INPATIENT, Setting.OUTPATIENT)

KINDS = {"005010X222A1": Setting.PROFESSIONAL, "005010X224A2": Setting.DENTAL}


def setting_of(claim: Any) -> Setting:
    """Tell the setting of a claim: by its kind, and for an institution by its bill type."""
    kind = KINDS.get(claim.guide)
    if kind is None:
        return Setting.INPATIENT if claim.is_inpatient else Setting.OUTPATIENT
    return kind
