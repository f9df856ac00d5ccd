"""The institutional predetermination: what would be paid for a stay that is still to come.

A variant of the 837I. Only what is sure of it is changed, and each change allows more: there
are no statement dates yet, CLM19 may ask for a predetermination, BHT06 is open.
Source: ASC X12 005010X292, Health Care Predetermination: Institutional (facts only).
"""

from __future__ import annotations

from medcode.claims.x12.guides import x223_837i
from medcode.claims.x12.guides.grammar import E, R, S
from medcode.claims.x12.guides.variant import variant

GUIDE = variant(
    x223_837i.GUIDE,
    "005010X292",
    "Health care predetermination: institutional",
    {
        "ST BHT": {6: E("claim_type", R)},
        "2300 CLM": {19: E("predetermination", S, when="the payer asks for it")},
        "2300 DTP 434": S,
    },
)
